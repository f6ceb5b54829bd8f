"""The outline: headings told from list items and sentences, contents apart, sentences healed over pages."""

from __future__ import annotations

from tests.normalise.documents import read

TEXT = """\
2024年示例局部门预算公开

目 录

第一部分 示例局概况

一、主要职责

第二部分 情况说明

第一部分

示例局概况

一、主要职责

（一）拟订示例事业发展规划，并组织

实施。

（二）完成区委、区政府交办的其他任务。

二、机构设置

示例局内设办公室等科室，共有三个所属单位，均纳入本部门预算编制范围，包括

示例中心、示例所。

第二部分 情况说明

一、总体情况

（一）收入情况。

2024年收入总计10.00万元。

（二）支出情况。

2024年支出总计10.00万元，增长

5.00%。

第三部分 名词解释

一、基本支出：是指保障运转的支出。

二、项目支出：是指完成任务的支出。
"""


def headings(text: str) -> list[str]:
    return [section.number + section.title for section in read(text).sections()]


def test_headings_and_nothing_else_make_the_outline() -> None:
    assert headings(TEXT) == [
        "第一部分示例局概况",
        "一主要职责",
        "二机构设置",
        "第二部分情况说明",
        "一总体情况",
        "一收入情况。",
        "二支出情况。",
        "第三部分名词解释",
    ]


def test_the_contents_list_is_apart_and_the_cover_gives_the_title() -> None:
    document = read(TEXT)
    assert [item.title for item in document.contents] == ["示例局概况", "主要职责", "情况说明"]
    assert document.title == "2024年示例局部门预算公开"


def test_sentences_cut_by_a_page_are_healed_with_their_lines() -> None:
    texts = {p.text: p.place for section in read(TEXT).sections() for p in section.paragraphs}
    joined = next(text for text in texts if text.startswith("示例局内设"))
    assert joined.endswith("包括示例中心、示例所。")
    place = texts[joined]
    assert place.line is not None and place.end_line == place.line + 2


def test_parts_are_known_by_their_headings() -> None:
    parts = {section.title: section.part for section in read(TEXT).sections()}
    assert (parts["总体情况"], parts["名词解释"]) == ("explanation", "glossary")


def test_a_contents_list_with_page_numbers_and_leaders() -> None:
    document = read(
        "示例局决算\n\n目录\n\n一、概况……1\n\n二、决算表……2\n\n三、名词解释……9\n\n示例局概况\n\n本局负责示例工作。\n"
    )
    assert [item.title for item in document.contents] == ["概况", "决算表", "名词解释"]
    assert [section.title for section in document.sections()] == []


def test_an_announced_heading_needs_no_number() -> None:
    document = read(
        "目录\n\n一、主要职能……1\n\n二、机构设置……2\n\n示例局（部门）主要职能\n\n负责示例工作。\n\n示例局机构设置\n\n设科室。\n"
    )
    assert [(section.number, section.level) for section in document.sections()] == [("一", 2), ("二", 2)]


def test_a_contents_list_without_leaders_ends_before_a_heading_that_bears_the_departments_name() -> None:
    document = read(
        "目录\n\n一、部门主要职能\n\n二、机构设置\n\n示例局（部门）主要职能\n\n负责示例工作。\n\n示例局机构设置\n\n设科室。\n"
    )
    assert [(section.number, section.level) for section in document.sections()] == [("一", 2), ("二", 2)]


def test_a_date_before_the_first_entry_of_the_contents_does_not_hide_the_body() -> None:
    document = read(
        "目录\n\n公开时间：2024年9月20日\n\n第一部分 概况\n\n一、主要职责\n\n第二部分 说明\n\n"
        "第一部分 概况\n\n一、主要职责\n\n（一）贯彻执行示例政策。\n"
    )
    assert [section.title for section in document.sections()] == ["概况", "主要职责"]


def test_a_heading_and_its_text_in_one_paragraph() -> None:
    text = (
        "第一部分 情况说明\n\n一、收支总体情况。2024年收入总计10.00万元，支出总计10.00万元。\n\n"
        "二、支出总体情况：2024年支出合计10.00万元。\n\n三、主要职责\n\n（一）加强某项建设。落实某项责任制，组织实施有关工作。\n"
    )
    assert headings(text) == ["第一部分情况说明", "一收支总体情况", "二支出总体情况", "三主要职责"]
    (part,) = read(text).root.sections
    assert [p.text for p in part.sections[0].paragraphs] == ["2024年收入总计10.00万元，支出总计10.00万元。"]
    assert len(part.sections[2].paragraphs) == 1


def test_arabic_headings_of_an_explanation_and_items_of_a_list() -> None:
    text = (
        "一、预算情况说明\n\n1.收支总体情况\n\n2024年收入总计10.00万元。\n\n2.支出总体情况\n\n2024年支出合计10.00万元。\n\n"
        "1.办公费5.00万元。\n\n2.差旅费5.00万元。\n"
    )
    assert headings(text) == ["一预算情况说明", "1收支总体情况", "2支出总体情况"]


def test_parts_numbered_in_roman() -> None:
    text = "Ⅰ 单位概况\n\n（一）主要职责\n\n负责某项工作。\n\nⅡ 2024年预算情况说明\n\n（一）总体情况\n\n2024年收入总计10.00万元。\n"
    assert [s.title for s in read(text).root.sections] == ["单位概况", "2024年预算情况说明"]


def test_numbers_within_a_part_whose_own_number_stands_in_the_contents_only() -> None:
    text = (
        "目录\n一、单位职能………1\n二、预算编制说明………2\n三、其他相关情况说明………3\n\n单位职能\n\n负责某项工作。\n\n"
        "预算编制说明\n\n2024年收入总计10.00万元。\n\n其他相关情况说明\n\n一、政府采购情况\n\n2024年政府采购预算1.00万元。\n\n"
        "二、机关运行经费情况\n\n2024年机关运行经费预算1.00万元。\n"
    )
    assert [s.title for s in read(text).root.sections] == ["单位职能", "预算编制说明", "其他相关情况说明"]
