"""Checks that what a rule compares or adds up is of one kind: money, percentages, plain numbers."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from budgetlint.document import Role
from budgetlint.document.amount import MONEY_UNITS
from budgetlint.language.errors import RuleError, error_at
from budgetlint.language.naming import Names, quantified_table
from budgetlint.language.syntax import (
    Aggregate,
    Aggregation,
    Binary,
    Call,
    Check,
    Compare,
    EachMention,
    EachRow,
    EachTable,
    Expression,
    Node,
    Number,
    Operator,
    Quantifier,
    Ref,
    Rule,
    Year,
)
from budgetlint.language.walk import children
from budgetlint.vocabulary import TableTerm

MONEY, PERCENT, NUMBER, RATIO = "money", "percent", "number", "ratio"
#: Kinds that compare with each other.
_FIT = frozenset(
    {frozenset({RATIO, PERCENT}), frozenset({RATIO, NUMBER})}
    | {frozenset({kind}) for kind in (MONEY, PERCENT, NUMBER, RATIO)}
)
#: Kinds that add up to a ratio: 1 减 增减率.
_RATIOS = frozenset({PERCENT, NUMBER, RATIO})
_OF_ROLE = {Role.AMOUNT: MONEY, Role.PERCENTAGE: PERCENT, Role.COUNT: NUMBER}
#: Roles of a figure that are shares or rates, whatever it is of.
_SHARES = frozenset({"占比", "增减率", "完成率", "比重"})
_WORDS = {
    MONEY: ("金额", "an amount"),
    PERCENT: ("百分数", "a percentage"),
    NUMBER: ("个数", "a plain number"),
    RATIO: ("比率", "a ratio"),
}


def unit_errors(rule: Rule, names: Names) -> Iterator[RuleError]:
    """Yield an error for every comparison and every sum of what does not go together."""
    kinds: dict[str, str | None] = {}
    for let in rule.lets:
        first = rule.checks[0].quantifier
        reader = _Kinds(names, kinds, first)
        yield from reader.errors(let.value)
        kinds[let.name] = reader.kind(let.value)
    for check in rule.checks:
        yield from _of_check(check, names, kinds)


def _of_check(check: Check, names: Names, kinds: dict[str, str | None]) -> Iterator[RuleError]:
    reader = _Kinds(names, kinds, check.quantifier)
    if check.quantifier is not None and check.quantifier.where is not None:
        yield from reader.errors(check.quantifier.where)
    yield from reader.errors(check.body)


class _Kinds(Struct):
    """Tells what kind of quantity an expression is; None where only the document can."""

    names: Names
    lets: dict[str, str | None]
    quantifier: Quantifier | None
    nearest: TableTerm | None = None

    def errors(self, node: Node) -> Iterator[RuleError]:
        """Yield the errors of a node and of what is below it, left to right."""
        if isinstance(node, Ref) and node.table is not None:
            self.nearest = self.names.table(node.table.label)
        for child in children(node):
            yield from self.errors(child)
        if isinstance(node, Compare):
            yield from self._pair(node, node.left, node.right)
            if node.within is not None:
                yield from self._pair(node, node.left, node.within)
        elif isinstance(node, Binary) and node.operator in (Operator.PLUS, Operator.MINUS):
            yield from self._pair(node, node.left, node.right)

    def _pair(self, node: Compare | Binary, left: Expression, right: Expression) -> Iterator[RuleError]:
        one, other = self.kind(left), self.kind(right)
        if one is None or other is None or frozenset({one, other}) in _FIT:
            return
        if isinstance(node, Binary) and {one, other} <= _RATIOS:
            return
        for bare, kind in ((right, one), (left, other)):
            if isinstance(bare, Number) and bare.unit is None and kind in (MONEY, PERCENT):
                yield _without_unit(bare, kind)
                return
        (zh, en), (other_zh, other_en) = _WORDS[one], _WORDS[other]
        yield error_at(
            node.span,
            f"{zh}不能与{other_zh}比较、相加减",
            f"{en} cannot be compared with or added to {other_en}",
        )

    def kind(self, node: Expression) -> str | None:
        """Return what an expression is."""
        match node:
            case Number(value=value, unit=unit):
                if unit is None:
                    return NUMBER if value else None
                return MONEY if unit in MONEY_UNITS else PERCENT if unit == "%" else NUMBER
            case Year():
                return NUMBER
            case Ref():
                return self._of_reference(node)
            case Binary():
                return self._of_binary(node)
            case Aggregate(function=function, arguments=arguments):
                if function is Aggregation.COUNT:
                    return NUMBER
                return self._shared([self.kind(argument) for argument in arguments])
            case Call(function="abs", arguments=(argument,)):
                return self.kind(argument)
            case Call(function="level" | "length"):
                return NUMBER
            case _:
                return None

    def _of_binary(self, node: Binary) -> str | None:
        left, right = self.kind(node.left), self.kind(node.right)
        match node.operator:
            case Operator.PLUS | Operator.MINUS:
                return self._shared([left, right])
            case Operator.TIMES:
                kinds = {left, right}
                return MONEY if MONEY in kinds and kinds <= {MONEY, NUMBER, PERCENT, RATIO} else None
            case _:
                if left is None or right is None:
                    return None
                return RATIO if left == right else left

    @staticmethod
    def _shared(kinds: list[str | None]) -> str | None:
        known = {kind for kind in kinds if kind is not None}
        if MONEY in known:
            return MONEY if len(known) == 1 else None
        if None in kinds or not known <= _RATIOS:
            return None
        return known.pop() if len(known) == 1 else RATIO

    def _of_reference(self, ref: Ref) -> str | None:
        if ref.table is not None:
            self.nearest = self.names.table(ref.table.label)
        if ref.column is not None:
            return self._of_column(ref)
        if ref.total and ref.section is not None:
            return MONEY
        name = ref.item.text if ref.item is not None and not ref.item.printed else ""
        if ref.bare is not None and name in self.lets:
            return self.lets[name]
        role = name.rpartition("/")[2]
        if role in _SHARES:
            return PERCENT
        if name in ("年度", "标题年度"):
            return NUMBER
        if isinstance(self.quantifier, EachRow) and ref.bare is not None:
            return self._of_column(ref)
        if isinstance(self.quantifier, EachRow | EachTable | EachMention) and ref.section is None:
            return None
        if ref.row is not None or ref.table is not None or "/" in name:
            return None
        concept = self.names.vocabulary.concept_said(name) if name else None
        return MONEY if concept is not None and concept.name.endswith(self._money_endings) else None

    @property
    def _money_endings(self) -> tuple[str, ...]:
        """How names of amounts of money end, as the vocabulary says."""
        return self.names.vocabulary.phrases.get("money-names", ())

    def _of_column(self, ref: Ref) -> str | None:
        label = ref.column.label if ref.column is not None else ref.item
        if label is None:
            return MONEY if isinstance(self.quantifier, EachRow) and self.quantifier.amount_columns else None
        if label.printed:
            return None
        near = self.nearest if ref.table is not None or ref.row is not None else None
        table = near or quantified_table(self.quantifier, self.names)
        term = self.names.vocabulary.column_named(table, label.text) if table is not None else None
        return _OF_ROLE.get(term.role) if term is not None else None


def _without_unit(number: Number, kind: str) -> RuleError:
    unit = "万元" if kind == MONEY else "%"
    written = f"{number.value:f}{'' if unit == '%' else ' '}{unit}"
    zh, en = _WORDS[kind]
    return error_at(
        number.span,
        f"“{number.value:f}”没有单位：要比的是{zh}，写明 元、万元 或 亿元"
        if kind == MONEY
        else f"“{number.value:f}”没有单位：要比的是{zh}，写明 %",
        f"{number.value:f} has no unit: it is held against {en}",
        suggestion=written,
    )
