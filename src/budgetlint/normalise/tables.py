"""Build a table of a sheet: title, head fields, folded header, aligned body, rows, state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetlint.document import Cell, Column, Paragraph, ParagraphBlock, Place, Table
from budgetlint.document.text import squeeze
from budgetlint.normalise.alignment import offset, padded
from budgetlint.normalise.columns import build
from budgetlint.normalise.grids import Body, Line, body_of, drop_repeats, texts
from budgetlint.normalise.headers import fold, header_depth
from budgetlint.normalise.lines import head_fields, split_number, table_number, unit_said, year_line
from budgetlint.normalise.passages import Sheet
from budgetlint.normalise.rows import Printed, read_rows
from budgetlint.normalise.states import state_of


@dataclass(slots=True)
class Draft:
    """A table before its rows are read: what realignment may still change."""

    title: str
    number: str | None
    unit: str | None
    place: Place
    facts: dict[str, Cell]
    notes: list[Paragraph]
    columns: tuple[Column, ...] = ()
    lines: list[Printed] = field(default_factory=list)
    printed: bool = False
    realigned: bool = False

    def table(self) -> Table:
        """Return the table."""
        rows = read_rows(self.lines, self.columns, self.unit, self.title)
        return Table(
            self.title,
            number=self.number,
            unit=self.unit,
            notes=tuple(self.notes),
            place=self.place.within(table=self.title),
            state=state_of(rows, self.printed, self.notes),
            realigned=self.realigned,
            columns=self.columns,
            rows=rows,
            lines=sum(1 for line in self.lines if texts(line.cells)),
            facts=self.facts,
        )


def draft_of(sheet: Sheet) -> Draft:
    """Return the draft of a sheet's table."""
    bodies = [body_of(grid) for grid in sheet.grids]
    heads = [*sheet.heads, *(head for body in bodies for head in body.heads)]
    inner = next((body.title for body in bodies if body.title), None)
    title = sheet.title or inner
    number = sheet.number or next((body.number for body in bodies if body.number), None)
    place = title.place if title else (sheet.grids[0].place if sheet.grids else Place())
    end = sheet.grids[-1].place.end_line if sheet.grids else place.end_line
    draft = Draft(
        split_number(title.text)[1] if title else "",
        number,
        _unit(heads),
        place.within(end_line=end),
        _facts(heads),
        [note for body in bodies for note in body.notes] + sheet.notes,
    )
    main = _main(bodies)
    if main is not None:
        draft.printed = True
        _fill(draft, main)
    return draft


def _main(bodies: Sequence[Body]) -> Body | None:
    """Return the grid that holds the table's list: of several under one title the last with lines."""
    full = [body for body in bodies if body.lines]
    return full[-1] if full else None


def _fill(draft: Draft, body: Body) -> None:
    depth = header_depth(body.lines)
    header, rest = body.lines[:depth], body.lines[depth:]
    kept, _ = drop_repeats(rest, header)
    kept = [line for line in kept if texts(line)]
    width = _width(header, kept)
    paths = fold(header, width, body.spans_known)
    lines = [padded(line, width) for line in kept]
    columns = build(paths, [[cell.text for cell in line] for line in lines])
    draft.columns = columns
    draft.lines = [Printed(padded(offset(line, columns), width)) for line in lines]


def _width(header: Sequence[Line], body: Sequence[Line]) -> int:
    """Return the number of columns: what most body lines have, the header's where there is no body."""
    lines = body or header
    counts: dict[int, int] = {}
    for line in lines:
        counts[len(line)] = counts.get(len(line), 0) + 1
    usual = max(counts, key=lambda width: (counts[width], width), default=0)
    labels = max((_last(line) for line in header), default=0)
    return max(usual, labels)


def _last(line: Line) -> int:
    return max((index + 1 for index, cell in enumerate(line) if cell.text.strip()), default=0)


def _unit(heads: Sequence[ParagraphBlock]) -> str | None:
    return next((unit for head in reversed(heads) if (unit := unit_said(head.text))), None)


def _facts(heads: Sequence[ParagraphBlock]) -> dict[str, Cell]:
    """Return the head fields; a bare year is 预算年度, bare words are 部门名称."""
    facts: dict[str, Cell] = {}
    for head in heads:
        fields = head_fields(head.text)
        for item in fields:
            facts.setdefault(item.name, Cell(item.value, place=head.place))
        if fields:
            continue
        if year_line(head.text):
            facts.setdefault("年度", Cell(squeeze(head.text).strip("()"), place=head.place))
        elif not table_number(head.text):
            facts.setdefault("部门名称", Cell(head.text, place=head.place))
    return facts
