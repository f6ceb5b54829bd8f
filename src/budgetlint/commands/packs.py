"""``budgetlint packs``: the rule packs there are; add one that came as a zip, take it away again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from budgetlint.config import Settings
from budgetlint.packs.manifest import PackError
from budgetlint.results.report import Exit
from budgetlint.run.added import Added, add, added, remove
from budgetlint.run.opening import open_session


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Do what ``options.action`` says."""
    if options.action == "add":
        return _add(options.what, settings)
    if options.action == "remove":
        return _remove(options.what, settings)
    return _list(settings)


def _add(files: list[str], settings: Settings) -> Exit:
    worst = Exit.CLEAN
    for file in files:
        session = open_session(settings)
        sources = [pack.source for pack in session.packs.packs]
        before = {one.name: one for one in added()}
        try:
            new = add(Path(file), sources, session.functions)
        except PackError as error:
            sys.stderr.write(f"{error.place}：{error.message(settings.lang)}\n")
            worst = Exit.USAGE
        except OSError as error:
            sys.stderr.write(f"{file}：{error.strerror or error}\n")
            worst = Exit.USAGE
        else:
            old = before.get(new.name)
            zh = "已加上" if old is None else f"已换上（原为 {old.version or '—'}）"
            en = "added" if old is None else f"replaced (was {old.version or '—'})"
            sys.stdout.write(f"{en if settings.lang == 'en' else zh}  {_said(new, settings.lang)}\n")
    return worst


def _remove(names: list[str], settings: Settings) -> Exit:
    worst = Exit.CLEAN
    for name in names:
        there = remove(name)
        zh = f"{name}：已移除" if there else f"{name}：没有加过这个规则包（budgetlint packs list 列出加过的）"
        en = f"{name}: removed" if there else f"{name}: no such pack was added (budgetlint packs list)"
        (sys.stdout if there else sys.stderr).write(f"{en if settings.lang == 'en' else zh}\n")
        worst = worst if there else Exit.USAGE
    return worst


def _list(settings: Settings) -> Exit:
    session = open_session(settings)
    mine = {one.name: one for one in added()}
    for pack in session.packs.packs:
        one = mine.get(pack.manifest.name)
        if one is not None:
            sys.stdout.write(f"{_said(one, settings.lang)}\n")
            continue
        came = f"{pack.source.distribution} {pack.source.version}".strip()
        rules = f"{len(pack.rules)} rules" if settings.lang == "en" else f"{len(pack.rules)} 条规则"
        sys.stdout.write(f"{pack.manifest.name}  {pack.manifest.title}  {rules}  {came}\n")
    return Exit.CLEAN


def _said(one: Added, language: str) -> str:
    version = one.version or ("no version" if language == "en" else "没有写版本")
    rules = f"{one.rules} rules" if language == "en" else f"{one.rules} 条规则"
    return f"{one.name}  {one.title}  {version}  {rules}  {one.file}  SHA-256 {one.checksum}"
