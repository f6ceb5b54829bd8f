"""The mention patterns that rules quantify over, on sentences of the made-up 示例区."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlint.document import Classification, Document, Paragraph, Pattern, Section
from budgetlint.normalise.prose.mentions import add_mentions
from budgetlint.vocabulary import Vocabulary, load_folder

RULES = Path(__file__).parents[3] / "rules" / "national"


@cache
def vocabulary() -> Vocabulary:
    return load_folder(RULES)


def sections(*groups: tuple[str, ...], kind: str = "部门预算", year: int = 2024) -> list[Section]:
    made = tuple(
        Section("", "", 1, part="explanation", paragraphs=tuple(map(Paragraph, group))) for group in groups
    )
    document = Document(
        "示例", classification=Classification(kind, year), root=Section("", "", 0, sections=made)
    )
    return list(add_mentions(document, vocabulary()).sections())


def patterns(kind: str, *texts: str, document: str = "部门预算", year: int = 2024) -> list[Pattern]:
    (section,) = sections(texts, kind=document, year=year)
    return [pattern for p in section.paragraphs for pattern in p.patterns if pattern.kind == kind]


def shown(pattern: Pattern) -> dict[str, str]:
    """Return the properties a pattern states: amounts as signed value and unit, words as they are."""
    values = {
        name: "、".join(f"{m.amount.value / m.amount.factor}{m.amount.unit}" for m in mentions)
        for name, mentions in pattern.values.items()
    }
    return values | {name: word for name, word in pattern.words.items() if word}


class TestShares:
    def test_a_list_of_shares_is_of_the_figure_they_fit(self) -> None:
        said = "教育支出60.00万元，占60%；卫生健康支出30.00万元，占30%；住房保障支出10.00万元，占11%；其他支出0万元，占0%。"
        found = patterns("占比", "当年拨款100.00万元，比上年增加5.00万元。", said)
        assert [shown(p).get("总额") for p in found] == ["100.00万元"] * 4

    def test_shares_that_fit_nothing_have_no_whole(self) -> None:
        said = "教育支出60.00万元，占50%；卫生健康支出30.00万元，占20%；住房保障支出10.00万元，占8%。"
        found = patterns("占比", "当年拨款100.00万元。", said)
        assert [shown(p).get("总额") for p in found] == [None] * 3

    def test_of_what_stands_before_among(self) -> None:
        found = patterns(
            "占比", "支出合计100.00万元。其中：基本支出60.00万元，占60.00%；项目支出40.00万元，占40%。"
        )
        assert [shown(p) for p in found] == [
            {"部分": "60.00万元", "总额": "100.00万元", "占比": "60.00%"},
            {"部分": "40.00万元", "总额": "100.00万元", "占比": "40%"},
        ]

    def test_of_a_total_named_in_the_sentence(self) -> None:
        text = "政府采购支出总额50.00万元。授予中小企业合同金额40.00万元，占政府采购支出总额的80.00%，其中：授予小微企业合同金额10.00万元，占授予中小企业合同金额的25.00%。"
        first, second = patterns("占比", text, document="部门决算")
        assert (shown(first)["部分"], shown(first)["总额"]) == ("40.00万元", "50.00万元")
        assert (shown(second)["部分"], shown(second)["总额"]) == ("10.00万元", "40.00万元")

    def test_of_a_total_in_another_section(self) -> None:
        _, section = sections(
            ("2024年支出合计200.00万元。",), ("一般公共预算财政拨款支出150.00万元，占本年支出合计的75.00%。",)
        )
        (pattern,) = [p for p in section.paragraphs[0].patterns if p.kind == "占比"]
        assert shown(pattern)["总额"].startswith("200.00万元")

    def test_of_a_total_printed_nowhere(self) -> None:
        (pattern,) = patterns("占比", "一般公共预算财政拨款支出150.00万元，占本年支出合计的75.00%。")
        assert "总额" not in pattern.values
        assert pattern.words["总额"] == "本年支出合计"

    def test_of_what_lies_within(self) -> None:
        found = patterns(
            "占比",
            "2024年度“三公”经费支出决算为10.00万元。",
            "2024年度“三公”经费财政拨款支出决算中，因公出国（境）费支出决算4.00万元，占40.00%；公务接待费支出决算6.00万元，占60.00%。",
            document="部门决算",
        )
        assert [shown(p)["总额"] for p in found] == ["10.00万元", "10.00万元"]

    @pytest.mark.parametrize("phrase", ["占比48.00%", "占总支出的48.00%", "所占比例为48.00%", "占48.00%"])
    def test_phrases(self, phrase: str) -> None:
        (pattern,) = patterns("占比", f"总支出100.00万元，其中：基本支出48.00万元，{phrase}。")
        assert shown(pattern)["总额"] == "100.00万元" and shown(pattern)["部分"] == "48.00万元"


class TestChanges:
    def test_amount_rate_direction_and_reason(self) -> None:
        text = "2024年项目支出90.00万元，与2023年相比，减少10.00万元，下降10.00%，主要原因是示例工程完工。"
        (pattern,) = patterns("增减", text)
        assert shown(pattern) == {
            "本年数": "90.00万元",
            "增减额": "-10.00万元",
            "增减率": "-10.00%",
            "方向": "减少",
            "原因": "示例工程完工",
        }

    def test_a_reason_in_a_sentence_of_its_own_after_several_changes_is_of_none_alone(self) -> None:
        text = "2024年“三公”经费预算8.00万元，比上年减少1.00万元。其中：公务接待费1.00万元，比上年增加0.30万元。主要原因是厉行节约。"
        assert [pattern.words.get("原因", "") for pattern in patterns("增减", text)] == ["", ""]
        alone = "2024年公务接待费预算1.00万元，比上年减少0.30万元。主要原因是厉行节约。"
        assert [pattern.words["原因"] for pattern in patterns("增减", alone)] == ["厉行节约"]

    def test_after_a_list_the_total_that_the_rate_fits_has_changed(self) -> None:
        text = "2. 示例项目110.00万元，主要包括：物业管理60.00万元，上年结转5.00万元。搬运服务40.00万元，上年结转5.00万元。较2023年年初预算增加{}万元，增长10.00%。"
        (pattern,) = patterns("增减", text.format("10.00"))
        assert shown(pattern)["本年数"] == "110.00万元"
        (wrong,) = patterns("增减", text.format("12.00"))
        assert shown(wrong)["本年数"] == "5.00万元"

    def test_each_side_has_its_own(self) -> None:
        text = "2024年收入总计120.00万元，支出总计120.00万元，与2023年预算相比，收支总计各增加20.00万元，增长20.00%。主要原因：项目增加。"
        found = patterns("增减", text)
        assert [p.concept for p in found] == ["收入总计", "支出总计"]
        assert {tuple(shown(p).values()) for p in found} == {
            ("120.00万元", "20.00万元", "20.00%", "增加", "项目增加")
        }

    def test_last_years_figure_where_it_is_printed(self) -> None:
        text = "1. “教育支出（类）普通教育（款）小学教育（项）”30.00万元。2023年当年预算执行数为40.00万元，2024年预算安排30.00万元，比2023年预算执行数减少25.00%。主要原因是：项目调整。"
        (pattern,) = patterns("增减", text)
        assert shown(pattern) == {
            "本年数": "30.00万元",
            "上年数": "40.00万元",
            "增减率": "-25.00%",
            "方向": "减少",
            "原因": "项目调整",
        }
        assert pattern.subject == "教育支出/普通教育/小学教育"

    @pytest.mark.parametrize(
        "phrase",
        [
            "与2023年预算持平",
            "预算数与2023年相比保持一致",
            "与上年相比无变化",
            "较上年预算数不变",
            "与上年持平",
            "比2023年预算持平",
            "同上年相比没有变化",
            "和2023年相比无增减变化",
        ],
    )
    def test_unchanged(self, phrase: str) -> None:
        (pattern,) = patterns("增减", f"（二）公务接待费2.00万元，主要用于接待。{phrase}。")
        assert (pattern.concept, shown(pattern)) == ("公务接待费", {"本年数": "2.00万元", "方向": "持平"})

    @pytest.mark.parametrize(
        ("phrase", "change"),
        [
            ("比上年增加1.00万元", "1.00万元"),
            ("较2023年预算数减少1.00万元", "-1.00万元"),
            ("同比下降1.00万元", "-1.00万元"),
            ("比2023年年初预算压减1.00万元", "-1.00万元"),
            ("与上年度相比，增加了1.00万元", "1.00万元"),
            ("较上年决算数上升1.00万元", "1.00万元"),
            ("比去年提高1.00万元", "1.00万元"),
            ("与2023年决算数相比降低1.00万元", "-1.00万元"),
        ],
    )
    def test_phrases(self, phrase: str, change: str) -> None:
        (pattern,) = patterns("增减", f"2024年机关运行经费10.00万元，{phrase}。")
        assert shown(pattern)["本年数"] == "10.00万元" and shown(pattern)["增减额"] == change

    def test_the_compared_year_is_the_printed_one(self) -> None:
        (pattern,) = patterns("增减", "2024年项目支出90.00万元，与2022年相比减少10.00万元。")
        assert pattern.values["增减额"][0].year == 2022


class TestCompletion:
    def test_budget_outturn_rate_comparison_reason(self) -> None:
        text = "3. 教育支出（类）职业教育（款）技校教育（项）。年初预算为20.00万元，支出决算为10.00万元，完成年初预算的50.00%。决算数小于年初预算数的主要原因是学费未付。"
        (pattern,) = patterns("完成", text, document="部门决算")
        assert shown(pattern) == {
            "预算数": "20.00万元",
            "决算数": "10.00万元",
            "完成率": "50.00%",
            "比较": "小于",
            "原因": "学费未付",
        }

    def test_without_rate(self) -> None:
        text = "2024年度政府性基金预算财政拨款支出年初预算数为0.00万元，支出决算为0.00万元，决算数与年初预算数不存在差异。"
        (pattern,) = patterns("完成", text, document="部门决算")
        assert shown(pattern) == {"预算数": "0.00万元", "决算数": "0.00万元", "比较": "持平"}

    def test_year_start_and_whole_year_budget(self) -> None:
        text = "一般公共预算财政拨款支出年初预算为80.00万元，全年预算为100.00万元，支出决算为90.00万元，完成{}的90.00%。"
        whole = patterns("完成", text.format("全年预算"), document="部门决算")[0]
        start = patterns("完成", text.format("年初预算"), document="部门决算")[0]
        assert (shown(whole)["预算数"], shown(start)["预算数"]) == ("100.00万元", "80.00万元")

    def test_item_over_two_paragraphs(self) -> None:
        texts = (
            "1、教育支出（类）职业教育（款）技校教育（项）。",
            "主要用于：示例。预算为20.00万元，支出决算为20.00万元，完成预算的100%。决算数与预算数持平。",
        )
        (pattern,) = patterns("完成", *texts, document="部门决算")
        assert (pattern.concept, shown(pattern)["比较"]) == ("技校教育", "持平")


class TestBreakdown:
    def parts(self, *texts: str, document: str = "部门预算") -> list[tuple[str, str, list[str]]]:
        found = patterns("其中", *texts, document=document)
        return [(p.concept, shown(p)["总额"], [m.concept for m in p.values["各项"]]) for p in found]

    def test_a_bracket_that_divides_a_part_adds_no_parts(self) -> None:
        text = "“三公”经费预算5.20万元，其中：公务用车购置及运行费4.00万元（公务用车购置费0万元，公务用车运行维护费4.00万元）；公务接待费1.20万元。"
        (found,) = patterns("其中", text)
        assert shown(found)["各项"] == "4.00万元、1.20万元"

    def test_nested_brackets(self) -> None:
        text = "“三公”经费预算7.00万元，其中：公务用车购置及运行费6.00万元（其中：公务用车购置费2.00万元，公务用车运行费4.00万元）；公务接待费1.00万元。"
        assert self.parts(text) == [
            ("三公经费", "7.00万元", ["公务用车购置及运行费", "公务接待费"]),
            ("公务用车购置及运行费", "6.00万元", ["公务用车购置费", "公务用车运行维护费"]),
        ]

    def test_what_comes_after_the_parts_is_no_part(self) -> None:
        text = "共有车辆3辆，其中：一般公务用车1辆、其他用车2辆；单价100万元（含）以上设备（不含车辆）1台（套）。"
        assert self.parts(text) == [("车辆", "3辆", ["一般公务用车", "其他用车"])]

    def test_parts_in_the_following_items(self) -> None:
        texts = (
            "2024年度一般公共预算财政拨款支出年初预算为30.00万元，支出决算为30.00万元，完成年初预算的100.00%。其中：",
            "1. 教育支出（类）职业教育（款）技校教育（项）。年初预算为10.00万元，支出决算为10.00万元。",
            "2. 教育支出（类）普通教育（款）小学教育（项）。年初预算为20.00万元，支出决算为20.00万元。",
        )
        assert self.parts(*texts, document="部门决算") == [
            ("一般公共预算支出", "30.00万元", ["技校教育", "小学教育"])
        ]

    def test_a_sibling_item_ends_the_parts(self) -> None:
        texts = (
            "2. 公务用车购置及运行费预算7.50万元。其中：",
            "公务用车购置支出 2.50万元，购置车辆1辆。",
            "公务用车运行维护支出 5.00万元。",
            "3. 公务接待费0.50万元。",
        )
        assert self.parts(*texts) == [
            ("公务用车购置及运行费", "7.50万元", ["公务用车购置费", "公务用车运行维护费"])
        ]

    def test_an_item_numbered_above_the_parts_ends_them(self) -> None:
        texts = (
            "2024年本部门一般公共预算拨款支出90.00万元，其中：",
            "（1）行政运行20.00万元，较上年减少1.00万元。",
            "（2）事业运行30.00万元，较上年减少1.00万元。",
            "3.支出按经济科目分类的明细情况",
            "（1）按照部门预算支出经济分类的类级科目说明2024年本部门一般公共预算拨款为90.00万元，其中：",
            "工资福利支出50.00万元。",
            "商品和服务支出40.00万元。",
        )
        assert [(whole, len(parts)) for _, whole, parts in self.parts(*texts)] == [
            ("90.00万元", 2),
            ("90.00万元", 2),
        ]

    def test_items_with_further_paragraphs_and_parts_of_their_own(self) -> None:
        texts = (
            "2024年“三公”经费预算数为9.00万元，比2023年预算增加1.00万元。其中：",
            "（一）因公出国（境）费1.00万元，比2023年预算持平。",
            "（二）公务用车购置及运行费6.00万元。其中：",
            "公务用车购置费4.00万元，购置车辆1辆。",
            "公务用车运行费2.00万元。",
            "（三）公务接待费2.00万元。",
            "示例培训另支出3.00万元。",
        )
        assert self.parts(*texts) == [
            ("三公经费", "9.00万元", ["因公出国（境）费", "公务用车购置及运行费", "公务接待费"]),
            ("公务用车购置及运行费", "6.00万元", ["公务用车购置费", "公务用车运行维护费"]),
        ]

    def test_each_side_comprises_its_own(self) -> None:
        text = "2024年收支总预算50.00万元。收入包括：一般公共预算拨款收入40.00万元、上年结转10.00万元；支出包括：一般公共服务支出20.00万元、住房保障支出30.00万元。"
        assert self.parts(text) == [
            ("收入总计", "50.00万元", ["一般公共预算收入", "年初结转和结余"]),
            ("支出总计", "50.00万元", ["一般公共服务支出", "住房保障支出"]),
        ]

    def test_uses(self) -> None:
        text = "一般公共预算支出100.00万元，主要用于以下方面：教育（类）支出30.00万元，占30.00%；住房保障（类）支出70.00万元，占70.00%。"
        assert self.parts(text)[0][2] == ["教育支出", "住房保障支出"]

    def test_one_part_alone_is_an_excerpt(self) -> None:
        (pattern,) = patterns("其中", "授予中小企业合同金额80.00万元，其中：授予小微企业合同金额40.00万元。")
        assert pattern.words["项数"] == "单项"

    def test_a_second_division_is_not_added_to_the_first(self) -> None:
        text = "“三公”经费支出9.00万元（其中：一般公共预算支出9.00万元；政府性基金预算支出0.00万元）。其中，公务接待费2.00万元；公务用车运行维护费7.00万元。"
        found = patterns("其中", text, document="部门决算")
        assert [shown(p)["各项"] for p in found] == ["9.00万元、0.00万元", "2.00万元、7.00万元"]

    def test_parts_that_make_up_the_whole_end_at_a_semicolon(self) -> None:
        text = "本年支出9.00万元，其中基本支出2.00万元，项目支出7.00万元；年末结转和结余3.00万元。"
        (found,) = patterns("其中", text, document="部门决算")
        assert shown(found)["各项"] == "2.00万元、7.00万元"

    def test_a_bracket_after_a_budget_divides_the_budget(self) -> None:
        text = "公务接待费支出预算5.00万元（其中：一般公共预算支出5.00万元），支出决算4.00万元，完成调整后预算的80.00%。"
        (parts,) = patterns("其中", text, document="部门决算")
        assert (shown(parts)["总额"], shown(parts)["各项"]) == ("5.00万元", "5.00万元")
        done = patterns("完成", text, document="部门决算")[0]
        assert shown(done) == {"预算数": "5.00万元", "决算数": "4.00万元", "完成率": "80.00%"}

    def test_a_part_that_overlaps_stands_alone(self) -> None:
        text = "授予中小企业合同金额9.00万元。其中，授予小微企业合同金额5.00万元；货物采购授予中小企业合同金额6.00万元，服务采购授予中小企业合同金额3.00万元。"
        found = patterns("其中", text, document="部门决算")
        assert [shown(p)["各项"] for p in found] == ["5.00万元", "6.00万元、3.00万元"]


class TestNames:
    def mentioned(self, *texts: str) -> list[str]:
        (section,) = sections(texts, kind="部门决算")
        return [mention.concept for p in section.paragraphs for mention in p.mentions]

    def test_an_average_is_not_the_amount(self) -> None:
        names = self.mentioned("公务用车运行维护费4.00万元，平均每辆公务用车运行维护费2.00万元。")
        assert names[0] == "公务用车运行维护费" and names[1] != "公务用车运行维护费"

    def test_guests_are_those_of_the_reception_just_named(self) -> None:
        names = self.mentioned(
            "公务接待费支出5.00万元，其中：国内接待费支出5.00万元，共计接待8批次、60人次；外宾接待支出0.00万元，共计接待0批次、0人次。"
        )
        assert names == [
            "公务接待费",
            "国内公务接待费",
            "国内公务接待批次",
            "国内公务接待人次",
            "外宾接待费",
            "国（境）外来访团组",
            "来访外宾人次",
        ]

    def test_what_is_compared_is_what_changes(self) -> None:
        names = self.mentioned("年末结转和结余3.00万元。", "收入支出总体与上年相比，增加5.00万元。")
        assert names == ["年末结转和结余", "收入总计", "支出总计"]


class TestMeant:
    def test_an_item_by_its_code_and_name(self) -> None:
        text = "（六）2101102事业单位医疗9.00万元，比上年决算数增加1.00万元，增长12.50%。"
        (section,) = sections((text,), kind="部门决算")
        assert [m.subject for m in section.paragraphs[0].mentions] == ["事业单位医疗"] * 3

    def test_after_a_bracket_what_stood_before_it(self) -> None:
        text = "收入合计9.00万元。其中：事业收入6.00万元（含教育收费2.00万元），占总收入的66.67%。"
        (found,) = patterns("占比", text, document="部门决算")
        assert shown(found)["部分"] == "6.00万元"

    def test_a_deviation_from_the_budget_is_a_change_with_its_sign(self) -> None:
        text = "与年初预算相比，年初预算数10.00万元，决算数9.00万元，预决算差异率-10.00%。"
        (found,) = patterns("增减", text, document="部门决算")
        assert shown(found) == {
            "本年数": "9.00万元",
            "上年数": "10.00万元",
            "增减率": "-10.00%",
            "方向": "减少",
            "基数": "预算",
        }

    def test_a_short_name_means_the_value_at_hand(self) -> None:
        text = "财政拨款收入、支出总计均为9.00万元，与上年相比收入、支出总计各减少1.00万元。"
        found = patterns("增减", text, document="部门决算")
        assert [shown(p)["本年数"] for p in found] == ["9.00万元", "9.00万元"]

    def test_shares_of_all_income_are_of_what_is_divided(self) -> None:
        text = "收入合计9.00万元。其中：财政拨款收入9.00万元，占总收入的100.00%。"
        (found,) = patterns("占比", text, document="部门决算")
        assert shown(found)["总额"] == "9.00万元"

    def test_parts_announced_without_a_figure(self) -> None:
        texts = (
            "一般公共预算财政拨款支出9.00万元。",
            "比较情况。一般公共预算财政拨款支出主要用于以下几个方面：",
            "（1）教育支出9.00万元，占100.00%。",
        )
        (found,) = patterns("占比", *texts, document="部门决算")
        assert shown(found)["总额"] == "9.00万元"


class TestReasons:
    def test_another_comparison_ends_a_reason(self) -> None:
        text = "公务接待费支出预算5.00万元，支出决算4.00万元，决算数小于预算数的主要原因是厉行节约，与上年相比减少1.00万元，下降20.00%。"
        (found,) = patterns("增减", text, document="部门决算")
        assert (shown(found)["本年数"], shown(found)["增减额"]) == ("4.00万元", "-1.00万元")


class TestYears:
    def roles(self, *texts: str, **options: str) -> list[tuple[str, str]]:
        found = patterns("年份", *texts, **options)  # type: ignore[arg-type]
        return [(str(p.values["年份"][0].amount.value), p.words["角色"]) for p in found]

    def test_report_and_compared(self) -> None:
        text = (
            "某局2024年收入总计1.00万元，与2023年预算相比，收入总计增加0.10万元，主要原因是2022年项目延期。"
        )
        assert self.roles(text) == [("2024", "报告"), ("2023", "比较"), ("2022", "其他")]

    def test_a_wrong_report_year_is_still_the_report_year(self) -> None:
        assert self.roles("某局2019年支出合计1.00万元。") == [("2019", "报告")]

    def test_names_of_notices(self) -> None:
        text = "执行《2023年示例资金办法》和关于提前下达2023年示例补助资金预算的通知，2024年安排1.00万元。"
        assert self.roles(text) == [("2023", "名称"), ("2023", "名称"), ("2024", "报告")]

    def test_end_of_year(self) -> None:
        assert self.roles("2023年期末，共有车辆0辆。截至2024年12月31日，共有车辆1辆。") == [
            ("2023", "截止"),
            ("2024", "截止"),
        ]


class TestCounts:
    def counts(self, *texts: str) -> list[tuple[str, str]]:
        return [(shown(p)["所称数"], shown(p)["列举数"]) for p in patterns("计数", *texts)]

    def test_list_in_the_sentence(self) -> None:
        assert self.counts(
            "某局内设机构3个，包括：办公室、财务和审计科、示例科（含服务站、窗口）。另有服务所2个。"
        ) == [("3个", "3个")]

    def test_list_joined_by_and(self) -> None:
        assert self.counts("内设科室3个，分别是：办公室、综合科和示例科。") == [("3个", "3个")]

    def test_wrong_count(self) -> None:
        assert self.counts("内设机构4个，分别为办公室、综合科、示例科。") == [("4个", "3个")]

    def test_open_list_says_nothing(self) -> None:
        assert not self.counts("内设机构13个，包括：办公室、综合科等科室。")

    def test_list_in_the_following_paragraphs(self) -> None:
        texts = ("纳入编制范围的单位共2个，包括：", "1. 示例局本级", "2. 示例服务中心", "下一段。")
        assert self.counts(*texts) == [("2个", "2个")]


class TestPartsWithoutAmong:
    def test_after_a_colon_and_in_a_second_division(self) -> None:
        found = patterns(
            "其中",
            "政府采购预算总额60.00万元：政府采购货物预算20.00万元、政府采购服务预算40.00万元；"
            "其中一般公共预算拨款政府采购50.00万元：政府采购货物预算10.00万元、政府采购服务预算40.00万元。",
        )
        assert [shown(p)["各项"] for p in found] == [
            "20.00万元、40.00万元",
            "50.00万元",
            "10.00万元、40.00万元",
        ]

    def test_a_part_is_not_its_whole(self) -> None:
        (paragraph,) = sections(("收入预算合计90.00万元，包括本年收入80.00万元，上年结转10.00万元。",))[
            0
        ].paragraphs
        whole, part, _ = paragraph.mentions
        assert whole.concept == "本年收入合计" and part.concept == "本年收入"

    def test_the_budget_of_a_class_is_not_all_expenditure(self) -> None:
        (paragraph,) = sections(
            ("支出预算90.00万元，其中：农林水支出预算60.00万元，教育支出预算30.00万元。",)
        )[0].paragraphs
        assert [m.concept for m in paragraph.mentions] == ["本年支出合计", "农林水支出", "教育支出"]

    def test_after_a_bracket_of_parts_the_whole_is_spoken_of_again(self) -> None:
        (found,) = patterns(
            "增减",
            "公务用车购置及运行费9.00万元（其中：公务用车购置费6.00万元，公务用车运行费3.00万元），比上年增加1.00万元。",
        )
        assert (shown(found)["本年数"], shown(found)["增减额"]) == ("9.00万元", "1.00万元")


SPACED = (
    "2024年，本单位“三公”经费预算9.30万元，其中：因公出国（境）费0万元；公务用车购置及运行费8.10万元"
    "（其中：公务用车购置费为0万元，公务用车运行费8.10万元）；公务接待费1.20万元。",
    "2024年收入总计120.00万元，其中一般公共预算收入100.00万元，占83.33%；事业收入20.00万元，占16.67%。",
    "公务接待费1.20万元，比2023年减少0.30万元，下降20.00%，主要原因是压减接待。",
)


@given(said=st.sampled_from(SPACED), where=st.lists(st.booleans(), min_size=40, max_size=40))
def test_blanks_around_figures_change_nothing(said: str, where: list[bool]) -> None:
    pieces = re.split(r"(?<=[^\d.])(?=\d)|(?<=\d)(?=[^\d.%])", said)
    blanks = "".join(piece + " " * blank for piece, blank in zip(pieces, where, strict=False))
    for kind in ("其中", "占比", "增减", "完成"):
        printed, spaced = patterns(kind, said), patterns(kind, blanks)
        assert [shown(p) | {"概念": p.concept} for p in spaced] == [
            shown(p) | {"概念": p.concept} for p in printed
        ]
