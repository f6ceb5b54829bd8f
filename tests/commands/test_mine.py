"""``mine`` proposes what enough documents show, not what one shows by chance, nor what known rules say."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from budgetlint.cli import main
from budgetlint.workbench.mining.span import Span

DOCUMENT = """示例市示例区第{n}局2024年部门预算

部门支出总表
单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t{total}.00\t{basic}.00\t{project}.00
2010101\t行政运行\t{basic}.00\t{basic}.00\t
2010102\t一般行政管理事务\t{project}.00\t\t{project}.00

一般公共预算支出表
单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t{total}.00\t{basic}.00\t{public}.00
2010101\t行政运行\t{basic}.00\t{basic}.00\t
2010102\t一般行政管理事务\t{public}.00\t\t{public}.00
"""
SUM = "对 表 部门支出总表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出"
CHANCE = "检查 表 部门支出总表 列 项目支出 应等于 表 一般公共预算支出表 列 项目支出"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for n in range(5):
        basic, project = 100 + 7 * n, 30 + 11 * n
        public = project if n < 3 else project - 1
        text = DOCUMENT.format(n=n, total=basic + project, basic=basic, project=project, public=public)
        (tmp_path / f"{n}.txt").write_text(text, "utf-8")
    return tmp_path


def mined(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, int]:
    assert main(["mine", "--format", "json", "--jobs", "1", *arguments]) == 0
    told = json.loads(capsys.readouterr().out)
    return {one["sentence"]: len(one["support"]) for one in told["relations"]}


def test_what_all_documents_show_is_proposed_and_what_some_contradict_is_not(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = mined(capsys, str(corpus), "--all")
    assert found[SUM] == 5
    assert CHANCE not in found


def test_what_known_rules_say_is_not_proposed(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert SUM not in mined(capsys, str(corpus))


def test_too_few_documents_propose_nothing(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mined(capsys, str(corpus), "--all", "--support", "6") == {}


def test_a_relation_follows_from_others_whatever_their_order() -> None:
    one, minus = Decimal(1), Decimal(-1)
    span = Span()
    assert span.add({"a": one, "b": minus}) and span.add({"b": one, "c": minus, "d": minus})
    assert span.follows({"a": one, "c": minus, "d": minus})
    assert not span.follows({"a": one, "c": minus})
    assert not span.add({"a": Decimal(2), "b": Decimal(-2)})
