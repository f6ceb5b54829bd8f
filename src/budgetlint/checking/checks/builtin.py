"""The core's own checks: figures of prose that contradict each other, shifted tables, lost tables, readers' notices."""

from __future__ import annotations

from collections.abc import Iterator

from budgetlint.checking.case import case_of
from budgetlint.checking.check import PythonCheck, check
from budgetlint.checking.checks.codes import CODES_CHECKS
from budgetlint.checking.checks.contents import CONTENTS_CHECKS
from budgetlint.checking.checks.correspondence import corresponding_rows
from budgetlint.checking.checks.crossfoot import cross_sums
from budgetlint.checking.checks.goals import GOALS_CHECKS
from budgetlint.checking.checks.items import budgets_of_items, listed_amounts
from budgetlint.checking.checks.listed_items import LISTED_CHECKS
from budgetlint.checking.checks.miscoded import miscoded
from budgetlint.checking.checks.names import NAMES_CHECKS
from budgetlint.checking.checks.own_name import OWN_NAME_CHECKS
from budgetlint.checking.checks.performance import PERFORMANCE
from budgetlint.checking.checks.reading import reader_notices
from budgetlint.checking.checks.recognition import unnamed_tables
from budgetlint.checking.checks.residue import RESIDUE_CHECKS
from budgetlint.checking.checks.running_totals import running_totals
from budgetlint.checking.checks.sensitive import SENSITIVE_CHECKS
from budgetlint.checking.checks.table_states import TABLE_STATE_CHECKS
from budgetlint.checking.checks.told_items import told_items
from budgetlint.checking.checks.unnumbered_parts import unnumbered_parts
from budgetlint.checking.checks.wording import WORDING_CHECKS
from budgetlint.checking.engine.prose import agree, fact_of, same_fact_groups
from budgetlint.document import Bundle, TableState
from budgetlint.document.keys import cause_of
from budgetlint.results.findings import Outcome, Reason, Severity, Verdict
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary


@check(
    "BL201",
    Said("同一数字前后不一", "one figure is given in two ways"),
    Severity.WARNING,
    Said(
        "同一章节中同一事项、同一口径、同一年度的数应当一致",
        "within a chapter one thing of one year has one figure",
    ),
)
def conflicting_mentions(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    index = case_of(bundle).index
    for group in same_fact_groups(index):
        mentions = [mention for _, mention in group]
        section = group[0][0].sections[-1] if group[0][0].sections else None
        first = mentions[0]
        if first.concept in vocabulary.lists.get("各单位各有", ()):
            continue
        figures = "、".join(dict.fromkeys(mention.text or str(mention.amount.value) for mention in mentions))
        titled = (s.title for s in reversed(group[0][0].sections) if s.title)
        title = next(titled, "") if section else bundle.document.title
        message = Said(
            f"“{title}”中“{first.concept}”前后写了不同的数：{figures}，请核实哪一个为准",
            f"“{title}” gives different figures for “{first.concept}”: {figures}; which one is right?",
        )
        yield conflicting_mentions.judged(
            f"{title}|{first.subject}|{first.concept}|{first.role.value}",
            None if agree(mentions) else message,
            *(mention.place for mention in mentions),
            operands=tuple(fact_of(mention, mention.concept).operand() for mention in mentions),
        )


@check(
    "BL101",
    Said("表格行列错位", "rows out of step with their header"),
    Severity.NOTICE,
    Said(
        "表中各行与表头对不上、已复位后核对的，提示核对原文件列位",
        "rows that did not fit their header and were put back are pointed out",
    ),
)
def shifted_tables(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for notice in bundle.document.notices:
        if notice.id == "BL101":
            title = dict(notice.facts).get("table", "")
            message = Said(
                f"“{title}”的部分行与表头错位，已按科目编码和表内关系复位后核对；请在原文件中核对列位",
                f"rows of “{title}” are out of step with the header; they were checked after being put back by their "
                "codes and sums: please compare with the original",
            )
            yield shifted_tables.judged(title, message, notice.place)


@check(
    "BL102",
    Said("有标题无表体", "a title with no table"),
    Severity.NOTICE,
    Said(
        "表题之后没有表体也没有空表说明的，其有关核对为无法核对",
        "what concerns a table of which only the title is there cannot be checked",
    ),
)
def lost_tables(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A title with nothing under it: lost in conversion or never filled in; nothing can be checked against it."""
    for table in bundle.document.tables:
        name = table.name or table.title
        lost = table.state is TableState.MISSING
        yield Outcome(
            lost_tables.id,
            Verdict.UNDETERMINED if lost else Verdict.HOLDS,
            reason=Reason.MISSING_TABLE if lost else None,
            severity=lost_tables.severity,
            instance=f"{table.id or table.title}|{table.key or ''}",
            cause=cause_of("table", name) if lost else "",
            message=Said(
                f"“{table.title}”只有标题，没有表体，也没有空表说明；如本应有数据，请补全后重新核对",
                f"of “{table.title}” only the title is there, no table and no note that it is empty",
            )
            if lost
            else None,
            places=(table.place.within(table=table.title),) if lost else (),
        )


CHECKS: tuple[PythonCheck, ...] = (
    cross_sums,
    corresponding_rows,
    told_items,
    listed_amounts,
    running_totals,
    unnumbered_parts,
    shifted_tables,
    lost_tables,
    unnamed_tables,
    reader_notices,
    conflicting_mentions,
    *PERFORMANCE,
    *WORDING_CHECKS,
    *SENSITIVE_CHECKS,
    *CONTENTS_CHECKS,
    *NAMES_CHECKS,
    *OWN_NAME_CHECKS,
    *RESIDUE_CHECKS,
    *LISTED_CHECKS,
    *GOALS_CHECKS,
    *CODES_CHECKS,
    miscoded,
    *TABLE_STATE_CHECKS,
    budgets_of_items,
)
