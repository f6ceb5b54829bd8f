"""Tell which characters a pdf page draws but does not show, because a clip path cuts them off.

Spreadsheet programs draw the whole text of a merged cell on every page the cell reaches over, and clip it.
"""

from __future__ import annotations

from ctypes import byref, c_float
from typing import Any

from budgetlint.readers.pages.glyphs import Box

#: A character of which less than this share lies within the clip path is not printed: its middle is cut off.
SHOWN = 0.5
#: A clip path of more pieces is a picture's outline, and its box says nothing.
MOST_PIECES, MOST_POINTS = 8, 64


class Clipping:
    """Asks the objects of one page whether their clip paths show them."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._values = [c_float() for _ in range(4)]
        self._at = [byref(value) for value in self._values]

    def cuts(self, thing: Any, line: Box) -> bool:
        """Tell whether a text object is cut off whole; ``line`` is the box of one of its characters, as high as its line."""
        raw = self._raw
        path = raw.FPDFPageObj_GetClipPath(thing)
        pieces = raw.FPDFClipPath_CountPaths(path) if path else 0
        if not 0 < pieces <= MOST_PIECES or not raw.FPDFPageObj_GetBounds(thing, *self._at):
            return False
        box = self._box()
        if line[0] - 1 < box[0] and box[2] < line[2] + 1 and line[1] - 1 < box[1] and box[3] < line[3] + 1:
            box = line  # a comma stays or goes with the words beside it
        width, height = box[2] - box[0], box[3] - box[1]
        if width <= 0 or height <= 0:
            return False
        for piece in range(pieces):
            clip = self._piece(path, piece)
            if clip is None:
                continue
            wide = min(box[2], clip[2]) - max(box[0], clip[0])
            high = min(box[3], clip[3]) - max(box[1], clip[1])
            if wide < SHOWN * min(width, height) or high < SHOWN * height:
                return True
        return False

    def _box(self) -> Box:
        left, bottom, right, top = (value.value for value in self._values)
        return left, bottom, right, top

    def _piece(self, path: Any, piece: int) -> Box | None:
        """Return the box of one piece of a clip path, None for one without extent."""
        raw = self._raw
        count = raw.FPDFClipPath_CountPathSegments(path, piece)
        if not 2 < count <= MOST_POINTS:
            return None
        corners = (0, 2) if count in (4, 5) else range(count)
        points = []
        x, y = self._values[:2]
        for number in corners:
            segment = raw.FPDFClipPath_GetPathSegment(path, piece, number)
            if raw.FPDFPathSegment_GetPoint(segment, self._at[0], self._at[1]):
                points.append((x.value, y.value))
        if len(points) < 2:
            return None
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)
