"""The text of a Word paragraph as printed: insertions taken, deletions and field codes left out."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from budgetlint.readers.word.styles import W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: Children that only hold others.
_HOLDERS = frozenset(
    f"{W}{name}"
    for name in (
        "r",
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "fldSimple",
        "sdt",
        "sdtContent",
        "customXml",
        "dir",
        "bdo",
        "object",
        "pict",
        "ruby",
        "rubyBase",
    )
) | {f"{MC}AlternateContent", f"{MC}Choice"}
T, _R, _R_PR, _VANISH = (f"{W}{name}" for name in ("t", "r", "rPr", "vanish"))
_DELETED = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


class Printed(Struct):
    """A paragraph's text with what hangs on it.

    Attributes:
        text: as printed; manual line breaks as ``\\n``.
        boxes: the content elements of its text boxes.
        notes: ids of its footnotes and endnotes, each with its kind.
        pages: page breaks Word rendered inside it.
        page_before: a page break stands in it before any text.
        changed, hidden: it holds tracked changes, hidden text.
    """

    text: str = ""
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pages: int = 0
    page_before: bool = False
    changed: bool = False
    hidden: bool = False


def printed(paragraph: Any) -> Printed:
    """Read a w:p element."""
    found = Printed()
    parts: list[str] = []
    _walk(paragraph, parts, found, False)
    found.text = "".join(parts)
    return found


def _walk(element: Any, parts: list[str], found: Printed, in_field: bool) -> bool:
    """Collect text; returns whether a field's code is still open after the element."""
    for child in element:
        tag = child.tag
        if tag == T:
            if not in_field and child.text:
                parts.append(child.text)
        elif tag in _HOLDERS:
            if tag == _R and _vanishes(child):
                found.hidden = found.hidden or any(text.text for text in child.iter(T))
                continue
            found.changed = found.changed or tag in (f"{W}ins", f"{W}moveTo")
            in_field = _walk(child, parts, found, in_field)
        elif tag in _CHARACTERS:
            parts.append(_CHARACTERS[tag])
        elif tag == f"{W}br":
            if child.get(f"{W}type") in ("page", "column"):
                found.page_before = found.page_before or not "".join(parts).strip()
            else:
                parts.append("\n")
        elif tag == f"{W}lastRenderedPageBreak":
            found.pages += 1
            found.page_before = found.page_before or not "".join(parts).strip()
        elif tag == f"{W}fldChar":
            in_field = child.get(f"{W}fldCharType") == "begin"
        elif tag in _DELETED:
            found.changed = True
        elif tag == f"{W}sym":
            parts.append(_symbol(child))
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            found.notes.append((tag[len(W) :][:-9], child.get(f"{W}id") or ""))
        elif tag == f"{W}txbxContent":
            found.boxes.append(child)
        elif not isinstance(tag, str) or tag in (_R_PR, f"{W}pPr", f"{MC}Fallback"):
            continue
        elif next(child.iter(f"{W}txbxContent"), None) is not None:
            found.boxes += _outermost(child)
    return in_field


def _outermost(element: Any) -> list[Any]:
    boxes: list[Any] = []
    for child in element:
        if child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag != f"{MC}Fallback":
            boxes += _outermost(child)
    return boxes


def _vanishes(run: Any) -> bool:
    properties = run.find(_R_PR)
    vanish = properties.find(_VANISH) if properties is not None else None
    return vanish is not None and vanish.get(f"{W}val") not in ("0", "false")


def _symbol(element: Any) -> str:
    """Return a w:sym as a character; those of symbol fonts (private code points) keep only boxes and ticks."""
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    known = {0xF052: "☑", 0xF0FE: "☒", 0xF0A3: "□", 0xF06F: "□", 0xF0A8: "□", 0xF0FC: "√"}
    return known.get(code, chr(code) if not 0xE000 <= code <= 0xF8FF else "")
