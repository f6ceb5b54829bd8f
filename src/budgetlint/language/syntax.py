"""The abstract syntax of rules: plain frozen data that knows nothing of the words it was written in.

Both vocabularies parse to these nodes. Spans do not take part in equality, so that the same rule written in Chinese
and in English is equal. Every node can be turned into plain data and back (:mod:`budgetlint.language.plain`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from budgetlint.findings import Severity, Verdict


@dataclass(frozen=True, slots=True)
class Span:
    """Where a node stands: 1-based first and last line, 0-based column of its first and behind its last character."""

    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


NO_SPAN = Span()


def _span() -> Span:
    return field(default=NO_SPAN, compare=False, repr=False)


# ---------------------------------------------------------------- names and references


@dataclass(frozen=True, slots=True)
class Label:
    """A name as the rule writes it, NFKC-normalised, spaces removed.

    ``printed`` True: written as a string “…”, to be matched against what the document prints; False: a bare or
    【quoted】 name, to be resolved in the vocabulary. For columns and rows ``text`` may hold ``/`` between path steps
    (a / inside 【】 stays part of a step and is kept as ``\\/``).
    """

    text: str
    printed: bool = False
    span: Span = _span()


class OtherDocument(str, Enum):
    """Which other document of the bundle a reference looks into."""

    LAST_YEAR = "last-year"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class SectionRef:
    """``章节 S`` (label) or ``第六节`` (number “六”), within ``part`` (“三” of 第三部分) if one is named."""

    label: Label | None = None
    number: str | None = None
    part: str | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class TableRef:
    """``表 T``; ``each`` is 每张表 T inside an aggregate. Without a label: every table (only ``each``)."""

    label: Label | None
    each: bool = False
    span: Span = _span()


class RowChoice(str, Enum):
    """How a row is chosen: by label or code, 对应行, or 下级科目."""

    NAMED = "named"
    SAME = "same"
    CHILDREN = "children"


@dataclass(frozen=True, slots=True)
class RowRef:
    """``行 R``, ``对应行`` or ``下级科目``."""

    choice: RowChoice
    label: Label | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ColumnRef:
    """``列 C``; without a label 本列: the column a 每一金额列 quantifier is at."""

    label: Label | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Ref:
    """A path of locators; a step that the rule leaves out is None.

    ``item`` is the name that ends the path (``第六节 人员经费``) or a bare name standing alone; ``total`` is 合计 alone
    after a section or table; ``paragraph`` is 段落, the paragraph a quantifier is at.
    """

    document: OtherDocument | None = None
    section: SectionRef | None = None
    table: TableRef | None = None
    row: RowRef | None = None
    column: ColumnRef | None = None
    item: Label | None = None
    total: bool = False
    paragraph: bool = False
    span: Span = _span()


# ---------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True)
class Number:
    """A literal: exact value in the unit it is written with (None for a plain number)."""

    value: Decimal
    unit: str | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Text:
    """A string literal."""

    text: str
    span: Span = _span()


class Time(str, Enum):
    """本年度 and 上年度: the document's year and the one before."""

    THIS_YEAR = "this-year"
    LAST_YEAR = "last-year"


@dataclass(frozen=True, slots=True)
class Year:
    """本年度 or 上年度 as a number."""

    time: Time
    span: Span = _span()


class Operator(str, Enum):
    """Arithmetic."""

    PLUS = "plus"
    MINUS = "minus"
    TIMES = "times"
    DIVIDED = "divided-by"


@dataclass(frozen=True, slots=True)
class Binary:
    """``left op right``."""

    operator: Operator
    left: Expression
    right: Expression
    span: Span = _span()


class Aggregation(str, Enum):
    """求和 行数 最大值 最小值."""

    SUM = "sum"
    COUNT = "count"
    MAX = "max"
    MIN = "min"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An aggregate over the rows or sheets one reference selects (with 当), or over several listed expressions.

    ``A、B、C 之和`` is ``Aggregate(SUM, (A, B, C))``.
    """

    function: Aggregation
    arguments: tuple[Expression, ...]
    where: Condition | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Call:
    """A function by its canonical id: abs, level, length, official-name, number-in, unit-in, or a plugin's name."""

    function: str
    arguments: tuple[Expression, ...]
    span: Span = _span()


Expression: TypeAlias = "Ref | Number | Text | Year | Binary | Aggregate | Call"


# ---------------------------------------------------------------- conditions


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


@dataclass(frozen=True, slots=True)
class Compare:
    """``left relation right`` with what is allowed after it."""

    relation: Relation
    left: Expression
    right: Expression
    slack: Slack = Slack.ROUNDING
    within: Number | None = None
    blank_not_zero: bool = False
    unlisted_as_zero: bool = False
    span: Span = _span()


class TestKind(str, Enum):
    """The tests."""

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


@dataclass(frozen=True, slots=True)
class Test:
    """A test of ``subject``; ``arguments`` its texts, list name (a Label) or words (为 类 或 款)."""

    kind: TestKind
    subject: Expression
    arguments: tuple[Expression | Label, ...] = ()
    negated: bool = False
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class And:
    """All of ``parts``."""

    parts: tuple[Condition, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Or:
    """One of ``parts``."""

    parts: tuple[Condition, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Not:
    """Not ``part``; the compiler moves it inward."""

    part: Condition
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class IfThen:
    """``如果 A 那么 B``."""

    condition: Condition
    then: Condition
    span: Span = _span()


Condition: TypeAlias = "Compare | Test | And | Or | Not | IfThen"


# ---------------------------------------------------------------- quantifiers and checks


@dataclass(frozen=True, slots=True)
class EachRow:
    """``对 表 T 的 每一行``; ``对 每张表 [T] 的 每一行`` has ``table.each``; ``amount_columns`` with 每一金额列."""

    table: TableRef
    where: Condition | None = None
    amount_columns: bool = False
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class EachTable:
    """``对 每张表 [T]``."""

    table: TableRef
    where: Condition | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class EachParagraph:
    """``对 章节 S 的 每一段``; without a section every paragraph of the document."""

    section: SectionRef | None
    where: Condition | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class EachMention:
    """``对 [章节 S 的] 每处 X``: X a mention pattern (占比, 增减 …) or a concept."""

    label: Label
    section: SectionRef | None = None
    where: Condition | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class EachItem:
    """``对 L 的 每一项``: items of the contents list (目录) or of a named list."""

    label: Label
    where: Condition | None = None
    span: Span = _span()


Quantifier: TypeAlias = "EachRow | EachTable | EachParagraph | EachMention | EachItem"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it ranges over (none or one quantifier) and what must hold."""

    body: Condition
    quantifier: Quantifier | None = None
    message: str | None = None
    span: Span = _span()


# ---------------------------------------------------------------- rules


@dataclass(frozen=True, slots=True)
class YearRange:
    """Years a rule applies to, both ends included, None open."""

    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule applies to; an empty tuple means any."""

    kinds: tuple[str, ...] = ()
    years: YearRange | None = None
    regions: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis as cited, or 勾稽关系 (``consistency``, text empty)."""

    text: str = ""
    consistency: bool = False


@dataclass(frozen=True, slots=True)
class Let:
    """``设 X 为 E``."""

    name: str
    value: Expression
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Blank:
    """空白 in an example."""


@dataclass(frozen=True, slots=True)
class Binding:
    """``列 合计 是 12.30 万元`` in an example. ``printed`` is the value as written (12.30), its zeros count."""

    target: Ref
    value: Number | Text | Blank | Year
    printed: str = ""
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ExampleTable:
    """A small pipe table of an example: ``表 T：万元`` and its lines, the first line being the header."""

    label: Label
    unit: str | None
    lines: tuple[tuple[str, ...], ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Example:
    """A miniature document and the verdict the rule must reach on it."""

    verdict: Verdict
    bindings: tuple[Binding, ...] = ()
    tables: tuple[ExampleTable, ...] = ()
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Rule:
    """A whole rule."""

    id: str
    name: str
    severity: Severity
    basis: tuple[Basis, ...]
    checks: tuple[Check, ...]
    scope: Scope = Scope()
    replaces: str | None = None
    lets: tuple[Let, ...] = ()
    message: str | None = None
    suggest: str | None = None
    examples: tuple[Example, ...] = ()
    span: Span = _span()
