"""A list of problems (问题清单) that was handed out, read back: which of its findings are mended, which stand, which are new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from io import BytesIO

from msgspec import Struct

from budgetlint.document import ReadError
from budgetlint.results.findings import Finding

#: The custom property by which a workbook is known as such a list.
MARK = "budgetlint-findings"


class Column(Struct, frozen=True):
    """A column of the list: its heads, the field of an entry it shows (None for what people fill in), its width."""

    zh: str
    en: str
    field: str | None
    wide: int


#: Together about as wide as a landscape A4 page, so that a list fitted to one is still legible.
COLUMNS = (
    Column("序号", "no.", "number", 5),
    Column("级别", "severity", "severity", 6),
    Column("文件", "file", "document", 12),
    Column("单位", "unit", "unit", 12),
    Column("位置", "where", "where", 16),
    Column("行、页或单元格", "at", "at", 8),
    Column("规则", "rule", "rule", 8),
    Column("核对内容", "what is checked", "name", 13),
    Column("问题", "finding", "message", 36),
    Column("建议", "perhaps", "proposal", 11),
    Column("依据", "basis", "basis", 9),
    Column("状态", "state", "state", 7),
    Column("承办科室", "section in charge", None, 8),
    Column("处理情况", "what was done", None, 12),
    Column("标识", "id", "fingerprint", 13),
)


class Progress(str, Enum):
    """What became of a finding since a list was made."""

    MENDED = "mended"
    KEPT = "kept"
    NEW = "new"


class Handed(Struct, frozen=True):
    """A row of a list that came back: the finding's id, and what people wrote beside it."""

    fingerprint: str
    rule: str = ""
    message: str = ""
    section: str = ""
    done: str = ""


def read_list(path: str, content: bytes) -> tuple[Handed, ...]:
    """Return the rows of a list, whatever program saved it and in whatever order its columns stand.

    Raises:
        ReadError: BL904 where it is no workbook, or no such list.
    """
    for rows in sheets_of(path, content):
        for at, row in enumerate(rows):
            heads = [str(cell).strip() for cell in row]
            columns = {
                column.zh: place
                for column in COLUMNS
                for place, head in enumerate(heads)
                if head in (column.zh, column.en)
            }
            if {"规则", "标识"} <= columns.keys():
                return tuple(_handed(rows[at + 1 :], columns))
    raise ReadError("BL904", path, cause="没有“标识”一列 / no column of ids")


def sheets_of(path: str, content: bytes) -> Sequence[Sequence[Sequence[object]]]:
    """Return the cells of every sheet of a workbook that came back, row by row.

    Raises:
        ReadError: BL904 where it is no workbook.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise ReadError("BL904", path, cause=type(error).__name__) from error


def _handed(rows: Iterable[Sequence[object]], columns: dict[str, int]) -> Iterable[Handed]:
    def text(row: Sequence[object], column: str) -> str:
        at = columns.get(column)
        return "" if at is None or at >= len(row) else str(row[at]).strip()

    for row in rows:
        if name := text(row, "标识"):
            yield Handed(
                name, text(row, "规则"), text(row, "问题"), text(row, "承办科室"), text(row, "处理情况")
            )


def progress(
    before: Iterable[Handed], now: Iterable[Finding]
) -> tuple[dict[str, Progress], tuple[Handed, ...]]:
    """Return what became of every finding, by id, and the rows whose findings are gone."""
    rows = tuple(before)
    known = {row.fingerprint for row in rows}
    present = {finding.fingerprint for finding in now}
    states = {name: Progress.KEPT if name in known else Progress.NEW for name in present}
    gone = tuple(row for row in rows if row.fingerprint not in present)
    return states | {row.fingerprint: Progress.MENDED for row in gone}, gone
