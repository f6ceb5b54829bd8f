"""Runs the examples of rules: each is a miniature document on which the rule must reach the verdict it announces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from budgetlint.checking.case import Case
from budgetlint.checking.judging.passes import Judging, judged
from budgetlint.checking.kernels.deciding import ledger_of
from budgetlint.language.compile import compile_rule
from budgetlint.language.functions import Function
from budgetlint.language.syntax import Example, Rule
from budgetlint.miniature import miniature
from budgetlint.packs.load import LoadedPack, PackSet
from budgetlint.results.findings import Outcome, Verdict
from budgetlint.vocabulary import Vocabulary

#: From worst to best: an example's verdict is the worst over its instances.
_ORDER = (Verdict.FAILS, Verdict.UNDETERMINED, Verdict.ROUNDS, Verdict.HOLDS, Verdict.SKIPPED)


class ExampleResult(Struct, frozen=True):
    """What one example came to; ``error`` is set where it could not be built or evaluated at all."""

    rule: Rule
    number: int
    example: Example
    actual: Verdict | None
    outcomes: tuple[Outcome, ...] = ()
    error: str = ""

    @property
    def passed(self) -> bool:
        """The rule reached the announced verdict."""
        return self.actual is self.example.verdict


def run_example(
    rule: Rule,
    number: int,
    vocabulary: Vocabulary,
    functions: Mapping[str, Function],
    region: str | None = None,
) -> ExampleResult:
    """Run one example.

    Args:
        rule: the rule it stands in.
        number: its 1-based number.
        vocabulary: what names in the rule mean.
        functions: functions the rule may call.
        region: of the document where the rule names none.
    """
    example = rule.examples[number - 1]
    try:
        bundle = miniature(rule, example, vocabulary, region)
        case = Case(bundle.document, bundle.others)
        judging = Judging(
            case,
            vocabulary,
            lambda of: ledger_of([compile_rule(rule)], of, vocabulary, functions, kernels=False),
        )
        outcomes = tuple(judged(judging).outcomes)
    except Exception as error:
        return ExampleResult(rule, number, example, None, error=f"{type(error).__name__}: {error}")
    return ExampleResult(rule, number, example, worst_of(outcomes), outcomes)


def worst_of(outcomes: Sequence[Outcome]) -> Verdict:
    """Return the verdict of an example: the worst over its instances, SKIPPED where there are none."""
    verdicts = {outcome.verdict for outcome in outcomes}
    return next((verdict for verdict in _ORDER if verdict in verdicts), Verdict.SKIPPED)


def run_pack(packs: PackSet, pack: LoadedPack, functions: Mapping[str, Function]) -> Iterator[ExampleResult]:
    """Run every example of a pack's rules with the vocabulary its documents are read with."""
    vocabulary = vocabulary_of(packs, pack)
    for rule in pack.rules:
        for number in range(1, len(rule.examples) + 1):
            yield run_example(rule, number, vocabulary, functions, pack.manifest.region)


def vocabulary_of(packs: PackSet, pack: LoadedPack) -> Vocabulary:
    """Return the vocabulary of a pack's documents; an ad-hoc folder's is that of all packs."""
    return packs.vocabulary_for(pack.manifest.region) if pack.manifest.letters else packs.vocabulary_of_all()


def without_examples(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return the rules that lack an example that holds or one that fails."""
    return tuple(
        rule
        for rule in rules
        if not {Verdict.HOLDS, Verdict.FAILS} <= {example.verdict for example in rule.examples}
    )
