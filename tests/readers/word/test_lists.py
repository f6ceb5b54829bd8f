"""Automatic numbers: inherited levels, links between lists and styles, overrides, cells, empty paragraphs."""

from __future__ import annotations

import pytest
from tests.readers.word.made_word import NAMES, cells, level, listed, numbering, p, packed, tbl, texts

from budgetlint.readers.word.docx import read

OUTLINE = level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCountingThousand", "（%2）")
ONE_LIST = numbering(OUTLINE, lists={1: (0, "")})


def numbered(body: str, lists: str = ONE_LIST, styles: str = "") -> list[str]:
    held = f"<w:styles {NAMES}>{styles}</w:styles>"
    return texts(read("文.docx", packed(body, {"numbering.xml": lists, "styles.xml": held})))


def style(key: str, numbering_: str = "", based: str = "") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{key}"/>{on}<w:pPr>{numbering_}</w:pPr></w:style>'


def named(text: str, key: str, more: str = "") -> str:
    return p(text, f'<w:pStyle w:val="{key}"/>{more}')


def test_a_style_that_states_its_level_takes_the_list_of_the_one_it_is_based_on() -> None:
    styles = style("a", listed(1)) + style("b", listed(None, 1), "a") + style("c", "", "b")
    body = named("甲", "a") + named("乙", "b") + named("丙", "c") + named("丁", "a") + named("戊", "c")
    assert numbered(body, styles=styles) == ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"]


def test_a_style_stands_on_the_level_that_names_it() -> None:
    first = level(0, "decimal", "%1.", '<w:pStyle w:val="a"/>')
    second = level(1, "decimal", "%1.%2", '<w:pStyle w:val="b"/>')
    lists = numbering(first + second, lists={4: (0, "")})
    styles = style("a", listed(4)) + style("b", listed(4))
    assert numbered(named("甲", "a") + named("乙", "b") + named("丙", "b"), lists, styles) == [
        "1.甲",
        "1.1乙",
        "1.2丙",
    ]


def test_a_paragraph_may_leave_the_list_of_its_style() -> None:
    styles = style("a", listed(1))
    assert numbered(named("甲", "a") + named("乙", "a", listed(0)) + named("丙", "a"), styles=styles) == [
        "一、甲",
        "乙",
        "二、丙",
    ]


@pytest.mark.parametrize("through_the_style", [True, False])
def test_the_levels_stand_in_the_list_that_a_style_links_to(through_the_style: bool) -> None:
    lists = numbering(
        '<w:numStyleLink w:val="L"/>', f'<w:styleLink w:val="L"/>{OUTLINE}', lists={1: (0, ""), 2: (1, "")}
    )
    linked = f'<w:style w:type="numbering" w:styleId="L"><w:pPr>{listed(2)}</w:pPr></w:style>'
    shown = numbered(
        p("甲", listed(1, 0)) + p("乙", listed(1, 1)), lists, linked if through_the_style else ""
    )
    assert shown == ["一、甲", "（一）乙"]


def test_overrides_of_a_list_change_its_start_and_its_form() -> None:
    restarted = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    formed = f'<w:lvlOverride w:ilvl="0">{level(0, "ideographTraditional", "%1）")}</w:lvlOverride>'
    lists = numbering(OUTLINE, lists={1: (0, ""), 2: (0, restarted), 3: (0, formed)})
    body = p("甲", listed(1, 0)) + p("乙", listed(2, 0)) + p("丙", listed(2, 0)) + p("丁", listed(3, 0))
    assert numbered(body, lists) == ["一、甲", "五、乙", "六、丙", "乙）丁"]


def test_legal_numbers_are_arabic_and_levels_restart_where_they_say() -> None:
    legal = level(1, "decimal", "%1.%2", "<w:isLgl/>") + level(
        2, "decimal", "%3)", '<w:lvlRestart w:val="0"/>'
    )
    lists = numbering(level(0, "chineseCounting", "第%1章") + legal, lists={1: (0, "")})
    depths = [0, 1, 2, 0, 1, 2]
    shown = numbered("".join(p("甲", listed(1, depth)) for depth in depths), lists)
    assert shown == ["第一章甲", "1.1甲", "1)甲", "第二章甲", "2.1甲", "2)甲"]


def test_numbers_of_cells_are_printed_and_counted_with_those_of_paragraphs() -> None:
    body = (
        p("收入", listed(1, 0))
        + tbl(["甲", "1.00"], ["乙", "2.00"], properties=listed(1, 0))
        + p("后", listed(1, 0))
    )
    source = read("文.docx", packed(body, {"numbering.xml": ONE_LIST}))
    assert cells(source) == [[["二、甲", "1.00"], ["三、乙", "2.00"]]]
    assert texts(source) == ["一、收入", "四、后"]


def test_numbers_of_cells_come_from_their_styles_too() -> None:
    held = f"<w:styles {NAMES}>{style('a', listed(1))}</w:styles>"
    body = tbl(["甲", "1.00"], ["乙", "2.00"], properties='<w:pStyle w:val="a"/>')
    source = read("文.docx", packed(body, {"numbering.xml": ONE_LIST, "styles.xml": held}))
    assert cells(source) == [[["一、甲", "1.00"], ["二、乙", "2.00"]]]


def test_an_empty_numbered_paragraph_prints_its_number_unless_it_is_hidden_or_deleted() -> None:
    body = p("甲", listed(1, 0)) + p("", listed(1, 0)) + p("乙", listed(1, 0))
    assert numbered(body) == ["一、甲", "二、", "三、乙"]
    for mark in ("<w:vanish/>", '<w:del w:id="1"/>'):
        gone = p("甲", listed(1, 0)) + p("", listed(1, 0) + f"<w:rPr>{mark}</w:rPr>") + p("乙", listed(1, 0))
        assert numbered(gone) == ["一、甲", "二、乙"]


@pytest.mark.parametrize("in_choice", [True, False])
def test_a_form_written_out_gives_the_number_of_digits(in_choice: bool) -> None:
    form = '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    if in_choice:
        mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        fallback = '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
        form = f'<mc:AlternateContent {mc}><mc:Choice Requires="w14">{form}</mc:Choice>{fallback}</mc:AlternateContent>'
    lists = numbering(f'<w:lvl w:ilvl="0">{form}<w:lvlText w:val="%1、"/></w:lvl>', lists={1: (0, "")})
    assert numbered(p("甲", listed(1, 0)) * 2, lists) == ["001、甲", "002、甲"]


def test_a_level_without_its_own_list_counts_on_in_content_controls() -> None:
    held = f"<w:sdt><w:sdtContent>{p('乙', listed(1, 0))}</w:sdtContent></w:sdt>"
    assert numbered(p("甲", listed(1, 0)) + held + p("丙", listed(1, 0))) == ["一、甲", "二、乙", "三、丙"]
