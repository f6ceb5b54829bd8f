"""Say what on a page could not be read: glyphs without characters, a picture or outlines in place of text."""

from __future__ import annotations

from msgspec.structs import replace

from budgetlint.document import Notice, Place
from budgetlint.readers.pages.page import Page

#: From this share of a page on, a picture may hold what the page says.
PICTURE_SHARE = 0.25
#: So many characters printed over a picture are its text.
FEWEST_OVER = 20
#: A page that prints so many beside a picture is read; only its picture is not (a scan bears a head and a number).
FEWEST_BESIDE = 80
#: From this share of characters without Unicode on, a page's text is no text.
UNMAPPED_SHARE = 0.1
#: A page that draws more curves and no text has its text turned into outlines.
MOST_CURVES = 200


#: Stands in the text of a page for a glyph that is no known character.
UNREADABLE = "\ufffd"


def readable(page: Page, notice: Notice | None) -> Page:
    """Return a page as it is read: without its unreadable characters where they are so many that it is unread."""
    if notice is None or notice.id != "BL109":
        return page
    return replace(page, glyphs=[glyph for glyph in page.glyphs if glyph.text != UNREADABLE])


def unread_notice(page: Page, path: str, unmapped: int = 0, curves: int = 0) -> Notice | None:
    """Return what could not be read on a page, None where all could.

    Args:
        page: as it is printed.
        path: the file, as the user named it.
        unmapped: how many of its characters have no Unicode, those among them that stand as unreadable ones.
        curves: how many curves it draws.
    """
    place = Place(path, page=page.number)
    unreadable = sum(glyph.text == UNREADABLE for glyph in page.glyphs)
    printed = sum(not glyph.text.isspace() for glyph in page.glyphs) - unreadable
    facts = (("page", str(page.number)),)
    if unmapped > UNMAPPED_SHARE * (printed + unmapped):
        return Notice("BL109", place, facts, unread=True)
    if unreadable:
        return Notice("BL115", place, (*facts, ("count", str(unreadable))), unread=True)
    area = page.width * page.height or 1.0
    for left, top, right, bottom in page.pictures:
        if (right - left) * (bottom - top) < PICTURE_SHARE * area:
            continue
        over = sum(left <= glyph.left <= right and top <= glyph.top <= bottom for glyph in page.glyphs)
        if over < FEWEST_OVER:
            at = place.within(box=page.place_box((left, top, right, bottom)))
            if printed - over < FEWEST_BESIDE:
                return Notice("BL106", at, facts, unread=True)
            beside = (("what", "图片"), ("part", f"第 {page.number} 页"))
            return Notice("BL111", at, beside, unread=True)
    if printed == 0 and curves > MOST_CURVES:
        return Notice("BL106", place, facts, unread=True)
    return None
