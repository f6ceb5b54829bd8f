"""What a Word file shows besides plain text is read, or said to be unread with its part."""

from __future__ import annotations

import base64

import pytest
from tests.readers.word.made_word import NAMES, cells, document, p, packed, tbl, texts

from budgetlint.document import ReadError, Source
from budgetlint.readers.office import converted
from budgetlint.readers.sniffing import sniff_docx, sniff_office
from budgetlint.readers.word.docx import read

ROWS = (["项目", "合计"], ["合计", "120.00"])
TABLE = [[["项目", "合计"], ["合计", "120.00"]]]


def unread(source: Source) -> list[tuple[str, str, str]]:
    return [
        (notice.id, dict(notice.facts).get("what", ""), dict(notice.facts)["part"])
        for notice in source.notices
        if notice.unread
    ]


def picture(width: int, height: int, anchor: str = "inline") -> str:
    """A drawing with a picture; its size in points."""
    return (
        f'<w:p><w:r><w:drawing><wp:{anchor}><wp:extent cx="{width * 12700}" cy="{height * 12700}"/><a:graphic>'
        f'<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="i"/></pic:blipFill></pic:pic></a:graphicData>'
        f"</a:graphic></wp:{anchor.split()[0]}></w:drawing></w:r></w:p>"
    )


IMAGE = {"i": ("image", "media/image1.png")}


def test_a_picture_of_the_size_of_a_table_is_named_and_a_seal_is_not() -> None:
    drawn = read("文.docx", packed(p("支出总表") + picture(400, 200), {"media/image1.png": b""}, IMAGE))
    assert unread(drawn) == [("BL111", "图片", "word/media/image1.png")]
    assert drawn.notices[0].place.paragraph == 1
    for small in (picture(120, 120), picture(400, 30), picture(400, 500, 'anchor behindDoc="1"')):
        assert not read("文.docx", packed(p("支出总表") + small, {"media/image1.png": b""}, IMAGE)).notices


def test_an_old_picture_is_measured_by_its_style() -> None:
    shape = '<w:p><w:r><w:pict><v:shape style="width:{}pt;height:150pt"><v:imagedata r:id="i"/></v:shape></w:pict></w:r></w:p>'
    assert unread(read("文.docx", packed(shape.format(400), {}, IMAGE))) == [
        ("BL111", "图片", "word/media/image1.png")
    ]
    assert not read("文.docx", packed(shape.format(90), {}, IMAGE)).notices


def test_pasted_workbooks_and_charts_are_named_also_in_cells() -> None:
    workbook = '<w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="x"/></w:object>'
    chart = '<w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="c"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    related = {"x": ("package", "embeddings/表.xlsx"), "c": ("chart", "charts/chart1.xml")}
    body = f"<w:p><w:r>{workbook}</w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r>{chart}</w:r></w:p></w:tc></w:tr></w:tbl>"
    assert unread(read("文.docx", packed(body, {}, related))) == [
        ("BL111", "嵌入的对象", "word/embeddings/表.xlsx"),
        ("BL111", "图表", "word/charts/chart1.xml"),
    ]


def test_a_part_that_is_named_and_not_there_is_said_to_be_lost() -> None:
    source = read("文.docx", packed(p("甲"), {}, {"n": ("numbering", "numbering.xml")}))
    assert unread(source) == [("BL112", "", "word/numbering.xml")]


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_page_within_the_document_is_read_in_its_place(wrapped: bool) -> None:
    page = (
        "<html><body><p>支出总表</p><table><tr><td>项目<td>合计<tr><td>合计<td>120.00</table></body></html>"
    )
    mail = f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{page}"
    chunk = {"c": ("aFChunk", "a.mht" if wrapped else "a.html")}
    body = p("前") + '<w:altChunk r:id="c"/>' + p("后")
    source = read("文.docx", packed(body, {chunk["c"][1]: (mail if wrapped else page)}, chunk))
    assert texts(source) == ["前", "支出总表", "后"] and cells(source) == TABLE
    assert [block.place.paragraph for block in source.blocks] == [0, 1, 1, 2]


def test_a_document_within_the_document_is_read_and_what_cannot_be_is_named() -> None:
    chunk = {"c": ("aFChunk", "a.docx")}
    inner = read("文.docx", packed('<w:altChunk r:id="c"/>', {"a.docx": packed(p("内") + tbl(*ROWS))}, chunk))
    assert texts(inner) == ["内"] and cells(inner) == TABLE
    foreign = read("文.docx", packed('<w:altChunk r:id="c"/>', {"a.docx": b"{\\rtf1 x}"}, chunk))
    assert unread(foreign) == [("BL111", "嵌入的文档", "word/a.docx")]


def test_strict_documents_are_read_as_others() -> None:
    import io
    import zipfile

    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed(p("一、支出") + tbl(*ROWS)))) as source,
        zipfile.ZipFile(stream, "w") as target,
    ):
        for name in source.namelist():
            strict = source.read(name).decode()
            strict = strict.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            ).replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/",
                "http://purl.oclc.org/ooxml/officeDocument/",
            )
            target.writestr(name, strict)
    read_back = read("文.docx", stream.getvalue())
    assert texts(read_back) == ["一、支出"] and cells(read_back) == TABLE


def test_a_package_in_one_xml_file_is_read() -> None:
    package = "http://schemas.microsoft.com/office/2006/xmlPackage"
    numbered = base64.b64encode(f"<w:styles {NAMES}/>".encode()).decode()
    flat = (
        f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="{package}">'
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{document(p("一、支出") + tbl(*ROWS))}</pkg:xmlData></pkg:part>'
        f'<pkg:part pkg:name="/word/styles.xml"><pkg:binaryData>{numbered}</pkg:binaryData></pkg:part></pkg:package>'
    ).encode()
    assert sniff_docx(flat) == 1.0
    source = read("文.xml", flat)
    assert texts(source) == ["一、支出"] and cells(source) == TABLE


def test_the_xml_of_word_2003_is_one_of_the_old_formats() -> None:
    old = b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
    assert sniff_office(old) == 1.0
    with pytest.raises(ReadError, match="BL9"):
        converted("文.doc", b"{\\rtf1", 0.01)


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_a_field_in_the_result_of_another_is_printed_and_one_in_its_code_is_not() -> None:
    begin, separate, end = (FIELD.format(kind) for kind in ("begin", "separate", "end"))
    inner = begin + separate + run("100") + end
    in_code = f"<w:p>{run('支出')}{begin}{inner}{separate}{run('120')}{end}{run('万元')}</w:p>"
    in_result = f"<w:p>{begin}{separate}{run('甲')}{inner}{run('乙')}{end}</w:p>"
    without_result = f"<w:p>{run('甲')}{begin}{run('码')}{end}{run('乙')}</w:p>"
    assert texts(read("文.docx", packed(in_code + in_result + without_result))) == [
        "支出120万元",
        "甲100乙",
        "甲乙",
    ]


def test_equations_are_printed_on_their_line() -> None:
    def term(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    fraction = f"<m:f><m:num>{term('1')}</m:num><m:den>{term('4')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{term('10')}</m:e><m:sup>{term('4')}</m:sup></m:sSup>"
    body = f"<w:p>{run('占')}<m:oMath>{fraction}</m:oMath>{run('，即')}<m:oMath>{term('25%')}{power}</m:oMath></w:p>"
    assert texts(read("文.docx", packed(body))) == ["占1/4，即25%10^4"]
    in_cell = f"<w:tbl><w:tr><w:tc><w:p><m:oMath>{term('12.5%')}</m:oMath></w:p></w:tc><w:tc>{p('甲')}</w:tc></w:tr></w:tbl>"
    assert cells(read("文.docx", packed(in_cell))) == [[["12.5%", "甲"]]]


def struck(text: str, setting: str) -> str:
    return f"<w:r><w:rPr>{setting}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize("setting", ["<w:strike/>", '<w:dstrike w:val="1"/>'])
def test_what_is_struck_out_is_left_out_and_said_also_in_cells(setting: str) -> None:
    line = f"<w:p>{run('支出')}{struck('100', setting)}{struck('120', '<w:strike w:val=' + chr(34) + '0' + chr(34) + '/>')}</w:p>"
    source = read(
        "文.docx", packed(line + f"<w:tbl><w:tr><w:tc>{line}</w:tc><w:tc>{p('甲')}</w:tc></w:tr></w:tbl>")
    )
    assert texts(source) == ["支出120"] and cells(source) == [[["支出120", "甲"]]]
    assert [(one.id, one.unread) for one in source.notices] == [("BL105", False)]
    blank = read("文.docx", packed(f"<w:p>{run('支出')}{struck(' ', setting)}</w:p>"))
    assert texts(blank) == ["支出"] and not blank.notices


def test_a_hidden_row_is_left_out_and_said() -> None:
    body = tbl(*ROWS).replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>", 1) + p("后")
    source = read("文.docx", packed(body))
    assert cells(source) == [[["合计", "120.00"]]] and [one.id for one in source.notices] == ["BL107"]


def old_field(data: str, code: str) -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{FIELD.format('end')}"


def test_old_form_fields_show_what_was_entered() -> None:
    entries = "".join(f'<w:listEntry w:val="{unit}"/>' for unit in ("元", "万元"))
    chosen = old_field(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>', "FORMDROPDOWN")
    ticked = old_field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "FORMCHECKBOX")
    empty = old_field('<w:checkBox><w:default w:val="0"/></w:checkBox>', "FORMCHECKBOX")
    body = f"<w:p>{run('单位：')}{chosen}</w:p><w:p>{ticked}{run('是')}{empty}{run('否')}</w:p>"
    assert texts(read("文.docx", packed(body))) == ["单位：万元", "☒是☐否"]
    in_cell = f"<w:tbl><w:tr><w:tc><w:p>{chosen}</w:p></w:tc><w:tc>{p('1.00')}</w:tc></w:tr></w:tbl>"
    assert cells(read("文.docx", packed(in_cell))) == [[["万元", "1.00"]]]
