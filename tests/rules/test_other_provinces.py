"""The bundled rules on shapes of several provinces: nothing false is said, and a changed figure is found.

The documents are ours, about a made-up 示例市: the public template of a budget, a budget of several units with unit rows
among the codes, and a final account in 元 with the three-public table in rows.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetlint
from budgetlint.results.findings import Severity, Verdict

FOLDER = Path(__file__).parents[1] / "fixtures" / "provinces"
ARITHMETIC = ("CN2", "CN3", "FA2", "FA3", "BL202", "BL203", "BL204")
#: File, the least number of relations that hold, and (printed, changed) figures that some rule must miss.
DOCUMENTS = [
    (
        "public-template-budget.txt",
        150,
        [
            ("本年收入合计\t1350.00", "本年收入合计\t1250.00"),
            ("2080299\t其他民政管理事务支出\t450.00", "2080299\t其他民政管理事务支出\t480.00"),
            ("30101\t基本工资\t500.00\t500.00", "30101\t基本工资\t500.00\t510.00"),
            ("（三）城乡社区支出\t100.00", "（三）城乡社区支出\t101.00"),
        ],
    ),
    (
        "several-units-budget.txt",
        200,
        [
            ("201002\t示例区第一中学\t200.00\t160.00", "201002\t示例区第一中学\t230.00\t160.00"),
            ("2050203\t初中教育\t140.00", "2050203\t初中教育\t141.00"),
            ("“三公”经费合计\t3.00", "“三公”经费合计\t4.00"),
            ("四、住房保障支出\t30.00", "四、住房保障支出\t31.00"),
        ],
    ),
    (
        "rows-of-items-budget.txt",
        230,
        [
            ("二、财政专户拨款\t10.00\t二", "二、财政专户拨款\t12.00\t二"),
            ("五、附属单位上缴收入\t0.00\n六、用事业", "五、附属单位上缴收入\t3.00\n六、用事业"),
            ("三、其他资金\t5.00\n事业收入", "三、其他资金\t6.00\n事业收入"),
            ("工资福利支出\t300.15\n商品", "工资福利支出\t310.15\n商品"),
            ("二、项目支出\t145.75\n日常", "二、项目支出\t146.75\n日常"),
            ("本年收入合计\t545.00\n四、", "本年收入合计\t544.00\n四、"),
            ("[30201]办公费\t50.00", "[30201]办公费\t51.00"),
            ("[2010301]行政运行\t304.25\t304.25", "[2010301]行政运行\t303.25\t304.25"),
        ],
    ),
    (
        "yuan-final-accounts.txt",
        220,
        [
            ("2130305\t水利工程建设\t200000.00", "2130305\t水利工程建设\t200001.00"),
            ("六、经营收入\t6\t0.00", "六、经营收入\t6\t9.00"),
            ("（2）公务用车运行维护费\t6\t5000.00", "（2）公务用车运行维护费\t6\t5001.00"),
            ("年末财政拨款结转和结余\t60\t0.00", "年末财政拨款结转和结余\t60\t7.00"),
        ],
    ),
]


@pytest.mark.parametrize(("name", "least", "changes"), DOCUMENTS, ids=[name for name, _, _ in DOCUMENTS])
def test_nothing_false_is_said(name: str, least: int, changes: list[tuple[str, str]]) -> None:
    (document,) = budgetlint.check(FOLDER / name).documents
    false = [
        (finding.rule, finding.message)
        for finding in document.findings
        if finding.verdict is Verdict.FAILS
        and (finding.severity is Severity.ERROR or finding.rule.startswith(ARITHMETIC))
    ]
    assert false == []
    assert document.counts.holds + document.counts.rounds >= least


@pytest.mark.parametrize(
    ("name", "printed", "changed"),
    [(name, *change) for name, _, changes in DOCUMENTS for change in changes],
)
def test_a_changed_figure_is_found(tmp_path: Path, name: str, printed: str, changed: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.count(printed) >= 1
    file = tmp_path / name
    file.write_text(text.replace(printed, changed, 1), encoding="utf-8")
    (document,) = budgetlint.check(file).documents
    line = text[: text.index(printed)].count("\n") + 1
    found = [f for f in document.findings if f.verdict is Verdict.FAILS and f.rule.startswith(ARITHMETIC)]
    assert any(place.line == line for finding in found for place in finding.locations)
