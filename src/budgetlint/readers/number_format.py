"""Show a stored number the way a workbook's number format prints it, in exact decimals."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from budgetlint.records import dataclass

#: The formats workbooks name by number only (the Chinese locale's dates).
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm",
    19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"',
    29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: "h:mm", 33: "h:mm:ss", 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-"',
    42: '¥#,##0;-¥#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '¥#,##0.00;-¥#,##0.00;"-"', 45: "mm:ss",
    46: "h:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@", 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]|General|[#0?]|[.,%@/]|E[+-]|[yYmMdDhHsS]+|.', re.DOTALL
)
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
#: A workbook shows 11 digits of a number without a format and keeps 15.
_SHOWN, _KEPT = Context(prec=11, rounding=ROUND_HALF_UP), Context(prec=15, rounding=ROUND_HALF_UP)


def displayed(value: Decimal, form: str, epoch_1904: bool = False) -> str:
    """Return what a cell with a format prints.

    Args:
        value: the stored number.
        form: the format code, sections and all.
        epoch_1904: days are counted from 1904.
    """
    value = _KEPT.plus(value)
    digits = digits_of(form)
    if digits is not None:
        rounded = value.quantize(Decimal(1).scaleb(-digits.decimals), ROUND_HALF_UP)
        return format(rounded if rounded else abs(rounded), ",f" if digits.grouped else "f")
    sections = _sections(form)
    section, signed = _choose(sections, value)
    tokens = _tokens(section)
    if not tokens:
        return ""
    if "General" in tokens or tokens == ("@",):
        prefix, _, suffix = section.partition("General") if "General" in tokens else ("", "", "")
        return _literal(prefix) + _general(abs(value) if signed else value) + _literal(suffix)
    if any(_DATE.match(token) for token in tokens):
        return _date(value, tokens, epoch_1904)
    if not any(token in "#0?" for token in tokens):
        return "".join(map(_literal_of, tokens))
    return _number(abs(value) if signed else value, tokens)


@dataclass(frozen=True, slots=True)
class Digits:
    """A format that prints digits alone: so many decimals, thousands grouped or not."""

    decimals: int
    grouped: bool


def padded(value: str, digits: Digits) -> str | None:
    """Return what a cell prints where that is its stored digits with some zeros: most cells; None for any other.

    Args:
        value: the stored number as written in the file.
        digits: the format.
    """
    whole, _, decimals = value.partition(".")
    missing = digits.decimals - len(decimals)
    if missing < 0 or len(value) > 15 or not (whole + decimals).isdecimal() or not whole:
        return None
    if digits.grouped:
        whole = f"{int(whole):,}"
    elif whole[0] == "0":
        whole = str(int(whole))
    return f"{whole}.{decimals}{'0' * missing}" if digits.decimals else whole


@lru_cache(maxsize=512)
def digits_of(form: str) -> Digits | None:
    """Return how a format prints digits alone, None where it prints anything else.

    What such a format shows is what is stored, rounded.
    """
    match = re.fullmatch(r"(#,##)?0(?:\.(0+))?(?:_.)*", form)
    return Digits(len(match[2] or ""), bool(match[1])) if match is not None else None


def prints_date(form: str) -> bool:
    """Tell whether a format prints the number of a day as a date or time."""
    return any(_DATE.match(token) for token in _tokens(_sections(form)[0]))


@lru_cache(maxsize=512)
def _sections(form: str) -> tuple[str, ...]:
    parts: list[str] = [""]
    for token in _TOKEN.findall(form or "General"):
        if token == ";":
            parts.append("")
        else:
            parts[-1] += token
    return tuple(parts)


@lru_cache(maxsize=512)
def _tokens(section: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(section))


def _choose(sections: tuple[str, ...], value: Decimal) -> tuple[str, bool]:
    """Return the section a value takes, and whether that section writes the sign itself."""
    if len(sections) == 1:
        return sections[0], False
    if value < 0:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def _general(value: Decimal) -> str:
    shown = _SHOWN.plus(value).normalize()
    text = format(shown, "f")
    return text if len(text) <= 20 else format(shown, "E")


def _number(value: Decimal, tokens: tuple[str, ...]) -> str:
    """Fill the digit places of one section."""
    places = [at for at, token in enumerate(tokens) if token in "#0?"]
    first, last = places[0], places[-1]
    point = next((at for at in range(first, len(tokens)) if tokens[at] == "."), None)
    if point is None and first and tokens[first - 1] == ".":
        point = first - 1
    end = point if point is not None else last + 1
    scale = 0
    after = last + 1
    while after < len(tokens) and tokens[after] == ",":
        scale, after = scale - 3, after + 1
    percent = 2 * sum(token == "%" for token in tokens)
    decimals = (
        [token for token in tokens[point + 1 : last + 1] if token in "#0?"] if point is not None else []
    )
    grouped = any(token == "," for token in tokens[first:end])
    rounded = value.scaleb(scale + percent).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    whole, _, fraction = format(abs(rounded), "f").partition(".")
    whole = whole.lstrip("0").rjust(sum(token == "0" for token in tokens[first:end]), "0")
    while fraction and fraction.endswith("0") and decimals[len(fraction) - 1] == "#":
        fraction = fraction[:-1]
    if grouped:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole)
    digits = whole + ("." + fraction if point is not None and (fraction or decimals) else "")
    start = point if point is not None and point < first else first
    before = "".join(_literal_of(token) for token in tokens[:start])
    inside = "".join(_literal_of(token) for token in tokens[start : last + 1] if token not in "#0?.,")
    behind = "".join(_literal_of(token) for token in tokens[after:])
    sign = "-" if rounded < 0 else ""
    return (sign + before + digits + inside + behind).strip()


def _literal(text: str) -> str:
    return "".join(map(_literal_of, _tokens(text)))


def _literal_of(token: str) -> str:
    """Return what a token outside the digits prints."""
    if token[0] == '"':
        return token[1:-1]
    if token[0] in "\\!" and len(token) == 2:
        return token[1]
    if token[0] == "[":
        currency = re.match(r"\[\$([^-\]]*)", token)
        return currency[1] if currency else ""
    if token[0] in "_*" and len(token) == 2:
        return ""
    return "" if token in ("#", "?", "@", "General") else token


def _date(value: Decimal, tokens: tuple[str, ...], epoch_1904: bool) -> str:
    days = int(value)
    if not 0 <= days < 2_958_466:
        return _general(value)
    day = (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)) + timedelta(days=days)
    seconds = int(((value - days) * 86_400).to_integral_value(ROUND_HALF_UP))
    parts: list[str] = []
    clock = False
    for token in tokens:
        kind = token[0].lower()
        wide = len(token) > 1
        if not _DATE.match(token):
            parts.append(_literal_of(token))
        elif kind == "y":
            parts.append(f"{day.year:04d}" if len(token) > 2 else f"{day.year % 100:02d}")
        elif kind == "m":
            number = seconds // 60 % 60 if clock else day.month
            parts.append(f"{number:02d}" if wide else str(number))
        elif kind == "d":
            parts.append(f"{day.day:02d}" if wide else str(day.day))
        else:
            number = seconds // 3600 % 24 if kind == "h" else seconds % 60
            clock = True
            parts.append(f"{number:02d}" if wide else str(number))
    return "".join(parts)
