"""Sort the blocks of a file into headings, prose and sheets (the heads, grids and notes of one table)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from budgetlint.document import Block, ContentsItem, GridBlock, Paragraph, ParagraphBlock, Place
from budgetlint.document.text import chinese_number, squeeze
from budgetlint.normalise.lines import (
    bare_part,
    closed,
    ends_as_table,
    head_fields,
    heading_level_of,
    heading_like,
    is_part,
    note_line,
    page_number,
    split_number,
    table_number,
    title_like,
    year_line,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body."""

    number: str
    title: str
    level: int
    place: Place


@dataclass(slots=True)
class Sheet:
    """The printed parts of one table: what stands over it, its grids (none where it is lost), its notes."""

    title: ParagraphBlock | None = None
    number: str | None = None
    heads: list[ParagraphBlock] = field(default_factory=list)
    grids: list[GridBlock] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)


Passage: TypeAlias = "Heading | Paragraph | Sheet"


def sort_passages(blocks: Sequence[Block], contents: Sequence[ContentsItem]) -> list[Passage]:
    """Return the body's headings, paragraphs and sheets in printed order."""
    return _Sorter([block for block in blocks if not _noise(block)], contents).passages()


def _noise(block: Block) -> bool:
    return isinstance(block, ParagraphBlock) and page_number(block.text)


class _Sorter:
    """Claims lines for sheets first (grids tell where tables are), then reads what is left as headings and prose."""

    def __init__(self, blocks: list[Block], contents: Sequence[ContentsItem]) -> None:
        self.blocks = blocks
        self.announced = {_unbracketed(item.title): item for item in contents if len(item.title) >= 2}
        levels = {item.level for item in contents}
        self.part = 0
        self.numbered_parts = 2 in levels and 1 not in levels
        self.claimed: set[int] = set()
        self.sheets: dict[int, Sheet] = {}
        self.titled: dict[int, Sheet] = {}

    def passages(self) -> list[Passage]:
        self._claim_grids()
        self._claim_lost()
        self._claim_notes()
        return self._read()

    # -- sheets ------------------------------------------------------------------------------------------------

    def _claim_grids(self) -> None:
        last: Sheet | None = None
        for index, block in enumerate(self.blocks):
            if not isinstance(block, GridBlock):
                last = last if index in self.claimed else None
                continue
            sheet = Sheet()
            anchor = self._claim_heads(index, sheet)
            if last is not None and sheet.title is None and not sheet.number:
                last.grids.append(block)
                last.heads += sheet.heads
                self.claimed.add(index)
                continue
            sheet.grids.append(block)
            self.sheets[anchor] = last = sheet
            self.claimed.add(index)

    def _claim_heads(self, grid: int, sheet: Sheet) -> int:
        """Claim the lines over a grid, nearest first; return the index of the topmost."""
        top = grid
        for index in range(grid - 1, -1, -1):
            block = self.blocks[index]
            if not isinstance(block, ParagraphBlock) or index in self.claimed:
                break
            if (number := table_number(block.text)) and not sheet.number:
                sheet.number = number
            elif sheet.title is None and (head_fields(block.text) or year_line(block.text)):
                sheet.heads.insert(0, block)
            elif sheet.title is None and self._titles(index):
                sheet.title = block
                self.titled[index] = sheet
            else:
                break
            self.claimed.add(index)
            top = index
        return top

    def _titles(self, index: int) -> bool:
        block = self.blocks[index]
        assert isinstance(block, ParagraphBlock)
        if not title_like(block.text):
            return False
        if is_part(block.text):
            return ends_as_table(block.text)
        before = self.blocks[index - 1] if index else None
        if ends_as_table(block.text) or block.after_gap or not isinstance(before, ParagraphBlock):
            return True
        open_end = len(squeeze(before.text)) > 25 and not closed(before.text)
        return not (open_end and len(squeeze(block.text)) < 15)

    def _claim_lost(self) -> None:
        """Find titles with head lines but no grid: tables that were lost on the way."""
        above = sum(1 for sheet in self.sheets.values() if sheet.number and self._number_above(sheet))
        below = sum(1 for sheet in self.sheets.values() if sheet.number) - above
        for index, block in enumerate(self.blocks):
            if index in self.claimed or not isinstance(block, ParagraphBlock):
                continue
            if not (title_like(block.text) and ends_as_table(block.text)):
                continue
            sheet = Sheet(block)
            first = index
            if above > below and index and (number := self._free_number(index - 1)):
                sheet.number, first = number, index - 1
            rest = index + 1
            while rest < len(self.blocks) and rest not in self.claimed:
                line = self.blocks[rest]
                if not isinstance(line, ParagraphBlock):
                    break
                if (number := table_number(line.text)) and not sheet.number and above <= below:
                    sheet.number = number
                elif head_fields(line.text) or year_line(line.text):
                    sheet.heads.append(line)
                else:
                    break
                rest += 1
            if sheet.number or sheet.heads or self._note_at(rest):
                self.claimed.update(range(first, rest))
                self.sheets[first] = sheet
                self.titled[index] = sheet

    def _number_above(self, sheet: Sheet) -> bool:
        title = sheet.title
        return title is not None and any(
            title is block and index and self._is_number(index - 1) for index, block in enumerate(self.blocks)
        )

    def _is_number(self, index: int) -> bool:
        block = self.blocks[index]
        return isinstance(block, ParagraphBlock) and table_number(block.text) is not None

    def _free_number(self, index: int) -> str | None:
        block = self.blocks[index]
        free = isinstance(block, ParagraphBlock) and index not in self.claimed
        return table_number(block.text) if free and isinstance(block, ParagraphBlock) else None

    def _note_at(self, index: int) -> bool:
        block = self.blocks[index] if index < len(self.blocks) else None
        return isinstance(block, ParagraphBlock) and note_line(block.text)

    def _claim_notes(self) -> None:
        sheet: Sheet | None = None
        for index, block in enumerate(self.blocks):
            if index in self.sheets:
                sheet = self.sheets[index]
            if index in self.claimed:
                continue
            if sheet is None or not isinstance(block, ParagraphBlock):
                sheet = None
            elif note_line(block.text) or (
                _EMPTY.search(squeeze(block.text))
                and len(squeeze(block.text)) <= 80
                and heading_level_of(block.text) is None
            ):
                sheet.notes.append(Paragraph(block.text, block.place))
                self.claimed.add(index)
            elif sheet.notes and _continues_note(sheet.notes[-1].text, block.text):
                sheet.notes[-1] = _joined(sheet.notes[-1], block)
                self.claimed.add(index)
            else:
                sheet = None

    # -- headings and prose ------------------------------------------------------------------------------------

    def _read(self) -> list[Passage]:
        passages: list[Passage] = []
        index = 0
        while index < len(self.blocks):
            block = self.blocks[index]
            if index in self.titled and isinstance(block, ParagraphBlock) and _heads_section(block.text):
                number, title = split_number(block.text)
                passages.append(Heading(number, title, heading_level_of(block.text) or 4, block.place))
            if index in self.sheets:
                passages.append(self.sheets[index])
            if index in self.claimed or not isinstance(block, ParagraphBlock):
                index += 1
                continue
            index = self._read_line(index, block, passages)
        return passages

    def _read_line(self, index: int, block: ParagraphBlock, passages: list[Passage]) -> int:
        if is_part(block.text) and heading_like(block.text):
            words, end = self._part_title(index)
            number, title = split_number(words)
            passages.append(Heading(number, title, 1, _span(block, self.blocks[end - 1])))
            return end
        heading = self._heading(index, block)
        if heading:
            passages.append(heading)
        elif passages and isinstance(last := passages[-1], Paragraph) and _cut(last.text, block, passages):
            passages[-1] = _joined(last, block)
        else:
            passages.append(Paragraph(block.text, block.place))
        return index + 1

    def _part_title(self, index: int) -> tuple[str, int]:
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

    def _heading(self, index: int, block: ParagraphBlock) -> Heading | None:
        text = block.text
        level = heading_level_of(text)
        number, title = split_number(text)
        if level is not None and self._item_like(index, level) and self._in_company(index, level):
            return Heading(number, title, 3 if self._nested(number, title, level) else level, block.place)
        if level is None and len(squeeze(text)) <= 60 and not closed(text):
            item = self._announced(text)
            if item is not None:
                return Heading(item.number, title, item.level, block.place)
            if block.level is not None and index:
                return Heading("", title, block.level, block.place)
        return None

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
        if level >= 4 and block.level is None:
            return False
        return not closed(block.text) or self._has_content(index, level)

    def _in_company(self, index: int, level: int) -> bool:
        """False for a line whose neighbours in the same numbered series are all sentences: an item of a list."""
        neighbours = [n for step in (-1, 1) if (n := self._sibling(index, level, step)) is not None]
        return not neighbours or any(self._item_like(n, level) for n in neighbours)

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


_EMPTY = re.compile(
    r"空表|无数据|(?:没有|未安排|无)[^。]{0,30}(?:支出|收入|预算|拨款|资金|数据)|无此项|不涉及"
)
_BODY_END = re.compile(r"[。；;：:！？!?…”\"』」]$")


def _heads_section(text: str) -> bool:
    """True for a numbered title of a table, however long, and for a numbered heading that serves as one."""
    return heading_like(text) or (heading_level_of(text) is not None and ends_as_table(text))


def _cut(text: str, block: ParagraphBlock, before: Sequence[Passage]) -> bool:
    """True where a sentence broke off and the next block continues it (a cover holds no sentences)."""
    if not re.search(r"[，,；。]", text) and not any(isinstance(passage, Heading) for passage in before):
        return False
    return (
        len(squeeze(text)) >= 20
        and not _BODY_END.search(text.strip())
        and heading_level_of(block.text) is None
        and not block.text.startswith(("-", "•", "●", "◆", "附"))
        and not re.match(r"^\s*[(（]?\d+[)）、.．](?!\d)", block.text)
    )


def _continues_note(note: str, text: str) -> bool:
    listed = re.match(r"^\s*(\d)[.、．](?!\d)", text)
    if listed:
        return f"{int(listed[1]) - 1}." in squeeze(note).replace("、", ".") or bool(
            re.match(r"^\S{1,3}[:：]$", note.strip())
        )
    return (
        not _BODY_END.search(note.strip())
        and heading_level_of(text) is None
        and not (title_like(text) and ends_as_table(text))
    )


def _joined(paragraph: Paragraph, block: ParagraphBlock) -> Paragraph:
    return replace(paragraph, text=paragraph.text + block.text, place=_span(paragraph, block))


def _span(first: Paragraph | ParagraphBlock, last: Block | Paragraph) -> Place:
    return first.place.within(end_line=last.place.end_line or first.place.end_line)
