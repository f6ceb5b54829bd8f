"""Decides rules over a document: by kernels where they can tell, else by the engine, which explains what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from budgetlint.checking.case import Case
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
from budgetlint.checking.engine.instances import tables_visited
from budgetlint.checking.index import TableIndex
from budgetlint.checking.kernels.codes import ASK, FAILS, HOLDS, SKIPPED
from budgetlint.checking.kernels.conditions import decided, mask
from budgetlint.checking.kernels.frames import Frame
from budgetlint.checking.kernels.ledger import Block, Ledger
from budgetlint.document import Role
from budgetlint.language.compile import CompiledRule, Plan
from budgetlint.language.functions import Function
from budgetlint.language.syntax import EachRow, Rule
from budgetlint.results.findings import Outcome, Severity
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
        if kernels and isinstance(plan.quantifier, EachRow):
            taking.rows(rule, plan, plan.quantifier, within)
        else:
            taking.outcomes += outcomes_of(rule, plan, within)
    return Ledger(taking.outcomes, taking.blocks, taking.skipped)


#: What the engine explains.
_TOLD = (ASK, FAILS)


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

    def _table(self, rule: Rule, plan: Plan, quantifier: EachRow, world: World, table: TableIndex) -> bool:
        """Decide a check of one table's rows; tell whether any instance was looked at."""
        asked: list[tuple[int, int]] = []
        seen = False
        for frame in _frames(quantifier, world, table, rule.severity is Severity.ERROR):
            seen = self._frame(rule, plan, quantifier, frame, asked) or seen
        if asked:
            positions = {row: at for at, row in enumerate(table.printing)}
            asked.sort(key=lambda at: positions[at[0]])
        for row, column in asked:
            context = Context(world, table, row, column if column >= 0 else None)
            outcome = explained(rule, plan, context)
            if outcome is not None:
                self.outcomes.append(outcome)
                seen = True
        return seen

    def _frame(
        self, rule: Rule, plan: Plan, quantifier: EachRow, frame: Frame, asked: list[tuple[int, int]]
    ) -> bool:
        assert frame.rows is not None and frame.table is not None
        column = -1 if frame.column is None else frame.column
        chosen: Sequence[int] = frame.rows
        if quantifier.where is not None:
            codes = mask(quantifier.where, frame)
            chosen = [row for row, code in zip(frame.rows, codes, strict=True) if code == HOLDS]
            unsure = [row for row, code in zip(frame.rows, codes, strict=True) if code == ASK]
        else:
            unsure = []
        if frame.column is not None:
            rows = frame.table.table.rows
            chosen = [row for row in chosen if frame.column in rows[row].cells]
            unsure = [row for row in unsure if frame.column in rows[row].cells]
        asked += [(row, column) for row in unsure]
        if not chosen:
            return False
        body = Frame(frame.world, frame.table, chosen, frame.column, frame.certain)
        found = decided(plan.body, body, False)
        holds = [i for i, code in enumerate(found.codes) if code == HOLDS]
        if holds:
            self.blocks.append(Block(rule, plan, body, holds, found))
        asked += [(row, column) for row, code in zip(chosen, found.codes, strict=True) if code in _TOLD]
        skipped = found.codes.count(SKIPPED)
        self.skipped += skipped
        return bool(holds or skipped)


def _frames(quantifier: EachRow, world: World, table: TableIndex, certain: bool) -> Iterator[Frame]:
    """Yield the blocks of a table's rows, for every amount column of a block where the quantifier visits them."""
    for group, rows in table.blocks.items():
        if not quantifier.amount_columns:
            yield Frame(world, table, rows, None, certain, whole=True)
            continue
        for column, printed in enumerate(table.table.columns):
            if printed.role is Role.AMOUNT and printed.group == group:
                yield Frame(world, table, rows, column, certain, whole=True)
