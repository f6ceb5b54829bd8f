"""Prints references, expressions and conditions in either vocabulary."""

from __future__ import annotations

import re
from functools import lru_cache

from budgetlint.language.build_conditions import (
    FUNCTIONS,
    OPERATORS,
    RELATIONS,
    TESTS,
)
from budgetlint.language.build_references import name_text, squeezed_string
from budgetlint.language.grammar import name_pattern
from budgetlint.language.keywords import Tongue, keywords
from budgetlint.language.syntax import (
    Aggregate,
    And,
    Binary,
    Call,
    Compare,
    Condition,
    Expression,
    IfThen,
    Label,
    Not,
    Number,
    Operator,
    Or,
    OtherDocument,
    Ref,
    RowChoice,
    RowRef,
    SectionRef,
    Slack,
    TableRef,
    Test,
    TestKind,
    Text,
    Time,
    Year,
)

_LEVELS = {Operator.PLUS: 1, Operator.MINUS: 1, Operator.TIMES: 2, Operator.DIVIDED: 2}
_DIGITS = re.compile(r"[0-9]+")


class ConditionPrinter:
    """Prints nodes in one vocabulary; ``source`` is the text they were read from, for names exactly as written."""

    def __init__(self, to: Tongue, source: str | None = None) -> None:
        self.to = to
        self._lines = source.split("\n") if source is not None else []

    def word(self, token: str, should: bool = False) -> str:
        """Return a word; with ``should`` a Chinese relation or test gets its 应."""
        word = keywords().words[token]
        return ("应" if should and self.to == "zh" and word.should else "") + word.printed(self.to)

    def string(self, text: str) -> str:
        """Return a text in quotation marks it does not contain itself."""
        chinese = self.to == "zh" and "“" not in text and "”" not in text
        return f"“{text}”" if chinese or '"' in text else f'"{text}"'

    # ------------------------------------------------------------ names and references

    def label(self, label: Label, bare: tuple[str, ...] = (), digits: bool = False) -> str:
        """Return a name as it was written, else bare where it can be, else in 【】.

        ``bare`` are words that need no 【】 here (合计 behind 行); ``digits`` lets a code stand as a number.
        """
        written = self._written(label)
        if label.printed:
            inner = written[1:-1] if written and squeezed_string(written) == label.text else label.text
            return self.string(inner)
        if written and name_pattern().fullmatch(written) and name_text(written) == label.text:
            return written
        if label.text in bare or (digits and _DIGITS.fullmatch(label.text)):
            return label.text
        if name_pattern().fullmatch(label.text) and "\\" not in label.text:
            return label.text
        return "/".join(_quoted(step) for step in re.split(r"(?<!\\)/", label.text))

    def _written(self, label: Label) -> str:
        span = label.span
        if not 0 < span.line <= len(self._lines) or span.end_line != span.line:
            return ""
        return self._lines[span.line - 1][span.column : span.end_column]

    def reference(self, ref: Ref) -> str:
        steps = []
        if ref.document is not None:
            last_year = ref.document is OtherDocument.LAST_YEAR
            steps.append(self.word("LAST_YEARS" if last_year else "BUDGETS"))
        if ref.section is not None:
            steps.append(self.section(ref.section))
        if ref.table is not None:
            steps.append(self.table(ref.table))
        if ref.row is not None:
            steps.append(self._row(ref.row))
        if ref.column is not None:
            label = ref.column.label
            steps.append(self._named_step("COLUMN", label) if label else self.word("THIS_COLUMN"))
        if ref.item is not None:
            facts = tuple(keywords().printed(token, "zh") for token in ("YEAR", "KIND", "REGION"))
            alone = () if steps else (keywords().printed("TOTAL", "zh"),)
            steps.append(self.label(ref.item, (*facts, *alone)))
        if ref.total:
            steps.append(self.word("TOTAL"))
        if ref.paragraph:
            steps.append(self.word("PARAGRAPH"))
        return " ".join(steps)

    def section(self, section: SectionRef) -> str:
        part = ""
        if section.part is not None:
            part = f"第{section.part}部分 " if self.to == "zh" else f"{self.word('PART')} {section.part} "
        if section.number is not None:
            number = section.number
            return part + (f"第{number}节" if self.to == "zh" else f"{self.word('SECTION')} {number}")
        assert section.label is not None
        return f"{part}{self.word('SECTION')} {self.label(section.label)}"

    def table(self, table: TableRef) -> str:
        head = self.word("EACH_TABLE" if table.each else "TABLE")
        return f"{head} {self.label(table.label)}" if table.label else head

    def _row(self, row: RowRef) -> str:
        if row.choice is not RowChoice.NAMED:
            return self.word("SAME_ROW" if row.choice is RowChoice.SAME else "CHILDREN")
        assert row.label is not None
        return self._named_step("ROW", row.label)

    def _named_step(self, token: str, label: Label) -> str:
        if label.numbered:
            return f"{self.word(f'{token}_NUMBER')} {label.text}"
        return f"{self.word(token)} {self.label(label, (keywords().printed('TOTAL', 'zh'),), True)}"

    # ------------------------------------------------------------ expressions

    def number(self, number: Number) -> str:
        digits = f"{number.value:f}"
        if number.unit is None:
            return digits
        unit = keywords().printed_unit(number.unit, self.to)
        return f"{digits}{unit}" if unit == "%" else f"{digits} {unit}"

    def expression(self, node: Expression) -> str:
        match node:
            case Ref():
                return self.reference(node)
            case Number():
                return self.number(node)
            case Text():
                return self.string(node.text)
            case Year():
                return self.word("THIS_YEAR" if node.time is Time.THIS_YEAR else "LAST_YEAR")
            case Binary():
                level = _LEVELS[node.operator]
                left = self._within(node.left, level)
                right = self._within(node.right, level + 1)
                return f"{left} {self.word(_token(OPERATORS, node.operator))} {right}"
            case Aggregate():
                return self._aggregate(node)
            case Call():
                token = _FUNCTION_TOKENS.get(node.function)
                name = self.word(token) if token else node.function + " "
                return f"{name}{self._bracketed(self._arguments(node.arguments))}"

    def _within(self, node: Expression, level: int) -> str:
        lower = isinstance(node, Binary) and _LEVELS[node.operator] < level
        return self._bracketed(self.expression(node)) if lower else self.expression(node)

    def _bracketed(self, inner: str) -> str:
        return f"（{inner}）" if self.to == "zh" else f"({inner})"

    def _aggregate(self, node: Aggregate) -> str:
        arguments = self._arguments(node.arguments)
        if _is_listed(node):
            return (
                f"{arguments} {self.word('THEIR_SUM')}"
                if self.to == "zh"
                else f"{self.word('SUM_OF')} {arguments}"
            )
        where = f"，{self.where(node.where)}" if node.where is not None and self.to == "zh" else ""
        if node.where is not None and self.to == "en":
            where = f" {self.where(node.where)}"
        return self.word(node.function.value.upper()) + self._bracketed(arguments + where)

    def _arguments(self, arguments: tuple[Expression, ...]) -> str:
        if len(arguments) == 1:
            return self.expression(arguments[0])
        return "、".join(self._element(argument) for argument in arguments)

    def _element(self, node: Expression) -> str:
        inner = self.expression(node)
        return self._bracketed(inner) if isinstance(node, Binary) or _is_listed(node) else inner

    # ------------------------------------------------------------ conditions

    def where(self, condition: Condition) -> str:
        """Return a where clause; in Chinese it is closed with 时."""
        inner = f"{self.word('WHERE')} {self.condition(condition)}"
        return f"{inner} {self.word('WHEN')}" if self.to == "zh" else inner

    def condition(self, node: Condition, should: bool = False) -> str:
        """Return a condition; ``should`` says 应 where it must hold and does not merely select."""
        match node:
            case Compare():
                return self._compare(node, should)
            case Test():
                return self._test(node, should)
            case And():
                inner = [self._part(part, should, Or | And | IfThen) for part in node.parts]
                return f" {self.word('AND')} ".join(inner)
            case Or():
                inner = [self._part(part, should, Or | IfThen) for part in node.parts]
                return f" {self.word('OR')} ".join(inner)
            case Not(part=part):
                several = isinstance(part, Test) and len(part.arguments) > 1
                inside = self.condition(part)
                grouped = several or isinstance(part, Or | And | IfThen)
                return f"{self.word('NOT')} {self._bracketed(inside) if grouped else inside}"
            case IfThen():
                before = self._part(node.condition, False, IfThen)
                return f"{self.word('IF')} {before} {self.word('THEN')} {self.condition(node.then, should)}"

    def _part(self, node: Condition, should: bool, grouped: object) -> str:
        inner = self.condition(node, should)
        return self._bracketed(inner) if isinstance(node, grouped) else inner  # type: ignore[arg-type]

    def _compare(self, node: Compare, should: bool) -> str:
        relation = self.word(_token(RELATIONS, node.relation), should)
        said = [self.expression(node.left), relation, self.expression(node.right)]
        if node.slack is Slack.EXACT:
            said.append(self.word("EXACTLY"))
        elif node.slack is Slack.WITHIN and node.within is not None:
            said += [self.word("WITHIN"), self.number(node.within)]
        if node.blank_not_zero:
            said.append(self.word("BLANK_NOT_ZERO"))
        if node.unlisted_as_zero:
            said.append(self.word("UNLISTED_AS_ZERO"))
        return " ".join(said)

    def _test(self, node: Test, should: bool) -> str:
        subject = self.expression(node.subject)
        if node.kind is TestKind.THERE_IS:
            return f"{self.word('THERE_IS_NO' if node.negated else 'THERE_IS', should)} {subject}"
        token = _TEST_TOKENS.get((node.kind, node.negated))
        unsaid = token is None and node.negated
        token = token or _TEST_TOKENS.get((node.kind, False))
        head = f"{self.word('NOT')} " if unsaid else ""
        more = "".join(f" {self.word('OR')} {self._word(argument)}" for argument in node.arguments[1:])
        if node.kind is TestKind.ONE_OF:
            relation = self.word("BE" if self.to == "zh" else "IS")
            return f"{head}{subject} {relation} {self._word(node.arguments[0], True)}{more}"
        if node.kind is TestKind.IN_LIST:
            label = node.arguments[0]
            assert isinstance(label, Label)
            return f"{head}{subject} {self.word('IN_LIST', should)} {self.label(label)}"
        assert token is not None
        if not node.arguments:
            return f"{head}{subject} {self.word(token, should)}"
        first = node.arguments[0]
        assert not isinstance(first, Label)
        operand = (
            self._bracketed(self.expression(first)) if isinstance(first, Binary) else self.expression(first)
        )
        if self.to == "zh" and node.kind in (TestKind.STARTS, TestKind.ENDS):
            end = "AT_START" if node.kind is TestKind.STARTS else "AT_END"
            return f"{head}{subject} {self.word('BY', should)} {operand} {self.word(end)}{more}"
        return f"{head}{subject} {self.word(token, should)} {operand}{more}"

    def _word(self, node: Expression | Label, bare: bool = False) -> str:
        """Return a word of a test: bare where it can be a name (为 类), else a text or a number."""
        if isinstance(node, Number):
            return self.number(node)
        text = node.text if isinstance(node, Text | Label) else ""
        return text if bare and name_pattern().fullmatch(text) else self.string(text)


_FUNCTION_TOKENS = {name: token for token, name in FUNCTIONS.items()}
_TEST_TOKENS = {meaning: token for token, meaning in TESTS.items() if token not in ("AT_START", "AT_END")}


def _is_listed(node: object) -> bool:
    return (
        isinstance(node, Aggregate)
        and node.function.value == "sum"
        and len(node.arguments) > 1
        and node.where is None
    )


def _token(table: dict[str, object] | dict[str, Operator] | object, meaning: object) -> str:
    assert isinstance(table, dict)
    return next(token for token, one in table.items() if one is meaning)


@lru_cache(maxsize=1024)
def _quoted(step: str) -> str:
    step = step.replace("\\/", "/")
    if name_pattern().fullmatch(step) and "/" not in step:
        return step
    return f"「{step}」" if "】" in step else f"【{step}】"
