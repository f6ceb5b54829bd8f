"""Two pages printed on one sheet are two pages; columns and tables side by side on one page are not."""

from __future__ import annotations

from tests.readers.pages.made_pages import page_with, pikepdf, ruled, saved, shown

from budgetlint.document import GridBlock, ParagraphBlock, Source
from budgetlint.readers.pages.pdf import READER

PROSE = "本页说明某局部门预算收入支出情况与上年相比的增减变化及其原因"


def table(left: float, top: float, amount: str, rows: int = 2) -> str:
    words = [("项目", "合计")] + [(f"支出{'甲乙丙丁戊'[at]}", amount) for at in range(rows - 1)]
    content = ruled([left, left + 120, left + 240], [top - 20 * at for at in range(rows + 1)][::-1])
    for at, (label, figure) in enumerate(words):
        content += shown(label, left + 5, top - 15 - 20 * at) + shown(figure, left + 125, top - 15 - 20 * at)
    return content


def sheet(*contents: str, size: tuple[float, float] = (1200, 800)) -> Source:
    document = pikepdf.new()
    for content in contents:
        page_with(document, content, size)
    return READER.read("页.pdf", saved(document))


def seen(source: Source) -> list[str | list[list[str]]]:
    return [
        block.text
        if isinstance(block, ParagraphBlock)
        else [[cell.text for cell in row] for row in block.rows]
        for block in source.blocks
    ]


def side(left: float, title: str, amount: str) -> str:
    return shown(title, left + 60, 720) + table(left + 60, 700, amount) + shown(PROSE, left + 60, 600)


def test_two_pages_on_a_sheet_are_read_one_after_the_other() -> None:
    source = sheet(side(0, "收入总表", "1.00") + side(600, "支出总表", "2.00"))
    assert seen(source) == [
        "收入总表", [["项目", "合计"], ["支出甲", "1.00"]], PROSE,
        "支出总表", [["项目", "合计"], ["支出甲", "2.00"]], PROSE,
    ]  # fmt: skip
    grid = source.blocks[4]
    assert isinstance(grid, GridBlock) and grid.place.page == 1
    box = grid.rows[0][0].place.box
    assert box is not None and round(box[0]) == 660


def test_a_table_goes_on_from_the_left_page_to_the_right_one_and_to_the_next_sheet() -> None:
    words = shown(PROSE, 60, 720) + shown("表的说明", 60, 650)
    first = words + table(60, 400, "1.00", 3) + table(660, 740, "1.00", 3)
    source = sheet(first + shown(PROSE, 660, 500) + shown("尾注", 660, 400))
    grids = [block for block in source.blocks if isinstance(block, GridBlock)]
    assert len(grids) == 1 and len(grids[0].rows) >= 5


def test_tables_side_by_side_on_one_page_are_not_two_pages() -> None:
    # closer than their margins; and with a title across
    near = "".join(shown("说明", left, 760) + table(left, 700, "1.00", 4) for left in (340, 620))
    across = shown("部门收支总表", 560, 760) + table(60, 700, "1.00", 4) + table(660, 700, "2.00", 4)
    for content in (near, across):
        columns = [len(one[0]) for one in seen(sheet(content)) if isinstance(one, list)]
        assert columns == [5]


def test_words_left_and_figures_right_are_one_page() -> None:
    lines = "".join(
        shown(f"支出项目{'甲乙丙丁戊'[at]}", 60, 700 - 20 * at) + shown(f"{at}.00", 1080, 700 - 20 * at)
        for at in range(5)
    )
    assert not any(block.place.page != 1 for block in sheet(lines).blocks)
    assert any("0.00" in str(one) and "支出项目甲" in str(one) for one in seen(sheet(lines)))
