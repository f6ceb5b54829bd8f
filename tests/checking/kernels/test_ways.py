"""Which way a check is decided follows from its sentence."""

from __future__ import annotations

import pytest

from budgetlint.checking.kernels.ways import by_columns
from budgetlint.language.compile import compile_rule
from budgetlint.language.parser import parse_sentence


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("对 表 甲表 的 每一行，检查 列 合计 等于 列 基本支出 加 列 项目支出", True),
        ("对 表 甲表 的 每一行，检查 列 合计 等于 求和（下级科目 列 合计）", True),
        ("对 表 甲表 的 每一行，检查 列 占比 应等于 列 金额 除以 列 合计", True),
        ("对 每一段，检查 段落 不包含 “请填写”", True),
        ("对 每张表 甲表，检查 求和（列 合计） 等于 10 万元", False),
        ("检查 表 甲表 行 合计 列 合计 等于 10 万元", False),
    ],
)
def test_the_way(sentence: str, expected: bool) -> None:
    (plan,) = compile_rule(parse_sentence(sentence)).plans
    assert by_columns(plan) is expected
