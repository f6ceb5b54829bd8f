"""Decides rules over a document: by kernels where they can tell, else by the engine, which explains what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from budgetlint.checking.case import Case
from budgetlint.checking.engine.comparing import Result
from budgetlint.checking.engine.conditions import decide
from budgetlint.checking.engine.context import Context, World
from budgetlint.checking.engine.evaluate import (
    explained,
    kept_from,
    looked_at,
    nothing_seen,
    outcomes_of,
    world_of,
)
from budgetlint.checking.engine.facts import NothingToCheck, Undetermined
from budgetlint.checking.engine.instances import instances, tables_visited
from budgetlint.checking.index import TableIndex
from budgetlint.checking.kernels.codes import ASK, FAILS, HOLDS, SKIPPED, Decided, undecided
from budgetlint.checking.kernels.conditions import decided, mask
from budgetlint.checking.kernels.frames import Frame, block_of
from budgetlint.checking.kernels.leaves import Spot
from budgetlint.checking.kernels.ledger import Block, Ledger
from budgetlint.document import Role
from budgetlint.language.compile import CompiledRule, Plan
from budgetlint.language.functions import Function
from budgetlint.language.syntax import Condition, EachRow, Quantifier, Rule
from budgetlint.results.findings import Outcome, Severity, Verdict
from budgetlint.vocabulary import Vocabulary


def ledger_of(
    rules: Sequence[CompiledRule],
    case: Case,
    vocabulary: Vocabulary,
    functions: Mapping[str, Function] | None = None,
    kernels: bool = True,
) -> Ledger:
    """Decide rules that apply to a case's document.

    Args:
        rules, vocabulary, functions: as for :func:`budgetlint.checking.engine.evaluate.evaluate`.
        case: the document.
        kernels: False lets the engine explain every instance (tests hold both ways against each other).
    """
    world = world_of(case, vocabulary, functions)
    taking = _Taking()
    for rule, plan, within in looked_at(rules, world):
        if not kernels:
            taking.outcomes += outcomes_of(rule, plan, within)
        elif isinstance(plan.quantifier, EachRow):
            taking.rows(rule, plan, plan.quantifier, within)
        else:
            taking.others(rule, plan, within)
    return Ledger(taking.outcomes, taking.blocks, taking.skipped)


#: What the engine decides.
_TOLD = (ASK, FAILS)
#: The order of an instance, where it stands, and what the body of a check came to there, where that is known.
_Asked: TypeAlias = "tuple[int, Context, Result | None]"


class _Taking:
    """Takes down what checks come to."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.blocks: list[Block] = []
        self.skipped = 0

    def rows(self, rule: Rule, plan: Plan, quantifier: EachRow, world: World) -> None:
        """Decide a check of rows, table by table."""
        seen = False
        try:
            for table in tables_visited(quantifier.table, Context(world)):
                seen = self._table(rule, plan, quantifier, world, table) or seen
        except Undetermined as problem:
            seen = True
            self.outcomes.append(kept_from(rule, plan, problem, world))
        except NothingToCheck:
            pass
        if not seen:
            self.outcomes.append(nothing_seen(rule, plan))

    def others(self, rule: Rule, plan: Plan, world: World) -> None:
        """Decide a check of anything else."""
        frame, problem = visited(plan.quantifier, world, rule.severity is Severity.ERROR)
        asked: list[_Asked] = []
        seen = frame.size > 0 and self._frame(rule, plan, frame, asked)
        seen = self._explain(rule, plan, asked) or seen
        if problem is not None:
            seen = True
            self.outcomes.append(kept_from(rule, plan, problem, world))
        if not seen:
            self.outcomes.append(nothing_seen(rule, plan))

    def _table(self, rule: Rule, plan: Plan, quantifier: EachRow, world: World, table: TableIndex) -> bool:
        """Decide a check of one table's rows; tell whether any instance was looked at."""
        asked: list[_Asked] = []
        seen = False
        for frame in _frames(quantifier, world, table, rule.severity is Severity.ERROR):
            seen = self._frame(rule, plan, frame, asked) or seen
        return self._explain(rule, plan, asked) or seen

    def _explain(self, rule: Rule, plan: Plan, asked: Sequence[_Asked]) -> bool:
        """Make outcomes of what is to be told, in printed order; tell whether there was any."""
        before = len(self.outcomes)
        for _, context, result in sorted(asked, key=lambda one: one[0]):
            outcome = explained(rule, plan, context, result)
            if outcome is not None:
                self.outcomes.append(outcome)
        return len(self.outcomes) > before

    def _frame(self, rule: Rule, plan: Plan, frame: Frame, asked: list[_Asked]) -> bool:
        """Decide a check for a frame; note what is to be explained, and tell whether anything else was looked at."""
        chosen = self._chosen(plan.quantifier.where if plan.quantifier else None, frame, asked)
        if not chosen:
            return False
        body = frame.part(chosen)
        # One instance alone is told at once as fast as kernels say that it holds.
        found = undecided(1) if plan.quantifier is None else decided(plan.body, body, False)
        holds = [i for i, code in enumerate(found.codes) if code == HOLDS]
        if holds:
            self.blocks.append(Block(rule, plan, body, holds, found))
        skipped = found.codes.count(SKIPPED)
        self.skipped += skipped
        left = [i for i, code in enumerate(found.codes) if code in _TOLD]
        seen = self._left(rule, plan, body, left, asked) if left else False
        return bool(holds or skipped or seen)

    def _chosen(self, where: Condition | None, frame: Frame, asked: list[_Asked]) -> Sequence[int]:
        """Return which instances a condition selects; what it cannot decide is to be explained."""
        if where is None:
            return [i for i in range(frame.size) if frame.has(i)]
        chosen = []
        for i, code in enumerate(mask(where, frame)):
            if code not in (HOLDS, ASK) or not frame.has(i):
                continue
            if code == ASK:
                verdict = decide(where, frame.context(i), True, frame.certain).verdict
                if verdict is Verdict.UNDETERMINED:
                    asked.append((frame.order(i), frame.context(i), None))
                if verdict is not Verdict.HOLDS:
                    continue
            chosen.append(i)
        return chosen

    def _left(self, rule: Rule, plan: Plan, frame: Frame, left: Sequence[int], asked: list[_Asked]) -> bool:
        """Let the engine decide what kernels leave open of selected rows; only what is told becomes an outcome."""
        read: dict[int, list[Spot]] = {}
        seen = False
        for i in left:
            context = frame.context(i)
            result = decide(plan.body, context, False, frame.certain)
            if result.verdict is Verdict.HOLDS:
                read[i] = [fact.identity for fact, _ in result.read]
            elif result.verdict is Verdict.SKIPPED and frame.rows is not None:
                self.skipped += 1
                seen = True
            else:
                asked.append((frame.order(i), context, result))
        if read:
            self.blocks.append(Block(rule, plan, frame, list(read), Decided([], read.__getitem__)))
        return seen or bool(read)


def visited(quantifier: Quantifier | None, world: World, certain: bool) -> tuple[Frame, Undetermined | None]:
    """Return all that a quantifier other than of rows visits, once for all rules, and what kept it from going on."""
    key = (
        type(quantifier),
        *(id(getattr(quantifier, name, None)) for name in ("table", "section", "label")),
        certain,
    )
    if key not in world.frames:
        contexts: list[Context] = []
        problem = None
        try:
            for context in instances(quantifier, Context(world), certain):
                contexts.append(context)
        except Undetermined as found:
            problem = found.with_traceback(None)  # which would hold all that was on its way
        except NothingToCheck:
            pass
        world.frames[key] = Frame(world, None, None, None, certain, contexts, block=key), problem
    known: tuple[Frame, Undetermined | None] = world.frames[key]
    return known


def _frames(quantifier: EachRow, world: World, table: TableIndex, certain: bool) -> Iterator[Frame]:
    """Yield the blocks of a table's rows, for every amount column of a block where the quantifier visits them."""
    for group in table.blocks:
        if not quantifier.amount_columns:
            yield from filter(None, [block_of(world, table, group, None, certain)])
            continue
        for column, printed in enumerate(table.table.columns):
            if printed.role is Role.AMOUNT and printed.group == group:
                yield from filter(None, [block_of(world, table, group, column, certain)])
