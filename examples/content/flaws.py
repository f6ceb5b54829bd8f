"""The errors planted in the flawed documents: each is one replacement of printed text."""

from __future__ import annotations

from collections.abc import Sequence

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


def planted(text: str, flaws: Sequence[tuple[str, str, str]]) -> str:
    """Return a text with errors planted, each behind the last place where the words before it stand."""
    for after, printed, instead in flaws:
        start = text.index(printed, text.rindex(after))
        text = text[:start] + instead + text[start + len(printed) :]
    return text
