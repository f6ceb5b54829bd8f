#!/usr/bin/env bash
# pygls cuts a document into lines as str.splitlines does, and finds no word of Chinese under the cursor.
#
# versions   pygls 2.1.1, lsprotocol 2025.0.0
# one would guess   TextDocument.lines are the lines of the Language Server Protocol (ended by \n, \r\n or \r only), and
#                   word_at_position gives the word the cursor stands in
# seen       a form feed, which exports of budget texts have at page ends, begins a new line, so that every later
#            position is a line off; the word at a position in 部门支出总表 is ""
# exit       0 while it is as seen, 1 when that changes
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pygls==2.1.1 lsprotocol==2025.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys

from lsprotocol.types import Position
from pygls.workspace import TextDocument

paged = TextDocument("file:///a.txt", source="收入总计\f支出总计\n结余")
word = TextDocument("file:///b.txt", source="部门支出总表 合计").word_at_position(Position(0, 2))
print(f"lines of a text with one line end: {len(paged.lines)} (the protocol: 2); word under the cursor: {word!r}")
sys.exit(0 if len(paged.lines) == 3 and word == "" else 1)
PYTHON
