#!/usr/bin/env bash
# Lark's strict mode compares terminals through interegular, which takes \w and \d for ASCII.
#
# versions   lark 1.3.1, interegular 0.3.3
# one would guess   Lark(..., strict=True) refuses a grammar in which two terminals of one priority match the same text:
#                   /\w+/ and /[一-龥]+/ both match 合计, as Python's re says
# seen       it is accepted; /\w+/ against /[a-z]+/ is refused. Collisions of Chinese words go unseen.
# exit       0 while it is as seen, 1 when that changes
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q lark==1.3.1 interegular==0.3.3
"$folder/venv/bin/python" - <<'PYTHON'
import re
import sys

from lark import Lark
from lark.exceptions import LexError


def accepted(other: str) -> bool:
    try:
        Lark(f"start: A | B\nA: /\\w+/\nB: /{other}/\n", parser="lalr", lexer="basic", strict=True)
        return True
    except LexError:
        return False


both = all(re.fullmatch(pattern, "合计") for pattern in (r"\w+", "[一-龥]+"))
chinese, ascii_ = accepted("[一-龥]+"), accepted("[a-z]+")
print(f"re: both match 合计: {both}; strict accepts the Chinese pair: {chinese}, the ASCII pair: {ascii_}")
sys.exit(0 if both and chinese and not ascii_ else 1)
PYTHON
