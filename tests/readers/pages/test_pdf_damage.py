"""A damaged pdf is said to be damaged, page by page; what a whole one holds raises no word."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from tests.readers.pages.made_pages import page_with, pikepdf, ruled, saved, shown, without_ink

from budgetlint.document import GridBlock, ParagraphBlock
from budgetlint.readers.pages.pdf import READER
from budgetlint.readers.pages.pdf_damage import damage_of

XS, YS = [100.0, 200, 300], [600.0, 620, 640]
TABLE = ruled(XS, YS) + "".join(
    shown(text, left, bottom)
    for text, left, bottom in (("项目", 105, 625), ("合计", 205, 625), ("甲", 105, 605), ("1.00", 205, 605))
)


def made(sized: int = 3) -> bytes:
    """Pages with a table each, and text in a second font that says what its codes mean; a form on the last."""
    document = pikepdf.new()
    second = without_ink(document, "一二三四五六七八九十")
    for at in range(sized):
        page = page_with(document, TABLE + shown(f"第{at}页的说明" * 20, 50, 700))
        if at:
            page.Resources.Font["/F2"] = second
    form = pikepdf.Stream(document, "".join(f"{at * at} w\n" for at in range(60)).encode())
    form.Subtype, form.Type = pikepdf.Name.Form, pikepdf.Name.XObject
    form = document.make_indirect(form)
    # One that draws itself, as no sound file has it, must not be gone into for ever.
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Loop=form))
    page.Resources.XObject = pikepdf.Dictionary(Fm0=form)
    return saved(document)


def spoilt(whole: bytes, stream: Callable[[pikepdf.Pdf], pikepdf.Stream]) -> bytes:
    """Spoil some bytes in the middle of a packed stream."""
    with pikepdf.open(io.BytesIO(whole)) as document:
        packed = stream(document).read_raw_bytes()
    assert len(packed) > 40 and whole.count(packed) == 1
    return whole.replace(packed, packed[:20] + bytes(8) + packed[28:])


def test_a_whole_file_is_whole() -> None:
    found = damage_of(made())
    assert (found.whole, found.pages, found.page_count) == ("", {}, 3)
    assert not READER.read("页.pdf", made()).notices


@pytest.mark.parametrize(
    ("stream", "pages", "place"),
    [
        (lambda document: document.pages[1].Contents, {2}, "第 2 页"),
        (lambda document: document.pages[1].Resources.Font.F2.ToUnicode, {2, 3}, "第 2 至 3 页"),
        (lambda document: document.pages[2].Resources.XObject.Fm0, {3}, "第 3 页"),
    ],
    ids=["content", "font", "form"],
)
def test_what_does_not_inflate_is_named_and_no_error_rests_on_its_pages(
    stream: Callable[[pikepdf.Pdf], pikepdf.Stream], pages: set[int], place: str
) -> None:
    broken = spoilt(made(), stream)
    assert set(damage_of(broken).pages) == pages
    source = READER.read("页.pdf", broken)
    (notice,) = [one for one in source.notices if one.id == "BL113"]
    assert notice.unread and dict(notice.facts)["part"] == place and notice.place.page == min(pages)
    grids = [block for block in source.blocks if isinstance(block, GridBlock)]
    assert {grid.place.page for grid in grids if grid.unsure} <= pages
    assert not any(grid.unsure for grid in grids if grid.place.page not in pages)
    assert all(grid.unsure for grid in grids if grid.place.page in pages)


def test_a_lost_font_is_named_with_its_page() -> None:
    whole = made(1)
    assert whole.count(b"/F1 ") == 1
    broken = whole.replace(b"/F1 ", b"/F7 ")
    assert set(damage_of(broken).pages) == {1}


def moved(whole: bytes) -> bytes:
    return whole.replace(b"startxref\n", b"startxref\n7")


def test_a_file_whose_objects_were_searched_for_says_so_and_is_read() -> None:
    source = READER.read("页.pdf", moved(made(1)))
    (notice,) = source.notices
    assert notice.id == "BL113" and notice.unread and dict(notice.facts)["part"] == "文件"
    assert any(isinstance(block, ParagraphBlock) and "说明" in block.text for block in source.blocks)


def test_a_page_whose_content_was_not_found_again_is_named() -> None:
    whole = made(2)
    with pikepdf.open(io.BytesIO(whole)) as document:
        number, generation = document.pages[1].Contents.objgen
    begins = whole.index(f"\n{number} {generation} obj".encode())
    ends = whole.index(b"endobj", begins) + len(b"endobj")
    found = damage_of(whole[:begins] + whole[ends:])
    assert found.whole and set(found.pages) == {2}


def test_a_page_that_is_counted_and_not_there_is_missed() -> None:
    whole = made(2)
    assert whole.count(b"/Count 2") == 1
    assert damage_of(whole.replace(b"/Count 2", b"/Count 3")).whole
    source = READER.read("页.pdf", whole.replace(b"/Count 2", b"/Count 3"))
    assert any(notice.id == "BL113" for notice in source.notices)
