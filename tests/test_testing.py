"""Rule files are test files: a plugin's rules get the same tests as the core's."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlint.config import Settings
from budgetlint.run.examples import without_examples
from budgetlint.run.opening import open_session

pytest_plugins = ["pytester"]

RULE = """规则 ZZ001 “示例”
  级别 错误
  依据 勾稽关系
  对 表 部门支出总表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出
  示例 通过：列 合计 是 12.00 万元，列 基本支出 是 10.00 万元，列 项目支出 是 2.00 万元
  示例 尾差：列 合计 是 12.01 万元，列 基本支出 是 10.00 万元，列 项目支出 是 2.00 万元
  示例 不符：列 合计 是 13.00 万元，列 基本支出 是 10.00 万元，列 项目支出 是 2.00 万元
结束
"""


def _run(pytester: pytest.Pytester, text: str) -> pytest.RunResult:
    pytester.makefile(".rule", own=text)
    return pytester.runpytest_inprocess("-p", "no:cacheprovider")


def test_every_example_is_a_test(pytester: pytest.Pytester) -> None:
    _run(pytester, RULE).assert_outcomes(passed=5)


def test_an_example_that_misses_its_verdict_fails_and_says_what_came(pytester: pytest.Pytester) -> None:
    result = _run(pytester, RULE.replace("示例 不符：列 合计 是 13.00", "示例 不符：列 合计 是 12.00"))
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(["*holds*"])


def test_a_rule_without_a_failing_example_fails(pytester: pytest.Pytester) -> None:
    text = "\n".join(line for line in RULE.splitlines() if "不符" not in line)
    _run(pytester, text).assert_outcomes(passed=3, failed=1)


def test_a_broken_file_fails_with_its_errors(pytester: pytest.Pytester) -> None:
    _run(pytester, "规则 ZZ001 乱写\n结束\n").assert_outcomes(failed=1)


def test_every_shipped_rule_has_examples() -> None:
    session = open_session(Settings())
    assert [rule.id for rule in without_examples(session.packs.rules)] == []


def test_no_shipped_pack_holds_an_error() -> None:
    session = open_session(Settings())
    assert [(Path(problem.path).name, problem.message) for problem in session.problems] == []
