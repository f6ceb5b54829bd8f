"""Conditions over the instances of a frame: comparisons and tests, and how 且, 或 and 如果 combine them.

A condition of ``where`` is decided once for all rows of a block, whatever rules ask it: its codes are their mask.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from budgetlint.checking.engine.conditions import decide
from budgetlint.checking.engine.context import of_column
from budgetlint.checking.engine.facts import NothingToCheck, Undetermined
from budgetlint.checking.engine.predicates import names_a_column, names_a_place
from budgetlint.checking.kernels.codes import ASK, FAILS, HOLDS, SKIPPED, Decided, undecided
from budgetlint.checking.kernels.comparisons import compared
from budgetlint.checking.kernels.frames import Frame
from budgetlint.checking.kernels.leaves import Spot
from budgetlint.checking.kernels.quantities import NoKernel
from budgetlint.checking.kernels.tests import PLACES, tested
from budgetlint.language.syntax import And, Compare, Condition, IfThen, Or, Ref, Test, TestKind
from budgetlint.language.walk import nodes
from budgetlint.results.findings import Verdict

_CODES = {Verdict.HOLDS: HOLDS, Verdict.FAILS: FAILS, Verdict.SKIPPED: SKIPPED}


def mask(node: Condition, frame: Frame) -> list[int]:
    """Return the codes of a condition of ``where``: HOLDS selects, ASK cannot be told, all else leaves out."""
    return decided(node, frame, True).codes


def decided(node: Condition, frame: Frame, as_printed: bool) -> Decided:
    """Decide a condition for every instance of a frame; what fails in a check is to be explained."""
    match node:
        case Compare() | Test():
            shared = as_printed and frame.block is not None
            return _shared(node, frame) if shared else _leaf(node, frame, as_printed)
        case And(parts=parts):
            return _all(_until_none_is_left(parts, frame, as_printed), frame.size)
        case Or(parts=parts):
            return _any([decided(part, frame, as_printed) for part in parts], frame.size, as_printed)
        case IfThen(condition=condition, then=then):
            return _if(decided(condition, frame, True), decided(then, frame, as_printed), frame.size)
        case _:
            raise AssertionError(f"negation is moved inward when compiling: {node}")


def _shared(node: Compare | Test, frame: Frame) -> Decided:
    """Decide a condition for all that a quantifier visits once, unless it speaks of 本列 once for every column, too."""
    world = frame.world
    column = frame.column if frame.column is not None and of_column(node, world) else None
    key = id(node), frame.block, column, frame.certain
    known: Decided | None = world.masks.get(key)
    if known is None:
        world.masks[key] = known = _leaf(node, frame, True)
    return known


def _leaf(node: Compare | Test, frame: Frame, as_printed: bool) -> Decided:
    if not frame.size:
        return undecided(0)
    try:
        if isinstance(node, Compare):
            found = compared(node, frame, as_printed, mask)
        else:
            found = tested(node, frame, mask)
    except (NoKernel, Undetermined, NothingToCheck):
        found = _once(node, frame, as_printed)
    if as_printed:
        return Decided([FAILS if code == SKIPPED else code for code in found.codes], found.spots)
    return found


def _once(node: Compare | Test, frame: Frame, as_printed: bool) -> Decided:
    """Decide what has no kernel once, where nothing in it depends on the row."""
    refs = () if _asks_of_table(node) else (ref for ref in nodes(node) if isinstance(ref, Ref))
    if frame.rows is None or not all(frame.same_for_all(ref) for ref in refs):
        return undecided(frame.size)
    result = decide(node, frame.context(0), as_printed, frame.certain)
    read: list[Spot] = [fact.identity for fact, _ in result.read]
    return Decided([_CODES.get(result.verdict, ASK)] * frame.size, lambda i: read)


def _asks_of_table(node: Compare | Test) -> bool:
    """Tell whether a test asks whether a table is there or has a column, whatever row it is asked at."""
    if not isinstance(node, Test) or node.kind not in PLACES or not isinstance(node.subject, Ref):
        return False
    ref = node.subject
    if ref.table is None or ref.row is not None:
        return False
    return names_a_place(ref) or (names_a_column(ref) and node.kind is not TestKind.BLANK)


# ---------------------------------------------------------------- logic


def _until_none_is_left(parts: Sequence[Condition], frame: Frame, as_printed: bool) -> list[Decided]:
    """Decide the parts of 且 until all instances fail one of them; first what columns share, to select by."""
    order = list(range(len(parts)))
    if as_printed and frame.column is not None:
        order.sort(key=lambda at: of_column(parts[at], frame.world))
    found: dict[int, Decided] = {}
    for at in order:
        found[at] = decided(parts[at], frame, as_printed)
        if found[at].codes.count(FAILS) == frame.size:
            break
    return [found[at] for at in sorted(found)]


def _all(parts: Sequence[Decided], size: int) -> Decided:
    """且: one part that fails decides; parts that find nothing to check do not count."""
    if len(parts) == 1:
        return parts[0]
    rows = zip(*(part.codes for part in parts), strict=True)
    counting = _counting(parts)

    def spots(i: int) -> list[Spot]:
        failing = next((part for part in parts if part.codes[i] == FAILS), None)
        return counting(i) if failing is None else failing.spots(i)

    return Decided([_worst(codes) for codes in rows] if size else [], spots)


def _worst(codes: Sequence[int]) -> int:
    if FAILS in codes:
        return FAILS
    if ASK in codes:
        return ASK
    return HOLDS if HOLDS in codes else SKIPPED


def _any(parts: Sequence[Decided], size: int, as_printed: bool) -> Decided:
    """或: one part that holds decides; what the others have read must be known where the instance is told of."""
    rows = zip(*(part.codes for part in parts), strict=True)
    return Decided([_best(codes, as_printed) for codes in rows] if size else [], _counting(parts))


def _best(codes: Sequence[int], as_printed: bool) -> int:
    if HOLDS in codes and (as_printed or ASK not in codes):
        return HOLDS
    if ASK in codes:
        return ASK
    return FAILS if FAILS in codes else SKIPPED


def _counting(parts: Sequence[Decided]) -> Callable[[int], list[Spot]]:
    """What the parts that count have read, the first of them that holds before the others."""

    def spots(i: int) -> list[Spot]:
        counting = [part for part in parts if part.codes[i] != SKIPPED]
        speaking = [part for part in counting if part.codes[i] == HOLDS][:1]
        return [spot for part in speaking + counting for spot in part.spots(i)]

    return spots


def _if(condition: Decided, then: Decided, size: int) -> Decided:
    codes = [
        c if known == HOLDS else ASK if known == ASK else SKIPPED
        for known, c in zip(condition.codes, then.codes, strict=True)
    ]
    return Decided(codes, lambda i: then.spots(i) or condition.spots(i))
