"""Write findings into a pdf as highlights with pop-up notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from budgetlint.annotate.marks import AUTHOR, Mark
from budgetlint.document import ReadError
from budgetlint.results.findings import Severity

_COLORS = {
    Severity.ERROR: (1.0, 0.6, 0.6),
    Severity.WARNING: (1.0, 0.9, 0.4),
    Severity.NOTICE: (0.7, 0.85, 1.0),
}
#: The note of a finding without a box, in points: its size, and how far from the page's upper left corner.
_NOTE, _INSET = 20, 24
_POPUP_WIDTH, _POPUP_HEIGHT = 240, 120
#: The print flag: what is marked on the screen is marked on paper.
_PRINTED = 4


def write(path: str, data: bytes, marks: Sequence[Mark]) -> bytes:
    """Return the document with an annotation for each mark.

    Raises:
        ReadError: BL903 where pikepdf is not installed, BL904 where it cannot open the file.
    """
    try:
        import pikepdf
    except ImportError:
        raise ReadError(
            "BL903", path, format="annotate", command="pip install 'budgetlint[annotate]'"
        ) from None
    try:
        document = pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError as error:
        raise ReadError("BL904", path, cause=str(error)) from None
    with document:
        beside: dict[int, int] = {}
        for mark in marks:
            number = mark.place.page or 1
            if number > len(document.pages):
                continue
            page = document.pages[number - 1]
            box = mark.place.box
            if box is None:
                left, _, _, top = (float(edge) for edge in page.mediabox)
                at = beside[number] = beside.get(number, -1) + 1
                x, y = left + _INSET, top - _INSET - at * (_NOTE + 4)
                box = (x, y - _NOTE, x + _NOTE, y)
            _annotate(document, page, mark, box, pikepdf)
        stream = io.BytesIO()
        document.save(stream, deterministic_id=True)
    return stream.getvalue()


def _annotate(
    document: Any, page: Any, mark: Mark, box: tuple[float, float, float, float], pikepdf: Any
) -> None:
    left, bottom, right, top = box
    boxed = mark.place.box is not None
    annotation = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Highlight if boxed else pikepdf.Name.Text,
            Rect=[left, bottom, right, top],
            Contents=pikepdf.String(mark.text),
            T=pikepdf.String(AUTHOR),
            C=list(_COLORS.get(mark.severity, _COLORS[Severity.NOTICE])),
            F=_PRINTED,
            P=page.obj,
        )
    )
    if boxed:
        annotation.QuadPoints = pikepdf.Array([left, top, right, top, left, bottom, right, bottom])
    popup = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Popup,
            Rect=_popup(page, right, bottom),
            Parent=annotation,
            Open=False,
        )
    )
    annotation.Popup = popup
    if "/Annots" not in page.obj:
        page.obj.Annots = document.make_indirect(pikepdf.Array())
    page.obj.Annots.append(annotation)
    page.obj.Annots.append(popup)


def _popup(page: Any, right: float, bottom: float) -> list[float]:
    """Return where a note opens: below what it speaks of, and within the page."""
    left, lowest, rightmost, _ = (float(edge) for edge in page.mediabox)
    x = max(left, min(right, rightmost - _POPUP_WIDTH))
    y = max(lowest, bottom - _POPUP_HEIGHT)
    return [x, y, x + _POPUP_WIDTH, y + _POPUP_HEIGHT]
