"""Tell the glyphs of a watermark, large and across what is printed, from those of the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from budgetlint.readers.pages.glyphs import Glyph

#: A watermark's type is so many times as large as most of the page's; of its glyphs so many, or this share, lie
#: over others. A page with more large glyphs than that has no watermark.
LARGE, FEWEST_OVER, SHARE_OVER, MOST_GLYPHS = 1.8, 2, 0.2, 500


def without_watermark(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Return the glyphs of a page without those of one type size that are large and lie over smaller ones."""
    sizes = sorted(glyph.size for glyph in glyphs)
    if not sizes or sizes[-1] <= LARGE * sizes[len(sizes) // 2]:
        return glyphs
    usual = sizes[len(sizes) // 2]
    small = sorted(
        ((one.top + one.bottom) / 2, (one.left + one.right) / 2)
        for one in glyphs
        if one.size <= 1.5 * usual and not one.text.isspace()
    )
    by_size: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.size > LARGE * usual and not glyph.text.isspace():
            by_size.setdefault(round(glyph.size), []).append(glyph)
    marks = {
        size
        for size, group in by_size.items()
        if len(group) <= MOST_GLYPHS
        and sum(_lies_over(glyph, small) for glyph in group) >= max(FEWEST_OVER, SHARE_OVER * len(group))
    }
    return [glyph for glyph in glyphs if round(glyph.size) not in marks] if marks else glyphs


def _lies_over(glyph: Glyph, small: Sequence[tuple[float, float]]) -> bool:
    """Tell whether the middle of a small glyph lies well within a large one."""
    _, left, top, right, bottom, _ = glyph
    across, down = (right - left) / 8, (bottom - top) / 8
    first, last = bisect_left(small, (top + down,)), bisect_right(small, (bottom - down,))
    return any(left + across < x < right - across for _, x in small[first:last])
