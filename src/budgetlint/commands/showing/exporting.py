"""``budgetlint rules --export``: rules as a workbook, one row a rule, or as a rule file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from budgetlint.config import ConfigError
from budgetlint.disk import written
from budgetlint.language.keywords import Tongue
from budgetlint.language.printer import print_rule
from budgetlint.language.rows import COLUMNS, row_of
from budgetlint.language.scanner import comments_of, split_rules
from budgetlint.language.syntax import Rule
from budgetlint.packs.compile import rule_text
from budgetlint.reporters.extra import needed
from budgetlint.said import Said


def export(rules: Sequence[Rule], file: str, to: Tongue) -> None:
    """Write rules into a file: a workbook (.xlsx) or rule text (.rule).

    Raises:
        ConfigError: the file is neither.
        OSError: it cannot be written.
    """
    suffix = Path(file).suffix.lower()
    if suffix == ".xlsx":
        with written(file, binary=True) as stream:
            _workbook(stream, rules, to)
    elif suffix == ".rule":
        with written(file) as stream:
            stream.write("\n".join(_with_comment(rule, comment, to) for rule, comment in _commented(rules)))
    else:
        raise ConfigError(
            "--export", Said("文件名应以 .xlsx 或 .rule 结尾", "the file must end in .xlsx or .rule")
        )


def _workbook(stream: BinaryIO, rules: Sequence[Rule], to: Tongue) -> None:
    book = needed("xlsxwriter", "office").Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("规则" if to == "zh" else "rules")
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8ECF2"})
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    for at, column in enumerate(COLUMNS):
        sheet.write_string(0, at, column.en if to == "en" else column.zh, head)
        sheet.set_column(at, at, column.wide, body)
    for number, (rule, comment) in enumerate(_commented(rules), 1):
        cells: dict[str, Any] = row_of(rule, to, comment)
        for at, column in enumerate(COLUMNS):
            sheet.write_string(number, at, cells.get(column.key, ""), body)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rules), 1), len(COLUMNS) - 1)
    book.close()


def _with_comment(rule: Rule, comment: str, to: Tongue) -> str:
    lines = [f"# {line}\n" for line in comment.splitlines()]
    return "".join(lines) + print_rule(rule, to)


def _commented(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str]]:
    """Yield rules with the comments that stand in their own text."""
    files: dict[str, dict[int, str]] = {}
    for rule in rules:
        if rule.span.file not in files:
            files[rule.span.file] = _comments(Path(rule.span.file))
        yield rule, files[rule.span.file].get(rule.span.line, "")


def _comments(file: Path) -> dict[int, str]:
    """Return the comments of a rule file by the line of the rule they stand in or over."""
    try:
        text = rule_text(file.read_bytes()) if file.suffix == ".rule" else None
    except OSError:
        text = None
    if text is None:
        return {}
    chunks, _ = split_rules(text, str(file))
    found: dict[int, str] = {}
    over = (
        [words for _, words, _ in comments_of(text.split("\n规则", 1)[0])]
        if chunks and chunks[0].line > 1
        else []
    )
    for chunk in chunks:
        ended = chunk.text.rstrip().rfind("\n结束")
        inside: list[str] = []
        after: list[str] = []
        for line, words, _ in comments_of(chunk.text):
            below = ended >= 0 and line > chunk.text.count("\n", 0, ended + 1)
            (after if below else inside).append(words)
        found[chunk.line] = "\n".join(words.lstrip("#＃ ").rstrip() for words in [*over, *inside])
        over = after
    return found
