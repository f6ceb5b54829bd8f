"""``budgetlint waive``: accept one finding, with a reason and perhaps until a day."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from budgetlint.config import ConfigError, Settings
from budgetlint.report import Exit
from budgetlint.waivers import Waiver, WaiverError, add_waivers


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Write the waiver into the waivers file."""
    try:
        until = date.fromisoformat(options.until) if options.until else None
    except ValueError:
        raise ConfigError("--until", "应为 YYYY-MM-DD", "must be YYYY-MM-DD") from None
    return write([Waiver(options.fingerprint, options.because, until)], settings)


def write(waivers: list[Waiver], settings: Settings) -> Exit:
    """Add waivers to the settings' file and say how many."""
    try:
        added = add_waivers(Path(settings.waivers), waivers)
    except WaiverError as error:
        sys.stderr.write(f"{error.file}：{error.message(settings.lang)}\n")
        return Exit.USAGE
    english = f"{added} waivers added to {settings.waivers}\n"
    sys.stdout.write(english if settings.lang == "en" else f"{settings.waivers} 增加 {added} 条豁免\n")
    return Exit.CLEAN
