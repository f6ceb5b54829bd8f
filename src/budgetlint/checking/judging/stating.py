"""States a failed comparison in words: what stands on either side, figure by figure as printed, and how far apart.

A sentence is made from the comparison as it is built up. Every figure in it is a printed one, a number of the rule
itself, or what a side exactly comes to; of a quotient as many decimals are written as tell the sides apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import PurePath

from msgspec import Struct

from budgetlint.document import Amount, Dimension
from budgetlint.document.amount import MONEY_UNITS
from budgetlint.document.keys import FactKey
from budgetlint.results.comparison import Comparison, Operation, Part, Quoted, Side, Sum
from budgetlint.results.findings import Operand, Outcome, Verdict

#: A longer sum is named by its first figures and their number; reports list the rest.
_MOST_NAMED = 8
_FIRST_NAMED = 2
_ONE = Decimal(1)
#: Which of an operand's marks stands for its name instead of before it.
_CALLED = 1
#: What no printed amount needs more decimals than.
_FINEST = 6
#: What is so when a demanded relation does not hold.
_NOT = {
    "equals": ("不等于", "does not equal"),
    "not-equals": ("等于", "equals"),
    "at-most": ("大于", "is more than"),
    "at-least": ("小于", "is less than"),
    "less-than": ("不小于", "is not less than"),
    "more-than": ("不大于", "is not more than"),
}
_OPERATORS = {
    "plus": ("加", "plus"),
    "minus": ("减", "minus"),
    "times": ("乘", "times"),
    "divided-by": ("除以", "divided by"),
}


class Stated(Struct, frozen=True):
    """A sentence, and which of the outcome's figures it prints."""

    text: str
    said: frozenset[FactKey] = frozenset()


def stated(outcome: Outcome, lang: str) -> Stated:
    """State what an outcome compared; several comparisons are alternatives of which none holds."""
    writer = _Writer(outcome.operands, lang, outcome.verdict is Verdict.ROUNDS)
    sentences = [writer.sentence(one) for one in outcome.compared]
    if len(sentences) == 1:
        return Stated(sentences[0], frozenset(writer.said))
    count = len(sentences)
    head = f"none of {count} ways agrees: " if lang == "en" else f"{count} 种口径都不符："
    parts = [f"({i}) {s}" if lang == "en" else f"（{i}）{s}" for i, s in enumerate(sentences, 1)]
    return Stated(head + ("; " if lang == "en" else "；").join(parts), frozenset(writer.said))


def shown(value: Decimal, unit: str | None, decimals: int = _FINEST) -> str:
    """Write a value in a unit (money is held in 元): 17648000, 万元 → 1764.8 万元; at most so many decimals."""
    figure = value / MONEY_UNITS.get(unit or "", _ONE)
    if decimals_of(figure) > decimals:
        figure = figure.quantize(_ONE.scaleb(-decimals), ROUND_HALF_UP)
    text = f"{figure:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text in ("", "-0") else text
    return f"{text}{unit or ''}" if unit in ("%", None) else f"{text} {unit}"


def decimals_of(figure: Decimal) -> int:
    """Return how many decimals a figure is written with."""
    exponent = figure.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(-exponent, 0)


def printed(operand: Operand, lang: str) -> str:
    """Quote an operand as printed, with its unit where the figure does not carry it."""
    if operand.blank or not operand.printed.strip():
        return "blank" if lang == "en" else "空白"
    amount, text = operand.amount, " ".join(operand.printed.split())
    if amount is None or not amount.unit or amount.unit in text or text.endswith(("万", "亿")):
        return text
    if amount.dimension is Dimension.PERCENT and "%" in text:
        return text
    return f"{text}{'' if amount.unit == '%' else ' '}{amount.unit}"


def names_of(operands: Sequence[Operand]) -> dict[FactKey, str]:
    """Return what each fact is called: its name, and where several go by one what tells them apart."""
    facts = {operand.fact: operand for operand in operands}
    alike = Counter(operand.name for operand in facts.values())
    return {
        fact: _with_code(operand) if alike[operand.name] == 1 else _apart(operand, facts.values())
        for fact, operand in facts.items()
    }


def _with_code(operand: Operand) -> str:
    """Name a figure, its row with the code that it prints: a 项 often goes by the name of its 款."""
    row = operand.place.row
    return (
        f"{operand.called} {operand.name}"
        if row and operand.name.startswith(row) and operand.called
        else operand.name
    )


def _apart(operand: Operand, among: Iterable[Operand]) -> str:
    """Name one of several operands of one name by what none of the others shares: its row, its subject, its place."""
    others = [_marks(other) for other in among if other.name == operand.name and other.fact != operand.fact]
    for number, mark in enumerate(_marks(operand)):
        if mark and all(other[number] != mark for other in others):
            if mark in operand.name:
                return operand.name
            return mark if number == _CALLED and not operand.place.table else f"{mark} {operand.name}"
    return operand.name


def _marks(operand: Operand) -> tuple[str, ...]:
    place = operand.place
    table = "" if place.table is None else place.table
    marks = (place.row, operand.called, place.section, table, place.column, PurePath(place.path).name)
    return tuple(_one_line(mark or "") for mark in marks)


def _one_line(text: str) -> str:
    return " ".join(text.split())


class _Writer:
    """Writes comparisons of one outcome and remembers which figures it printed."""

    def __init__(self, operands: Sequence[Operand], lang: str, rounds: bool = False) -> None:
        self._rounds = rounds
        self._operands = {operand.fact: operand for operand in operands}
        self._names = names_of(operands)
        self._en = lang == "en"
        self._lang = lang
        self.said: set[FactKey] = set()

    def sentence(self, one: Comparison) -> str:
        """Return ``A 5 万元，不等于 B 2 万元 加 C 1 万元（得 3 万元），相差 2 万元``."""
        relation = _NOT[one.relation][self._en]
        decimals = self._decimals(one)
        left = self._side(one.left, one.left_value, decimals)
        right = self._side(one.right, one.right_value, decimals)
        if isinstance(one.left, Quoted) or isinstance(one.right, Quoted):
            return f"{left} {relation} {right}"
        return f"{left}{', ' if self._en else '，'}{relation} {right}{self._apart_by(one, decimals)}"

    def _apart_by(self, one: Comparison, decimals: int) -> str:
        if not one.difference:
            return ""
        unit = one.left_value.unit if one.left_value else None
        points = ("个百分点", " percentage points")[self._en] if unit == "%" else None
        apart = shown(abs(one.difference), unit, decimals)
        if points:
            apart = f"{apart.removesuffix('%')}{'' if self._en else ' '}{points}"
        text = f", off by {apart}" if self._en else f"，相差 {apart}"
        if self._rounds:
            text += ", as rounding may leave" if self._en else "，是四舍五入可能留下的尾差，请核实"
        elif one.tolerance:
            slack = shown(one.tolerance, unit)
            text += (
                f" (rounding explains less than {slack})"
                if self._en
                else f"（四舍五入可解释的尾差不到 {slack}）"
            )
        return text

    def _decimals(self, one: Comparison) -> int:
        """Return with how many decimals a quotient is written: those of the printed percentages, more to differ."""
        if one.left_value is None or one.right_value is None or one.difference is None:
            return _FINEST
        figures = [p for side in (one.left, one.right) if isinstance(side, Sum) for p in side.parts]
        steps = [
            decimals_of(operand.amount.quantum)
            for part in figures
            if (operand := self._operands.get(part.fact)) is not None
            and operand.amount is not None
            and operand.amount.dimension is Dimension.PERCENT
        ]
        if one.left_value.unit != "%":
            return _FINEST
        decimals = max(steps, default=2)
        while decimals < _FINEST and shown(abs(one.difference), "%", decimals) == "0%":
            decimals += 1
        return decimals

    def _side(self, side: Side, value: Amount | None, decimals: int) -> str:
        text = self._whole(side)
        alone = isinstance(side, Quoted) or (
            isinstance(side, Sum)
            and len(side.parts) + (side.constant is not None) == 1
            and (not side.parts or side.parts[0].coefficient == 1)
        )
        if alone or value is None:
            return text
        comes_to = shown(value.value, value.unit, decimals)
        return f"{text} (that is {comes_to})" if self._en else f"{text}（得 {comes_to}）"

    def _whole(self, side: Side) -> str:
        match side:
            case Quoted(text=text, fact=fact):
                return self._quoted(text, fact)
            case Sum():
                return self._sum(side)
            case Operation(operator=operator, left=left, right=right):
                word = _OPERATORS[operator][self._en]
                return f"{self._bracketed(left)} {word} {self._bracketed(right)}"

    def _quoted(self, text: str, fact: FactKey | None) -> str:
        operand = self._operands.get(fact) if fact is not None else None
        if operand is None:
            return f"“{text}”"
        self.said.add(operand.fact)
        return f"{self._names[operand.fact]} “{_one_line(operand.printed) or printed(operand, self._lang)}”"

    def _bracketed(self, side: Side) -> str:
        text = self._whole(side)
        several = isinstance(side, Operation) or (isinstance(side, Sum) and len(side.parts) > 1)
        if not several:
            return text
        return f"({text})" if self._en else f"（{text}）"

    def _sum(self, side: Sum) -> str:
        parts = sorted(side.parts, key=lambda part: part.coefficient < 0)
        if len(parts) > _MOST_NAMED:
            return self._long_sum(parts, side.constant)
        written = []
        for number, part in enumerate(parts):
            sign = part.coefficient < 0
            lead = ("minus ", "plus ") if self._en else ("减 ", "加 ")
            if number or sign:
                written.append(lead[0 if sign else 1].strip())
            written.append(self._part(part))
        if side.constant is not None:
            if written:
                written.append(
                    ("minus" if self._en else "减")
                    if side.constant.value < 0
                    else ("plus" if self._en else "加")
                )
                written.append(shown(abs(side.constant.value), side.constant.unit))
            else:
                written.append(shown(side.constant.value, side.constant.unit))
        return " ".join(written)

    def _part(self, part: Part) -> str:
        operand = self._operands[part.fact]
        self.said.add(part.fact)
        text = f"{self._names[part.fact]} {printed(operand, self._lang)}"
        times = abs(part.coefficient)
        return text if times == 1 else f"{text} {_OPERATORS['times'][self._en]} {shown(times, None)}"

    def _long_sum(self, parts: Sequence[Part], constant: Amount | None) -> str:
        first = [self._names[part.fact] for part in parts[:_FIRST_NAMED]]
        plain = all(part.coefficient == 1 for part in parts) and constant is None
        names = (", " if self._en else "、").join(dict.fromkeys(first))
        if self._en:
            return f"{names} … ({len(parts)} figures {'added up' if plain else 'added up and taken away'})"
        return f"{names} 等 {len(parts)} 项{'相加' if plain else '相加减'}"
