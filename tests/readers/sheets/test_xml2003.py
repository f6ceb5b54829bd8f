"""XML Spreadsheet 2003: a workbook in one XML file, whatever it is called."""

from __future__ import annotations

import pytest
from tests.readers.sheets.made_sheets import cells, texts, unread

from budgetlint.document import ReadError
from budgetlint.document.amount import NOT_COMPUTED
from budgetlint.readers.bundled import HTML, TEXT, XLS
from budgetlint.readers.sheets.xls import read


def workbook(content: str, styles: str = "", prefix: str = "") -> bytes:
    name = f"{prefix}:" if prefix else ""
    held = f"<{name}Styles>{styles}</{name}Styles>" if styles else ""
    default = f":{prefix}" if prefix else ""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><{name}Workbook xmlns{default}="{space}" '
        f'xmlns:ss="{space}" xmlns:x="urn:schemas-microsoft-com:office:excel">{held}{content}</{name}Workbook>'
    ).encode()


def data(value: str, kind: str = "Number", more: str = "") -> str:
    return f'<Cell {more}><Data ss:Type="{kind}">{value}</Data></Cell>'


def test_merged_placed_and_formatted_cells_are_shown() -> None:
    styles = '<Style ss:ID="a"><NumberFormat ss:Format="Standard"/></Style><Style ss:ID="b" ss:Parent="a"/>'
    styles += '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
    merged, placed = data("支出总表", "String", 'ss:MergeAcross="3"'), data("7", more='ss:Index="4"')
    head = "".join(data(text, "String") for text in ("项目", "合计", "日期", "备注"))
    amount = data("1234.5", more='ss:StyleID="b"')
    day = data("2024-01-31T00:00:00.000", "DateTime", 'ss:StyleID="d"')
    rows = f"<Row>{merged}</Row><Row>{head}</Row><Row>{data('甲', 'String')}{amount}{day}</Row>"
    rows += f'<Row ss:Index="5">{data("乙", "String")}{placed}</Row>'
    source = read("表.xls", workbook(f'<Worksheet ss:Name="表一"><Table>{rows}</Table></Worksheet>', styles))
    assert texts(source) == ["支出总表"]
    (grid,) = cells(source)
    assert grid[1] == ["甲", "1,234.50", "2024/1/31", ""] and grid[-1] == ["乙", "", "", "7"]


def test_hidden_lines_sheets_and_formulas_without_results_are_said() -> None:
    rows = f'<Column/><Column ss:Hidden="1"/><Row>{data("甲", "String")}{data("1")}{data("2")}</Row>'
    rows += f'<Row ss:Height="0">{data("乙", "String")}</Row><Row>{data("丙", "String")}<Cell/><Cell ss:Formula="=R[-2]C"/></Row>'
    hidden = (
        f'<Worksheet ss:Name="藏"><Table><Row>{data("1")}</Row></Table><x:WorksheetOptions><x:Visible>SheetHidden'
        "</x:Visible></x:WorksheetOptions></Worksheet>"
    )
    source = read("表.xml", workbook(f'<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet>{hidden}'))
    assert cells(source) == [[["甲", "2"], ["丙", NOT_COMPUTED]]]
    assert unread(source) == [("BL108", "C3")]
    assert {dict(n.facts)["what"] for n in source.notices if n.id == "BL103"} == {"行", "列", "工作表"}


@pytest.mark.parametrize("prefix", ["", "ss"])
def test_the_content_tells_the_format(prefix: str) -> None:
    file = workbook("", prefix=prefix)
    assert XLS.sniff(file) > max(HTML.sniff(file), TEXT.sniff(file))
    page = b'<html xmlns:x="urn:schemas-microsoft-com:office:spreadsheet"><body><table></table></body></html>'
    assert XLS.sniff(page) == 0.0 < HTML.sniff(page)
    with pytest.raises(ReadError, match="BL904"):
        read("表.xls", file[:-20])


def test_noughts_that_are_not_displayed_and_what_is_struck_out_are_blank() -> None:
    styles = '<Style ss:ID="z"><Font ss:StrikeThrough="1"/></Style>'
    line = f"<Row>{data('甲', 'String')}{data('0')}{data('9', more='ss:StyleID=' + chr(34) + 'z' + chr(34))}{data('2')}</Row>"
    sheet = (
        '<Worksheet ss:Name="表一"><Table>{}</Table><x:WorksheetOptions>{}</x:WorksheetOptions></Worksheet>'
    )
    source = read("表.xls", workbook(sheet.format(line, "<x:DoNotDisplayZeros/>"), styles))
    assert cells(source) == [[["甲", "", "", "2"]]] and [one.id for one in source.notices] == ["BL105"]
    assert cells(read("表.xls", workbook(sheet.format(line, ""), styles))) == [[["甲", "0", "", "2"]]]
