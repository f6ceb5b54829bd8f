"""Tell texts apart that are printed over one another: a title set anew over the one of the form stays two titles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budgetlint.readers.pages.glyphs import Glyph

#: So many characters that lie over their neighbours, by such a share of their width, are no accident of setting.
FEWEST, OVER = 3, 0.3


def apart(line: Sequence[Glyph], drawn: Sequence[Glyph]) -> list[Sequence[Glyph]]:
    """Return the texts that one line of glyphs holds, each from the left; all of it where nothing lies over anything.

    Args:
        line: the glyphs of one height, from the left.
        drawn: the glyphs of the page in the order in which they were drawn: one text after the other.
    """
    over = sum(_lies_over(one, other) for one, other in pairwise(line))
    if over < FEWEST:
        return [line]
    order = {id(glyph): number for number, glyph in enumerate(drawn)}
    texts: list[list[Glyph]] = []
    run: list[Glyph] = []
    for glyph in sorted(line, key=lambda glyph: order[id(glyph)]):
        if run and glyph.left < run[-1].left:
            _put(run, texts)
            run = []
        run.append(glyph)
    _put(run, texts)
    return list(texts)


def _lies_over(one: Glyph, other: Glyph) -> bool:
    width = min(one.right - one.left, other.right - other.left)
    return one.right - other.left > OVER * width and not (one.text.isspace() or other.text.isspace())


def _put(run: list[Glyph], texts: list[list[Glyph]]) -> None:
    """Put a run of glyphs into the first text it has room in, else begin another."""
    for text in texts:
        if run[0].left >= text[-1].right or run[-1].right <= text[0].left:
            text += run
            text.sort(key=lambda glyph: glyph.left)
            return
    texts.append(run)
