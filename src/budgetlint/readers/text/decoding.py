"""Tells whether bytes are plain text."""

from __future__ import annotations

from budgetlint.document.decoding import decode

_FOREIGN = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def sniff(content: bytes) -> float:
    """Return how sure it is that these bytes are plain text: never so sure as a format with a signature."""
    head = content[:512].lstrip().lower()
    if content.startswith(_FOREIGN) or decode(content) is None:
        return 0.0
    return 0.1 if head.startswith((b"<!doctype", b"<html", b"<?xml")) else 0.4
