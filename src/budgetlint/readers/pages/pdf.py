"""Read pdf files with pdfium: glyphs, ruled lines and pictures of each page, whatever way it is turned."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from ctypes import byref, c_float, c_int, sizeof
from typing import Any

from msgspec.structs import replace

from budgetlint.document import Notice, Place, ReadError, Source
from budgetlint.readers.bundled import PDF
from budgetlint.readers.pages.flow import blocks_of
from budgetlint.readers.pages.glyphs import Box
from budgetlint.readers.pages.halves import pages_on
from budgetlint.readers.pages.page import Page, PageContent, content_of
from budgetlint.readers.pages.pdf_annotations import Entered, placed, with_annotations
from budgetlint.readers.pages.pdf_characters import Spot, read_characters, spot_of
from budgetlint.readers.pages.pdf_damage import PAGE_COUNT, damage_of
from budgetlint.readers.pages.pdf_structure import structure_of
from budgetlint.readers.pages.turning import Character, Drawing, main_angle, upright
from budgetlint.readers.pages.unread import readable, unread_notice

#: Caps for hostile files; a real disclosure document stays far below each.
MOST_PAGES, MOST_OBJECTS, MOST_POINTS, DEEPEST_FORM = 2000, 60_000, 100_000, 4
#: A thicker filled rectangle is shading, not a line.
THICKEST_LINE = 3.0
#: pdfium leaves a text object out whose ink is no wider than this.
NO_INK = 0.01


def read(path: str, data: bytes) -> Source:
    """Read a pdf file.

    Raises:
        ReadError: BL903 (extra not installed), BL905 (encrypted), BL904 (damaged), BL907 (larger than a cap).
    """
    try:
        import pypdfium2
        import pypdfium2.raw as raw
    except ImportError:
        raise ReadError("BL903", path, format="pdf", command="pip install 'budgetlint[pdf]'") from None
    structure = structure_of(data)
    damage = damage_of(data)
    try:
        document = pypdfium2.PdfDocument(structure.data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(error)
        raise ReadError("BL905" if encrypted else "BL904", path, cause=str(error)) from None
    if count == 0:
        document.close()
        raise ReadError("BL904", path, cause="no pages")
    if count > MOST_PAGES:
        document.close()
        raise ReadError("BL907", path, what="页", count=str(count), limit=str(MOST_PAGES))
    if damage.page_count not in (None, count):
        damage = replace(damage, whole=PAGE_COUNT)
    notices = list(damage.notices(path))
    if structure.is_form:
        notices.append(Notice("BL111", Place(path), (("what", "表单"), ("part", "XFA")), unread=True))
    contents: list[PageContent] = []
    try:
        for number in range(count):
            try:
                handle = document[number]
            except pypdfium2.PdfiumError:
                notices.append(
                    Notice("BL106", Place(path, page=number + 1), (("page", str(number + 1)),), unread=True)
                )
                continue
            handle, entered = with_annotations(document, handle, number, structure.draws_fields)
            page, notice = _PageReader(raw, handle, number + 1, path).read(entered)
            if notice is not None and number + 1 not in damage.pages:
                notices.append(notice)
            contents += [content_of(one, path) for one in pages_on(readable(page, notice))]
            handle.close()
    finally:
        document.close()
    return Source(path, "pdf", tuple(damage.doubted(blocks_of(contents, path))), tuple(notices))


class _PageReader:
    """Reads one page through pdfium's plain C interface."""

    def __init__(self, raw: Any, handle: Any, number: int, path: str) -> None:
        self._raw = raw
        self._handle = handle
        self._number = number
        self._path = path
        self._drawn = 0
        self._points = 0
        self._curves = 0
        self._without_ink: set[Spot] = set()
        # One of each, used again: making them anew takes longer than the calls.
        self._held = raw.FS_MATRIX()
        self._held_at = byref(self._held)
        self._x, self._y, self._fill, self._stroked = c_float(), c_float(), c_int(), c_int()
        self._edges = (c_float * 4)()
        self._bounds_at = tuple(
            byref(c_float.from_buffer(self._edges, at * sizeof(c_float))) for at in range(4)
        )
        self._point_at = (byref(self._x), byref(self._y))
        self._fill_at, self._stroked_at = byref(self._fill), byref(self._stroked)

    def read(self, entered: Sequence[Entered] = ()) -> tuple[Page, Notice | None]:
        """Return the upright page, what was entered in its fields with it, and what could not be read on it."""
        handle = self._handle
        width, height = handle.get_size()
        left, bottom, *_ = handle.get_bbox()
        strokes: list[Box] = []
        pictures: list[Box] = []
        self._objects(None, _IDENTITY, strokes, pictures, 0)
        text = handle.get_textpage()
        try:
            characters, unmapped = read_characters(self._raw, text.raw, self._path, self._without_ink)
        finally:
            text.close()
        if entered:
            angle = main_angle(Counter(one.angle for one in characters))
            characters += [Character(text, box, angle) for text, box in placed(entered)]
        shown = handle.get_rotation()
        if shown in (90, 270):
            width, height = height, width
        drawing = Drawing(self._number, width, height, left, bottom, characters, strokes, pictures, shown)
        page = upright(drawing)
        return page, unread_notice(page, self._path, unmapped, self._curves)

    def _objects(
        self, form: Any, matrix: tuple[float, ...], strokes: list[Box], pictures: list[Box], depth: int
    ) -> None:
        """Collect the lines and pictures of the page, or of a form drawn on it."""
        raw = self._raw
        holder = self._handle.raw if form is None else form
        count = (raw.FPDFPage_CountObjects if form is None else raw.FPDFFormObj_CountObjects)(holder)
        get = raw.FPDFPage_GetObject if form is None else raw.FPDFFormObj_GetObject
        type_of = raw.FPDFPageObj_GetType
        self._drawn += count
        if self._drawn > MOST_OBJECTS:
            raise ReadError("BL907", self._path, what="对象", count=str(self._drawn), limit=str(MOST_OBJECTS))
        for at in range(count):
            item = get(holder, at)
            kind = type_of(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._keep_without_ink(item, matrix)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path_strokes(item, matrix, strokes)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                pictures.append(_mapped(matrix, self._bounds(item)))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                self._objects(item, _product(self._matrix(item), matrix), strokes, pictures, depth + 1)

    def _keep_without_ink(self, item: Any, matrix: tuple[float, ...]) -> None:
        """Give a text object an outline where its glyphs have no ink: pdfium's text is without it otherwise.

        So does a lone character of a font that is neither in the file nor on this machine, and one of the empty
        font behind a scanned page.
        """
        left, _, right, _ = self._bounds(item)
        if right - left < NO_INK:
            self._raw.FPDFTextObj_SetTextRenderMode(item, self._raw.FPDF_TEXTRENDERMODE_STROKE)
            self._raw.FPDFPageObj_SetStrokeWidth(item, 1.0)
            # Bounds are measured anew by any transformation.
            self._raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, 0, 0)
            *_, x, y = _product(self._matrix(item), matrix)
            self._without_ink.add(spot_of(x, y))

    def _matrix(self, item: Any) -> tuple[float, ...]:
        matrix = self._held
        if not self._raw.FPDFPageObj_GetMatrix(item, self._held_at):
            return _IDENTITY
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _bounds(self, item: Any) -> Box:
        self._raw.FPDFPageObj_GetBounds(item, *self._bounds_at)
        left, bottom, right, top = self._edges
        return left, bottom, right, top

    def _path_strokes(self, item: Any, matrix: tuple[float, ...], strokes: list[Box]) -> None:
        """Add the straight horizontal and vertical lines of a path."""
        raw = self._raw
        fill, stroked = self._fill, self._stroked
        raw.FPDFPath_GetDrawMode(item, self._fill_at, self._stroked_at)
        if not fill.value and not stroked.value:
            return
        if matrix is _IDENTITY:
            left, bottom, right, top = self._bounds(item)
            if right - left <= THICKEST_LINE or top - bottom <= THICKEST_LINE:
                strokes.append((left, bottom, right, top))
                return
        count = raw.FPDFPath_CountSegments(item)
        self._points += count
        if self._points > MOST_POINTS:
            raise ReadError("BL907", self._path, what="线条", count=f">{MOST_POINTS}", limit=str(MOST_POINTS))
        matrix = _product(self._matrix(item), matrix)
        x, y = self._x, self._y
        segment_at, type_of, point_of = (
            raw.FPDFPath_GetPathSegment,
            raw.FPDFPathSegment_GetType,
            raw.FPDFPathSegment_GetPoint,
        )
        outline: list[tuple[float, float]] = []
        for at in range(count):
            segment = segment_at(item, at)
            kind = type_of(segment)
            point_of(segment, *self._point_at)
            point = _applied(matrix, x.value, y.value)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                _add_strokes(outline, bool(stroked.value), strokes)
                outline = [point]
            elif kind == raw.FPDF_SEGMENT_LINETO:
                outline.append(point)
            else:
                self._curves += 1
                outline = [point]
            if raw.FPDFPathSegment_GetClose(segment) and outline:
                outline.append(outline[0])
        _add_strokes(outline, bool(stroked.value), strokes)


_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _product(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...]:
    if two == _IDENTITY:
        return one
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _applied(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _mapped(matrix: tuple[float, ...], box: Box) -> Box:
    if matrix == _IDENTITY:
        return box
    return _around([_applied(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])])


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _add_strokes(outline: list[tuple[float, float]], stroked: bool, strokes: list[Box]) -> None:
    """Add what an outline draws: itself if it is as thin as a line, its straight edges if it is stroked."""
    if len(outline) < 2:
        return
    box = _around(outline)
    if min(box[2] - box[0], box[3] - box[1]) <= THICKEST_LINE:
        strokes.append(box)
    elif stroked:
        for (x0, y0), (x1, y1) in itertools.pairwise(outline):
            if abs(x0 - x1) < 1 or abs(y0 - y1) < 1:
                strokes.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


READER = PDF
