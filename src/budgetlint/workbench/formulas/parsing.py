"""Parses formulas as the Ministry prints them: ``84行=(32+33+…+57)行``, ``86行7栏=31行1栏—84行7栏``, ``如果…则…``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.document.text import squeeze
from budgetlint.workbench.formulas.formula import (
    Cell,
    Field,
    Formula,
    Number,
    Range,
    Relation,
    Side,
    Term,
    Unreadable,
)

_RELATIONS = {">=": "≥", "<=": "≤", "≧": "≥", "≦": "≤", "!=": "≠", "<>": "≠", "==": "=", "等于": "="}
_TOKEN = re.compile(
    r"(?P<form>(?:财决|[A-Z]{1,3})?\d{1,2}(?:[-–—]\d{1,2})*表|本表)[:,]?"
    r"|(?P<relation>>=|<=|!=|<>|==|[=≠≥≤≧≦><])"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<unit>[行栏列])(?:次)?"
    r"|(?P<each>各)"
    r"|(?P<dots>\.{2,}|…+|⋯+)"
    r"|(?P<to>至|到|~|～)"
    r"|(?P<sign>\+|-|—+|–|−|－)"
    r"|(?P<times>[×*÷/%])"
    r"|(?P<open>\()|(?P<close>\))"
    r"|(?P<total>之和|的和)"
    r"|(?P<comma>[,、])"
)
_CONDITION = re.compile(r"^(?:如果|若|当)(?P<condition>.+?)(?:时)?[,，]?(?:则|那么|时[,，])(?P<then>.+)$")
_FIELD = re.compile(
    r"^(?P<name>[一-鿿]{2,12}?)(?P<relation>=|≠|!=|<>|不为|为|不等于|等于)(?P<values>[\"“”'][^=≠]+[\"“”']|\d{1,3})$"
)
_QUOTED = re.compile(r"[\"“”']([^\"“”']+)[\"“”']")
#: No form has so many rows or columns.
_MOST = 400


class Token(Struct, frozen=True):
    """A piece of a formula."""

    kind: str
    text: str


def parse(text: str) -> tuple[Formula, ...]:
    """Return the relations a formula states; a chain (甲=乙=丙) gives several.

    Raises:
        Unreadable: it holds something that is not taken over.
    """
    said = squeeze(text).rstrip("。.;").replace("第", "")
    conditions: tuple[Relation | Field, ...] = ()
    if match := _CONDITION.match(said):
        conditions = tuple(_condition(part) for part in re.split(r"且|并且", match["condition"]))
        said = match["then"]
    return tuple(Formula(relation, conditions) for relation in _Parser(said).chain())


def _condition(text: str) -> Relation | Field:
    match = _FIELD.match(text.strip(",，"))
    if match is None:
        relations = _Parser(text.strip(",，")).chain()
        if len(relations) > 1:
            raise Unreadable("条件里有连等式", "a condition is a chain of relations")
        return relations[0]
    values = tuple(_QUOTED.findall(match["values"])) or (match["values"],)
    return Field(match["name"], match["relation"] in ("=", "为", "等于"), values)


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            shown = text[at : at + 8]
            raise Unreadable(f"“{shown}”不认识", f"{shown!r} is not understood")
        assert match.lastgroup is not None
        yield Token(match.lastgroup, match[match.lastgroup])
        at = match.end()


class _Parser:
    """Reads one formula from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = [*_tokens(text)]
        self._at = 0

    def _next(self, *kinds: str, ahead: int = 0) -> str | None:
        at = self._at + ahead
        if at < len(self._tokens) and self._tokens[at].kind in kinds:
            return self._tokens[at].text
        return None

    def _take(self, *kinds: str) -> str | None:
        text = self._next(*kinds)
        self._at += text is not None
        return text

    def chain(self) -> tuple[Relation, ...]:
        """Return the relations of the formula."""
        sides, relations = [self._side()], []
        while relation := self._take("relation"):
            relations.append(_RELATIONS.get(relation, relation))
            sides.append(self._side())
        if self._at < len(self._tokens):
            rest = "".join(token.text for token in self._tokens[self._at :])[:8]
            raise Unreadable(f"“{rest}”放在这里读不懂", f"{rest!r} is not understood where it stands")
        if not relations:
            raise Unreadable("没有等号或不等号", "there is no relation")
        if set(relations) == {"="}:  # 84行=(32+…+57)行=(58+61)行: the first is what all others are
            return tuple(Relation(sides[0], "=", side) for side in sides[1:])
        return tuple(
            Relation(left, relation, right)
            for (left, right), relation in zip(pairwise(sides), relations, strict=True)
        )

    def _side(self) -> Side:
        terms = list(self._terms())
        bare = [at for at, term in enumerate(terms) if isinstance(term, int)]
        if len(terms) == 1 and terms == [0]:
            return ()
        if bare:
            terms = _with_units(terms)
        return tuple(term for term in terms if isinstance(term, Term))

    def _terms(self) -> Iterator[Term | int]:
        """Yield what a side adds up: cells with their signs, numbers without a unit."""
        sign = -1 if _is_minus(self._take("sign")) else 1
        yield from self._term(sign)
        while (operator := self._next("sign")) is not None:
            self._at += 1
            yield from self._term(-1 if _is_minus(operator) else 1)
        if self._next("times"):
            raise Unreadable("有乘、除或百分比", "it multiplies or divides")

    def _term(self, sign: int) -> Iterator[Term | int]:
        if self._next("open") and not self._listed():
            self._at += 1
            for term in self._terms():
                if isinstance(term, int):
                    raise Unreadable("括号里的数没有写行或栏", "a number in brackets has no 行 or 栏")
                yield replace(term, sign=term.sign * sign)
            if self._take("close") is None:
                raise Unreadable("括号不成对", "brackets do not match")
            return
        form = self._take("form") or ""
        first = self._coordinates()
        if first is None:
            raise Unreadable("等号、加减号后面没有行或栏", "a row or column is wanting behind a sign")
        numbers, unit = first
        if unit is None:
            if form or len(numbers) > 1 or not isinstance(numbers[0][1], int):
                raise Unreadable("数后面没有写行或栏", "numbers have no 行 or 栏 behind them")
            yield sign * numbers[0][1]
            return
        others: list[tuple[int, Number]] = [(1, None)]
        if self._next("number", "open", "each") and (second := self._coordinates(unit)) is not None:
            others = second[0]
        for one, number in numbers:
            for two, other in others:
                row, column = (number, other) if unit == "行" else (other, number)
                yield Term(sign * one * two, Cell(row, column, "" if form == "本表" else form))

    def _listed(self) -> bool:
        """Tell whether a bracket holds nothing but numbers and is followed by 行 or 栏: (27+28+29)行."""
        at = 1
        while self._next("number", "sign", "dots", "to", "comma", ahead=at):
            at += 1
        return self._next("close", ahead=at) is not None and self._next("unit", ahead=at + 1) is not None

    def _coordinates(self, other: str = "") -> tuple[list[tuple[int, Number]], str | None] | None:
        """Return numbers with signs and their unit: 31行, (27+28+29)行, 1至8行, 各行; None where none stands here."""
        if self._take("each"):
            unit = self._take("unit")
            if unit is None:
                raise Unreadable("“各”后面没有行或栏", "各 has no 行 or 栏 behind it")
            return [(1, Range())], _unit(unit)
        if self._take("open"):
            numbers = _expanded(self._list())
        else:
            first = self._take("number")
            if first is None:
                return None
            numbers = [(1, _whole(first))]
            if self._take("to"):
                last = self._take("number") or ""
                numbers = [(1, Range(_whole(first), _whole(last)))]
                if self._next("unit") and self._next("total", ahead=1):
                    numbers = [(1, n) for n in range(_whole(first), _whole(last) + 1)]
        unit = self._take("unit")
        self._take("total")
        if unit is not None and _unit(unit) == other:
            raise Unreadable("一个单元格写了两次行或栏", "a cell names its row or column twice")
        return numbers, None if unit is None else _unit(unit)

    def _list(self) -> list[tuple[int, int | str]]:
        """Return what stands in a bracket of numbers, read up to behind its end; … and 至 as they are."""
        found: list[tuple[int, int | str]] = []
        sign, mixed = 1, False
        while (token := self._tokens[self._at]).kind != "close":
            self._at += 1
            match token.kind:
                case "number":
                    found.append((sign, _whole(token.text)))
                    mixed = mixed or sign < 0
                case "sign":
                    sign = -1 if _is_minus(token.text) else 1
                case "dots" | "to":
                    found.append((sign, "…"))
                case _:
                    sign = 1
        self._at += 1
        if mixed and any(number == "…" for _, number in found):
            raise Unreadable("省略号和减号在一个括号里", "… and a minus stand in one bracket")
        return found


def _expanded(found: list[tuple[int, int | str]]) -> list[tuple[int, Number]]:
    """Fill in what … leaves out, step by step as the numbers before it go: 32+33+…+57, 1+3+…+9."""
    numbers: list[tuple[int, Number]] = []
    for at, (sign, number) in enumerate(found):
        if isinstance(number, int):
            numbers.append((sign, number))
            continue
        before = [n for _, n in numbers if isinstance(n, int)]
        after = found[at + 1][1] if at + 1 < len(found) else None
        if not before or not isinstance(after, int):
            raise Unreadable("省略号前后没有数", "… has no number on both sides")
        step = before[-1] - before[-2] if len(before) > 1 and found[at - 1][1] == before[-1] else 1
        if step < 1 or after <= before[-1] or (after - before[-1]) % step or after - before[-1] > _MOST:
            raise Unreadable("省略号省略的数推不出来", "what … leaves out does not follow")
        numbers += [(sign, n) for n in range(before[-1] + step, after, step)]
    if not numbers:
        raise Unreadable("括号里没有数", "a bracket holds no number")
    return numbers


def _with_units(terms: list[Term | int]) -> list[Term | int]:
    """Give numbers the unit of the cell their sum ends with: 4栏=5+6栏."""
    last = terms[-1]
    if any((term if isinstance(term, int) else term.sign) < 0 for term in terms):
        raise Unreadable(
            "分不清是减还是至（1—8行）：写成 1至8行 或 1行—8行", "1—8行 may be a range or a difference"
        )
    if not isinstance(last, Term):
        raise Unreadable("有不是零的常数（没有单位）", "it holds a constant other than 0, without a unit")
    given: list[Term | int] = []
    for term in terms:
        if isinstance(term, Term):
            given.append(term)
        elif last.cell.column is None and last.cell.row is not None:
            given.append(Term(1 if term > 0 else -1, replace(last.cell, row=abs(term))))
        elif last.cell.row is None:
            given.append(Term(1 if term > 0 else -1, replace(last.cell, column=abs(term))))
        else:
            raise Unreadable("数后面没有写行或栏", "numbers have no 行 or 栏 behind them")
    first = next(at for at, term in enumerate(terms) if isinstance(term, Term))
    if any(isinstance(term, int) for term in terms[first:]):
        raise Unreadable("有不是零的常数（没有单位）", "it holds a constant other than 0, without a unit")
    return given


def _is_minus(sign: str | None) -> bool:
    return sign is not None and sign != "+"


def _unit(text: str) -> str:
    return "行" if text == "行" else "栏"


def _whole(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 999:
        if text == "0":
            return 0
        raise Unreadable(f"“{text}”不是行次或栏次", f"{text!r} is no number of a row or column")
    return int(text)
