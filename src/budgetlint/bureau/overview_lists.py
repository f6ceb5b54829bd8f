"""What holding a store against lists came to, as sections of the overview's first page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape

from budgetlint.bureau.lists.holding import Held
from budgetlint.bureau.lists.shown import (
    heads_of_differences,
    heads_of_remarks,
    row_of_difference,
    row_of_remark,
    title_of,
    title_of_differences,
)
from budgetlint.reporters.words import Words

_UNITS = 2


def sections_of_lists(held: Held, homes: Mapping[str, str], words: Words) -> Iterator[str]:
    """Yield a section a list, and one for the differences; units lead to their document's findings.

    Args:
        homes: where each document's findings are, by its key.
    """
    for compared in held.compared:
        rows = [(row_of_remark(one, words), homes.get(one.document, ""), _UNITS) for one in compared.remarks]
        yield from _section(title_of(compared, words), heads_of_remarks(words), rows)
    if held.differences is not None:
        differing = [(row_of_difference(one), homes.get(one.document, ""), 0) for one in held.differences]
        yield from _section(title_of_differences(held, words), heads_of_differences(words), differing)


def _section(
    title: str, heads: Sequence[str], rows: Sequence[tuple[Sequence[str | int | Decimal], str, int]]
) -> Iterator[str]:
    yield f"<section><h2>{escape(title)}</h2>\n"
    if rows:
        yield '<div class="scroll" tabindex="0"><table class="sortable">\n<thead><tr>'
        yield "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
        yield "</tr></thead>\n<tbody>\n"
        for cells, link, at in rows:
            yield f"<tr>{''.join(_cell(cell, link if number == at else '') for number, cell in enumerate(cells))}</tr>\n"
        yield "</tbody></table></div>"
    yield "</section>\n"


def _cell(value: str | int | Decimal, link: str) -> str:
    said = escape(f"{value:,f}" if isinstance(value, Decimal) else str(value)).replace("\n", "<br>")
    if link and said:
        said = f'<a href="{escape(link)}">{said}</a>'
    return f"<td>{said}</td>" if isinstance(value, str) else f'<td class="n">{said}</td>'
