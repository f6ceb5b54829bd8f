"""The colours of editors are made from the words of the language, and are in step with them."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_grammar_is_in_step_and_knows_the_words() -> None:
    spec = importlib.util.spec_from_file_location("vscode_grammar", ROOT / "tools" / "vscode_grammar.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    text = tool.FILE.read_text(encoding="utf-8")
    assert text == tool.grammar()
    patterns = [re.compile(one["match"]) for one in json.loads(text)["patterns"]]
    for word in ("规则", "每一行", "应等于", "each row", "检查"):
        assert any(pattern.fullmatch(word) for pattern in patterns), word
