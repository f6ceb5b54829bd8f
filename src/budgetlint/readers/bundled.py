"""The readers budgetlint brings; each format's own module is loaded when a file needs it."""

from __future__ import annotations

from functools import partial
from importlib import import_module

from budgetlint.document import Source
from budgetlint.readers import sniffing
from budgetlint.readers.reader import Reader
from budgetlint.readers.text import decoding


def _read(module: str, path: str, data: bytes) -> Source:
    """Read with a module of this package."""
    source: Source = import_module(f"budgetlint.readers.{module}").read(path, data)
    return source


TEXT = Reader(
    "text", (".txt", ".md", ".markdown", ".text", ".tsv"), decoding.sniff, partial(_read, "text.plain")
)
DOCX = Reader("docx", (".docx",), sniffing.sniff_docx, partial(_read, "word.docx"))
XLSX = Reader("xlsx", (".xlsx", ".xlsm", ".et"), sniffing.sniff_xlsx, partial(_read, "sheets.xlsx"))
XLS = Reader("xls", (".xls", ".et", ".xlsb", ".xml"), sniffing.sniff_xls, partial(_read, "sheets.xls"))
PDF = Reader("pdf", (".pdf",), sniffing.sniff_pdf, partial(_read, "pages.pdf"))
HTML = Reader("html", (".html", ".htm", ".mht", ".mhtml"), sniffing.sniff_html, partial(_read, "web.html"))
OFFICE = Reader("doc", (".doc", ".wps", ".rtf", ".odt"), sniffing.sniff_office, partial(_read, "office"))

READERS = (TEXT, DOCX, XLSX, XLS, PDF, HTML, OFFICE)
