"""Counts the printed figures that some check tied to others, by the class the print alone gives them.

    uv run python benchmarks/tied.py FILES… [--misses]

A figure is *tied* when it took part in a check that held, rounded or failed. Its class (printed twice, in a sum, prose
only, alone, zero) is told by benchmarks/figure_classes.py, which asks no rule.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from figure_classes import CLASSES, Printed, classified

from budgetlint.checking.case import Case
from budgetlint.checking.checks.sensitive import mask
from budgetlint.checking.judging.coverage import printed_amounts
from budgetlint.checking.judging.masking import masked_place
from budgetlint.config import Settings
from budgetlint.document.keys import CellKey
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session


def tied(session: Session, path: Path) -> tuple[Counter[str], Counter[str], list[str]]:
    """Return by class how many figures a document prints and how many are tied, and where those stand that are not."""
    document = session.read(str(path))
    amounts = list(printed_amounts(Case(document).index))
    grids: dict[object, int] = {}
    figures = []
    for amount in amounts:
        key = amount.identity
        if isinstance(key, CellKey) and isinstance(key.column, int):
            grid = grids.setdefault(key.table, len(grids))
            figures.append(Printed(amount.value, grid, key.row, key.column))
        else:
            figures.append(Printed(amount.value))
    coverage = session.check_tree(document).coverage
    unchecked = list(coverage.unchecked if coverage else ())
    printed: Counter[str] = Counter()
    held: Counter[str] = Counter()
    left: list[str] = []
    for amount, kind in zip(amounts, classified(figures), strict=True):
        printed[kind] += 1
        # What no check looked at is listed in printed order, personal data masked.
        said = unchecked[0] if unchecked else None
        if said and (said.printed, said.place) == (mask(amount.printed), masked_place(amount.place)):
            del unchecked[0]
            left.append(f"{kind} {amount.table or '正文'} / {amount.place.row or ''} {amount.printed}")
        else:
            held[kind] += 1
    return printed, held, left


def row(name: str, printed: Counter[str], held: Counter[str]) -> str:
    """Return a row of a Markdown table: all figures, then each class."""
    pairs = [(held.total(), printed.total()), *((held[kind], printed[kind]) for kind in CLASSES)]
    cells = (f"{part}/{whole} {100 * part / whole:.1f} %" if whole else "—" for part, whole in pairs)
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Print one table row a document, and one for all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true", help="list every figure that no check looked at")
    options = parser.parse_args()
    session = open_session(Settings(uncovered=True))
    print(
        "| 文本 | 全部 | 印了两处以上 | 在合计之中 | 只在正文 | 独此一处 | 零 |\n|---|---:|---:|---:|---:|---:|---:|"
    )
    printed: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for path in options.files:
        own, tied_here, left = tied(session, path)
        printed += own
        held += tied_here
        print(row(path.stem, own, tied_here), flush=True)
        for one in left if options.misses else ():
            print(f"    {one}")
    print(row("合计", printed, held))


if __name__ == "__main__":
    main()
