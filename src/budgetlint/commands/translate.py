"""``budgetlint translate``: print rule files with the keywords of the other language."""

from __future__ import annotations

import argparse

from budgetlint.commands.rewriting import rewrite
from budgetlint.config import Settings
from budgetlint.results.report import Exit


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Translate ``options.files`` to ``options.to``, to the screen or back into them."""
    from budgetlint.language.translate import translate_text

    return rewrite(options.files, lambda text: translate_text(text, options.to), options.write, settings.lang)
