"""Tries out what a finding proposes: the figure is changed in the document, and every check that reads it runs again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeAlias

from msgspec.structs import replace

from budgetlint.checking.engine.prose import identity_of
from budgetlint.checking.index import DocumentIndex
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import Amount, Bundle, Document, Mention, Paragraph, Pattern, Section
from budgetlint.document.keys import CellKey, FactKey, NumberKey, ThingKey, figure_of
from budgetlint.results.findings import Operand, Outcome, Verdict

#: Evaluates the rules of these ids on a bundle, as the whole check would.
Again: TypeAlias = "Callable[[Bundle, frozenset[str]], Ledger]"
_HELD = (Verdict.HOLDS, Verdict.ROUNDS)
#: Trials cost a reading of the rules each: a document so full of errors has other worries than what to propose.
_MOST_TRIED = 24


class Proof:
    """What one document came to, and the means to have some of them again with one figure changed."""

    def __init__(self, ledger: Ledger, bundle: Bundle, again: Again) -> None:
        self._ledger = ledger
        self._bundle, self._again = bundle, again
        self._reading: dict[FactKey, set[str]] = defaultdict(set)
        for outcome in ledger.outcomes:
            for operand in outcome.operands:
                self._reading[figure_of(operand.fact)].add(outcome.rule)
        self._tried = 0

    def mends(self, operand: Operand, proposed: Decimal, named: Sequence[Outcome]) -> bool:
        """Tell whether with another value of a figure every named outcome holds and none newly fails.

        Args:
            operand: the figure, as one of the outcomes reads it.
            proposed: its value in the scale of amounts.
            named: the failed outcomes that would be said to agree.
        """
        document = changed(self._bundle.document, operand.fact, proposed)
        if document is None or self._tried >= _MOST_TRIED:
            return False
        self._tried += 1
        figure = figure_of(operand.fact)
        holding = (
            held.block.rule.id for of in (figure, NumberKey(figure)) for held in self._ledger.reading(of)
        )
        rules = frozenset((*self._reading[figure], *holding))
        after = self._again(replace(self._bundle, document=document), rules)
        if not all(_holds(outcome, after) for outcome in named):
            return False
        before = {_key(o) for o in self._ledger.outcomes if o.verdict is Verdict.FAILS}
        return all(_key(o) in before for o in after.outcomes if o.verdict is Verdict.FAILS)


def _holds(outcome: Outcome, after: Ledger) -> bool:
    """Tell whether a failed instance holds after a change."""
    key = _key(outcome)
    told = next((o.verdict for o in reversed(after.outcomes) if _key(o) == key), None)
    if told is not None:
        return told in _HELD
    return any(held.instance == outcome.instance for held in after.held_by(outcome.rule, outcome.check))


def _key(outcome: Outcome) -> tuple[str, int, str]:
    return outcome.rule, outcome.check, str(outcome.instance)


def changed(document: Document, fact: FactKey, proposed: Decimal) -> Document | None:
    """Return a document in which a printed figure has another value, None where the fact is no figure of it."""
    key = figure_of(fact)
    if isinstance(key, CellKey):
        return _with_cell(document, key, proposed)
    if isinstance(key, ThingKey) and key.kind == "prose" and not key.which:
        return replace(document, root=_with_mention(document.root, key, proposed))
    return None


def _with_cell(document: Document, key: CellKey, proposed: Decimal) -> Document | None:
    if not isinstance(key.column, int):
        return None
    for found in DocumentIndex(document).tables:
        if found.identity != key.table:
            continue
        row = found.table.rows[key.row]
        cell = row.cells.get(key.column)
        if cell is None or cell.amount is None:
            return None
        amount = _other(cell.amount, proposed)
        cells = {**row.cells, key.column: replace(cell, amount=amount, stored=None)}
        rows = list(found.table.rows)
        rows[key.row] = replace(row, cells=cells)
        tables = tuple(
            replace(table, rows=tuple(rows)) if table is found.table else table for table in document.tables
        )
        return replace(document, tables=tables)
    return None


def _other(amount: Amount, value: Decimal) -> Amount:
    return replace(amount, value=value)


def _with_mention(section: Section, key: ThingKey, proposed: Decimal) -> Section:
    return replace(
        section,
        paragraphs=tuple(_paragraph(paragraph, key, proposed) for paragraph in section.paragraphs),
        sections=tuple(_with_mention(child, key, proposed) for child in section.sections),
    )


def _paragraph(paragraph: Paragraph, key: ThingKey, proposed: Decimal) -> Paragraph:
    def mention(one: Mention) -> Mention:
        return replace(one, amount=_other(one.amount, proposed)) if identity_of(one) == key else one

    def pattern(one: Pattern) -> Pattern:
        values = {name: tuple(map(mention, mentions)) for name, mentions in one.values.items()}
        return replace(one, values=values)

    if not any(identity_of(one) == key for one in _mentions(paragraph)):
        return paragraph
    return replace(
        paragraph,
        mentions=tuple(map(mention, paragraph.mentions)),
        patterns=tuple(map(pattern, paragraph.patterns)),
    )


def _mentions(paragraph: Paragraph) -> Iterable[Mention]:
    yield from paragraph.mentions
    for pattern in paragraph.patterns:
        for mentions in pattern.values.values():
            yield from mentions
