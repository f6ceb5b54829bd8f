"""Read HTML pages, also those that Excel and Word save: text in order, tables of data told from tables for layout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetlint.document import Block, GridBlock, Notice, ParagraphBlock, Place, Source
from budgetlint.document.text import cell_lines
from budgetlint.readers.bundled import HTML
from budgetlint.readers.grids.spans import GridBuilder, states_spans
from budgetlint.readers.sheets.blocks import NAMELESS
from budgetlint.readers.sniffing import is_mht
from budgetlint.readers.web.look import read_look
from budgetlint.readers.web.saved import SavedPage, SavedPages, frames_of, is_cut_off, saved_pages
from budgetlint.readers.web.shown import MARKER, Shown, has_data
from budgetlint.readers.web.tree import Node, parse_html

#: Browsers cut colspan here too.
MOST_COLUMNS = 1_000
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "o:p",
        "st1:chsdate",
        "st1:chmetcnv",
        "wbr",
        "img",
        "input",
    ]
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read(path: str, data: bytes) -> Source:
    """Read a page, or a workbook saved as one: its sheets in order. The place of a block is its number among all.

    Raises:
        ReadError: BL907 (nested too deep, larger than a cap), BL904 (a saved page without a page in it).
    """
    page = _Page(path)
    blocks: list[Block] = []
    saved = saved_pages(path, data) if is_mht(data) else SavedPages((SavedPage("", data),))
    for missing in saved.lost:
        page.note("BL112", (("part", missing),))
    for one in saved.pages:
        if one.hidden:
            page.note("BL103", (("sheet", one.name), ("what", "工作表")), unread=False)
            continue
        held = list(page.read(one.data))
        if held and isinstance(held[0], GridBlock) and one.name and not NAMELESS.match(one.name):
            blocks.append(ParagraphBlock(one.name, held[0].place, after_gap=True))
        blocks += held
    return Source(path, "html", tuple(blocks), tuple(page.notices.values()))


class _Page:
    """Walks a page and numbers its blocks."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._count = 0
        self._gap = True
        self._marker = ""
        self.notices: dict[tuple[str, ...], Notice] = {}

    def read(self, data: bytes) -> Iterator[Block]:
        """Yield the blocks of one page."""
        root = parse_html(self._path, data)
        shown = Shown(read_look(root))
        for frame in frames_of(root):
            self.note("BL111", (("what", "嵌入的文档"), ("part", frame)))
        body = next((node for node in root.elements() if node.tag == "body"), root)
        self._gap = True
        yield from self.blocks(shown.pruned(body))
        if shown.struck:
            self.note("BL105", unread=False)
        for what, part in shown.unread:
            self.note("BL111", (("what", what), ("part", part)))
        if is_cut_off(data):
            self.note("BL113", (("part", "网页"), ("cause", "没有结束标记")))

    def note(self, id: str, facts: tuple[tuple[str, str], ...] = (), unread: bool = True) -> None:
        """Keep a notice, each once."""
        key = (id, *(value for _, value in facts))
        self.notices.setdefault(key, Notice(id, Place(self._path), facts, unread))

    def blocks(self, node: Node, level: int | None = None) -> Iterator[Block]:
        """Yield the blocks below an element; runs of text and inline elements are paragraphs."""
        inline: list[str] = []
        for child in node.children:
            if isinstance(child, str):
                inline.append(_SPACE.sub(" ", child))
            elif child.tag == "br":
                yield from self._paragraph(inline, level)
            elif child.tag in _INLINE and not any(one.tag in ("table", "p", "div") for one in child.walk()):
                inline.append(inline_text(child))
            else:
                yield from self._paragraph(inline, level)
                yield from self._block(child, level)
        yield from self._paragraph(inline, level)

    def _block(self, node: Node, level: int | None) -> Iterator[Block]:
        if node.tag == "table":
            yield from self._table(node)
        elif node.tag in ("ul", "ol", "div", "td") and _is_links(node):
            return
        elif re.fullmatch(r"h[1-6]", node.tag):
            yield from self.blocks(node, int(node.tag[1]))
        elif node.tag == "hr":
            self._gap = True
        elif node.tag == "li":
            self._marker += node.attributes.get(MARKER, "")
            yield from self.blocks(node, level)
        else:
            yield from self.blocks(node, level)

    def _paragraph(self, inline: list[str], level: int | None) -> Iterator[Block]:
        text = "".join(inline)
        inline.clear()
        for line in text.split("\n"):
            shown = line.replace("\xa0", " ").strip()
            if shown:
                shown, self._marker = self._marker + shown, ""
                yield ParagraphBlock(shown, self._place(), level, self._gap)
                self._gap = False

    def _place(self) -> Place:
        self._count += 1
        return Place(self._path, paragraph=self._count - 1)

    def _table(self, table: Node) -> Iterator[Block]:
        rows = list(table_rows(table))
        if is_layout(table, rows):
            for child in table.elements():
                if child.tag == "caption":
                    yield from self.blocks(child)
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell)
            return
        caption = next((child for child in table.elements() if child.tag == "caption"), None)
        if caption is not None:
            yield from self.blocks(caption)
        builder = GridBuilder(self._path, self._place(), MOST_COLUMNS)
        for row in rows:
            builder.start_row()
            for cell in row:
                builder.add(cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan"), _stored(cell))
        grid = builder.rows()
        if any(cell.text for row in grid for cell in row):
            yield GridBlock(grid, builder.place, spans_known=states_spans(grid))
        self._gap = False


def _is_links(node: Node) -> bool:
    """Tell a list of links (a menu, other articles) from content."""
    links = [one.text().strip() for one in node.walk() if one.tag == "a" and "href" in one.attributes]
    if len(links) < 4 or has_data(node):
        return False
    linked = sum(map(len, links))
    return linked > 0.7 * len(re.sub(r"\s", "", node.text()))


def table_rows(table: Node) -> Iterator[list[Node]]:
    """Yield the cells of each visible row of a table, those of tables inside it apart."""
    for child in table.elements():
        if child.tag in ("thead", "tbody", "tfoot"):
            yield from table_rows(child)
        elif child.tag == "tr":
            yield [cell for cell in child.elements() if cell.tag in ("td", "th")]


def is_layout(table: Node, rows: list[list[Node]]) -> bool:
    """Tell a table that only arranges the page: one column, tables inside, or long text in its few cells."""
    if table.attributes.get("role") in ("presentation", "none"):
        return True
    cells = [cell for row in rows for cell in row]
    nested = [
        one for cell in cells for child in cell.elements() for one in child.walk() if one.tag == "table"
    ]
    if nested:
        inside = sum(len(row) for one in nested for row in table_rows(one))
        return inside >= len(cells) or max((len(row) for row in rows), default=0) <= 3
    if max((len(row) for row in rows), default=0) <= 1:
        return True
    prose = sum(sum(one.tag == "p" for one in cell.walk()) > 4 for cell in cells)
    return prose > 0 and len(cells) <= 6


def cell_text(cell: Node) -> str:
    """Return the text of a cell, its blocks and breaks as lines."""
    lines = (re.sub(r" +", " ", line).strip(" \t") for line in inline_text(cell).split("\n"))
    return cell_lines(line.replace("\xa0", " ") for line in lines)


def inline_text(node: Node) -> str:
    """Return the text of an element with ``\\n`` for breaks and between blocks."""
    parts: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            parts.append(_SPACE.sub(" ", child))
        elif child.tag == "br":
            parts.append("\n")
        else:
            text = child.attributes.get(MARKER, "") + inline_text(child)
            parts.append(text if child.tag in _INLINE else f"\n{text}\n")
    return "".join(parts)


def _span(cell: Node, name: str) -> int:
    match = re.match(r"\s*(\d{1,6})", cell.attributes.get(name, ""))
    return max(1, int(match[1])) if match else 1


def _stored(cell: Node) -> str | None:
    """Return the stored value that Excel (x:num) and LibreOffice (sdval) write beside the text."""
    return cell.attributes.get("x:num") or cell.attributes.get("sdval") or None


READER = HTML
