"""Build a table of a sheet: title, head fields, folded header, aligned body, rows, state."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, field

from budgetlint.document import Cell, Column, Paragraph, ParagraphBlock, Place, Table
from budgetlint.document.text import squeeze
from budgetlint.normalise.forms.apart import forms_apart
from budgetlint.normalise.forms.fields import Field, field_rows, fields_of, is_form, key_of, list_head
from budgetlint.normalise.forms.goal_list import read_goal_list
from budgetlint.normalise.forms.table import FormTable, read_form
from budgetlint.normalise.printed.cells import code_like, figure
from budgetlint.normalise.printed.lines import Lines, lines_of
from budgetlint.normalise.structure.sheets import Sheet
from budgetlint.normalise.tables.alignment import padded, settle
from budgetlint.normalise.tables.columns import build
from budgetlint.normalise.tables.grids import Body, Line, body_of, drop_repeats, texts
from budgetlint.normalise.tables.halved import halves, joined
from budgetlint.normalise.tables.headers import column_numbers, fold, header_depth, parted
from budgetlint.normalise.tables.row_tree import Printed
from budgetlint.normalise.tables.rows import read_rows
from budgetlint.normalise.tables.states import state_of
from budgetlint.vocabulary import ReadingWords


class Draft(Struct):
    """A table before its rows are read: what realignment may still change."""

    title: str
    number: str | None
    unit: str | None
    place: Place
    facts: dict[str, Cell]
    notes: list[Paragraph]
    words: ReadingWords
    columns: tuple[Column, ...] = ()
    lines: list[Printed] = field(default_factory=list)
    printed: bool = False
    realigned: bool = False
    unsure: bool = False
    fields: list[Field] = field(default_factory=list)
    form: FormTable | None = None
    form_lines: int = 0

    def table(self) -> Table:
        """Return the table."""
        columns, rows = self.columns, read_rows(self.lines, self.columns, self.unit, self.title)
        if self.fields:
            group = max((column.group for column in columns), default=-1) + 1
            more_columns, more_rows = field_rows(
                self.fields, len(columns), group, self.unit, self.title, self.words
            )
            columns, rows = columns + more_columns, rows + more_rows
        if self.form is not None:
            columns, rows = self.form.columns, self.form.rows
        state = state_of(rows, self.printed, self.notes, self.words)
        return Table(
            self.title,
            number=self.number,
            key=key_of(self.facts, self.words) if self.fields or (self.form and self.form.facts) else None,
            unit=self.unit,
            notes=tuple(self.notes),
            place=self.place.within(table=self.title),
            state=state,
            realigned=self.realigned,
            unsure=self.unsure,
            columns=columns,
            rows=rows,
            lines=self.form_lines or self._body_lines(),
            facts=self.facts,
        )

    def _body_lines(self) -> int:
        """Count the printed body lines; a form of which only the labels are printed has none."""
        told = any(figure(cell.text) for line in self.lines for cell in line.cells)
        worded = any(len(texts(line.cells)) > 1 for line in self.lines)
        return len(self.lines) if told or worded else 0


def drafts_of(sheet: Sheet, words: ReadingWords) -> list[Draft]:
    """Return the drafts of a sheet's tables: one, and one more for each grid whose columns are not those before it."""
    known = lines_of(words)
    bodies = [body_of(grid, known) for grid in sheet.grids]
    heads = [*sheet.heads, *(head for body in bodies for head in body.heads)]
    inner = next((body.title for body in bodies if body.title), None)
    title = inner if inner and sheet.title and known.of(sheet.title.text).part else sheet.title or inner
    line = known.of(title.text if title else "")
    printed_number, named = line.titled
    number = sheet.number or printed_number or next((body.number for body in bodies if body.number), None)
    place = title.place if title else (sheet.grids[0].place if sheet.grids else Place())
    end = sheet.grids[-1].place.end_line if sheet.grids else place.end_line
    draft = Draft(
        known.of(named).title,
        number,
        _unit(heads, known) or line.unit,
        place.within(end_line=end),
        _facts(heads, known),
        [note for body in bodies for note in body.notes] + sheet.notes,
        words,
    )
    bodies = [part for body in bodies for part in _parts(body) if part.lines]
    draft.printed = bool(bodies)
    draft.unsure = any(grid.unsure for grid in sheet.grids)
    if any(is_form(body.lines, words) for body in bodies):
        first, *later = forms_apart(bodies, words)
        more = [_next_form(draft, form) for form in later]
        _fill_form(draft, first)
        return [draft, *more]
    whole, *others = _stitched(bodies) if bodies else [None]
    if whole is not None:
        _fill(draft, whole)
    return [draft, *(_apart(draft, body) for body in others if body is not None)]


def _apart(first: Draft, body: Body) -> Draft:
    """Return the draft of a table that follows another under one title and has columns of its own."""
    place = body.lines[0][0].place.within(cell=None, grid_column=None)
    goals = "绩效" in first.title and any("指标" in word for word in texts(body.lines[0]))
    title = f"{first.title}（续）" if goals else ""
    draft = Draft(title, None, first.unit, place, {}, [], first.words, printed=True, unsure=first.unsure)
    _fill(draft, body)
    return draft


def _next_form(first: Draft, bodies: Sequence[Body]) -> Draft:
    """Return the draft of a form that follows another under one title: each is of a project of its own."""
    place = bodies[0].lines[0][0].place.within(cell=None, grid_column=None)
    draft = Draft(
        first.title,
        None,
        first.unit,
        place,
        dict(first.facts),
        [],
        first.words,
        printed=True,
        unsure=first.unsure,
    )
    _fill_form(draft, bodies)
    return draft


def _stitched(bodies: Sequence[Body]) -> list[Body]:
    """Join the grids of a list that runs over pages; a grid with other columns begins another."""
    wholes = [bodies[0]]
    for body in bodies[1:]:
        whole = wholes[-1]
        if body.width != whole.width or (_worded(body.lines[0]) and not _same(body.lines[0], whole.lines[0])):
            wholes.append(body)
            continue
        cut = len(whole.lines)
        breaks = whole.breaks | {cut} | {cut + index for index in body.breaks}
        wholes[-1] = Body([*whole.lines, *body.lines], whole.spans_known, breaks)
    return wholes


def _worded(line: Line) -> bool:
    words = texts(line)
    return len(words) == len(line) >= 3 and not any(figure(word) or code_like(word) for word in words)


def _same(line: Line, other: Line) -> bool:
    return [squeeze(word) for word in texts(line)] == [squeeze(word) for word in texts(other)]


def _parts(body: Body) -> list[Body]:
    """Cut a grid at page breaks after which a table of other columns begins."""
    cuts = [index for index in sorted(body.breaks) if _begins_table(body, index)]
    edges = [0, *cuts, len(body.lines)]
    return [
        Body(body.lines[start:end], body.spans_known, {at - start for at in body.breaks if start < at < end})
        for start, end in pairwise(edges)
    ]


def _begins_table(body: Body, index: int) -> bool:
    """True for a full line of words, of another width than the line before: the header of another table."""
    line, before = body.lines[index], body.lines[index - 1]
    words = texts(line)
    return (
        len(words) == len(line) >= 3
        and len(line) != len(before)
        and len({squeeze(word) for word in words}) == len(words)
        and not any(figure(word) for word in words)
        and [squeeze(word) for word in words] != [squeeze(word) for word in texts(body.lines[0])]
    )


def _fill_form(draft: Draft, bodies: Sequence[Body]) -> None:
    """Read a form: its stacked blocks where they are known, else fields above the list of indicators, then the list."""
    draft.form = read_form(bodies, draft.unit, draft.title, draft.words)
    if draft.form is not None:
        draft.facts = {**draft.form.facts, **draft.facts}
        apart = draft.form.scored or any(list_head(body.lines, draft.words) == 0 for body in bodies)
        draft.form_lines = (
            draft.form.indicators if apart else sum(1 for b in bodies for line in b.lines if texts(line))
        )
        return
    for body in bodies:
        head = list_head(body.lines, draft.words)
        if head is not None:
            _fill(draft, Body(body.lines[head:], body.spans_known, set()), depth=1)
            draft.form_lines = len(draft.lines) if head == 0 else sum(1 for line in body.lines if texts(line))
        draft.fields += fields_of(body.lines[:head], lines_of(draft.words))
    for item in draft.fields:
        if lines_of(draft.words).of(item.label).names_field and item.value.text.strip():
            draft.facts.setdefault(item.label, Cell(item.value.text.strip(), place=item.place))
    draft.form_lines = draft.form_lines or sum(1 for body in bodies for line in body.lines if texts(line))


def _fill(draft: Draft, body: Body, depth: int | None = None) -> None:
    printed = parted(body.lines) if depth is None else body.lines
    depth = header_depth(printed) if depth is None else depth
    header, rest = printed[:depth], printed[depth:]
    kept, _ = drop_repeats(rest, header)
    kept = [line for line in kept if texts(line)]
    width = _width(header, kept)
    paths = fold(header, width, body.spans_known)
    lines = [padded(line, width) for line in kept]
    numbers = column_numbers(header, width, body.spans_known)
    if seconds := halves(paths, lines):
        kept = lines = [joined(line, seconds) for line in lines]
        width -= len(seconds)
        paths = tuple(path for at, path in enumerate(paths) if at not in seconds)
        numbers = tuple(number for at, number in enumerate(numbers) if at not in seconds)
    columns = build(paths, [[cell.text for cell in line] for line in lines], draft.words, numbers)
    draft.columns = columns
    draft.lines = [Printed(padded(line, width)) for line in settle(lines, columns)]
    draft.form = read_goal_list(columns, kept, draft.unit, draft.title, draft.words)


def _width(header: Sequence[Line], body: Sequence[Line]) -> int:
    """Return the number of columns: what most body lines have, the header's where there is no body.

    Columns at the end that are blank throughout do not count, unless a header line is shorter than the lines below
    it: it lists merged cells once, and its last label may be that of a blank column.
    """
    lines = body or header
    counts: dict[int, int] = {}
    for line in lines:
        counts[len(line)] = counts.get(len(line), 0) + 1
    usual = max(counts, key=lambda width: (counts[width], width), default=0)
    labels = max((_last(line) for line in header), default=0)
    used = max((_last(line) for line in body), default=0)
    if any(1 < len(line) == _last(line) < usual for line in header):
        used = usual
    return max(min(usual, max(used, labels)), labels)


def _last(line: Line) -> int:
    return max((index + 1 for index, cell in enumerate(line) if cell.text.strip()), default=0)


def _unit(heads: Sequence[ParagraphBlock], known: Lines) -> str | None:
    return next((unit for head in reversed(heads) if (unit := known.of(head.text).unit)), None)


def _facts(heads: Sequence[ParagraphBlock], known: Lines) -> dict[str, Cell]:
    """Return the head fields; a bare year is 预算年度, bare words are 部门名称."""
    facts: dict[str, Cell] = {}
    for head in heads:
        line = known.of(head.text)
        for item in line.fields:
            facts.setdefault(item.name, Cell(item.value, place=head.place))
        if line.fields:
            continue
        if line.year:
            facts.setdefault("年度", Cell(squeeze(head.text).strip("()"), place=head.place))
        elif not line.table_number:
            facts.setdefault("部门名称", Cell(head.text, place=head.place))
    return facts
