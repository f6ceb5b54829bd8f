"""Turn the pages of a document into blocks: lines joined to paragraphs, cut tables stitched."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from budgetlint.document import Block, GridBlock, ParagraphBlock, Place
from budgetlint.document.text import numbering_of, squeeze
from budgetlint.readers.grids.fitting import headless
from budgetlint.readers.pages.furniture import TABLE_TITLE, without_furniture
from budgetlint.readers.pages.glyphs import Line, first_word, joined
from budgetlint.readers.pages.page import Page, PageContent
from budgetlint.readers.pages.sideways import rejoined
from budgetlint.readers.pages.stitch import Stitcher

_STOPS = tuple("。；;：:！？")
#: A line that is the title of a table, what stands over its right corner after it.
_TITLE_BEGINS = re.compile(r"[^。，；：:]{4,40}表(?:[(（][^()（）]{1,12}[)）])?(?:(?:金额)?单位[:：]|$)")


def blocks_of(contents: Sequence[PageContent], path: str) -> list[Block]:
    """Return the blocks of a paged document in reading order."""
    margins = _Margins(contents)
    blocks: list[Block] = []
    stitcher = Stitcher(path)
    paragraph: list[tuple[Page, Line]] = []
    gap = False

    def flush() -> None:
        if paragraph:
            blocks.append(_paragraph(paragraph, path, gap))
            paragraph.clear()

    for content in without_furniture(contents):
        page = content.page
        first = True
        for item in content.items:
            if isinstance(item, Line):
                blocks += stitcher.finished()
                if paragraph and margins.continues(*paragraph[-1], page, item):
                    paragraph.append((page, item))
                else:
                    above = paragraph[-1] if paragraph else None
                    flush()
                    gap = above is None or first or item.box[1] - above[1].box[3] > 1.2 * item.size
                    paragraph.append((page, item))
            else:
                flush()
                blocks += stitcher.add(item, first)
            first = False
    flush()
    blocks += stitcher.finished()
    return _doubted_before(rejoined(blocks))


def _doubted_before(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with doubt on each grid that a doubtful one without a header goes on with.

    Such a one is the rest of the table before it unless a table's title stands between them.
    """
    told: list[Block] = []
    going_on = False
    for block in reversed(blocks):
        if isinstance(block, GridBlock):
            block = replace(block, unsure=block.unsure or going_on)
            going_on = block.unsure and headless(block.rows)
        elif TABLE_TITLE.search(block.text):
            going_on = False
        told.append(block)
    return told[::-1]


def _paragraph(lines: Sequence[tuple[Page, Line]], path: str, gap: bool) -> ParagraphBlock:
    page = lines[0][0]
    text = ""
    for _, line in lines:
        text = joined(text, line.text)
    boxes = [line.box for one, line in lines if one is page]
    box = (
        min(box[0] for box in boxes),
        boxes[0][1],
        max(box[2] for box in boxes),
        boxes[-1][3],
    )
    return ParagraphBlock(text, Place(path, page=page.number, box=page.place_box(box)), after_gap=gap)


class _Margins:
    """Where the text of the document's pages begins and ends, by page width."""

    def __init__(self, contents: Sequence[PageContent]) -> None:
        lines: dict[int, list[Line]] = {}
        for content in contents:
            for item in content.items:
                if isinstance(item, Line) and len(item.segments) == 1:
                    lines.setdefault(round(content.page.width), []).append(item)
        self._right = {width: _common_end(group, width) for width, group in lines.items()}
        self._left = {width: _common_start(group) for width, group in lines.items()}
        sizes = sorted(line.size for group in lines.values() for line in group for _ in line.glyphs)
        self._body = sizes[len(sizes) // 2] if sizes else 10.0

    def continues(self, upper_page: Page, upper: Line, page: Page, line: Line) -> bool:
        """Tell whether a line goes on with the paragraph of the line before it."""
        if (
            abs(upper.size - line.size) > 0.25 * line.size
            or len(line.segments) > 1
            or len(upper.segments) > 1
        ):
            return False
        same_page = upper_page is page
        if (
            TABLE_TITLE.search(upper.text)
            and upper.box[0] > self._left.get(round(page.width), 0.0) + 3 * upper.size
        ):
            return False
        if upper.text.endswith(_STOPS) and _TITLE_BEGINS.match(squeeze(line.text)):
            return False
        if same_page and line.box[1] - upper.box[3] > 1.6 * line.size:
            return False
        if same_page and _centred(upper, page) and _centred(line, page) and line.box[0] > 0.15 * page.width:
            cover = line.size > 1.15 * self._body and upper.box[0] > 0.15 * page.width
            if cover or upper.box[2] - upper.box[0] > 0.65 * page.width:
                return True
        width = round(page.width)
        right = self._right.get(round(upper_page.width)) or upper_page.width - self._left.get(width, 0.0)
        numbered = numbering_of(line.text)
        full = upper.box[2] + max(first_word(line), upper.size) > right - (0 if numbered else upper.size)
        indented = line.box[0] > self._left.get(width, line.box[0]) + 0.9 * line.size
        if not full or indented:
            return False
        return not (upper.text.endswith(_STOPS) and numbered)


def _centred(line: Line, page: Page) -> bool:
    return abs(line.box[0] + line.box[2] - page.width) < 0.04 * page.width


def _common_end(lines: Sequence[Line], width: float) -> float | None:
    """Return the rightmost place at which several lines end, the right edge of full lines; None for no such place.

    Lines that end in the left part of the page are short ones that happen to agree.
    """
    ends = sorted((line.box[2] for line in lines if line.box[2] > 0.7 * width), reverse=True)
    size = max((line.size for line in lines), default=10.0)
    for number, end in enumerate(ends[:-2]):
        if end - ends[number + 2] < 1.2 * size:
            return end
    return None


def _common_start(lines: Sequence[Line]) -> float:
    """Return the leftmost place at which several lines begin."""
    starts = sorted(line.box[0] for line in lines)
    for number, start in enumerate(starts[:-1]):
        if starts[number + 1] - start < 3:
            return start
    return starts[0]
