"""Turn what a page draws upright, whatever the format: its text, its watermark, text that stands on its side.

Coordinates of a drawing are those of its file: points, y growing upwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from budgetlint.readers.pages.glyphs import Box, Glyph
from budgetlint.readers.pages.page import Page
from budgetlint.readers.pages.ruling import Stroke

#: A page scanned or set a little askew is read all the same.
_STRAIGHT = 8
#: What lies within so many points of the page's edge is on it.
_EDGE = 1.0
#: Characters of one line that stands on its side: how far their middles may be off it, and their gaps, in type sizes.
_OFF, _GAP = 0.4, 2.0
#: Lines on their side that stand no further apart than this, in type sizes, are lines of one text.
_BESIDE = 1.0


class Character(NamedTuple):
    """A character with its box (left, bottom, right, top), and how far it is turned clockwise, in degrees."""

    text: str
    box: Box
    angle: int = 0


class Drawing(Struct):
    """What is drawn on one page of a file.

    Attributes:
        number: of the page, from 1.
        width, height: of what is shown of the page, which begins at (``left``, ``bottom``).
        characters: in any order; what lies outside the shown part counts for nothing.
        strokes: boxes of straight lines.
        pictures: boxes of pictures.
        turn: how far clockwise a page without text is turned when it is shown.
    """

    number: int
    width: float
    height: float
    left: float = 0.0
    bottom: float = 0.0
    characters: Sequence[Character] = ()
    strokes: Sequence[Box] = ()
    pictures: Sequence[Box] = ()
    turn: int = 0


class _Sideways(Struct):
    """A line of text that stands on its side: its characters with their upright boxes (y down)."""

    quarter: int
    held: list[tuple[str, Box]] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """The box around its characters."""
        boxes = [box for _, box in self.held]
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )


def is_slanted(degrees: int) -> bool:
    """Tell an angle that watermarks are printed at, and nothing else of a page."""
    return min(degrees % 90, 90 - degrees % 90) > _STRAIGHT


def main_angle(angles: Counter[int]) -> int:
    """Return the quarter turn (0, 90, 180, 270) that most characters have; ``angles`` counts them by degrees."""
    turned: Counter[int] = Counter()
    for degrees, number in angles.items():
        if not is_slanted(degrees):
            turned[_quarter(degrees)] += number
    return turned.most_common(1)[0][0] if turned else 0


def upright(drawing: Drawing) -> Page:
    """Return the page turned so that most of its text stands upright.

    What is printed aslant, and is not most of the page, is a watermark and left out. A line on its side among upright
    text is laid flat where it stands: it reads in its cell as people read it.
    """
    characters = _within(drawing)
    angles = Counter(character.angle for character in characters)
    slanted = sum(number for degrees, number in angles.items() if is_slanted(degrees))
    drop_slanted = 0 < slanted < len(characters) / 2
    main = main_angle(angles)
    turn = -main % 360 if characters else drawing.turn
    to_upright, to_file = turned(turn, drawing.width, drawing.height, drawing.left, drawing.bottom)
    width, height = drawing.width, drawing.height
    if turn in (90, 270):
        width, height = height, width
    glyphs: list[Glyph] = []
    on_side: list[tuple[str, Box, int]] = []
    make = tuple.__new__
    plain = len(angles) < 2
    for text, box, angle in characters:
        quarter = 0
        if not plain:
            if drop_slanted and is_slanted(angle):
                continue
            quarter = (_quarter(angle) - main) % 360
        x0, y0, x1, y1 = to_upright(box)
        if quarter in (90, 270):
            on_side.append((text, (x0, y0, x1, y1), quarter))
        else:
            glyphs.append(make(Glyph, (text, x0, y0, x1, y1, y1 - y0)))
    strokes = list(map(Stroke._make, map(to_upright, _cut(drawing.strokes, drawing))))
    glyphs += laid_flat(on_side, strokes)
    return Page(
        drawing.number,
        width,
        height,
        glyphs,
        strokes,
        to_file,
        [to_upright(box) for box in _cut(drawing.pictures, drawing)],
    )


def _quarter(degrees: int) -> int:
    return round(degrees / 90) * 90 % 360


def _within(drawing: Drawing) -> Sequence[Character]:
    """Return the characters whose middle lies on the shown part of the page."""
    left, bottom = drawing.left - _EDGE, drawing.bottom - _EDGE
    right, top = left + drawing.width + 2 * _EDGE, bottom + drawing.height + 2 * _EDGE
    return [
        one
        for one in drawing.characters
        if left <= (one[1][0] + one[1][2]) / 2 <= right and bottom <= (one[1][1] + one[1][3]) / 2 <= top
    ]


def _cut(boxes: Sequence[Box], drawing: Drawing) -> list[Box]:
    """Return what of some boxes lies on the shown part of the page."""
    left, bottom = drawing.left - _EDGE, drawing.bottom - _EDGE
    right, top = left + drawing.width + 2 * _EDGE, bottom + drawing.height + 2 * _EDGE
    cut = ((max(a, left), max(b, bottom), min(c, right), min(d, top)) for a, b, c, d in boxes)
    return [box for box in cut if box[0] <= box[2] and box[1] <= box[3]]


def laid_flat(on_side: Sequence[tuple[str, Box, int]], strokes: Sequence[Stroke] = ()) -> list[Glyph]:
    """Return characters that stand on their side as glyphs of a line, each line in the middle of where it stood.

    Args:
        on_side: text, upright box (y down) and quarter: 90 reads downwards, 270 upwards.
        strokes: of the page; lines that one parts are no lines of one text.
    """
    lines: list[_Sideways] = []
    for text, box, quarter in sorted(on_side, key=lambda one: (one[2], one[1][1])):
        size = box[2] - box[0]
        for line in reversed(lines):
            last = line.held[-1][1]
            if (
                line.quarter == quarter
                and abs((last[0] + last[2]) - (box[0] + box[2])) <= 2 * _OFF * size
                and box[1] - last[3] <= _GAP * size
            ):
                line.held.append((text, box))
                break
        else:
            lines.append(_Sideways(quarter, [(text, box)]))
    return [glyph for stack in _stacks(lines, strokes) for glyph in _flattened(stack)]


def _stacks(lines: Sequence[_Sideways], strokes: Sequence[Stroke]) -> list[list[_Sideways]]:
    """Return lines that stand beside one another together, in the order they are read: from the left where they read
    upwards, from the right where they read downwards.
    """
    stacks: list[list[_Sideways]] = []
    for line in sorted(lines, key=lambda one: (one.quarter, one.box[0])):
        left, top, right, bottom = line.box
        for stack in stacks:
            beside = stack[-1].box
            overlap = min(bottom, beside[3]) - max(top, beside[1])
            near = -_OFF * (right - left) < left - beside[2] <= _BESIDE * (right - left)
            parted = any(
                beside[0] < stroke[0] and stroke[2] < right and stroke[1] < bottom and top < stroke[3]
                for stroke in strokes
                if stroke[3] - stroke[1] > stroke[2] - stroke[0]
            )
            if stack[-1].quarter == line.quarter and near and overlap > 0 and not parted:
                stack.append(line)
                break
        else:
            stacks.append([line])
    return [stack if stack[0].quarter == 270 else stack[::-1] for stack in stacks]


def _flattened(stack: Sequence[_Sideways]) -> Iterator[Glyph]:
    """Yield the glyphs of lines that stood beside one another, as lines below one another in the same place."""
    if len(stack) == 1:
        yield from _flat(stack[0])
        return
    left, right = min(line.box[0] for line in stack), max(line.box[2] for line in stack)
    size = max(line.box[2] - line.box[0] for line in stack)
    middle = (min(line.box[1] for line in stack) + max(line.box[3] for line in stack)) / 2
    step = (right - left) / max(len(line.held) for line in stack)
    for number, line in enumerate(stack):
        top = middle + (number - len(stack) / 2) * 1.2 * size
        held = line.held if line.quarter == 90 else line.held[::-1]
        for at, (text, _) in enumerate(held):
            yield Glyph(text, left + at * step, top, left + (at + 1) * step, top + size, size)


def _flat(line: _Sideways) -> list[Glyph]:
    held = line.held if line.quarter == 90 else line.held[::-1]
    left, right = min(box[0] for _, box in held), max(box[2] for _, box in held)
    middle = (
        (held[0][1][1] + held[-1][1][3]) / 2 if line.quarter == 90 else (held[-1][1][1] + held[0][1][3]) / 2
    )
    size, step = right - left, (right - left) / len(held)
    return [
        Glyph(text, left + at * step, middle - size / 2, left + (at + 1) * step, middle + size / 2, size)
        for at, (text, _) in enumerate(held)
    ]


Turn = tuple[Callable[[Box], Box], Callable[[Box], Box]]


def turned(angle: int, width: float, height: float, left: float, bottom: float) -> Turn:
    """Return the maps from the file's page coordinates to the upright page (y down) and back.

    ``angle`` is how far clockwise the page must be turned for its text to stand upright; ``width``, ``height``,
    ``left`` and ``bottom`` are those of the page's box as the file has it.
    """
    right, top = left + width, bottom + height
    if angle == 90:
        return (
            lambda box: (box[1] - bottom, box[0] - left, box[3] - bottom, box[2] - left),
            lambda box: (box[1] + left, box[0] + bottom, box[3] + left, box[2] + bottom),
        )
    if angle == 180:
        return (
            lambda box: (right - box[2], box[1] - bottom, right - box[0], box[3] - bottom),
            lambda box: (right - box[2], box[1] + bottom, right - box[0], box[3] + bottom),
        )
    if angle == 270:
        return (
            lambda box: (top - box[3], right - box[2], top - box[1], right - box[0]),
            lambda box: (right - box[3], top - box[2], right - box[1], top - box[0]),
        )
    return (
        lambda box: (box[0] - left, top - box[3], box[2] - left, top - box[1]),
        lambda box: (box[0] + left, top - box[3], box[2] + left, top - box[1]),
    )
