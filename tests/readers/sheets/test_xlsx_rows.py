"""Rows are the same whether their XML is scanned or parsed; what is written otherwise is left to the parser."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetlint.readers.sheets.xlsx_rows import RawCell, rows_and_rest, style_and_kind

_XMLNS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(rows: str, tail: str = "") -> bytes:
    return f"<worksheet {_XMLNS}><cols/><sheetData>{rows}</sheetData>{tail}</worksheet>".encode()


def rows(data: bytes) -> list[tuple[int, bool, list[tuple[object, ...]]]]:
    """The rows that say anything: a cell that holds nothing is as good as none."""
    found, _ = rows_and_rest("表.xlsx", "sheet1.xml", data)
    return [
        (row.number, row.hidden, [told(cell) for cell in row.cells if cell[2] or cell[3]]) for row in found
    ]


def told(cell: RawCell) -> tuple[object, ...]:
    """A cell with what its attributes say, and whether it has a formula."""
    letters, attributes, formula, value = cell
    return letters, style_and_kind(attributes), bool(formula), value


VALUES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=6).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
INSIDES = st.one_of(
    VALUES.map(lambda text: f"<v>{text}</v>"),
    VALUES.map(lambda text: f"<f>{text}</f><v>1.5</v>"),
    st.sampled_from(["", "<v/>", '<f t="shared" si="0"/>', "<f>A1</f>"]),
)
CELLS = st.tuples(
    st.sampled_from(["", ' s="3"']), st.sampled_from(["", ' t="n"', ' t="s"', ' t="str"']), INSIDES
)
ROWS = st.lists(st.tuples(st.booleans(), st.lists(CELLS, max_size=4)), max_size=4)


def written(drawn: list[tuple[bool, list[tuple[str, str, str]]]]) -> str:
    text = ""
    for number, (hidden, cells) in enumerate(drawn, 1):
        text += f'<row r="{2 * number}" spans="1:4"{" hidden=" + chr(34) + "1" + chr(34) if hidden else ""}>'
        for column, (style, kind, inside) in zip("ACDX", cells, strict=False):
            text += f'<c r="{column}{2 * number}"{style}{kind}>{inside}</c>'
        text += "</row>"
    return text


@given(ROWS)
@settings(max_examples=60)
def test_scanned_rows_are_the_parsed_ones(drawn: list[tuple[bool, list[tuple[str, str, str]]]]) -> None:
    data = sheet(written(drawn))
    assert rows(data) == rows(data.replace(b"<cols/>", b"<!-- parsed --><cols/>"))


@pytest.mark.parametrize(
    "cells",
    [
        '<c s="1" r="A1"><v>1</v></c>',
        '<c r="A1"><v xml:space="preserve">1</v></c>',
        '<c r="A1" t="inlineStr"><is><r><t>1</t></r></is></c>',
        "<c><v>1</v></c>",
    ],
)
def test_unusual_writing_is_parsed(cells: str) -> None:
    ((number, _, (cell,)),) = rows(sheet(f'<row r="1">{cells}</row>'))
    assert (number, cell[0], cell[3]) == (0, "A", "1")
