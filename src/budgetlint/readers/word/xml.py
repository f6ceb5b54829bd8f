"""Names and values of WordprocessingML."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def value(element: Any) -> str | None:
    """Return what an element's ``w:val`` says, None for no element."""
    return element.get(f"{W}val") if element is not None else None


def integer(element: Any) -> int | None:
    """Return the number in an element's ``w:val``, None where there is none."""
    return number_in(value(element))


def number_in(text: str | None) -> int | None:
    """Return a number as an attribute states it, None where it states none."""
    try:
        return int(text) if text is not None and len(text) < 12 else None
    except ValueError:
        return None


def is_on(element: Any) -> bool:
    """Tell whether a switch is on: it is there, and does not say it is off (ECMA-376-1, 17.17.4)."""
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off")
