"""Forms of stacked blocks: how a sheet of ours is read, whole and damaged in the ways that real ones are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetlint.document import GridBlock, GridCell, RowKind
from budgetlint.normalise.forms.goal_list import read_goal_list
from budgetlint.normalise.forms.table import FormTable, read_form
from budgetlint.normalise.printed.lines import lines_of
from budgetlint.normalise.tables.grids import Body, Line, body_of
from budgetlint.vocabulary import national_words

SHEET = """\
项目名称|政务服务大厅运行经费
主管部门|示例市示例区某局|实施单位|示例区服务中心
项目资金(万元)|年初预算数|全年预算数|全年执行数|分值|执行率 %|得分
年度资金总额(万元):|30|20|15.5|10|77.5|7.75
政府性预算资金|30|20|15.5|-|77.5|-
单位资金|0|0|0|-|0|-
资金管理情况|情况说明|分值|得分|存在问题和改进措施
安排科学性|经过论证|10|9|论证偏晚
使用规范性|按规定使用|10|10|
年度总体目标|预期目标|实际完成情况
|全年办件一万件|办件九千件
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差度 %|偏差原因分析及改进措施
成本指标|经济成本指标|成本控制率|≤100%|98%|20|20|0.00%|
|社会成本指标|||||||
产出指标|数量指标|办件数量|≥10000件|9000件|20|18|-10.00%|线上分流
|质量指标|办件合格率|100%|100%|10|10|0.00%|
效益指标|社会效益指标|群众少跑腿|有效|100%|10|10|0.00%|
满意度指标|服务对象满意度指标|办事群众满意度|≥95%|96%|10|10|0.00%|
|总分||||100|94.75||
"""


def line(text: str) -> Line:
    return tuple(GridCell(cell) for cell in text.split("|"))


def body(text: str) -> Body:
    return body_of(GridBlock(tuple(line(row) for row in text.splitlines())), lines_of(national_words()))


def form(text: str) -> FormTable:
    found = read_form([body(text)], None, "项目单位自评表", national_words())
    assert found is not None
    return found


def values(table: FormTable, label: str) -> dict[str, str]:
    row = next(row for row in table.rows if label in row.label)
    return {table.columns[i].label: cell.text for i, cell in row.cells.items() if not cell.blank}


def unsure(table: FormTable, label: str) -> set[str]:
    row = next(row for row in table.rows if label in row.label)
    return {table.columns[i].label for i, cell in row.cells.items() if not cell.sure}


def test_blocks_of_a_form_share_their_columns() -> None:
    table = form(SHEET)
    labels = [column.label for column in table.columns]
    assert len(labels) == len(set(labels))
    assert values(table, "年度资金总额")["得分"] == "7.75"
    assert values(table, "安排科学性") == {
        "分值": "10",
        "得分": "9",
        "情况说明": "经过论证",
        "存在问题和改进措施": "论证偏晚",
    }
    assert values(table, "办件数量")["偏差度"] == "-10.00%"
    assert values(table, "总分") == {"分值": "100", "得分": "94.75"}
    assert table.indicators == 5


def test_figures_have_their_units() -> None:
    table = form(SHEET)
    (row,) = [row for row in table.rows if "资金总额" in row.label]
    amounts = {table.columns[i].label: cell.amount for i, cell in row.cells.items()}
    executed, weight, rate = (amounts[label] for label in ("全年执行数", "分值", "执行率"))
    assert executed is not None and executed.value == Decimal(155000)
    assert weight is not None and weight.unit == "分"
    assert rate is not None and rate.unit == "%"


def test_worded_fields_are_facts() -> None:
    facts = {name: cell.text for name, cell in form(SHEET).facts.items()}
    assert facts["项目名称"] == "政务服务大厅运行经费"
    assert facts["实施单位"] == "示例区服务中心"
    assert facts["预期目标"] == "全年办件一万件"
    assert facts["实际完成情况"] == "办件九千件"


def test_sources_are_parts_of_the_whole_and_classes_lead_to_indicators() -> None:
    table = form(SHEET)
    whole = next(i for i, row in enumerate(table.rows) if "资金总额" in row.label)
    parts = [row.label for row in table.rows if row.parent == whole]
    assert parts == ["政府性预算资金", "单位资金"]
    assert table.rows[whole].kind is RowKind.TOTAL
    assert next(row.path for row in table.rows if row.label == "办件合格率") == (
        "产出指标",
        "质量指标",
        "办件合格率",
    )


NATIONAL = """\
项目名称||就业创业培训补贴|||||||
主管部门||示例市示例区某局|||实施单位||示例区培训中心||
项目资金（万元）|||年初预算数|全年预算数|全年执行数|分值|执行率||得分
||年度资金总额|100.00|100.00|95.50|10|95.50%||9.55
||其中：当年财政拨款|80.00|80.00|75.50|—|94.38%||—
||上年结转资金|20.00|20.00|20.00|—|100.00%||—
年度总体目标|预期目标|||||实际完成情况|||
|培训一千人|||||培训一千二百人|||
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值||得分|偏差原因分析及改进措施
|产出指标（50分）|数量指标|培训人数|1000|1200|25||25|
||质量指标|考核通过率|≥90%|85%|25||23.61|生源差异
|效益指标（30分）|社会效益指标|稳定就业|有效|达成预期|30||30|
|满意度指标（10分）|服务对象满意度指标|学员满意度|≥90%|95%|10||10|
总分||||||100||98.16|
"""


@pytest.mark.parametrize("exact", [True, False], ids=["positions stated", "text only"])
def test_the_ministrys_own_sheet_is_read_with_and_without_positions(exact: bool) -> None:
    grid = GridBlock(tuple(line(row) for row in NATIONAL.splitlines()), spans_known=exact)
    table = read_form(
        [body_of(grid, lines_of(national_words()))], None, "项目支出绩效自评表", national_words()
    )
    assert table is not None
    assert values(table, "年度资金总额") == {
        "年初预算数": "100.00",
        "全年预算数": "100.00",
        "全年执行数": "95.50",
        "分值": "10",
        "执行率": "95.50%",
        "得分": "9.55",
    }
    assert values(table, "培训人数")["年度指标值"] == "1000"
    found = values(table, "考核通过率")
    assert (found["分值"], found["得分"], found["实际完成值"]) == ("25", "23.61", "85%")
    assert found["一级指标"] == "产出指标（50分）"
    assert found["偏差原因分析及改进措施"] == "生源差异"
    assert values(table, "总分") == {"分值": "100", "得分": "98.16"}
    assert table.indicators == 4


def shifted(text: str, gap: int) -> str:
    """Spread the cells of every line with the same gap of blanks."""
    return "\n".join(("|" * gap).join(row.split("|")) for row in text.splitlines())


DAMAGES = {
    "gaps of several tabs": shifted(SHEET, 4),
    "a caption before the header": SHEET.replace("一级指标|", "绩效指标|一级指标|").replace(
        "成本指标|经济", "绩效指标|成本指标|经济"
    ),
    "classes printed once": SHEET.replace("产出指标|数量指标", "||产出指标|数量指标"),
    "the header of the indicators lost": "\n".join(
        row for row in SHEET.splitlines() if not row.startswith("一级指标")
    ),
    "the header of the funds lost": "\n".join(
        row for row in SHEET.splitlines() if not row.startswith("项目资金")
    ).replace("年度资金总额", "项目资金(万元)|年度资金总额"),
    "a merged cell repeats a figure": SHEET.replace("|30|20|15.5|10|", "|30|20|15.5|15.5|10|"),
    "a merged cell repeats what was reached": SHEET.replace("|有效|100%|10|", "|有效|100%|100%|10|"),
    "a page break inside": SHEET.replace("产出指标|数量", "\n产出指标|数量"),
}


@pytest.mark.parametrize("text", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_sheet_reads_like_a_whole_one(text: str) -> None:
    whole, table = form(SHEET), form(text)
    for label in ("年度资金总额", "安排科学性", "办件数量", "群众少跑腿", "总分"):
        scores = {k: v for k, v in values(whole, label).items() if k in ("分值", "得分", "执行率", "偏差度")}
        assert scores.items() <= values(table, label).items(), label
        assert not unsure(table, label) & scores.keys()
    assert values(table, "年度资金总额")["全年执行数"] == "15.5"
    assert values(table, "群众少跑腿")["实际完成值"] == "100%"
    assert table.indicators == whole.indicators


def test_positions_are_not_trusted_where_a_line_does_not_keep_to_its_header() -> None:
    lines = SHEET.replace("|质量指标|办件合格率|", "质量指标|办件合格率|").replace(
        "单位资金|0|0|0|-|0|-", "|单位资金|0|0|0|-|0|-"
    )
    exact = body(lines)
    exact.spans_known = True
    found = read_form([exact], None, "项目单位自评表", national_words())
    assert found is not None
    assert values(found, "办件合格率")["分值"] == "10"
    assert values(found, "单位资金")["全年执行数"] == "0"


def test_which_repeat_is_too_many_is_told_by_the_rate() -> None:
    table = form(
        SHEET.replace("|30|20|15.5|10|", "|30|30|20|20|10|").replace("|10|77.5|7.75", "|10|66.67|6.67")
    )
    found = values(table, "年度资金总额")
    assert (found["全年预算数"], found["全年执行数"]) == ("30", "20")


def test_a_header_mixed_with_its_first_line_is_not_trusted() -> None:
    mixed = "项目资金(万元)|年度资金总额(万元):|年初预算数|20|全年预算数|15.5|全年执行数|10|执行率 %|7.75"
    rows = [row for row in SHEET.splitlines() if not row.startswith(("项目资金", "年度资金"))]
    table = form("\n".join([*rows[:2], mixed, *rows[2:]]))
    assert values(table, "年度资金总额") == {
        "全年预算数": "20",
        "全年执行数": "15.5",
        "分值": "10",
        "得分": "7.75",
    }
    assert unsure(table, "年度资金总额") >= {"年初预算数", "全年预算数", "全年执行数", "分值", "得分"}


def test_a_lost_score_leaves_the_others_certain() -> None:
    table = form(SHEET.replace("|10|77.5|7.75", "|10|77.5"))
    assert unsure(table, "年度资金总额") == {"得分"}


GOAL_SHEET = (
    "项目编码|00000001|项目名称|档案整理费\n"
    "预算规模及资金用途|预算数|2.00|其中：财政    资金|2.00|其他资金|\n"
    "|整理历年档案\n"
    "资金支出计划（%）|3月底|6月底|10月底|12月底\n"
    "|25%|50%|75%|100%\n"
    "绩效目标|完成整理\n"
    "一级指标|二级指标|三级指标|绩效指标描述|指标值|指标值确定依据\n"
    "产出指标|数量指标|整理卷数|整理完成的卷数|≥100卷|年度工作计划\n"
    "|成本指标|整理费用|整理所需费用|≤2万元|年度工作计划\n"
)


@pytest.mark.parametrize("gap", [1, 3])
def test_a_goal_sheet_has_its_budget_its_plan_and_its_purpose(gap: int) -> None:
    table = form(shifted(GOAL_SHEET, gap))
    assert values(table, "预算数")["金额"] == "2.00"
    assert table.facts["资金用途"].text == "整理历年档案"
    assert values(table, "资金支出计划")["6月底"] == "50%"
    assert values(table, "整理费用")["一级指标"] == "产出指标"
    assert values(table, "整理费用")["指标值"] == "≤2万元"
    assert not unsure(table, "整理费用")


def test_a_grid_without_inner_headers_is_no_form_of_ours() -> None:
    assert read_form([body("姓名|电话\n某人|某号\n单位|示例局")], None, "登记表", national_words()) is None


GOALS = """\
114||示例局||12.00|12.00||||||||
114001|示例局本级||12.00|12.00||||||||
41000000001|档案整理费|特定目标类|12.00|12.00|||整理费用|≤12万元|整理卷数|≥100卷|查档方便|显著
|||||||||完成及时率|100%||
|||||||制度完备|||||
"""


def test_a_list_of_goals_pairs_neighbours_wherever_they_drifted() -> None:
    from budgetlint.document import Column, Role

    heads = (
        ("编码",),
        ("名称",),
        ("类型",),
        ("金额", "总额"),
        ("金额", "政府"),
        ("金额", "专户"),
        ("金额", "单位"),
    )
    roles = (Role.CODE, Role.NAME, Role.TEXT, Role.AMOUNT, Role.AMOUNT, Role.AMOUNT, Role.TEXT)
    groups = [(f"{name}指标", label) for name in ("成本", "产出", "效益") for label in ("三级指标", "指标值")]
    columns = [Column(path, role=role) for path, role in zip(heads, roles, strict=True)]
    columns += [Column(path) for path in groups]
    found = read_goal_list(
        columns, [line(row) for row in GOALS.splitlines()[1:]], "万元", "汇总表", national_words()
    )
    assert found is not None
    unit, project, *rest = found.rows
    assert unit.kind is RowKind.SUBTOTAL and project.parent == 0
    assert values(found, "档案整理费")["指标值"] == "≤12万元"
    assert values(found, "档案整理费")["一级指标"] == "成本指标"
    assert values(found, "完成及时率")["指标值"] == "100%"
    assert all(row.kind is RowKind.AMONG and row.parent == 1 for row in rest)
    assert "指标值" not in values(found, "制度完备")
