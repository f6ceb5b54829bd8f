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
from budgetlint.readers.safe.opc import OfficePackage, main_part
from budgetlint.readers.word import chunks
from budgetlint.readers.word.body import (
    CHUNK,
    DEEPEST,
    MOST_COLUMNS,
    P,
    body_blocks,
    cell_text,
    intricate_cells,
    plain_cell_text,
    table_layout,
)
from budgetlint.readers.word.drawings import line_width_of, unread_in
from budgetlint.readers.word.styles import Styles, read_styles
from budgetlint.readers.word.text import Printed, printed
from budgetlint.readers.word.xml import R, W, is_on

_ENDS = tuple("。；;：:！？")
#: Parts that a document prints something of, by the kind of their relation.
_PRINTED_PARTS = frozenset(("styles", "numbering", "footnotes", "endnotes"))
_DELETED_ROW, _HIDDEN_ROW = f"{W}tr/{W}trPr/{W}del", f"{W}tr/{W}trPr/{W}hidden"


def read(path: str, data: bytes) -> Source:
    """Read a docx file; the place of a block is its number in the body, of a cell its row and column besides.

    Raises:
        ReadError: BL904 (damaged), BL905 (encrypted), BL906 (unsafe package), BL907 (larger than a cap), BL908 (DOCTYPE).
    """
    return _read(path, data, 0)


def _read(path: str, data: bytes, depth: int) -> Source:
    return _Body(path, OfficePackage(path, data), depth).source()


class _Body:
    """Reads the body of one document; ``depth`` counts the documents it stands in."""

    def __init__(self, path: str, package: OfficePackage, depth: int) -> None:
        self._path = path
        self._package = package
        self._depth = depth
        main = main_part(path, package)
        root = package.xml(main)
        if root is None:
            raise ReadError("BL904", path, cause=main)
        self._folder = posixpath.dirname(main)
        self._body = root.find(f"{W}body")
        self._relations = package.relations(main)
        self._styles: Styles = read_styles(self._part("styles"), self._part("numbering"))
        self._numbered = self._styles.numbered
        self._paged = next(root.iter(f"{W}lastRenderedPageBreak"), None) is not None
        self._line_width = line_width_of(self._body)
        self._page = 1
        self._gap = True
        self._notes: dict[str, dict[str, Any]] = {}
        self._seen: dict[tuple[str, ...], Notice] = {}
        for one in self._relations.values():
            if one.kind in _PRINTED_PARTS and not one.external and one.target not in package:
                self._lost(one.target)

    def source(self) -> Source:
        """Return everything the document prints, headers and footers left out."""
        blocks: list[Block] = []
        for index, element in enumerate(body_blocks(self._body) if self._body is not None else ()):
            place = Place(self._path, paragraph=index, page=self._page if self._paged else None)
            blocks += self._blocks(element, place, self._gap)
        return Source(self._path, "docx", tuple(blocks), tuple(self._seen.values()))

    def _part(self, kind: str) -> Any:
        """Return the root of the part that a relation of a kind names, or that has the usual name for it."""
        named = (one.target for one in self._relations.values() if one.kind == kind and not one.external)
        return self._package.xml(next(named, posixpath.join(self._folder, f"{kind}.xml")))

    def _blocks(self, element: Any, place: Place, gap: bool, depth: int = 0) -> Iterator[Block]:
        if element.tag == P:
            yield from self._paragraph(element, place, gap, depth)
        elif element.tag == CHUNK:
            yield from self._chunk(element, place)
        else:
            yield from self._table(element, place, depth)

    def _chunk(self, element: Any, place: Place) -> Iterator[Block]:
        """Yield what a document within the document prints, or say that it was not read."""
        relation = self._relations.get(element.get(f"{R}id") or "")
        part = relation.target if relation is not None else ""
        data = self._package.read(part) if part in self._package else b""
        reads = chunks.reader_of(data, lambda path, inner: _read(path, inner, self._depth + 1))
        if reads is None or self._depth >= chunks.DEEPEST:
            self._unread("嵌入的文档", part, place)
            return
        source = reads(self._path, data)
        yield from chunks.placed(source, place)
        for notice in source.notices:
            self._seen.setdefault((notice.id, part), notice)
        self._gap = True

    def _paragraph(self, element: Any, place: Place, gap: bool, depth: int) -> Iterator[Block]:
        found = printed(element)
        self._note_odd(found, place)
        if found.page_before:
            self._page += found.pages
            place = place.within(page=self._page) if self._paged else place
            gap = True
        properties = element.find(f"{W}pPr")
        lines = list(_lines(found.text))
        level = self._styles.level(properties)
        number = "" if not lines and _is_gone(properties) else self._styles.number(properties)
        if lines:
            lines[0] = number + lines[0]
        elif number.strip():
            lines = [number.strip()]
        self._gap = not lines
        for at, line in enumerate(lines):
            yield ParagraphBlock(line, place, level, gap and at == 0)
        if not found.page_before:
            self._page += found.pages
        yield from self._attached(found, place, depth)

    def _attached(self, found: Printed, place: Place, depth: int) -> Iterator[Block]:
        """Yield the text boxes and notes that hang on a paragraph."""
        for box in found.boxes if depth < DEEPEST else ():
            for element in body_blocks(box):
                yield from self._blocks(element, place, True, depth + 1)
        for kind, key in found.notes:
            note = self._footnote(kind, key)
            text = cell_text(note, self._styles.number).strip() if note is not None else ""
            if text:
                yield ParagraphBlock(text.replace("\n", " "), place, after_gap=True)

    def _table(self, element: Any, place: Place, depth: int) -> Iterator[Block]:
        builder = GridBuilder(self._path, place, MOST_COLUMNS * 4)
        attached: list[Printed] = []
        intricate = intricate_cells(element, self._numbered)
        if element.find(_DELETED_ROW) is not None:
            self._note("BL105", place)
        if is_on(element.find(_HIDDEN_ROW)):
            self._note("BL107", place)
        for row in table_layout(element):
            builder.start_row()
            for column, (cell, row_span, column_span) in row.items():
                text = cell_text(cell, self._styles.number) if cell in intricate else plain_cell_text(cell)
                builder.move_to(column)
                builder.add(text, row_span, column_span)
            if not intricate:
                continue
            for paragraph in (p for cell, *_ in row.values() if cell in intricate for p in cell.iter(P)):
                found = printed(paragraph)
                self._note_odd(found, place)
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

    def _note_odd(self, found: Printed, place: Place) -> None:
        """Take note of what is odd about a paragraph, the first of each kind, and of what it draws in place of text."""
        if found.changed:
            self._note("BL105", place)
        if found.hidden:
            self._note("BL107", place)
        for drawn in found.drawn:
            for unread in unread_in(drawn, self._relations, self._line_width):
                self._unread(unread.what, unread.part, place)

    def _note(self, id: str, place: Place) -> None:
        self._seen.setdefault((id,), Notice(id, place))

    def _lost(self, part: str) -> None:
        """Say that a part is named and is not there."""
        self._seen[("BL112", part)] = Notice("BL112", Place(self._path), (("part", part),), unread=True)

    def _unread(self, what: str, part: str, place: Place) -> None:
        facts = (("what", what), ("part", part), *((("page", str(place.page)),) if place.page else ()))
        self._seen.setdefault(("BL111", what, part), Notice("BL111", place, facts, unread=True))

    def _footnote(self, kind: str, key: str) -> Any:
        if kind not in self._notes:
            root = self._part(f"{kind}s")
            self._notes[kind] = {
                note.get(f"{W}id"): note
                for note in (root if root is not None else ())
                if note.get(f"{W}type") not in ("separator", "continuationSeparator")
            }
        return self._notes[kind].get(key)


def _is_gone(properties: Any) -> bool:
    """Tell a paragraph whose mark is hidden or deleted: without text it is not there, and has no number."""
    mark = properties.find(f"{W}rPr") if properties is not None else None
    if mark is None:
        return False
    return is_on(mark.find(f"{W}vanish")) or any(
        mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom")
    )


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
