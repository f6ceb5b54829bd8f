"""``budgetlint plugins``: which plugins were found, what they bring, and why one does not work."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from budgetlint.config import Settings
from budgetlint.plugins.manager import Plugin
from budgetlint.reporters.jsontext import dump
from budgetlint.results.report import Exit
from budgetlint.results.wording import about
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session

_PARTS = (
    ("hooks", ("钩子", "hooks")),
    ("packs", ("规则包", "packs")),
    ("readers", ("格式", "formats")),
)
_STATUS = {
    "ok": ("可用", "works"),
    "failing": ("有错，部分可用", "has errors, works in part"),
    "broken": ("不可用", "does not work"),
}


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Print every plugin; it always works, whatever is broken."""
    session = open_session(settings)
    listed: list[dict[str, Any]] = [
        {
            "name": plugin.name,
            "distribution": plugin.distribution,
            "version": plugin.version,
            "status": _status(session, plugin),
            "hooks": list(plugin.hooks),
            "packs": [
                pack.manifest.name
                for pack in session.packs.packs
                if pack.source.distribution == plugin.distribution
            ],
            "readers": [
                brought.thing.name for brought in session.readers if brought.plugin.name == plugin.name
            ],
            "problems": _problems(session, plugin),
            "traceback": plugin.traceback,
        }
        for plugin in session.plugins.found
    ]
    if options.format == "json":
        dump(listed, sys.stdout)
        return Exit.CLEAN
    for plugin in listed:
        status = _STATUS[plugin["status"]][settings.lang == "en"]
        sys.stdout.write(f"{plugin['name']} {plugin['version']}（{plugin['distribution']}）{status}\n")
        for key, title in _PARTS:
            if plugin[key]:
                said = title[settings.lang == "en"]
                sys.stdout.write(f"  {about(said, '、'.join(plugin[key]), settings.lang)}\n")
        for line in [*plugin["problems"], *(plugin["traceback"] or "").splitlines()]:
            sys.stdout.write(f"    {line}\n")
    return Exit.CLEAN


def _status(session: Session, plugin: Plugin) -> str:
    status = session.plugins.status(plugin)
    return "failing" if status == "ok" and _problems(session, plugin) else status


def _problems(session: Session, plugin: Plugin) -> list[str]:
    """Say what went wrong with what a plugin does and brings: hooks that failed, errors in its packs."""
    failed = [f"{one.hook}: {one.message}" for one in session.plugins.failures if one.plugin == plugin.name]
    folders = [
        str(brought.thing.folder)
        for brought in session.plugins.collect("register_rule_packs")
        if brought.plugin.name == plugin.name
    ]
    wrong = [p for p in session.problems if any(p.path.startswith(folder) for folder in folders)]
    return list(dict.fromkeys([*failed, *(about(p.path, p.message, session.settings.lang) for p in wrong)]))
