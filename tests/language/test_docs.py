"""docs/规则编写.md: every example is right and reaches its verdict, every word has one, the table of words is up to date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from budgetlint.checking.engine.evaluate import evaluate
from budgetlint.checking.judging.messages import message_of
from budgetlint.config import Settings
from budgetlint.document import Bundle
from budgetlint.language.checks.rule import check_rule
from budgetlint.language.compile import compile_rule
from budgetlint.language.grammar import build_parser
from budgetlint.language.keywords import keywords, with_words_table
from budgetlint.language.parser import parse_file, parse_sentence
from budgetlint.results.findings import Verdict
from budgetlint.results.wording import REASONS
from budgetlint.run.examples import run_example, worst_of
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "规则编写.md"
DOCUMENTS = ROOT / "tests" / "fixtures" / "规则编写"
VERDICTS = {
    "通过": Verdict.HOLDS,
    "尾差": Verdict.ROUNDS,
    "不符": Verdict.FAILS,
    "不适用": Verdict.SKIPPED,
    "无法核对": Verdict.UNDETERMINED,
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the page, the verdict that its comment announces, and whether a final account is checked."""

    text: str
    verdict: Verdict = Verdict.HOLDS
    account: bool = False


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)


def sentences(kind: str) -> list[Sentence]:
    found = []
    for line in "".join(blocks(kind)).splitlines():
        text, _, said = line.partition("#")
        found.append(Sentence(text.strip(), VERDICTS[said.strip() or "通过"], kind != "句子"))
    return found


SENTENCES = [*sentences("句子"), *sentences("决算句子")]
RULES = blocks("规则")


@pytest.fixture(scope="module")
def session() -> Session:
    return open_session(Settings())


@pytest.fixture(scope="module")
def bundles(session: Session) -> dict[bool, Bundle]:
    """The documents the page speaks of: a budget with last year's, a final account with its budget."""
    budget, before, account = (
        session.read(str(DOCUMENTS / f"{name}.txt")) for name in ("预算", "上年预算", "决算")
    )
    return {False: Bundle(budget, (before,)), True: Bundle(account, (before,))}


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.text)
def test_sentence_reaches_its_verdict(
    sentence: Sentence, session: Session, bundles: dict[bool, Bundle]
) -> None:
    rule = parse_sentence(sentence.text)
    vocabulary = session.packs.vocabulary_for(None)
    errors = check_rule(rule, vocabulary, {}, sentence.text)
    assert not errors, errors[0].render()
    outcomes = evaluate([compile_rule(rule)], bundles[sentence.account], vocabulary)
    told = [(o.verdict.value, o.instance, o.cause) for o in outcomes if o.verdict is not Verdict.HOLDS]
    assert worst_of(outcomes) is sentence.verdict, told


@pytest.mark.parametrize("text", RULES)
def test_rule_passes_its_examples(text: str, session: Session) -> None:
    parsed = parse_file(text, "x.rule")
    assert not parsed.errors, parsed.errors[0].render()
    (rule,) = parsed.rules
    vocabulary = session.packs.vocabulary_for(None)
    errors = check_rule(rule, vocabulary, {}, text)
    assert not errors, errors[0].render()
    assert {Verdict.HOLDS, Verdict.FAILS} <= {example.verdict for example in rule.examples}
    for number in range(1, len(rule.examples) + 1):
        result = run_example(rule, number, vocabulary, {})
        assert result.passed, (number, result.actual, result.error, result.outcomes)


@pytest.mark.parametrize(
    ("check", "holes"),
    [
        (
            "对 每处 占比，检查 占比 等于 部分 除以 总额 乘 2",
            "章节 概念 科目 左 右 差 占比 占比.原文 占比.位置 部分",
        ),
        ("对 章节 三公经费 的 每一段，检查 段落 不包含 “接待”", "章节 段落"),
        ("对 每张表，检查 表题 包含 “三公”", "表 表题"),
        (
            "对 表 部门支出总表 的 每一行，当 列 科目编码 等于 “208”，检查 列 合计 等于 0",
            "表 行 左 差 合计 合计.原文 合计.位置",
        ),
        ("检查 章节 三公经费 公务接待费 等于 表 三公经费表 列 合计", "章节 表 左 右 差"),
    ],
)
def test_every_hole_of_a_message_is_filled(
    check: str, holes: str, session: Session, bundles: dict[bool, Bundle]
) -> None:
    text = f"规则 AB101 “示例” 级别 错误 依据 勾稽关系 {check} 说明 “{{{'}|{'.join(holes.split())}}}”"
    (rule,) = parse_file(text, "x.rule").rules
    assert not check_rule(rule, session.packs.vocabulary_for(None), {}, text)
    outcomes = evaluate([compile_rule(rule)], bundles[False], session.packs.vocabulary_for(None))
    failed = next(outcome for outcome in outcomes if outcome.verdict is Verdict.FAILS)
    text = message_of(failed, rule.message, "", "zh").text
    assert all(text.split("|")), text


def test_every_word_has_an_example() -> None:
    parser = build_parser()
    used: set[str] = set()
    for start, texts in (("rule", RULES), ("sentence", [sentence.text for sentence in SENTENCES])):
        for text in texts:
            used |= {token.type for token in parser.parse_interactive(text, start=start).iter_parse()}
    words = {token for token, word in keywords().words.items() if not word.unit}
    assert words - used == set()


def test_every_reason_for_not_deciding_is_explained() -> None:
    page = PAGE.read_text("utf-8")
    assert [chinese for chinese, _ in REASONS.values() if f"| {chinese} |" not in page] == []


def test_words_table_is_up_to_date() -> None:
    page = PAGE.read_text("utf-8")
    assert with_words_table(page) == page
