"""What a document's own tables give for pictures: where its money comes from and goes to, and last year beside this one.

A picture is made only where the printed figures carry it: the parts make their totals (within what rounding explains),
nothing that is needed is unsure, blank or below zero. A blank is never taken for a zero, and every amount shown is that
of a cell. Tables, columns and rows are those that the vocabulary's lists ``收支图`` name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from budgetlint.checking.engine.columns import columns_named
from budgetlint.checking.engine.rows import rows_named
from budgetlint.checking.index import DocumentIndex, TableIndex
from budgetlint.checking.judging.masking import masked_under
from budgetlint.document import RowKind
from budgetlint.document.keys import CellKey
from budgetlint.document.text import bare_label, squeeze
from budgetlint.language.syntax import Label
from budgetlint.results.drawing import Flow, NoPicture, Part, Pictures, Years
from budgetlint.vocabulary import Vocabulary

_LISTS, _TOTAL = "收支图", "合计"
_CLASS_DIGITS = 3
#: The number of the figure that a cell is drawn as.
Numbered = Callable[[CellKey], "int | None"]


class _Read(Part, frozen=True):
    """A part with half a unit of its last digit, in 元: what rounding may have taken from it."""

    slack: Decimal = Decimal(0)


class _Missing(Exception):
    """A picture cannot be made, and why."""

    def __init__(self, why: NoPicture) -> None:
        super().__init__(why.value)
        self.why = why


def pictures_of(
    index: DocumentIndex, others: Sequence[DocumentIndex], vocabulary: Vocabulary, numbered: Numbered
) -> Pictures | None:
    """Return a document's pictures, None where it has neither table that they are made of.

    Args:
        others: documents that this one may be compared with; last year's is the one of the same kind.
        numbered: the figures as drawn, to lead from a picture to its cells.
    """
    book = _Book(index, vocabulary, numbered)
    if not any(book.tables(which) for which in ("收入表", "支出表")):
        return None
    flow: Flow | NoPicture
    try:
        flow = _flow(book)
    except _Missing as error:
        flow = error.why
    return Pictures(flow, _years(book, others, vocabulary))


class _Book:
    """One document's tables of income and expenditure, read cell by cell."""

    def __init__(self, index: DocumentIndex, vocabulary: Vocabulary, numbered: Numbered) -> None:
        self.index = index
        self._vocabulary = vocabulary
        self._numbered = numbered

    def names(self, which: str) -> tuple[str, ...]:
        """Return one of the vocabulary's lists."""
        return self._vocabulary.lists.get(f"{_LISTS}/{which}", ())

    def tables(self, which: str) -> tuple[TableIndex, ...]:
        """Return the tables of one list that print a figure."""
        found = (table for id in self.names(which) for table in self.index.by_id.get(id, ()))
        return tuple(table for table in found if table.has_amounts)

    def table(self, which: str, missing: NoPicture) -> TableIndex:
        """Return the one table of a list; none, several or an unsure one gives no picture."""
        found = self.tables(which)
        if len(found) != 1:
            raise _Missing(missing)
        if found[0].table.unsure or found[0].table.realigned:
            raise _Missing(NoPicture.UNSURE)
        return found[0]

    def row(self, table: TableIndex, name: str) -> int | None:
        """Return the one row of a name."""
        found = rows_named(Label(name), table, self._vocabulary)
        return found[0] if len(found) == 1 else None

    def column(self, table: TableIndex, name: str, row: int) -> int | None:
        """Return the one column of a name in the block a row stands in."""
        found = columns_named(Label(name), table, table.table.rows[row].group, self._vocabulary)
        return found[0] if len(found) == 1 else None

    def read(self, table: TableIndex, row: int | None, column: int | None, name: str) -> _Read | None:
        """Return what a cell prints; None where it prints no figure."""
        if row is None or column is None or (cell := table.table.rows[row].cells.get(column)) is None:
            return None
        if cell.amount is None:
            return None
        if not cell.sure:
            raise _Missing(NoPicture.UNSURE)
        if cell.amount.value < 0:
            raise _Missing(NoPicture.NEGATIVE)
        line = table.table.rows[row]
        text = masked_under(cell.text, "".join(table.table.columns[column].path), line.label)
        number = self._numbered(CellKey(table.identity, row, column))
        return _Read(name, squeeze(text), cell.amount.value, number, table.quantum(row, column) / 2)

    def named(self, table: TableIndex, row: int | None, name: str) -> _Read | None:
        """Return what a row prints in the column of a name."""
        return None if row is None else self.read(table, row, self.column(table, name, row), name)

    def classes(self, table: TableIndex) -> tuple[int, ...]:
        """Return the rows of functional classes; where a class stands twice (several units) there is no whole to show."""
        rows = table.table.rows
        found = tuple(
            i
            for i, row in enumerate(rows)
            if row.kind is RowKind.DATA and row.code is not None and len(row.code) == _CLASS_DIGITS
        )
        if len({rows[i].code for i in found}) != len(found):
            raise _Missing(NoPicture.CLASSES)
        return found


def _flow(book: _Book) -> Flow:
    income, expense = (
        book.table("收入表", NoPicture.NO_INCOME),
        book.table("支出表", NoPicture.NO_EXPENSE),
    )
    top, bottom = book.row(income, _TOTAL), book.row(expense, _TOTAL)
    came, went = book.named(income, top, _TOTAL), book.named(expense, bottom, _TOTAL)
    if came is None or not came.value:
        raise _Missing(NoPicture.NO_INCOME)
    if went is None or not went.value:
        raise _Missing(NoPicture.NO_EXPENSE)
    sources = _sources(book, income, top)
    if not _make(came, sources):
        raise _Missing(NoPicture.SOURCES)
    classes, links = _classes(book, expense)
    if not classes or not _make(went, classes):
        raise _Missing(NoPicture.CLASSES)
    ways = [part for name in book.names("去向") if (part := book.named(expense, bottom, name)) is not None]
    used = [(at, way, part) for at, name, part in links for way, one in enumerate(ways) if one.name == name]
    if len(used) != len(links) or not _ways_hold(classes, ways, used):
        raise _Missing(NoPicture.WAYS)
    more, beside = _carried(book, came, went, sources)
    unit = income.table.unit or ""
    if unit != (expense.table.unit or ""):
        raise _Missing(NoPicture.SIDES)
    plain = tuple((at, way, _part(part)) for at, way, part in used)
    return Flow(
        unit,
        _part(came),
        _part(went),
        _parts([*sources, *more]),
        _parts(classes),
        _parts(beside),
        _parts(ways),
        plain,
    )


def _sources(book: _Book, table: TableIndex, row: int | None) -> list[_Read]:
    """Return the sources that a table's total row prints, each amount once: a source or what it is made of."""
    found = {name: part for name in book.names("来源") if (part := book.named(table, row, name)) is not None}
    columns = {part.figure: name for name, part in found.items()}
    inside: dict[str, list[str]] = {}
    for pair in book.names("来源构成"):
        above, _, below = pair.partition("/")
        inside.setdefault(above, []).append(below)
    for above, names in inside.items():
        whole = book.named(table, row, above)
        if whole is None or (whole.figure is not None and whole.figure in columns):
            continue
        printed_parts = [found[name] for name in names if name in found]
        if not printed_parts or not _make(whole, printed_parts):
            for name in names:
                found.pop(name, None)
            found[above] = whole
    return list(found.values())


def _classes(book: _Book, table: TableIndex) -> tuple[list[_Read], list[tuple[int, str, _Read]]]:
    """Return the classes with what each comes to, and their cells by kind of expenditure."""
    classes: list[_Read] = []
    links: list[tuple[int, str, _Read]] = []
    for row in book.classes(table):
        whole = book.read(
            table, row, book.column(table, _TOTAL, row), bare_label(table.table.rows[row].label)
        )
        if whole is None:
            continue
        for name in book.names("去向"):
            part = book.named(table, row, name)
            if part is not None:
                links.append((len(classes), name, part))
        classes.append(whole)
    return classes, links


def _ways_hold(
    classes: Sequence[_Read], ways: Sequence[_Read], links: Sequence[tuple[int, int, _Read]]
) -> bool:
    """Tell whether the cells make every class across and every kind of expenditure down."""
    across = all(_make(whole, [p for at, _, p in links if at == n]) for n, whole in enumerate(classes))
    return across and all(_make(whole, [p for _, at, p in links if at == n]) for n, whole in enumerate(ways))


def _carried(
    book: _Book, came: _Read, went: _Read, sources: Sequence[_Read]
) -> tuple[list[_Read], list[_Read]]:
    """Return what the table of both sides adds where income and expenditure alone do not balance."""
    if _make(came, [went]):
        return [], []
    tables = book.tables("总表")
    if len(tables) == 1:
        (table,) = tables
        known = {part.name for part in sources}
        more, beside = (
            [
                part
                for name in book.names(which)
                if name not in known and (part := _side(book, table, name)) is not None
            ]
            for which in ("另有来源", "另有去向")
        )
        left, right = [came, *more], [went, *beside]
        if abs(_sum(left) - _sum(right)) <= sum((part.slack for part in (*left, *right)), Decimal(0)):
            return more, beside
    raise _Missing(NoPicture.SIDES)


def _side(book: _Book, table: TableIndex, name: str) -> _Read | None:
    """Return what the table of both sides prints of a row, under its name."""
    row = book.row(table, name)
    if row is None:
        return None
    found = (book.column(table, column, row) for column in book.names("本年栏"))
    return book.read(table, row, next((one for one in found if one is not None), None), name)


def _years(book: _Book, others: Sequence[DocumentIndex], vocabulary: Vocabulary) -> Years | None:
    """Return two years as far as both print them: from last year's document, or from a table with a column of it."""
    try:
        now = book.index.document.classification
        for other in others:
            then = other.document.classification
            if now.year is not None and then.kind == now.kind and then.year == now.year - 1:
                pairs = _across(book, _Book(other, vocabulary, lambda key: None))
                if pairs:
                    return Years(other.document.source, tuple(pairs))
        for table in (*book.tables("总表"), *book.tables("支出表"), *book.tables("收入表")):
            if not table.table.unsure and len(pairs := list(_within(book, table))) > 1:
                return Years(table.called, tuple(pairs))
    except _Missing:
        return None
    return None


def _across(now: _Book, before: _Book) -> list[tuple[Part, Part]]:
    """Pair the totals and the classes of two years' documents."""
    found: list[tuple[Part, Part]] = []
    for which in ("收入表", "支出表"):
        tables = [book.tables(which) for book in (before, now)]
        if any(len(some) != 1 for some in tables):
            continue
        (then,), (here,) = tables
        names = (_TOTAL,) if which == "收入表" else (_TOTAL, *now.names("去向"))
        for name in names:
            said = here.called if name == _TOTAL else name
            first = before.named(then, before.row(then, _TOTAL), name)
            second = now.named(here, now.row(here, _TOTAL), name)
            found += _pair(first, second, said)
        if which == "支出表":
            codes = {then.table.rows[i].code: i for i in before.classes(then)}
            for row in now.classes(here):
                line = here.table.rows[row]
                if line.code in codes:
                    pair = before.named(then, codes[line.code], _TOTAL), now.named(here, row, _TOTAL)
                    found += _pair(*pair, bare_label(line.label))
    return found


def _within(book: _Book, table: TableIndex) -> Iterable[tuple[Part, Part]]:
    """Pair the columns of two years of one table, in its totals and outermost rows."""
    for row, line in enumerate(table.table.rows):
        if line.level or line.kind not in (RowKind.DATA, RowKind.TOTAL) or not line.label:
            continue
        before, now = (
            next((p for name in book.names(which) if (p := book.named(table, row, name)) is not None), None)
            for which in ("上年栏", "本年栏")
        )
        yield from _pair(before, now, bare_label(line.label))


def _pair(before: _Read | None, now: _Read | None, name: str) -> list[tuple[Part, Part]]:
    if before is None or now is None:
        return []
    first, second = _part(before), _part(now)
    return [
        (
            Part(name, first.text, first.value, first.figure),
            Part(name, second.text, second.value, second.figure),
        )
    ]


def _make(whole: _Read, parts: Sequence[_Read]) -> bool:
    """Tell whether parts make a whole within what rounding explains."""
    if not parts:
        return not whole.value
    slack = whole.slack + sum((part.slack for part in parts), Decimal(0))
    return abs(whole.value - _sum(parts)) <= (slack if len(parts) > 1 else Decimal(0))


def _sum(parts: Iterable[_Read]) -> Decimal:
    return sum((part.value for part in parts), Decimal(0))


def _part(read: _Read) -> Part:
    return Part(read.name, read.text, read.value, read.figure)


def _parts(read: Iterable[_Read]) -> tuple[Part, ...]:
    return tuple(_part(one) for one in read)
