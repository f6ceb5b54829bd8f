"""``budgetlint config``: every setting, its value, and where it came from."""

from __future__ import annotations

import argparse
import sys

from budgetlint.config import Settings
from budgetlint.records import fields
from budgetlint.report import Exit


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Print the settings a check in this folder would have."""
    for setting in fields(Settings):
        if setting.name == "origins":
            continue
        value = getattr(settings, setting.name)
        shown = "、".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        sys.stdout.write(f"{setting.name.replace('_', '-')} = {shown}  （{settings.origin(setting.name)}）\n")
    return Exit.CLEAN
