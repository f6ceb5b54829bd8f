"""``budgetlint import``: the formulas of the Ministry's forms as rules, and a list of those that were not taken over."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from budgetlint.config import ConfigError, Settings
from budgetlint.document import ReadError, Table
from budgetlint.results.report import Exit
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session
from budgetlint.said import Said
from budgetlint.workbench.formulas.forms import forms_of
from budgetlint.workbench.formulas.sources import entries_of
from budgetlint.workbench.formulas.taking import Taken, take_over


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Write the rules; exit code 1 where a formula was not taken over."""
    if not re.fullmatch("[A-Z]{2,4}", options.letters):
        raise ConfigError(
            "--letters",
            Said("写两到四个大写字母，如 CJ", "two to four capital letters are needed, such as CJ"),
        )
    target = Path(options.write) if options.write else None
    if target is not None and target.exists():
        raise ConfigError(str(target), Said("已经存在，没有覆盖", "exists already and was not overwritten"))
    session = open_session(settings)
    file = Path(options.file)
    books = [*options.forms, *([options.file] if file.suffix.casefold() == ".xlsx" else [])]
    try:
        entries = [*entries_of(file)]
    except OSError as error:
        raise ConfigError(
            options.file, Said(f"读不成：{error.strerror}", f"cannot be read: {error.strerror}")
        ) from error
    known = forms_of(_tables(books, session, options.file))
    taken = take_over(entries, known, session.packs.vocabulary_of_all(), options.letters, options.basis)
    if target is None:
        sys.stdout.write(taken.text)
    elif taken.rules:
        target.write_text(taken.text, encoding="utf-8", newline="\n")
    sys.stderr.writelines(f"{line}\n" for line in _told(taken, target, settings.lang))
    return Exit.FINDINGS if taken.left or not taken.rules else Exit.CLEAN


def _tables(files: list[str], session: Session, formulas: str) -> Iterator[Table]:
    """Yield the tables of files that may print the forms themselves; the list of formulas need not be a document."""
    for file in dict.fromkeys(files):
        try:
            yield from session.read(file).tables
        except ReadError as error:
            if file != formulas:
                raise ConfigError(file, Said("读不成", "cannot be read")) from error


def _told(taken: Taken, target: Path | None, lang: str) -> Iterator[str]:
    en = lang == "en"
    if not taken.formulas and not taken.left:
        yield "no formula was found" if en else "没有找到公式"
        return
    where = "" if target is None or not taken.rules else f" → {target}"
    yield (
        f"{taken.formulas} formulas taken over as {taken.rules} rules{where}; not taken over: {len(taken.left)}"
        if en
        else f"{taken.formulas} 条公式写成 {taken.rules} 条规则{where}；没有接收 {len(taken.left)} 条"
    )
    for one in taken.left:
        entry, colon = one.entry, ": " if en else "："
        form = f" {entry.form}" if entry.form else ""
        yield f"  {entry.place}{form} {entry.text.strip()}{colon}{one.reason.to(lang)}"
