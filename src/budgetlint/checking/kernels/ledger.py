"""What the rules came to on one document: outcomes that are told, and what holds as counts and cells.

Nobody is shown a row that holds, so none is made an outcome. The ledger can still say which checks read a cell and
which cells an instance read, and explain any of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct, field

from budgetlint.checking.engine.evaluate import explained
from budgetlint.checking.engine.instances import instance_of
from budgetlint.checking.kernels.codes import Decided
from budgetlint.checking.kernels.frames import Frame
from budgetlint.checking.kernels.leaves import Spot, key_of
from budgetlint.document.keys import FactKey, InstanceKey, SheetKey, among
from budgetlint.language.compile import Plan
from budgetlint.language.syntax import Rule
from budgetlint.results.findings import Outcome
from budgetlint.results.report import Counts


class Block(Struct, frozen=True):
    """Instances of one check that hold: which of a frame's, and what they have read; ``told`` are those explained."""

    rule: Rule
    plan: Plan
    frame: Frame
    holds: Sequence[int]
    decided: Decided
    told: dict[int, Outcome] = field(default_factory=dict)

    def spots(self, i: int) -> list[Spot]:
        """Return what an instance of the frame has read, in the order of the rule's text."""
        return self.decided.spots(i)


class Held(Struct, frozen=True):
    """One instance that holds."""

    block: Block
    at: int

    @property
    def instance(self) -> InstanceKey:
        """What the instance is."""
        return instance_of(self.block.frame.context(self.at))

    @property
    def reads(self) -> tuple[FactKey, ...]:
        """The facts it has read, in the order of the rule's text."""
        return tuple(dict.fromkeys(key_of(spot) for spot in self.block.spots(self.at)))

    def outcome(self) -> Outcome:
        """Evaluate it once more, with all that could be told of it."""
        known = self.block.told.get(self.at)
        if known is None:
            known = explained(self.block.rule, self.block.plan, self.block.frame.context(self.at))
            assert known is not None
            self.block.told[self.at] = known
        return known


class Ledger(Struct, frozen=True, dict=True):
    """What rules and checks came to.

    Attributes:
        outcomes: what is told or was explained, in the order of the rules; what holds may stand among them.
        blocks: what holds besides.
        skipped: how many instances besides had nothing to check.
    """

    outcomes: Sequence[Outcome]
    blocks: Sequence[Block] = ()
    skipped: int = 0

    @property
    def counts(self) -> Counts:
        """How many instances came to what."""
        return Counts.of(self.outcomes).besides(self.holds, self.skipped)

    @property
    def holds(self) -> int:
        """How many instances hold that are not among the outcomes."""
        return sum(len(block.holds) for block in self.blocks)

    def held(self) -> Iterator[Held]:
        """Yield every instance that holds and is not among the outcomes."""
        for block in self.blocks:
            for i in block.holds:
                yield Held(block, i)

    @cached_property
    def readers(self) -> dict[FactKey, list[Held]]:
        """The instances that hold, by each fact they have read."""
        found: dict[FactKey, list[Held]] = defaultdict(list)
        for held in self.held():
            for fact in held.reads:
                found[fact].append(held)
        return found

    def reading(self, fact: FactKey) -> list[Held]:
        """Return the instances that hold and have read a fact (a cell, a figure of prose)."""
        return self.readers.get(fact, [])

    def holding(self, facts: Iterable[FactKey]) -> Iterator[Outcome]:
        """Yield the instances that hold and have read any of some facts, explained."""
        reading = {(id(held.block), held.at): held for fact in facts for held in self.reading(fact)}
        return (held.outcome() for held in reading.values())

    def held_among(self, rule: str, check: int, rows: SheetKey | None) -> Iterator[Held]:
        """Yield the instances of a check that hold among some rows."""
        return (held for held in self.held_by(rule, check) if among(held.instance) == rows)

    def held_by(self, rule: str, check: int) -> Iterator[Held]:
        """Yield the instances of a check that hold."""
        for block in self.blocks:
            if block.rule.id == rule and block.plan.number == check:
                yield from (Held(block, i) for i in block.holds)

    def everything(self) -> list[Outcome]:
        """Return an outcome for every instance that was looked at and is not skipped, whatever it came to."""
        return [*self.outcomes, *(held.outcome() for held in self.held())]
