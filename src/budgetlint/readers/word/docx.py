"""Read Word files (docx): paragraphs with their printed numbers, tables with merged cells, text boxes, footnotes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from budgetlint.document import Block, GridBlock, Notice, ParagraphBlock, Place, ReadError, Source
from budgetlint.document.text import numbering_of
from budgetlint.readers.bundled import DOCX
from budgetlint.readers.grids.spans import GridBuilder, states_spans
from budgetlint.readers.safe.xmlsafe import parse_xml
from budgetlint.readers.safe.zipsafe import Package
from budgetlint.readers.word.body import (
    DEEPEST,
    MOST_COLUMNS,
    P,
    body_blocks,
    cell_text,
    intricate_cells,
    plain_cell_text,
    table_layout,
)
from budgetlint.readers.word.styles import Styles, W, read_styles
from budgetlint.readers.word.text import Printed, printed

_OFFICE_DOCUMENT = "/officeDocument"
_ENDS = tuple("。；;：:！？")
_DELETED_ROW = f"{W}tr/{W}trPr/{W}del"


def read(path: str, data: bytes) -> Source:
    """Read a docx file; the place of a block is its number in the body, of a cell its row and column besides.

    Raises:
        ReadError: BL904 (damaged), BL905 (encrypted), BL906 (unsafe package), BL907 (larger than a cap), BL908 (DOCTYPE).
    """
    package = Package(path, data)
    return _Body(path, package).source()


def main_part(path: str, package: Package) -> str:
    """Return the name of the part that holds the text."""
    if "_rels/.rels" in package:
        for relation in parse_xml(path, "_rels/.rels", package.read("_rels/.rels")):
            if str(relation.get("Type", "")).endswith(_OFFICE_DOCUMENT):
                return posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
    return "word/document.xml"


class _Body:
    """Reads the body of one document."""

    def __init__(self, path: str, package: Package) -> None:
        self._path = path
        self._package = package
        main = main_part(path, package)
        if main not in package:
            raise ReadError("BL904", path, cause=main)
        self._folder = posixpath.dirname(main)
        self._root = parse_xml(path, main, package.read(main))
        self._styles: Styles = read_styles(self._part("styles.xml"), self._part("numbering.xml"))
        self._paged = next(self._root.iter(f"{W}lastRenderedPageBreak"), None) is not None
        self._page = 1
        self._gap = True
        self._notes: dict[str, dict[str, Any]] = {}
        self._seen: dict[str, Place] = {}

    def source(self) -> Source:
        """Return everything the document prints, headers and footers left out."""
        body = self._root.find(f"{W}body")
        blocks: list[Block] = []
        for index, element in enumerate(body_blocks(body) if body is not None else ()):
            place = Place(self._path, paragraph=index, page=self._page if self._paged else None)
            blocks += self._blocks(element, place, self._gap)
        notices = tuple(Notice(id, place) for id, place in self._seen.items())
        return Source(self._path, "docx", tuple(blocks), notices)

    def _part(self, name: str) -> Any:
        part = posixpath.join(self._folder, name)
        return parse_xml(self._path, part, self._package.read(part)) if part in self._package else None

    def _blocks(self, element: Any, place: Place, gap: bool, depth: int = 0) -> Iterator[Block]:
        if element.tag == P:
            yield from self._paragraph(element, place, gap, depth)
        else:
            yield from self._table(element, place, depth)

    def _paragraph(self, element: Any, place: Place, gap: bool, depth: int) -> Iterator[Block]:
        found = printed(element)
        self._note_changes(found, place)
        if found.page_before:
            self._page += found.pages
            place = place.within(page=self._page) if self._paged else place
            gap = True
        properties = element.find(f"{W}pPr")
        lines = list(_lines(found.text))
        self._gap = not lines
        level = self._styles.level(properties)
        if lines:
            lines[0] = self._styles.number(properties) + lines[0]
        for number, line in enumerate(lines):
            yield ParagraphBlock(line, place, level, gap and number == 0)
        if not found.page_before:
            self._page += found.pages
        yield from self._attached(found, place, depth)

    def _attached(self, found: Printed, place: Place, depth: int) -> Iterator[Block]:
        """Yield the text boxes and notes that hang on a paragraph."""
        for box in found.boxes if depth < DEEPEST else ():
            for element in body_blocks(box):
                yield from self._blocks(element, place, True, depth + 1)
        for kind, key in found.notes:
            note = self._note(kind, key)
            text = cell_text(note).strip() if note is not None else ""
            if text:
                yield ParagraphBlock(text.replace("\n", " "), place, after_gap=True)

    def _table(self, element: Any, place: Place, depth: int) -> Iterator[Block]:
        builder = GridBuilder(self._path, place, MOST_COLUMNS * 4)
        attached: list[Printed] = []
        intricate = intricate_cells(element)
        if element.find(_DELETED_ROW) is not None:
            self._seen.setdefault("BL105", place)
        for row in table_layout(element):
            builder.start_row()
            for column, (cell, row_span, column_span) in row.items():
                text = cell_text(cell) if cell in intricate else plain_cell_text(cell)
                builder.move_to(column)
                builder.add(text, row_span, column_span)
            if not intricate:
                continue
            for paragraph in (p for cell, *_ in row.values() if cell in intricate for p in cell.iter(P)):
                found = printed(paragraph)
                self._note_changes(found, place)
                self._page += found.pages
                if found.notes:
                    attached.append(found)
        self._gap = False
        rows = builder.rows()
        if rows:
            yield GridBlock(rows, place, spans_known=states_spans(rows))
        for found in attached:
            found.boxes = []
            yield from self._attached(found, place, depth)

    def _note_changes(self, found: Printed, place: Place) -> None:
        if found.changed:
            self._seen.setdefault("BL105", place)
        if found.hidden:
            self._seen.setdefault("BL107", place)

    def _note(self, kind: str, key: str) -> Any:
        if kind not in self._notes:
            root = self._part(f"{kind}s.xml")
            self._notes[kind] = {
                note.get(f"{W}id"): note
                for note in (root if root is not None else ())
                if note.get(f"{W}type") not in ("separator", "continuationSeparator")
            }
        return self._notes[kind].get(key)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a paragraph with manual breaks; a break in the midst of a sentence is healed."""
    held = ""
    for line in filter(None, (re.sub(r"[ \t\u3000]+$", "", part).lstrip(" ") for part in text.split("\n"))):
        if held and not held.endswith(_ENDS) and len(held) > 25 and not numbering_of(line):
            held += line
        else:
            if held.strip():
                yield held.strip()
            held = line
    if held.strip():
        yield held.strip()


READER = DOCX
