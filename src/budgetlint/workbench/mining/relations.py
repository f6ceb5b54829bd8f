"""Finds the relations of a corpus: what its documents propose, held against every document and against known rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice

from msgspec import Struct

from budgetlint.checking.case import Case
from budgetlint.checking.kernels.deciding import ledger_of
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import Place
from budgetlint.document.keys import FactKey
from budgetlint.language.compile import CompiledRule, compile_rule
from budgetlint.language.errors import RuleProblem
from budgetlint.language.reading import read_sentence
from budgetlint.language.syntax import Rule
from budgetlint.packs.select import select_rules
from budgetlint.results.findings import Outcome, Verdict
from budgetlint.run.session import Session
from budgetlint.vocabulary import Vocabulary
from budgetlint.workbench.mining.claims import Claim
from budgetlint.workbench.mining.corpus import Corpus, Kept
from budgetlint.workbench.mining.holding import contradicted
from budgetlint.workbench.mining.naming import view_of
from budgetlint.workbench.mining.proposing import Proposal, proposals
from budgetlint.workbench.mining.span import Span

#: What known rules tie is looked at in so many documents that show a relation.
_SAMPLE = 6
#: A part of a sum must be more than nothing in so many of the documents that show it, at least.
_PART_IN = 2
_SHOWN = 3
#: So many instances of a sentence in one document tell what it says.
_INSTANCES = 25
_AGREES = (Verdict.HOLDS, Verdict.ROUNDS)


class Thresholds(Struct, frozen=True):
    """``support`` is in how many documents a relation must show, ``agree`` in which share of those that print it."""

    support: int = 3
    agree: Decimal = Decimal("0.95")


class Relation(Struct, frozen=True):
    """A relation found: its sentence, the documents that show it, where, and where some document contradicts it."""

    sentence: str
    support: tuple[str, ...]
    against: tuple[str, ...]
    places: tuple[Place, ...]
    contradictions: tuple[Place, ...]


class Found(Struct, frozen=True):
    """What was found in how many documents; ``unread`` are files that could not be read, ``known`` counts relations
    that follow from known rules, ``follows`` such as follow from other relations found."""

    relations: tuple[Relation, ...]
    documents: int
    unread: tuple[str, ...]
    known: int
    follows: int


def relations_of(
    corpus: Corpus, kept: Sequence[Kept], thresholds: Thresholds, known_rules: bool = True
) -> Found:
    """Return the relations of a corpus, best supported first; ``known_rules`` False finds what rules say, too."""
    shown: dict[Claim, list[int]] = defaultdict(list)
    parts: dict[Claim, Counter[str]] = defaultdict(Counter)
    for at, found in enumerate(corpus.each(_proposed, kept)):
        for one in found:
            shown[one.claim].append(at)
            parts[one.claim].update(one.parts)
    claims = tuple(
        claim
        for claim, documents in shown.items()
        if len(documents) >= thresholds.support
        and all(parts[claim][part] >= min(_PART_IN, thresholds.support) for part in claim.parts)
    )
    wrong: list[set[int]] = [set() for _ in claims]
    for at, numbers in enumerate(corpus.each(_refuted, [(one, claims) for one in kept])):
        for number in numbers:
            wrong[number].add(at)
    left = {
        claim.sentence: shown[claim]
        for claim, against in zip(claims, wrong, strict=True)
        if _agrees(shown[claim], against, thresholds)
    }
    return _judged(corpus, kept, left, thresholds, known_rules)


def _judged(
    corpus: Corpus,
    kept: Sequence[Kept],
    shown: dict[str, list[int]],
    thresholds: Thresholds,
    known_rules: bool,
) -> Found:
    """Hold sentences against every document with the engine, and against each other and what rules know."""
    ordered = sorted(shown, key=lambda s: (-len(shown[s]), s.count(" 加 "), len(s), s))
    states, places = _consequences(corpus, kept, ordered, shown, known_rules)
    candidates = tuple(sentence for sentence in ordered if states[sentence] == "new")
    against: dict[str, list[tuple[int, Place]]] = defaultdict(list)
    for at, failed in enumerate(corpus.each(_contradicted, [(one, candidates) for one in kept])):
        for number, place in failed:
            against[candidates[number]].append((at, place))
    relations = [
        Relation(
            sentence,
            tuple(kept[at].path for at in shown[sentence]),
            tuple(dict.fromkeys(kept[at].path for at, _ in against[sentence])),
            tuple(places[sentence][:_SHOWN]),
            tuple(place for _, place in against[sentence][:_SHOWN]),
        )
        for sentence in candidates
        if _agrees(shown[sentence], {at for at, _ in against[sentence]}, thresholds)
    ]
    counted = Counter(states.values())
    return Found(tuple(relations), len(kept), tuple(corpus.unread), counted["known"], counted["follows"])


def _agrees(shown: Iterable[int], against: set[int], thresholds: Thresholds) -> bool:
    """Tell whether enough documents show something, of those that say anything of it."""
    holds = set(shown) - against
    decided = len(holds) + len(against)
    return len(holds) >= thresholds.support and len(holds) >= thresholds.agree * decided


# ---------------------------------------------------------------- one document


def _proposed(session: Session, kept: Kept) -> list[Proposal]:
    document = kept.document()
    vocabulary = session.packs.vocabulary_for(document.classification.region)
    return [*proposals(view_of(Case(document).index, vocabulary))]


def _refuted(session: Session, task: tuple[Kept, tuple[Claim, ...]]) -> list[int]:
    kept, claims = task
    document = kept.document()
    vocabulary = session.packs.vocabulary_for(document.classification.region)
    return [*contradicted(view_of(Case(document).index, vocabulary), claims)]


def _contradicted(session: Session, task: tuple[Kept, tuple[str, ...]]) -> list[tuple[int, Place]]:
    """Return which sentences fail in a document, by number, each with the place of its first failure."""
    kept, sentences = task
    document = kept.document()
    vocabulary = session.packs.vocabulary_for(document.classification.region)
    ledger = ledger_of(_compiled(session, sentences), Case(document), vocabulary, session.functions)
    found: dict[int, Place] = {}
    for outcome in ledger.outcomes:
        if outcome.verdict is Verdict.FAILS:
            found.setdefault(int(outcome.rule), _place(outcome))
    return sorted(found.items())


def _place(outcome: Outcome) -> Place:
    return next((operand.place for operand in outcome.operands), Place())


_COMPILED: dict[tuple[str, ...], list[CompiledRule]] = {}


def _compiled(session: Session, sentences: tuple[str, ...]) -> list[CompiledRule]:
    """Return sentences as rules whose ids are their numbers; those that cannot be read are left out."""
    if sentences not in _COMPILED:
        _COMPILED.clear()
        _COMPILED[sentences] = [*_rules(sentences, session.packs.vocabulary_of_all())]
    return _COMPILED[sentences]


def _rules(sentences: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[CompiledRule]:
    from msgspec.structs import replace

    for number, sentence in enumerate(sentences):
        try:
            rule: Rule = read_sentence(sentence, vocabulary)
        except RuleProblem:
            continue
        yield compile_rule(replace(rule, id=str(number)))


# ---------------------------------------------------------------- what follows from what


def _consequences(
    corpus: Corpus,
    kept: Sequence[Kept],
    agreed: Sequence[str],
    shown: dict[str, list[int]],
    known_rules: bool,
) -> tuple[dict[str, str], dict[str, list[Place]]]:
    """Return for every sentence whether it is new, known, or follows, and places where it shows.

    It is looked at in a few documents that show it: it is known where known rules already say it in all of them.
    """
    chosen: dict[int, list[int]] = defaultdict(list)
    for number, sentence in enumerate(agreed):
        often = sorted(shown[sentence], key=lambda at: -len(chosen[at]))  # few documents for many sentences
        for at in often[:_SAMPLE]:
            chosen[at].append(number)
    showing: dict[int, list[int]] = defaultdict(list)
    for number, sentence in enumerate(agreed):
        for at in shown[sentence]:
            showing[at].append(number)
    tasks = [(kept[at], tuple(agreed), tuple(showing[at]), known_rules) for at in sorted(chosen)]
    told: dict[int, list[str]] = defaultdict(list)
    places: dict[str, list[Place]] = defaultdict(list)
    for verdicts in corpus.each(_followed, tasks):
        for number, state, place in verdicts:
            told[number].append(state)
            places[agreed[number]].append(place)
    states = {}
    for number, sentence in enumerate(agreed):
        said = set(told[number])
        states[sentence] = (
            "new" if "new" in said else "known" if said == {"known"} else "follows" if said else "lost"
        )
    return states, places


def _followed(
    session: Session, task: tuple[Kept, tuple[str, ...], tuple[int, ...], bool]
) -> list[tuple[int, str, Place]]:
    """Return for some sentences whether a document's known rules, or better sentences, already say what they say."""
    kept, sentences, numbers, known_rules = task
    document = kept.document()
    vocabulary = session.packs.vocabulary_for(document.classification.region)
    case = Case(document)
    wanted = {str(number) for number in numbers}
    rules = [one for one in _compiled(session, sentences) if one.rule.id in wanted]
    ledger = ledger_of(rules, case, vocabulary, session.functions)
    by_rule = {int(one.rule.id): _instances(ledger, one.rule.id) for one in rules}
    known, span = Span(), Span()
    ties: set[frozenset[Hashable]] = set()
    if known_rules:
        told = [compile_rule(rule) for rule in select_rules(session.packs, document, session.choice)]
        facts = {o.fact for outcomes in by_rule.values() for one in outcomes for o in one.operands}
        for linear, cells in ties_of(ledger_of(told, case, vocabulary, session.functions), facts):
            ties.add(cells)
            for each in (known, span) if linear else ():
                each.add(linear)
    return [
        (number, _state(outcomes, ties, known, span), _place(outcomes[0]))
        for number, outcomes in sorted(by_rule.items())
        if outcomes
    ]


def _instances(ledger: Ledger, rule: str) -> list[Outcome]:
    """Return instances of a sentence that hold, the first of them."""
    found = [o for o in ledger.outcomes if o.rule == rule and o.verdict in _AGREES]
    found += (held.outcome() for held in islice(ledger.held_by(rule, 0), _INSTANCES))
    return [o for o in found[:_INSTANCES] if any(operand.amount for operand in o.operands)]


def _state(outcomes: Sequence[Outcome], ties: set[frozenset[Hashable]], known: Span, span: Span) -> str:
    """Tell whether known rules say all of some instances, or better sentences do, or something of it is new."""
    state = "known"
    for outcome in outcomes:
        linear, cells = tie_of(outcome)
        if cells in ties or (linear and known.follows(linear)):
            continue
        if not linear or span.add(linear):
            state = "new"
        elif state == "known":
            state = "follows"
    return state


def ties_of(
    ledger: Ledger, facts: Collection[FactKey] | None = None
) -> Iterator[tuple[dict[Hashable, Decimal], frozenset[Hashable]]]:
    """Yield the equation ({} where it is none) and the figures of every instance that holds, of some facts or of all."""
    outcomes = ledger.everything() if facts is None else [*ledger.outcomes, *ledger.holding(facts)]
    for outcome in outcomes:
        if outcome.verdict in _AGREES:
            yield tie_of(outcome)


def tie_of(outcome: Outcome) -> tuple[dict[Hashable, Decimal], frozenset[Hashable]]:
    """Return an outcome's equation (coefficients by figure, {} where it says none) and the figures it ties."""
    linear: dict[Hashable, Decimal] = {}
    total = Decimal(0)
    for operand in outcome.operands:
        if operand.coefficient and operand.amount is not None:
            linear[operand.fact] = operand.coefficient
            total += operand.coefficient * operand.amount.value
    slack = outcome.tolerance or Decimal(0)
    cells = frozenset(o.fact for o in outcome.operands if o.amount is not None)
    return (linear if abs(total) <= slack and len(linear) > 1 else {}), cells
