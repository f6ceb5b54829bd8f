"""``budgetlint waive``, ``unwaive``: accept one finding, with a reason and perhaps until a day; take that back."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from budgetlint.config import ConfigError, Settings
from budgetlint.results.report import Exit
from budgetlint.results.waivers import Waiver, WaiverError, add_waivers, read_waivers, remove_waivers
from budgetlint.results.wording import about
from budgetlint.said import Said


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Write the waiver into the waivers file, or take waivers out of it."""
    if options.command == "unwaive":
        return _removed(settings, options.fingerprints)
    if options.prune:
        return _pruned(settings)
    if options.fingerprint is None or options.because is None:
        raise ConfigError(
            "waive",
            Said(
                "写明报告中的标识和理由：waive 标识 --because 理由；只清理到期的：waive --prune",
                "name the fingerprint and the reason: waive FINGERPRINT --because TEXT; or waive --prune",
            ),
        )
    try:
        until = date.fromisoformat(options.until) if options.until else None
    except ValueError:
        raise ConfigError("--until", Said("应为 YYYY-MM-DD", "must be YYYY-MM-DD")) from None
    return write([Waiver(options.fingerprint, options.because, until)], settings)


def write(waivers: list[Waiver], settings: Settings) -> Exit:
    """Put waivers into the settings' file and say how many."""
    try:
        added, renewed = add_waivers(Path(settings.waivers), waivers, date.today())
    except WaiverError as error:
        sys.stderr.write(f"{about(error.file, error.message(settings.lang), settings.lang)}\n")
        return Exit.USAGE
    if settings.lang == "en":
        sys.stdout.write(f"{settings.waivers}: {added} waivers added, {renewed} renewed\n")
    else:
        sys.stdout.write(f"{settings.waivers} 增加 {added} 条豁免，更新 {renewed} 条\n")
    return Exit.CLEAN


def _pruned(settings: Settings) -> Exit:
    """Take the waivers whose last day has passed out of the file."""
    try:
        entries = read_waivers(Path(settings.waivers)).entries
    except WaiverError as error:
        return _refused(error, settings)
    today = date.today()
    return _removed(settings, [waiver.fingerprint for waiver in entries if waiver.expired(today)], prune=True)


def _removed(settings: Settings, fingerprints: list[str], prune: bool = False) -> Exit:
    """Take waivers out of the file and say how many; one that is not there is an error unless pruning."""
    try:
        known = {waiver.fingerprint for waiver in read_waivers(Path(settings.waivers)).entries}
        missing = [name for name in fingerprints if name not in known]
        if missing:
            names = "、".join(missing)
            raise WaiverError(
                settings.waivers,
                Said(
                    f"没有这样的豁免，文件保持原样：{names}",
                    f"no such waiver, the file is as it was: {', '.join(missing)}",
                ),
            )
        count = remove_waivers(Path(settings.waivers), fingerprints)
    except WaiverError as error:
        return _refused(error, settings)
    zh = f"{settings.waivers} 去掉 {count} 条{'到期的' if prune else ''}豁免\n"
    en = f"{settings.waivers}: {count} {'expired ' if prune else ''}waivers removed\n"
    sys.stdout.write(en if settings.lang == "en" else zh)
    return Exit.CLEAN


def _refused(error: WaiverError, settings: Settings) -> Exit:
    sys.stderr.write(f"{about(error.file, error.message(settings.lang), settings.lang)}\n")
    return Exit.USAGE
