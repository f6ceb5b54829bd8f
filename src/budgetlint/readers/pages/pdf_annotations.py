"""Annotations that are printed with a pdf page: filled form fields, stamps, typed text (ISO 32000-1, 12.5).

pdfium's text is that of the page's own content; annotations become part of it, in memory, where they show anything.
Fields that have no appearance of their own, or are to be drawn anew, are shown by the program with their values.
"""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import POINTER, byref, c_ushort, cast, create_string_buffer
from typing import Any, NamedTuple

from budgetlint.readers.pages.glyphs import Box

#: Annotations that show text or a picture of it; comments, links and marks of revision do not.
_SUBTYPES = frozenset(("FREETEXT", "STAMP", "WIDGET", "WATERMARK"))
#: More annotations than any page of a document has.
MOST = 5_000
#: Flags of annotations that are not shown (12.5.3): hidden, not on the screen.
_HIDDEN = 0x02 | 0x20
#: A text field of which asterisks are shown (12.7.4.3).
_PASSWORD = 1 << 13
#: Type is so high in a field of one line, and no higher than this, in points.
_TYPE_SHARE, _TYPE_MOST = 0.7, 12.0


class Entered(NamedTuple):
    """What a field without an appearance shows: its lines of text, and its box (left, bottom, right, top)."""

    lines: tuple[str, ...]
    box: Box


class Annotated(NamedTuple):
    """A page with what its annotations show: drawn with its content, or entered in fields."""

    page: Any
    entered: tuple[Entered, ...] = ()


def with_annotations(document: Any, page: Any, number: int, draws_fields: bool = False) -> Annotated:
    """Return a page with what its annotations show; the page itself where there is nothing.

    Args:
        document, page: of pypdfium2; a page that is not returned is closed.
        number: of the page, from 0.
        draws_fields: fields are to be drawn by their values, whatever their appearances.
    """
    import pypdfium2.raw as raw

    count = raw.FPDFPage_GetAnnotCount(page.raw)
    if not 0 < count <= MOST:
        return Annotated(page)
    kinds = {getattr(raw, f"FPDF_ANNOT_{name}") for name in _SUBTYPES}
    if not any(_shows(raw, page.raw, at, kinds) for at in range(count)):
        return Annotated(page)
    document.init_forms()
    form = getattr(document.formenv, "raw", None)
    found = (_entered(raw, form, page.raw, at, kinds, draws_fields) for at in range(count))
    entered = tuple(one for one in found if one is not None)
    if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return Annotated(page, entered)
    page.close()
    return Annotated(document[number], entered)


def placed(entered: Sequence[Entered]) -> list[tuple[str, Box]]:
    """Return the characters of fields with the boxes they would be printed in: from the left, lines from the top."""
    found: list[tuple[str, Box]] = []
    for lines, (left, bottom, right, top) in entered:
        size = min(_TYPE_MOST, (top - bottom) * _TYPE_SHARE / len(lines))
        longest = max(sum(0.5 if char.isascii() else 1.0 for char in line) for line in lines)
        size = min(size, (right - left) / max(longest, 1.0))
        room = (top - bottom) / len(lines)
        for at, line in enumerate(lines):
            x, y = left, top - room * at - (room + size) / 2
            for char in line:
                wide = size * (0.5 if char.isascii() else 1.0)
                found.append((char, (x, y, x + wide, y + size)))
                x += wide
    return found


def _shows(raw: Any, page: Any, at: int, kinds: set[int]) -> bool:
    """Tell whether an annotation is one of some kinds, is shown and draws anything."""
    annotation = raw.FPDFPage_GetAnnot(page, at)
    if not annotation:
        return False
    try:
        if raw.FPDFAnnot_GetSubtype(annotation) not in kinds or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            return False
        # What a field holds may stand with its parent.
        widget = raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET
        return widget or bool(_said(raw, annotation, b"Contents")) or _is_drawn(raw, annotation)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _is_drawn(raw: Any, annotation: Any) -> bool:
    return bool(raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2)


def _entered(raw: Any, form: Any, page: Any, at: int, kinds: set[int], draws_fields: bool) -> Entered | None:
    """Return what a field, or typed text, shows that has no appearance; one to be drawn anew loses what it has."""
    annotation = raw.FPDFPage_GetAnnot(page, at)
    if not annotation:
        return None
    try:
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind not in kinds or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            return None
        drawn = _is_drawn(raw, annotation)
        if kind == raw.FPDF_ANNOT_FREETEXT and not drawn:
            text = _said(raw, annotation, b"Contents")
        elif kind == raw.FPDF_ANNOT_WIDGET and form is not None and (draws_fields or not drawn):
            text = _value(raw, form, annotation)
            if text and drawn:
                raw.FPDFAnnot_SetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None)
        else:
            return None
        rect = raw.FS_RECTF()
        if not raw.FPDFAnnot_GetRect(annotation, byref(rect)):
            return None
        box = (rect.left, rect.bottom, rect.right, rect.top)
        lines = tuple(line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip())
        return Entered(lines, box) if lines and box[2] > box[0] and box[3] > box[1] else None
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _value(raw: Any, form: Any, annotation: Any) -> str:
    """Return what a text field or a choice holds: of a choice the words that are shown for it."""
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        count = min(raw.FPDFAnnot_GetOptionCount(form, annotation), MOST)
        chosen = [at for at in range(count) if raw.FPDFAnnot_IsOptionSelected(form, annotation, at)]
        if chosen:
            return "\n".join(
                _wide(
                    lambda buffer, size, at=at: raw.FPDFAnnot_GetOptionLabel(
                        form, annotation, at, buffer, size
                    )
                )
                for at in chosen
            )
    elif (
        kind != raw.FPDF_FORMFIELD_TEXTFIELD or raw.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD
    ):
        return ""
    return _wide(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))


def _said(raw: Any, annotation: Any, key: bytes) -> str:
    """Return a text of an annotation."""
    return _wide(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _wide(ask: Any) -> str:
    """Return the text (UTF-16) that a function of pdfium writes into a buffer."""
    size = ask(None, 0)
    buffer = create_string_buffer(size + 2)
    ask(cast(buffer, POINTER(c_ushort)), size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")
