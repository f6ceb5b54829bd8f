"""Changes one thing at a time in documents of any format and counts what the checks make of it.

    uv run python benchmarks/mutation.py examples/text/某文本.txt [--change digit swap row …] [--sample 100]
        [--seed 1 2 3] [--by class] [--jobs 2] [--misses] [--findings]

A change is *found* when the report has an error or a warning that the unchanged document does not have, *located*
when such a finding names a changed place among its own or its figures' places, *placed* when its first place is one,
and *mended* when it proposes what stood there before. ``--by class`` sums up all documents by what the print alone says of
the changed figure (benchmarks/figure_classes.py): printed twice, in a sum, prose only, alone, zero.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from figure_classes import CLASSES, Printed, classified
from mutants import AT_FIGURES, ELSEWHERE, Mutant, SpotKey, mutants, spots

from budgetlint.config import Settings
from budgetlint.document import Place, Source
from budgetlint.document.amount import parse_number
from budgetlint.results.findings import Finding, Severity
from budgetlint.run.gather import gather
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session

#: What the normaliser adds to a reader's place.
_CALLED = dict.fromkeys(("table", "row", "column", "section"))


@dataclass(slots=True)
class Tally:
    """What became of the mutants of one document, or of one class of figures."""

    mutants: int = 0
    found: int = 0
    located: int = 0
    placed: int = 0
    mended: int = 0
    sizes: list[int] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)

    def row(self, name: str) -> str:
        """Return the result as a row of a Markdown table."""
        numbers = (self.found, self.located, self.placed, self.mended)
        shares = " | ".join(f"{100 * n / max(self.mutants, 1):.1f} %" for n in numbers)
        sizes = self.sizes or [0]
        return f"| {name} | {self.mutants} | {shares} | {statistics.median(sizes):g} | {max(sizes)} |"

    def count(self, mutant: Mutant, new: list[Finding], kind: str) -> None:
        """Count one mutant by its new findings."""
        said = f"{where(mutant.places)}: {mutant.before} → {mutant.after} ({mutant.family}, {kind})"
        self.mutants += 1
        if not new:
            self.misses.append(said)
            return
        self.found += 1
        self.sizes.append(len(new))
        self.located += any(_meets(place, mutant) for f in new for place in _places(f))
        self.placed += any(_meets(place, mutant) for f in new for place in f.locations[:1])
        before = mutant.before.replace(",", "")
        self.mended += any(f.suggestion and before in f.suggestion.proposed.replace(",", "") for f in new)
        self.stories += [said, *(f"  {f.rule} [{f.severity.value}]: {f.message}" for f in new)]

    def add(self, other: Tally) -> None:
        """Put another tally to this one."""
        for name in ("mutants", "found", "located", "placed", "mended"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.sizes += other.sizes


class Asked(NamedTuple):
    """What is to be changed, how often, and in which language findings are told."""

    changes: tuple[str, ...]
    sample: int
    seeds: tuple[int, ...]
    lang: str


def measure(path: Path, asked: Asked) -> tuple[Tally, dict[str, Tally]]:
    """Check a sample of a document's mutants, so many of each change and seed; also by the class of the figure."""
    session = open_session(Settings(lang=asked.lang))
    (given,) = gather([str(path)], session.suffixes)
    source = session.documents.source(given)
    kinds = _kinds(source)
    known = {finding.fingerprint for finding in _findings(session, source)}
    tally = Tally()
    by_kind: dict[str, Tally] = {}
    for seed in asked.seeds:
        for change in asked.changes:
            for mutant in mutants(source, change, random.Random(seed), asked.sample):
                new = [f for f in _findings(session, mutant.source) if f.fingerprint not in known]
                kind = kinds.get(mutant.at, change) if mutant.at else change
                for each in (tally, by_kind.setdefault(kind, Tally())):
                    each.count(mutant, new, kind)
    return tally, by_kind


def _kinds(source: Source) -> dict[SpotKey, str]:
    """Return the class of every figure of a document, from the print alone."""
    figures = [
        (spot, number[0])
        for spot in spots(source)
        if spot.kind != "code" and (number := parse_number(spot.text))
    ]
    printed = [
        Printed(value, None if spot.row is None else spot.block, spot.row or 0, spot.column or 0)
        for spot, value in figures
    ]
    return {spot.key: kind for (spot, _), kind in zip(figures, classified(printed), strict=True)}


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
    parser.add_argument("--by", choices=["document", "class"], default="document", help="what to sum up by")
    parser.add_argument("--jobs", type=int, default=1, help="how many documents at once, each in a process")
    options = parser.parse_args()
    asked = Asked(tuple(options.change), options.sample, tuple(options.seed), options.lang)
    name = "类别" if options.by == "class" else "文本"
    print(
        f"| {name} | 改动 | 发现 | 定位 | 首位 | 指出原数 | 发现数中位 | 最多 |\n|---|---:|---:|---:|---:|---:|---:|---:|"
    )
    by_kind: dict[str, Tally] = {}
    with ProcessPoolExecutor(options.jobs) as pool:
        for path, (tally, kinds) in zip(
            options.files, pool.map(measure, options.files, repeat(asked)), strict=True
        ):
            if options.by == "document":
                print(tally.row(path.stem), flush=True)
            for one in tally.misses if options.misses else ():
                print(f"    miss {path.stem} {one}", flush=True)
            for one in tally.stories if options.findings else ():
                print(f"    {one}")
            for kind, own in kinds.items():
                by_kind.setdefault(kind, Tally()).add(own)
    for kind in (*CLASSES, *sorted(by_kind.keys() - set(CLASSES))) if options.by == "class" else ():
        if kind in by_kind:
            print(by_kind[kind].row(kind))


if __name__ == "__main__":
    main()
