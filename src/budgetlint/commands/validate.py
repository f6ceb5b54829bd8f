"""``budgetlint validate``: find every error in rule packs, all at once."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from msgspec.structs import replace

from budgetlint.config import Settings
from budgetlint.results.report import Exit, Problem, worst
from budgetlint.results.wording import about
from budgetlint.run.opening import open_session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PLACE = re.compile(r"(?P<file>.+?)(?::(?P<line>\d+))?(?::(?P<column>\d+))?$")


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Print the errors of all packs, and of the folder or file ``options.path``."""
    if options.path is not None:
        settings = replace(settings, rules=(*settings.rules, options.path))
    session = open_session(settings)
    as_json = options.format == "json"
    for problem in () if as_json else session.problems:
        sys.stdout.write(f"{about(problem.path, problem.message, settings.lang)}\n")
    chosen = [
        pack
        for pack in session.packs.packs
        if options.path is None or pack.source.pack.folder == Path(options.path)
    ]
    rules, wrong = sum(len(pack.rules) for pack in chosen), len(session.problems)
    if as_json:
        said = [_as_data(problem) for problem in session.problems]
        json.dump({"rules": rules, "problems": said}, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return worst(problem.exit for problem in session.problems)
    english = f"{rules} rules are sound, {wrong} errors\n"
    sys.stdout.write(english if settings.lang == "en" else f"{rules} 条规则无误，{wrong} 处错误\n")
    return worst(problem.exit for problem in session.problems)


def _as_data(problem: Problem) -> dict[str, Any]:
    """Return a problem as editors take it: file, line and column (None where not known), message."""
    match = _PLACE.match(problem.path)
    file, line, column = match.group("file", "line", "column") if match else (problem.path, None, None)
    return {
        "file": file,
        "line": int(line) if line else None,
        "column": int(column) if column else None,
        "message": problem.message,
    }
