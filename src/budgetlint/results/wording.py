"""The words that messages and reports share: why a check could not be decided, and where something stands."""

from __future__ import annotations

import re

from budgetlint.document import Place
from budgetlint.results.findings import Reason

#: ``file:line`` or ``file:line:column``.
_PLACE = re.compile(r":\d+(?::\d+)?$")
#: Why a check could not be decided, in Chinese and English.
REASONS = {
    Reason.MISSING_SECTION: ("没有找到章节", "no such section"),
    Reason.MISSING_TABLE: (
        "没有找到表，或只有标题没有表体",
        "no such table, or a title with nothing under it",
    ),
    Reason.MISSING_ROW: ("没有列出该行或没有写出该数字", "that row or figure is not printed"),
    Reason.MISSING_COLUMN: ("表中没有该列", "the table has no such column"),
    Reason.BLANK_OPERAND: ("单元格为空白", "a cell is blank"),
    Reason.NOT_A_NUMBER: ("印的不是数字", "what is printed is not a number"),
    Reason.UNKNOWN_UNIT: ("没有写明单位，或单位不能相比", "no unit is stated, or the units do not compare"),
    Reason.ZERO_DENOMINATOR: ("分母为零", "the denominator is zero"),
    Reason.AMBIGUOUS_REFERENCE: ("有多处可能，不能确定是哪一处", "several places could be meant"),
    Reason.CONFLICTING_MENTIONS: ("文中同一数字前后不一致", "the text gives different figures for one thing"),
    Reason.MISSING_DOCUMENT: ("没有提供用于对照的另一份文本", "the document to compare with was not given"),
    Reason.UNSURE_EXTRACTION: (
        "表格列位错动，读取没有把握",
        "the table's columns drifted; reading is not sure",
    ),
    Reason.NOT_READ: (
        "这一部分没有读出来（扫描件、字体、图片或缺损）",
        "a part was not read (a scan, fonts, a picture, damage)",
    ),
    Reason.BUDGET_EXCEEDED: ("核对量超过上限", "the check would read too much"),
}


def reason_words(reason: Reason, language: str) -> str:
    """Return a reason in ``zh`` or ``en``."""
    zh, en = REASONS[reason]
    return en if language == "en" else zh


def labels(place: Place) -> str:
    """Return what people call a place by: section for prose, else table, row and column; "" where nobody said."""
    named = (place.section, place.table, place.row, place.column)
    return " / ".join(part.replace("\n", "") for part in named if part)


def position(place: Place, language: str) -> str:
    """Return where in its file a place is: line, page, or sheet and cell; "" where the format knows none."""
    if place.line is not None:
        return f"line {place.line}" if language == "en" else f"第{place.line}行"
    if place.page is not None:
        return f"page {place.page}" if language == "en" else f"第{place.page}页"
    if place.sheet is not None:
        return f"{place.sheet}!{place.cell or ''}"
    return ""


def inside(place: Place, language: str) -> str:
    """Say where in its document something stands: by its labels, the position beside them."""
    named, at = labels(place), position(place, language)
    if named and at:
        return f"{named} ({at})" if language == "en" else f"{named}（{at}）"
    return named or at


def in_file(place: Place, language: str) -> str:
    """Say where something stands: ``file:line`` as editors open it, else file and position, then its labels."""
    at = position(place, language)
    file = f"{place.path}:{place.line}" if place.line is not None else f"{place.path} {at}".strip()
    return f"{file}  {labels(place)}".strip()


def file_of(place: str) -> str:
    """Return the file of ``file``, ``file:line`` or ``file:line:column``."""
    return _PLACE.sub("", place)


def about(subject: str, message: str, language: str) -> str:
    """Return a message led by what it is about, with the colon of its language; a place in a file ends in ``: ``."""
    return f"{subject}: {message}" if language == "en" or _PLACE.search(subject) else f"{subject}：{message}"
