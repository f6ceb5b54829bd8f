"""Formats that draw pages: glyphs, strokes and pictures become lines and grids.

Public: a plugin that reads a format of pages says what each page draws, and gets blocks by the core's own layout.

=================  ====================================================================================
``Box``            (left, bottom, right, top) in points from the lower left corner of the page
``Glyph``          a printed character with its box
``Stroke``         a straight line that may rule a table
``Page``           what a page draws: its size, glyphs, strokes, pictures
``Character``      a character with its box and how far it is turned, as a file draws it
``Drawing``        what a file draws on one page: its characters, strokes and pictures, turned in any way
``upright``        the page of a drawing, turned so that its text stands upright, without its watermark
``UNREADABLE``     stands for a glyph that the file does not say the character of
``readable``       a page as it is read, by its notice
``unread_notice``  what on a page could not be read, as a ``Notice``
``pages_on``       the pages printed on one sheet: itself, or two side by side
``content_of``     the lines and grids found on a page, as a ``PageContent``
``blocks_of``      the paragraphs and tables of all pages, those cut by page breaks joined
=================  ====================================================================================
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from budgetlint.readers.pages.flow import blocks_of
    from budgetlint.readers.pages.glyphs import Box, Glyph
    from budgetlint.readers.pages.halves import pages_on
    from budgetlint.readers.pages.page import Page, PageContent, content_of
    from budgetlint.readers.pages.ruling import Stroke
    from budgetlint.readers.pages.turning import Character, Drawing, upright
    from budgetlint.readers.pages.unread import UNREADABLE, readable, unread_notice

_HOME_OF = {
    "Box": "glyphs",
    "Character": "turning",
    "Drawing": "turning",
    "Glyph": "glyphs",
    "Page": "page",
    "PageContent": "page",
    "Stroke": "ruling",
    "blocks_of": "flow",
    "content_of": "page",
    "pages_on": "halves",
    "UNREADABLE": "unread",
    "readable": "unread",
    "unread_notice": "unread",
    "upright": "turning",
}

__all__ = [
    "UNREADABLE",
    "Box",
    "Character",
    "Drawing",
    "Glyph",
    "Page",
    "PageContent",
    "Stroke",
    "blocks_of",
    "content_of",
    "pages_on",
    "readable",
    "unread_notice",
    "upright",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
