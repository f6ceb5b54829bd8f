"""Sort the blocks of a file into headings, prose and sheets, in printed order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from budgetlint.document import Block, ContentsItem, Paragraph, ParagraphBlock
from budgetlint.document.text import squeeze
from budgetlint.normalise.printed.lines import (
    ends_as_table,
    heading_level_of,
    heading_like,
    is_part,
    page_number,
    split_number,
)
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
    lines = [block for block in blocks if not _noise(block)]
    claims = Claims(lines, words)
    headings = Headings(lines, claims.claimed, contents)
    passages: list[Passage] = []
    index, headed = 0, False
    while index < len(lines):
        block = lines[index]
        if index in claims.titled and isinstance(block, ParagraphBlock) and _heads_section(block.text):
            number, title = split_number(block.text)
            passages.append(Heading(number, title, heading_level_of(block.text) or 4, block.place))
        if index in claims.sheets:
            passages.append(claims.sheets[index])
        if index in claims.claimed or not isinstance(block, ParagraphBlock):
            index += 1
            continue
        if is_part(block.text) and heading_like(block.text):
            said, end = headings.part_title(index)
            number, title = split_number(said)
            passages.append(Heading(number, title, 1, span(block, lines[end - 1])))
            index, headed = end, True
            continue
        heading = headings.at(index, block)
        headed = headed or heading is not None
        if heading is not None:
            passages.append(heading)
        elif (begun := headings.run_in(block)) is not None:
            passages += [begun[0], Paragraph(begun[1], block.place)]
            headed = True
        elif passages and isinstance(last := passages[-1], Paragraph) and _cut(last.text, block, headed):
            passages[-1] = joined(last, block)
        else:
            passages.append(Paragraph(block.text, block.place))
        index += 1
    return passages


def _noise(block: Block) -> bool:
    return isinstance(block, ParagraphBlock) and (
        page_number(block.text) or bool(_CONTINUED.match(squeeze(block.text)))
    )


def _heads_section(text: str) -> bool:
    """True for a numbered title of a table, however long, and for a numbered heading that serves as one."""
    return heading_like(text) or (heading_level_of(text) is not None and ends_as_table(text))


def _cut(text: str, block: ParagraphBlock, headed: bool) -> bool:
    """True where a sentence broke off and the next block continues it (a cover holds no sentences)."""
    if not headed and not re.search(r"[，,；。]", text):
        return False
    return (
        len(squeeze(text)) >= 20
        and not _CLOSED.search(text.strip())
        and heading_level_of(block.text) is None
        and not block.text.startswith(("-", "•", "●", "◆", "附"))
        and not re.match(r"^\s*[(（]?\d+[)）、.．](?!\d)", block.text)
    )
