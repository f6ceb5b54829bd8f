"""Divides a document that holds several budgets (汇总 and 本级, or unit after unit) into sets of tables and prose.

Names of tables that come again begin a new set, and so do names of sections. Where there are as many sets of prose as
of tables they belong together in their order; else what there is less of belongs to the set it shares figures with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from typing import TypeAlias

from msgspec import Struct

from budgetlint.checking.index import DocumentIndex, PartIndex
from budgetlint.document import Amount, Dimension, Section, TableState
from budgetlint.vocabulary import Vocabulary

#: A set repeats at least this many names of the one before: a table printed twice is no second budget.
_REPEATED = 3
#: Prose quotes tables where it prints at least this many of their figures, and twice as many as of any other set.
_QUOTED = 3
#: Prose in 万元 and tables in 元 print one figure where they agree to this many 元.
_FINENESS = Decimal("1E+2")

#: Positions in a document's list of tables, or of sections.
_Run: TypeAlias = "frozenset[int]"


class Parts(Struct, frozen=True):
    """The sets of a document in printed order, and what belongs to none of them (None where nothing does)."""

    sets: tuple[PartIndex, ...]
    rest: PartIndex | None


class _Named(Struct, frozen=True):
    """Something with a canonical name: where it stands in its list, and where its name stands in the vocabulary."""

    name: str
    at: int
    rank: int


def parts_of(whole: DocumentIndex, vocabulary: Vocabulary) -> Parts | None:
    """Divide a document into its sets; None where it holds only one, or they cannot be told apart."""
    tables, prose = _table_runs(whole, vocabulary), _prose_runs(whole, vocabulary)
    if max(len(tables), len(prose)) < 2:
        return None
    pairs = list(_paired(tables, prose, whole))
    sets = tuple(
        PartIndex(whole, own, said, f"{n}>" if n > 1 else "") for n, (own, said) in enumerate(pairs, 1)
    )
    left = _left(len(whole.tables), (own for own, _ in pairs))
    unsaid = _left(len(whole.sections), (said for _, said in pairs))
    front = whole.document.root.paragraphs
    rest = PartIndex(whole, left, unsaid, "0>", remainder=True) if left or unsaid or front else None
    return Parts(sets, rest)


def _left(count: int, taken: Iterable[_Run]) -> _Run:
    return frozenset(range(count)).difference(*taken)


# ---------------------------------------------------------------- tables


def _table_runs(whole: DocumentIndex, vocabulary: Vocabulary) -> list[_Run]:
    """Divide the tables of a document; what no vocabulary names belongs where it stands."""
    tables = whole.document.tables
    ranks = {id: rank for rank, (id, term) in enumerate(vocabulary.tables.items()) if not term.many}
    named = [
        _Named(table.id, at, ranks[table.id])
        for at, table in enumerate(tables)
        if table.id in ranks and table.state is not TableState.MISSING
    ]
    cuts = [_with_heading(named[cut], named[cut - 1], whole) for cut in _cuts(named)]
    if cuts:
        return _between(cuts, len(tables))
    if together := _side_by_side(named):
        return together
    return [frozenset(range(len(tables)))] if tables else []


def _with_heading(first: _Named, last: _Named, whole: DocumentIndex) -> int:
    """Begin a set before the unnamed tables that stand in its first table's section, not in the last one's."""
    tables, at = whole.document.tables, first.at
    while at - 1 > last.at and tables[at - 1].section == tables[first.at].section != tables[last.at].section:
        at -= 1
    return at


def _side_by_side(named: Sequence[_Named]) -> list[_Run]:
    """Tables printed kind by kind (收支总表 of all units, 收入总表 of all units …): one of each kind makes a set."""
    kinds = [[table.at for table in group] for _, group in groupby(named, key=lambda table: table.name)]
    sizes = {len(kind) for kind in kinds}
    apart = len({table.name for table in named}) == len(kinds)
    if len(kinds) < _REPEATED or len(sizes) != 1 or sizes == {1} or not apart:
        return []
    return [frozenset(together) for together in zip(*kinds, strict=True)]


# ---------------------------------------------------------------- prose


def _prose_runs(whole: DocumentIndex, vocabulary: Vocabulary) -> list[_Run]:
    """Divide the sections of a document; a set begins with the outermost heading above its first named section."""
    ranks = {name: rank for rank, name in enumerate(vocabulary.sections)}
    named = [
        _Named(chain[-1].name, at, ranks[chain[-1].name])
        for at, chain in enumerate(whole.sections)
        if chain[-1].name in ranks
        and all(above.name != chain[-1].name for above in chain[:-1])
        and not _heads_tables(chain[-1])
    ]
    if not named:
        return []
    positions = {id(chain[-1]): at for at, chain in enumerate(whole.sections)}
    cuts = []
    for cut in _cuts(named):
        above, before = whole.sections[named[cut].at], whole.sections[named[cut - 1].at]
        cuts.append(positions[id(_outermost(above, before))])
    return _between(cuts, len(whole.sections))


def _heads_tables(section: Section) -> bool:
    """Tell whether a heading is a table's (附表5 一般公共预算支出表), which says the name of a section too."""
    speaks = any(paragraph.mentions for paragraph in section.paragraphs)
    return section.part == "tables" or bool(section.tables and not speaks)


def _outermost(chain: Sequence[Section], before: Sequence[Section]) -> Section:
    """Return the outermost section of a chain that does not hold what stands before."""
    return next((s for s in chain if not any(s is other for other in before)), chain[-1])


# ---------------------------------------------------------------- both


def _cuts(named: Sequence[_Named]) -> list[int]:
    """Where new sets begin: before each coming of the one name that leaves fewest names twice in a set.

    Every set must repeat some names of the one before it, so that one table printed twice cuts nothing.
    """
    best: tuple[int, list[int]] | None = None
    for name in dict.fromkeys(item.name for item in named):
        comings = [i for i, item in enumerate(named) if item.name == name][1:]
        cuts = [_drawn_back(named, cut) for cut in comings]
        runs = [{item.name for item in named[a:b]} for a, b in pairwise([0, *cuts, len(named)])]
        if cuts and all(len(a & b) >= _REPEATED for a, b in pairwise(runs)):
            twice = len(named) - sum(len(run) for run in runs)
            if best is None or twice < best[0]:
                best = twice, cuts
    return best[1] if best else []


def _drawn_back(named: Sequence[_Named], cut: int) -> int:
    """Begin a set earlier where names before it lead up to it in the vocabulary's order and are not in it yet."""
    following = {item.name for item in named[cut:]}
    while cut > 1 and named[cut - 1].rank < named[cut].rank and named[cut - 1].name not in following:
        cut -= 1
    return cut


def _between(cuts: Sequence[int], count: int) -> list[_Run]:
    return [frozenset(range(a, b)) for a, b in pairwise([0, *cuts, count])]


def _paired(
    tables: Sequence[_Run], prose: Sequence[_Run], whole: DocumentIndex
) -> Iterator[tuple[_Run, _Run]]:
    """Put the tables and the prose of every set together."""
    if len(tables) == len(prose):
        yield from zip(tables, prose, strict=True)
        return
    printed = [_figures(_amounts_of_tables(run, whole)) for run in tables]
    said = [_figures(_amounts_of_prose(run, whole)) for run in prose]
    if len(tables) > len(prose):
        chosen = [_sharing(figures, printed) for figures in said]
        for i, own in enumerate(tables):
            yield own, frozenset().union(*(run for run, k in zip(prose, chosen, strict=True) if k == i))
    elif len(tables) == 1:
        # Explained twice (table by table, then in whole): all prose that quotes the tables is about them.
        shared = [len(figures & printed[0]) for figures in said]
        for own, count in zip(prose, shared, strict=True):
            yield tables[0] if count >= max(_QUOTED, max(shared) / 2) else frozenset(), own
    else:
        chosen = [_sharing(figures, said) for figures in printed]
        for i, own in enumerate(prose):
            yield frozenset().union(*(run for run, k in zip(tables, chosen, strict=True) if k == i)), own


def _sharing(figures: set[Decimal], others: Sequence[set[Decimal]]) -> int | None:
    """Which of the others prints the figures; None where none, or no one, clearly does."""
    shared = sorted(((len(figures & other), i) for i, other in enumerate(others)), reverse=True)
    (most, which), (second, _) = shared[:2]
    return which if most >= max(_QUOTED, 2 * second) else None


def _amounts_of_tables(run: _Run, whole: DocumentIndex) -> Iterator[Amount]:
    for at in run:
        for row in whole.document.tables[at].rows:
            yield from (cell.amount for cell in row.cells.values() if cell.amount is not None)


def _amounts_of_prose(run: _Run, whole: DocumentIndex) -> Iterator[Amount]:
    for at in run:
        for paragraph in whole.sections[at][-1].paragraphs:
            yield from (mention.amount for mention in paragraph.mentions)


def _figures(amounts: Iterable[Amount]) -> set[Decimal]:
    return {a.value.quantize(_FINENESS) for a in amounts if a.dimension is Dimension.MONEY and a.value}
