"""Tell by its content what a file is; the suffix is a hint only. Imports nothing heavy: every run asks every format."""

from __future__ import annotations

import re

from budgetlint.readers.safe.cfb import is_cfb, streams_of

_MESSAGE = re.compile(
    rb"^content-type:\s*(?:multipart/related|multipart/alternative|text/html)\b", re.I | re.M
)


_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"


def sniff_docx(data: bytes) -> float:
    """Return how surely this is a Word package: a zip with a Word part near its beginning or in its directory."""
    if is_flat(data):
        return 1.0 if b"/word/document" in data else 0.0
    if not data.startswith(b"PK\x03\x04"):
        return 0.0
    return 1.0 if b"word/document" in data or b"word/_rels" in data else 0.0


def is_flat(data: bytes) -> bool:
    """Tell an Office package written as one XML file."""
    return b"http://schemas.microsoft.com/office/2006/xmlPackage" in data[:2048]


def sniff_xlsx(data: bytes) -> float:
    """Return how surely this is an xlsx package."""
    return 1.0 if data.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in data else 0.0


def is_xml2003(data: bytes) -> bool:
    """Tell an XML Spreadsheet 2003 by its root element; pages that Excel saves name its namespaces too."""
    head = data[:4096].replace(b"\x00", b"")
    root = re.search(rb"<(?!\?|!--)[^>]*>", head)
    return (
        root is not None
        and re.match(rb"<(?:\w+:)?Workbook\b", root[0]) is not None
        and _SPREADSHEET in root[0]
    )


def sniff_xls(data: bytes) -> float:
    """Return how surely this is an old workbook."""
    if is_xml2003(data):
        return 1.0
    if is_cfb(data):
        return 1.0 if streams_of(data) & {"Workbook", "Book"} else 0.0
    return 1.0 if data.startswith(b"PK\x03\x04") and b"xl/workbook.bin" in data else 0.0


def sniff_pdf(data: bytes) -> float:
    """Return how surely this is a pdf: its mark stands within the first kilobyte."""
    at = data[:1024].find(b"%PDF-")
    return 1.0 if at == 0 else 0.9 if at > 0 else 0.0


def sniff_html(data: bytes) -> float:
    """Return how surely this is a page: it has the tags of one near its beginning."""
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return 0.95
    if is_mht(data):
        return 0.95
    return 0.7 if head.startswith(b"<") and re.search(rb"<(?:html|table|body|div|meta|p)[\s>]", head) else 0.0


def is_mht(data: bytes) -> bool:
    """Tell a page saved as one file: the head of a mail message that holds one."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    named = re.match(rb"[A-Za-z][A-Za-z-]*:", head) is not None
    return named and re.search(_MESSAGE, head) is not None


def sniff_office(data: bytes) -> float:
    """Return how surely this is a document only LibreOffice can read for us, or an encrypted package."""
    if data.startswith(b"{\\rtf"):
        return 1.0
    if b"http://schemas.microsoft.com/office/word/2003/wordml" in data[:4096]:
        return 1.0
    if data.startswith(b"PK\x03\x04") and b"application/vnd.oasis.opendocument.text" in data[:200]:
        return 1.0
    if not is_cfb(data):
        return 0.0
    streams = streams_of(data)
    if streams & {"Workbook", "Book"}:
        return 0.0
    return 0.9
