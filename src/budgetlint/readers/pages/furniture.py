"""Drop what printers repeat on every page: headers, footers, page numbers, the title of a table that goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from msgspec.structs import replace

from budgetlint.document.amount import parse_number
from budgetlint.readers.pages.glyphs import Box, Line
from budgetlint.readers.pages.page import Page, PageContent, PageGrid

#: The share of a page's height above and below in which headers and page numbers stand.
MARGIN_BAND = 0.1
_PAGE_NUMBER = re.compile(r"^[\s\-—–―·.第]*\d{1,4}[\s\-—–―·.页]*(?:[/共]\s*\d{1,4}\s*页?)?$")
#: A line over a table that says its unit or its department stands on many pages, and is no header.
_HEAD_LINE = re.compile(r"(?:单位|部门)\s*(?:名称)?\s*[:：]")
#: How the title of a table ends.
TABLE_TITLE = re.compile(r"表(?:[（(][^（()）]{1,12}[）)])?$")


def without_furniture(contents: Sequence[PageContent]) -> list[PageContent]:
    """Return the pages without what is repeated on them."""
    furniture = _Furniture(contents)
    pages = [
        replace(
            content,
            items=[
                item
                for item in content.items
                if not (isinstance(item, Line) and furniture.holds(item, content.page))
            ],
        )
        for content in contents
    ]
    kept = pages[:1]
    for before, content in pairwise(pages):
        titles = _titles_again(before, content)
        kept.append(replace(content, items=content.items[titles:]) if titles else content)
    return kept


def _titles_again(before: PageContent, content: PageContent) -> int:
    """Return how many lines over a page's table print again those over the page before, whose table goes on here."""
    above, lines = _lines_over(before), _lines_over(content)
    if not lines or [line.text for line in above] != [line.text for line in lines]:
        return 0
    upper, grid = before.items[len(above) :], content.items[len(lines)]
    if len(upper) != 1 or not isinstance(upper[0], PageGrid) or not isinstance(grid, PageGrid):
        return 0
    one, two = _texts(upper[0]), _texts(grid)
    return len(lines) if one[0] == two[0] and _first_labels(one) != _first_labels(two) else 0


def _lines_over(content: PageContent) -> list[Line]:
    """Return the lines over the first table of a page, none for a page without tables."""
    lines = list(takewhile(lambda item: isinstance(item, Line), content.items))
    return [line for line in lines if isinstance(line, Line)] if len(lines) < len(content.items) else []


def _texts(grid: PageGrid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def _first_labels(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return what the first row with decimals says before its figures: a table that begins anew says the same again."""
    for row in rows[1:]:
        if any("." in text and parse_number(text) is not None for text in row):
            return [text for text in row if "." not in text]
    return []


class _Furniture:
    """Headers, footers and page numbers: what stands at the same height of many pages, figures aside.

    The title of a table that goes on over pages may stand so too: it is none but where nearly all pages have it, and
    even then is said once.
    """

    def __init__(self, contents: Sequence[PageContent]) -> None:
        seen: Counter[tuple[str, int]] = Counter()
        for content in contents:
            for item in content.items:
                if isinstance(item, Line) and _in_margin(item.box, content.page):
                    seen[_running_key(item)] += 1
        pages = len(contents)
        self._running = {
            key
            for key, count in seen.items()
            if count >= max(3, pages * 4 // 5 if TABLE_TITLE.search(key[0]) else pages * 2 // 5)
        }
        self._said: set[tuple[str, int]] = set()

    def holds(self, line: Line, page: Page) -> bool:
        """Tell whether a line is furniture; lines are asked in the order of pages."""
        if not _in_margin(line.box, page):
            return False
        if _PAGE_NUMBER.match(line.text):
            return True
        key = _running_key(line)
        if key not in self._running or _HEAD_LINE.search(line.text):
            return False
        if TABLE_TITLE.search(line.text) and key not in self._said:
            self._said.add(key)
            return False
        return True


def _running_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.box[1] / 4)


def _in_margin(box: Box, page: Page) -> bool:
    return box[1] > page.height * (1 - MARGIN_BAND) or box[3] < page.height * MARGIN_BAND
