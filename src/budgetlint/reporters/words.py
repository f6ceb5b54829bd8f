"""The words reports use for people: verdicts, severities, reasons and table states in Chinese and English."""

from __future__ import annotations

from msgspec import Struct

from budgetlint.document import Place
from budgetlint.findings import Reason, Severity

#: Printed at the end of every report for people: silence is no permission.
CLOSING = {
    "zh": "以上只是机器按规则核对的结果，不是公开许可；没有列出问题不表示可以公开，涉密审查和数字真实性仍须人工复核。",
    "en": "This is only what a machine could check against rules. It is no permission to publish: "
    "secrecy review and the truth of the figures remain for people.",
}

SEVERITIES = {
    Severity.ERROR: {"zh": "错误（须改正）", "en": "errors (to be corrected)"},
    Severity.WARNING: {"zh": "疑点（须核实或说明）", "en": "doubts (to be verified or explained)"},
    Severity.NOTICE: {"zh": "提醒", "en": "notices"},
}

VERDICTS = {
    "holds": {"zh": "通过", "en": "holds"},
    "rounds": {"zh": "尾差", "en": "rounding"},
    "fails": {"zh": "不符", "en": "fails"},
    "skipped": {"zh": "不适用", "en": "not applicable"},
    "undetermined": {"zh": "无法核对", "en": "could not be checked"},
}

REASONS = {
    Reason.MISSING_SECTION: {"zh": "无此章节", "en": "no such section"},
    Reason.MISSING_TABLE: {"zh": "无此表", "en": "no such table"},
    Reason.MISSING_ROW: {"zh": "无此行或未写该数", "en": "no such row or figure"},
    Reason.MISSING_COLUMN: {"zh": "无此列", "en": "no such column"},
    Reason.BLANK_OPERAND: {"zh": "单元格空白", "en": "blank cell"},
    Reason.NOT_A_NUMBER: {"zh": "不是数字", "en": "not a number"},
    Reason.UNKNOWN_UNIT: {"zh": "单位不明", "en": "unknown unit"},
    Reason.ZERO_DENOMINATOR: {"zh": "分母为零", "en": "zero denominator"},
    Reason.AMBIGUOUS_REFERENCE: {"zh": "所指不唯一", "en": "ambiguous"},
    Reason.CONFLICTING_MENTIONS: {"zh": "文中前后不一", "en": "conflicting mentions"},
    Reason.MISSING_DOCUMENT: {"zh": "未提供对照文本", "en": "document to compare not given"},
    Reason.UNSURE_EXTRACTION: {"zh": "读取没有把握", "en": "reading unsure"},
    Reason.BUDGET_EXCEEDED: {"zh": "核对量过大", "en": "too much to read"},
}

STATES = {
    "full": {"zh": "有数据", "en": "full"},
    "empty-with-note": {"zh": "空表，有说明", "en": "empty, with a note"},
    "empty-without-note": {"zh": "空表，无说明", "en": "empty, without a note"},
    "missing": {"zh": "只有表题", "en": "title only"},
}


class Words(Struct, frozen=True):
    """The words of one language."""

    language: str

    def __call__(self, zh: str, en: str) -> str:
        """Return the text of this language."""
        return en if self.language == "en" else zh

    def of(self, words: dict[str, str]) -> str:
        """Return the entry of this language."""
        return words[self.language if self.language in words else "zh"]

    def place(self, place: Place) -> str:
        """Say where something stands: ``file:line``, page or sheet, then table, row and column."""
        at = place.path
        if place.line is not None:
            at += f":{place.line}"
        elif place.page is not None:
            at += self(f" 第{place.page}页", f" page {place.page}")
        elif place.sheet is not None:
            at += f" {place.sheet}!{place.cell or ''}"
        inside = " / ".join(part.replace("\n", "") for part in (place.table, place.row, place.column) if part)
        return f"{at}  {inside}".strip() if inside else at.strip()
