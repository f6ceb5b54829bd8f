"""Read the characters of a pdf page with boxes as high as their line, whatever the fonts say."""

from __future__ import annotations

from collections.abc import Collection
from ctypes import byref, c_double
from typing import Any

from budgetlint.document import ReadError
from budgetlint.readers.pages.clipping import Clipping
from budgetlint.readers.pages.glyphs import Box

#: A page with more characters is no page of a document.
MOST_GLYPHS = 60_000
#: What pdfium gives for a hyphen at the end of a line; it may be one that belongs there (2022-52), so all are kept.
_HYPHEN = 2
#: Degrees in a radian.
_DEGREES = 57.29578
#: A page scanned or set a little askew is read all the same.
_STRAIGHT = 8
#: A Chinese character whose box is lower than this share of the others' shows that boxes hug the ink.
_FLAT = 0.55
#: How far a line of type reaches above and below its base, in type sizes.
_ABOVE, _BELOW = 0.88, 0.12

Character = tuple[str, Box]
#: Where a glyph stands on its base line, in tenths of a point.
Spot = tuple[int, int]


def spot_of(x: float, y: float) -> Spot:
    """Return the spot of an origin on the page."""
    return round(10 * x), round(10 * y)


def read_characters(
    raw: Any, text: Any, path: str, without_ink: Collection[Spot]
) -> tuple[list[Character], int, int]:
    """Return the printed characters of a page, how many have no Unicode, and the angle of most, in degrees.

    ``without_ink`` says where text objects without ink begin: blanks set on their own, which are no part of a
    text, or characters whose font is not at hand. What is printed aslant is a watermark and left out, and so is what
    a clip path cuts off. Boxes are (left, bottom, right, top) in the file's page coordinates.

    Raises:
        ReadError: BL907, more characters than any page holds.
    """
    count = raw.FPDFText_CountChars(text)
    if count > MOST_GLYPHS:
        raise ReadError("BL907", path, what="字", count=str(count), limit=str(MOST_GLYPHS))
    rect = raw.FS_RECTF()
    reference = byref(rect)
    clipping = Clipping(raw)
    characters: list[Character] = []
    indexes: list[int] = []
    unmapped = 0
    angles: dict[int, int] = {}
    loose, unicode_of, generated = (
        raw.FPDFText_GetLooseCharBox,
        raw.FPDFText_GetUnicode,
        raw.FPDFText_IsGenerated,
    )
    for at in range(count):
        code = unicode_of(text, at)
        if code == _HYPHEN:
            code = ord("-")
        if code < 32 or (code >= 0xE000 and (code <= 0xF8FF or 0xFFFD <= code <= 0xFFFF)):
            unmapped += code not in (9, 10, 13) and generated(text, at) == 0
        elif (code == 32 and generated(text, at) == 1) or (
            without_ink and chr(code).isspace() and _spot(raw, text, at) in without_ink
        ):
            continue
        elif loose(text, at, reference):
            box = (rect.left, rect.bottom, rect.right, rect.top)
            if clipping.hides(text, at, box):
                continue
            characters.append((chr(code), box))
            indexes.append(at)
            if at % 4 == 0:
                degrees = round(raw.FPDFText_GetCharAngle(text, at) * _DEGREES) % 360
                angles[degrees] = angles.get(degrees, 0) + 1
    slanted = sum(number for degrees, number in angles.items() if _is_slanted(degrees))
    if 0 < slanted < sum(angles.values()) / 2:
        upright = [
            number
            for number, at in enumerate(indexes)
            if not _is_slanted(round(raw.FPDFText_GetCharAngle(text, at) * _DEGREES) % 360)
        ]
        characters, indexes = [characters[at] for at in upright], [indexes[at] for at in upright]
    turned: dict[int, int] = {}
    for degrees, number in angles.items():
        if not _is_slanted(degrees):
            quarter = round(degrees / 90) * 90 % 360
            turned[quarter] = turned.get(quarter, 0) + number
    angle = max(turned, key=lambda key: turned[key], default=0)
    if angle == 0 and _hug_the_ink(characters):
        characters = [_standing(raw, text, at, *one) for at, one in zip(indexes, characters, strict=True)]
    return characters, unmapped, angle


def _spot(raw: Any, text: Any, at: int) -> Spot:
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(text, at, byref(x), byref(y))
    return spot_of(x.value, y.value)


def _is_slanted(degrees: int) -> bool:
    """Tell an angle that watermarks are printed at, and nothing else of a page."""
    return min(degrees % 90, 90 - degrees % 90) > _STRAIGHT


def _hug_the_ink(characters: list[Character]) -> bool:
    """Tell whether boxes are as high as the strokes only: 一 is then flat, and would stand on a line of its own."""
    heights = sorted(box[3] - box[1] for char, box in characters if "\u4e00" <= char <= "\u9fff")
    return bool(heights) and heights[0] < _FLAT * heights[len(heights) // 2]


def _standing(raw: Any, text: Any, at: int, char: str, box: Box) -> Character:
    """Return a character with the box its type size and its place on the base line give it."""
    x, y = c_double(), c_double()
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetCharOrigin(text, at, byref(x), byref(y)) or not raw.FPDFText_GetMatrix(
        text, at, byref(matrix)
    ):
        return char, box
    size = raw.FPDFText_GetFontSize(text, at) * (matrix.c**2 + matrix.d**2) ** 0.5
    if size <= 0:
        return char, box
    right = box[2] if char.isascii() else max(box[2], x.value + size)
    return char, (min(x.value, box[0]), y.value - _BELOW * size, right, y.value + _ABOVE * size)
