"""``budgetlint docs``: write the catalogue of rules from the rules themselves."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from budgetlint.commands.rules import basis_text
from budgetlint.config import Settings
from budgetlint.language.printer import print_rule
from budgetlint.language.syntax import Rule, Scope
from budgetlint.results.findings import Severity
from budgetlint.results.report import Exit, worst
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session
from budgetlint.said import said

PAGE = "规则目录.md"
_SEVERITIES = {
    Severity.ERROR: "错误（须改正）",
    Severity.WARNING: "疑点（须核实或说明）",
    Severity.NOTICE: "提醒",
}


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Write the pages into ``options.folder``."""
    session = open_session(settings)
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PAGE).write_text("\n".join(catalogue(session)) + "\n", encoding="utf-8", newline="\n")
    sys.stdout.write(f"{folder / PAGE}\n")
    return worst(problem.exit for problem in session.problems)


def catalogue(session: Session) -> Iterator[str]:
    """Yield the lines of the catalogue: every pack with its rules, then the tool's own checks."""
    yield "# 规则目录"
    yield ""
    yield "本页由 `budgetlint docs` 从规则生成，请勿手改。"
    yield ""
    yield "- **怎样改**：先看报告给出的位置和所印的数，核对原始资料，改正写错的一处；报告有“可能应为”的，先核实那一处。"
    yield "- **怎样豁免**：核实无误、确有原因的，`budgetlint waive 标识 --because 理由`（标识在每个问题之后）；整条规则不用，`--ignore 编号`。"
    yield "- **检查方案**：标有检查方案的规则包默认不用，加 `--profile 方案` 才核对。"
    for pack in session.packs.packs:
        yield ""
        profile = f"，检查方案 {pack.manifest.profile}" if pack.manifest.profile else ""
        letters = "、".join(pack.manifest.letters)
        yield f"## {pack.manifest.title or pack.manifest.name}（{letters}，{len(pack.rules)} 条{profile}）"
        if pack.manifest.description:
            yield ""
            yield pack.manifest.description
        for rule in sorted(pack.rules, key=lambda rule: rule.id):
            yield from _rule(rule, pack.manifest.kinds)
    yield ""
    yield "## 工具自带的检查"
    for check in session.checks:
        yield ""
        yield f"### {check.id} {said(check.name).zh}"
        yield ""
        yield f"{_SEVERITIES[check.severity]}；依据：{'、'.join(map(basis_text, check.basis))}；{_scope(check.scope)}"
        yield ""
        yield f"{said(check.sentence).zh}。"


def _rule(rule: Rule, kinds: tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield f"### {rule.id} {rule.name}"
    yield ""
    yield f"{_SEVERITIES[rule.severity]}；依据：{'、'.join(map(basis_text, rule.basis))}；{_scope(rule.scope, kinds)}"
    if rule.suggest:
        yield ""
        yield f"怎样改：{rule.suggest}"
    yield ""
    yield "```"
    yield print_rule(rule, "zh").rstrip()
    yield "```"


def _scope(scope: Scope, kinds: tuple[str, ...] = ()) -> str:
    parts = ["、".join(scope.kinds or kinds) or "各类文本"]
    if scope.years is not None:
        parts.append(f"{scope.years.first or ''}—{scope.years.last or ''} 年度")
    parts += [f"检查方案 {profile}" for profile in scope.profiles]
    return "适用于 " + "，".join([*parts, *scope.regions])
