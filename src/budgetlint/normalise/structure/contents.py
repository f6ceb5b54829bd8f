"""Set the printed table of contents apart from the body it announces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetlint.document import Block, ContentsItem, GridBlock, ParagraphBlock
from budgetlint.document.text import squeeze
from budgetlint.normalise.printed.lines import Lines

_HEAD = re.compile(r"^目录:?$")
_LEADER = re.compile(
    r"[\s.．·•…‥⋯_—-]{2,}\s*[（(]?\d{0,4}[)）]?\s*$|[…·]{2,}.*$|\s+\d{1,4}\s*$|\t\d{1,4}\s*$"
)
_BRACKETS = re.compile("[()（）]")
_SENTENCE = re.compile(r"[。；;！!？?]")
_BULLET = re.compile(r"^\s*[-–—•·●○■□◆▪*]\s+")
#: So many numbered entries make a list of which a line without a number is none.
_FEWEST = 3
#: An entry longer than this may go on in the next line.
_LONG = 24


def separate(
    blocks: Sequence[Block], known: Lines
) -> tuple[tuple[Block, ...], tuple[ContentsItem, ...], int]:
    """Take the table of contents out of the blocks, whose printed lines ``known`` tells.

    Returns the blocks without it, its items, and the index in those blocks where it stood (0 where there is none).
    """
    start = next((i for i, block in enumerate(blocks) if _is_head(block)), None)
    if start is None:
        return tuple(blocks), (), 0
    entries: list[tuple[str, ParagraphBlock | GridBlock]] = []
    index = start + 1
    while index < len(blocks):
        block = blocks[index]
        texts = _entry_texts(block)
        if not texts or (entries and _begins_body(texts[0], block, entries, known)):
            break
        if _opens_text(blocks, index, entries, known):
            break
        entries += [(text, block) for text in texts]
        index += 1
    if len(entries) < 2:
        return tuple(blocks), (), 0
    return (*blocks[:start], *blocks[index:]), tuple(_items(entries, known)), start


def _is_head(block: Block) -> bool:
    return isinstance(block, ParagraphBlock) and bool(_HEAD.match(squeeze(block.text)))


def _entry_texts(block: Block) -> list[str]:
    """Return the entries a block may print, [] where it cannot be part of a table of contents."""
    if isinstance(block, ParagraphBlock):
        text = _BULLET.sub("", block.text)
        return [text] if len(squeeze(_LEADER.sub("", text))) <= 80 and not _SENTENCE.search(text) else []
    texts = []
    for row in block.rows:
        cells = [cell.text.strip() for cell in row if cell.text.strip()]
        if (
            not cells
            or len(cells) > 2
            or (len(cells) == 2 and not re.fullmatch(r"[-—\s]*\d{1,4}[-—\s]*", cells[1]))
        ):
            return []
        texts.append(cells[0])
    return texts


def _begins_body(text: str, block: Block, entries: Sequence[tuple[str, Block]], known: Lines) -> bool:
    """True where a line repeats the first entry (by words or by numbering), or the leaders have ended.

    A date or the like may stand before the first numbered entry; the body may say its heading with the department's
    name for a number: 某局（部门）主要职能 for 一、部门主要职能.
    """
    numbered = next((entry for entry, _ in entries if known.of(entry).number), entries[0][0])
    for first in dict.fromkeys((entries[0][0], numbered)):
        if squeeze(_LEADER.sub("", text)) == squeeze(_LEADER.sub("", first)):
            return True
        number = known.of(first).number
        if number and known.of(text).number == number and known.of(text).level == known.of(first).level:
            return True
    number, title = known.of(numbered).number, _unbracketed(known.of(numbered).title)
    if number and len(title) >= 4 and not known.of(text).number and _unbracketed(text).endswith(title):
        return True
    led = sum(bool(_LEADER.search(entry)) for entry, _ in entries)
    return led == len(entries) >= 2 and not _LEADER.search(text) and isinstance(block, ParagraphBlock)


def _opens_text(
    blocks: Sequence[Block], index: int, entries: Sequence[tuple[str, Block]], known: Lines
) -> bool:
    """True for a line without a number after numbered entries, under which sentences begin: no entry is followed by any.

    A long entry may go on in the line below it.
    """
    block = blocks[index]
    if len(entries) < _FEWEST or not isinstance(block, ParagraphBlock) or known.of(block.text).number:
        return False
    if not all(known.of(entry).number for entry, _ in entries) or len(squeeze(entries[-1][0])) > _LONG:
        return False
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    said = squeeze(below.text) if isinstance(below, ParagraphBlock) else ""
    return bool(_SENTENCE.search(said)) or said.endswith((":", "："))


def _unbracketed(text: str) -> str:
    return _BRACKETS.sub("", squeeze(_LEADER.sub("", text)))


def _items(entries: Sequence[tuple[str, Block]], known: Lines) -> list[ContentsItem]:
    items: list[ContentsItem] = []
    for text, block in entries:
        words = _LEADER.sub("", text).strip()
        line = known.of(words)
        if (
            items
            and line.level is None
            and ((known.of(items[-1].number).bare_part and not items[-1].title) or len(words) <= 4)
        ):
            last = items.pop()
            items.append(ContentsItem(last.number, last.title + words, last.level, last.place))
            continue
        if words:
            items.append(ContentsItem(line.number, line.title, line.level or 1, block.place))
    return items
