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
from budgetlint.checking.kernels.codes import ASK, FAILS, HOLDS, SKIPPED, Decided
from budgetlint.checking.kernels.conditions import decided, mask
from budgetlint.checking.kernels.frames import Frame, Spot
from budgetlint.checking.kernels.ledger import Block, Ledger
from budgetlint.document import Role
from budgetlint.language.compile import CompiledRule, Plan
from budgetlint.language.functions import Function
from budgetlint.language.syntax import EachRow, Rule
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
#: A row, a column (−1 for none) and what the body of a check came to there, where that is known.
_Asked: TypeAlias = "tuple[int, int, Result | None]"


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
        """Decide a check of anything else, instance by instance."""
        certain = rule.severity is Severity.ERROR
        where = plan.quantifier.where if plan.quantifier else None
        holds: list[tuple[Context, list[Spot]]] = []
        seen = False
        try:
            for context in instances(plan.quantifier, Context(world), certain):
                chosen = where is None or decide(where, context, True, certain).verdict
                if chosen is Verdict.FAILS or chosen is Verdict.SKIPPED:
                    continue
                selected = chosen is True or chosen is Verdict.HOLDS
                result = decide(plan.body, context, False, certain) if selected else None
                if result is not None and result.verdict is Verdict.HOLDS:
                    seen = True
                    holds.append((context, [fact.identity for fact, _ in result.read]))
                elif (outcome := explained(rule, plan, context, result)) is not None:
                    seen = True
                    self.outcomes.append(outcome)
        except Undetermined as problem:
            seen = True
            self.outcomes.append(kept_from(rule, plan, problem, world))
        except NothingToCheck:
            pass
        if holds:
            frame = Frame(world, None, None, None, certain, [context for context, _ in holds])
            read = [spots for _, spots in holds]
            self.blocks.append(Block(rule, plan, frame, range(len(holds)), Decided([], read.__getitem__)))
        if not seen:
            self.outcomes.append(nothing_seen(rule, plan))

    def _table(self, rule: Rule, plan: Plan, quantifier: EachRow, world: World, table: TableIndex) -> bool:
        """Decide a check of one table's rows; tell whether any instance was looked at."""
        asked: list[_Asked] = []
        seen = False
        for frame in _frames(quantifier, world, table, rule.severity is Severity.ERROR):
            seen = self._frame(rule, plan, quantifier, frame, asked) or seen
        if asked:
            positions = {row: at for at, row in enumerate(table.printing)}
            asked.sort(key=lambda at: positions[at[0]])
        for row, column, result in asked:
            context = Context(world, table, row, column if column >= 0 else None)
            outcome = explained(rule, plan, context, result)
            if outcome is not None:
                self.outcomes.append(outcome)
                seen = True
        return seen

    def _frame(self, rule: Rule, plan: Plan, quantifier: EachRow, frame: Frame, asked: list[_Asked]) -> bool:
        assert frame.rows is not None and frame.table is not None
        column = -1 if frame.column is None else frame.column
        chosen: list[int]
        if quantifier.where is not None:
            codes = mask(quantifier.where, frame)
            chosen = []
            for i, (row, code) in enumerate(zip(frame.rows, codes, strict=True)):
                if code not in (HOLDS, ASK) or not _has(frame, row):
                    continue
                if code == ASK:
                    verdict = decide(quantifier.where, frame.context(i), True, frame.certain).verdict
                    if verdict is Verdict.UNDETERMINED:
                        asked.append((row, column, None))
                    if verdict is not Verdict.HOLDS:
                        continue
                chosen.append(row)
        else:
            chosen = [row for row in frame.rows if _has(frame, row)]
        if not chosen:
            return False
        body = Frame(frame.world, frame.table, chosen, frame.column, frame.certain)
        found = decided(plan.body, body, False)
        holds = [i for i, code in enumerate(found.codes) if code == HOLDS]
        if holds:
            self.blocks.append(Block(rule, plan, body, holds, found))
        skipped = found.codes.count(SKIPPED)
        self.skipped += skipped
        left = [i for i, code in enumerate(found.codes) if code in _TOLD]
        seen = self._left(rule, plan, body, left, asked) if left else False
        return bool(holds or skipped or seen)

    def _left(self, rule: Rule, plan: Plan, frame: Frame, left: Sequence[int], asked: list[_Asked]) -> bool:
        """Let the engine decide what kernels leave open of selected rows; only what is told becomes an outcome."""
        assert frame.rows is not None
        column = -1 if frame.column is None else frame.column
        read: dict[int, list[Spot]] = {}
        seen = False
        for i in left:
            result = decide(plan.body, frame.context(i), False, frame.certain)
            if result.verdict is Verdict.HOLDS:
                read[i] = [fact.identity for fact, _ in result.read]
            elif result.verdict is Verdict.SKIPPED:
                self.skipped += 1
                seen = True
            else:
                asked.append((frame.rows[i], column, result))
        if read:
            self.blocks.append(Block(rule, plan, frame, list(read), Decided([], read.__getitem__)))
        return seen or bool(read)


def _has(frame: Frame, row: int) -> bool:
    """Tell whether a row has the column of its frame, if that has one."""
    assert frame.table is not None
    return frame.column is None or frame.column in frame.table.table.rows[row].cells


def _frames(quantifier: EachRow, world: World, table: TableIndex, certain: bool) -> Iterator[Frame]:
    """Yield the blocks of a table's rows, for every amount column of a block where the quantifier visits them."""
    for group, rows in table.blocks.items():
        if not quantifier.amount_columns:
            yield Frame(world, table, rows, None, certain, whole=True)
            continue
        for column, printed in enumerate(table.table.columns):
            if printed.role is Role.AMOUNT and printed.group == group:
                yield Frame(world, table, rows, column, certain, whole=True)
