"""Changes one thing at a time in documents of any format and counts what the checks make of it.

    uv run python benchmarks/mutation.py examples/text/某文本.txt [--change digit swap row …] [--sample 100]
        [--seed 1 2 3] [--misses] [--findings]

A change is *found* when the report has an error or a warning that the unchanged document does not have, *located*
when such a finding names a changed place among its own or its figures' places, *placed* when its first place is one,
and *mended* when it proposes what stood there before.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mutants import AT_FIGURES, ELSEWHERE, Mutant, mutants

from budgetlint.config import Settings
from budgetlint.document import Place, Source
from budgetlint.results.findings import Finding, Severity
from budgetlint.run.gather import gather
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session

#: What the normaliser adds to a reader's place.
_CALLED = dict.fromkeys(("table", "row", "column", "section"))


@dataclass(slots=True)
class Tally:
    """What became of the mutants of one document."""

    mutants: int = 0
    located: int = 0
    placed: int = 0
    mended: int = 0
    findings: list[tuple[Mutant, list[Finding]]] = field(default_factory=list)
    misses: list[Mutant] = field(default_factory=list)

    def row(self, name: str) -> str:
        """Return the result as a row of a Markdown table."""
        numbers = (len(self.findings), self.located, self.placed, self.mended)
        shares = " | ".join(f"{100 * n / max(self.mutants, 1):.1f} %" for n in numbers)
        counts = [len(findings) for _, findings in self.findings] or [0]
        return f"| {name} | {self.mutants} | {shares} | {statistics.median(counts):g} | {max(counts)} |"

    def count(self, mutant: Mutant, new: list[Finding]) -> None:
        """Count one mutant by its new findings."""
        self.mutants += 1
        if not new:
            self.misses.append(mutant)
            return
        self.findings.append((mutant, new))
        self.located += any(_meets(place, mutant) for f in new for place in _places(f))
        self.placed += any(_meets(place, mutant) for f in new for place in f.locations[:1])
        before = mutant.before.replace(",", "")
        self.mended += any(f.suggestion and before in f.suggestion.proposed.replace(",", "") for f in new)


def measure(session: Session, path: Path, changes: Sequence[str], sample: int, seeds: Sequence[int]) -> Tally:
    """Check a sample of a document's mutants, so many of each change and seed."""
    (given,) = gather([str(path)], session.suffixes)
    source = session.documents.source(given)
    known = {finding.fingerprint for finding in _findings(session, source)}
    tally = Tally()
    for seed in seeds:
        for change in changes:
            for mutant in mutants(source, change, random.Random(seed), sample):
                new = [f for f in _findings(session, mutant.source) if f.fingerprint not in known]
                tally.count(mutant, new)
    return tally


def _findings(session: Session, source: Source) -> list[Finding]:
    report = session.check_tree(session.documents.tree(source))
    return [finding for finding in report.findings if finding.severity is not Severity.NOTICE]


def _places(finding: Finding) -> Iterator[Place]:
    yield from finding.locations
    for operand in finding.operands:
        yield operand.place


def _meets(place: Place, mutant: Mutant) -> bool:
    return any(_same(place, changed) for changed in mutant.places)


def _same(one: Place, other: Place) -> bool:
    if one.line is not None and other.line is not None:
        return one.line <= other.line <= (one.end_line or one.line)
    return one._replace(**_CALLED) == other._replace(**_CALLED)


def where(places: Sequence[Place]) -> str:
    """Say where a mutant was made, shortly."""
    place = places[0]
    said = (place.line, place.page and f"p{place.page}", place.sheet, place.cell, place.paragraph)
    return "/".join(str(part) for part in said if part is not None)


def main() -> None:
    """Print one table row a document and, where asked, what was missed or found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--change", nargs="+", default=["digit"], choices=[*AT_FIGURES, *ELSEWHERE])
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--misses", action="store_true", help="list every change that went unnoticed")
    parser.add_argument("--findings", action="store_true", help="print what was found")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh")
    options = parser.parse_args()
    session = open_session(Settings(lang=options.lang))
    print(
        "| 文本 | 改动 | 发现 | 定位 | 首位 | 指出原数 | 发现数中位 | 最多 |\n|---|---:|---:|---:|---:|---:|---:|---:|"
    )
    for path in options.files:
        tally = measure(session, path, options.change, options.sample, options.seed)
        print(tally.row(path.stem), flush=True)
        for mutant in tally.misses if options.misses else ():
            print(f"    miss {where(mutant.places)}: {mutant.before} → {mutant.after} ({mutant.family})")
        for mutant, findings in tally.findings if options.findings else ():
            print(f"    {where(mutant.places)}: {mutant.before} → {mutant.after}")
            for f in findings:
                places = " ".join(where([place]) for place in f.locations)
                print(f"      {f.rule} [{f.severity.value}] {places}: {f.message}")


if __name__ == "__main__":
    main()
