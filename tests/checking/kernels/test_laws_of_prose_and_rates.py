"""Kernels decide rates, mixed units and prose as the engine explains them."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.checking.build import VOCABULARY, document, paragraph, pattern, section, table
from tests.checking.kernels.test_laws import combined, compiled, same

from budgetlint.checking.case import Case
from budgetlint.checking.kernels.deciding import ledger_of
from budgetlint.document import Document
from budgetlint.language.parser import parse_sentence
from budgetlint.language.syntax import (
    Binary,
    Call,
    Check,
    ColumnRef,
    Compare,
    EachMention,
    EachParagraph,
    EachRow,
    Label,
    Number,
    Operator,
    Ref,
    Relation,
    Slack,
    TableRef,
    Test,
    TestKind,
    Text,
)

COLUMNS = ("金额", "总额", "占比", "指标值")


def column(name: str) -> Ref:
    return Ref(column=ColumnRef(Label(name)))


# ---------------------------------------------------------------- rates and units


@st.composite
def tables_of_rates(draw: st.DrawFn) -> Document:
    lines = ["| 科目名称 | 金额 | 总额 | 占比 | 指标值 |"]
    for number in range(draw(st.integers(1, 5))):
        part, whole = draw(st.integers(-5, 300)), draw(st.sampled_from((0, 1, 3, 7, 250)))
        rate = 0.0 if not whole else round(100 * part / whole, 2)
        printed = draw(
            st.sampled_from((f"{rate:.2f}%", f"{rate:.1f}%", f"{rate:.0f}%", f"{rate + 0.01:.2f}%", "", "—"))
        )
        goal = draw(st.sampled_from(("≥30人", "3.5%", "100万元", "2至3次", "及时", "95%", "")))
        some = draw(st.sampled_from((str(part), f"{part}.00", "")))
        lines.append(f"| 项{number} | {some} | {whole} | {printed} | {goal} |")
    return document(table("\n".join(lines), "甲表"))


plain = st.sampled_from(COLUMNS[:3]).map(column)
counted = st.just(Call("number-in", (column("指标值"),)))
numbers = st.sampled_from(("1", "1.5", "0", "2")).map(lambda n: Number(Decimal(n), None))
percentages = st.sampled_from(("100", "1.05", "0")).map(lambda n: Number(Decimal(n), "%"))
amounts = st.one_of(plain, plain, counted, numbers, percentages)
operators = st.sampled_from(
    (Operator.DIVIDED, Operator.DIVIDED, Operator.TIMES, Operator.PLUS, Operator.MINUS)
)
reckoned = st.recursive(amounts, lambda inner: st.builds(Binary, operators, inner, inner), max_leaves=3)
rates = st.builds(
    lambda relation, left, right, slack: Compare(relation, left, right, *slack),
    st.sampled_from([Relation.EQUALS] * 3 + list(Relation)),
    st.one_of(plain, counted),
    reckoned,
    st.sampled_from(
        (
            (Slack.ROUNDING, None),
            (Slack.ROUNDING, None),
            (Slack.EXACT, None),
            (Slack.WITHIN, Number(Decimal("0.5"), "%")),
        )
    ),
)
checks_of_rates = st.builds(
    lambda body, where: Check(body, EachRow(TableRef(Label("甲表")), where)),
    st.recursive(rates, combined, max_leaves=3),
    st.none() | rates,
)


@settings(max_examples=300)
@given(checks_of_rates, tables_of_rates())
def test_rates_are_decided_as_explained(check: Check, whole: Document) -> None:
    same([compiled(check)], Case(whole), VOCABULARY)


RATES = document(
    table("| 科目名称 | 金额 | 总额 | 占比 |\n| 甲 | 1 | 3 | 33.33% |\n| 乙 | 2 | 3 | 66.67% |", "甲表")
)


def test_a_rate_that_is_rightly_rounded_is_decided_without_the_engine() -> None:
    sentence = "对 表 甲表 的 每一行，检查 列 占比 应等于 列 金额 除以 列 总额"
    ledger = ledger_of([compiled(parse_sentence(sentence).checks[0])], Case(RATES), VOCABULARY)
    assert not ledger.outcomes
    assert ledger.holds == 2


# ---------------------------------------------------------------- prose

PATTERNS = ("本年数", "上年数", "增减额", "增减率", "方向")
SPEAKING = replace(VOCABULARY, patterns={"增减": PATTERNS})
sentences = st.builds(
    lambda values, words: pattern("增减", values, words),
    st.dictionaries(
        st.sampled_from(PATTERNS[:4]),
        st.sampled_from(("1 万元", "2.50 万元", "50 %", "0 万元", "3 万元、4 万元")),
    ),
    st.sampled_from(({}, {"方向": "增加"}, {"方向": "减少"})),
)
texts = st.sampled_from(("", "请填写", "比上年增加1万元，原因是人员增加。", "本单位无此项。" * 20))
paragraphs = st.lists(
    st.builds(lambda text, said: (text, said), texts, st.lists(sentences, max_size=2)), min_size=1, max_size=4
)
spoken = st.sampled_from(PATTERNS).map(lambda name: Ref(item=Label(name)))
bodies = st.one_of(
    st.builds(
        lambda kind, subject, no: Test(kind, subject, negated=no),
        st.sampled_from((TestKind.EXISTS, TestKind.MISSING, TestKind.ZERO, TestKind.BLANK)),
        spoken,
        st.booleans(),
    ),
    st.builds(
        lambda kind, subject, text, no: Test(kind, subject, (Text(text),), no),
        st.sampled_from((TestKind.CONTAINS, TestKind.MATCHES, TestKind.ENDS)),
        st.one_of(st.just(Ref(paragraph=True)), spoken),
        st.sampled_from(("填写", "增加", "无", "。$")),
        st.booleans(),
    ),
    st.builds(
        lambda relation, left, right: Compare(relation, left, right),
        st.sampled_from(list(Relation)),
        spoken,
        st.one_of(spoken, st.builds(Binary, operators, spoken, spoken)),
    ),
)
conditions = st.recursive(bodies, combined, max_leaves=3)
quantifiers = st.builds(
    lambda of_sentences, where: (
        EachMention(Label("增减"), None, where) if of_sentences else EachParagraph(None, where)
    ),
    st.booleans(),
    st.none() | conditions,
)


@settings(max_examples=300)
@given(st.builds(lambda body, over: Check(body, over), conditions, quantifiers), paragraphs)
def test_prose_is_decided_as_explained(check: Check, said: list[tuple[str, list]]) -> None:  # type: ignore[type-arg]
    of = [paragraph(text, patterns=found, line=i) for i, (text, found) in enumerate(said, 1)]
    same([compiled(check)], Case(document(section("一", "经费情况", *of))), SPEAKING)
