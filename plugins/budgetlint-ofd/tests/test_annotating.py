"""A marked copy of an OFD file: annotations where the findings are, everything else as it was, and readable as before."""

from __future__ import annotations

import io
import zipfile
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import budgetlint_ofd
import pytest
from budgetlint_ofd.reader import read

from budgetlint import Finding, Mark, Place, Severity, Verdict
from budgetlint.annotate import annotate

OFD = "{http://www.ofdspec.org/2016}"
MILLIMETRE = 72 / 25.4
NAMESPACE = f'xmlns:ofd="{OFD[1:-1]}"'


def text(words: str, x: float, y: float) -> str:
    steps = " ".join("2" if char.isascii() else "4" for char in words[:-1])
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 100 4" Font="1" Size="4">'
        f'<ofd:TextCode X="0" Y="3.5" DeltaX="{steps}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    box = f"{x0} {y0} {max(x1 - x0, 0.1)} {max(y1 - y0, 0.1)}"
    data = f"M 0 0 L {x1 - x0} {y1 - y0}"
    return f'<ofd:PathObject ID="2" Boundary="{box}"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def ofd(*pages: str) -> bytes:
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    parts = {
        "OFD.xml": f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for number, page in enumerate(pages):
        content = f'<ofd:Content><ofd:Layer ID="9">{page}</ofd:Layer></ofd:Content>'
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = f"<ofd:Page {NAMESPACE}>{content}</ofd:Page>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return stream.getvalue()


def table(rows: list[list[str]], top: float) -> str:
    xs, ys = [20.0, 90.0, 150.0], [top + 8 * at for at in range(len(rows) + 1)]
    rules = [line(xs[0], y, xs[-1], y) for y in ys] + [line(x, ys[0], x, ys[-1]) for x in xs]
    words = [text(cell, xs[c] + 2, ys[r] + 2) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    return "".join(rules + words)


PAGES = (text("示例区某局2024年部门预算", 20, 30), table([["科目名称", "金额"], ["行政运行", "1.00"]], 40))


def marked(data: bytes, *marks: Mark) -> bytes:
    (annotator,) = budgetlint_ofd.register_annotators()
    return annotator.write("文.ofd", data, marks, lambda: read("文.ofd", data))


def mark(box: tuple[float, float, float, float] | None, page: int | None = 1, said: str = "合计不符") -> Mark:
    return Mark(Place("文.ofd", page=page, box=box), (said,), Severity.ERROR)


def annotations(data: bytes) -> dict[str, list[ElementTree.Element]]:
    """Follow the package as GB/T 33190 names its parts, with another parser: page id → its annotations."""
    package = zipfile.ZipFile(io.BytesIO(data))

    def part(name: str) -> ElementTree.Element:
        return ElementTree.fromstring(package.read(name))

    root = part("OFD.xml").findtext(f"{OFD}DocBody/{OFD}DocRoot")
    document = part(root or "")
    listed = document.findtext(f"{OFD}Annotations")
    if listed is None:
        return {}
    pages = {one.get("ID") for one in document.iter(f"{OFD}Page")}
    found = {}
    for entry in part(listed.lstrip("/")):
        assert entry.get("PageID") in pages
        file = entry.findtext(f"{OFD}FileLoc") or ""
        found[entry.get("PageID") or ""] = list(part(file.lstrip("/")))
    return found


def test_a_mark_lies_over_what_it_speaks_of() -> None:
    data = ofd(*PAGES)
    grid = next(block for block in read("文.ofd", data).blocks if hasattr(block, "rows"))
    cell = next(one for row in grid.rows for one in row if one.text == "1.00")
    assert cell.place.page == 2 and cell.place.box is not None
    (found,) = annotations(marked(data, mark(cell.place.box, 2)))["1"]
    assert found.findtext(f"{OFD}Remark") == "合计不符"
    boundary = found.find(f"{OFD}Appearance").get("Boundary")  # type: ignore[union-attr]
    x, y, width, height = map(float, (boundary or "").split())
    left, _, right, top = cell.place.box
    assert (x, width) == pytest.approx((left / MILLIMETRE, (right - left) / MILLIMETRE), abs=0.01)
    assert y == pytest.approx(297 - top / MILLIMETRE, abs=0.01)
    # The words of the cell were drawn at (92, 50), two millimetres from the corner of its cell.
    assert x <= 92 <= x + width and y <= 52 <= y + height


def test_a_finding_without_a_place_stands_on_the_first_page() -> None:
    found = annotations(marked(ofd(*PAGES), mark(None, None, "缺少一张表"), mark(None, None, "另一件事")))
    assert [one.findtext(f"{OFD}Remark") for one in found["0"]] == ["缺少一张表", "另一件事"]
    tops = [one.find(f"{OFD}Appearance").get("Boundary").split()[1] for one in found["0"]]  # type: ignore[union-attr]
    assert len(set(tops)) == 2


def test_what_was_there_stays_and_reads_as_before() -> None:
    data = ofd(*PAGES)
    copy = marked(data, mark((100.0, 700.0, 200.0, 720.0)))
    before, after = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(copy))
    changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed == {"Doc_0/Document.xml"}
    assert [block for block in read("文.ofd", copy).blocks] == [
        block for block in read("文.ofd", data).blocks
    ]


def test_a_copy_is_marked_again_beside_its_first_marks() -> None:
    once = marked(ofd(*PAGES), mark((100.0, 700.0, 200.0, 720.0)))
    twice = marked(once, mark((100.0, 600.0, 200.0, 620.0), said="又一处"))
    found = annotations(twice)["0"]
    assert [one.findtext(f"{OFD}Remark") for one in found] == ["合计不符", "又一处"]
    ids = [one.get("ID") for annotation in found for one in annotation.iter() if one.get("ID")]
    assert len(set(ids)) == len(ids) == 4


def test_ids_go_on_after_the_largest_and_the_list_stands_where_it_belongs() -> None:
    parts = {}
    with zipfile.ZipFile(io.BytesIO(ofd(*PAGES))) as package:
        for name in package.namelist():
            parts[name] = package.read(name)
    parts["Doc_0/Document.xml"] = (
        parts["Doc_0/Document.xml"]
        .replace(b"<ofd:CommonData>", b"<ofd:CommonData><ofd:MaxUnitID>40</ofd:MaxUnitID>")
        .replace(
            b"</ofd:Document>", b"<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>"
        )
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, body in parts.items():
            package.writestr(name, body)
    copy = marked(stream.getvalue(), mark((100.0, 700.0, 200.0, 720.0)))
    document = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(copy)).read("Doc_0/Document.xml"))
    assert [one.tag.removeprefix(OFD) for one in document][-2:] == ["Annotations", "Attachments"]
    (found,) = annotations(copy)["0"]
    assert int(found.get("ID") or 0) > 40
    assert int(document.findtext(f"{OFD}CommonData/{OFD}MaxUnitID") or 0) == int(found.get("ID") or 0) + 1


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    (found,) = annotations(marked(ofd(*PAGES), mark(None, said="坏\x00字\x1b<不符>")))["0"]
    assert found.findtext(f"{OFD}Remark") == "坏字<不符>"


def test_the_copy_is_written_beside_its_findings(tmp_path: Path) -> None:
    finding = Finding(
        "CN201", "合计", Severity.ERROR, Verdict.FAILS, "不符", locations=(Place("文.ofd", page=2),)
    )
    target = annotate(
        "文.ofd",
        ofd(*PAGES),
        [finding],
        tmp_path,
        readers=budgetlint_ofd.register_readers(),
        annotators=budgetlint_ofd.register_annotators(),
    )
    assert target.name == "文-批注.ofd"
    assert "CN201" in (annotations(target.read_bytes())["1"][0].findtext(f"{OFD}Remark") or "")
