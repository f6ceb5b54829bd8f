"""Sort the blocks of a file into headings, prose and sheets, in printed order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from budgetlint.document import Block, ContentsItem, Paragraph, ParagraphBlock
from budgetlint.document.text import squeeze
from budgetlint.normalise.printed.lines import PrintedLine, lines_of
from budgetlint.normalise.structure.headings import Heading, Headings
from budgetlint.normalise.structure.sheets import Claims, Sheet, joined, span
from budgetlint.vocabulary import ReadingWords

Passage: TypeAlias = "Heading | Paragraph | Sheet"

_CLOSED = re.compile(r"[。；;：:！？!?…”\"』」]$")
_CONTINUED = re.compile(r"^[(（]?续(?:上)?表?[)）]?$")


def sort_passages(
    blocks: Sequence[Block], contents: Sequence[ContentsItem], words: ReadingWords
) -> list[Passage]:
    """Return the body's headings, paragraphs and sheets in printed order."""
    known = lines_of(words)
    lines = [
        block for block in blocks if not (isinstance(block, ParagraphBlock) and _noise(known.of(block.text)))
    ]
    claims = Claims(lines, words)
    headings = Headings(lines, claims.claimed, contents, words)
    passages: list[Passage] = []
    index, headed = 0, False
    while index < len(lines):
        block = lines[index]
        line = known.of(block.text) if isinstance(block, ParagraphBlock) else None
        if index in claims.titled and line is not None and _heads_section(line):
            passages.append(Heading(line.number, line.title, line.level or 4, block.place))
        if index in claims.sheets:
            passages.append(claims.sheets[index])
        if index in claims.claimed or line is None or not isinstance(block, ParagraphBlock):
            index += 1
            continue
        if line.part and line.heading:
            title, end = headings.part_title(index)
            said = known.of(title)
            passages.append(Heading(said.number, said.title, 1, span(block, lines[end - 1])))
            index, headed = end, True
            continue
        heading = headings.at(index, block)
        headed = headed or heading is not None
        if heading is not None:
            passages.append(heading)
        elif (begun := headings.run_in(block)) is not None:
            passages += [begun[0], Paragraph(begun[1], block.place)]
            headed = True
        elif passages and isinstance(last := passages[-1], Paragraph) and _cut(last.text, line, headed):
            passages[-1] = joined(last, block)
        else:
            passages.append(Paragraph(block.text, block.place))
        index += 1
    return passages


def _noise(line: PrintedLine) -> bool:
    return line.page_number or bool(_CONTINUED.match(line.squeezed))


def _heads_section(line: PrintedLine) -> bool:
    """True for a numbered title of a table, however long, and for a numbered heading that serves as one."""
    return line.heading or (line.level is not None and line.ends_as_table)


def _cut(text: str, line: PrintedLine, headed: bool) -> bool:
    """True where a sentence broke off and the next line continues it (a cover holds no sentences)."""
    if not headed and not re.search(r"[，,；。]", text):
        return False
    return (
        len(squeeze(text)) >= 20
        and not _CLOSED.search(text.strip())
        and line.level is None
        and not line.text.startswith(("-", "•", "●", "◆", "附"))
        and not re.match(r"^\s*[(（]?\d+[)）、.．](?!\d)", line.text)
    )
