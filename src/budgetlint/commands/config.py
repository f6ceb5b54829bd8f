"""``budgetlint config``: every setting, its value, and where it came from."""

from __future__ import annotations

import argparse
import sys

from budgetlint.config import Settings
from budgetlint.results.report import Exit


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Print the settings a check in this folder would have."""
    for name in Settings.__struct_fields__:
        if name == "origins":
            continue
        value = getattr(settings, name)
        shown = "、".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        sys.stdout.write(f"{name.replace('_', '-')} = {shown}  （{settings.origin(name)}）\n")
    return Exit.CLEAN
