"""The core's own checks: figures of prose that contradict each other, shifted tables, lost tables, readers' notices."""

from __future__ import annotations

from collections.abc import Iterator

from budgetlint.checking.check import PythonCheck, judged
from budgetlint.checking.checks.codes import CODES_CHECKS
from budgetlint.checking.checks.contents import CONTENTS_CHECKS
from budgetlint.checking.checks.crossfoot import CROSS_SUMS
from budgetlint.checking.checks.goals import GOALS_CHECKS
from budgetlint.checking.checks.items import BUDGETS_OF_ITEMS
from budgetlint.checking.checks.miscoded import MISCODED
from budgetlint.checking.checks.names import NAMES_CHECKS
from budgetlint.checking.checks.performance import PERFORMANCE
from budgetlint.checking.checks.running_totals import RUNNING_TOTALS
from budgetlint.checking.checks.sensitive import SENSITIVE_CHECKS
from budgetlint.checking.checks.table_states import TABLE_STATE_CHECKS
from budgetlint.checking.checks.unnumbered_parts import UNNUMBERED_PARTS
from budgetlint.checking.checks.wording import WORDING_CHECKS
from budgetlint.checking.engine.prose import agree, fact_of, same_fact_groups
from budgetlint.checking.index import DocumentIndex
from budgetlint.document import Bundle, TableState
from budgetlint.document.keys import cause_of
from budgetlint.language.syntax import Basis
from budgetlint.results.findings import Outcome, Reason, Severity, Verdict
from budgetlint.vocabulary import Vocabulary

_CONSISTENCY = (Basis(consistency=True),)


def _conflicting_mentions(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    index = DocumentIndex(bundle.document)
    for group in same_fact_groups(index):
        mentions = [mention for _, mention in group]
        section = group[0][0].sections[-1] if group[0][0].sections else None
        first = mentions[0]
        said = "、".join(dict.fromkeys(mention.text or str(mention.amount.value) for mention in mentions))
        title = section.title if section else bundle.document.title
        message = f"“{title}”中“{first.concept}”前后写了不同的数：{said}，请核实哪一个为准"
        yield judged(
            "BL201",
            f"{title}|{first.subject}|{first.concept}|{first.role.value}",
            None if agree(mentions) else message,
            *(mention.place for mention in mentions),
            operands=tuple(fact_of(mention, mention.concept).operand() for mention in mentions),
        )


def _shifted_tables(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for notice in bundle.document.notices:
        if notice.id == "BL101":
            title = dict(notice.facts).get("table", "")
            message = f"“{title}”的部分行与表头错位，已按科目编码和表内关系复位后核对；请在原文件中核对列位"
            yield judged("BL101", title, message, notice.place, severity=Severity.NOTICE)


def _lost_tables(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A title with nothing under it: lost in conversion or never filled in; nothing can be checked against it."""
    for table in bundle.document.tables:
        name = table.name or table.title
        lost = table.state is TableState.MISSING
        yield Outcome(
            "BL102",
            Verdict.UNDETERMINED if lost else Verdict.HOLDS,
            reason=Reason.MISSING_TABLE if lost else None,
            severity=Severity.NOTICE,
            instance=f"{table.id or table.title}|{table.key or ''}",
            cause=cause_of("table", name) if lost else "",
            message=f"“{table.title}”只有标题，没有表体，也没有空表说明；如本应有数据，请补全后重新核对"
            if lost
            else None,
            places=(table.place.within(table=table.title),) if lost else (),
        )


#: What readers and the normaliser notice, in words; the facts of the notice fill the holes.
_NOTICES = {
    "BL103": "工作表“{sheet}”有隐藏的{what}，其中有数据；公开前请核实",
    "BL104": "单元格显示的数“{shown}”与存储的数“{stored}”不同",
    "BL105": "文件中有未接受的修订，已按接受后的内容核对",
    "BL106": "第 {page} 页没有可读取的文字（可能是扫描件），这一页没有核对",
    "BL107": "文件中有隐藏的文字，没有核对；公开前请删除",
    "BL108": "工作表“{sheet}”的公式（{cell}）没有计算结果，这些单元格没有核对；请在办公软件中打开并保存后再核对",
    "BL109": "第 {page} 页的字体没有字符对应表，文字读不出来，这一页没有核对",
}


def _reader_notices(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for notice in bundle.document.notices:
        template = _NOTICES.get(notice.id)
        if template is None:
            continue
        facts = dict(notice.facts)
        words = template
        for name, value in facts.items():
            words = words.replace("{" + name + "}", value)
        yield Outcome(
            "BL110",
            Verdict.UNDETERMINED if notice.unread else Verdict.FAILS,
            reason=Reason.UNSURE_EXTRACTION if notice.unread else None,
            severity=Severity.NOTICE,
            instance=f"{notice.id}|{'|'.join(facts.values())}",
            cause=cause_of("notice", notice.id, "|".join(facts.values())) if notice.unread else "",
            message=words,
            places=(notice.place,),
        )


CHECKS: tuple[PythonCheck, ...] = (
    CROSS_SUMS,
    RUNNING_TOTALS,
    UNNUMBERED_PARTS,
    PythonCheck(
        "BL101",
        "表格行列错位",
        Severity.NOTICE,
        _CONSISTENCY,
        "表中各行与表头对不上、已复位后核对的，提示核对原文件列位",
        _shifted_tables,
    ),
    PythonCheck(
        "BL102",
        "有标题无表体",
        Severity.NOTICE,
        _CONSISTENCY,
        "表题之后没有表体也没有空表说明的，其有关核对为无法核对",
        _lost_tables,
    ),
    PythonCheck(
        "BL110",
        "读取提示",
        Severity.NOTICE,
        _CONSISTENCY,
        "读取文件时看到的隐藏内容、未接受的修订、不可读取的页",
        _reader_notices,
    ),
    PythonCheck(
        "BL201",
        "同一数字前后不一",
        Severity.WARNING,
        _CONSISTENCY,
        "同一章节中同一事项、同一口径、同一年度的数应当一致",
        _conflicting_mentions,
    ),
    *PERFORMANCE,
    *WORDING_CHECKS,
    *SENSITIVE_CHECKS,
    *CONTENTS_CHECKS,
    *NAMES_CHECKS,
    *GOALS_CHECKS,
    *CODES_CHECKS,
    MISCODED,
    *TABLE_STATE_CHECKS,
    BUDGETS_OF_ITEMS,
)
