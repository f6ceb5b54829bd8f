"""Read the characters of a pdf page with boxes as high as their line, whatever the fonts say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from ctypes import byref, c_double, c_void_p, cast
from typing import Any

from budgetlint.document import ReadError
from budgetlint.readers.pages.clipping import Clipping
from budgetlint.readers.pages.glyphs import Box
from budgetlint.readers.pages.turning import Character, main_angle
from budgetlint.readers.pages.unread import UNREADABLE

#: A page with more characters is no page of a document.
MOST_GLYPHS = 60_000
#: What pdfium gives for a hyphen at the end of a line; it may be one that belongs there (2022-52), so all are kept.
_HYPHEN = 2
#: Ends of lines and tabs that stand in a page's text.
_ENDS = frozenset((9, 10, 13))
#: Degrees in a radian.
_DEGREES = 57.29578
#: A Chinese character whose box is lower than this share of the others' shows that boxes hug the ink.
_FLAT = 0.55
#: How far a line of type reaches above and below its base, in type sizes.
_ABOVE, _BELOW = 0.88, 0.12

#: Where a glyph stands on its base line, in tenths of a point.
Spot = tuple[int, int]


def spot_of(x: float, y: float) -> Spot:
    """Return the spot of an origin on the page."""
    return round(10 * x), round(10 * y)


def read_characters(
    raw: Any, text: Any, path: str, without_ink: Collection[Spot]
) -> tuple[list[Character], int]:
    """Return the printed characters of a page, and how many have no Unicode.

    Glyphs whose font does not say what they stand for are unreadable characters; marks of symbol fonts are left out.
    ``without_ink`` says where text objects without ink begin: blanks set on their own, which are no part of a
    text, or characters whose font is not at hand. What a clip path cuts off is left out. Boxes are
    (left, bottom, right, top) in the file's page coordinates.

    Raises:
        ReadError: BL907, more characters than any page holds.
    """
    count = raw.FPDFText_CountChars(text)
    if count > MOST_GLYPHS:
        raise ReadError("BL907", path, what="字", count=str(count), limit=str(MOST_GLYPHS))
    rect = raw.FS_RECTF()
    reference = byref(rect)
    pieces = _Pieces(raw, text)
    characters: list[Character] = []
    indexes: list[int] = []
    unmapped = 0
    loose, unicode_of, generated = (
        raw.FPDFText_GetLooseCharBox,
        raw.FPDFText_GetUnicode,
        raw.FPDFText_IsGenerated,
    )
    make = tuple.__new__
    for at in range(count):
        code = unicode_of(text, at)
        if code == _HYPHEN:
            code = ord("-")
        if code in _ENDS or (code < 32 and generated(text, at)):
            continue
        if 0xE000 <= code <= 0xF8FF:
            unmapped += generated(text, at) == 0
        elif (code == 32 and generated(text, at) == 1) or (
            without_ink and chr(code).isspace() and _spot(raw, text, at) in without_ink
        ):
            continue
        elif loose(text, at, reference):
            box = (rect.left, rect.bottom, rect.right, rect.top)
            pieces.meet(at, box)
            if pieces.hidden:
                continue
            if code < 32 or 0xFFFD <= code <= 0xFFFF or (pieces.unmapped and code != 32):
                unmapped += 1
                code = ord(UNREADABLE)
            characters.append(make(Character, (chr(code), box, pieces.angle)))
            indexes.append(at)
    straight = main_angle(Counter(character[2] for character in characters)) == 0
    if straight and _hug_the_ink(characters):
        characters = [
            _standing(raw, text, at, one) if one[2] == 0 else one
            for at, one in zip(indexes, characters, strict=True)
        ]
    return characters, unmapped


class _Pieces:
    """What holds of all characters that one text object draws, asked once for each object.

    Attributes:
        angle: how far it is turned clockwise, in degrees.
        hidden: a clip path cuts it off.
        unmapped: its font does not say which characters its glyphs stand for: pdfium gives the glyphs' numbers.
    """

    def __init__(self, raw: Any, text: Any) -> None:
        self._raw = raw
        self._text = text
        # Older versions cannot say which object draws a character.
        self._object_of = getattr(raw, "FPDFText_GetTextObject", None)
        self._address: int | None = -1
        self._clipping = Clipping(raw)
        self.angle = 0
        self.hidden = self.unmapped = False

    def meet(self, at: int, box: Box) -> None:
        """Take the next character."""
        if self._object_of is not None:
            thing = self._object_of(self._text, at)
            address = cast(thing, c_void_p).value
            if address == self._address:
                return
            self._address = address
            self.hidden = address is not None and self._clipping.cuts(thing, box)
        self.angle = round(self._raw.FPDFText_GetCharAngle(self._text, at) * _DEGREES) % 360
        self.unmapped = self._raw.FPDFText_HasUnicodeMapError(self._text, at) == 1


def _spot(raw: Any, text: Any, at: int) -> Spot:
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(text, at, byref(x), byref(y))
    return spot_of(x.value, y.value)


def _hug_the_ink(characters: list[Character]) -> bool:
    """Tell whether boxes are as high as the strokes only: 一 is then flat, and would stand on a line of its own."""
    heights = sorted(box[3] - box[1] for char, box, _ in characters if "\u4e00" <= char <= "\u9fff")
    return bool(heights) and heights[0] < _FLAT * heights[len(heights) // 2]


def _standing(raw: Any, text: Any, at: int, one: Character) -> Character:
    """Return a character with the box its type size and its place on the base line give it."""
    char, box, angle = one
    x, y = c_double(), c_double()
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetCharOrigin(text, at, byref(x), byref(y)) or not raw.FPDFText_GetMatrix(
        text, at, byref(matrix)
    ):
        return one
    size = raw.FPDFText_GetFontSize(text, at) * (matrix.c**2 + matrix.d**2) ** 0.5
    if size <= 0:
        return one
    right = box[2] if char.isascii() else max(box[2], x.value + size)
    return Character(
        char, (min(x.value, box[0]), y.value - _BELOW * size, right, y.value + _ABOVE * size), angle
    )
