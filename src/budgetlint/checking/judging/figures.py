"""Lists every printed figure of a document with what the checks said of it, masked, for whoever keeps them."""

from __future__ import annotations

from collections.abc import Container, Iterator

from budgetlint.checking.case import Case
from budgetlint.checking.checks.sensitive import mask
from budgetlint.checking.engine.prose import identity_of
from budgetlint.checking.judging.coverage import printed_amounts
from budgetlint.checking.judging.masking import masked_place
from budgetlint.document import Amount, Place
from budgetlint.document.keys import CellKey, FactKey
from budgetlint.results.figures import CONTRADICTED, UNCHECKED, VERIFIED, PrintedFigure


def printed_figures(
    case: Case, held: Container[FactKey], failed: Container[FactKey]
) -> Iterator[PrintedFigure]:
    """Yield the figures in printed order, tables first.

    Args:
        held: figures that took part in a check that held.
        failed: figures that took part in one that failed.
    """

    def state(identity: FactKey) -> str:
        return CONTRADICTED if identity in failed else VERIFIED if identity in held else UNCHECKED

    counted = {amount.identity for amount in printed_amounts(case.index)}
    for index in case.index.tables:
        table = index.table
        for number, row in enumerate(table.rows):
            for column, cell in row.cells.items():
                identity = CellKey(index.identity, number, column)
                if identity not in counted or cell.amount is None:
                    continue
                yield _figure(
                    cell.text,
                    cell.amount,
                    cell.place,
                    state(identity),
                    table=table.id or "",
                    title=table.title,
                    row="/".join(row.path),
                    code=row.code or "",
                    column="/".join(table.columns[column].path),
                    column_name=table.columns[column].name or "",
                    row_kind=row.kind.value,
                )
    for sections, mention in case.index.mentions_in(None):
        yield _figure(
            mention.text,
            mention.amount,
            mention.place,
            state(identity_of(mention)),
            section=sections.sections[-1].title if sections.sections else "",
            row="/".join(part for part in (mention.subject, mention.concept) if part),
            column=mention.role.value,
        )


def _figure(
    printed: str,
    amount: Amount,
    place: Place,
    state: str,
    *,
    table: str = "",
    title: str = "",
    section: str = "",
    row: str = "",
    code: str = "",
    column: str = "",
    column_name: str = "",
    row_kind: str = "",
) -> PrintedFigure:
    shown = mask(printed)
    return PrintedFigure(
        table,
        mask(title),
        mask(section),
        mask(row),
        mask(code),
        mask(column),
        shown,
        amount.value if shown == printed else None,
        amount.unit or "",
        state,
        masked_place(place),
        column_name,
        row_kind,
    )
