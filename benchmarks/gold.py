"""Compares the findings on the corpus with a careful auditor's, per document and category.

    uv run python benchmarks/gold.py [--shared ../shared] [--write docs/对照结果.md]

A gold finding is *found* when one of the first places of a finding of any severity is its line (where each cell is a
line of its own: the line of the row's name, a few lines above), or gold-notes.toml names the rule that reports it elsewhere; an *extra* is a finding of severity error or warning that no gold finding stands near. Only gold findings
that are certain and mechanical count. Why one is missed, and why an extra stands, is said in gold-notes.toml.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from budgetlint.config import Settings
from budgetlint.document.text import squeeze
from budgetlint.results.findings import Finding, Severity, Verdict
from budgetlint.run.opening import open_session

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: How many lines above a figure its row's name may stand: in layouts of a row a line, and of a cell a line.
NEAR, NEAR_BY_CELLS = 1, 6
_FIRST_PLACES = 2
_LINES = re.compile(r"(?:第|（|、|\()?((?:\d{2,5}(?:[–—-]\d{2,5})?[、,，]?)+)行")
_NUMBERS = re.compile(r"(\d+)(?:[–—-](\d+))?")
_QUOTED = re.compile("“([^“”]{4,})”")
_MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class Gold:
    """One finding of the auditor with the lines it is about (first, last)."""

    id: str
    category: str
    severity: str
    counts: bool
    lines: tuple[tuple[int, int], ...]

    def distance(self, line: int) -> float:
        """How far a line is below the nearest of its own; 0 for one of its own."""
        return min((_distance(first, last, line) for first, last in self.lines), default=float("inf"))


@dataclass(slots=True)
class Comparison:
    """What became of one document's gold findings."""

    name: str
    gold: list[Gold]
    found: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    extra: list[Finding] = field(default_factory=list)

    @property
    def missed(self) -> list[Gold]:
        """Certain and mechanical gold findings that nothing points at."""
        return [gold for gold in self.gold if gold.counts and gold.id not in self.found]


def _distance(first: int, last: int, line: int) -> float:
    if first <= line <= last:
        return 0
    return line - last if line > last else float("inf")


def read_gold(data: dict[str, Any], text: str) -> list[Gold]:
    """Return the auditor's findings; where no line is given, the lines that hold what is quoted."""
    lines = [squeeze(line) for line in text.split("\n")]
    return [
        Gold(
            item["id"],
            item["category"],
            item["severity"],
            bool(item["certain"] and item["mechanical"]),
            tuple(_places(item["where"]))
            or tuple(_places(item["evidence"]))
            or tuple(_quoted_places(item["where"] + item["statement"], lines)),
        )
        for item in data["findings"]
    ]


def _places(where: str) -> Iterator[tuple[int, int]]:
    for group in _LINES.finditer(where):
        for number in _NUMBERS.finditer(group[1]):
            yield int(number[1]), int(number[2] or number[1])


def _quoted_places(where: str, lines: list[str]) -> Iterator[tuple[int, int]]:
    for quoted in map(squeeze, _QUOTED.findall(where)):
        hits = [number for number, line in enumerate(lines, start=1) if quoted in line]
        for number in hits[:_MOST_PLACES]:
            yield number, number


def compare(
    name: str, gold: list[Gold], findings: Iterable[Finding], near_enough: float = NEAR
) -> Comparison:
    """Match findings with gold findings by place; what is 无法核对 matches but is never an extra."""
    result = Comparison(name, gold)
    for finding in findings:
        lines = [place.line for place in finding.locations[:_FIRST_PLACES] if place.line is not None]
        near = [(min((g.distance(line) for line in lines), default=float("inf")), g) for g in gold]
        best = min((distance for distance, _ in near), default=float("inf"))
        if best <= near_enough:
            for distance, one in near:
                if distance == best:
                    result.found[one.id].append(finding)
        elif finding.severity is not Severity.NOTICE and finding.verdict is Verdict.FAILS:
            result.extra.append(finding)
    return result


def _found_elsewhere(result: Comparison, findings: Iterable[Finding], notes: dict[str, str]) -> None:
    """Take as found what a note says one rule reports at another place (``F22 = "=BL425 …"``), if it does."""
    for finding in findings:
        for id, note in notes.items():
            if note.startswith(f"={finding.rule.partition('.')[0]}"):
                result.found[id].append(finding)


def comparisons(shared: Path, notes: dict[str, dict[str, str]]) -> Iterator[Comparison]:
    """Check every text of the corpus that has a gold file."""
    session = open_session(Settings(profiles=("advice",)))
    for file in sorted((shared / "gold").glob("*.json")):
        source = shared / "corpus" / f"{file.stem}.txt"
        text = source.read_text(encoding="utf-8")
        gold = read_gold(json.loads(file.read_text(encoding="utf-8")), text)
        by_cells = sum(line.startswith("\t") for line in text.split("\n")) > text.count("\n") / 3
        [report] = session.check([str(source)]).documents
        result = compare(file.stem, gold, report.findings, NEAR_BY_CELLS if by_cells else NEAR)
        _found_elsewhere(result, report.findings, notes.get(file.stem, {}))
        yield result


def page(results: list[Comparison], notes: dict[str, dict[str, str]]) -> Iterator[str]:
    """Yield the lines of docs/对照结果.md."""
    yield "# 对照结果"
    yield ""
    yield "本页由 `uv run python benchmarks/gold.py --write docs/对照结果.md` 生成，请勿手改。"
    yield "把三份真实文本的核对结果与审计人员逐字审读的结论比对，只计其中确定、可由机器判断的问题；"
    yield "“发现”指有问题指到同一处，“多报”指审读结论里没有的错误和疑点。核对时加了 `--profile advice`（只多出提醒）。"
    for result in results:
        own = notes.get(result.name, {})
        yield ""
        yield f"## {result.name}"
        yield ""
        yield "| 类别 | 审读结论 | 发现 | 未发现 |"
        yield "|---|---:|---:|---:|"
        yield from _table(result)
        yield ""
        yield f"多报 {len(result.extra)} 项。"
        for finding in result.extra:
            yield f"- {finding.rule} {finding.name}（{_where(finding)}）：{own.get(_key(finding), '待核实')}"
        if result.missed:
            yield ""
            yield "未发现的：" if own else "未发现的（原因待说明）："
            for gold in result.missed:
                yield f"- {gold.id}（{gold.category}，{gold.severity}）：{own.get(gold.id, '待说明')}"
        yield ""
        yield "发现的：" + "；".join(
            f"{id} {'、'.join(dict.fromkeys(finding.rule for finding in result.found[id]))}"
            for id in (gold.id for gold in result.gold if gold.id in result.found)
        )


def _table(result: Comparison) -> Iterator[str]:
    counted = [gold for gold in result.gold if gold.counts]
    total, found = Counter(g.category for g in counted), Counter()
    found.update(g.category for g in counted if g.id in result.found)
    for category in sorted(total):
        yield f"| {category} | {total[category]} | {found[category]} | {total[category] - found[category]} |"
    hits = sum(found.values())
    yield f"| 合计 | {len(counted)} | {hits} | {len(counted) - hits} |"


def _where(finding: Finding) -> str:
    place = finding.locations[0] if finding.locations else None
    return f"第 {place.line} 行" if place is not None and place.line else "全文"


def _key(finding: Finding) -> str:
    place = finding.locations[0] if finding.locations else None
    return f"{finding.rule}@{place.line if place else ''}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    notes = tomllib.loads(Path(__file__).with_name("gold-notes.toml").read_text(encoding="utf-8"))
    lines = list(page(list(comparisons(options.shared, notes)), notes))
    if options.write:
        options.write.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
