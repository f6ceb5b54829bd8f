"""Printed figures as exact values with their unit and printed precision."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import Enum

from msgspec import Struct

ZERO = Decimal(0)


class Dimension(str, Enum):
    """What kind of quantity an amount is; amounts of different dimensions never compare."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    UNKNOWN = "unknown"


#: Factor to 元 of every money unit.
MONEY_UNITS: dict[str, Decimal] = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
}
PERCENT_UNITS = frozenset({"%", "％", "百分点", "个百分点"})


class Amount(Struct, frozen=True):
    """A printed figure.

    Attributes:
        value: in 元 for money, in percent for percentages (72.31 for “72.31%”), else as printed; where the unit
            is unknown (None) as printed.
        unit: as printed (万元, 元, %, 辆 …) or None when nothing says it.
        quantum: one unit of the last printed digit, in the same scale as value; 0 for exact figures.
        approximate: 约, 近, 左右 stood with it.
    """

    value: Decimal
    unit: str | None
    quantum: Decimal
    approximate: bool = False

    @property
    def dimension(self) -> Dimension:
        """Money, percent, count, or unknown where no unit is known."""
        return dimension_of(self.unit)

    @property
    def factor(self) -> Decimal:
        """What one printed unit is worth in ``value``'s scale (10000 for 万元)."""
        return MONEY_UNITS.get(self.unit or "", Decimal(1))


def dimension_of(unit: str | None) -> Dimension:
    """Return the dimension a printed unit belongs to."""
    if unit is None:
        return Dimension.UNKNOWN
    if unit in MONEY_UNITS:
        return Dimension.MONEY
    return Dimension.PERCENT if unit in PERCENT_UNITS else Dimension.COUNT


_NUMBER = re.compile(
    r"""^(?P<open>\()?¥?(?P<sign>[-+−－–])?¥?
        (?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)
        (?P<percent>%)?(?P<close>\))?$""",
    re.VERBOSE,
)


def parse_number(text: str) -> tuple[Decimal, Decimal] | None:
    """Read one printed number, NFKC-normalised, thousands separators, accounting brackets and ¥ allowed.

    Returns (value, quantum) in printed units, or None when the text is not exactly one number.
    Spaces around are allowed; a percent sign is allowed and ignored.
    """
    match = _NUMBER.match(unicodedata.normalize("NFKC", text).strip().replace(" ", ""))
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    value = Decimal(match["digits"].replace(",", ""))
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    negative = bool(match["open"]) or (match["sign"] or "+") != "+"
    return (-value if negative else value), Decimal(1).scaleb(min(exponent, 0))


#: What a reader gives for a formula whose result the file does not hold.
NOT_COMPUTED = "#未计算"
_UNCOMPUTED = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|未计算)|#{3,}")


def stands_for_figure(text: str) -> bool:
    """Tell what office programs print in place of a figure: an error, or ``####`` where the column is too narrow."""
    return _UNCOMPUTED.fullmatch(text) is not None


def amount_of(value: Decimal, quantum: Decimal, unit: str | None, approximate: bool = False) -> Amount:
    """Build an Amount from a printed number and its unit, scaling money to 元."""
    factor = MONEY_UNITS.get(unit or "", Decimal(1))
    return Amount(value * factor, unit, quantum * factor, approximate)


#: So many digits a spreadsheet shows where a cell has no format of its own; the rest it rounds away.
_GENERAL_DIGITS = 10


def is_cut(text: str) -> bool:
    """Tell whether a figure fills the width that a spreadsheet gives a cell without a format: ten digits, no commas."""
    printed = text.strip().lstrip("-")
    return printed.replace(".", "", 1).isdigit() and sum(map(str.isdigit, printed)) == _GENERAL_DIGITS


def keeps_zero(amount: Amount) -> bool:
    """The last printed decimal is a zero: whoever printed it did not drop zeros."""
    return 0 < amount.quantum < amount.factor and amount.value % (10 * amount.quantum) == 0


_TORN_START = re.compile(r"-?\d{1,3}(?:,?\d{3})*\.(\d*)")
_TORN_END = re.compile(r"\d{1,3}")
#: Decimals that a torn figure has again once it is put together: those of 万元, or of six places as some print.
_DECIMALS = frozenset({2, 6})


def torn(start: str, end: str) -> str | None:
    """Return the figure whose last decimals stand on a line of their own, None where the two lines are not one figure."""
    figure = _TORN_START.fullmatch(start)
    if figure is None or not _TORN_END.fullmatch(end) or len(figure[1]) + len(end) not in _DECIMALS:
        return None
    return start + end
