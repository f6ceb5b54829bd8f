"""``budgetlint ledger``: the ledger of corrections as a workbook."""

from __future__ import annotations

import argparse
from typing import Any

from budgetlint.bureau.cases import unit_cases
from budgetlint.bureau.ledger import write_ledger
from budgetlint.commands.season.asking import over
from budgetlint.config import Settings
from budgetlint.disk import written
from budgetlint.reporters.words import Words
from budgetlint.results.report import Exit


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Write the findings of ``options.store`` into ``options.file``."""
    words = Words(settings.lang)

    def work(connection: Any) -> str:
        cases = list(unit_cases(connection, words, options.unit or ()))
        with written(options.file, binary=True) as stream:
            write_ledger(cases, stream, words)
        number = sum(len(case.entries) for case in cases)
        return words(f"已写入 {options.file}：{number} 个问题", f"written: {options.file}, {number} findings")

    return over(options.store, settings, work)
