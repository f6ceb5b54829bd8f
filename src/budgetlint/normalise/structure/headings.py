"""Tell headings from list items, sentences and table titles: by numbering, company, contents list and style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from budgetlint.document import Block, ContentsItem, ParagraphBlock, Place
from budgetlint.document.text import chinese_number, squeeze
from budgetlint.normalise.printed.lines import PrintedLine, lines_of
from budgetlint.vocabulary import ReadingWords

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
        self,
        blocks: Sequence[Block],
        claimed: AbstractSet[int],
        contents: Sequence[ContentsItem],
        words: ReadingWords,
    ) -> None:
        self.blocks = blocks
        self.lines = lines_of(words)
        #: How headings of an explanation end, whatever they are about.
        self.topic = re.compile(f"{words.any_of('标题/说明的结尾')}$")
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
        bare = self.lines.of(words).bare_part
        while end < len(self.blocks) and end not in self.claimed and end <= index + 2:
            block = self.blocks[end]
            line = self.lines.of(block.text) if isinstance(block, ParagraphBlock) else None
            if line is None or line.heading or not line.title_like:
                break
            short = len(line.squeezed) <= (45 if bare else 4)
            if line.squeezed in squeeze(words) or not short:
                break
            words = f"{words} {line.text}" if bare and end == index + 1 else words + line.text
            end += 1
        return words, end

    def at(self, index: int, block: ParagraphBlock) -> Heading | None:
        """Return the heading that a line is, None for prose."""
        line = self.lines.of(block.text)
        number, title, level = line.number, line.title, line.level
        if level is not None and self._item_like(index, level) and self._in_company(index, level):
            return Heading(number, title, 3 if self._nested(number, title, level) else level, block.place)
        if level is None and len(line.squeezed) <= 60 and not line.closed:
            item = self._announced(block.text)
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
        line = self.lines.of(block.text)
        level = 3 if self._nested(line.number, title, line.level or 2) else line.level or 2
        return Heading(line.number, title, level, block.place), line.title[len(title) + 1 :].strip()

    def _title_run_in(self, block: Block) -> str | None:
        line = self._line(block)
        match = _RUN_IN.match(line.title) if line and line.level in (2, 3) else None
        if match is None or not (self.topic.search(squeeze(match[1])) or self._announced(match[1])):
            return None
        return match[1]

    def _line(self, block: Block) -> PrintedLine | None:
        return self.lines.of(block.text) if isinstance(block, ParagraphBlock) else None

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
        line = self._line(block)
        if line is None or not line.heading:
            return False
        if level >= 4 and isinstance(block, ParagraphBlock) and block.level is None:
            return self._topical(index, level) and (not line.closed or self._has_content(index, level))
        return not line.closed or self._has_content(index, level)

    def _topical(self, index: int, level: int) -> bool:
        """True for 1.收支总体情况 over text: a list of sentences has no such items."""
        line = self._line(self.blocks[index])
        if line is None:
            return False
        topical = self.topic.search(squeeze(line.title)) or self._announced(line.title) is not None
        return bool(topical) and not self.lines.of(line.title).closed and self._has_content(index, level)

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
            line = self._line(self.blocks[at]) if at not in self.claimed else None
            if line is not None and line.level is not None:
                if line.level == level:
                    return at if self._follows(index, at, step) else None
                if line.level < level and line.heading:
                    return None
            at += step
        return None

    def _has_content(self, index: int, level: int) -> bool:
        """True where plain text, not the next item of a list, follows a line."""
        after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        if not isinstance(after, ParagraphBlock):
            return after is not None
        follows = self.lines.of(after.text).level
        return follows is None or follows > level

    def _follows(self, index: int, other: int, step: int) -> bool:
        """True where two numbered lines bear consecutive numbers."""
        here, there = (self._number(self.blocks[at]) for at in (index, other))
        return here is not None and there is not None and there == here + step

    def _number(self, block: Block) -> int | None:
        line = self._line(block)
        return chinese_number(re.sub(r"[第部分章篇节]", "", line.number)) if line and line.number else None

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
