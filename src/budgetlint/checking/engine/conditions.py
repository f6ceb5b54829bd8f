"""Decides conditions: comparisons and tests, and how 且, 或 and 如果 combine them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from budgetlint.checking.engine.comparing import Result, compare
from budgetlint.checking.engine.context import Context, of_column
from budgetlint.checking.engine.facts import ZERO
from budgetlint.checking.engine.predicates import test
from budgetlint.document import NOWHERE, Place
from budgetlint.language.syntax import And, Compare, Condition, IfThen, Or, Test
from budgetlint.results.findings import Verdict

#: From worst to best, for 且 and 或; SKIPPED parts do not count.
_ORDER = (Verdict.FAILS, Verdict.UNDETERMINED, Verdict.ROUNDS, Verdict.HOLDS)

_NOT_SELECTED = Result(Verdict.FAILS)


def decide(node: Condition, context: Context, as_printed: bool = False, certain: bool = True) -> Result:
    """Decide a condition for one instance; ``as_printed`` inside ``where`` and ``if``."""
    match node:
        case Compare() | Test():
            return _at_row(node, context, certain) if as_printed else _decided(node, context, False, certain)
        case And(parts=parts):
            return _all(decide(p, context, as_printed, certain) for p in parts)
        case Or(parts=parts):
            return _combined([decide(p, context, as_printed, certain) for p in parts], worst=False)
        case IfThen(condition=condition, then=then):
            known = decide(condition, context, True, certain)
            if known.verdict is Verdict.UNDETERMINED:
                return known
            if known.verdict in (Verdict.FAILS, Verdict.SKIPPED):
                return Result(Verdict.SKIPPED, read=known.read)
            result = decide(then, context, as_printed, certain)
            return replace(result, read=result.read or known.read, place=_first(result, known))
        case _:
            raise AssertionError(f"negation is moved inward when compiling: {node}")


def fails_in_row(where: Condition, context: Context, certain: bool) -> bool:
    """Tell whether a condition of every column of a row fails for a reason that is the same for all of them."""
    parts = where.parts if isinstance(where, And) else (where,)
    return any(
        decide(part, context, True, certain).verdict is Verdict.FAILS
        for part in parts
        if not of_column(part, context.world)
    )


def _decided(node: Compare | Test, context: Context, as_printed: bool, certain: bool) -> Result:
    if isinstance(node, Compare):
        return _plain(compare(node, context, _select, as_printed, certain), as_printed)
    return _plain(test(node, context, _select, certain), as_printed)


def _at_row(node: Compare | Test, context: Context, certain: bool) -> Result:
    """Decide what ``where`` and ``if`` ask of a row once, however many columns and aggregates ask it again."""
    if not context.at_row or (context.column is not None and of_column(node, context.world)):
        return _decided(node, context, True, certain)
    key = id(node), id(context.table), context.row, certain
    known: Result | None = context.world.decided.get(key)
    if known is None:
        context.world.decided[key] = known = _decided(node, context, True, certain)
    return known


def _plain(result: Result, as_printed: bool) -> Result:
    """In ``where`` and ``if`` a part that finds nothing to look at does not select."""
    if as_printed and result.verdict is Verdict.SKIPPED:
        return replace(result, verdict=Verdict.FAILS) if result.read else _NOT_SELECTED
    return result


def _first(result: Result, known: Result) -> Place:
    return result.place if result.place != NOWHERE else known.place


def _select(where: Condition, context: Context) -> Verdict:
    return decide(where, context, as_printed=True).verdict


def _all(parts: Iterable[Result]) -> Result:
    """且: the first part that fails decides alone, so that what stands behind it need not be looked at."""
    results = []
    for part in parts:
        if part.verdict is Verdict.FAILS:
            return part
        results.append(part)
    return _combined(results, worst=True)


def _combined(results: list[Result], worst: bool) -> Result:
    """且 is the worst of its parts, 或 the best; the part that decides speaks, with the facts of all."""
    counting = [r for r in results if r.verdict is not Verdict.SKIPPED]
    if not counting:
        return Result(Verdict.SKIPPED, read=tuple(r for result in results for r in result.read))
    choose = min if worst else max
    chosen = choose(counting, key=lambda r: _ORDER.index(r.verdict))
    if len(counting) == 1:
        return chosen
    others = [result for result in counting if result is not chosen]
    read = {fact.identity: (fact, coefficient) for fact, coefficient in chosen.read}
    for fact, _ in (r for result in others for r in result.read):
        read.setdefault(fact.identity, (fact, ZERO))  # of another comparison than the one that speaks
    compared = chosen.compared
    if not worst and chosen.verdict is Verdict.FAILS:
        compared += tuple(one for result in others for one in result.compared)
    return replace(chosen, read=tuple(read.values()), compared=compared)
