"""Reads rules from a workbook: on any sheet a heading row with 编号, 名称, 级别, 依据 and 检查, below it one row a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from budgetlint.language.errors import RuleError
from budgetlint.language.functions import Function
from budgetlint.language.parser import ParsedFile
from budgetlint.language.reading import read_rules
from budgetlint.language.rows import COLUMNS, NEEDED, Line, column_titled, lines_of
from budgetlint.language.syntax import Rule, Span
from budgetlint.vocabulary import Vocabulary

SUFFIX = ".xlsx"
#: The heading stands among so many rows.
_HEADED_WITHIN = 20


def read_workbook(
    file: Path, vocabulary: Vocabulary, functions: Mapping[str, Function] | None = None
) -> ParsedFile:
    """Return the sound rules of a workbook, and everything wrong with the others, each at its sheet and cell.

    Raises:
        OSError: it cannot be opened, or is no workbook.
    """
    rules: list[Rule] = []
    errors: list[RuleError] = []
    headed = False
    for name, grid in _sheets(file):
        found = _heading(grid)
        if found is None:
            continue
        headed = True
        first, columns = found
        missing = [
            column.zh for column in COLUMNS if column.key in NEEDED and column.key not in columns.values()
        ]
        if missing:
            place = f"{file}!{name}!A{first + 1}"
            listed = "、".join(missing)
            errors.append(RuleError(place, 0, 0, f"表头缺少：{listed}", f"the heading lacks: {listed}"))
            continue
        for number, row in enumerate(grid[first + 1 :], first + 2):
            cells = {
                key: text for at, key in columns.items() if at < len(row) and (text := _text(row[at])).strip()
            }
            if not cells.keys() - {"comment"}:
                continue
            at = {key: f"{file}!{name}!{column_letters(index)}{number}" for index, key in columns.items()}
            read = _read_row(cells, at, vocabulary, functions)
            rules += (replace(rule, span=Span(f"{file}!{name}", number)) for rule in read.rules)
            errors += read.errors
    if not headed:
        titles = "、".join(column.zh for column in COLUMNS if column.key in NEEDED)
        errors.append(
            RuleError(
                str(file),
                0,
                0,
                f"没有找到规则的表头，应有这些列：{titles}（budgetlint rules --export 文件.xlsx 可以得到样子）",
                f"no heading of rules, which needs the columns {titles} (see budgetlint rules --export FILE.xlsx)",
            )
        )
    return ParsedFile(tuple(rules), tuple(errors))


def _read_row(
    cells: Mapping[str, str],
    at: Mapping[str, str],
    vocabulary: Vocabulary,
    functions: Mapping[str, Function] | None,
) -> ParsedFile:
    lines = list(lines_of(cells))
    read = read_rules("\n".join(line.text for line in lines) + "\n", "", vocabulary, functions)
    return ParsedFile(read.rules, tuple(_moved(error, lines, at) for error in read.errors))


def _moved(error: RuleError, lines: Sequence[Line], at: Mapping[str, str]) -> RuleError:
    """Return an error at the cell it is about instead of the line that was made of it."""
    line = lines[min(max(error.line, 1), len(lines)) - 1]
    named = error.line <= 1 and error.column > line.before
    return replace(error, file=at.get("name" if named else line.column, at["id"]), line=0, column=0)


def _sheets(file: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    from python_calamine import CalamineError, load_workbook

    try:
        book = load_workbook(str(file))
    except CalamineError as error:
        raise OSError(None, str(error)) from error
    for name in book.sheet_names:
        yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _heading(grid: Sequence[Sequence[Any]]) -> tuple[int, dict[int, str]] | None:
    """Return the row of the headings, 0-based, and the column each stands in."""
    for number, row in enumerate(grid[:_HEADED_WITHIN]):
        found = {at: key for at, cell in enumerate(row) if (key := column_titled(_text(cell)))}
        if {"id", "check"} <= set(found.values()):
            return number, found
    return None


def _text(cell: Any) -> str:
    """Return a cell's text; a whole number was typed without a point."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def column_letters(index: int) -> str:
    """Return what a workbook calls its column, 0-based: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
