"""What figures in prose are read as: concept, role, sign, year, subject. The district 示例区 is made up."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlint.document import Classification, Document, Mention, Paragraph, Place, Section
from budgetlint.normalise.printed.numbers import FigureScanner, fold
from budgetlint.normalise.prose.mentions import add_mentions
from budgetlint.vocabulary import Vocabulary, load_folder

RULES = Path(__file__).parents[3] / "rules" / "national"


@cache
def vocabulary() -> Vocabulary:
    return load_folder(RULES)


def read(
    *texts: str, kind: str = "部门预算", year: int = 2024, title: str = "", part: str = "explanation"
) -> tuple[Paragraph, ...]:
    """Read paragraphs of one section of a document of 示例区."""
    section = Section(
        "一、",
        title,
        1,
        part=part,
        paragraphs=tuple(Paragraph(text, Place("示例", n)) for n, text in enumerate(texts)),
    )
    document = Document(
        "示例", classification=Classification(kind, year), root=Section("", "", 0, sections=(section,))
    )
    return add_mentions(document, vocabulary()).root.sections[0].paragraphs


def said(*texts: str, **options: object) -> list[str]:
    """Return the mentions of all paragraphs as ``role concept value unit``."""
    mentions = [m for p in read(*texts, **options) for m in p.mentions]  # type: ignore[arg-type]
    return [
        f"{m.role.value} {m.concept} {m.amount.value / m.amount.factor} {m.amount.unit}" for m in mentions
    ]


PHRASES: dict[str, tuple[str, list[str]]] = {
    "totals, one change for both sides": (
        "示例市示例区某局 2024 年收入总计 120.50 万元，支出总计 120.50 万元，与 2023 年预算相比，收支总计各增加 20.50 万元，增长 20.50%。",
        [
            "value 收入总计 120.50 万元",
            "value 支出总计 120.50 万元",
            "change 收入总计 20.50 万元",
            "change 支出总计 20.50 万元",
            "rate 收入总计 20.50 %",
            "rate 支出总计 20.50 %",
        ],
    ),
    "one figure for both sides": (
        "2024年度收、支总计均为1,200.00万元。与上年度相比，收、支总计各减少3.00万元，下降0.25%。",
        [
            "value 收入总计 1200.00 万元",
            "value 支出总计 1200.00 万元",
            "change 收入总计 -3.00 万元",
            "change 支出总计 -3.00 万元",
            "rate 收入总计 -0.25 %",
            "rate 支出总计 -0.25 %",
        ],
    ),
    "收支 in the middle": (
        "某局2024年一般公共预算收支预算 99.00 万元。与2023年相比，一般公共预算收支预算增加1.00万元。",
        [
            "value 一般公共预算收入 99.00 万元",
            "value 一般公共预算支出 99.00 万元",
            "change 一般公共预算收入 1.00 万元",
            "change 一般公共预算支出 1.00 万元",
        ],
    ),
    "parts with shares": (
        "2024年支出合计100.00万元，其中：基本支出60.00万元，占60.00%；项目支出40.00万元，占40.00%。",
        [
            "value 本年支出合计 100.00 万元",
            "value 基本支出 60.00 万元",
            "share 基本支出 60.00 %",
            "value 项目支出 40.00 万元",
            "share 项目支出 40.00 %",
        ],
    ),
    "emphasis, full width, thousands": (
        "(一) 因公出国（境）费**１，２３４．５０**万元，占５０％。",
        ["value 因公出国（境）费 1234.50 万元", "share 因公出国（境）费 50 %"],
    ),
    "change without words of its own takes the item's head": (
        "（二）公务接待费2.00万元，主要用于各类公务接待支出。预算数比2023年减少0.50万元。",
        ["value 公务接待费 2.00 万元", "change 公务接待费 -0.50 万元"],
    ),
    "percent of the year before (上海)": (
        "1. “教育支出（类）普通教育（款）小学教育（项）”30.00万元，主要用于办学。2023年当年预算执行数为15.00万元，2024年预算安排30.00万元，比2023年预算执行数增加100.00%。",
        [
            "value 小学教育 30.00 万元",
            "previous 小学教育 15.00 万元",
            "value 小学教育 30.00 万元",
            "rate 小学教育 100.00 %",
        ],
    ),
    "current figure after the item's year (中央、广东)": (
        "1.教育支出（类）普通教育（款）小学教育（项）2024年预算数为30.00万元，比2023年执行数增加5.00万元，增长20.00%。",
        ["value 小学教育 30.00 万元", "change 小学教育 5.00 万元", "rate 小学教育 20.00 %"],
    ),
    "vehicles and equipment": (
        "2023年期末，共有车辆3辆，其中：一般公务用车1辆、其他用车2辆；单价100万元（含）以上设备（不含车辆）0台（套）。",
        ["count 车辆 3 辆", "count 一般公务用车 1 辆", "count 其他用车 2 辆", "count 大型设备 0 台"],
    ),
    "number of projects": (
        "实施绩效目标管理，涉及预算拨款90.00万元，共9个项目。",
        ["value 绩效项目预算 90.00 万元", "count 项目个数 9 个"],
    ),
    "brackets": (
        "2024年“三公”经费预算安排7.85万元，其中：公务用车购置及运维费6.76万元（其中：公务用车购置费为0万元，公务用车运行费6.76万元)；公务接待费1.09万元。",
        [
            "value 三公经费 7.85 万元",
            "value 公务用车购置及运行费 6.76 万元",
            "value 公务用车购置费 0 万元",
            "value 公务用车运行维护费 6.76 万元",
            "value 公务接待费 1.09 万元",
        ],
    ),
    "enumeration": (
        "其中：一是公务用车购置费0.00万元；二是公务用车运行维护费 6.00 万元。",
        ["value 公务用车购置费 0.00 万元", "value 公务用车运行维护费 6.00 万元"],
    ),
    "list of items of expense": (
        "机关运行经费共计安排35.35万元。包括：办公费25.75万元、水费9.60万元。",
        ["value 机关运行经费 35.35 万元", "value 办公费 25.75 万元", "value 水费 9.60 万元"],
    ),
    "respectively": (
        "2024年人员经费和公用经费分别为50.00万元和30.00万元，分别占62.50%和37.50%。",
        [
            "value 人员经费 50.00 万元",
            "value 公用经费 30.00 万元",
            "share 人员经费 62.50 %",
            "share 公用经费 37.50 %",
        ],
    ),
    "three kinds respectively": (
        "政府采购货物、工程、服务预算分别为1.00万元、2.00万元、3.00万元。",
        ["value 政府采购货物 1.00 万元", "value 政府采购工程 2.00 万元", "value 政府采购服务 3.00 万元"],
    ),
    "yuan and hundred million": (
        "2024年收入预算12345.67元，支出预算1.2亿元。",
        ["value 本年收入合计 12345.67 元", "value 本年支出合计 1.2 亿元"],
    ),
    "Beijing": (
        "2024年收入预算500.00万元，比2023年450.00万元增加50.00万元，增长11.11%。其中：本年财政拨款收入500.00万元。",
        [
            "value 本年收入合计 500.00 万元",
            "previous 本年收入合计 450.00 万元",
            "change 本年收入合计 50.00 万元",
            "rate 本年收入合计 11.11 %",
            "value 财政拨款收入 500.00 万元",
        ],
    ),
    "Zhejiang": (
        "示例区某局2024年收支总预算800.00万元。",
        ["value 收入总计 800.00 万元", "value 支出总计 800.00 万元"],
    ),
    "Jiangsu": (
        "某局2024年度收入、支出预算总计600.00万元，与上年相比收、支预算总计各增加60.00万元，增长11.11%。",
        [
            "value 收入总计 600.00 万元",
            "value 支出总计 600.00 万元",
            "change 收入总计 60.00 万元",
            "change 支出总计 60.00 万元",
            "rate 收入总计 11.11 %",
            "rate 支出总计 11.11 %",
        ],
    ),
    "Sichuan": (
        "2024年收支总预算900.00万元,比2023年收支预算总数增加90.00万元，主要是项目增加。",
        [
            "value 收入总计 900.00 万元",
            "value 支出总计 900.00 万元",
            "change 收入总计 90.00 万元",
            "change 支出总计 90.00 万元",
        ],
    ),
    "share named with its own amount missing": (
        "一般公共预算拨款收入占95.00%，上年结转占5.00%。",
        ["share 一般公共预算收入 95.00 %", "share 年初结转和结余 5.00 %"],
    ),
    "carried over money is a concept, not the year before": (
        "上年结转12.00万元，占10.00%。",
        ["value 年初结转和结余 12.00 万元", "share 年初结转和结余 10.00 %"],
    ),
    "small enterprises": (
        "授予中小企业合同金额80.00万元，占政府采购支出总额的80.00%，其中：授予小微企业合同金额40.00万元，占授予中小企业合同金额的50.00%。",
        [
            "value 授予中小企业合同金额 80.00 万元",
            "share 授予中小企业合同金额 80.00 %",
            "value 授予小微企业合同金额 40.00 万元",
            "share 授予小微企业合同金额 50.00 %",
        ],
    ),
    "growth as a noun": (
        "2024年机关运行经费预算10.00万元，比上年增加1.00万元，增幅11.11%。",
        ["value 机关运行经费 10.00 万元", "change 机关运行经费 1.00 万元", "rate 机关运行经费 11.11 %"],
    ),
    "fall as a noun": (
        "公务接待费预算9.00万元，较上年减少1.00万元，降幅为10%。",
        ["value 公务接待费 9.00 万元", "change 公务接待费 -1.00 万元", "rate 公务接待费 -10 %"],
    ),
    "negative growth": (
        "项目支出90.00万元，同比增长-10.00%。",
        ["value 项目支出 90.00 万元", "rate 项目支出 -10.00 %"],
    ),
    "compared amount first": (
        "与上年相比，公用经费减少2.00万元。",
        ["change 公用经费 -2.00 万元"],
    ),
    "fixed assets": (
        "某局（含所属单位）上年末固定资产金额为393.70万元。本年度拟购置固定资产总额为0.00万元。",
        ["value 固定资产 393.70 万元", "value 拟购置固定资产 0.00 万元"],
    ),
    "funds without use": (
        "2024年政府性基金预算拨款支出预算0.00万元，比2023年预算持平；国有资本经营预算拨款支出预算0.00万元。",
        ["value 政府性基金预算支出 0.00 万元", "value 国有资本经营预算支出 0.00 万元"],
    ),
    "class in a sentence": (
        "教育（类）支出30.00万元，占30.00%；卫生健康支出（类）70.00万元，占70.00%。",
        [
            "value 教育支出 30.00 万元",
            "share 教育支出 30.00 %",
            "value 卫生健康支出 70.00 万元",
            "share 卫生健康支出 70.00 %",
        ],
    ),
    "own scope in words": (
        "面向中小企业预留政府采购项目预算金额21.00万元，面向小微企业预留政府采购项目预算金额11.00万元。",
        [
            "value 面向中小企业预留政府采购项目预算金额 21.00 万元",
            "value 面向小微企业预留政府采购项目预算金额 11.00 万元",
        ],
    ),
    "a name before a colon": (
        "公务接待费：2024年预算数为2万元，比2023年减少1万元。",
        ["value 公务接待费 2 万元", "change 公务接待费 -1 万元"],
    ),
    "the year after the name": (
        "公务用车购置及运行维护费2024年预算数为2.00万元。",
        ["value 公务用车购置及运行费 2.00 万元"],
    ),
    "numbers as budgets": (
        "2024年支出预算数为120.00万元。",
        ["value 本年支出合计 120.00 万元"],
    ),
    "an aside after the name": (
        "政府采购金额（以合同签订为准）为21.00万元。",
        ["value 政府采购总额 21.00 万元"],
    ),
}

FINAL: dict[str, tuple[str, list[str]]] = {
    "budget and outturn": (
        "2024年度一般公共预算财政拨款支出年初预算为160.00万元，支出决算为120.00万元，完成年初预算的75.00%。",
        [
            "budget 一般公共预算支出 160.00 万元",
            "value 一般公共预算支出 120.00 万元",
            "completion 一般公共预算支出 75.00 %",
        ],
    ),
    "item with its codes' names": (
        "3. 教育支出（类）职业教育（款）技校教育（项）。年初预算为20.00万元，支出决算为10.00万元，完成年初预算的50.00%。决算数小于年初预算数的主要原因是学费未付。",
        ["budget 技校教育 20.00 万元", "value 技校教育 10.00 万元", "completion 技校教育 50.00 %"],
    ),
    "item with codes (四川)": (
        "1.教育支出（205）职业教育（20503）技校教育（2050303）：支出决算为10.00万元，完成预算100%。",
        ["value 技校教育 10.00 万元", "completion 技校教育 100 %"],
    ),
    "travel": (
        "1. 因公出国（境）费 预算数为1.00万元，支出决算数为0.50万元。全年因公出国（境）团组1个，累计2人次。",
        [
            "budget 因公出国（境）费 1.00 万元",
            "value 因公出国（境）费 0.50 万元",
            "count 因公出国（境）团组 1 个",
            "count 因公出国（境）人次 2 人次",
        ],
    ),
    "visitors": (
        "2024年共接待国内来访团组8个、来宾39人次（不包括陪同人员）。",
        ["count 国内公务接待批次 8 个", "count 来宾人次 39 人次"],
    ),
    "more than budgeted is no change against last year": (
        "三公经费支出决算为9.00万元，比年初预算增加1.00万元，增长12.50%。",
        ["value 三公经费 9.00 万元", "change 三公经费 1.00 万元", "rate 三公经费 12.50 %"],
    ),
    "kinds of purchase have figures of their own": (
        "授予中小企业合同金额10.00万元，占政府采购支出总额的50%；货物采购授予中小企业合同金额占货物支出金额的40%。",
        [
            "value 授予中小企业合同金额 10.00 万元",
            "share 授予中小企业合同金额 50 %",
            "share 货物采购授予中小企业合同金额 40 %",
        ],
    ),
    "a change after the reason": (
        "“三公”经费支出预算数为10.00万元，支出决算为8.00万元，决算数小于预算数的主要原因是厉行节约；较上年减少1.00万元，下降11.11%。",
        [
            "budget 三公经费 10.00 万元",
            "value 三公经费 8.00 万元",
            "change 三公经费 -1.00 万元",
            "rate 三公经费 -11.11 %",
        ],
    ),
    "against the budget and against last year": (
        "机关运行经费支出20.00万元，比年初预算数减少2.00万元，降低9.09%，比上年决算数增加1.00万元，增长5.26%。",
        [
            "value 机关运行经费 20.00 万元",
            "change 机关运行经费 -2.00 万元",
            "rate 机关运行经费 -9.09 %",
            "change 机关运行经费 1.00 万元",
            "rate 机关运行经费 5.26 %",
        ],
    ),
    "guests from abroad": (
        "国内公务接待12批次，86人次；国（境）外公务接待3批次，9人次。",
        [
            "count 国内公务接待批次 12 批次",
            "count 国内公务接待人次 86 人次",
            "count 国（境）外来访团组 3 批次",
            "count 来访外宾人次 9 人次",
        ],
    ),
    "batches": ("全年国内公务接待10批次。", ["count 国内公务接待批次 10 批次"]),
    "scores": ("自评得分全部在90分及以上。", ["count 自评得分 90 分"]),
    "the year's income and expenditure of one source": (
        "示例局2024年度一般公共预算财政拨款本年收入90.00万元，比上年增加10.00万元，增长12.5%；本年支出80.00万元，减少5.00万元，降低5.9%。",
        [
            "value 一般公共预算收入 90.00 万元",
            "change 一般公共预算收入 10.00 万元",
            "rate 一般公共预算收入 12.5 %",
            "value 一般公共预算支出 80.00 万元",
            "change 一般公共预算支出 -5.00 万元",
            "rate 一般公共预算支出 -5.9 %",
        ],
    ),
    "the year's expenditure in full": (
        "本年收入90.00万元，增加10.00万元；本年支出80.00万元。",
        ["value 本年收入合计 90.00 万元", "change 本年收入合计 10.00 万元", "value 本年支出合计 80.00 万元"],
    ),
    "within": (
        "2024年度“三公”经费财政拨款支出决算中，因公出国（境）费支出决算1.00万元，占10.00%；公务接待费支出决算9.00万元，完成预算的90.00%，占90.00%。",
        [
            "value 因公出国（境）费 1.00 万元",
            "share 因公出国（境）费 10.00 %",
            "value 公务接待费 9.00 万元",
            "completion 公务接待费 90.00 %",
            "share 公务接待费 90.00 %",
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), PHRASES.values(), ids=PHRASES.keys())
def test_budget_phrases(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(("text", "expected"), FINAL.values(), ids=FINAL.keys())
def test_final_account_phrases(text: str, expected: list[str]) -> None:
    assert said(text, kind="部门决算") == expected


def one(text: str, number: int = 0, **options: object) -> Mention:
    return read(text, **options)[0].mentions[number]  # type: ignore[arg-type]


def test_subject_is_the_path_of_the_item() -> None:
    text = "3. 教育支出（类）职业教育（款）技校教育（项）。年初预算为20.00万元，支出决算为10.00万元。"
    assert one(text, kind="部门决算").subject == "教育支出/职业教育/技校教育"


def test_a_part_of_something_else_is_set_apart() -> None:
    text = "共有车辆7辆，其中：一般公务用车1辆、其他用车6辆。2024年部门预算安排购置车辆1辆，其中：一般公务用车0辆、其他用车1辆。"
    others = [m.subject for m in read(text)[0].mentions if m.concept == "其他用车"]
    assert others[0] == "" and others[1] != ""


def test_figures_of_a_reason_are_set_apart() -> None:
    text = "机关运行经费10.00万元，比上年减少1.00万元，主要原因是收回人员经费5.00万元。"
    assert [m.subject for m in read(text)[0].mentions] == ["", "", "原因"]


def test_years_of_mentions() -> None:
    text = "2024年三公经费8.00万元，与2023年相比减少1.00万元，下降11.11%。"
    assert [m.year for m in read(text)[0].mentions] == [2024, 2023, 2023]


def test_a_wrongly_printed_year_does_not_make_the_figure_last_years() -> None:
    text = "2023年收入总计120.50万元，支出总计120.50万元。"
    assert said(text) == ["value 收入总计 120.50 万元", "value 支出总计 120.50 万元"]


def test_unknown_concepts_keep_their_words() -> None:
    mention = one("2024年示例大楼维修补助12.00万元。")
    assert not mention.known
    assert "示例大楼维修补助" in mention.concept


def test_glossary_and_contents_are_silent() -> None:
    assert not said("基本支出100.00万元。", part="glossary")
    assert not said("一、收支情况 3 万元", part="contents")


def test_prose_without_figures_has_no_mentions() -> None:
    assert not said("负责拟订示例区有关规划并组织实施。", "第12条规定，2024年3月1日起，财社〔2023〕18号。")


def test_approximate_figures() -> None:
    assert [
        one(text).amount.approximate
        for text in ("全年约120万元。", "培训近200人次。", "发放300余人。", "支出50万元左右。")
    ] == [True] * 4
    assert not one("节约120万元。").amount.approximate


def test_section_concept_names_a_figure_without_words() -> None:
    assert said("2024年预算安排50.00万元。", title="机关运行经费安排情况说明") == [
        "value 机关运行经费 50.00 万元"
    ]


def test_a_heading_that_names_a_concept_gives_it_to_figures_without_words() -> None:
    below = Section(
        "一",
        "公务接待费支出情况说明",
        3,
        part="explanation",
        paragraphs=(Paragraph("2024年预算1.20万元，比上年减少0.30万元。"),),
    )
    section = Section("七", "三公经费", 2, name="三公经费", part="explanation", sections=(below,))
    document = Document(
        "示例", classification=Classification("部门预算", 2024), root=Section("", "", 0, sections=(section,))
    )
    (read_section,) = add_mentions(document, vocabulary()).root.sections[0].sections
    assert [m.concept for m in read_section.paragraphs[0].mentions] == ["公务接待费"] * 2


def test_spans_point_at_the_printed_figure() -> None:
    text = "2024 年收入总计 **1,764.80** 万元，支出总计 1 764.80 万元。"
    for paragraph in read(text):
        for mention in paragraph.mentions:
            assert paragraph.text[slice(*mention.span)] == mention.text
    assert read(text)[0].mentions[0].text.startswith("1,764.80")


@given(
    value=st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False),
    unit=st.sampled_from(["元", "万元", "亿元", "%", "辆", "人次"]),
    gap=st.sampled_from(["", " ", "\u3000"]),
    grouped=st.booleans(),
)
def test_printed_numbers_read_back(value, unit, gap, grouped) -> None:  # type: ignore[no-untyped-def]
    printed = f"合计{value:,}{gap}{unit}，" if grouped else f"合计{value}{gap}{unit}，"
    folded = fold(printed)
    (figure,) = FigureScanner(["辆", "人次"]).scan(folded.text)
    assert figure.amount.value / figure.amount.factor == value
    assert figure.amount.unit == unit
    assert figure.amount.quantum == figure.amount.factor / 100


@given(
    st.text(
        alphabet="收支总计、，。；：（）其中占比增加减少与上年相比分别为万元%0123456789.类款项一二 *",
        max_size=200,
    )
)
def test_any_text_is_read(text: str) -> None:
    for paragraph in read(text):
        for mention in paragraph.mentions:
            assert paragraph.text[slice(*mention.span)] == mention.text
