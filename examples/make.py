"""Writes the example documents of a made-up 示例市示例区某局: clean ones, and the same with planted errors.

Run ``python examples/make.py`` to write them beside this file. Every planted error is one replacement of printed text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

UNIT = "示例市示例区某局"
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Item:
    """One 项 of expenditure, in 万元: wages, allowances and running costs make its 基本支出."""

    code: str
    name: str
    wages: str = "0.00"
    allowances: str = "0.00"
    running: str = "0.00"
    project: str = "0.00"

    @property
    def basic(self) -> Decimal:
        return Decimal(self.wages) + Decimal(self.allowances) + Decimal(self.running)

    @property
    def total(self) -> Decimal:
        return self.basic + Decimal(self.project)


BUDGET = (
    Item("2010101", "行政运行", "220.50", "20.30", "59.20"),
    Item("2010102", "一般行政管理事务", project="80.00"),
    Item("2080501", "行政单位离退休", allowances="24.60"),
    Item("2080505", "机关事业单位基本养老保险缴费支出", "35.40"),
    Item("2101101", "行政单位医疗", "18.25"),
    Item("2120501", "城乡社区环境卫生", project="45.75"),
    Item("2210201", "住房公积金", "26.00"),
)
FINAL = (
    Item("2010101", "行政运行", "212.40", "20.50", "57.20"),
    Item("2010102", "一般行政管理事务", project="70.40"),
    Item("2080501", "行政单位离退休", allowances="22.00"),
    Item("2080505", "机关事业单位基本养老保险缴费支出", "34.00"),
    Item("2101101", "行政单位医疗", "17.50"),
    Item("2120501", "城乡社区环境卫生", project="40.00"),
    Item("2210201", "住房公积金", "25.00"),
)
NAMES = {
    "201": "一般公共服务支出",
    "20101": "人大事务",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "210": "卫生健康支出",
    "21011": "行政事业单位医疗",
    "212": "城乡社区支出",
    "21205": "城乡社区环境卫生",
    "221": "住房保障支出",
    "22102": "住房改革支出",
}
# fmt: off
BASIC = {
    "2024": {
        ("301", "工资福利支出"): [
            ("30101", "基本工资", "90.00"), ("30102", "津贴补贴", "75.50"),
            ("30103", "奖金", "55.00"), ("30108", "机关事业单位基本养老保险缴费", "35.40"),
            ("30110", "职工基本医疗保险缴费", "18.25"), ("30113", "住房公积金", "26.00"),
        ],
        ("302", "商品和服务支出"): [
            ("30201", "办公费", "20.00"), ("30211", "差旅费", "8.00"),
            ("30217", "公务接待费", "1.20"), ("30228", "工会经费", "6.00"),
            ("30231", "公务用车运行维护费", "4.00"), ("30239", "其他交通费用", "20.00"),
        ],
        ("303", "对个人和家庭的补助"): [
            ("30302", "退休费", "24.60"), ("30305", "生活补助", "20.30"),
        ],
    },
    "2023": {
        ("301", "工资福利支出"): [
            ("30101", "基本工资", "86.40"), ("30102", "津贴补贴", "73.00"),
            ("30103", "奖金", "53.00"), ("30108", "机关事业单位基本养老保险缴费", "34.00"),
            ("30110", "职工基本医疗保险缴费", "17.50"), ("30113", "住房公积金", "25.00"),
        ],
        ("302", "商品和服务支出"): [
            ("30201", "办公费", "19.00"), ("30211", "差旅费", "7.80"),
            ("30217", "公务接待费", "1.10"), ("30228", "工会经费", "5.80"),
            ("30231", "公务用车运行维护费", "3.90"), ("30239", "其他交通费用", "19.60"),
        ],
        ("303", "对个人和家庭的补助"): [
            ("30302", "退休费", "22.00"), ("30305", "生活补助", "20.50"),
        ],
    },
}
# fmt: on
SOURCES = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
TERMS = """一、财政拨款收入：指本级财政当年拨付的资金。

二、基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。

三、项目支出：指在基本支出之外为完成特定任务和事业发展目标所发生的支出。

四、“三公”经费：指用财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。

五、机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金。
"""
#: What is planted in the flawed documents: (after which words, what is printed there, what instead of it).
BUDGET_FLAWS = (
    ("三、支出总体", "基本支出404.25万元，占76.27%", "基本支出404.25万元，占67.27%"),
    ("六、一般公共预算基本支出", "人员经费345.05万元", "人员经费354.05万元"),
    ("一、收支总体", "收、支总计各增加30.00万元，增长6.00%", "收、支总计各增加30.00万元，增长6.50%"),
    ("七、“三公”", "比减少0.30万元，下降5.45%", "比增加0.30万元，下降5.45%"),
    ("五、一般公共预算支出", "卫生健康支出18.25万元", "卫生健康支出18.52万元"),
    (
        "\n部门支出总表\n",
        "城乡社区环境卫生\t45.75\t0.00\t45.75\n221\t",
        "城乡社区环境卫生\t45.75\t0.00\t47.75\n221\t",
    ),
    ("\n一般公共预算基本支出表\n", "差旅费\t8.00\t", "差旅费\t8.80\t"),
    ("（二）政府采购", "政府采购货物预算12.00万元", "政府采购货物预算21.00万元"),
    ("（四）国有资产", "一般公务用车1辆", "一般公务用车2辆"),
    ("\n政府性基金预算支出表\n", "\t合计\t\t\t\n", "\t合计\t5.00\t0.00\t5.00\n"),
    ("四、财政拨款", "与2023年相比", "与2022年相比"),
    ("五、机关运行经费", "指为保障行政单位运行用于购买货物和服务的各项资金", "XX（根据实际情况填写）"),
)
FINAL_FLAWS = (
    ("三、支出决算情况", "基本支出388.60万元，占77.88%", "基本支出388.60万元，占78.88%"),
    ("一、收入支出", "收入总计499.00万元", "收入总计498.00万元"),
    ("\n支出决算表\n", "合计\t499.00\t388.60\t110.40", "合计\t499.00\t388.60\t101.40"),
    ("住房公积金（项）", "完成年初预算的100.00%", "完成年初预算的110.00%"),
    ("一般行政管理事务（项）", "支出决算为70.40万元", "支出决算为74.00万元"),
    ("（三）公务接待费", "决算1.10万元", "决算1.01万元"),
    ("\n一般公共预算财政拨款基本支出决算表\n", "生活补助\t20.50", "生活补助\t25.00"),
    ("国有资产占用", "执法执勤用车1辆", "执法执勤用车3辆"),
    ("政府采购支出", "政府采购支出总额18.00万元", "政府采购支出总额81.00万元"),
    ("\n一般公共预算财政拨款支出决算表\n", "行政单位医疗\t17.50\t17.50", "行政单位医疗\t17.50\t15.70"),
)


def main() -> None:
    """Write the four documents."""
    folder = Path(__file__).parent
    for name, text in documents().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def documents() -> dict[str, str]:
    """Return file name → text of every example."""
    clean_budget, clean_final = budget(), final_account()
    return {
        "示例区某局-2024年部门预算.txt": clean_budget,
        "示例区某局-2024年部门预算（有错）.txt": planted(clean_budget, BUDGET_FLAWS),
        "示例区某局-2023年部门决算.txt": clean_final,
        "示例区某局-2023年部门决算（有错）.txt": planted(clean_final, FINAL_FLAWS),
    }


def planted(text: str, flaws: Sequence[tuple[str, str, str]]) -> str:
    """Return a text with errors planted, each behind the last place where the words before it stand."""
    for after, printed, instead in flaws:
        start = text.index(printed, text.rindex(after))
        text = text[:start] + instead + text[start + len(printed) :]
    return text


def table(
    title: str, header: Sequence[Sequence[str]], rows: Sequence[Sequence[object]], note: str = ""
) -> str:
    """Return a table as tab-separated lines under its title and unit line."""
    lines = ["\t".join(map(str, line)) for line in (*header, *rows)]
    return (
        "\n".join([title, "", f"部门名称：{UNIT}", "", "单位：万元", "", *lines, *([note] if note else [])])
        + "\n\n"
    )


def tree(items: Sequence[Item]) -> list[tuple[str, str, list[Item]]]:
    """Return 类, 款 and 项 in printed order, each with the items under it."""
    codes = sorted({item.code[:length] for item in items for length in (3, 5, 7)})
    names = NAMES | {item.code: item.name for item in items}
    return [(code, names[code], [item for item in items if item.code.startswith(code)]) for code in codes]


def amounts(items: Sequence[Item]) -> tuple[Decimal, Decimal, Decimal]:
    """Return total, basic and project expenditure of some items."""
    basic = sum((item.basic for item in items), ZERO)
    project = sum((Decimal(item.project) for item in items), ZERO)
    return basic + project, basic, project


def expense_rows(items: Sequence[Item]) -> list[tuple[object, ...]]:
    """Return a 合计 row and the tree of codes with total, basic and project expenditure."""
    return [
        ("", "合计", *amounts(items)),
        *((code, name, *amounts(under)) for code, name, under in tree(items)),
    ]


def class_rows(items: Sequence[Item]) -> list[tuple[str, Decimal]]:
    """Return 一、一般公共服务支出 … with their amounts."""
    numerals = "一二三四五六七八九十"
    classes = [(name, amounts(under)[0]) for code, name, under in tree(items) if len(code) == 3]
    return [
        (f"{numeral}、{name}", amount) for numeral, (name, amount) in zip(numerals, classes, strict=False)
    ]


def two_sided(
    title: str, left: Sequence[tuple[str, object]], right: Sequence[tuple[str, object]], column: str
) -> str:
    """Return a 收入｜支出 table; its last two lines are the sums, which stand side by side."""
    blank = [("", "")] * (len(right) - len(left))
    lines = [*left[:-3], *blank, *left[-3:]]
    rows = [(*income, *expense) for income, expense in zip(lines, right, strict=True)]
    return table(title, [("收入", "", "支出", ""), ("项目", column, "项目", column)], rows)


def fiscal(
    title: str, left: Sequence[tuple[str, object]], right: Sequence[tuple[str, object]], funds: Sequence[str]
) -> str:
    """Return a 收入｜支出 table of fiscal appropriation, its expenditure by fund; all of it is general budget."""
    blank = [("", "")] * (len(right) - len(left))
    lines = [*left[:-3], *blank, *left[-3:]]
    rows = [(*income, name, n, n, ZERO, ZERO) for income, (name, n) in zip(lines, right, strict=True)]
    return table(
        title, [("收入", "", "支出", "", "", "", ""), ("项目", "金额", "项目", "合计", *funds)], rows
    )


def basic_rows(year: str) -> list[tuple[object, ...]]:
    """Return the economic tree of basic expenditure with its total."""
    groups = BASIC[year]
    sums = {head: sum((Decimal(amount) for _, _, amount in parts), ZERO) for head, parts in groups.items()}
    rows: list[tuple[object, ...]] = [("", "合计", sum(sums.values(), ZERO))]
    for (code, name), parts in groups.items():
        rows += [(code, name, sums[code, name]), *parts]
    return rows


def triplets(title: str, year: str) -> str:
    """Return basic expenditure as final accounts print it: wages and allowances beside running costs, sums last."""
    rows = basic_rows(year)[1:]
    running = [row for row in rows if str(row[0]).startswith("302")]
    wages = [row for row in rows if not str(row[0]).startswith("302")]
    sums = [sum((Decimal(row[2]) for row in side if len(row[0]) == 3), ZERO) for side in (wages, running)]
    height = max(len(wages), len(running))
    sides = [[*side, *[("", "", "")] * (height - len(side))] for side in (wages, running)]
    lines = [(*left, *right) for left, right in zip(*sides, strict=True)]
    lines.append(("", "人员经费合计", sums[0], "", "公用经费合计", sums[1]))
    head = ("科目编码", "科目名称", "金额")
    return table(title, [("人员经费", "", "", "公用经费", "", ""), head * 2], lines)


def split_rows(year: str) -> list[tuple[object, ...]]:
    """Return the same with 人员经费 and 公用经费 beside the total."""
    (_, _, total), *rows = basic_rows(year)
    running = next(amount for code, _, amount in rows if code == "302")
    split = [
        (code, name, amount, *((ZERO, amount) if str(code).startswith("302") else (amount, ZERO)))
        for code, name, amount in rows
    ]
    return [("", "合计", total, total - running, running), *split]


def budget() -> str:
    """Return the budget of 2024."""
    total, basic, project = amounts(BUDGET)
    shares = "；".join(
        f"{name.partition('、')[2]}{amount}万元，占{amount / total * 100:.2f}%"
        for name, amount in class_rows(BUDGET)
    )
    expense = [("科目编码", "科目名称", "合计", "基本支出", "项目支出")]
    carried = [("上年结转结余", ZERO)]
    right = [*class_rows(BUDGET), ("本年支出合计", total), ("年终结转结余", ZERO), ("支出总计", total)]
    income = [
        ("一、一般公共预算拨款收入", total),
        ("二、政府性基金预算拨款收入", ZERO),
        ("本年收入合计", total),
    ]
    appropriated = [
        ("一、一般公共预算拨款", total),
        ("二、政府性基金预算拨款", ZERO),
        ("本年收入合计", total),
    ]
    return f"""2024年{UNIT}部门预算公开

目录

第一部分 部门概况

第二部分 2024年部门预算情况说明

第三部分 名词解释

第四部分 2024年部门预算表

第一部分 部门概况

一、主要职责

贯彻执行国家有关方针政策和法律法规；拟订本区有关工作规划并组织实施；负责示例事项的审核、登记和日常监督管理；指导全区示例工作。

二、机构设置

内设机构3个，包括办公室、业务科、财务科。

三、部门所属预算单位构成

纳入本部门预算编制范围的单位共1个，包括{UNIT}本级。

第二部分 2024年部门预算情况说明

一、收支总体情况说明

2024年收入总计{total}万元，支出总计{total}万元，与2023年预算相比，收、支总计各增加30.00万元，增长6.00%。主要原因：人员工资正常调整。

二、收入总体情况说明

2024年收入合计{total}万元，其中：一般公共预算拨款{total}万元，占100.00%。

三、支出总体情况说明

2024年支出合计{total}万元，其中：基本支出{basic}万元，占76.27%；项目支出{project}万元，占23.73%。

四、财政拨款收支总体情况说明

2024年一般公共预算收支预算{total}万元。与2023年相比，一般公共预算收支预算增加30.00万元，增长6.00%。主要原因：人员工资正常调整。

五、一般公共预算支出情况说明

2024年一般公共预算支出预算为{total}万元。主要用于以下方面：{shares}。

六、一般公共预算基本支出情况说明

2024年一般公共预算基本支出预算为{basic}万元，其中：人员经费345.05万元，公用经费59.20万元。

七、“三公”经费支出情况说明

2024年“三公”经费支出预算为5.20万元，与2023年预算相比减少0.30万元，下降5.45%。主要原因：厉行节约，压减接待支出。

（一）因公出国（境）费0.00万元，与2023年预算持平。

（二）公务用车购置及运行费4.00万元，其中：公务用车购置费0.00万元，公务用车运行维护费4.00万元，与2023年预算持平。

（三）公务接待费1.20万元，与2023年预算相比减少0.30万元，主要原因：厉行节约。

八、政府性基金预算支出情况说明

2024年没有使用政府性基金预算拨款安排的支出。

九、国有资本经营预算支出情况说明

2024年没有使用国有资本经营预算拨款安排的支出。

十、其他重要事项情况说明

（一）机关运行经费

2024年机关运行经费支出预算59.20万元，主要用于办公费、差旅费等日常公用支出。

（二）政府采购情况

2024年政府采购预算安排20.00万元，其中：政府采购货物预算12.00万元、政府采购工程预算0.00万元、政府采购服务预算8.00万元。

（三）预算绩效情况

2024年对项目支出全面实施绩效目标管理，涉及预算拨款{project}万元，共2个项目。

（四）国有资产占用情况

2023年期末，共有车辆2辆，其中：一般公务用车1辆、执法执勤用车1辆。

第三部分 名词解释

{TERMS}
第四部分 2024年部门预算表

""" + "".join(
        (
            two_sided("部门收支总表", [*income, *carried, ("收入总计", total)], right, "金额"),
            table(
                "部门收入总表",
                [
                    ("科目编码", "科目名称", "合计", "本年收入", "", "", "上年结转"),
                    ("", "", "", "小计", "一般公共预算拨款", "其他收入", ""),
                ],
                [
                    ("", "合计", total, total, total, ZERO, ZERO),
                    *(
                        (code, name, n := amounts(under)[0], n, n, ZERO, ZERO)
                        for code, name, under in tree(BUDGET)
                    ),
                ],
            ),
            table("部门支出总表", expense, expense_rows(BUDGET)),
            fiscal(
                "财政拨款收支总表",
                [*appropriated, *carried, ("收入总计", total)],
                right,
                ("一般公共预算", "政府性基金预算", "国有资本经营预算"),
            ),
            table("一般公共预算支出表", expense, expense_rows(BUDGET)),
            table(
                "一般公共预算基本支出表",
                [("科目编码", "科目名称", "合计", "人员经费", "公用经费")],
                split_rows("2024"),
            ),
            table(
                "一般公共预算“三公”经费支出表",
                [
                    ("合计", "因公出国（境）费", "公务用车购置及运行费", "", "", "公务接待费"),
                    ("", "", "小计", "公务用车购置费", "公务用车运行维护费", ""),
                ],
                [("5.20", "0.00", "4.00", "0.00", "4.00", "1.20")],
            ),
            table(
                "政府性基金预算支出表",
                expense,
                [("", "合计", "", "", "")],
                "说明：2024年没有使用政府性基金预算拨款安排的支出，故本表无数据。",
            ),
            table(
                "国有资本经营预算支出表",
                expense,
                [("", "合计", "", "", "")],
                "说明：2024年没有使用国有资本经营预算拨款安排的支出，故本表无数据。",
            ),
        )
    )


def final_account() -> str:
    """Return the final account of 2023."""
    total, basic, project = amounts(FINAL)
    shares = "；".join(
        f"{name.partition('、')[2]}{amount}万元，占{amount / total * 100:.2f}%"
        for name, amount in class_rows(FINAL)
    )
    expense = [("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出")]
    right = [*class_rows(FINAL), ("本年支出合计", total), ("年末结转和结余", ZERO), ("总计", total)]
    ends = [("本年收入合计", total), ("年初结转和结余", ZERO), ("总计", total)]
    left = [("一、一般公共预算财政拨款收入", total), ("二、政府性基金预算财政拨款收入", ZERO), *ends]
    empty = [("科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出", "年末结转和结余")]
    none = "说明：{}年没有使用{}预算拨款安排的支出，故本表无数据。"
    return (
        f"""2023年度{UNIT}部门决算公开

目录

第一部分 部门概况

第二部分 2023年度部门决算表

第三部分 2023年度部门决算情况说明

第四部分 名词解释

第一部分 部门概况

一、主要职责

贯彻执行国家有关方针政策和法律法规；拟订本区有关工作规划并组织实施；负责示例事项的审核、登记和日常监督管理；指导全区示例工作。

二、机构设置

内设机构3个，包括办公室、业务科、财务科。

第二部分 2023年度部门决算表

"""
        + "".join(
            (
                two_sided("收入支出决算总表", left, right, "决算数"),
                table(
                    "收入决算表",
                    [
                        ("科目编码", "科目名称", "本年收入合计", "财政拨款收入", *SOURCES),
                    ],
                    [
                        ("", "合计", total, total, *[ZERO] * 5),
                        *(
                            (code, name, n := amounts(under)[0], n, *[ZERO] * 5)
                            for code, name, under in tree(FINAL)
                        ),
                    ],
                ),
                table(
                    "支出决算表",
                    [(*expense[0], "上缴上级支出", "经营支出", "对附属单位补助支出")],
                    [(*row, ZERO, ZERO, ZERO) for row in expense_rows(FINAL)],
                ),
                fiscal(
                    "财政拨款收入支出决算总表",
                    left,
                    right,
                    ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"),
                ),
                table("一般公共预算财政拨款支出决算表", expense, expense_rows(FINAL)),
                triplets("一般公共预算财政拨款基本支出决算表", "2023"),
                table(
                    "政府性基金预算财政拨款收入支出决算表",
                    empty,
                    [("", "合计", "", "", "", "")],
                    none.format(2023, "政府性基金"),
                ),
                table(
                    "国有资本经营预算财政拨款支出决算表",
                    expense,
                    [("", "合计", "", "", "")],
                    none.format(2023, "国有资本经营"),
                ),
                table(
                    "财政拨款“三公”经费支出决算表",
                    [
                        ("预算数", "", "", "", "", "", "决算数", "", "", "", "", ""),
                        ("合计", "因公出国（境）费", "公务用车购置及运行费", "", "", "公务接待费") * 2,
                        ("", "", "小计", "公务用车购置费", "公务用车运行维护费", "") * 2,
                    ],
                    [
                        (
                            "5.50",
                            "0.00",
                            "4.00",
                            "0.00",
                            "4.00",
                            "1.50",
                            "5.00",
                            "0.00",
                            "3.90",
                            "0.00",
                            "3.90",
                            "1.10",
                        )
                    ],
                ),
            )
        )
        + f"""第三部分 2023年度部门决算情况说明

一、收入支出决算总体情况说明

2023年度收入总计{total}万元，支出总计{total}万元，与2022年度相比，收、支总计各减少11.00万元，下降2.16%。主要原因：项目支出减少。

二、收入决算情况说明

2023年度收入合计{total}万元，其中：财政拨款收入{total}万元，占100.00%。

三、支出决算情况说明

2023年度支出合计{total}万元，其中：基本支出{basic}万元，占77.88%；项目支出{project}万元，占22.12%。

四、财政拨款收入支出决算总体情况说明

2023年度财政拨款收入总计{total}万元，支出总计{total}万元，与2022年度相比，财政拨款收、支总计各减少11.00万元，下降2.16%。主要原因：项目支出减少。

五、一般公共预算财政拨款支出决算情况说明

2023年度一般公共预算财政拨款支出{total}万元，主要用于以下方面：{shares}。

其中：1.一般公共服务支出（类）人大事务（款）行政运行（项）。年初预算为290.00万元，支出决算为290.10万元，完成年初预算的100.03%。决算数大于年初预算数的主要原因：人员工资调整。

2.一般公共服务支出（类）人大事务（款）一般行政管理事务（项）。年初预算为80.00万元，支出决算为70.40万元，完成年初预算的88.00%。决算数小于年初预算数的主要原因：厉行节约。

3.住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算为25.00万元，支出决算为25.00万元，完成年初预算的100.00%。决算数与年初预算数持平。

六、一般公共预算财政拨款基本支出决算情况说明

2023年度一般公共预算财政拨款基本支出{basic}万元，其中：人员经费331.40万元，公用经费57.20万元。

七、财政拨款“三公”经费支出决算情况说明

2023年度“三公”经费支出预算为5.50万元，支出决算为5.00万元，完成预算的90.91%。决算数小于预算数的主要原因：厉行节约。

（一）因公出国（境）费支出决算0.00万元，全年因公出国（境）团组0个，累计0人次。

（二）公务用车购置及运行费支出决算3.90万元，其中：公务用车购置费0.00万元，购置公务用车0辆；公务用车运行维护费3.90万元，年末公务用车保有量2辆。

（三）公务接待费支出决算1.10万元，全年国内公务接待12批次、96人次。

八、其他重要事项情况说明

（一）机关运行经费支出情况

2023年度机关运行经费支出57.20万元，比上年减少1.00万元，下降1.72%。主要原因：压减办公费。

（二）政府采购支出情况

2023年度政府采购支出总额18.00万元，其中：政府采购货物支出10.00万元、政府采购工程支出0.00万元、政府采购服务支出8.00万元。

（三）国有资产占用情况

截至2023年12月31日，共有车辆2辆，其中：一般公务用车1辆、执法执勤用车1辆。

（四）预算绩效情况

对2个项目开展了绩效自评，涉及资金{project}万元。

第四部分 名词解释

{TERMS}"""
    )


if __name__ == "__main__":
    main()
