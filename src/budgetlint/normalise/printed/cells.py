"""What a printed cell is: a figure, a code, a total's label, an ordinal; and the amount it states."""

from __future__ import annotations

import re
from functools import lru_cache

from budgetlint.document import Amount
from budgetlint.document.amount import MONEY_UNITS, amount_of, parse_number, stands_for_figure
from budgetlint.document.text import squeeze

_UNITS = "|".join(sorted(MONEY_UNITS, key=len, reverse=True))
_COUNTS = "个|辆|人次|人|台套|台|套|批次|批|分|次|平方米|家|项|件|户|场|起|名|张|份|天|小时"
_WITH_UNIT = re.compile(rf"^([-+(−]?[\d,]*\.?\d+\)?)\s*({_UNITS}|{_COUNTS}|个百分点|百分点|%)$")
_CODE = re.compile(r"^[A-Z]?\d{3,22}[A-Z]?$")
_TOTAL = re.compile(r"^(?:.{0,16}?)(?:合计|总计|共计|总额|总分)(?:数)?$")
_SUBTOTAL = re.compile(r"小计$")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|\([一二三四五六七八九十]+\)|其中[:：]?|\d{1,2}[、.．](?!\d))"
)
#: The levels of a functional code, often printed beside 栏次.
CODE_PARTS = frozenset("类款项目")
_ORDINAL_HEAD = re.compile(r"^(?:栏次|行次|序号|栏目|项次)$")
_ORDINAL = re.compile(
    r"^(?:\d{1,3}|\d{1,3}=.*|[(（]\d{1,3}[)）]|[一二三四五六七八九十甲乙丙丁]{1,3}|[-—–*]+|[A-Z])$"
)

_ROW_NUMBER_HEADS = frozenset({"行次", "行号"})
_ORDINAL_NUMBER = re.compile(r"^[(（]?(\d{1,3})(?:[)）]|=.*)?$")
#: What stands for a column's number where it has none (** ** 1 2 3).
_NO_NUMBER = re.compile(r"[-—–*]+")
#: The number of a column, and how it is made of others: 1, 1=2+3.
_COLUMN_NUMBER = re.compile(r"(\d{1,2})(?:=.*)?")
#: What numbers the columns of names before the first figure; a dash alone may stand for a figure.
_FIRST = re.compile(r"\*+|[甲乙丙丁]")


@lru_cache(maxsize=1 << 16)
def figure(text: str) -> bool:
    """True for one printed number (a percent sign allowed), or what stands in its place; years count as words."""
    words = squeeze(text)
    if words.startswith("#"):
        return stands_for_figure(words)
    return bool(words) and parse_number(words) is not None and not re.fullmatch(r"(?:19|20)\d\d", words)


@lru_cache(maxsize=1 << 16)
def firm_figure(text: str) -> bool:
    """True for a number that cannot be a code or an ordinal (decimals, thousands separators), or what stands for it."""
    words = squeeze(text)
    if words.startswith("#"):
        return stands_for_figure(words)
    return ("." in words or "," in words or "%" in words) and parse_number(words) is not None


def code_like(text: str) -> bool:
    """True for a printed code: three digits or more, letters at its ends allowed."""
    return bool(_CODE.match(squeeze(text)))


def total_like(text: str) -> bool:
    """True for 合计, 总计, 本年收入合计 and their like."""
    return bool(_TOTAL.match(squeeze(text)))


def subtotal_like(text: str) -> bool:
    """True for 小计 and …小计."""
    return bool(_SUBTOTAL.search(squeeze(text)))


def numbered(text: str) -> bool:
    """True for a label with numbering (一、 （一） 1.) or 其中."""
    return bool(_NUMBERED.match(squeeze(text)))


def ordinal_head(text: str) -> bool:
    """True for 栏次, 行次, 序号."""
    return bool(_ORDINAL_HEAD.match(squeeze(text)))


def row_number_head(text: str) -> bool:
    """True for the head of the column that numbers the rows of a form: 行次, 行号."""
    return squeeze(text) in _ROW_NUMBER_HEADS


def ordinal_row(texts: list[str]) -> bool:
    """True for a row that only numbers the columns (栏次 1 2 3 …)."""
    words = [squeeze(text) for text in texts if squeeze(text)]
    named = [word for word in words if ordinal_head(word)]
    rest = [word for word in words if not ordinal_head(word) and word not in CODE_PARTS]
    if named and len(rest) >= 1:
        return all(_ORDINAL.match(word) for word in rest)
    numbers = [int(number[1]) for word in words if (number := _COLUMN_NUMBER.fullmatch(word))]
    marks = sum(_NO_NUMBER.fullmatch(word) is not None for word in words)
    # A table of one column of figures numbers that one: ** 1, 甲 1.
    alone = len(words) > 1 and numbers == [1] and all(_FIRST.fullmatch(word) for word in words if word != "1")
    return (
        (len(numbers) >= 2 or alone)
        and len(numbers) >= len(words) - max(2, marks)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] == 1
        and all(_ORDINAL.match(word) for word in words)
    )


def number_printed(text: str) -> int | None:
    """Return the number of a 行次 or 栏次 cell (7, （7）, 7=1+4), None where it prints none."""
    match = _ORDINAL_NUMBER.match(squeeze(text))
    return int(match[1]) if match else None


def unit_in(label: str) -> str | None:
    """Return the unit a header or label states in brackets: 元, 万元, %, 个 …; None without."""
    words = squeeze(label)
    match = re.search(rf"[(:](?:金额)?(?:单位[:：]?)?({_UNITS}|%|{_COUNTS})\)?$", words) or re.search(
        rf"\((?:金额)?(?:单位[:：]?)?({_UNITS}|%)\)", words
    )
    if match:
        return match[1]
    return "%" if words.endswith("%") else None


def amount_in(text: str, unit: str | None) -> Amount | None:
    """Return the amount a cell prints, in its own unit or else in ``unit``; None where it is not one figure."""
    words = squeeze(text)
    if not words:
        return None
    if match := _WITH_UNIT.match(words):
        number = parse_number(match[1])
        return amount_of(*number, match[2]) if number else None
    number = parse_number(words)
    return amount_of(*number, unit) if number else None
