"""``budgetlint plugins``: which plugins were found, what they bring, and why one does not work."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from budgetlint.config import Settings
from budgetlint.reporters.jsontext import dump
from budgetlint.results.report import Exit
from budgetlint.run.opening import open_session


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Print every plugin; it always works, whatever is broken."""
    session = open_session(settings)
    listed: list[dict[str, Any]] = [
        {
            "name": plugin.name,
            "distribution": plugin.distribution,
            "version": plugin.version,
            "status": "broken" if plugin.traceback else "ok",
            "hooks": list(plugin.hooks),
            "packs": [
                pack.manifest.name
                for pack in session.packs.packs
                if pack.source.distribution == plugin.distribution
            ],
            "readers": [
                brought.thing.name for brought in session.readers if brought.plugin.name == plugin.name
            ],
            "traceback": plugin.traceback,
        }
        for plugin in session.plugins.found
    ]
    if options.format == "json":
        dump(listed, sys.stdout)
        return Exit.CLEAN
    for plugin in listed:
        status = "可用" if plugin["status"] == "ok" else "不可用"
        sys.stdout.write(f"{plugin['name']} {plugin['version']}（{plugin['distribution']}）{status}\n")
        for key, title in (("hooks", "钩子"), ("packs", "规则包"), ("readers", "格式")):
            if plugin[key]:
                sys.stdout.write(f"  {title}：{'、'.join(plugin[key])}\n")
        for line in (plugin["traceback"] or "").splitlines():
            sys.stdout.write(f"    {line}\n")
    for failure in session.plugins.failures:
        sys.stdout.write(f"{failure.plugin}.{failure.hook}：{failure.message}\n")
    return Exit.CLEAN
