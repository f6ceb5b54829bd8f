"""What a reader hands over: paragraphs and grids with their places, and nothing interpreted.

A reader turns bytes into a :class:`Source` of blocks in reading order. It does not decide what is a heading,
a title, a header row or a continuation: one normaliser does that for every format alike.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from msgspec import Struct, field

from budgetlint.document.place import NOWHERE, Place


class ParagraphBlock(Struct, frozen=True):
    """One printed paragraph (in a text file: one non-empty line).

    ``level`` is the outline level (1 = top) where the format states one (a heading style, ``<h2>``), else None.
    ``after_gap`` says that an empty line or a page break stood before it.
    """

    text: str
    place: Place = NOWHERE
    level: int | None = None
    after_gap: bool = False


class GridCell(NamedTuple):
    """One position of a grid (a named tuple, as :class:`Place` is).

    ``text`` is what is displayed (inner line breaks as ``\\n``). A position covered by a merged cell has
    ``covered`` True and empty text; the merged cell itself stands top left with its spans.
    ``stored`` is the stored value as text where the format keeps one apart from the display (workbooks).
    """

    text: str
    place: Place = NOWHERE
    row_span: int = 1
    column_span: int = 1
    covered: bool = False
    stored: str | None = None


class GridBlock(Struct, frozen=True):
    """A grid of cells in printed order.

    ``rows`` may be ragged where the format gives no geometry (text). ``spans_known`` says that merged cells are
    stated by the format (Word, Excel, HTML, ruled PDF); else a merged cell is followed by blanks, or by nothing.
    ``breaks`` are indexes of rows before which a page break (in text: an empty line) fell. ``unsure`` says that its
    columns or rows were found by alignment and something in it does not fit them: what it prints may stand elsewhere.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    place: Place = NOWHERE
    spans_known: bool = False
    breaks: tuple[int, ...] = ()
    unsure: bool = False


Block: TypeAlias = "ParagraphBlock | GridBlock"


class Notice(Struct, frozen=True):
    """Something a reader saw that people should know (hidden rows, tracked changes, an unreadable page).

    ``id`` is a stable BL… id; ``facts`` fill the holes of its message; ``unread`` marks content that could not
    be read at all, which can never end as a pass.
    """

    id: str
    place: Place
    facts: tuple[tuple[str, str], ...] = ()
    unread: bool = False


class Source(Struct, frozen=True):
    """A read file: its blocks in reading order, and what the reader has to say about it."""

    path: str
    format: str
    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...] = field(default=())


class ReadError(Exception):
    """A file could not be read.

    ``id`` is the stable id of the cause (BL9xx), ``facts`` fill the message's holes. Readers raise it; the session
    turns it into a finding and exit code 4.
    """

    def __init__(self, id: str, path: str, **facts: str) -> None:
        super().__init__(id, path, facts)
        self.id = id
        self.path = path
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """Pass from one process to another whole."""
        return _read_error, (self.id, self.path, self.facts)


def _read_error(id: str, path: str, facts: dict[str, str]) -> ReadError:
    return ReadError(id, path, **facts)
