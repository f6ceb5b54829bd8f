"""``budgetlint rules``: list every rule and check that is installed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from budgetlint.config import Settings
from budgetlint.language.syntax import Basis, Scope
from budgetlint.reporters.jsontext import dump
from budgetlint.results.report import Exit, worst
from budgetlint.results.wording import about
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session
from budgetlint.said import told


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Print the rules as a list for people or as one JSON array."""
    session = open_session(settings)
    if options.export is not None:
        from budgetlint.commands.showing.exporting import export

        # Where folders of rules are named, they are what is meant.
        own = {Path(folder) for folder in options.rules or ()}
        chosen = [
            rule
            for pack in session.packs.packs
            if not own or pack.source.pack.folder in own
            for rule in pack.rules
            if session.choice.takes(rule.id)
        ]
        export(chosen, options.export, "en" if settings.lang == "en" else "zh")
        said = f"{len(chosen)} rules written to" if settings.lang == "en" else f"{len(chosen)} 条规则已写入"
        sys.stderr.write(f"{said} {options.export}\n")
        return worst(problem.exit for problem in session.problems)
    listed = list(list_rules(session, settings.lang))
    if options.format == "json":
        dump(listed, sys.stdout)
    else:
        for rule in listed:
            kinds = "、".join(rule["kinds"]) or "各类"
            sys.stdout.write(f"{rule['id']}  {rule['severity']:7}  {kinds}  {rule['name']}\n")
    for problem in session.problems:
        sys.stderr.write(f"{about(problem.path, problem.message, settings.lang)}\n")
    return worst(problem.exit for problem in session.problems)


def list_rules(session: Session, language: str = "zh") -> Iterator[dict[str, Any]]:
    """Yield every chosen rule and Python check as plain data, in the order of packs and files."""
    for pack in session.packs.packs:
        for rule in pack.rules:
            if session.choice.takes(rule.id):
                yield {
                    **_head(rule.id, rule.name, rule.severity.value, rule.basis, rule.scope),
                    "pack": pack.manifest.name,
                    "replaces": rule.replaces,
                    "examples": len(rule.examples),
                    "file": rule.span.file,
                    "line": rule.span.line,
                }
    for check in session.checks:
        if session.choice.takes(check.id):
            yield {
                **_head(check.id, told(check.name, language), check.severity.value, check.basis, check.scope),
                "pack": None,
                "sentence": told(check.sentence, language),
            }


def basis_text(basis: Basis) -> str:
    """Return a legal basis as people cite it."""
    return "勾稽关系" if basis.consistency else basis.text


def _head(id: str, name: str, severity: str, basis: tuple[Basis, ...], scope: Scope) -> dict[str, Any]:
    return {
        "id": id,
        "name": name,
        "severity": severity,
        "basis": [basis_text(one) for one in basis],
        "kinds": list(scope.kinds),
        "years": [scope.years.first, scope.years.last] if scope.years else None,
        "regions": list(scope.regions),
        "profiles": list(scope.profiles),
    }
