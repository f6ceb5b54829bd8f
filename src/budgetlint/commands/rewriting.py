"""What ``fmt`` and ``translate`` share: rule files through a change of their text, errors named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from budgetlint.language.parser import parse_file
from budgetlint.report import Exit


def rewrite(files: Iterable[str], change: Callable[[str], str], write: bool, language: str) -> Exit:
    """Change rule files; one that holds an error is left as it is and its errors are shown."""
    code = Exit.CLEAN
    for name in files:
        try:
            text = Path(name).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            sys.stderr.write(f"{name}: {error}\n")
            code = Exit.USAGE
            continue
        errors = parse_file(text, name).errors
        if errors:
            sys.stderr.writelines(error.render(language) + "\n" for error in errors)
            code = Exit.USAGE
            continue
        changed = change(text)
        if not write:
            sys.stdout.write(changed)
        elif changed != text:
            Path(name).write_text(changed, encoding="utf-8", newline="\n")
    return code
