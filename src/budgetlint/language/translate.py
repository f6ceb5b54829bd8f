"""Lays out whole rule files anew, in their own vocabulary or the other one; names, strings and comments stay."""

from __future__ import annotations

import re

from budgetlint.language.keywords import Tongue
from budgetlint.language.parser import parse_file
from budgetlint.language.printer import rule_lines
from budgetlint.language.scanner import comments_of, split_rules
from budgetlint.language.syntax import Rule

_CHINESE = re.compile(r"\s*[\ufeff\u3000]*规")


def format_text(text: str) -> str:
    """Return a rule file laid out anew, each rule in its own vocabulary; one that cannot be read stays as it is."""
    return _relaid(text, None)


def translate_text(text: str, to: Tongue) -> str:
    """Return a rule file with the keywords of a language; a rule that cannot be read stays as it is."""
    return _relaid(text, to)


def _relaid(text: str, to: Tongue | None) -> str:
    chunks, _ = split_rules(text, "")
    rules = {rule.span.line: rule for rule in parse_file(text, "").rules}
    first = chunks[0].line if chunks else len(text.split("\n")) + 1
    pieces = ["\n".join(text.split("\n")[: first - 1]).rstrip("\n")]
    for chunk in chunks:
        rule = rules.get(chunk.line)
        if rule is None:
            pieces.append(chunk.text.rstrip())
            continue
        own: Tongue = "zh" if _CHINESE.match(chunk.text) else "en"
        pieces.append(_reprinted(rule, chunk.text, to or own, text))
    return "\n\n".join(piece for piece in pieces if piece).rstrip("\n") + "\n"


def _reprinted(rule: Rule, chunk: str, to: Tongue, source: str) -> str:
    """Print one rule with its comments: each before the clause it stood before, or at the end of the line it ended."""
    lines = rule_lines(rule, to, source)
    pending = [(rule.span.line + line, text, alone) for line, text, alone in comments_of(chunk)]
    printed: list[str] = []
    for number, (line, text) in enumerate(lines):
        while pending and pending[0][2] and pending[0][0] < line:
            printed.append(f"  {pending.pop(0)[1]}")
        behind = lines[number + 1][0] if number + 1 < len(lines) else rule.span.end_line + 1
        if pending and not pending[0][2] and pending[0][0] < max(behind, line + 1) and "|" not in text:
            text = f"{text}  {pending.pop(0)[1]}"
        printed.append(text)
    printed += [text for _, text, _ in pending]
    return "\n".join(printed)
