"""Reads formulas out of texts and workbooks, each with its form, its kind of audit and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from msgspec import Struct

from budgetlint.document.decoding import decode
from budgetlint.document.text import squeeze
from budgetlint.packs.workbook import column_letters


class Audit(str, Enum):
    """What kind of formula it is: a balance, a matter of logic, or one whose exceptions are to be verified."""

    BALANCE = "基本平衡"
    LOGIC = "逻辑性"
    VERIFY = "核实性"


class Entry(Struct, frozen=True):
    """A formula as printed; ``form`` is the number of the form it belongs to, "" where none was named."""

    text: str
    form: str
    audit: Audit | None
    place: str


_FORM = re.compile(r"(?:财决|[A-Z]{1,3})\d{1,2}(?:[-–—]\d{1,2})*表")
_RELATION = re.compile(r"[=≠≥≤≧≦><]|等于|大于|小于")
_COORDINATE = re.compile(r"\d\)?[行栏列]|各[行栏列]")
_NUMBERING = re.compile(r"^(?:[(（]?\d{1,3}[)）、．]|\d{1,3}\.(?!\d)|[①-⑳]|[一二三四五六七八九十]+、)\s*")
#: Headings of a workbook's columns.
_HEADS = {
    "form": re.compile(r"^(?:表名|表号|报表|报表名称|所属报表|表)$"),
    "formula": re.compile(r"^(?:审核)?公式(?:内容|定义)?$"),
    "audit": re.compile(r"^(?:审核|公式)(?:类型|类别|性质)$"),
}
_HEADED_WITHIN = 20


def entries_of(file: Path) -> Iterator[Entry]:
    """Yield the formulas of a text (UTF-8, UTF-16 or GB18030) or a workbook (.xlsx) in their order.

    Raises:
        OSError: it cannot be opened, is no workbook, or its text cannot be read.
    """
    if file.suffix.casefold() == ".xlsx":
        yield from _of_workbook(file)
        return
    text = decode(file.read_bytes())
    if text is None:
        raise OSError(None, "不是文本 / not a text")
    reading = _Reading()
    for number, line in enumerate(text.splitlines(), 1):
        yield from reading.line(line, f"{file}:{number}")


class _Reading:
    """Remembers the form and the kind of audit that headings named last."""

    def __init__(self, form: str = "") -> None:
        self._form = form
        self._audit: Audit | None = None

    def line(self, text: str, place: str) -> Iterator[Entry]:
        """Yield the formulas of one line or cell."""
        for part in re.split(r"[;；\n]|。(?!\d)", text):
            said = _NUMBERING.sub("", part.strip())
            if not said:
                continue
            if not (_RELATION.search(squeeze(said)) and _COORDINATE.search(squeeze(said))):
                self._heading(squeeze(said))
                continue
            head, colon, rest = squeeze(said).partition(":")
            if colon and not _RELATION.search(head):
                self._heading(head)
                said = rest
            own = next((audit for audit in Audit if audit.value in squeeze(said)), None)
            for audit in Audit:
                said = re.sub(rf"[（(]?{audit.value}(?:审核|公式)?[）)]?", "", said)
            yield Entry(said, self._form, own or self._audit, place)

    def _heading(self, words: str) -> None:
        if match := _FORM.search(words):
            self._form = form_number(match[0])
        self._audit = next((audit for audit in Audit if audit.value in words), self._audit)


def form_number(text: str) -> str:
    """Return a form's number with plain dashes."""
    return re.sub("[–—]", "-", squeeze(text))


def _of_workbook(file: Path) -> Iterator[Entry]:
    from python_calamine import CalamineError, load_workbook

    try:
        book = load_workbook(str(file))
    except CalamineError as error:
        raise OSError(None, str(error)) from error
    for name in book.sheet_names:
        grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        match = _FORM.search(squeeze(name))
        form = form_number(match[0]) if match else ""
        columns = _heads(grid)
        if columns is not None:
            yield from _of_list(grid, *columns, form, f"{file}!{name}")
            continue
        reading = _Reading(form)
        for row, column, text in _cells(grid):
            yield from reading.line(text, f"{file}!{name}!{column_letters(column)}{row + 1}")


def _of_list(
    grid: Sequence[Sequence[Any]], first: int, columns: dict[str, int], form: str, place: str
) -> Iterator[Entry]:
    """Yield the formulas of a list with headings; a form or kind stands for the rows below it until the next."""
    said = {"form": form, "audit": ""}
    for number, row in enumerate(grid[first + 1 :], first + 2):
        cells = {key: str(row[at]).strip() for key, at in columns.items() if at < len(row)}
        said |= {key: cells[key] for key in said if cells.get(key)}
        reading = _Reading(form)
        for heading in said.values():
            [*reading.line(heading, "")]
        at = f"{place}!{column_letters(columns['formula'])}{number}"
        yield from reading.line(cells.get("formula", ""), at)


def _heads(grid: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(grid[:_HEADED_WITHIN]):
        found = {
            key: at
            for at, cell in enumerate(row)
            for key, head in _HEADS.items()
            if head.match(squeeze(str(cell)))
        }
        if "formula" in found and len(found) > 1:
            return number, found
    return None


def _cells(grid: Sequence[Sequence[Any]]) -> Iterator[tuple[int, int, str]]:
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell.strip():
                yield row, column, cell
