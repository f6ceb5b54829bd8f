"""Checks figures that the text gives of things by name against the rows and columns of that name in all tables.

The rules know which table a section speaks of; not every province's sections and tables have names they know. Where a
text gives several things the figures that tables give them, another one that no table gives so is pointed out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from budgetlint.checking.case import case_of
from budgetlint.checking.check import check
from budgetlint.checking.checks.totals import sums_outcome
from budgetlint.checking.engine.cells import cell_fact
from budgetlint.checking.engine.comparing import decide_sums
from budgetlint.checking.engine.facts import Fact
from budgetlint.checking.engine.prose import fact_of
from budgetlint.checking.engine.rounding import Decision
from budgetlint.checking.index import DocumentIndex, TableIndex
from budgetlint.document import Bundle, Dimension, Mention, MentionRole, Role, RowKind, TableState
from budgetlint.document.keys import TableKey
from budgetlint.results.findings import Outcome, Severity, Verdict
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary
from budgetlint.vocabulary.labels import label_key

#: So many things of a section have their tables' figures before another one is held against them.
_WITNESSES = 3
_VALUES = (MentionRole.VALUE, MentionRole.BUDGET)
#: Fewer significant digits come again by accident.
_TELLING = 3
#: Words by which one thing would answer to too many rows.
_SHORTEST = 3

_YEAR = re.compile(r"(20\d\d)\s*年")

#: What tables print of a thing, by its name.
_Printed: TypeAlias = "Mapping[str, Sequence[Fact]]"


class _Told(Struct, frozen=True):
    """A figure of the text, the figures of its name in tables, the one it is told of and whether they agree."""

    mention: Mention
    figure: Fact
    listed: Sequence[Fact]
    nearest: Fact
    decision: Decision

    @property
    def fails(self) -> bool:
        """True where no table gives the figure."""
        return self.decision.verdict is Verdict.FAILS


@check(
    "BL206",
    Said("正文各项数额与各表该项一致", "figures of things in the text are those of the tables"),
    Severity.WARNING,
    Said(
        "一节里写到的三项以上与附表中该名称的数相同的，同一节写到的其他项也应与某一张表中该名称的数相同",
        "where a section gives three things or more the figures that tables give them, so do the others it names",
    ),
)
def told_items(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One outcome a figure of the text whose name a table lists."""
    index = case_of(bundle).index
    printed = _printed(index, vocabulary)
    if not printed:
        return
    values = {fact.value for facts in printed.values() for fact in facts}
    for told in _by_section(index, printed, vocabulary):
        agreeing = [one for one in told if not one.fails]
        witnesses = len({one.mention.amount.value for one in agreeing if one.mention.amount.value})
        # What some table prints under another name is told of by that name: 收入总计 where the text says 本年收入.
        odd = [one for one in told if one.fails and one.figure.value not in values and _tells(one.figure)]
        speaks = witnesses >= _WITNESSES and len(odd) == 1
        yield from (_outcome(one) for one in (*agreeing, *(odd if speaks else ())))


def _tells(figure: Fact) -> bool:
    return len(figure.value.normalize().as_tuple().digits) >= _TELLING


def _printed(index: DocumentIndex, vocabulary: Vocabulary) -> _Printed:
    """Return what tables print by the name of its row, and, in rows of the whole, by the name of its column."""
    printed: dict[str, list[Fact]] = defaultdict(list)
    for table in index.tables:
        if table.table.state is TableState.FULL and not table.table.unsure:
            for name, fact in _named(table, vocabulary):
                printed[name].append(fact)
    return printed


def _named(table: TableIndex, vocabulary: Vocabulary) -> Iterator[tuple[str, Fact]]:
    for at in table.printing:
        row = table.table.rows[at]
        whole = row.kind is RowKind.TOTAL or at == table.head or len(table.printing) == 1
        for column, cell in row.cells.items():
            printed = table.table.columns[column]
            if printed.role is not Role.AMOUNT or cell.amount is None or not cell.sure:
                continue
            if row.label:
                yield _key(row.label, vocabulary), cell_fact(table, at, column, row.label)
            if whole and printed.path:
                called = printed.name or printed.label
                yield _key(called, vocabulary), cell_fact(table, at, column, called)


def _key(label: str, vocabulary: Vocabulary) -> str:
    concept = vocabulary.concept_said(label)
    return concept.name if concept is not None else label_key(label)


def _by_section(index: DocumentIndex, printed: _Printed, vocabulary: Vocabulary) -> Iterator[list[_Told]]:
    """Yield what each section tells of things that tables list, in printed order."""
    sections: dict[int, list[_Told]] = defaultdict(list)
    for prose, mention in index.mentions_in(None):
        own = id(prose.sections[-1]) if prose.sections else 0
        lead = prose.paragraph.text[: mention.span[0]].rsplit("。", 1)[-1]
        if _other_year(lead, index.document.year):
            continue
        if (told := _told(mention, index.document.year, printed, vocabulary)) is not None:
            sections[own].append(told)
    yield from sections.values()


def _other_year(lead: str, year: int | None) -> bool:
    """Tell whether the last year a sentence names before a figure is not the document's."""
    said = _YEAR.findall(lead)
    return bool(said) and year is not None and said[-1] != str(year)


def _told(mention: Mention, year: int | None, printed: _Printed, vocabulary: Vocabulary) -> _Told | None:
    """Find the figure that tables print of a thing; None where they do not list it, or it is not this year's."""
    if mention.role not in _VALUES or mention.year not in (None, year):
        return None
    if mention.amount.dimension is not Dimension.MONEY or mention.amount.approximate:
        return None
    name = mention.concept if mention.known else mention.subject.split("/")[-1] or mention.concept
    listed = printed.get(_key(name, vocabulary), ()) if len(name) >= _SHORTEST else ()
    money = [fact for fact in listed if fact.dimension is Dimension.MONEY]
    if not money:
        return None
    figure = fact_of(mention, name)
    decided = [(decide_sums((figure,), (fact,)), fact) for fact in money]
    decision, nearest = min(
        decided, key=lambda each: (each[0].verdict is Verdict.FAILS, abs(each[0].difference or 0))
    )
    return _Told(mention, figure, money, nearest, decision)


def _outcome(told: _Told) -> Outcome:
    tables: dict[TableKey | None, str] = {}
    for fact in told.listed:
        tables.setdefault(fact.table, f"“{fact.place.table}”{fact.printed}")
    given = "、".join(list(tables.values())[:3])
    name = told.figure.name
    message = Said(
        f"正文中“{name}”为 {told.figure.printed}，各表中该项没有这个数（{given}）；同一节的其他各项都与附表相同，请核对",
        f"the text gives {told.figure.printed} for “{name}”, but no table does ({given}); the other things of the section "
        "have their tables' figures",
    )
    instance = f"{name}|{told.mention.subject}|{told.mention.place.spot}|{told.mention.span[0]}"
    return sums_outcome(told_items, instance, message, ((told.figure,), (told.nearest,)), told.decision)
