"""Pages as programs save them: “single file web pages” (mht), workbooks with a page for each sheet, frames."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message
from html import unescape
from urllib.parse import unquote, urljoin

from msgspec import Struct

from budgetlint.document import ReadError
from budgetlint.readers.web.tree import Node, decode

#: How Excel names the sheets of a workbook saved as a web page.
_SHEET = re.compile(r"<x:ExcelWorksheet>(.*?)</x:ExcelWorksheet>", re.DOTALL)
_NAME = re.compile(r"<x:Name>(.*?)</x:Name>", re.DOTALL)
_SOURCE = re.compile(r"<x:WorksheetSource\s+HRef=[\"']([^\"']*)", re.IGNORECASE)
_HIDDEN = re.compile(r"<x:Visible>\s*Sheet(?:Very)?Hidden", re.IGNORECASE)
_FRAME = re.compile(r"<frame\b[^>]*\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_TABS = re.compile(r"tabstrip\.html?$", re.IGNORECASE)
_OPENED, _CLOSED = (
    re.compile(rb"<(?:html|body)\b", re.IGNORECASE),
    re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE),
)
_TABLE_OPENED, _TABLE_CLOSED = (re.compile(one, re.IGNORECASE) for one in (rb"<table\b", rb"</table\s*>"))


class SavedPage(Struct, frozen=True):
    """A page: its content, and of a sheet its name and whether people see it."""

    name: str
    data: bytes
    hidden: bool = False


class SavedPages(Struct, frozen=True):
    """The pages of a file in order, and those that it names and does not hold."""

    pages: tuple[SavedPage, ...]
    lost: tuple[str, ...] = ()


def saved_pages(path: str, data: bytes) -> SavedPages:
    """Return the pages that a message holds: the sheets of a workbook, the frames of a frameset, or its one page.

    Raises:
        ReadError: BL904, there is no page in it.
    """
    message = email.message_from_bytes(data.lstrip())
    parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
    contents = [(_location(part), _content(part)) for part in parts]
    if not contents:
        raise ReadError("BL904", path, cause="mht")
    base, first = contents[0]
    by_location = {place.lower(): content for place, content in contents}
    wanted = _named_pages(decode(first))
    if not wanted:
        return SavedPages((SavedPage("", first),))
    pages: list[SavedPage] = []
    lost: list[str] = []
    for name, source, hidden in wanted:
        content = by_location.get(unquote(urljoin(base, source)).lower())
        if content is None:
            tail = "/" + unquote(source).lower().rpartition("/")[2]
            content = next((held for place, held in by_location.items() if place.endswith(tail)), None)
        if content is None:
            lost.append(source)
        else:
            pages.append(SavedPage(name, content, hidden))
    return SavedPages(tuple(pages), tuple(lost))


def _named_pages(text: str) -> list[tuple[str, str, bool]]:
    """Return name, source and whether it is hidden of each sheet or frame that a page consists of."""
    sheets = [
        (unescape(name[1]).strip(), source[1], _HIDDEN.search(sheet) is not None)
        for sheet in _SHEET.findall(text)
        if (name := _NAME.search(sheet)) and (source := _SOURCE.search(sheet))
    ]
    return sheets or [
        ("", unescape(source), False) for source in _FRAME.findall(text) if not _TABS.search(source)
    ]


def frames_of(root: Node) -> Iterator[str]:
    """Yield the sources of the frames a page consists of: each is a page in another file."""
    for node in root.walk():
        source = node.attributes.get("src", "") if node.tag == "frame" else ""
        if source and not _TABS.search(source):
            yield source


def is_cut_off(data: bytes) -> bool:
    """Tell a page that ends before its end: it closes neither body nor html, or has none and leaves a table open."""
    if _OPENED.search(data):
        return not _CLOSED.search(data)
    return len(_TABLE_OPENED.findall(data)) > len(_TABLE_CLOSED.findall(data))


def _location(part: Message) -> str:
    return unquote(str(part.get("Content-Location", "")).strip())


def _content(part: Message) -> bytes:
    """Return a part's content, marked as UTF-8 where the message says how it is written."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    try:
        return (
            b"\xef\xbb\xbf" + content.decode(part.get_content_charset() or "").removeprefix("\ufeff").encode()
        )
    except (LookupError, UnicodeDecodeError):
        return content
