"""Writes the colours of rule files for editors (TextMate grammar) from grammar/keywords.toml.

Run it after a word of the language was added: ``uv run python tools/vscode_grammar.py``; a test holds the file in step.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from budgetlint.language.keywords import keywords

FILE = Path(__file__).parents[1] / "editors" / "vscode" / "syntaxes" / "budgetlint.tmLanguage.json"


def grammar() -> str:
    """Return the grammar as JSON."""
    words = [word for word in keywords().words.values() if not word.unit and not word.numbered]
    numbered = [form for word in keywords().words.values() if word.numbered for form in (*word.zh, *word.en)]
    units = [word for word in keywords().words.values() if word.unit]
    chinese = sorted({form for word in words for form in word.zh}, key=lambda form: (-len(form), form))
    english = sorted({form for word in words for form in word.en}, key=lambda form: (-len(form), form))
    counted = sorted({form for word in units for form in word.forms}, key=lambda form: (-len(form), form))
    end = r"(?![\w·\u4e00-\u9fff])"
    patterns = [
        {"name": "comment.line.number-sign.budgetlint", "match": "[#＃].*$"},
        {"name": "string.quoted.double.budgetlint", "match": '“[^”]*”|"[^"]*"'},
        {"name": "string.other.citation.budgetlint", "match": "《[^》]*》"},
        {"name": "entity.name.tag.budgetlint", "match": r"[|｜].*$"},
        {"name": "entity.name.function.budgetlint", "match": r"\b[A-Z]{2,4}[0-9]{3}\b"},
        {
            "name": "constant.numeric.budgetlint",
            "match": rf"[0-9０-９][0-9０-９,，.．]*\s*({_either(counted)})?",
        },
        {"name": "variable.other.budgetlint", "match": "【[^】]*】|「[^」]*」"},
        {
            "name": "keyword.control.budgetlint",
            "match": rf"(?:(?:应当|应|须)\s*)?(?:{_either(chinese)}){end}",
        },
        {"name": "keyword.control.budgetlint", "match": rf"(?i)\b(?:{_either(english)})\b"},
        {"name": "keyword.control.budgetlint", "match": rf"(?i)(?:{_either(numbered)})(?=\s*[0-9０-９])"},
    ]
    made = {
        "name": "budgetlint",
        "scopeName": "source.budgetlint",
        "fileTypes": ["rule"],
        "patterns": patterns,
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _either(forms: list[str]) -> str:
    return "|".join(re.escape(form).replace("\\ ", r"\s+") for form in forms)


if __name__ == "__main__":
    FILE.write_text(grammar(), encoding="utf-8")
