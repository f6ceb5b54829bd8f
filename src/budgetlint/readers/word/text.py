"""The text of a Word paragraph as printed: insertions taken, deletions and field codes left out."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from budgetlint.readers.word.xml import MATH, MC, W, integer, is_on, value

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
        "ruby",
        "rubyBase",
    )
) | {f"{MC}AlternateContent", f"{MC}Choice"}
T, _R, _R_PR, _VANISH = (f"{W}{name}" for name in ("t", "r", "rPr", "vanish"))
#: Settings of a run that is hidden or struck out.
_GONE = frozenset((_VANISH, f"{W}strike", f"{W}dstrike"))
_DELETED = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
#: What is drawn rather than written, and may hold text boxes.
_DRAWN = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
#: What stands between the two parts of a term in an equation (ECMA-376-1, 22.1.2).
_BETWEEN = {f"{MATH}f": ("den", "/"), f"{MATH}sSup": ("sup", "^")}


class Printed(Struct):
    """A paragraph's text with what hangs on it.

    Attributes:
        text: as printed; manual line breaks as ``\\n``.
        boxes: the content elements of its text boxes.
        drawn: its drawings and objects.
        notes: ids of its footnotes and endnotes, each with its kind.
        pages: page breaks Word rendered inside it.
        page_before: a page break stands in it before any text.
        changed, hidden: it holds tracked changes or text struck out, hidden text.
    """

    text: str = ""
    boxes: list[Any] = field(default_factory=list)
    drawn: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pages: int = 0
    page_before: bool = False
    changed: bool = False
    hidden: bool = False


class _Fields:
    """The fields that are open: of each, whether its code or its result is read (ECMA-376-1, 17.16.18).

    A field may stand in the code of another: what it gives is then no text of the paragraph.
    """

    def __init__(self) -> None:
        self._in_code: list[bool] = []

    @property
    def hide(self) -> bool:
        """Whether what is read is code, or the result of a field in some code."""
        return any(self._in_code)

    def meet(self, kind: str | None) -> None:
        """Take note of a w:fldChar."""
        if kind == "begin":
            self._in_code.append(True)
        elif kind == "separate" and self._in_code:
            self._in_code[-1] = False
        elif kind == "end" and self._in_code:
            self._in_code.pop()


def printed(paragraph: Any) -> Printed:
    """Read a w:p element."""
    found = Printed()
    parts: list[str] = []
    _walk(paragraph, parts, found, _Fields())
    found.text = "".join(parts)
    return found


def _walk(element: Any, parts: list[str], found: Printed, fields: _Fields) -> None:
    """Collect the text of an element and what hangs on it."""
    for child in element:
        tag = child.tag
        if tag == T:
            if child.text and not fields.hide:
                parts.append(child.text)
        elif tag in _HOLDERS:
            if tag == _R and (gone := _gone(child)):
                said = any(text.text and not text.text.isspace() for text in child.iter(T))
                found.hidden = found.hidden or (said and gone == _VANISH)
                found.changed = found.changed or (said and gone != _VANISH)
                continue
            found.changed = found.changed or tag in (f"{W}ins", f"{W}moveTo")
            _walk(child, parts, found, fields)
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
            if not fields.hide:
                parts.append(_entered(child))
            fields.meet(child.get(f"{W}fldCharType"))
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
        elif tag.startswith(MATH):
            parts.append("" if fields.hide else equation(child))
        else:
            if tag in _DRAWN:
                found.drawn.append(child)
            if next(child.iter(f"{W}txbxContent"), None) is not None:
                found.boxes += _outermost(child)


def equation(element: Any) -> str:
    """Return an equation on one line: a fraction with a stroke, a power with its mark, all else as it stands."""
    if element.tag == f"{MATH}t":
        return element.text or ""
    if element.tag == T:
        return element.text or ""
    if not isinstance(element.tag, str) or element.tag.endswith("Pr"):
        return ""
    second, mark = _BETWEEN.get(element.tag, ("", ""))
    return "".join(
        (mark if second and child.tag == f"{MATH}{second}" else "") + equation(child) for child in element
    )


def _outermost(element: Any) -> list[Any]:
    boxes: list[Any] = []
    for child in element:
        if child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag != f"{MC}Fallback":
            boxes += _outermost(child)
    return boxes


def _gone(run: Any) -> str:
    """Return the setting that takes a run's text out of what is printed: hidden or struck out; "" for none."""
    properties = run.find(_R_PR)
    if properties is None:
        return ""
    return next((one.tag for one in properties if one.tag in _GONE and is_on(one)), "")


def _entered(begin: Any) -> str:
    """Return what an old form field shows that has no result: a ticked box, the chosen entry (17.16.7, 17.16.9)."""
    data = begin.find(f"{W}ffData")
    for one in data if data is not None else ():
        if one.tag == f"{W}checkBox":
            ticked = one.find(f"{W}checked")
            return "☒" if is_on(ticked if ticked is not None else one.find(f"{W}default")) else "☐"
        if one.tag == f"{W}ddList":
            entries = [value(entry) or "" for entry in one.findall(f"{W}listEntry")]
            chosen = integer(one.find(f"{W}result")) or integer(one.find(f"{W}default")) or 0
            return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""


def _symbol(element: Any) -> str:
    """Return a w:sym as a character; those of symbol fonts (private code points) keep only boxes and ticks."""
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    known = {0xF052: "☑", 0xF0FE: "☒", 0xF0A3: "□", 0xF06F: "□", 0xF0A8: "□", 0xF0FC: "√"}
    return known.get(code, chr(code) if not 0xE000 <= code <= 0xF8FF else "")
