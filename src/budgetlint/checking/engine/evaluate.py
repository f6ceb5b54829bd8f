"""Evaluates compiled rules against a bundle: one Outcome for every instance a check looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from budgetlint.checking.case import case_of
from budgetlint.checking.engine.comparing import Result, undetermined
from budgetlint.checking.engine.conditions import decide
from budgetlint.checking.engine.context import Context, World
from budgetlint.checking.engine.facts import NothingToCheck, Undetermined
from budgetlint.checking.engine.instances import instance_of, instances, place_of, row_label, whereabouts
from budgetlint.checking.engine.scopes import scopes
from budgetlint.checking.engine.sets import parts_of
from budgetlint.checking.engine.shapes import comparison_of
from budgetlint.checking.index import DocumentIndex
from budgetlint.document import NOWHERE, Bundle, Document
from budgetlint.language.compile import CompiledRule, Plan
from budgetlint.language.functions import Function
from budgetlint.language.syntax import (
    OtherDocument,
    Rule,
)
from budgetlint.results.comparison import Comparison
from budgetlint.results.findings import Outcome, Severity, Verdict
from budgetlint.vocabulary import Vocabulary

#: Verdicts a message may be written for.
_TOLD = (Verdict.FAILS, Verdict.ROUNDS, Verdict.UNDETERMINED)
_LIGHTER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


def evaluate(
    rules: Sequence[CompiledRule],
    bundle: Bundle,
    vocabulary: Vocabulary,
    functions: Mapping[str, Function] | None = None,
    traced: bool = False,
) -> list[Outcome]:
    """Evaluate rules that apply to the bundle's document and return every outcome, in the order of the rules.

    Where ``traced``, outcomes that hold say what they compared, too.
    """
    world = replace(world_of(bundle, vocabulary, functions), traced=traced)
    return [
        outcome
        for rule, plan, within in looked_at(rules, world)
        for outcome in outcomes_of(rule, plan, within)
    ]


def looked_at(rules: Sequence[CompiledRule], world: World) -> Iterator[tuple[Rule, Plan, World]]:
    """Yield every check with the parts of the document it is evaluated in, in the order of the rules."""
    parts = parts_of(world.main, world.vocabulary)
    worlds = {id(world.main): world}
    for compiled in rules:
        for plan in compiled.plans:
            for scope in scopes(plan, world, parts):
                if id(scope) not in worlds:
                    worlds[id(scope)] = replace(world, main=scope, decided={}, masks={}, frames={}, leaves={})
                yield compiled.rule, plan, worlds[id(scope)]


def world_of(
    bundle: Bundle, vocabulary: Vocabulary, functions: Mapping[str, Function] | None = None
) -> World:
    """Index the documents of a bundle; kind and year tell which of the others is which."""
    others: dict[OtherDocument, DocumentIndex] = {}
    for other in bundle.others:
        role = _role_of(other, bundle.document)
        if role is not None:
            others.setdefault(role, DocumentIndex(other, f"{role.value}>"))
    return World(case_of(bundle).index, vocabulary, others, functions or {})


def fitting(other: Document, document: Document) -> bool:
    """Tell whether a document is of a year and kind that another one is compared with."""
    return _role_of(other, document) is not None


def _role_of(other: Document, document: Document) -> OtherDocument | None:
    if other.kind is None or document.kind is None or other.year is None or document.year is None:
        return None
    if other.kind == document.kind and other.year == document.year - 1:
        return OtherDocument.LAST_YEAR
    if other.kind.endswith("预算") and document.kind.endswith("决算") and other.year == document.year:
        return OtherDocument.BUDGET
    return None


def outcomes_of(rule: Rule, plan: Plan, world: World) -> Iterator[Outcome]:
    """Evaluate a check: one outcome for every instance."""
    certain = rule.severity is Severity.ERROR
    seen = False
    try:
        for context in instances(plan.quantifier, Context(world), certain):
            outcome = explained(rule, plan, context)
            if outcome is not None:
                seen = True
                yield outcome
    except Undetermined as problem:
        seen = True
        yield kept_from(rule, plan, problem, world)
    except NothingToCheck:
        pass
    if not seen:
        yield nothing_seen(rule, plan)


def explained(rule: Rule, plan: Plan, context: Context, result: Result | None = None) -> Outcome | None:
    """Evaluate a check at one instance; None where its ``where`` does not select it.

    ``result`` is what its body came to, where that is known.
    """
    certain = rule.severity is Severity.ERROR
    where = plan.quantifier.where if plan.quantifier else None
    selected: Result | None = None
    if where is not None:
        selected = decide(where, context, True, certain)
        if selected.verdict is Verdict.UNDETERMINED:
            return _outcome(rule, plan, selected, context)
        if selected.verdict is not Verdict.HOLDS:
            return None
    result = result or decide(plan.body, context, False, certain)
    return _outcome(rule, plan, result, context, selected)


def kept_from(rule: Rule, plan: Plan, problem: Undetermined, world: World) -> Outcome:
    """Return the outcome of a check that cannot tell what to look at."""
    return _outcome(rule, plan, undetermined(problem), Context(world))


def nothing_seen(rule: Rule, plan: Plan) -> Outcome:
    """Return the outcome of a check that found no instance."""
    return Outcome(rule.id, Verdict.SKIPPED, plan.number, severity=rule.severity)


def _compared(result: Result) -> tuple[Comparison, ...]:
    facts = {fact.identity: fact for fact, _ in result.read}
    return tuple(comparison_of(one, facts) for one in result.compared)


def _outcome(
    rule: Rule, plan: Plan, result: Result, context: Context, selected: Result | None = None
) -> Outcome:
    """Return a result as an outcome; what ``selected`` read to take the instance is kept where it may be told."""
    severity, operands = rule.severity, result.operands
    if result.at_most is not None and _LIGHTER[result.at_most] > _LIGHTER[severity]:
        severity = result.at_most
    for operand in operands:
        if operand.amount is not None and operand.amount.approximate:
            severity = Severity.NOTICE
    places = tuple(dict.fromkeys([o.place for o in operands if o.place != NOWHERE]))
    if result.place != NOWHERE:
        places = (result.place, *(p for p in places if p != result.place))
    elif not places and (here := place_of(context)) != NOWHERE:
        places = (here,)
    told = plan.message and result.verdict in _TOLD
    detail = whereabouts(plan, context) | result.detail if told else dict(result.detail)
    row = row_label(context)
    if row:
        detail["行"] = row
    spoken = context.pattern or context.mention
    if spoken is not None:
        detail |= {"概念": spoken.concept, "科目": spoken.subject or spoken.concept}
    if result.candidates:
        detail["候选"] = "、".join(result.candidates)
    return Outcome(
        rule.id,
        result.verdict,
        plan.number,
        result.reason,
        severity,
        operands,
        result.left,
        result.right,
        result.difference,
        result.tolerance,
        instance_of(context),
        result.cause,
        detail,
        result.unlikely,
        places=places,
        considered=selected.operands if selected is not None and told else (),
        compared=_compared(result) if result.verdict in _TOLD or context.world.traced else (),
    )
