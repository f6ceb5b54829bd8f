"""What ``fmt`` and ``translate`` share: rule files through a change of their text, errors named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from budgetlint.disk import written
from budgetlint.language.parser import parse_file
from budgetlint.packs.compile import rule_text
from budgetlint.results.report import Exit
from budgetlint.results.wording import about


def rewrite(
    files: Iterable[str], change: Callable[[str], str], write: bool, language: str, only: str | None = None
) -> Exit:
    """Change rule files; one that holds an error is left as it is and its errors are shown.

    Where ``only`` is ``check`` or ``diff`` nothing is changed: files that would be are named (with what would change
    in them), and the exit code is 1 where there are any.
    """
    code = Exit.CLEAN
    for name in files:
        try:
            content = Path(name).read_bytes()
        except OSError as error:
            sys.stderr.write(f"{about(name, _unreadable(error, language), language)}\n")
            code = Exit.USAGE
            continue
        text = rule_text(content)
        if text is None:
            unknown = "the text is in no known encoding" if language == "en" else "文字编码无法识别"
            sys.stderr.write(f"{about(name, unknown, language)}\n")
            code = Exit.USAGE
            continue
        errors = parse_file(text, name).errors
        if errors:
            sys.stderr.writelines(error.render(language) + "\n" for error in errors)
            code = Exit.USAGE
            continue
        changed = change(text)
        if only is not None:
            if changed != text:
                sys.stdout.writelines(_difference(name, text, changed) if only == "diff" else [f"{name}\n"])
                code = code or Exit.FINDINGS
        elif not write:
            sys.stdout.write(changed)
        elif changed != text:
            try:
                with written(name) as stream:
                    stream.write(changed)
            except OSError as error:
                sys.stderr.write(f"{name}：{error.strerror}\n")
                code = Exit.USAGE
    return code


def _difference(name: str, before: str, after: str) -> Iterator[str]:
    from difflib import unified_diff

    yield from unified_diff(before.splitlines(True), after.splitlines(True), name, name)


def _unreadable(error: OSError, language: str) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file" if language == "en" else "文件不存在"
    return f"cannot be read: {error.strerror}" if language == "en" else f"无法读取：{error.strerror}"
