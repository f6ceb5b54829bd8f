"""What the objects of an OFD page draw: characters with their boxes, straight lines, pictures.

Coordinates of what is collected: points from the lower left of the page's shown area, y growing upwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from msgspec import Struct, field

from budgetlint import ReadError
from budgetlint.readers.pages import UNREADABLE, Box, Character
from budgetlint_ofd.matrices import IDENTITY, Matrix, applied, clockwise, matrix_of, moved, then
from budgetlint_ofd.placeholders import unreadable

#: Points in a millimetre, the unit of OFD.
POINTS = 72 / 25.4
#: A thicker filled rectangle is shading, not a line.
THICKEST_LINE = 3.0
#: How far a line of type reaches above and below its base, in type sizes.
ABOVE, BELOW = 0.88, 0.12
MOST_OBJECTS, MOST_GLYPHS, DEEPEST = 60_000, 60_000, 20
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_PATH = re.compile(rf"[SMLQBAC]|{_NUMBER.pattern}")
#: How many coordinates a path command takes; curves only move the pen.
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_CURVES = frozenset("QBA")


def local(element: Any) -> str:
    """Return an element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, name: str) -> Any:
    """Return the first child with a name, None for none."""
    return next((one for one in element if local(one) == name), None) if element is not None else None


def numbers(text: str | None) -> list[float]:
    """Return the numbers of an attribute or text."""
    return [float(number) for number in _NUMBER.findall(text or "")]


class Drawing(Struct):
    """Collects what is drawn on a page.

    Attributes:
        path: the file.
        left, top, height: of the page's shown area, in millimetres.
        units: the composite graphic units of the document's resources, by their ids.
        unmapped: characters that are only glyphs: the file does not say what they stand for.
        curves: how many curves are drawn.
    """

    path: str
    left: float
    top: float
    height: float
    units: Mapping[str, Any] = field(default_factory=dict)
    characters: list[Character] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    unmapped: int = 0
    curves: int = 0
    _count: int = 0

    def add(self, content: Any, matrix: Matrix = IDENTITY, depth: int = 0) -> None:
        """Draw the objects of a page's content, a layer or a block; ``matrix`` places them on the page."""
        for item in content if content is not None else ():
            name = local(item)
            self._count += 1
            if self._count > MOST_OBJECTS or len(self.characters) > MOST_GLYPHS:
                raise ReadError(
                    "BL907", self.path, what="对象", count=f">{MOST_OBJECTS}", limit=str(MOST_OBJECTS)
                )
            if item.get("Visible") == "false" or depth >= DEEPEST:
                continue
            if name in ("Layer", "PageBlock"):
                self.add(item, matrix, depth + 1)
            elif name in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
                box = numbers(item.get("Boundary"))
                if len(box) == 4:
                    own = then(matrix_of(numbers(item.get("CTM"))), moved(box[0], box[1]))
                    whole = then(own, matrix)
                    if name == "CompositeObject":
                        unit = self.units.get(str(item.get("ResourceID")))
                        self.add(child(unit, "Content"), whole, depth + 1)
                    elif name == "ImageObject":
                        self._picture(box, matrix)
                    else:
                        getattr(self, f"_{name}")(item, whole)

    def _at(self, matrix: Matrix, x: float, y: float) -> tuple[float, float]:
        """Return a point of an object's own coordinates on the page."""
        x, y = applied(matrix, x, y)
        return (x - self.left) * POINTS, (self.top + self.height - y) * POINTS

    def _box(self, matrix: Matrix, left: float, top: float, right: float, bottom: float) -> Box:
        points = [self._at(matrix, x, y) for x in (left, right) for y in (top, bottom)]
        return _around(points)

    def _TextObject(self, item: Any, matrix: Matrix) -> None:
        size = (numbers(item.get("Size")) or [0.0])[0]
        wide = size * (numbers(item.get("HScale")) or [1.0])[0]
        angle = clockwise(matrix)
        without = unreadable(item)
        x = y = 0.0
        start = 0
        for code in (one for one in item if local(one) == "TextCode"):
            text = (code.text or "").strip("\r\n")
            # GB/T 33190, 11.3: a code without X or Y begins where the one before it did.
            x, y = (numbers(code.get("X")) or [x])[0], (numbers(code.get("Y")) or [y])[0]
            across, down = deltas(code.get("DeltaX"), len(text)), deltas(code.get("DeltaY"), len(text))
            at_x, at_y = x, y
            for at, char in enumerate(text):
                width = wide * (0.5 if char.isascii() else 1.0)
                if start + at in without:
                    self.unmapped += 1
                    char = UNREADABLE
                box = self._box(matrix, at_x, at_y - ABOVE * size, at_x + width, at_y + BELOW * size)
                self.characters.append(Character(char, box, angle))
                at_x += across[at] if at < len(across) else 0.0 if down else width
                at_y += down[at] if at < len(down) else 0.0
            start += len(text)

    def _PathObject(self, item: Any, matrix: Matrix) -> None:
        data = child(item, "AbbreviatedData")
        filled, stroked = item.get("Fill") == "true", item.get("Stroke") != "false"
        if data is None or not (filled or stroked):
            return
        outline: list[tuple[float, float]] = []
        tokens = _PATH.findall(data.text or "")
        at = 0
        while at < len(tokens):
            command = tokens[at]
            count = _ARGUMENTS.get(command, 0)
            values = [float(one) for one in tokens[at + 1 : at + 1 + count] if one not in _ARGUMENTS]
            at += 1 + len(values)
            self.curves += command in _CURVES
            if command == "C":
                outline += outline[:1]
            elif command == "L" and len(values) == 2:
                outline.append(self._at(matrix, values[0], values[1]))
            elif len(values) == count and count:
                self._draw(outline, stroked)
                outline = [self._at(matrix, values[-2], values[-1])]
        self._draw(outline, stroked)

    def _draw(self, outline: list[tuple[float, float]], stroked: bool) -> None:
        if len(outline) < 2:
            return
        box = _around(outline)
        if min(box[2] - box[0], box[3] - box[1]) <= THICKEST_LINE:
            self.strokes.append(box)
        elif stroked:
            for (x0, y0), (x1, y1) in pairwise(outline):
                if abs(x0 - x1) < 1 or abs(y0 - y1) < 1:
                    self.strokes.append(_around([(x0, y0), (x1, y1)]))

    def _picture(self, box: list[float], matrix: Matrix) -> None:
        self.pictures.append(self._box(matrix, box[0], box[1], box[0] + box[2], box[1] + box[3]))


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def deltas(text: str | None, most: int) -> list[float]:
    """Return the steps between so many characters; ``g 3 5.2`` stands for three steps of 5.2.

    Where there are fewer, the last one holds for all that follow: so readers of the trade show what makers write.
    """
    steps: list[float] = []
    tokens = [one for one in (text or "").split() if one == "g" or _NUMBER.fullmatch(one)]
    at = 0
    while at < len(tokens) and len(steps) < most:
        run = tokens[at + 1 : at + 3]
        if tokens[at] != "g":
            steps.append(float(tokens[at]))
            at += 1
        elif len(run) == 2 and "g" not in run:
            steps += [float(run[1])] * int(min(float(run[0]), most))
            at += 3
        else:
            at += 1
    return steps + steps[-1:] * (most - len(steps))
