"""Files made to harm: each is refused with its id, or read within bounds; none takes the process along."""

from __future__ import annotations

import errno
import io
import os
import signal
import struct
import time
import zipfile
import zlib

import pytest

from budgetlint.document import GridBlock, ReadError, Source
from budgetlint.readers import office
from budgetlint.readers.pages import pdf
from budgetlint.readers.reader import Reader
from budgetlint.readers.safe.isolate import Limits, read_isolated, refusal_of
from budgetlint.readers.safe.zipsafe import Package
from budgetlint.readers.sheets import xls, xlsx
from budgetlint.readers.web import html
from budgetlint.readers.word import docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LIMITS = Limits(megabytes=600, seconds=20)


def package(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word(body: str) -> bytes:
    return package({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"})


def workbook(sheet: str) -> bytes:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    book = (
        f'<workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="表一" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    return package(
        {
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations,
            "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{sheet}</worksheet>",
        }
    )


def pdf_file(objects: list[bytes], root: int = 1) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start)
    return bytes(out)


def stream_of(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"


def page_with(content: bytes) -> bytes:
    return pdf_file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
            stream_of(content),
        ]
    )


def refused(reader: Reader, data: bytes, *ids: str) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_isolated(reader, "坏文件", data, LIMITS)
    assert caught.value.id in ids
    return caught.value


def test_zip_bomb_of_one_part_is_refused() -> None:
    bomb = package({"word/document.xml": b"<a>" + b" " * 40_000_000 + b"</a>"})
    assert len(bomb) < 100_000
    refused(docx.READER, bomb, "BL906")


def test_zip_that_lies_about_its_sizes_is_counted_as_it_inflates() -> None:
    bomb = bytearray(package({"word/document.xml": b" " * 30_000_000}))
    at = bomb.rindex(b"PK\x01\x02")
    struct.pack_into("<I", bomb, at + 24, 100)
    refused(docx.READER, bytes(bomb), "BL904", "BL906")


def test_too_many_members_are_refused() -> None:
    refused(
        docx.READER, package({"word/document.xml": "<a/>", **{f"m{n}": "" for n in range(5_001)}}), "BL906"
    )


@pytest.mark.parametrize("name", ["/etc/passwd", "../outside", "C:/windows"])
def test_absolute_and_climbing_names_are_refused(name: str) -> None:
    refused(docx.READER, package({"word/document.xml": "<a/>", name: "x"}), "BL906")


def test_doubled_names_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        with pytest.warns(UserWarning):
            archive.writestr("word/document.xml", "<b/>")
    refused(docx.READER, stream.getvalue(), "BL906")


def test_encrypted_member_is_named_as_such() -> None:
    data = bytearray(package({"word/document.xml": "<a/>"}, zipfile.ZIP_STORED))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    with pytest.raises(ReadError) as caught:
        Package("加密", bytes(data)).read("word/document.xml")
    assert caught.value.id == "BL905"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_doctype_and_entities_are_refused(encoding: str) -> None:
    laughs = '<!DOCTYPE a [<!ENTITY b "哈哈哈"><!ENTITY c "&b;&b;&b;&b;">]>'
    text = f"{laughs}<w:document {W}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
    refused(docx.READER, package({"word/document.xml": text.encode(encoding)}), "BL908", "BL904")


def test_deeply_nested_xml_is_refused() -> None:
    refused(docx.READER, word("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "BL904", "BL907")


def test_giant_spans_in_word_are_clamped() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p><w:r><w:t>宽</w:t></w:r></w:p></w:tc>'
    source = read_isolated(docx.READER, "表", word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"), LIMITS)
    grid = source.blocks[0]
    assert isinstance(grid, GridBlock) and len(grid.rows[0]) <= 63


def test_giant_spans_in_html_are_clamped() -> None:
    rows = "<tr><td colspan=999999 rowspan=999999>宽</td><td>一</td></tr><tr><td>二</td><td>三</td></tr>"
    source = read_isolated(html.READER, "表", f"<html><table>{rows}</table></html>".encode(), LIMITS)
    grid = source.blocks[0]
    assert isinstance(grid, GridBlock) and len(grid.rows[0]) <= 1_000 and len(grid.rows) == 2


def test_sparse_sheet_is_read_without_its_emptiness() -> None:
    far = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    )
    source = read_isolated(xlsx.READER, "稀疏", workbook(far), LIMITS)
    grids = [block for block in source.blocks if isinstance(block, GridBlock)]
    assert sum(len(row) for grid in grids for row in grid.rows) < 100
    assert "".join(cell.text for grid in grids for row in grid.rows for cell in row) == "12"


def test_giant_merged_range_and_many_merged_ranges_do_not_grow() -> None:
    data = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
    source = read_isolated(
        xlsx.READER,
        "合并",
        workbook(f'{data}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        LIMITS,
    )
    assert all(len(block.rows[0]) < 400 for block in source.blocks if isinstance(block, GridBlock))
    many = "".join(f'<mergeCell ref="A{n}:B{n * 7 % 9973 + n}"/>' for n in range(1, 50_003))
    refused(xlsx.READER, workbook(f"{data}<mergeCells>{many}</mergeCells>"), "BL907")


def test_deeply_nested_html_is_refused() -> None:
    refused(html.READER, b"<html>" + b"<div>" * 100_000, "BL907")


def test_page_tree_that_loops_ends() -> None:
    loop = pdf_file(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 100000 >>"]
    )
    try:
        source = read_isolated(pdf.READER, "环", loop, LIMITS)
    except ReadError as error:
        assert error.id in {"BL904", "BL907"}
    else:
        assert source.notices and all(notice.unread for notice in source.notices)


def test_a_hundred_thousand_paths_are_refused() -> None:
    drawing = b"".join(b"%d %d m %d %d l S\n" % (n % 600, n % 800, n % 599, n % 799) for n in range(100_000))
    refused(pdf.READER, page_with(drawing), "BL907")


def test_a_page_that_inflates_stays_within_memory() -> None:
    packed = zlib.compress(b"0 0 m 1 1 l S\n" * 3_000_000, 9)
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream"
    bomb = pdf_file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
            content,
        ]
    )
    refused(pdf.READER, bomb, "BL907", "BL910", "BL911", "BL912")


@pytest.mark.parametrize("reader", [docx.READER, xlsx.READER, pdf.READER, xls.READER])
def test_truncated_files_are_damaged(reader: Reader) -> None:
    whole = {
        "docx": word("<w:p/>"),
        "xlsx": workbook("<sheetData/>"),
        "pdf": page_with(b"")[:60],
        "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    }[reader.name]
    refused(reader, whole[: len(whole) // 2], "BL904")


def compound(stream: str) -> bytes:
    """A compound file of one directory sector with one stream name."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    header[76:] = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entry = bytearray(128)
    name = stream.encode("utf-16-le")
    entry[: len(name)] = name
    struct.pack_into("<H", entry, 64, len(name) + 2)
    return bytes(header) + fat + bytes(entry) + bytes(384)


def test_compound_files_are_told_apart() -> None:
    assert xls.READER.sniff(compound("Workbook")) == 1.0 and office.READER.sniff(compound("Workbook")) == 0.0
    assert (
        office.READER.sniff(compound("WordDocument")) > 0
        and xls.READER.sniff(compound("WordDocument")) == 0.0
    )
    refused(office.READER, compound("WordDocument"), "BL909")
    refused(office.READER, compound("EncryptedPackage"), "BL905")


def test_a_looping_directory_ends() -> None:
    data = bytearray(compound("X"))
    struct.pack_into("<I", data, 512 + 4, 1)
    assert office.READER.sniff(bytes(data)) > 0


def _forever(path: str, data: bytes) -> Source:
    while True:
        time.sleep(0.05)


def _greedy(path: str, data: bytes) -> Source:
    return Source(path, "x", (), tuple(bytearray(1 << 30) for _ in range(64)))  # type: ignore[arg-type]


def _suicidal(path: str, data: bytes) -> Source:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _faulty(path: str, data: bytes) -> Source:
    raise KeyError("w:p")


@pytest.mark.parametrize(
    ("read", "id"), [(_forever, "BL910"), (_greedy, "BL912"), (_suicidal, "BL911"), (_faulty, "BL986")]
)
def test_a_reader_that_misbehaves_costs_one_document(read: object, id: str) -> None:
    reader = Reader("坏", (), lambda data: 1.0, read)  # type: ignore[arg-type]
    with pytest.raises(ReadError) as caught:
        read_isolated(reader, "坏", b"x", Limits(megabytes=300, seconds=1.5))
    assert caught.value.id == id


def _chained(cause: Exception) -> Exception:
    error = KeyError("w:p")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "id"),
    [
        (MemoryError(), "BL912"),
        (_chained(MemoryError()), "BL912"),
        (RuntimeError("std::bad_alloc"), "BL912"),
        (ReadError("BL904", "坏", cause="Out of memory"), "BL912"),
        (ReadError("BL904", "坏", cause="no end record"), "BL904"),
        (OSError(errno.EMFILE, "Too many open files"), "BL913"),
        (OSError(errno.ENOSPC, "No space left on device"), "BL913"),
        (RecursionError(), "BL907"),
        (KeyError("w:p"), "BL986"),
    ],
    ids=repr,
)
def test_each_cause_has_an_id_of_its_own(error: Exception, id: str) -> None:
    """Lack of memory is no damaged file, and neither is a fault of the reader."""
    assert refusal_of(error, "坏")[0] == id


def test_a_file_beyond_the_size_limit_is_not_touched() -> None:
    with pytest.raises(ReadError) as caught:
        read_isolated(pdf.READER, "大", bytes(2 << 20), Limits(file_megabytes=1))
    assert caught.value.id == "BL907"


def test_an_honest_file_passes_isolation_unchanged() -> None:
    data = word("<w:p><w:r><w:t>示例区某局</w:t></w:r></w:p>")
    assert read_isolated(docx.READER, "好", data) == docx.READER.read("好", data)
