"""A wrong digit in a code is one finding at the code, however many sums it breaks; right codes are never doubted."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.checking.passages import document, table

from budgetlint import Severity, check
from budgetlint.checking.case import Case
from budgetlint.checking.checks.miscoded import settled, slips
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import Document, Role
from budgetlint.results.findings import Outcome, Verdict
from budgetlint.vocabulary import Vocabulary
from budgetlint.vocabulary.terms import CodeEntry

BUDGET = Path("examples/text/示例区某局-2024年部门预算.txt")
COLUMNS = {"科目名称": Role.NAME, "合计": Role.AMOUNT}


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [
        ("20805\t行政事业单位养老支出\t60.00\t60.00\t60.00", "20865"),
        ("2080505\t机关事业单位基本养老保险缴费支出\t35.40\t35.40\t35.40", "2080605"),
        ("2080505\t机关事业单位基本养老保险缴费支出\t35.40\t35.40\t0.00", "9080505"),
        ("2101101\t行政单位医疗\t18.25\t18.25\t0.00", "2101171"),
        ("30201\t办公费", "30251"),
    ],
)
def test_a_wrong_digit_is_one_finding_at_the_code(tmp_path: Path, printed: str, wrong: str) -> None:
    text = BUDGET.read_text(encoding="utf-8")
    code = printed.partition("\t")[0]
    at = text.index(f"\n{printed}") + 1
    file = tmp_path / "预算.txt"
    file.write_text(text[:at] + wrong + text[at + len(code) :], encoding="utf-8")
    (report,) = check(file).documents
    (finding,) = [finding for finding in report.findings if finding.severity is not Severity.NOTICE]
    assert finding.rule == "BL715"
    assert finding.locations[0].line == text[:at].count("\n") + 1
    assert finding.suggestion is not None
    assert (finding.suggestion.printed, finding.suggestion.proposed) == (wrong, code)


def coded(*tables: tuple[tuple[str, str, str], ...]) -> Document:
    """Return a document of tables with rows of code, name and figure, nested by code."""
    made = []
    for number, rows in enumerate(tables):
        whole = table(COLUMNS, *((name, figure) for _, name, figure in rows), title=f"表{number}")
        codes = [code for code, _, _ in rows]
        made.append(
            replace(
                whole,
                rows=tuple(replace(row, code=code) for row, code in zip(whole.rows, codes, strict=True)),
            )
        )
    return document(tables=tuple(made))


def test_a_row_that_another_table_prints_alike_is_known() -> None:
    rows = (("20805", "养老", "5.00"), ("2080501", "行政", "5.00"))
    assert slips(coded(rows, rows), Vocabulary()) == []


RIGHT = (("20805", "养老", "5.00"), ("2080501", "行政", "5.00"))
WRONG = (("20805", "养老", "5.00"), ("2080601", "行政", "5.00"))


def test_the_same_figures_under_another_code_make_a_slip_sure() -> None:
    (slip,) = slips(coded(RIGHT, RIGHT, WRONG), Vocabulary())
    assert (slip.table, slip.row, slip.code, slip.sure) == (2, 1, "2080501", True)
    assert slip.mended(coded(RIGHT, RIGHT, WRONG)).tables[2].rows[1].parent == 0


def test_of_two_codes_that_nothing_tells_apart_both_are_named() -> None:
    (told,) = settled(Case(coded(RIGHT, WRONG)), Ledger(()), Vocabulary(), lambda case: Ledger(())).outcomes
    assert len(told.places) == 2 and told.suggestion is None


def test_a_table_coded_another_way_has_no_slips() -> None:
    one = tuple((f"20801{n}1", f"事项{n}", "1.00") for n in range(9))
    other = tuple((f"20801{n}2", f"事项{n}", "1.00") for n in range(9))
    assert slips(coded(one, other), Vocabulary()) == []


@pytest.mark.parametrize("believed", [True, False])
def test_a_slip_that_breaks_something_else_is_not_believed(believed: bool) -> None:
    failed = Outcome("CN201", Verdict.FAILS, instance="a sum")
    left = [] if believed else [Outcome("CN201", Verdict.FAILS, instance="another sum")]
    case = Case(coded(RIGHT, RIGHT, WRONG))
    outcomes = settled(case, Ledger([failed]), Vocabulary(), lambda case: Ledger(left)).outcomes
    assert any(outcome.rule == "BL715" for outcome in outcomes) is believed
    assert (failed in outcomes) is not believed


def test_a_code_printed_twice_under_its_own_name_is_right() -> None:
    entries = (CodeEntry("30299", "其他", "款", "certain"), CodeEntry("50299", "其他", "款", "certain"))
    vocabulary = Vocabulary(codes={"部门经济分类科目": entries[:1], "政府经济分类科目": entries[1:]})
    rows = (("302", "商品", "5.00"), ("30299", "其他", "2.00"), ("30299", "其他", "3.00"))
    assert slips(coded(rows), vocabulary) == []
