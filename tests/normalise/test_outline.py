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


def test_a_date_before_the_first_entry_of_the_contents_does_not_hide_the_body() -> None:
    document = read(
        "目录\n\n公开时间：2024年9月20日\n\n第一部分 概况\n\n一、主要职责\n\n第二部分 说明\n\n"
        "第一部分 概况\n\n一、主要职责\n\n（一）贯彻执行示例政策。\n"
    )
    assert [section.title for section in document.sections()] == ["概况", "主要职责"]
