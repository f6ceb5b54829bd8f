"""Kernels decide as the engine explains: the same verdicts, findings, operands and coverage, whatever the rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checking import reference
from tests.checking.build import VOCABULARY, known_by
from tests.checking.engine.test_evaluate import (
    at_every_column,
    cells,
    checks,
    comparisons,
    documents,
    sums,
)

from budgetlint.checking.case import Case
from budgetlint.checking.judging.coverage import coverage
from budgetlint.checking.judging.diagnose import diagnose
from budgetlint.checking.judging.passes import Judging, judged
from budgetlint.checking.kernels.deciding import ledger_of
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.config import Settings
from budgetlint.document import Bundle, Document
from budgetlint.language.compile import CompiledRule, compile_rule
from budgetlint.language.syntax import (
    And,
    Basis,
    Check,
    ColumnRef,
    Compare,
    Condition,
    EachRow,
    IfThen,
    Label,
    Or,
    Ref,
    Relation,
    RowChoice,
    RowRef,
    Rule,
    TableRef,
    Test,
    TestKind,
    Text,
)
from budgetlint.miniature import miniature
from budgetlint.packs.select import select_rules
from budgetlint.results.findings import Severity
from budgetlint.run.examples import vocabulary_of
from budgetlint.run.opening import open_session
from budgetlint.vocabulary import Vocabulary

FOLDER = Path(__file__).parents[3]
CORPUS = FOLDER.parent / "shared" / "corpus"
SESSION = open_session(Settings())


def same(rules: list[CompiledRule], case: Case, vocabulary: Vocabulary) -> Ledger:
    """Decide rules both ways, hold one against the other, and return what the kernels gave."""

    def after_passes(kernels: bool) -> Ledger:
        fresh = Case(case.document, case.others)
        return judged(
            Judging(
                fresh,
                vocabulary,
                lambda of: ledger_of(rules, of, vocabulary, SESSION.functions, kernels),
            )
        )

    by_kernels, explained = after_passes(kernels=True), after_passes(kernels=False)
    assert known_by(by_kernels) == known_by(explained)
    assert not explained.blocks
    by_id = {compiled.rule.id: compiled.rule for compiled in rules}
    found = diagnose(by_kernels, by_id, case.document)
    assert found == diagnose(explained, by_id, case.document)
    covered, expected = coverage(case, by_kernels), coverage(case, explained)
    assert (covered.numbers, covered.verified, covered.contradicted) == (
        expected.numbers,
        expected.verified,
        expected.contradicted,
    )
    assert covered == expected
    return by_kernels


# ---------------------------------------------------------------- random rules

words = st.sampled_from(("科目208", "合计", "208", "科目", "1", "0", "—", ""))
labels = st.sampled_from(("科目编码", "科目名称", "合计", "项目支出", "没有的列"))
columns = labels.map(lambda name: Ref(column=ColumnRef(Label(name))))
bare = labels.map(lambda name: Ref(item=Label(name)))
rows = st.sampled_from((RowRef(RowChoice.SAME), RowRef(RowChoice.CHILDREN)))
places = st.one_of(
    st.builds(lambda row: Ref(table=TableRef(Label("乙表")), row=row), rows),
    st.just(Ref(table=TableRef(Label("乙表")))),
    st.just(Ref(table=TableRef(Label("乙表")), column=ColumnRef(Label("合计")))),
)
presence = st.builds(
    lambda kind, subject, no: Test(kind, subject, negated=no),
    st.sampled_from((TestKind.EXISTS, TestKind.THERE_IS, TestKind.MISSING, TestKind.BLANK)),
    st.one_of(columns, bare, cells, sums, places),
    st.booleans(),
)
figures = st.builds(
    lambda kind, subject, no: Test(kind, subject, negated=no),
    st.sampled_from((TestKind.ZERO, TestKind.INTEGER)),
    st.one_of(cells, sums),
    st.booleans(),
)
readings = st.builds(
    lambda kind, subject, text, no: Test(kind, subject, (text,), no),
    st.sampled_from((TestKind.CONTAINS, TestKind.STARTS, TestKind.ENDS, TestKind.READS_AS)),
    st.one_of(columns, bare, cells),
    st.one_of(words.map(Text), columns),
    st.booleans(),
)
matches = st.builds(
    lambda subject, pattern: Test(TestKind.MATCHES, subject, (Text(pattern),)),
    st.one_of(columns, cells),
    st.sampled_from(("^208", "科目", r"\d$")),
)
texts = st.builds(
    lambda how, left, right: Compare(how, left, right),
    st.sampled_from((Relation.EQUALS, Relation.NOT_EQUALS)),
    st.one_of(columns, cells),
    st.one_of(words.map(Text), columns),
)
leaves = st.one_of(presence, figures, readings, matches, texts, comparisons)


def combined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    return st.one_of(
        st.builds(lambda parts: And(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda parts: Or(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda one, other: IfThen(one, other), inner, inner),
    )


conditions = st.recursive(leaves, combined, max_leaves=4)
tests_of_rows = st.builds(
    lambda body, where: Check(body, EachRow(TableRef(Label("甲表")), where)),
    conditions,
    st.none() | conditions,
)


def compiled(check: Check) -> CompiledRule:
    return compile_rule(Rule("ZZ001", "示例", Severity.ERROR, (Basis(consistency=True),), (check,)))


@settings(max_examples=250)
@given(checks | checks.map(at_every_column), documents)
def test_arithmetic_is_decided_as_explained_and_as_the_reference_says(check: Check, whole: Document) -> None:
    ledger = same([compiled(check)], Case(whole), VOCABULARY)
    expected = reference.evaluate(check, whole)
    counts = ledger_of([compiled(check)], Case(whole), VOCABULARY).counts
    found = (counts.holds, counts.rounds, counts.fails, counts.skipped, counts.undetermined)
    verdicts = [verdict.value for verdict, _ in expected]
    assert found == tuple(
        verdicts.count(name) for name in ("holds", "rounds", "fails", "skipped", "undetermined")
    )
    assert ledger.counts.holds >= counts.holds


@settings(max_examples=250)
@given(tests_of_rows | tests_of_rows.map(at_every_column), documents)
def test_tests_and_texts_are_decided_as_explained(check: Check, whole: Document) -> None:
    same([compiled(check)], Case(whole), VOCABULARY)


# ---------------------------------------------------------------- documents at hand


def examples() -> Iterator[tuple[Rule, Bundle, Vocabulary]]:
    for pack in SESSION.packs.packs:
        vocabulary = vocabulary_of(SESSION.packs, pack)
        for rule in pack.rules:
            for example in rule.examples:
                yield rule, miniature(rule, example, vocabulary, pack.manifest.region), vocabulary


def test_every_example_of_a_rule() -> None:
    for rule, bundle, vocabulary in examples():
        same([compile_rule(rule)], Case(bundle.document, bundle.others), vocabulary)


def both_ways(path: Path) -> tuple[int, int]:
    """Hold both ways against each other on a document; return how many instances there were, how many by kernels."""
    document = SESSION.read(str(path))
    rules = [compile_rule(rule) for rule in select_rules(SESSION.packs, document, SESSION.choice)]
    ledger = same(rules, Case(document), SESSION.packs.vocabulary_for(document.classification.region))
    counts = ledger.counts
    whole = counts.holds + counts.rounds + counts.fails + counts.skipped + counts.undetermined
    return whole, ledger.holds + ledger.skipped


@pytest.mark.parametrize(
    "path", sorted((FOLDER / "examples" / "text").glob("*.txt")), ids=lambda path: path.stem
)
def test_example_documents(path: Path) -> None:
    both_ways(path)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_corpus(path: Path) -> None:
    whole, by_kernels = both_ways(path)
    assert by_kernels > 0.5 * whole
