"""``budgetlint opinion``: the opinion on each unit as a Word file."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import Any

from budgetlint.bureau.cases import unit_cases
from budgetlint.bureau.opinions import fill_template, write_opinion
from budgetlint.bureau.store import StoreError
from budgetlint.commands.season.asking import over
from budgetlint.config import Settings
from budgetlint.disk import written
from budgetlint.reporters.words import Words
from budgetlint.results.report import Exit
from budgetlint.said import Said

#: What no file system takes in a name; and names are cut to so many characters.
_FORBIDDEN = re.compile(r"[\x00-\x1f<>:\"/\\|?*]")
_LONGEST = 60


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Write an opinion a unit of ``options.store`` into ``options.folder``."""
    words = Words(settings.lang)
    folder = Path(options.folder)

    def work(connection: Any) -> str:
        folder.mkdir(parents=True, exist_ok=True)
        names: set[str] = set()
        for case in unit_cases(connection, words, options.unit or ()):
            name = _free(case.unit or words("单位不明", "unknown"), names)
            with written(folder / f"{name}.docx", binary=True) as stream:
                if options.template:
                    fill_template(case, options.template, stream, words, date.today())
                else:
                    write_opinion(case, stream, words, date.today())
        if not names:
            unit = "、".join(options.unit or ())
            raise StoreError(
                options.store, Said(f"结果库里没有单位“{unit}”", f"no unit {unit!r} in the store")
            )
        return words(f"写了 {len(names)} 份意见书：{folder}", f"{len(names)} opinions written: {folder}")

    return over(options.store, settings, work)


def _free(unit: str, names: set[str]) -> str:
    """Return a name for a file that no other of this run has, and note it."""
    base = _FORBIDDEN.sub("_", unit).strip(". ")[:_LONGEST] or "_"
    name, number = base, 1
    while name in names:
        number += 1
        name = f"{base}（{number}）"
    names.add(name)
    return name
