"""``budgetlint docs``: write the catalogue of rules from the rules themselves."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from budgetlint.commands.rules import basis_text
from budgetlint.config import Settings
from budgetlint.findings import Severity
from budgetlint.language.printer import print_rule
from budgetlint.language.syntax import Rule, Scope
from budgetlint.opening import open_session
from budgetlint.report import Exit, worst
from budgetlint.session import Session

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
    yield "本页由 `budgetlint docs` 从规则生成，请勿手改。豁免某个问题：`budgetlint waive 标识 --because 理由`；整条不用：`--ignore 编号`。"
    for pack in session.packs.packs:
        yield ""
        yield f"## {pack.manifest.title or pack.manifest.name}（{'、'.join(pack.manifest.letters)}，{len(pack.rules)} 条）"
        if pack.manifest.description:
            yield ""
            yield pack.manifest.description
        for rule in pack.rules:
            yield from _rule(rule)
    yield ""
    yield "## 工具自带的检查"
    for check in session.checks:
        yield ""
        yield f"### {check.id} {check.name}"
        yield ""
        yield f"{_SEVERITIES[check.severity]}。{check.sentence}。"


def _rule(rule: Rule) -> Iterator[str]:
    yield ""
    yield f"### {rule.id} {rule.name}"
    yield ""
    yield f"{_SEVERITIES[rule.severity]}；依据：{'、'.join(map(basis_text, rule.basis))}；{_scope(rule.scope)}"
    if rule.suggest:
        yield ""
        yield f"怎样改：{rule.suggest}"
    yield ""
    yield "```"
    yield print_rule(rule, "zh").rstrip()
    yield "```"


def _scope(scope: Scope) -> str:
    parts = ["、".join(scope.kinds) or "各类文本"]
    if scope.years is not None:
        parts.append(f"{scope.years.first or ''}—{scope.years.last or ''} 年度")
    parts += [f"检查方案 {profile}" for profile in scope.profiles]
    return "适用于 " + "，".join([*parts, *scope.regions])
