"""Annotations that are printed with a pdf page: filled form fields, stamps, typed text (ISO 32000-1, 12.5).

pdfium's text is that of the page's own content; annotations become part of it, in memory, where they show anything.
"""

from __future__ import annotations

from ctypes import POINTER, c_ushort, cast, create_string_buffer
from typing import Any

#: Annotations that show text or a picture of it; comments, links and marks of revision do not.
_SUBTYPES = frozenset(("FREETEXT", "STAMP", "WIDGET", "WATERMARK"))
#: More annotations than any page of a document has.
MOST = 5_000
#: Flags of annotations that are not shown (12.5.3): hidden, not on the screen.
_HIDDEN = 0x02 | 0x20


def with_annotations(document: Any, page: Any, number: int) -> Any:
    """Return a page with what its annotations show as part of its content; the page itself where there is nothing.

    Args:
        document, page: of pypdfium2; a page that is not returned is closed.
        number: of the page, from 0.
    """
    import pypdfium2.raw as raw

    count = raw.FPDFPage_GetAnnotCount(page.raw)
    if not 0 < count <= MOST:
        return page
    kinds = {getattr(raw, f"FPDF_ANNOT_{name}") for name in _SUBTYPES}
    if not any(_shows(raw, page.raw, at, kinds) for at in range(count)):
        return page
    document.init_forms()
    if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[number]


def _shows(raw: Any, page: Any, at: int, kinds: set[int]) -> bool:
    """Tell whether an annotation is one of some kinds, is shown and draws anything."""
    annotation = raw.FPDFPage_GetAnnot(page, at)
    if not annotation:
        return False
    try:
        if raw.FPDFAnnot_GetSubtype(annotation) not in kinds or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            return False
        return bool(_said(raw, annotation)) or raw.FPDFAnnot_GetAP(annotation, 0, None, 0) > 2
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _said(raw: Any, annotation: Any) -> str:
    """Return the value of a field."""
    size = raw.FPDFAnnot_GetStringValue(annotation, b"V", None, 0)
    buffer = create_string_buffer(size + 2)
    raw.FPDFAnnot_GetStringValue(annotation, b"V", cast(buffer, POINTER(c_ushort)), size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")
