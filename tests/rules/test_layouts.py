"""The bundled rules on budgets laid out as offices of further provinces do: not one false word, changed figures found.

The documents are ours, about a made-up 示例市: figures in 元 with every item divided by 其中; items named with their
codes in brackets and money carried over; shares without a whole; years as rows, totals at the foot, six decimals.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetlint
from budgetlint.results.findings import Finding, Severity, Verdict

FOLDER = Path(__file__).parents[1] / "fixtures" / "provinces"
#: File, and (printed, changed): figures that tables, items and lists of shares tie.
DOCUMENTS = {
    "items-divided-budget.txt": [
        (
            "综合医院（项）4447747.97元，其中：基本支出3770813.77元",
            "综合医院（项）4447747.97元，其中：基本支出3770803.77元",
        ),
        ("三、培训费\t21031.94", "三、培训费\t21931.94"),
    ],
    "codes-in-brackets-budget.txt": [
        ("行政运行（01）：2024年预算数为563.04万元", "行政运行（01）：2024年预算数为536.04万元"),
        ("城乡社区支出（212）59.52万元，占5.91%", "城乡社区支出（212）59.52万元，占9.51%"),
        ("上年结转结余21.22万元，占2.06%", "上年结转结余12.22万元，占2.06%"),
    ],
    "carried-over-budget.txt": [
        ("教育支出505.57万元，占74.03%，社会保障", "教育支出505.57万元，占47.03%，社会保障"),
        ("（一）一般公共预算拨款\t682.88", "（一）一般公共预算拨款\t628.88"),
        ("一般公共预算支出682.88万元，比2023年", "一般公共预算支出628.88万元，比2023年"),
    ],
    "years-in-rows-budget.txt": [
        ("2024年\t5.529800", "2024年\t5.259800"),
        ("公务接待费。2024年预算数1.122800万元", "公务接待费。2024年预算数1.212800万元"),
        ("占总支出预算78.40%", "占总支出预算74.80%"),
    ],
}


def problems(path: Path) -> list[Finding]:
    (document,) = budgetlint.check(path).documents
    return [f for f in document.findings if f.severity is not Severity.NOTICE and f.verdict is Verdict.FAILS]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_not_one_error_or_warning_is_false(name: str) -> None:
    assert [(f.rule, f.message) for f in problems(FOLDER / name)] == []


@pytest.mark.parametrize(
    ("name", "printed", "changed"),
    [(name, *change) for name, changes in DOCUMENTS.items() for change in changes],
)
def test_a_changed_figure_is_found_where_it_stands(
    tmp_path: Path, name: str, printed: str, changed: str
) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.count(printed) == 1
    file = tmp_path / name
    file.write_text(text.replace(printed, changed), encoding="utf-8")
    line = text[: text.index(printed)].count("\n") + 1
    assert any(place.line == line for finding in problems(file) for place in finding.locations)
