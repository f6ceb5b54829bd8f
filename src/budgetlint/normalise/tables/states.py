"""Say what stands under a table's title: figures, an empty form with or without a note, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from budgetlint.document import Paragraph, Row, TableState
from budgetlint.document.text import squeeze
from budgetlint.vocabulary import ReadingWords


def empty_note(words: ReadingWords) -> re.Pattern[str]:
    """Return the search for what is written under an empty table: 空表列示, 本表无数据, 没有使用…安排的支出."""
    none_of = rf"{words.any_of('空表/没有')}[^。;]{{0,40}}{words.any_of('空表/事项')}"
    return re.compile(f"{words.any_of('空表/字样')}|{none_of}")


def state_of(
    rows: Sequence[Row],
    printed: bool,
    notes: Iterable[Paragraph],
    words: ReadingWords,
    phrases: Sequence[str] = (),
) -> TableState:
    """Return a table's state.

    Args:
        rows: its body rows.
        printed: whether anything (a header at least) stands under the title.
        notes: its notes.
        words: those by which a note announces an empty table.
        phrases: further phrases that announce an empty table.
    """
    told = [_tells(row) for row in rows]
    if "figure" in told:
        return TableState.FULL
    if any(_says_empty(note.text, words, phrases) for note in notes):
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


def _says_empty(note: str, words: ReadingWords, phrases: Sequence[str]) -> bool:
    said = squeeze(note)
    return bool(words.made(empty_note).search(said)) or any(squeeze(phrase) in said for phrase in phrases)
