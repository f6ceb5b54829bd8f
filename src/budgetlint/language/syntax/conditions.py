"""What holds or does not: comparisons, tests and logic."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from budgetlint.language.syntax.expressions import Expression, Number
from budgetlint.language.syntax.references import Label
from budgetlint.language.syntax.spans import NO_SPAN, Node, Span


class Relation(str, Enum):
    """The comparisons."""

    EQUALS = "equals"
    NOT_EQUALS = "not-equals"
    AT_MOST = "at-most"
    AT_LEAST = "at-least"
    LESS = "less-than"
    MORE = "more-than"


class Slack(str, Enum):
    """How far two sides may differ."""

    ROUNDING = "rounding"
    EXACT = "exact"
    WITHIN = "within"


class Compare(Node, frozen=True, eq=False):
    """``left relation right`` with what is allowed after it."""

    relation: Relation
    left: Expression
    right: Expression
    slack: Slack = Slack.ROUNDING
    within: Number | None = None
    blank_not_zero: bool = False
    unlisted_as_zero: bool = False
    span: Span = NO_SPAN


class TestKind(str, Enum):
    """The tests."""

    __test__ = False  # pytest: the name does not make it a test

    EXISTS = "exists"
    THERE_IS = "there-is"
    MISSING = "is-missing"
    BLANK = "is-blank"
    ZERO = "is-zero"
    INTEGER = "is-an-integer"
    UNIQUE = "is-unique"
    RUNS_ON = "runs-on"
    CONTAINS = "contains"
    STARTS = "starts-with"
    ENDS = "ends-with"
    READS_AS = "reads-the-same-as"
    MATCHES = "matches"
    IN_LIST = "is-in-list"
    ONE_OF = "is-one-of"


class Test(Node, frozen=True, eq=False):
    """A test of ``subject``; ``arguments`` its texts, list name (a Label) or words (为 类 或 款)."""

    __test__ = False  # pytest: the name does not make it a test

    kind: TestKind
    subject: Expression
    arguments: tuple[Expression | Label, ...] = ()
    negated: bool = False
    span: Span = NO_SPAN


class And(Node, frozen=True, eq=False):
    """All of ``parts``."""

    parts: tuple[Condition, ...]
    span: Span = NO_SPAN


class Or(Node, frozen=True, eq=False):
    """One of ``parts``."""

    parts: tuple[Condition, ...]
    span: Span = NO_SPAN


class Not(Node, frozen=True, eq=False):
    """Not ``part``; the compiler moves it inward."""

    part: Condition
    span: Span = NO_SPAN


class IfThen(Node, frozen=True, eq=False):
    """``如果 A 那么 B``."""

    condition: Condition
    then: Condition
    span: Span = NO_SPAN


Condition: TypeAlias = "Compare | Test | And | Or | Not | IfThen"
