"""Read plain text and Markdown: encodings, markup, paragraphs and grids, each with its lines."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from budgetlint.document import Block, ParagraphBlock, Place, ReadError, Source
from budgetlint.readers.reader import Reader
from budgetlint.readers.text_columns import is_aligned, unfold
from budgetlint.readers.text_grids import Line, one_cell_a_line, read_cells, read_pipes, read_rows
from budgetlint.readers.text_markup import heading_level, plain

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def decode(content: bytes) -> str | None:
    """Return the text of a file in UTF-8, UTF-16 or GB18030, None where it is none of them."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _try(content, encoding)
    if b"\x00" in content[:4096]:
        even, odd = content[0:4096:2].count(0), content[1:4096:2].count(0)
        return _try(content, "utf-16-be" if even > odd else "utf-16-le") if even or odd else None
    text = _try(content, "utf-8")
    return text if text is not None else _try(content, "gb18030")


def _try(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    controls = sum(char < " " and char not in "\t\n\r\f\v" for char in text)
    return None if controls > len(text) // 100 else text


def sniff(content: bytes) -> float:
    """Return how sure it is that these bytes are plain text: never so sure as a format with a signature."""
    head = content[:512].lstrip().lower()
    if content.startswith(_FOREIGN) or decode(content) is None:
        return 0.0
    return 0.1 if head.startswith((b"<!doctype", b"<html", b"<?xml")) else 0.4


def read(path: str, content: bytes) -> Source:
    """Read a text file.

    Raises:
        ReadError: BL901 where the file is empty, BL902 where it is in no encoding we know.
    """
    text = decode(content)
    if text is None:
        raise ReadError("BL902", path, format="text")
    if not text.strip():
        raise ReadError("BL901", path, format="text")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
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
