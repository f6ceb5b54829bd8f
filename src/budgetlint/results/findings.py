"""What checking yields: outcomes (every evaluated instance) and findings (what people are shown)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from msgspec import Struct, field

from budgetlint.document import NOWHERE, Amount, Place
from budgetlint.document.keys import CauseKey, FactKey, InstanceKey
from budgetlint.results.comparison import Comparison
from budgetlint.said import Wording


class Verdict(str, Enum):
    """What a check of one place can come to; docs/规则编写.md (结论) says what each means to people."""

    HOLDS = "holds"
    ROUNDS = "rounds"
    FAILS = "fails"
    SKIPPED = "skipped"
    UNDETERMINED = "undetermined"


class Reason(str, Enum):
    """Why a check could not be decided (无法核对): a closed list."""

    MISSING_SECTION = "missing-section"
    MISSING_TABLE = "missing-table"
    MISSING_ROW = "missing-row"
    MISSING_COLUMN = "missing-column"
    BLANK_OPERAND = "blank-operand"
    NOT_A_NUMBER = "not-a-number"
    UNKNOWN_UNIT = "unknown-unit"
    ZERO_DENOMINATOR = "zero-denominator"
    AMBIGUOUS_REFERENCE = "ambiguous-reference"
    CONFLICTING_MENTIONS = "conflicting-mentions"
    MISSING_DOCUMENT = "missing-document"
    UNSURE_EXTRACTION = "unsure-extraction"
    NOT_READ = "not-read"
    BUDGET_EXCEEDED = "budget-exceeded"


class Severity(str, Enum):
    """How much a finding weighs: error 错误（须改正）, warning 疑点（须核实或说明）, notice 提醒."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Operand(Struct, frozen=True):
    """One fact a check read.

    ``name`` is how the rule calls it, ``printed`` the text as printed ("" for blank), ``amount`` its value (None for
    text), ``coefficient`` its factor in the linear form (0 outside one), ``fact`` an identity that is the same
    wherever the same cell or the same agreeing mentions are read; ``blank`` a blank cell that counted as 0;
    ``called`` what people call the figure where several operands go by one name.
    """

    name: str
    printed: str
    amount: Amount | None = None
    coefficient: Decimal = Decimal(0)
    place: Place = NOWHERE
    fact: FactKey = ""
    blank: bool = False
    called: str = ""


class Outcome(Struct, frozen=True):
    """One evaluated instance of a check (a row of a quantifier, a sheet, a mention).

    Attributes:
        rule: id; ``check`` its 1-based number where the rule has several, else 0.
        verdict, reason: reason only where undetermined.
        severity: the rule's, possibly lowered by the evaluation (a blank total is a warning at most).
        operands: every fact read, in the order of the rule's text.
        left, right: the two sides of the comparison that decided, None where it was no comparison.
        difference, tolerance: by how much the sides differ and what rounding may explain of it, in 元 (or in percent),
            None where nothing was compared.
        instance: what the instance is, by meaning (table, row path or code, column): part of the fingerprint.
        cause: identity of the common cause for outcomes that are not findings of their own (a lost table).
        detail: words of the message's holes beyond the operands (row, candidates, cause).
        unlikely: a rounding difference that honest rounding rarely gives.
        message: what a Python check says, in one language or both; rules of the language leave it None.
        considered: facts its ``where`` read: messages may name them, but they were not checked.
        compared: the comparison that decided, as it is built up; every alternative of 或 where all failed.
    """

    rule: str
    verdict: Verdict
    check: int = 0
    reason: Reason | None = None
    severity: Severity = Severity.ERROR
    operands: tuple[Operand, ...] = ()
    left: Amount | None = None
    right: Amount | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    instance: InstanceKey = ""
    cause: CauseKey | str = ""
    detail: dict[str, str] = field(default_factory=dict)
    unlikely: bool = False
    message: Wording | None = None
    places: tuple[Place, ...] = ()
    suggestion: Suggestion | None = None
    considered: tuple[Operand, ...] = ()
    compared: tuple[Comparison, ...] = ()


class Suggestion(Struct, frozen=True):
    """A figure that would make the checks agree: where, from what, to what, and why."""

    place: Place
    printed: str
    proposed: str
    why: str


class Waived(Struct, frozen=True):
    """Why a finding no longer counts, and until which day inclusive (None: for good)."""

    because: str
    until: date | None = None


class Finding(Struct, frozen=True):
    """What a person is shown: a failed or unlikely outcome, or one cause of 无法核对.

    ``unsaid`` are the operands that the message does not print: reports list them beside it.
    """

    rule: str
    name: str
    severity: Severity
    verdict: Verdict
    message: str
    basis: tuple[str, ...] = ()
    fingerprint: str = ""
    locations: tuple[Place, ...] = ()
    operands: tuple[Operand, ...] = ()
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    reason: Reason | None = None
    suggestion: Suggestion | None = None
    waived: Waived | None = None
    texts: tuple[str, ...] = ()
    unsaid: tuple[Operand, ...] = ()


def fingerprint(*parts: object) -> str:
    """Return 12 hex digits that name a finding by meaning (rule, unit, year, instance), never by line."""
    # Loads a cryptographic library, for which a document without findings has no use.
    import hashlib

    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:12]
