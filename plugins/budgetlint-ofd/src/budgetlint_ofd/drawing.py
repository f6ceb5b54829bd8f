"""What the objects of an OFD page draw: glyphs with their boxes, straight lines, pictures."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct, field

from budgetlint import ReadError
from budgetlint.readers.pages import Box, Glyph, Stroke

#: Points in a millimetre, the unit of OFD.
POINTS = 72 / 25.4
#: A thicker filled rectangle is shading, not a line.
THICKEST_LINE = 3.0
MOST_OBJECTS, MOST_GLYPHS, DEEPEST = 60_000, 60_000, 20
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_PATH = re.compile(rf"[SMLQBAC]|{_NUMBER.pattern}")
#: How many coordinates a path command takes; curves only move the pen.
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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
    """Collects what is drawn on a page whose shown area begins at (left, top), in points from there."""

    path: str
    left: float
    top: float
    glyphs: list[Glyph] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    _count: int = 0

    def add(self, content: Any, depth: int = 0) -> None:
        """Draw the objects of a page's content, layer or block."""
        for item in content if content is not None else ():
            name = local(item)
            self._count += 1
            if self._count > MOST_OBJECTS or len(self.glyphs) > MOST_GLYPHS:
                raise ReadError(
                    "BL907", self.path, what="对象", count=f">{MOST_OBJECTS}", limit=str(MOST_OBJECTS)
                )
            if name in ("Layer", "PageBlock") and depth < DEEPEST:
                self.add(item, depth + 1)
            elif name in ("TextObject", "PathObject", "ImageObject") and item.get("Visible") != "false":
                box = numbers(item.get("Boundary"))
                if len(box) == 4:
                    getattr(self, f"_{name}")(item, box)

    def _at(self, item: Any, box: list[float], x: float, y: float) -> tuple[float, float]:
        """Return a point of an object's own coordinates on the page."""
        a, b, c, d, e, f = _matrix(item)
        return (
            (a * x + c * y + e + box[0] - self.left) * POINTS,
            (b * x + d * y + f + box[1] - self.top) * POINTS,
        )

    def _TextObject(self, item: Any, box: list[float]) -> None:
        size = (numbers(item.get("Size")) or [0.0])[0]
        a, b, _, d, *_ = _matrix(item)
        height = size * (abs(d) or 1.0) * POINTS
        scale = size * ((a * a + b * b) ** 0.5 or 1.0) * POINTS * float(item.get("HScale") or 1)
        for code in (one for one in item if local(one) == "TextCode"):
            text = (code.text or "").strip("\r\n")
            x, y = (numbers(code.get("X")) or [0.0])[0], (numbers(code.get("Y")) or [0.0])[0]
            across, down = deltas(code.get("DeltaX"), len(text)), deltas(code.get("DeltaY"), len(text))
            for at, char in enumerate(text):
                if at:
                    x += across[at - 1] if at - 1 < len(across) else 0.0
                    y += down[at - 1] if at - 1 < len(down) else 0.0
                left, base = self._at(item, box, x, y)
                width = scale * (0.5 if char.isascii() else 1.0)
                self.glyphs.append(
                    Glyph(char, left, base - 0.88 * height, left + width, base + 0.12 * height, height)
                )

    def _PathObject(self, item: Any, box: list[float]) -> None:
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
            if command == "C":
                outline += outline[:1]
            elif command == "L" and len(values) == 2:
                outline.append(self._at(item, box, values[0], values[1]))
            elif len(values) == count and count:
                self._draw(outline, stroked)
                outline = [self._at(item, box, values[-2], values[-1])]
        self._draw(outline, stroked)

    def _draw(self, outline: list[tuple[float, float]], stroked: bool) -> None:
        if len(outline) < 2:
            return
        xs, ys = [point[0] for point in outline], [point[1] for point in outline]
        if min(max(xs) - min(xs), max(ys) - min(ys)) <= THICKEST_LINE:
            self.strokes.append(Stroke(min(xs), min(ys), max(xs), max(ys)))
        elif stroked:
            for number in range(len(outline) - 1):
                (x0, y0), (x1, y1) = outline[number], outline[number + 1]
                if abs(x0 - x1) < 1 or abs(y0 - y1) < 1:
                    self.strokes.append(Stroke(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def _ImageObject(self, item: Any, box: list[float]) -> None:
        left, top = (box[0] - self.left) * POINTS, (box[1] - self.top) * POINTS
        self.pictures.append((left, top, left + box[2] * POINTS, top + box[3] * POINTS))


def _matrix(item: Any) -> Matrix:
    values = numbers(item.get("CTM"))
    if len(values) != 6:
        return _IDENTITY
    a, b, c, d, e, f = values
    return (a, b, c, d, e, f)


def deltas(text: str | None, most: int) -> list[float]:
    """Return the steps between characters; ``g 3 5.2`` stands for three steps of 5.2."""
    steps: list[float] = []
    tokens = (text or "").split()
    at = 0
    while at < len(tokens) and len(steps) < most:
        if tokens[at] == "g" and at + 2 < len(tokens):
            count = min(int(float(tokens[at + 1])), most)
            steps += [float(tokens[at + 2])] * count
            at += 3
        else:
            steps.append(float(tokens[at]))
            at += 1
    return steps
