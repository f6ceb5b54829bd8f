"""Say which tables no vocabulary names: no rule about a named table looked at them."""

from __future__ import annotations

from collections.abc import Iterator

from budgetlint.checking.check import check
from budgetlint.document import Bundle, TableState
from budgetlint.results.findings import Outcome, Severity
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

#: So many tables a message names.
_SAID = 6


@check(
    "BL114",
    Said("表未能认出", "tables that could not be named"),
    Severity.NOTICE,
    Said(
        "按表名和表样都认不出是哪张规范表的，没有按规范表核对，逐张列出",
        "tables that neither title nor shape names are listed: no rule about a named table looked at them",
    ),
)
def unnamed_tables(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One finding a document: which tables have no name, and what they could be."""
    unnamed = [
        table
        for table in bundle.document.tables
        if table.id is None and table.state is not TableState.MISSING
    ]
    names = [
        (f"“{table.title}”" if table.title else "无表题的表")
        + (f"（可能是{'、'.join(table.could_be)}）" if table.could_be else "")
        for table in unnamed
    ]
    english = [
        (f"“{table.title}”" if table.title else "a table without title")
        + (f" (perhaps {', '.join(table.could_be)})" if table.could_be else "")
        for table in unnamed
    ]
    more, also = ("等", " …") if len(names) > _SAID else ("", "")
    message = Said(
        f"{len(names)} 张表未能认出是哪张规范表，没有按规范表核对：{'、'.join(names[:_SAID])}{more}；"
        "表名属本省写法的，可加进规则包的 tables.yaml",
        f"{len(names)} tables could not be named, and no rule about a named table looked at them: "
        f"{', '.join(english[:_SAID])}{also}; titles that a place uses can be added to tables.yaml of a pack",
    )
    places = [table.place.within(table=table.title) for table in unnamed[:_SAID]]
    yield unnamed_tables.judged("", message if unnamed else None, *places)
