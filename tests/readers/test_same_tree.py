"""The tree that rules see is the same whatever the file was, up to places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec import Struct
from tests.readers.made import DOCUMENT, as_docx, as_html, as_text, as_xlsx

from budgetlint.document import Source
from budgetlint.normalise import structure
from budgetlint.readers.pages import pdf
from budgetlint.readers.sheets import xlsx
from budgetlint.readers.text import plain as text
from budgetlint.readers.web import html
from budgetlint.readers.word import docx

#: What differs by nature: where things stand, what the file was, and what a workbook stores beside what it shows.
_APART = {"place", "source", "format", "stored", "notices", "span"}


def shape(node: object) -> object:
    """A tree without its places."""
    if isinstance(node, Struct):
        return {n: shape(getattr(node, n)) for n in node.__struct_fields__ if n not in _APART}
    if isinstance(node, dict):
        return {key: shape(value) for key, value in node.items()}
    if isinstance(node, (tuple, list)):
        return [shape(one) for one in node]
    return node


@pytest.fixture(scope="module")
def expected() -> object:
    return shape(structure(html.read("文", as_html(DOCUMENT))))


@pytest.mark.parametrize(
    ("read", "data"),
    [(text.read, as_text(DOCUMENT)), (docx.read, as_docx(DOCUMENT)), (xlsx.read, as_xlsx(DOCUMENT))],
    ids=["text", "docx", "xlsx"],
)
def test_trees_are_equal(read: Callable[[str, bytes], Source], data: bytes, expected: object) -> None:
    assert shape(structure(read("文", data))) == expected


def test_tree_of_a_pdf_is_equal(office: Callable[[bytes, str, str], bytes], expected: object) -> None:
    made = office(office(as_html(DOCUMENT), "html", "odt"), "odt", "pdf")
    assert shape(structure(pdf.read("文", made))) == expected
