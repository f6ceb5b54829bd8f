"""Say what stands under a table's title: figures, an empty form with or without a note, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from budgetlint.document import Paragraph, Row, TableState
from budgetlint.document.text import squeeze

#: 空表列示, 本表无数据, 没有使用…安排的支出, 无…预算拨款: what every province writes under an empty table.
EMPTY_NOTE = re.compile(
    r"空表|无数据|没有数据|表为空|无此项|不涉及|(?:没有|未安排|未发生|无)[^。;]{0,40}(?:支出|收入|预算|拨款|资金|业务|安排|收支)"
)


def state_of(
    rows: Sequence[Row], printed: bool, notes: Iterable[Paragraph], phrases: Sequence[str] = ()
) -> TableState:
    """Return a table's state.

    Args:
        rows: its body rows.
        printed: whether anything (a header at least) stands under the title.
        notes: its notes.
        phrases: further phrases that announce an empty table.
    """
    told = [_tells(row) for row in rows]
    if "figure" in told:
        return TableState.FULL
    if any(_says_empty(note.text, phrases) for note in notes):
        return TableState.EMPTY_WITH_NOTE
    if "words" in told:
        return TableState.FULL
    return TableState.EMPTY_WITHOUT_NOTE if printed else TableState.MISSING


def _tells(row: Row) -> str | None:
    """Return ``figure`` for a row with a non-zero figure, ``words`` for one with words beside its label."""
    amounts = [cell.amount for cell in row.cells.values() if cell.amount is not None]
    if any(amount.value for amount in amounts):
        return "figure"
    words = [cell for cell in row.cells.values() if not cell.blank and cell.amount is None]
    told = (
        not amounts and len(words) > 1 and any(not re.fullmatch(r"[\d\W]*", cell.text) for cell in words[1:])
    )
    return "words" if told else None


def _says_empty(note: str, phrases: Sequence[str]) -> bool:
    words = squeeze(note)
    return bool(EMPTY_NOTE.search(words)) or any(squeeze(phrase) in words for phrase in phrases)
