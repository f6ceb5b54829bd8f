"""Find the printed parts of every table: the lines over it, its grids, its notes; also of tables that were lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.document import Block, GridBlock, Paragraph, ParagraphBlock, Place
from budgetlint.document.text import squeeze
from budgetlint.normalise.printed.cells import firm_figure, total_like
from budgetlint.normalise.printed.lines import PrintedLine, lines_of
from budgetlint.vocabulary import ReadingWords

_OWNER = re.compile(r"^\d{3,12}[-_—]?[^\d\W][^\d:：。，]{3,40}$")
_MARK = re.compile(
    r"^续(?:上)?表[:：]?|[(（]续(?:上)?[表页]?[一二三四五六七八九\d]*[)）]$|续(?:上)?[表页][一二三四五六七八九\d]*$"
)
_BRACKET = re.compile(r"^\([^()]+\)$")
_CLOSED = re.compile(r"[。；;：:！？!?…”\"』」]$")


def _empty_note(words: ReadingWords) -> re.Pattern[str]:
    """Return the search for a line that says without 注： that the table over it is empty."""
    none_of = rf"{words.any_of('空表之下/没有')}[^。]{{0,30}}{words.any_of('空表之下/事项')}"
    return re.compile(f"{words.any_of('空表之下/字样')}|{none_of}")


class Sheet(Struct):
    """The printed parts of one table: what stands over it, its grids (none where it is lost), its notes."""

    title: ParagraphBlock | None = None
    number: str | None = None
    heads: list[ParagraphBlock] = field(default_factory=list)
    grids: list[GridBlock] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)


class Claims:
    """The lines of a file that belong to tables.

    Attributes:
        claimed: indexes of the blocks that stand over, in or under a table.
        sheets: by the index of its topmost block, every sheet.
        titled: by the index of its title, every sheet that has one.
    """

    def __init__(self, blocks: Sequence[Block], words: ReadingWords) -> None:
        self.blocks = blocks
        self.lines = lines_of(words)
        self.empty = words.made(_empty_note)
        self.sets = tuple(map(squeeze, words.group("表题/整套表")))
        self.claimed: set[int] = set()
        self.sheets: dict[int, Sheet] = {}
        self.titled: dict[int, Sheet] = {}
        self._claim_grids()
        self._claim_lost()
        self._claim_notes()

    def _claim_grids(self) -> None:
        """Give every grid the lines over it; a grid without a title of its own continues the sheet before it."""
        last: Sheet | None = None
        after = 0
        for index, block in enumerate(self.blocks):
            if not isinstance(block, GridBlock):
                continue
            sheet = Sheet()
            anchor = self._claim_heads(index, sheet)
            self.claimed.add(index)
            between = self.blocks[after:anchor]
            near = all(
                isinstance(one, ParagraphBlock) and _continues(self.lines.of(one.text)) for one in between
            )
            after = index + 1
            if last is not None and near and _goes_on(last, sheet, block):
                last.grids.append(_without_repeated(last.grids[0], block))
                last.heads += sheet.heads
                self.titled = {at: one for at, one in self.titled.items() if one is not sheet}
                continue
            sheet.grids.append(block)
            self.sheets[anchor] = last = sheet

    def _claim_heads(self, grid: int, sheet: Sheet) -> int:
        """Claim the lines over a grid, nearest first; return the index of the topmost."""
        top = grid
        for index in range(grid - 1, -1, -1):
            block = self.blocks[index]
            if not isinstance(block, ParagraphBlock) or index in self.claimed:
                break
            if (number := self.lines.of(block.text).table_number) and not sheet.number:
                sheet.number = number
            elif self._heads(index, sheet):
                sheet.heads.insert(0, block)
            elif sheet.title is None and self._titles(index):
                sheet.title = block
                self.titled[index] = sheet
            elif sheet.title is not None and index + 1 in self.titled and self._begins(block, sheet.title):
                sheet.title = ParagraphBlock(block.text + sheet.title.text, block.place)
                self.titled[index] = self.titled.pop(index + 1)
            else:
                break
            self.claimed.add(index)
            top = index
        return top

    def _begins(self, block: ParagraphBlock, title: ParagraphBlock) -> bool:
        """Tell whether a line is the title of which the line below is but the bracket: （按支出功能分类科目）."""
        bracket = _BRACKET.match(squeeze(title.text))
        return (
            bool(bracket) and self.lines.of(block.text).title_like and self.lines.of(block.text).ends_as_table
        )

    def _heads(self, index: int, sheet: Sheet) -> bool:
        """Tell whether a line is a head of the table: under its title, or over one that has no head under it."""
        block = self.blocks[index]
        assert isinstance(block, ParagraphBlock)
        if sheet.title is not None:
            after_table = index > 0 and isinstance(self.blocks[index - 1], GridBlock)
            return not sheet.heads and not after_table and bool(self.lines.of(block.text).fields)
        return bool(self.lines.of(block.text).fields) or self.lines.of(block.text).year or self._owns(index)

    def _owns(self, index: int) -> bool:
        """Tell whether a line under a title is the code and name of the department: 301示例区某局."""
        block, before = self.blocks[index], self.blocks[index - 1] if index else None
        assert isinstance(block, ParagraphBlock)
        return (
            bool(_OWNER.match(squeeze(block.text)))
            and not self.lines.of(block.text).ends_as_table
            and isinstance(before, ParagraphBlock)
            and self.lines.of(before.text).title_like
            and self.lines.of(before.text).ends_as_table
        )

    def _titles(self, index: int) -> bool:
        block = self.blocks[index]
        assert isinstance(block, ParagraphBlock)
        if not self.lines.of(block.text).title_like:
            return False
        if self.lines.of(block.text).part:
            return self.lines.of(block.text).ends_as_table
        before = self.blocks[index - 1] if index else None
        if (
            self.lines.of(block.text).ends_as_table
            or block.after_gap
            or not isinstance(before, ParagraphBlock)
        ):
            return True
        open_end = len(squeeze(before.text)) > 25 and not self.lines.of(before.text).closed
        return not (open_end and len(squeeze(block.text)) < 15)

    def _claim_lost(self) -> None:
        """Find titles with head lines but no grid: tables that were lost on the way."""
        above = sum(1 for index in self.titled if index and self._is_number(index - 1))
        below = sum(1 for sheet in self.sheets.values() if sheet.number) - above
        for index, block in enumerate(self.blocks):
            if index in self.claimed or not isinstance(block, ParagraphBlock):
                continue
            if not (self.lines.of(block.text).title_like and self.lines.of(block.text).ends_as_table):
                continue
            if squeeze(block.text).endswith(self.sets):
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
                if (number := self.lines.of(line.text).table_number) and not sheet.number and above <= below:
                    sheet.number = number
                elif self.lines.of(line.text).fields or self.lines.of(line.text).year:
                    sheet.heads.append(line)
                else:
                    break
                rest += 1
            if self._said_again(sheet, rest):
                self.claimed.update(range(first, rest))
            elif sheet.number or sheet.heads or self._note_at(rest):
                self.claimed.update(range(first, rest))
                self.sheets[first] = sheet
                self.titled[index] = sheet

    def _said_again(self, sheet: Sheet, rest: int) -> bool:
        """Tell whether a title with nothing but a year under it stands over the title of the table that follows.

        A printer says the same title once as the page's and once as the table's, or the heading of a part comes first.
        """
        after = self.sheets.get(rest)
        if after is None or after.title is None or sheet.title is None or sheet.number:
            return False
        same = squeeze(after.title.text) == squeeze(sheet.title.text)
        return same and all(self.lines.of(head.text).year for head in sheet.heads)

    def _is_number(self, index: int) -> bool:
        block = self.blocks[index]
        return isinstance(block, ParagraphBlock) and self.lines.of(block.text).table_number is not None

    def _free_number(self, index: int) -> str | None:
        block = self.blocks[index]
        free = isinstance(block, ParagraphBlock) and index not in self.claimed
        return self.lines.of(block.text).table_number if free and isinstance(block, ParagraphBlock) else None

    def _note_at(self, index: int) -> bool:
        block = self.blocks[index] if index < len(self.blocks) else None
        return isinstance(block, ParagraphBlock) and self.lines.of(block.text).note

    def _claim_notes(self) -> None:
        sheet: Sheet | None = None
        for index, block in enumerate(self.blocks):
            if index in self.sheets:
                sheet = self.sheets[index]
            if index in self.claimed:
                continue
            if sheet is None or not isinstance(block, ParagraphBlock):
                sheet = None
            elif self.lines.of(block.text).note or (
                self.empty.search(squeeze(block.text))
                and len(squeeze(block.text)) <= 80
                and self.lines.of(block.text).level is None
            ):
                sheet.notes.append(Paragraph(block.text, block.place))
                self.claimed.add(index)
            elif sheet.notes and _continues_note(sheet.notes[-1].text, self.lines.of(block.text)):
                sheet.notes[-1] = joined(sheet.notes[-1], block)
                self.claimed.add(index)
            else:
                sheet = None


def _goes_on(last: Sheet, sheet: Sheet, grid: GridBlock) -> bool:
    """Tell whether a grid with some lines over it goes on with the table before it.

    It does where it has no title of its own; where its title says so (续表); and where a page printer repeats title
    and header on the next page, and the rows do not begin anew.
    """
    if sheet.title is None:
        return not sheet.number or sheet.number == last.number
    if last.title is None:
        return False
    own, before = squeeze(sheet.title.text), squeeze(last.title.text)
    unmarked = _MARK.sub("", own)
    if unmarked != own:
        return unmarked in ("", _MARK.sub("", before))
    upper, lower = _texts(last.grids[0]), _texts(grid)
    same = _repeated(upper, lower)
    total_again = any(map(_sums_up, upper[:same]))
    page, last_page = grid.place.page, max((_last_page(one) for one in last.grids), default=0)
    return (
        own == before
        and (page == last_page + 1 if page is not None else total_again)
        and [squeeze(head.text) for head in sheet.heads]
        == [squeeze(head.text) for head in last.heads[: len(sheet.heads)]]
        and same > 0
        and _first_label(upper[same:]) != _first_label(lower[same:])
    )


def _repeated(upper: Sequence[Sequence[str]], lower: Sequence[Sequence[str]]) -> int:
    """Return how many rows two grids have in common at their top: the header, and the total a printer repeats with it."""
    return next((at for at, (one, other) in enumerate(zip(upper, lower, strict=False)) if one != other), 0)


def _sums_up(row: Sequence[str]) -> bool:
    return any(map(firm_figure, row)) and any(map(total_like, row))


def _without_repeated(first: GridBlock, grid: GridBlock) -> GridBlock:
    """Return a grid that goes on with another one, without the total it repeats."""
    upper, lower = _texts(first), _texts(grid)
    same = _repeated(upper, lower)
    kept = tuple(row for at, row in enumerate(grid.rows) if at >= same or not _sums_up(lower[at]))
    gone = len(grid.rows) - len(kept)
    return replace(grid, rows=kept, breaks=tuple(at - gone for at in grid.breaks)) if gone else grid


def _texts(grid: GridBlock) -> list[list[str]]:
    return [[squeeze(cell.text) for cell in row] for row in grid.rows]


def _first_label(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the labels of the first row that holds figures."""
    for row in rows:
        if any(map(firm_figure, row)):
            return [text for text in row if text and not firm_figure(text)]
    return []


def _last_page(grid: GridBlock) -> int:
    return max((cell.place.page or 0 for row in grid.rows[-1:] for cell in row), default=0)


def _continues(line: PrintedLine) -> bool:
    """True for a line that a printer repeats over the next page of a table."""
    return bool(line.fields) or line.year


def _continues_note(note: str, line: PrintedLine) -> bool:
    listed = re.match(r"^\s*(\d)[.、．](?!\d)", line.text)
    if listed:
        return f"{int(listed[1]) - 1}." in squeeze(note).replace("、", ".") or bool(
            re.match(r"^\S{1,3}[:：]$", note.strip())
        )
    return (
        not _CLOSED.search(note.strip())
        and line.level is None
        and not (line.title_like and line.ends_as_table)
    )


def joined(paragraph: Paragraph, block: ParagraphBlock) -> Paragraph:
    """Return a paragraph that goes on in the next block."""
    return replace(paragraph, text=paragraph.text + block.text, place=span(paragraph, block))


def span(first: Paragraph | ParagraphBlock, last: Block | Paragraph) -> Place:
    """Return the place from the first line of one to the last line of the other."""
    return first.place.within(end_line=last.place.end_line or first.place.end_line)
