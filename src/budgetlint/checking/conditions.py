"""Decides conditions: comparisons and tests, and how 且, 或 and 如果 combine them."""

from __future__ import annotations

from collections.abc import Iterable

from budgetlint.checking.comparing import Result, compare
from budgetlint.checking.context import Context
from budgetlint.checking.predicates import test
from budgetlint.document import NOWHERE, Place
from budgetlint.findings import Verdict
from budgetlint.language.syntax import And, Compare, Condition, IfThen, Or, Test
from budgetlint.records import replace

#: From worst to best, for 且 and 或; SKIPPED parts do not count.
_ORDER = (Verdict.FAILS, Verdict.UNDETERMINED, Verdict.ROUNDS, Verdict.HOLDS)

_NOT_SELECTED = Result(Verdict.FAILS)


def decide(node: Condition, context: Context, as_printed: bool = False, certain: bool = True) -> Result:
    """Decide a condition for one instance; ``as_printed`` inside ``where`` and ``if``."""
    match node:
        case Compare():
            return _plain(compare(node, context, _select, as_printed, certain), as_printed)
        case Test():
            return _plain(test(node, context, _select, certain), as_printed)
        case And(parts=parts):
            return _all(decide(p, context, as_printed, certain) for p in parts)
        case Or(parts=parts):
            return _combined([decide(p, context, as_printed, certain) for p in parts], worst=False)
        case IfThen(condition=condition, then=then):
            known = decide(condition, context, True, certain)
            if known.verdict is Verdict.UNDETERMINED:
                return known
            if known.verdict in (Verdict.FAILS, Verdict.SKIPPED):
                return Result(Verdict.SKIPPED, operands=known.operands)
            result = decide(then, context, as_printed, certain)
            return replace(result, operands=result.operands or known.operands, place=_first(result, known))
        case _:
            raise AssertionError(f"negation is moved inward when compiling: {node}")


def _plain(result: Result, as_printed: bool) -> Result:
    """In ``where`` and ``if`` a part that finds nothing to look at does not select."""
    if as_printed and result.verdict is Verdict.SKIPPED:
        return replace(result, verdict=Verdict.FAILS) if result.operands else _NOT_SELECTED
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
        return Result(Verdict.SKIPPED, operands=tuple(o for r in results for o in r.operands))
    choose = min if worst else max
    chosen = choose(counting, key=lambda r: _ORDER.index(r.verdict))
    operands = {o.fact: o for r in (chosen, *counting) for o in r.operands}
    return replace(chosen, operands=tuple(operands.values()))
