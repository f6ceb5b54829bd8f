"""Read a form (goal sheet, self-evaluation sheet): labelled fields, and the list of indicators under them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.document import Cell, Column, GridCell, Place, Role, Row, RowKind
from budgetlint.document.text import squeeze
from budgetlint.normalise.forms.words import FormWords
from budgetlint.normalise.printed.cells import figure, unit_in
from budgetlint.normalise.printed.lines import Lines, lines_of
from budgetlint.normalise.tables.grids import Line, texts
from budgetlint.normalise.tables.rows import amount_of_cell
from budgetlint.vocabulary import ReadingWords


class Field(Struct, frozen=True):
    """A labelled value of a form; ``line`` is the index of its printed line, ``unit`` what the label of its group says."""

    label: str
    value: GridCell
    line: int
    place: Place
    unit: str | None = None


def is_form(lines: Sequence[Line], words: ReadingWords) -> bool:
    """True where the grid begins with fields and their values instead of a header."""
    head = list_head(lines, words)
    if head is not None:
        return head > 0
    pairs = [_named_pairs(texts(line), lines_of(words)) for line in lines[:3]]
    return bool(pairs) and bool(pairs[0]) and len(set().union(*pairs)) > 1


def _named_pairs(printed: Sequence[str], known: Lines) -> set[tuple[str, str]]:
    """Return the field names that are followed by something else than a field name, with what follows.

    A header cell that spans two lines may be repeated in both: the same pair twice tells no form.
    """
    return {
        (squeeze(label), squeeze(value))
        for label, value in zip(printed[::2], printed[1::2], strict=False)
        if known.of(label).names_field and not known.of(value).names_field
    }


def list_head(lines: Sequence[Line], words: ReadingWords) -> int | None:
    """Return the index of the line that heads the indicators, None without."""
    level = words.made(FormWords.of).level
    for index, line in enumerate(lines):
        if len({label for text in texts(line) if level.match(label := squeeze(text))}) >= 2:
            return index
    return None


def fields_of(lines: Sequence[Line], known: Lines) -> list[Field]:
    """Return the labelled values of lines: label | value pairs, a group label before them, or labels over values."""
    fields: list[Field] = []
    index = 0
    unit: str | None = None
    while index < len(lines):
        line = lines[index]
        below = lines[index + 1] if index + 1 < len(lines) else ()
        if _labels_over_values(line, below):
            fields += [
                Field(_label(label.text), value, index + 1, value.place)
                for label, value in zip(line[1:], below[1:], strict=False)
                if label.text.strip() and value.text.strip()
            ]
            index += 2
            continue
        if line and line[0].text.strip():
            unit = unit_in(line[0].text)
        fields += [replace(field, unit=unit) for field in _pairs(line, index, known)]
        index += 1
    return fields


def _labels_over_values(line: Line, below: Line) -> bool:
    labels, values = [c.text for c in line[1:]], [c.text for c in below[1:]]
    printed = [
        (label, value)
        for label, value in zip(labels, values, strict=False)
        if label.strip() and value.strip()
    ]
    return (
        len(line) == len(below)
        and len(printed) >= 2
        and not any(figure(label) for label in labels if label.strip())
        and all(figure(value) for _, value in printed)
        and not (below and below[0].text.strip() and line[0].text.strip())
    )


def _pairs(line: Line, index: int, known: Lines) -> list[Field]:
    """Read a line as label | value pairs, with or without a group label first, whichever fits its cells best."""
    printed = [cell for cell in line if cell.text.strip()]
    if len(printed) < 2:
        return []
    ways = [list(line), list(line[1:]), printed, printed[1:]]
    best = max(ways, key=lambda way: _fit(way, known))
    return [
        Field(_label(label.text), value, index, value.place)
        for label, value in zip(best[::2], best[1::2], strict=False)
        if label.text.strip() and not figure(label.text)
    ]


def _fit(cells: Sequence[GridCell], known: Lines) -> int:
    score = 0
    for label, value in zip(cells[::2], cells[1::2], strict=False):
        named, given = bool(label.text.strip()), bool(value.text.strip())
        score += 2 * (named and given) + (given and figure(value.text)) + 2 * known.of(label.text).names_field
        score -= named and not given
        score -= 4 * (figure(label.text) or (given and not named)) + 2 * known.of(value.text).names_field
    return score - 2 * (len(cells) % 2 and bool(cells[-1].text.strip()))


def _label(text: str) -> str:
    return squeeze(text).rstrip(":")


def field_rows(
    fields: Sequence[Field], first_column: int, group: int, unit: str | None, title: str, words: ReadingWords
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return the two columns of a form's fields (项目, 金额) and one row a field."""
    columns = (
        Column(("项目",), role=Role.NAME, group=group),
        Column(("金额",), role=Role.AMOUNT, group=group),
    )
    rows = []
    for field in fields:
        place = field.place.within(table=title, row=field.label)
        value = field.value.text.strip()
        coded = words.made(FormWords.of).uncounted.search(field.label)
        amount = (
            None
            if coded
            else amount_of_cell(value, columns[1], unit_in(field.label) or field.unit or unit, field.label)
        )
        cells = {
            first_column: Cell(field.label, place=place.within(column="项目")),
            first_column + 1: Cell(value, amount, place.within(column="金额"), stored=field.value.stored),
        }
        kind = RowKind.AMONG if field.label.startswith("其中") else RowKind.DATA
        rows.append(Row(field.line, group, field.label, (field.label,), cells, kind=kind, place=place))
    return columns, tuple(rows)


def key_of(facts: dict[str, Cell], words: ReadingWords) -> str | None:
    """Return what tells a sheet apart from its namesakes: 项目名称, 实施单位, 项目编码, as far as printed."""
    keys = words.made(FormWords.of).keys
    parts = [squeeze(facts[name].text) for name in keys if name in facts and facts[name].text.strip()]
    return " ".join(parts) if parts else None
