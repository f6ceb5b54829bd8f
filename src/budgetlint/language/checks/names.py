"""Checks that every name in a rule means something where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from budgetlint.language.errors import RuleError, error_at
from budgetlint.language.meant.gluing import with_figures
from budgetlint.language.meant.guess import spaced_form
from budgetlint.language.naming import (
    CONTENTS,
    Names,
    Surroundings,
    meant,
    quantified_table,
    stands_in_table,
)
from budgetlint.language.syntax import (
    ANY_VALUE,
    Aggregate,
    Call,
    Check,
    ColumnRef,
    EachItem,
    EachMention,
    EachParagraph,
    EachRow,
    Label,
    Quantifier,
    Ref,
    RowChoice,
    Rule,
    SectionRef,
    TableRef,
    Test,
    TestKind,
)
from budgetlint.language.walk import children


def name_errors(rule: Rule, names: Names) -> Iterator[RuleError]:
    """Yield an error for every name that nothing answers to, and every locator that has no table or row to be in."""
    lets: list[str] = []
    later = [let.name for let in rule.lets]
    first = rule.checks[0].quantifier
    for let in rule.lets:
        if let.name in lets:
            yield error_at(let.span, f"“{let.name}”设了两次", f"{let.name!r} is let twice")
        around = Surroundings(tuple(lets), first, quantified_table(first, names), stands_in_table(first))
        yield from _Reader(names, tuple(later[len(lets) :])).errors(let.value, around)
        lets.append(let.name)
    for check in rule.checks:
        yield from _check_errors(check, tuple(lets), names)


def _check_errors(check: Check, lets: tuple[str, ...], names: Names) -> Iterator[RuleError]:
    quantifier, reader = check.quantifier, _Reader(names)
    table = quantified_table(quantifier, names)
    around = Surroundings(lets, quantifier, table, stands_in_table(quantifier))
    if isinstance(quantifier, EachParagraph | EachMention) and quantifier.section is not None:
        around = replace(around, in_section=True)
    if quantifier is not None:
        yield from _quantifier_errors(quantifier, names)
        if quantifier.where is not None:
            yield from reader.errors(quantifier.where, around)
    yield from reader.errors(check.body, around)


def _quantifier_errors(quantifier: Quantifier, names: Names) -> Iterator[RuleError]:
    match quantifier:
        case EachMention(label=label):
            patterns = (*names.vocabulary.patterns, ANY_VALUE)
            if label.text not in patterns and not names.is_concept(label.text):
                known = [*patterns, *names.vocabulary.concepts]
                yield _unknown(label, "句式或概念", "mention pattern or concept", known)
        case EachItem(label=label):
            if label.text != CONTENTS and not names.is_list(label.text):
                yield _unknown(label, "名单", "list", [CONTENTS, *names.list_names()])
        case EachParagraph():
            pass
        case _:
            yield from _table_errors(quantifier.table, names)
    section = getattr(quantifier, "section", None)
    if section is not None:
        yield from _section_errors(section, names)


#: Names that say nothing without a place.
_TOTALS = frozenset({"合计", "总计", "小计"})
#: Tests of what a text says: what they look for is most often a text.
_OF_TEXT = frozenset({TestKind.CONTAINS, TestKind.STARTS, TestKind.ENDS, TestKind.MATCHES})


class _Reader:
    """Reads one check from left to right and remembers the nearest table and section named so far."""

    def __init__(self, names: Names, later: tuple[str, ...] = ()) -> None:
        self._names, self._later = names, later

    def errors(self, node: Any, around: Surroundings) -> Iterator[RuleError]:
        """Yield the errors of a node and of what is below it."""
        yield from self._errors(node, [around])

    def _errors(self, node: Any, state: list[Surroundings]) -> Iterator[RuleError]:
        """As above; ``state`` holds the surroundings, which a reference to a table or section changes."""
        match node:
            case Ref():
                yield from self._reference(node, state)
                return
            case Aggregate():
                yield from self._aggregate(node, state)
                return
            case Call():
                yield from self._call(node)
            case Test(kind=kind, arguments=arguments) if kind in _OF_TEXT:
                yield from self._errors(node.subject, state)
                for argument in arguments:
                    yield from self._text_errors(argument, state)
                return
            case Test(kind=TestKind.IN_LIST, arguments=(Label() as label, *_)):
                if not self._names.is_list(label.text):
                    yield _unknown(label, "名单", "list", self._names.list_names())
            case _:
                pass
        for child in children(node):
            if not isinstance(child, Label):
                yield from self._errors(child, state)

    def _text_errors(self, argument: Any, state: list[Surroundings]) -> Iterator[RuleError]:
        """Yield the errors of what a text is tested for; a name that means nothing was meant as a text."""
        for error in self._errors(argument, state):
            bare = isinstance(argument, Ref) and argument == Ref(item=argument.item)
            yield replace(error, suggestion=f"“{argument.item.text}”") if bare else error

    def _aggregate(self, node: Aggregate, state: list[Surroundings]) -> Iterator[RuleError]:
        inside = list(state)
        for argument in node.arguments:
            yield from self._errors(argument, inside)
        if node.where is not None:
            here = replace(inside[0], quantifier=EachRow(TableRef(None, True)))
            yield from self._errors(node.where, [here])

    def _call(self, node: Call) -> Iterator[RuleError]:
        names = self._names
        if not names.is_function(node.function):
            called = replace(
                node.span, end_line=node.span.line, end_column=node.span.column + len(node.function)
            )
            yield error_at(
                called,
                f"没有函数“{node.function}”",
                f"there is no function {node.function!r}",
                suggestion=meant(node.function, names.function_names()),
            )
            return
        function = names.function(node.function)
        wanted = len(function.parameters) if function else 1
        if len(node.arguments) != wanted:
            yield error_at(
                node.span, f"这个函数要 {wanted} 个参数", f"this function takes {wanted} argument(s)"
            )

    def _reference(self, ref: Ref, state: list[Surroundings]) -> Iterator[RuleError]:
        names, around = self._names, state[0]
        if ref.section is not None:
            yield from _section_errors(ref.section, names)
            around = replace(around, in_section=True, in_table=stands_in_table(around.quantifier))
        if ref.table is not None:
            yield from _table_errors(ref.table, names)
            around = around.beside(names.table(ref.table.label))
        if ref.column is not None:
            yield from self._column(ref.column, ref, around)
        yield from self._row(ref, around)
        if ref.paragraph and not isinstance(around.quantifier, EachParagraph):
            yield error_at(
                ref.span, "“段落”只能用在 每一段 之中", "paragraph needs for each paragraph around it"
            )
        if ref.item is not None and not ref.item.printed:
            yield from self._item(ref.item, around)
        state[0] = around

    def _column(self, column: ColumnRef, ref: Ref, around: Surroundings) -> Iterator[RuleError]:
        if column.label is None:
            if not (isinstance(around.quantifier, EachRow) and around.quantifier.amount_columns):
                yield error_at(
                    column.span, "“本列”只能用在 每一金额列 之中", "this column needs each amount column"
                )
            return
        if not around.in_table:
            yield error_at(
                ref.span,
                "不知道是哪张表的列：前面写 表 …",
                "a column of which table? write table … before it",
            )
        elif not (column.label.printed or column.label.numbered) and not self._names.is_column(
            column.label.text, around.table
        ):
            known = self._names.column_names(around.table)
            yield _unknown(column.label, "列", "column", known)

    def _row(self, ref: Ref, around: Surroundings) -> Iterator[RuleError]:
        if ref.row is None:
            return
        same = (
            ref.row.choice is RowChoice.SAME
        )  # of a figure in prose too: the row its 类款项 or concept names
        at_row = isinstance(around.quantifier, EachRow) or (
            same and isinstance(around.quantifier, EachMention)
        )
        if ref.row.choice is RowChoice.NAMED:
            if not around.in_table:
                yield error_at(
                    ref.span,
                    "不知道是哪张表的行：前面写 表 …",
                    "a row of which table? write table … before it",
                )
        elif not at_row:
            yield error_at(
                ref.row.span,
                "“对应行”只能用在 每一行 或 每处 之中，“下级科目”只能用在 每一行 之中",
                "same row needs for each row or mention around it, children need for each row",
            )

    def _item(self, label: Label, around: Surroundings) -> Iterator[RuleError]:
        names, name = self._names, label.text
        if names.means_something(name, around):
            return
        called = name.partition("(")[0]
        if spaced_form(name):
            yield _unspaced(label)
            return
        if name in self._later:
            yield error_at(
                label.span, f"“{name}”要先设后用：在这之后才设", f"{name!r} is used before it is let"
            )
            return
        if figures := with_figures(name):
            yield error_at(
                label.span,
                f"数字要写阿拉伯数字：“{name}”",
                f"write numbers in figures: {name!r}",
                suggestion=figures,
            )
            return
        if name in _TOTALS:
            yield error_at(
                label.span,
                f"不知道是哪里的“{name}”：写明章节（第六节 合计），或表、行和列（表 … 行 合计 列 …）",
                f"{name!r} of what? name its section (section 6 total), or its table, row and column",
            )
            return
        if "(" in name and names.is_function(called):
            inner = name[len(called) + 1 : -1]
            suggestion = f"{called}（ {inner} ）"
        else:
            suggestion = meant(name, names.candidates(around))
        yield error_at(
            label.span,
            f"不知道“{name}”是什么",
            f"nothing here is called {name!r}",
            suggestion=suggestion,
        )


_ENGLISH_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]


def _table_errors(table: TableRef, names: Names) -> Iterator[RuleError]:
    label = table.label
    if label is not None and not label.printed and names.table(label) is None:
        yield _unknown(label, "表", "table", names.table_names())


def _section_errors(section: SectionRef, names: Names) -> Iterator[RuleError]:
    label = section.label
    if label is not None and label.text.casefold() in _ENGLISH_NUMBERS:
        number = _ENGLISH_NUMBERS.index(label.text.casefold()) + 1
        yield error_at(
            label.span,
            f"节的序号写数字：“{label.text}”",
            f"write the number of a section in figures: {label.text!r}",
            suggestion=str(number),
        )
    elif label is not None and not label.printed and not names.is_section(label.text):
        yield _unknown(label, "章节", "section", names.section_names())


def _unspaced(label: Label) -> RuleError:
    return error_at(
        label.span,
        f"“{label.text}”里的词要用空格隔开",
        f"the words of {label.text!r} need spaces between them",
        suggestion=spaced_form(label.text),
    )


def _unknown(label: Label, zh: str, en: str, known: list[str]) -> RuleError:
    if spaced_form(label.text):
        return _unspaced(label)
    return error_at(
        label.span,
        f"没有叫“{label.text}”的{zh}；词汇里没有、文本中确实这样印的名称要加引号：“{label.text}”",
        f"there is no {en} called {label.text!r}; a name as printed is written in quotes",
        suggestion=meant(label.text, known),
    )
