"""Read plain text and Markdown: encodings, markup, paragraphs and grids, each with its lines."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlint.document import Block, ParagraphBlock, Place, ReadError, Source
from budgetlint.document.decoding import decode, garbled
from budgetlint.readers.reader import Reader
from budgetlint.readers.text.columns import is_aligned, unfold
from budgetlint.readers.text.decoding import sniff
from budgetlint.readers.text.grids import Line, one_cell_a_line, read_cells, read_pipes, read_rows
from budgetlint.readers.text.markup import heading_level, plain

#: The longest documents have some twenty thousand lines; more are checked line by line for minutes.
MOST_LINES = 200_000


def read(path: str, content: bytes) -> Source:
    """Read a text file.

    Raises:
        ReadError: BL901 where the file is empty, BL902 where it is in no encoding we know, BL907 where it has more
            lines than a document.
    """
    text = decode(content)
    if text is None:
        raise ReadError("BL902", path, format="text")
    if was := garbled(text):
        raise ReadError("BL914", path, encoding=was)
    if not text.strip():
        raise ReadError("BL901", path, format="text")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (count := text.count("\n")) > MOST_LINES:
        raise ReadError("BL907", path, what="行", count=str(count), limit=str(MOST_LINES))
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    blocks = unfold(lines, path) if is_aligned(lines) else _blocks(lines, path)
    return Source(path, "text", tuple(blocks))


def _blocks(lines: Sequence[Line], path: str) -> list[Block]:
    grid = read_cells if one_cell_a_line(lines) else read_rows
    blocks: list[Block] = []
    index, gap = 0, True
    while index < len(lines):
        line = lines[index]
        if line.blank:
            index, gap = index + 1, True
            continue
        if line.tabbed or line.piped:
            block, index = (grid if line.tabbed else read_pipes)(lines, index, path)
            blocks.append(block)
        else:
            words = plain(line.text).strip()
            if words:
                place = Place(path, line=line.number, end_line=line.number)
                blocks.append(ParagraphBlock(words, place, heading_level(line.text), gap))
            index += 1
        gap = False
    return blocks


READER = Reader("text", (".txt", ".md", ".markdown", ".text", ".tsv"), sniff, read)
