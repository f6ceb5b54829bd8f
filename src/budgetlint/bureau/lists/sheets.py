"""Rows of a spreadsheet by the names of its columns: the header wherever it stands, merged cells told to every row they cover.

The spreadsheet is read as documents are: guarded, with cells as they are shown (a code keeps its noughts) and stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from budgetlint.document import Amount, GridBlock, GridCell, ParagraphBlock, Source
from budgetlint.document.amount import amount_of, parse_number
from budgetlint.normalise.printed.cells import amount_in, unit_in
from budgetlint.normalise.printed.lines import lines_of
from budgetlint.vocabulary import national_words

#: A header takes at most so many rows.
_HIGHEST = 3
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_ONE = date(1899, 12, 30)
_BRACKETS = re.compile(r"\([^)]*\)")


class ListCell(Struct, frozen=True):
    """One cell of a list: as shown, as stored where that is another thing, and where (“名单.xlsx 表 Sheet1 B5”)."""

    text: str
    stored: str | None = None
    where: str = ""


class ListRow(Struct, frozen=True):
    """One row: its cells by field, amounts by the name of their column, the units of the columns, and all it says."""

    cells: Mapping[str, ListCell]
    amounts: Mapping[str, ListCell]
    units: Mapping[str, str]
    where: str
    said: tuple[str, ...] = ()

    def is_total(self, totals: Sequence[str]) -> bool:
        """Tell whether the row adds others up, or is a note below them."""
        named = folded(self.text("单位")) or (folded(self.said[0]) if self.said else "")
        return any(named == total or named.startswith((f"{total}:", f"{total}：")) for total in totals)

    def text(self, field: str) -> str:
        """Return what a field says, "" without."""
        cell = self.cells.get(field)
        return " ".join(cell.text.split()) if cell else ""


class Listed(Struct, frozen=True):
    """The rows of every sheet whose header was found, and the names of sheets where none was."""

    rows: tuple[ListRow, ...]
    headless: tuple[str, ...] = ()


def folded(text: str) -> str:
    """Return a label as it is compared: full and half width alike, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def rows_of(
    source: Source, fields: Mapping[str, Sequence[str]], needed: Sequence[str], amounts: Sequence[str] = ()
) -> Listed:
    """Return the rows of a spreadsheet.

    Args:
        fields: a field → what its column may be headed.
        needed: fields without which a row is no header.
        amounts: names of further columns that hold amounts.
    """
    known = lines_of(national_words())
    rows: list[ListRow] = []
    headless: list[str] = []
    unit: str | None = None
    heads: _Header | None = None
    sheet: str | None = None
    for block in source.blocks:
        if block.place.sheet != sheet:
            sheet, unit, heads = block.place.sheet, None, None
        if isinstance(block, ParagraphBlock):
            unit = known.of(block.text).unit or unit
            continue
        grid = _filled(block)
        found = _header(grid, fields, needed, amounts)
        if found is None and heads is None:
            headless.append(block.place.sheet or source.path)
            unit = next((said for row in grid for cell in row if (said := known.of(cell.text).unit)), unit)
            continue
        above = grid[: found.first] if found else ()
        unit = next((said for row in above for cell in row if (said := known.of(cell.text).unit)), unit)
        heads = found or heads
        assert heads is not None
        rows += _rows(grid[found.last + 1 if found else 0 :], heads, unit, source.path)
    return Listed(tuple(rows), tuple(dict.fromkeys(headless)))


class _Header(Struct, frozen=True):
    first: int
    last: int
    fields: Mapping[str, int]
    amounts: Mapping[str, int]
    units: Mapping[str, str]


def _filled(block: GridBlock) -> list[list[GridCell]]:
    """Return a grid whose covered positions say what covers them, and stand where that stands."""
    grid = [list(row) for row in block.rows]
    for y, row in enumerate(block.rows):
        for x, cell in enumerate(row):
            if cell.covered or cell.row_span == cell.column_span == 1:
                continue
            for down in range(y, min(y + cell.row_span, len(grid))):
                for right in range(x, min(x + cell.column_span, len(grid[down]))):
                    grid[down][right] = cell
    return grid


def _header(
    grid: Sequence[Sequence[GridCell]],
    fields: Mapping[str, Sequence[str]],
    needed: Sequence[str],
    amounts: Sequence[str],
) -> _Header | None:
    best: _Header | None = None
    for first in range(len(grid)):
        for last in range(first, min(first + _HIGHEST, len(grid))):
            made = _fitted(grid, first, last, fields, amounts)
            if not all(field in made.fields for field in needed):
                continue
            if best is None or _weight(made) > _weight(best):
                best = made
        if best is not None and first >= best.last:
            return best
    return best


def _weight(header: _Header) -> tuple[int, int]:
    return len(header.fields) + len(header.amounts), header.first - header.last


def _fitted(
    grid: Sequence[Sequence[GridCell]],
    first: int,
    last: int,
    fields: Mapping[str, Sequence[str]],
    amounts: Sequence[str],
) -> _Header:
    wide = max(len(grid[y]) for y in range(first, last + 1))
    labels = []
    for x in range(wide):
        column = [grid[y][x].text for y in range(first, last + 1) if x < len(grid[y])]
        labels.append([text for text in dict.fromkeys(column) if text.strip()])
    taken: dict[str, int] = {}
    for field, names in fields.items():
        for name in names:
            wanted = _plain(name)
            free = (x for x, said in enumerate(labels) if x not in taken.values())
            at = next((x for x in free if wanted in _ways(labels[x])), None)
            if at is not None:
                taken[field] = at
                break
    money: dict[str, int] = {}
    for name in amounts:
        for x, said in enumerate(labels):
            if x not in taken.values() and x not in money.values() and _plain(name) in _ways(said):
                money[name] = x
                break
    units = {
        name: found
        for name, x in (*taken.items(), *money.items())
        if (found := next((unit for said in labels[x] if (unit := unit_in(said))), None))
    }
    return _Header(first, last, taken, money, units)


def _ways(said: Sequence[str]) -> list[str]:
    """Return how a column's head may be read: its lowest label, or all of them in one."""
    return [_plain(said[-1]), _plain("".join(said)), folded(said[-1])] if said else []


def _plain(label: str) -> str:
    """Return a label without what stands in brackets, unless that is all there is to it."""
    whole = folded(label)
    return _BRACKETS.sub("", whole) or whole


def _rows(
    grid: Sequence[Sequence[GridCell]], header: _Header, unit: str | None, path: str
) -> Iterator[ListRow]:
    for row in grid:
        if not any(cell.text.strip() for cell in row):
            continue
        cells = {field: _cell(row[x], path) for field, x in header.fields.items() if x < len(row)}
        amounts = {name: _cell(row[x], path) for name, x in header.amounts.items() if x < len(row)}
        units = {**({name: unit for name in (*cells, *amounts)} if unit else {}), **header.units}
        standing = next(cell for cell in row if cell.text.strip())
        said = tuple(dict.fromkeys(cell.text.strip() for cell in row if cell.text.strip()))
        yield ListRow(cells, amounts, units, _cell(standing, path).where, said)


def _cell(cell: GridCell, path: str) -> ListCell:
    where = " ".join(part for part in (path, cell.place.sheet, cell.place.cell) if part)
    if not cell.place.cell and cell.place.line:
        where += f" 第 {cell.place.line} 行"
    return ListCell(cell.text.strip(), cell.stored, where)


def date_of(cell: ListCell | None) -> date | None:
    """Return the day a cell says, however it is shown; None where it says none."""
    if cell is None or not cell.text:
        return None
    said = folded(cell.text)
    match = _DATE.match(said) or _COMPACT.fullmatch(said)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
        number = parse_number(cell.stored if cell.stored is not None else said)
        # A day as workbooks count them, from 1980 to 2099.
        if number and 29_221 <= number[0] <= 73_050:
            return _DAY_ONE + timedelta(days=int(number[0]))
    except ValueError:
        return None
    return None


def amount_of_cell(cell: ListCell, unit: str | None) -> Amount | None:
    """Return the amount of a cell in 元, as stored where the display is rounded; None where it holds none."""
    shown = amount_in(cell.text, unit)
    if shown is None:
        return None
    stored = parse_number(cell.stored) if cell.stored else None
    if stored is None or shown.unit != unit:
        return shown
    # Fifteen digits are all a workbook keeps of a number; what lies behind is noise of its arithmetic.
    exact = Decimal(f"{stored[0]:.15g}")
    return amount_of(exact, Decimal(0), unit)
