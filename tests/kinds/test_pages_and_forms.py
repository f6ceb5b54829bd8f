"""Tables that a printer repeats or runs together, contents lists without leaders, tables published twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.kinds.tried import BUDGET, FINAL, checked, found, table, undecided

from budgetlint.results.findings import Severity

HEAD = "科目编码|科目名称|本年收入合计|财政拨款收入|其他收入\n|合计|90.00|90.00|"
FIRST = "208|社会保障和就业支出|30.00|30.00|\n20805|行政事业单位养老支出|30.00|30.00|\n2080501|行政单位离退休|30.00|30.00|"
SECOND = "210|卫生健康支出|{}|{}|\n21011|行政事业单位医疗|60.00|60.00|\n2101101|行政单位医疗|60.00|60.00|"


@pytest.mark.parametrize("ending", ["txt", "md"])
@pytest.mark.parametrize("figure", ["60.00", "66.00"])
def test_a_table_printed_on_with_its_title_and_total_is_one(tmp_path: Path, ending: str, figure: str) -> None:
    second = SECOND.format(figure, figure)
    parts = [table("收入决算表", f"{HEAD}\n{part}", ending=ending) for part in (FIRST, second)]
    report = checked(tmp_path, FINAL + "".join(parts), ending)
    assert len(report.tables) == 1
    assert bool(found(report)) == (figure == "66.00")


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_two_tables_of_one_title_with_totals_of_their_own_are_two(tmp_path: Path, ending: str) -> None:
    own = HEAD.replace("90.00", "60.00")
    text = table("收入决算表", f"{HEAD.replace('90.00', '30.00')}\n{FIRST}", ending=ending)
    text += table("收入决算表", f"{own}\n{SECOND.format('60.00', '60.00')}", ending=ending)
    assert len(checked(tmp_path, FINAL + text, ending).tables) == 2


FORM = (
    "{label}|{name}||\n主管部门|示例市示例区某局|实施单位|示例市示例区某局\n{money}|资金总额|{total}|\n|财政拨款|{total}|\n"
    "年度目标|保障{name}||\n一级指标|二级指标|三级指标|指标值\n成本指标|经济成本指标|总成本|≤{total}万元\n"
    "产出指标|数量指标|完成数量|≥3个\n效益指标|社会效益指标|覆盖单位|≥3家\n满意度指标|服务对象满意度指标|群众满意度|≥90%\n"
)
LABELS = [
    ("项目名称", "项目资金（万元）"),
    ("项目名称", "专项资金情况（万元）"),
    ("项目名称", "资金情况（万元）"),
]


@pytest.mark.parametrize("apart", ["", "\n"])
@pytest.mark.parametrize(("label", "money"), LABELS)
def test_forms_without_titles_are_one_sheet_each(tmp_path: Path, label: str, money: str, apart: str) -> None:
    forms = [
        FORM.format(label=label, name=name, money=money, total=total).replace("|", "\t")
        for name, total in (("示例宣讲", "18.40"), ("示例展览", "66.00"), ("示例调研", "9.00"))
    ]
    report = checked(tmp_path, BUDGET + "项目支出绩效目标表\n\n" + apart.join(forms))
    assert len(report.tables) == 3
    assert not found(report, Severity.NOTICE) and not undecided(report)
    wrong = apart.join(forms).replace("≤66.00万元", "≤96.00万元")
    assert "CN801" in found(checked(tmp_path, BUDGET + "项目支出绩效目标表\n\n" + wrong))


CONTENTS = "目 录\n\n一、单位职责\n\n二、内设机构\n\n三、名词解释\n\n四、预算编制说明\n\n五、其他情况说明\n\n"
BODIES = {
    "name before": "示例市示例区某局主要职能\n\n示例市示例区某局做下面两件事：\n\n（一）定计划。\n\n",
    "职责": "示例市示例区某局职责\n\n办理全区示例事务。\n\n",
    "bare": "主要职能\n\n示例市示例区某局管理示例事务。\n\n",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_contents_list_ends_where_the_text_begins(tmp_path: Path, body: str) -> None:
    rest = "名词解释\n\n基本支出：日常运转的开支。\n\n2026年预算编制说明\n\n2026年收入预算210.00万元。\n\n其他情况说明\n\n无。\n"
    report = checked(tmp_path, "示例市示例区某局2026年单位预算\n\n" + CONTENTS + body + rest)
    rules = {finding.rule for finding in report.findings}
    assert not rules & {"CN121", "BL424", "BL422"}


LISTED = "目 录\n\n{0}一、2026年度部门收支预算表\n\n{0}二、2026年度部门{1}预算表\n\n{0}三、名词解释\n\n"


@pytest.mark.parametrize("bullet", ["", "- ", "• ", "· "])
def test_a_listed_table_that_is_not_printed_is_told(tmp_path: Path, bullet: str) -> None:
    body = "2026年度部门收支预算表\n\n单位：万元\n\n收入\t\t支出\t\n项目\t金额\t项目\t金额\n一、一般公共预算\t90.00\t一、社会保障和就业支出\t90.00\n收入总计\t90.00\t支出总计\t90.00\n\n"
    for kind in ("收入", "支出"):
        text = BUDGET + LISTED.format(bullet, kind) + body + "名词解释\n\n基本支出：日常运转的开支。\n"
        assert "BL421" in found(checked(tmp_path, text))
    printed = BUDGET + LISTED.format(bullet, "收入") + body
    printed += table("2026年度部门收入预算表", "科目名称|合计|一般公共预算\n合计|90.00|90.00")
    assert "BL421" not in found(checked(tmp_path, printed))


TOTAL = "收入||支出||\n项目|金额|项目|金额\n财政拨款收入|90.00|一、一般公共服务支出|90.00\n本年收入合计|90.00|本年支出合计|90.00\n收入总计|90.00|支出总计|90.00"
BY_ITEM = "科目编码|科目名称|本年收入合计|财政拨款收入\n|合计|90.00|90.00\n201|一般公共服务支出|90.00|90.00\n20103|政府办公厅（室）及相关机构事务|90.00|90.00\n2010301|行政运行|90.00|90.00"
BY_UNIT = "单位名称|本年收入合计|财政拨款收入\n合计|90.00|90.00\n示例市示例区某局|90.00|90.00"
TWICE = {
    "分单位 first": ("收入决算表（分单位）", BY_UNIT, "收入决算表（分科目）", BY_ITEM),
    "分科目 first": ("收入决算表（分科目）", BY_ITEM, "收入决算表（分单位）", BY_UNIT),
    "按…列示": ("收入决算表（按功能分类列示）", BY_ITEM, "收入决算表（按单位列示）", BY_UNIT),
    "plain": ("收入决算表", BY_ITEM, "收入决算表（按单位列示）", BY_UNIT),
}


@pytest.mark.parametrize("twice", TWICE.values(), ids=TWICE)
def test_of_a_table_published_twice_the_one_by_item_is_compared(
    tmp_path: Path, twice: tuple[str, str, str, str]
) -> None:
    tables = table(twice[0], twice[1]) + table(twice[2], twice[3])
    report = checked(tmp_path, FINAL + table("收入支出决算总表", TOTAL) + tables)
    assert not found(report) and "ambiguous-reference" not in undecided(report)
    wrong = table("收入支出决算总表", TOTAL.replace("90.00", "95.00"))
    assert "FA301" in found(checked(tmp_path, FINAL + wrong + tables))


SPLIT = "本年收入||本年支出||||\n项目|预算数|项目|合计|人员经费|公用经费|项目支出\n一、财政拨款收入|300.00|一、一般公共服务支出|300.00|240.00|40.00|20.00\n1. 一般公共预算|300.00||||| \n收入总计|300.00|支出总计|300.00|240.00|40.00|20.00"
BASIC = "经济分类科目编码||科目名称|合计|人员经费|公用经费\n类|款||||\n301||工资福利支出|{0}|{0}|\n301|01|基本工资|{0}|{0}|\n302||商品和服务支出|{1}||{1}\n302|01|办公费|{1}||{1}\n||合计|280.00|{0}|{1}"


@pytest.mark.parametrize(("staff", "running"), [("240.00", "40.00"), ("230.00", "50.00")])
def test_costs_split_in_the_total_agree_with_the_basic_expenditure(
    tmp_path: Path, staff: str, running: str
) -> None:
    text = table("部门收支总表", SPLIT) + table("一般公共预算基本支出表", BASIC.format(staff, running))
    assert ("CN318" in found(checked(tmp_path, BUDGET + text))) == (staff != "240.00")
