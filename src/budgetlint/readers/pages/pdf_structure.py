"""What pdfium does not tell of a pdf: layers that are off, fields to be drawn by their values, forms of other programs.

ISO 32000-1, 8.11 (optional content): what belongs to a group that is off is neither shown nor printed.
"""

from __future__ import annotations

import io
from typing import NamedTuple

from budgetlint.readers.pages.pdf_layers import Layers


class Structure(NamedTuple):
    """A pdf as it is shown: its bytes without the layers that are off.

    Attributes:
        draws_fields: whether programs that show it are to draw its form fields by their values.
        is_form: its pages stand for a form (XFA) that other programs draw.
    """

    data: bytes
    draws_fields: bool = False
    is_form: bool = False


def structure_of(data: bytes) -> Structure:
    """Look through a pdf; one that cannot be looked through is left as it is, for pdfium to judge."""
    try:
        import pikepdf
    except ImportError:
        return Structure(data)
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            form = document.Root.get("/AcroForm", {})
            draws_fields = bool(form.get("/NeedAppearances", False)) and "/XFA" not in form
            is_form = "/XFA" in form and bool(document.Root.get("/NeedsRendering", False))
            layers = Layers(pikepdf, document)
            if not layers.any_hidden or not layers.strip():
                return Structure(data, draws_fields, is_form)
            stream = io.BytesIO()
            document.save(stream)
            return Structure(stream.getvalue(), draws_fields, is_form)
    except Exception:
        # Whatever is odd about it is told by pdfium, which reads it next.
        return Structure(data)
