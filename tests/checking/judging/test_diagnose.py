"""From outcomes to findings: one for each cause, placed, named by meaning."""

from __future__ import annotations

from tests.checking.build import document, judgement, table

from budgetlint.checking.judging.diagnose import diagnose
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import Bundle, TableState
from budgetlint.language.compile import compile_rule
from budgetlint.language.parser import parse_file
from budgetlint.results.findings import Finding, Severity, Verdict

ROWS = "对 表 甲表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出"
HEAD = "| 项目 | 合计 | 基本支出 | 项目支出 |\n"


def findings(*sentences: str, parts: object = (), lang: str = "zh") -> list[Finding]:
    text = "\n".join(
        f"规则 ZZ{i:03} “示例”\n级别 错误\n依据 勾稽关系\n{sentence}\n结束"
        for i, sentence in enumerate(sentences, 101)
    )
    parsed = parse_file(text, "示例.rule")
    assert not parsed.errors
    whole = document(*parts)  # type: ignore[misc]
    outcomes = judgement([compile_rule(rule) for rule in parsed.rules], Bundle(whole))
    return diagnose(Ledger(outcomes), {rule.id: rule for rule in parsed.rules}, whole, lang)


def test_what_holds_rounds_or_is_skipped_is_no_finding() -> None:
    lines = HEAD + "| 甲 | 3.00 | 2.00 | 1.00 |\n| 乙 | 3.01 | 2.00 | 1.00 |\n| 丙 | | | |"
    assert findings(ROWS, parts=[table(lines)]) == []


def test_a_failed_row_shows_every_operand_with_its_place() -> None:
    (finding,) = findings(ROWS, parts=[table(HEAD + "| 甲 | 4.00 | 2.00 | 1.00 |")])
    assert (finding.verdict, finding.severity) == (Verdict.FAILS, Severity.ERROR)
    assert [operand.printed for operand in finding.operands] == ["4.00", "2.00", "1.00"]
    assert {place.line for place in finding.locations} == {10}
    assert all(text in finding.message for text in ("4.00", "2.00", "1.00", "甲"))
    (english,) = findings(ROWS, parts=[table(HEAD + "| 甲 | 4.00 | 2.00 | 1.00 |")], lang="en")
    assert english.message != finding.message and english.fingerprint == finding.fingerprint


def test_blank_totals_are_one_warning_a_column() -> None:
    lines = HEAD + "".join(f"| 第{i}项 | | {i}.00 | 1.00 |\n" for i in range(1, 6))
    (finding,) = findings(ROWS, parts=[table(lines)])
    assert finding.severity is Severity.WARNING


def test_a_lost_table_is_one_notice_whatever_needs_it() -> None:
    lost = table(HEAD, state=TableState.MISSING)
    found = findings(ROWS, "检查 表 甲表 行 甲 列 合计 等于 1 万元", parts=[lost])
    assert [(f.verdict, f.severity) for f in found] == [(Verdict.UNDETERMINED, Severity.NOTICE)]
    assert "ZZ101" in found[0].message and "ZZ102" in found[0].message


def test_an_unlikely_rounding_is_a_notice() -> None:
    lines = "| 项目 | 合计 |\n| 合计 | 50.12 |\n" + "".join(f"| 第{i}项 | 1.00 |\n" for i in range(50))
    rule = "对 表 甲表 的 每一行 当 列 项目 等于 “合计” 时，检查 列 合计 等于 求和（下级科目 列 合计）"
    (finding,) = findings(rule, parts=[table(lines)])
    assert (finding.verdict, finding.severity) == (Verdict.ROUNDS, Severity.NOTICE)


def test_errors_stand_first() -> None:
    lines = HEAD + "| 甲 | | 2.00 | 1.00 |\n| 乙 | 9.00 | 2.00 | 1.00 |"
    found = findings(ROWS, "检查 表 乙表 行 甲 列 合计 等于 1 万元", parts=[table(lines)])
    assert [f.severity for f in found] == [Severity.ERROR, Severity.WARNING, Severity.NOTICE]


def test_a_fingerprint_is_of_the_meaning_not_the_line() -> None:
    wrong = "| 甲 | 4.00 | 2.00 | 1.00 |"
    (finding,) = findings(ROWS, parts=[table(HEAD + wrong)])
    (moved,) = findings(
        ROWS, parts=[table(HEAD, "乙表"), table(HEAD + "| 乙 | 1.00 | 1.00 | |\n" + wrong, first_line=90)]
    )
    (other,) = findings(ROWS, parts=[table(HEAD + wrong.replace("甲", "丙"))])
    assert finding.fingerprint == moved.fingerprint != other.fingerprint


def test_the_fingerprint_of_what_cannot_be_decided_is_of_the_meaning_too() -> None:
    wrong = "| 甲 | 4.00 | — | 1.00 |"
    (finding,) = findings(ROWS, parts=[table(HEAD + wrong)])
    (moved,) = findings(ROWS, parts=[table(HEAD, "乙表"), table(HEAD + "| 乙 | 1.00 | 1.00 | |\n" + wrong)])
    assert finding.verdict is Verdict.UNDETERMINED
    assert finding.fingerprint == moved.fingerprint


def test_tables_that_are_not_printed_are_one_notice() -> None:
    rules = ("检查 表 乙表 行 甲 列 合计 等于 1 万元", "检查 表 丙表 行 甲 列 合计 等于 1 万元")
    (finding,) = findings(*rules, parts=[table(HEAD + "| 甲 | 1.00 | 1.00 | |")])
    assert "乙表" in finding.message and "丙表" in finding.message
    assert finding.locations == ()


def test_rows_that_cannot_be_read_are_one_notice_a_table_and_rule() -> None:
    lines = HEAD + "".join(f"| 第{i}项 | 1.00 | — | 1.00 |\n" for i in range(1, 30))
    (finding,) = findings(ROWS, parts=[table(lines)])
    assert finding.verdict is Verdict.UNDETERMINED
    assert "29" in finding.message


def test_a_figure_that_is_right_as_it_is_printed_is_not_to_be_replaced_by_itself() -> None:
    rule = "检查 表 甲表 行 总 列 合计 应精确等于 表 甲表 行 甲 列 基本支出 且 表 甲表 行 总 列 合计 应精确等于 表 甲表 行 甲 列 项目支出"
    lines = HEAD + "| 总 | 3 | 1.50 | |\n| 甲 | 3 | 3.0034 | 3.0034 |"
    (finding,) = findings(rule, parts=[table(lines)])
    assert finding.suggestion is None
