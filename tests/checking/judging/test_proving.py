"""What a finding proposes was tried out: all it names holds then, and nothing else fails."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tests.checking.build import VOCABULARY, document, table

from budgetlint.checking.case import case_of
from budgetlint.checking.judging.causes import causes, value_of
from budgetlint.checking.judging.proving import Proof, changed
from budgetlint.checking.kernels.deciding import ledger_of
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import Bundle
from budgetlint.language.compile import CompiledRule, compile_rule
from budgetlint.language.parser import parse_file
from budgetlint.results.findings import Outcome, Verdict

HEAD = "| 项目 | 合计 | 基本支出 | 项目支出 |\n"


def rules(*sentences: str) -> list[CompiledRule]:
    text = "\n".join(
        f"规则 ZZ{i} “示例” 级别 错误 依据 勾稽关系 {sentence}" for i, sentence in enumerate(sentences, 101)
    )
    return [compile_rule(rule) for rule in parse_file(text, "x.rule").rules]


def tried(lines: str, *sentences: str) -> tuple[Sequence[Outcome], Proof]:
    case, compiled = case_of(Bundle(document(table(lines)))), rules(*sentences)

    def again(bundle: Bundle, only: frozenset[str]) -> Ledger:
        chosen = [one for one in compiled if one.rule.id in only]
        return ledger_of(chosen, case_of(bundle), VOCABULARY)

    ledger = ledger_of(compiled, case, VOCABULARY)
    return ledger.outcomes, Proof(ledger, case, again)


SUM = "对 表 甲表 的 每一行，检查 列 合计 等于 列 基本支出 加 列 项目支出"


def test_a_proposal_that_breaks_no_other_check_is_made() -> None:
    lines = HEAD + "| 合计 | 9.00 | 4.00 | 5.00 |\n| 甲 | 9.00 | 4.00 | 6.00 |\n"
    total = "检查 表 甲表 行 合计 列 项目支出 等于 表 甲表 行 甲 列 项目支出"
    outcomes, proof = tried(lines, SUM, total)
    (cause,) = causes(outcomes, mends=proof.mends)
    assert cause.suggestion is not None and cause.suggestion.proposed == "5.00"
    assert cause.suggestion.why == "ZZ101、ZZ102"


def test_a_proposal_under_which_another_check_fails_is_not_made() -> None:
    lines = HEAD + "| 合计 | 9.00 | 4.00 | 5.00 |\n| 甲 | 9.00 | 4.00 | 6.00 |\n"
    total = "检查 表 甲表 行 合计 列 项目支出 等于 表 甲表 行 甲 列 项目支出"
    outcomes, proof = tried(lines, SUM, total, "检查 表 甲表 行 甲 列 项目支出 大于 5.50 万元")
    assert [cause.suggestion for cause in causes(outcomes, mends=proof.mends)] == [None]


def test_the_larger_of_two_equal_figures_is_no_proposal() -> None:
    outcomes, proof = tried(
        HEAD + "| 甲 | 9.00 | 9.00 | 0.00 |\n",
        "检查 最大值（表 甲表 行 甲 列 合计、表 甲表 行 甲 列 基本支出） 等于 5 万元",
    )
    assert [cause.suggestion for cause in causes(outcomes, mends=proof.mends)] == [None]


def test_a_figure_is_changed_where_it_stands_and_nowhere_else() -> None:
    outcomes, _ = tried(HEAD + "| 甲 | 9.00 | 4.00 | 6.00 |\n", SUM)
    (failed,) = [o for o in outcomes if o.verdict is Verdict.FAILS]
    operand = failed.operands[2]
    before = document(table(HEAD + "| 甲 | 9.00 | 4.00 | 6.00 |\n"))
    after = changed(before, operand.fact, value_of(operand, "5.00"))
    assert after is not None
    values = [cell.amount.value for cell in after.tables[0].rows[0].cells.values() if cell.amount]
    assert values == [Decimal(90000), Decimal(40000), Decimal(50000)]
