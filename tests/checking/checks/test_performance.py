"""Performance sheets: projects with two sheets, sums and years in their words."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from budgetlint.checking.check import PythonCheck
from budgetlint.checking.checks.performance import repeated_projects, sums_in_words, years_in_goals
from budgetlint.document import Bundle, Cell, Classification, Document, Table
from budgetlint.results.findings import Verdict
from budgetlint.vocabulary import TableTerm, Vocabulary

VOCABULARY = Vocabulary(tables={"t.sheet": TableTerm("t.sheet", "项目自评表", many=True)})


def sheet(**facts: str) -> Table:
    cells = {name: Cell(text) for name, text in {"项目名称": "办案经费", **facts}.items()}
    return Table("项目自评表", id="t.sheet", key=" ".join(facts.values()), facts=cells)


def verdicts(check: PythonCheck, *tables: Table) -> list[Verdict]:
    document = Document("示例.txt", classification=Classification(kind="部门决算", year=2023), tables=tables)
    return [outcome.verdict for outcome in check.run(Bundle(document), VOCABULARY)]


def test_a_project_has_one_sheet_for_each_unit() -> None:
    ours, theirs = sheet(实施单位="示例区某局"), sheet(实施单位="示例区某所")
    assert verdicts(repeated_projects, ours, theirs) == [Verdict.HOLDS, Verdict.HOLDS]
    assert verdicts(repeated_projects, ours, replace(ours)) == [Verdict.HOLDS, Verdict.FAILS]
    assert verdicts(repeated_projects, sheet(), sheet()) == [Verdict.HOLDS, Verdict.FAILS]
    assert verdicts(repeated_projects, replace(sheet(), id=None)) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("招录10人（其中支教3人，支农4人，支医3人）。", [Verdict.HOLDS]),
        ("招录11人（其中支教3人，支农4人，支医3人）。", [Verdict.FAILS]),
        ("达成意向77人，其中，博士2人，硕士51人，本科17人。", [Verdict.FAILS]),
        ("参训100人，其中女性20人。", []),
        ("举办3场，参加30人。", []),
    ],
)
def test_parts_listed_in_words_make_the_whole(words: str, expected: list[Verdict]) -> None:
    assert verdicts(sums_in_words, sheet(实际完成情况=words)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("保障2022年各项工作的开展", [Verdict.FAILS]),
        ("保障2023年度工作开展", [Verdict.HOLDS]),
        ("依据《关于做好2021年工作的通知》执行", []),
        ("受理量较2022年工作量增长", []),
    ],
)
def test_a_goal_is_about_the_year_of_the_document(words: str, expected: list[Verdict]) -> None:
    assert verdicts(years_in_goals, sheet(预期目标=words)) == expected
    assert verdicts(years_in_goals, sheet(实际完成情况=words)) == []
