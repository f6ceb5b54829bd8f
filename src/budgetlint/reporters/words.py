"""The words reports use for people: verdicts, severities, reasons and table states in Chinese and English."""

from __future__ import annotations

from msgspec import Struct

from budgetlint.document import Classification, Place
from budgetlint.results.findings import Reason, Severity
from budgetlint.results.wording import in_file, inside, reason_words

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

STATES = {
    "full": {"zh": "有数据", "en": "full"},
    "empty-with-note": {"zh": "空表，有说明", "en": "empty, with a note"},
    "empty-without-note": {"zh": "空表，无说明", "en": "empty, without a note"},
    "missing": {"zh": "只有表题", "en": "title only"},
}


#: What is said of a document none of whose main tables was recognised, and where its kind was not either.
UNRECOGNISED = {
    False: {
        "zh": "读到的表里没有认出一张主要表（收支总表、收入总表、支出总表 …）：这份文本等于没有核对",
        "en": "none of the main tables was recognised among those read: this document was not checked",
    },
    True: {
        "zh": "没有认出公开类型，也没有认出主要表：不像是部门预算、决算公开文本，这份文本等于没有核对（是的话用 --kind 指定）",
        "en": "neither its kind nor a main table was recognised: it does not look like a budget or a final account and "
        "was not checked (if it is one, use --kind)",
    },
}
#: What told where a document was published, as ``Classification.region_by`` names it.
TOLD_BY = {
    "单位名称": {"zh": "据单位名称", "en": "by the unit's name"},
    "区划代码": {"zh": "据行政区划代码", "en": "by the division's code"},
    "项目编码": {"zh": "据项目编码里的行政区划代码", "en": "by the division's code in project codes"},
    "指定": {"zh": "由 --region 或配置指定", "en": "as --region or the configuration says"},
}
_KINDS = {
    "预算": "budget",
    "决算": "final account",
    "部门预算": "department budget",
    "部门决算": "department final account",
    "单位预算": "unit budget",
    "单位决算": "unit final account",
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

    def kind(self, kind: str) -> str:
        """Return the kind of a document (部门预算 …)."""
        return _KINDS.get(kind, kind) if self.language == "en" else kind

    def place(self, place: Place) -> str:
        """Say where something stands, the file first."""
        return in_file(place, self.language)

    def beside(self, place: Place, path: str) -> str:
        """Say where something stands in a report on the file ``path``: the file only where it is another one."""
        return in_file(place, self.language) if place.path != path else inside(place, self.language)

    def reason(self, reason: Reason) -> str:
        """Say why a check could not be decided."""
        return reason_words(reason, self.language)

    def region(self, known: Classification) -> str:
        """Say where a document was published and how that was told."""
        if known.region is None:
            return self(
                "地区不明，只用全国规则（可用 --region 指定）",
                "region unknown, national rules only (use --region)",
            )
        told = TOLD_BY.get(known.region_by or "")
        return known.region + self(f"（{told['zh']}）", f" ({told['en']})") if told else known.region
