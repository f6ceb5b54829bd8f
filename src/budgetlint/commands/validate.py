"""``budgetlint validate``: find every error in rule packs, all at once."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from msgspec.structs import replace

from budgetlint.config import Settings
from budgetlint.results.report import Exit, worst
from budgetlint.results.wording import about
from budgetlint.run.opening import open_session


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Print the errors of all packs, and of the folder or file ``options.path``."""
    if options.path is not None:
        settings = replace(settings, rules=(*settings.rules, options.path))
    session = open_session(settings)
    for problem in session.problems:
        sys.stdout.write(f"{about(problem.path, problem.message, settings.lang)}\n")
    chosen = [
        pack
        for pack in session.packs.packs
        if options.path is None or pack.source.pack.folder == Path(options.path)
    ]
    rules, wrong = sum(len(pack.rules) for pack in chosen), len(session.problems)
    english = f"{rules} rules are sound, {wrong} errors\n"
    sys.stdout.write(english if settings.lang == "en" else f"{rules} 条规则无误，{wrong} 处错误\n")
    return worst(problem.exit for problem in session.problems)
