"""``budgetlint overview``: what a store holds, on one page."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from budgetlint.bureau.lists.holding import Lists, held
from budgetlint.bureau.overview import overview_of
from budgetlint.bureau.overview_html import write_pages
from budgetlint.bureau.overview_text import lines_of
from budgetlint.bureau.overview_xlsx import write_book
from budgetlint.bureau.query import connected
from budgetlint.bureau.store import StoreError, open_store
from budgetlint.config import ConfigError, Settings
from budgetlint.disk import written
from budgetlint.document import ReadError
from budgetlint.results.report import Exit
from budgetlint.results.unread import unread_finding
from budgetlint.run.opening import open_session
from budgetlint.said import Said


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Write the overview of ``options.store`` as ``options.format`` says."""
    kind, _, file = options.format.partition(":")
    if kind not in {"text", "html", "xlsx"} or (kind != "text" and not file):
        known = "text、html:FILE、xlsx:FILE"
        raise ConfigError("--format", Said(f"格式应为 {known}", f"the format must be one of {known}"))
    language = settings.lang
    lists = Lists(options.roster or "", options.approved or "", options.columns or "", options.sums)
    try:
        with connected(open_store(options.store)) as connection:
            overview = overview_of(connection, held(connection, lambda: open_session(settings), lists))
            if kind == "text":
                sys.stdout.writelines(f"{line}\n" for line in lines_of(overview, language))
                return Exit.CLEAN
            pages = 1
            if kind == "html":
                pages = write_pages(overview, connection, Path(file), language)
            else:
                with written(file, binary=True) as stream:
                    write_book(overview, stream, language)
    except StoreError as error:
        sys.stderr.write(f"{error.message(language)}\n")
        return Exit.USAGE
    except ReadError as error:
        told = unread_finding(error, language)
        sys.stderr.write(f"{error.path}{': ' if language == 'en' else '：'}{told.message}\n")
        return Exit.USAGE
    said = f"written: {file} ({pages} pages)" if language == "en" else f"已写入 {file}（{pages} 页）"
    sys.stderr.write(f"{said}\n")
    return Exit.CLEAN
