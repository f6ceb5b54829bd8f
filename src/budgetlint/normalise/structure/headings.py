"""Tell headings from list items, sentences and table titles: by numbering, company, contents list and style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from budgetlint.document import Block, ContentsItem, ParagraphBlock, Place
from budgetlint.document.text import chinese_number, squeeze
from budgetlint.normalise.printed.lines import (
    bare_part,
    closed,
    heading_level_of,
    heading_like,
    split_number,
    title_like,
)

#: How headings of an explanation end, whatever they are about.
_TOPIC = re.compile(r"(?:情况|说明|职责|职能|设置|构成|组成|概况|解释|原因)$")
#: A heading and the text it heads in one paragraph: 一、收支总体情况。2024年…
_RUN_IN = re.compile(r"^([^。：:；;，,]{2,45})[。：:](?=.{8})", re.DOTALL)


class Heading(Struct, frozen=True):
    """A heading of the body."""

    number: str
    title: str
    level: int
    place: Place


class Headings:
    """Decides for each line that no table claimed whether it is a heading."""

    def __init__(
        self, blocks: Sequence[Block], claimed: AbstractSet[int], contents: Sequence[ContentsItem]
    ) -> None:
        self.blocks = blocks
        self.claimed = claimed
        self.announced = {_unbracketed(item.title): item for item in contents if len(item.title) >= 2}
        levels = {item.level for item in contents}
        self.numbered_parts = 2 in levels and 1 not in levels
        self.part = 0

    def part_title(self, index: int) -> tuple[str, int]:
        """Return the words of a part's heading, which may run over two more lines, and the index after them."""
        block = self.blocks[index]
        assert isinstance(block, ParagraphBlock)
        words, end = block.text, index + 1
        bare = bare_part(words)
        while end < len(self.blocks) and end not in self.claimed and end <= index + 2:
            line = self.blocks[end]
            if not isinstance(line, ParagraphBlock) or heading_like(line.text) or not title_like(line.text):
                break
            if (
                squeeze(line.text) in squeeze(words)
                or not (bare or len(squeeze(line.text)) <= 4)
                or len(squeeze(line.text)) > 45
            ):
                break
            words = f"{words} {line.text}" if bare and end == index + 1 else words + line.text
            end += 1
        return words, end

    def at(self, index: int, block: ParagraphBlock) -> Heading | None:
        """Return the heading that a line is, None for prose."""
        text = block.text
        level = heading_level_of(text)
        number, title = split_number(text)
        if level is not None and self._item_like(index, level) and self._in_company(index, level):
            return Heading(number, title, 3 if self._nested(number, title, level) else level, block.place)
        if level is None and len(squeeze(text)) <= 60 and not closed(text):
            item = self._announced(text)
            if item is not None:
                if item.level == 2:
                    self.part = chinese_number(item.number) or self.part
                return Heading(item.number, title, item.level, block.place)
            if block.level is not None and index:
                return Heading("", title, block.level, block.place)
        return None

    def run_in(self, block: ParagraphBlock) -> tuple[Heading, str] | None:
        """Return the heading that a paragraph begins with and the text after it (一、收支总体情况。2024年…)."""
        title = self._title_run_in(block)
        if title is None:
            return None
        number, words = split_number(block.text)
        level = heading_level_of(block.text) or 2
        level = 3 if self._nested(number, title, level) else level
        return Heading(number, title, level, block.place), words[len(title) + 1 :].strip()

    def _title_run_in(self, block: Block) -> str | None:
        if not isinstance(block, ParagraphBlock) or heading_level_of(block.text) not in (2, 3):
            return None
        match = _RUN_IN.match(split_number(block.text)[1])
        if match is None or not (_TOPIC.search(squeeze(match[1])) or self._announced(match[1])):
            return None
        return match[1]

    def _nested(self, number: str, title: str, level: int) -> bool:
        """True for 一、 within a part that is itself numbered 六、: not announced, and counted anew."""
        if level != 2 or not self.numbered_parts:
            return False
        value = chinese_number(number) or 0
        if self._announced(title) is not None:
            self.part = value
            return False
        return value <= self.part

    def _item_like(self, index: int, level: int) -> bool:
        """True for a line that may be a heading by its own words; one that ends as a sentence must head something."""
        block = self.blocks[index]
        if not isinstance(block, ParagraphBlock) or not heading_like(block.text):
            return False
        if level >= 4 and block.level is None and not self._topical(index, level):
            return False
        return not closed(block.text) or self._has_content(index, level)

    def _topical(self, index: int, level: int) -> bool:
        """True for 1.收支总体情况 over text: a list of sentences has no such items."""
        block = self.blocks[index]
        if not isinstance(block, ParagraphBlock):
            return False
        title = split_number(block.text)[1]
        topical = _TOPIC.search(squeeze(title)) or self._announced(title) is not None
        return bool(topical) and not closed(title) and self._has_content(index, level)

    def _in_company(self, index: int, level: int) -> bool:
        """False for a line whose neighbours in the same numbered series are all sentences: an item of a list."""
        neighbours = [n for step in (-1, 1) if (n := self._sibling(index, level, step)) is not None]
        return not neighbours or any(
            self._item_like(n, level) or self._title_run_in(self.blocks[n]) for n in neighbours
        )

    def _sibling(self, index: int, level: int, step: int) -> int | None:
        """Return the next line before or after that bears the same kind of numbering, within the same heading."""
        at = index + step
        while 0 <= at < len(self.blocks) and abs(at - index) < 200:
            block = self.blocks[at]
            if isinstance(block, ParagraphBlock) and at not in self.claimed:
                other = heading_level_of(block.text)
                if other == level:
                    return at if self._follows(index, at, step) else None
                if other is not None and other < level and heading_like(block.text):
                    return None
            at += step
        return None

    def _has_content(self, index: int, level: int) -> bool:
        """True where plain text, not the next item of a list, follows a line."""
        after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        if not isinstance(after, ParagraphBlock):
            return after is not None
        follows = heading_level_of(after.text)
        return follows is None or follows > level

    def _follows(self, index: int, other: int, step: int) -> bool:
        """True where two numbered lines bear consecutive numbers."""
        here, there = (_number(self.blocks[at]) for at in (index, other))
        return here is not None and there is not None and there == here + step

    def _announced(self, text: str) -> ContentsItem | None:
        words = _unbracketed(text)
        if words in self.announced:
            return self.announced[words]
        return next(
            (
                item
                for title, item in self.announced.items()
                if len(title) >= 4 and words.endswith(title) and len(words) <= len(title) + 30
            ),
            None,
        )


def _unbracketed(text: str) -> str:
    return re.sub(r"[()]", "", squeeze(text))


def _number(block: Block) -> int | None:
    number = split_number(block.text)[0] if isinstance(block, ParagraphBlock) else ""
    return chinese_number(re.sub(r"[第部分章篇节]", "", number)) if number else None
