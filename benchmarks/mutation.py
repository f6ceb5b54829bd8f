"""Changes one digit of one printed figure at a time and counts what the checks make of it.

    uv run python benchmarks/mutation.py examples/某文本.txt [--sample 200] [--seed 1] [--misses]

A changed figure is *detected* when the report has a finding that the unchanged document does not have, *located*
when such a finding points at the changed line, *pinpointed* when it suggests the original figure. Only severities
error and warning count as findings here. Works on text files, whose cells know their line.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from budgetlint.checking.coverage import PrintedAmount, printed_amounts
from budgetlint.config import Settings
from budgetlint.findings import Finding, Severity
from budgetlint.opening import open_session
from budgetlint.session import Session


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed figure: the whole changed text, where, from what, to what."""

    text: str
    line: int
    printed: str
    changed: str
    family: str


@dataclass(slots=True)
class Tally:
    """What became of the mutants of one document."""

    mutants: int = 0
    detected: int = 0
    located: int = 0
    pinpointed: int = 0
    findings: list[int] = field(default_factory=list)
    missed: Counter[str] = field(default_factory=Counter)
    misses: list[Mutant] = field(default_factory=list)

    def lines(self, name: str) -> Iterator[str]:
        """Yield the result as a Markdown table row, then the misses by family."""
        share = [
            f"{100 * n / max(self.mutants, 1):.1f} %" for n in (self.detected, self.located, self.pinpointed)
        ]
        median = statistics.median(self.findings) if self.findings else 0
        yield f"| {name} | {self.mutants} | {' | '.join(share)} | {median:g} |"
        for family, number in self.missed.most_common():
            yield f"|   ↳ 未发现：{family} | {number} | | | | |"


def mutants(text: str, amounts: list[PrintedAmount], chance: random.Random) -> Iterator[Mutant]:
    """Yield a mutant for every amount that can be found again in its line."""
    lines = text.split("\n")
    for amount in amounts:
        line = amount.place.line
        printed = "".join(c for c in amount.printed if c.isdigit() or c in ".,-")
        if line is None or not any(c.isdigit() for c in printed):
            continue
        for number in range(line - 1, (amount.place.end_line or line)):
            start = _position(lines[number], printed, amount)
            if start is not None:
                break
        else:
            continue
        changed = _changed(printed, chance)
        new = lines[number][:start] + changed + lines[number][start + len(printed) :]
        whole = "\n".join([*lines[:number], new, *lines[number + 1 :]])
        yield Mutant(whole, number + 1, printed, changed, amount.table or "正文")


def _position(line: str, printed: str, amount: PrintedAmount) -> int | None:
    """Where a figure stands in its line: in its cell of a tab-separated row, else where it stands exactly once."""
    column = amount.place.grid_column
    cells = line.split("\t")
    if amount.table and column is not None and column < len(cells) and printed in cells[column]:
        return sum(len(cell) + 1 for cell in cells[:column]) + cells[column].index(printed)
    if amount.identity.startswith("prose:") or line.count(printed) == 1:
        start = line.find(printed)
        before = line[start - 1] if start > 0 else ""
        return start if start >= 0 and not (before.isdigit() or before in ".,") else None
    return None


def _changed(printed: str, chance: random.Random) -> str:
    places = [i for i, c in enumerate(printed) if c.isdigit()]
    place = chance.choice(places)
    lowest = 1 if place == 0 and len(printed) > 1 and printed[1].isdigit() else 0
    digit = chance.choice([d for d in range(lowest, 10) if str(d) != printed[place]])
    return printed[:place] + str(digit) + printed[place + 1 :]


def measure(session: Session, path: Path, sample: int, seed: int) -> Tally:
    """Check a sample of a document's mutants."""
    text = path.read_text(encoding="utf-8")
    chance = random.Random(seed)
    every = list(mutants(text, list(printed_amounts(session.read(str(path)))), chance))
    chosen = chance.sample(every, min(sample, len(every)))
    known = {finding.fingerprint for finding in _findings(session, path)}
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        for mutant in chosen:
            copy.write_text(mutant.text, encoding="utf-8")
            _count(tally, mutant, [f for f in _findings(session, copy) if f.fingerprint not in known])
    return tally


def _findings(session: Session, path: Path) -> list[Finding]:
    (document,) = session.check([str(path)]).documents
    return [f for f in document.findings if f.severity is not Severity.NOTICE]


def _count(tally: Tally, mutant: Mutant, new: list[Finding]) -> None:
    tally.mutants += 1
    if not new:
        tally.missed[mutant.family] += 1
        tally.misses.append(mutant)
        return
    tally.detected += 1
    tally.findings.append(len(new))
    tally.located += any(_points_at(finding, mutant) for finding in new)
    tally.pinpointed += any(
        f.suggestion is not None and mutant.printed.replace(",", "") in f.suggestion.proposed.replace(",", "")
        for f in new
    )


def _points_at(finding: Finding, mutant: Mutant) -> bool:
    places = [*finding.locations, *(operand.place for operand in finding.operands)]
    return any(p.line is not None and p.line <= mutant.line <= (p.end_line or p.line) for p in places)


def main() -> None:
    """Print one table row a document."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="list every figure that went unnoticed")
    options = parser.parse_args()
    session = open_session(Settings())
    print("| 文本 | 改动 | 发现 | 定位 | 指出原数 | 发现数中位 |\n|---|---|---|---|---|---|")
    for path in options.files:
        tally = measure(session, path, options.sample, options.seed)
        print("\n".join(tally.lines(path.name)))
        if options.misses:
            for mutant in sorted(tally.misses, key=lambda m: m.line):
                print(f"    {mutant.line}: {mutant.printed} → {mutant.changed} ({mutant.family})")


if __name__ == "__main__":
    main()
