"""Show a stored number the way a workbook's number format prints it, in exact decimals."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from msgspec import Struct

from budgetlint.readers.sheets.chinese_digits import named_digits, spelled, spelled_date
from budgetlint.readers.sheets.date_places import dated, is_date
from budgetlint.readers.sheets.digit_places import filled, literal

#: The formats workbooks name by number only, as Excel in Chinese shows them (ECMA-376-1, 18.8.30: all languages, zh-cn).
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "¥#,##0;¥-#,##0", 6: "¥#,##0;[Red]¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;[Red]¥-#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00", 41: '#,##0;-#,##0;"-"', 42: '¥#,##0;-¥#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"', 44: '¥#,##0.00;-¥#,##0.00;"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]|General|AM/PM|A/P|上午/下午|[#0?]|[.,%@/]|E[+-]|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|aaaa?|e+|.',
    re.DOTALL,
)
_DIGITS = re.compile(r"(?:_.|\*.)*(#,##)?0(?:\.(0+))?(?:_.|\*.|\\ )*")
_GENERAL = re.compile(r"G/通用格式|(?<![\"\w])general", re.IGNORECASE)
#: Marks of a format that the system's settings give: those of a Chinese one.
_OF_THE_SYSTEM = {"[$-F800]": 'yyyy"年"m"月"d"日"', "[$-F400]": "h:mm:ss"}
_COLOUR = re.compile(r"\[(?:[A-Za-z]+\d*|\w?[红黑蓝绿白黄青洋]\w*)\]$")
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
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
    if digits is not None and digits.always:
        rounded = value.quantize(Decimal(1).scaleb(-digits.decimals), ROUND_HALF_UP)
        return format(rounded if rounded else abs(rounded), ",f" if digits.grouped else "f")
    section, signed = _choose(_numeric(_sections(form)), value)
    tokens = _tokens(section)
    if not tokens:
        return ""
    number = abs(value) if signed else value
    digits_named = named_digits(tokens)
    if "General" in tokens or tokens == ("@",):
        prefix, _, suffix = section.partition("General") if "General" in tokens else ("", "", "")
        return _literals(prefix) + spelled(_general(number), digits_named) + _literals(suffix)
    if is_date(tokens):
        shown = dated(value, tokens, epoch_1904)
        return (
            _general(value) if shown is None else "".join(spelled_date(*part, digits_named) for part in shown)
        )
    if not any(token in "#0?" for token in tokens):
        # A format that says no more than how digits are named.
        bare = digits_named is not None and not any(map(literal, tokens))
        return spelled(_general(number), digits_named) if bare else "".join(map(literal, tokens))
    if "/" in tokens:
        return _general(value)
    return spelled(filled(number, tokens), digits_named)


class Digits(Struct, frozen=True):
    """A format that prints digits alone: so many decimals, thousands grouped or not.

    ``always`` is False where only positive numbers are printed so.
    """

    decimals: int
    grouped: bool
    always: bool = True


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
    if not digits.always and not value.strip("0."):
        return None
    if digits.grouped:
        whole = f"{int(whole):,}"
    elif whole[0] == "0":
        whole = str(int(whole))
    return f"{whole}.{decimals}{'0' * missing}" if digits.decimals else whole


@lru_cache(maxsize=512)
def digits_of(form: str) -> Digits | None:
    """Return how a format prints digits alone, None where it prints anything else.

    What such a format shows is what is stored, rounded: it is looked up once for each cell style.
    """
    sections = _numeric(_sections(form))
    match = _DIGITS.fullmatch(sections[0])
    if match is None or any(map(_condition, sections)):
        return None
    return Digits(len(match[2] or ""), bool(match[1]), len(sections) == 1)


def prints_date(form: str) -> bool:
    """Tell whether a format prints the number of a day as a date or time."""
    return any(is_date(_tokens(section)) for section in _numeric(_sections(form)))


def text_shown(text: str, form: str) -> str:
    """Return what a cell with a format prints for a text: its fourth section, or a last one that holds ``@``."""
    sections = _sections(form)
    if len(sections) < 4 and "@" not in _tokens(sections[-1]):
        return text
    return "".join(text if token == "@" else literal(token) for token in _tokens(sections[-1]))


@lru_cache(maxsize=512)
def shows_text_bare(form: str) -> bool:
    """Tell whether a format shows a text as it is: nearly all do."""
    return text_shown("\x00", form).strip() == "\x00"


@lru_cache(maxsize=512)
def _sections(form: str) -> tuple[str, ...]:
    form = next((said for mark, said in _OF_THE_SYSTEM.items() if mark in form.upper()), form)
    parts: list[str] = [""]
    for token in _TOKEN.findall(_GENERAL.sub("General", form) or "General"):
        if token == ";":
            parts.append("")
        else:
            parts[-1] += token
    return tuple(parts)


@lru_cache(maxsize=512)
def _tokens(section: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(section))


def _numeric(sections: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sections for numbers: a last one that holds ``@`` is that for text, however many there are."""
    return (sections[:-1] or ("General",)) if "@" in _tokens(sections[-1]) else sections


def _choose(sections: tuple[str, ...], value: Decimal) -> tuple[str, bool]:
    """Return the section a value takes, and whether that section writes the sign itself."""
    conditions = [_condition(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is not None and _COMPARE[condition[0]](value, condition[1]):
                negative = condition[0].startswith("<") and condition[1] <= 0
                return section, negative and _tells_sign(section)
        rest = [section for section, condition in zip(sections, conditions, strict=True) if condition is None]
        return (rest[0] if rest else "General"), False
    if len(sections) == 1:
        return sections[0], False
    if value < 0:
        return sections[1], _tells_sign(sections[1])
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


@lru_cache(maxsize=512)
def _condition(section: str) -> tuple[str, Decimal] | None:
    """Return what a number must be to take a section that says so: ``[>=10000]``."""
    match = re.search(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]", section)
    return (match[1], Decimal(match[2])) if match is not None else None


@lru_cache(maxsize=512)
def _tells_sign(section: str) -> bool:
    """Tell whether a section for negative numbers says so in print; one that says it by colour alone does not."""
    tokens = _tokens(section)
    coloured = any(_COLOUR.match(token) for token in tokens)
    return not coloured or any(mark in "".join(map(literal, tokens)) for mark in "-−－–(（负△▲")


def _general(value: Decimal) -> str:
    if value == value.to_integral_value():
        return format(value.quantize(Decimal(1)) if value else abs(value), "f")
    shown = _SHOWN.plus(value).normalize()
    text = format(shown, "f")
    return text if len(text) <= 20 else format(shown, "E")


def _literals(text: str) -> str:
    return "".join(map(literal, _tokens(text)))
