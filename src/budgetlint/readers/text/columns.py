"""Text laid out by spaces (``pdftotext -layout``): paragraphs, and grids whose columns are found by alignment."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from unicodedata import east_asian_width

from msgspec import Struct

from budgetlint.document import Block, ParagraphBlock, Place
from budgetlint.readers.text.aligned import grid_of
from budgetlint.readers.text.grids import Line
from budgetlint.readers.text.headers import Piece, Strip, words_of

_PIECE = re.compile(r"\S+(?:[ \u3000]\S+)*")
_FIGURE = re.compile(r"^[-−(]?\d[\d,]*(?:\.\d+)?[)%]?$")
_BETWEEN = re.compile(
    r"(?<=[\d)%]) (?=[（(]?[一-鿿])|(?<=[一-鿿）)]) (?=[-−]?\d[\d,]*(?:(?:\.\d+)?$|\.\d+ ))|"
    r"(?<=\d) (?=[-−]?\d[\d,]*\.\d)|(?<=\.\d\d) (?=\d{3,7}(?: |$))"
)
_LEADER = re.compile(r"[.．·…‥]{3,}")
_STOP = re.compile(r"^(?:注|备注|说明)\d?\s*[:：]|^第[一二三四五六七八九十\d]+部分|[。；;]$")
_TITLE = re.compile(r"表(?:[（(].{1,20}[）)])?[》”」』]?$")
_HEAD = re.compile(r"(?:单位|金额单位)\s*[:：]\s*(?:万元|元|千元|百元|亿元)|(?:部门|单位)(?:名称)?\s*[:：]")
#: So many labels under a line that heads a table are the header of an empty one.
_FEWEST_LABELS = 3
_LABEL = re.compile(r"^[一-鿿（()）“”]{2,16}$")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])")


class _Laid(Struct, frozen=True):
    """A line with its pieces and the page it stands on."""

    line: Line
    page: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return self.line.text.replace("\f", "").strip()


def is_aligned(lines: Sequence[Line]) -> bool:
    """Tell text whose tables are aligned with spaces from text with tabs or pipes."""
    if any(line.tabbed or line.piped for line in lines):
        return False
    return sum(_tabular(_pieces(line.text)) for line in lines) >= 3


def _pieces(text: str, measure: Callable[[str], int] = len) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    text = text.replace("\f", "")
    for match in _PIECE.finditer(text):
        start = measure(text[: match.start()])
        for part in _BETWEEN.split(match.group(0)):
            end = start + measure(part)
            pieces.append(Piece(start, end, part, bool(_FIGURE.match(part))))
            start = end + 1
    return tuple(pieces)


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: a Chinese character is two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _measure(lines: Sequence[Line]) -> Callable[[str], int]:
    """Return by what the text is aligned: characters, as pdftotext counts, or columns of a terminal."""

    def scatter(measure: Callable[[str], int]) -> int:
        figures = [piece for line in lines for piece in _pieces(line.text, measure)[1:] if piece.figure]
        return min(len({piece.start for piece in figures}), len({piece.end for piece in figures}))

    return _columns if scatter(_columns) < scatter(len) else len


def _tabular(pieces: Sequence[Piece]) -> bool:
    if len(pieces) < 2 or any(_LEADER.search(piece.text) for piece in pieces):
        return False
    words = " ".join(piece.text for piece in pieces)
    return (
        not _HEAD.search(words)
        and not re.search(r"[，。；]", words)
        and max(len(p.text) for p in pieces) < 45
    )


def unfold(lines: Sequence[Line], path: str) -> list[Block]:
    """Return the paragraphs and grids of aligned text, in reading order."""
    laid: list[_Laid] = []
    page, measure = 1, _measure(lines)
    for line in lines:
        page += line.text.count("\f")
        laid.append(_Laid(line, page, _pieces(line.text, measure)))
    blocks: list[Block] = []
    index, gap = 0, True
    while index < len(laid):
        here = laid[index]
        if not here.text:
            index, gap = index + 1, True
            continue
        headed = bool(blocks) and _is_head(blocks[-1])
        if headed:
            laid[index] = here = _Laid(here.line, here.page, _labels(here.pieces))
        end = _table_end(laid, index, headed)
        if end > index:
            strips = [Strip(row.line.number, row.page, row.pieces) for row in laid[index:end]]
            blocks.append(grid_of(strips, path))
            index, gap = end, False
            continue
        place = Place(path, line=here.line.number, end_line=here.line.number)
        blocks.append(ParagraphBlock(here.text, place, None, gap))
        index, gap = index + 1, False
    return blocks


def _labels(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the labels of a header whose columns stand one space apart: short words and nothing else."""
    words = [word for piece in pieces for word in piece.text.split(" ")]
    if len(words) < _FEWEST_LABELS or not all(_LABEL.match(word) for word in words):
        return pieces
    return tuple(part for piece in pieces for part in words_of(piece))


def _is_head(block: Block) -> bool:
    return isinstance(block, ParagraphBlock) and bool(_HEAD.search(block.text))


def _table_end(laid: Sequence[_Laid], start: int, headed: bool) -> int:
    """Return the index after the table that begins at ``start``, or ``start`` where none begins."""
    if not (
        _tabular(laid[start].pieces) or (headed and len(laid[start].pieces) == 1 and _inner(laid[start]))
    ):
        return start
    end = index = start
    tabular = 0
    starts: set[int] = set()
    while index < len(laid):
        row = laid[index]
        if not row.text:
            index += 1
            continue
        if _tabular(row.pieces):
            tabular += 1
        elif not _inner(row) or not (_aligned(row, starts) or _soon(laid, index, 4 if index > start else 6)):
            break
        starts |= {piece.start for piece in row.pieces if piece.start > 10}
        index += 1
        end = index
    enough = tabular >= (2 if headed else 3) or (headed and len(laid[start].pieces) >= _FEWEST_LABELS)
    return end if enough else start


def _inner(row: _Laid) -> bool:
    """True for a lone piece that may be a cell of its own: short, no sentence, no title, no head, no part."""
    if len(row.pieces) != 1 or _STOP.search(row.text) or _TITLE.search(row.text) or _HEAD.search(row.text):
        return False
    return len(row.text) <= 30 and not re.search(r"[，。；：:]", row.text)


def _aligned(row: _Laid, starts: set[int]) -> bool:
    """True for a lone cell that stands in a column of the table, away from the left margin."""
    return any(abs(row.pieces[0].start - start) <= 1 for start in starts)


def _soon(laid: Sequence[_Laid], index: int, within: int) -> bool:
    """True where a tabular line follows closely, or the lone line is a label or a tail of a cell above it."""
    seen = 0
    for row in laid[index + 1 :]:
        if not row.text:
            continue
        seen += 1
        if _tabular(row.pieces):
            return True
        if seen >= within or not _inner(row):
            break
    row = laid[index]
    tail = index > 0 and bool(laid[index - 1].text) and row.pieces[0].start > 3 and len(row.text) <= 16
    return tail and not _NUMBERED.match(row.text)
