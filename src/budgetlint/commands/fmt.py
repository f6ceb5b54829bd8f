"""``budgetlint fmt``: print rule files in their usual form."""

from __future__ import annotations

import argparse

from budgetlint.commands.rewriting import rewrite
from budgetlint.config import Settings
from budgetlint.results.report import Exit


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Format ``options.files``, to the screen or back into them."""
    from budgetlint.language.translate import format_text

    return rewrite(options.files, format_text, options.write, settings.lang, options.only)
