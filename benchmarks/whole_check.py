"""Measure a warm check of documents, and of it the rules, decided by kernels and explained one by one.

Run: ``uv run python benchmarks/whole_check.py DOCUMENT …``. To compare with another commit, run it there, too, in turn
with this one. Processor time, best of three, packs loaded before. ``not told`` is the share of instances that
nobody is shown and of which no outcome was made.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from time import process_time

from budgetlint.checking.case import Case
from budgetlint.checking.kernels.deciding import ledger_of
from budgetlint.config import Settings
from budgetlint.language.compile import compile_rule
from budgetlint.packs.select import select_rules
from budgetlint.run.opening import open_session


def seconds(work: Callable[[], object]) -> float:
    """Processor time of the best of three runs."""
    times = []
    for _ in range(3):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def main() -> None:
    """Print one line a document."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="+")
    session = open_session(Settings().overridden("whole_check", jobs=1))
    for path in parser.parse_args().paths:
        document = session.read(path)
        vocabulary = session.packs.vocabulary_for(document.classification.region)
        rules = [compile_rule(rule) for rule in select_rules(session.packs, document, session.choice)]

        def decided(kernels: bool) -> Callable[[], object]:
            return lambda: ledger_of(rules, Case(document), vocabulary, session.functions, kernels)  # noqa: B023

        ledger = ledger_of(rules, Case(document), vocabulary, session.functions)
        counts = ledger.counts
        instances = counts.holds + counts.rounds + counts.fails + counts.skipped + counts.undetermined
        share = (ledger.holds + ledger.skipped) / max(instances, 1)
        whole = seconds(lambda: session.check([path]))  # noqa: B023
        fast, slow = seconds(decided(kernels=True)), seconds(decided(kernels=False))
        print(
            f"{path}  whole {whole:.2f} s  rules {fast:.2f} s  explained one by one {slow:.2f} s ({slow / fast:.1f}x)"
            f"  {instances} instances, {share:.0%} not told"
        )


if __name__ == "__main__":
    main()
