"""Tell two pages that are printed side by side on one sheet, and part them: each is read by itself, the left one first.

Two pages have margins of their own: what parts them is wider than the margins of the sheet, or both begin as far from
their edge, and nothing crosses it. Columns of a table stand closer, or something over them reaches across.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from budgetlint.readers.pages.glyphs import Box, Glyph
from budgetlint.readers.pages.page import Page
from budgetlint.readers.pages.ruling import Stroke

#: A sheet with two pages is so many times as wide as high at least.
WIDE = 1.2
#: What parts the pages is so wide, and their margins differ by so much at most, in shares of the sheet.
GUTTER, OFF = 0.04, 0.02
#: It is so many times as wide as the sheet's margins.
MARGINS = 1.3
#: So many lines with words on each page.
FEWEST_LINES = 3
#: A line of prose fills such a share of its page.
PROSE = 0.6


def pages_on(sheet: Page) -> Sequence[Page]:
    """Return the pages printed on a sheet: the sheet itself, or two."""
    middle = sheet.width / 2
    if sheet.width < WIDE * sheet.height:
        return (sheet,)
    boxes = [(one.left, one.right) for one in sheet.glyphs if not one.text.isspace()]
    if not any(right < middle for _, right in boxes) or not any(left > middle for left, _ in boxes):
        return (sheet,)
    drawn = [
        *boxes,
        *((one[0], one[2]) for one in sheet.strokes),
        *((one[0], one[2]) for one in sheet.pictures),
    ]
    if any(left < middle < right for left, right in drawn):
        return (sheet,)
    start = max(right for _, right in drawn if right <= middle)
    end = min(left for left, _ in drawn if left >= middle)
    first, last = min(left for left, _ in drawn), max(right for _, right in drawn)
    between_margins = end - start >= MARGINS * (first + sheet.width - last) / 2
    same_margin = abs(end - middle - first) <= OFF * sheet.width
    if end - start < GUTTER * sheet.width or not (between_margins or same_margin):
        return (sheet,)
    left, right = _half(sheet, 0.0, middle, 0), _half(sheet, middle, sheet.width, 1)
    if not _are_pages(left, right):
        return (sheet,)
    return left, right


def _half(sheet: Page, start: float, end: float, half: int) -> Page:
    def moved(box: Box) -> Box:
        return box[0] - start, box[1], box[2] - start, box[3]

    def place_box(box: Box, place: Callable[[Box], Box] = sheet.place_box) -> Box:
        return place((box[0] + start, box[1], box[2] + start, box[3]))

    return replace(
        sheet,
        width=end - start,
        half=half,
        glyphs=[
            one._replace(left=one.left - start, right=one.right - start)
            for one in sheet.glyphs
            if start <= (one.left + one.right) / 2 < end
        ],
        strokes=[Stroke._make(moved(one)) for one in sheet.strokes if start <= (one[0] + one[2]) / 2 < end],
        pictures=[moved(one) for one in sheet.pictures if start <= (one[0] + one[2]) / 2 < end],
        place_box=place_box,
    )


def _are_pages(left: Page, right: Page) -> bool:
    """Tell two pages from the columns of one: both have a ruled table or prose, and words on several lines."""
    return all(
        len(_worded(half)) >= FEWEST_LINES and (_is_ruled(half) or _has_prose(half)) for half in (left, right)
    )


def _is_ruled(page: Page) -> bool:
    upright = {round(one[0]) for one in page.strokes if one[3] - one[1] > one[2] - one[0]}
    return len(upright) > 1


def _worded(page: Page) -> dict[int, list[Glyph]]:
    """Return the glyphs of each line, by where about its middle is, that has words."""
    lines: dict[int, list[Glyph]] = {}
    for glyph in page.glyphs:
        if "\u4e00" <= glyph.text <= "\u9fff":
            lines.setdefault(round((glyph.top + glyph.bottom) / 2 / max(glyph.size, 1.0)), []).append(glyph)
    return lines


def _has_prose(page: Page) -> bool:
    return any(
        sum(one.right - one.left for one in line) > PROSE * page.width for line in _worded(page).values()
    )
