"""``budgetlint query``: ask a store in SQL, to the terminal or a file."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, TextIO, TypeAlias

from budgetlint.bureau.query import connected
from budgetlint.bureau.store import StoreError, open_store
from budgetlint.config import ConfigError, Settings
from budgetlint.disk import written
from budgetlint.results.report import Exit
from budgetlint.said import Said

_Rows: TypeAlias = "Iterable[Sequence[Any]]"


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Run ``options.sql`` over ``options.store``."""
    kind, _, file = options.format.partition(":")
    if kind not in {"text", "csv"} and kind not in _FILES:
        known = "text、csv、csv:FILE、xlsx:FILE、parquet:FILE"
        raise ConfigError(
            "--format", Said(f"没有格式 {kind}；可用：{known}", f"no format {kind}; known: {known}")
        )
    if kind in _FILES and kind != "csv" and not file:
        raise ConfigError("--format", Said(f"要写明文件：{kind}:文件", f"name a file: {kind}:FILE"))
    try:
        with connected(open_store(options.store)) as connection:
            found = _asked(connection, options.sql)
            columns = found.columns
            if file:
                _FILES[kind](file, columns, found)
                said = f"written: {file}" if settings.lang == "en" else f"已写入 {file}"
                sys.stderr.write(f"{said}\n")
            elif kind == "csv":
                _csv(sys.stdout, columns, found.fetchall())
            else:
                _table(columns, found.fetchall())
    except StoreError as error:
        sys.stderr.write(f"{error.message(settings.lang)}\n")
        return Exit.USAGE
    return Exit.CLEAN


def _asked(connection: Any, sql: str) -> Any:
    """Run a query; whatever is wrong with it is the asker's to mend."""
    import duckdb

    try:
        found = connection.sql(sql)
        if found is None:
            raise StoreError("", Said("只能查询（SELECT）", "only queries (SELECT) can be asked"))
        return found
    except duckdb.Error as error:
        raise StoreError("", Said(f"查询写得不对：{error}", f"the query is wrong: {error}")) from error


def _table(columns: Sequence[str], rows: _Rows) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(show_edge=False)
    listed = [list(row) for row in rows]
    for at, column in enumerate(columns):
        figures = any(isinstance(row[at], (int, Decimal)) for row in listed)
        shown.add_column(Text(column), justify="right" if figures else "left", no_wrap=figures)
    for row in listed:
        shown.add_row(*(Text(_shown(value)) for value in row))
    Console(file=sys.stdout).print(shown)


def _shown(value: Any) -> str:
    """Return a value as people read it: decimals without the store's padding zeros, never as floating point."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        whole = value.quantize(Decimal("0.01"))
        return f"{whole if whole == value else value.normalize():f}"
    return str(value)


def _csv(stream: TextIO, columns: Sequence[str], rows: _Rows) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_shown(value) for value in row] for row in rows)


def _csv_file(file: str, columns: Sequence[str], found: Any) -> None:
    with written(file) as stream:
        # Excel takes a csv without this mark for GBK.
        stream.write("\ufeff")
        _csv(stream, columns, found.fetchall())


def _xlsx(file: str, columns: Sequence[str], found: Any) -> None:
    try:
        import xlsxwriter
    except ImportError as error:
        raise StoreError(
            file,
            Said(
                "缺少 xlsxwriter，写不了 Excel；请安装：pip install 'budgetlint[office]'",
                "xlsxwriter is missing; install it with: pip install 'budgetlint[office]'",
            ),
        ) from error
    with (
        written(file, binary=True) as stream,
        xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book,
    ):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(found.fetchall(), 1):
            for at, value in enumerate(row):
                if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
                    sheet.write_number(number, at, value)
                elif value is not None:
                    sheet.write_string(number, at, str(value))


def _parquet(file: str, columns: Sequence[str], found: Any) -> None:
    import pyarrow.parquet as pq

    with written(file, binary=True) as stream:
        pq.write_table(found.to_arrow_table(), stream)


_FILES: dict[str, Callable[[str, Sequence[str], Any], None]] = {
    "csv": _csv_file,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
