"""``budgetlint waive``: accept one finding, with a reason and perhaps until a day."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from budgetlint.config import ConfigError, Settings
from budgetlint.results.report import Exit
from budgetlint.results.waivers import Waiver, WaiverError, add_waivers
from budgetlint.results.wording import about


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Write the waiver into the waivers file."""
    try:
        until = date.fromisoformat(options.until) if options.until else None
    except ValueError:
        raise ConfigError("--until", "应为 YYYY-MM-DD", "must be YYYY-MM-DD") from None
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
