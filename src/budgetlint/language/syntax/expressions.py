"""What has a value: literals, references, arithmetic, aggregates and calls."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from budgetlint.language.syntax.references import Ref
from budgetlint.language.syntax.spans import NO_SPAN, Node, Span

if TYPE_CHECKING:
    from budgetlint.language.syntax.conditions import Condition


class Number(Node, frozen=True, eq=False):
    """A literal: exact value in the unit it is written with (None for a plain number)."""

    value: Decimal
    unit: str | None = None
    span: Span = NO_SPAN


class Text(Node, frozen=True, eq=False):
    """A string literal."""

    text: str
    span: Span = NO_SPAN


class Time(str, Enum):
    """本年度 and 上年度: the document's year and the one before."""

    THIS_YEAR = "this-year"
    LAST_YEAR = "last-year"


class Year(Node, frozen=True, eq=False):
    """本年度 or 上年度 as a number."""

    time: Time
    span: Span = NO_SPAN


class Operator(str, Enum):
    """Arithmetic."""

    PLUS = "plus"
    MINUS = "minus"
    TIMES = "times"
    DIVIDED = "divided-by"


class Binary(Node, frozen=True, eq=False):
    """``left op right``."""

    operator: Operator
    left: Expression
    right: Expression
    span: Span = NO_SPAN


class Aggregation(str, Enum):
    """求和 行数 最大值 最小值."""

    SUM = "sum"
    COUNT = "count"
    MAX = "max"
    MIN = "min"


class Aggregate(Node, frozen=True, eq=False):
    """An aggregate over the rows or sheets one reference selects (with 当), or over several listed expressions.

    ``A、B、C 之和`` is ``Aggregate(SUM, (A, B, C))``.
    """

    function: Aggregation
    arguments: tuple[Expression, ...]
    where: Condition | None = None
    span: Span = NO_SPAN


class Call(Node, frozen=True, eq=False):
    """A function by its canonical id: abs, level, length, official-name, number-in, unit-in, or a plugin's name."""

    function: str
    arguments: tuple[Expression, ...]
    span: Span = NO_SPAN


Expression: TypeAlias = "Ref | Number | Text | Year | Binary | Aggregate | Call"
