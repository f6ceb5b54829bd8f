"""Puts the files of one document together: the prose published in one file and its tables in others.

What a file is shows in its content: prose has an explanation and lacks the tables; the others hold tables and explain
nothing. They belong together where they lie in one folder or archive and name the same department, year and kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from budgetlint.document import Block, Document, ParagraphBlock, Section, Source, Table, TableState
from budgetlint.document.text import squeeze

#: So many sentences make an explanation; a file of tables may have a remark or two.
_SENTENCES = 5
#: Prose may hold tables of so many titles and still lack those in another file.
_FEW_TITLES = 3
#: Department, kind and year.
_ALL_AGREE = 3
_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}


class Piece(Struct, frozen=True):
    """A file as read, with the structure and classification it has alone; ``group`` is the folder it lies in."""

    source: Source
    document: Document
    group: str

    @property
    def tables(self) -> list[Table]:
        """The tables that are there, not only named."""
        return [table for table in self.document.tables if table.state is not TableState.MISSING]

    @property
    def titles(self) -> frozenset[str]:
        """The titles of these tables, without spaces."""
        return frozenset(squeeze(table.title) for table in self.tables if table.title)

    @property
    def partial(self) -> bool:
        """Whether it may be a part of a document in several files."""
        return bool(self.group) and (not self.explains or len(self.titles) <= _FEW_TITLES)

    @property
    def explains(self) -> bool:
        """Whether it holds an explanation in sentences."""
        sections = [section for section in self.document.sections() if section.part == "explanation"]
        return sum(_sentences(section) for section in sections) >= _SENTENCES


class _Set(Struct):
    """A leading file and the tables found for it so far."""

    lead: Piece
    others: list[Piece] = field(default_factory=list)

    def agreement(self, piece: Piece) -> tuple[bool, int] | None:
        """Return how well a file of tables fits in, None where it does not."""
        agreed = _agreement(self.lead.document, piece.document)
        held = frozenset[str]().union(self.lead.titles, *(other.titles for other in self.others))
        if agreed is None or held & piece.titles or not _beside(self.lead.group, piece.group):
            return None
        return self.lead.group == piece.group, agreed


def joined(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Return which pieces make one document: each answer's first piece leads, the others' tables follow in order.

    Every piece is in one answer; the answers stand in the order of their first pieces. Tables for which there is no
    prose, or several as fitting, make one document only where department, kind and year are known and the same.
    """
    sets = [_Set(piece) for piece in pieces if piece.explains or not piece.tables]
    alone: list[_Set] = []
    for piece in sorted((piece for piece in pieces if piece.tables and not piece.explains), key=_order):
        own = _best(sets, piece) or _same(alone, piece)
        if own is None:
            alone.append(_Set(piece))
        else:
            own.others.append(piece)
    place = {id(piece): number for number, piece in enumerate(pieces)}
    found = sorted([*sets, *alone], key=lambda one: place[id(one.lead)])
    return [(one.lead, *one.others) for one in found]


def _best(sets: Sequence[_Set], piece: Piece) -> _Set | None:
    """Return the prose that lacks these tables and fits best; None where none does, or two fit as well."""
    ranked = [
        (agreement, one)
        for one in sets
        if one.lead.explains and (agreement := one.agreement(piece)) is not None
    ]
    best = max((agreement for agreement, _ in ranked), default=None)
    fitting = [one for agreement, one in ranked if agreement == best]
    return fitting[0] if len(fitting) == 1 else None


def _same(sets: Sequence[_Set], piece: Piece) -> _Set | None:
    return next((one for one in sets if (one.agreement(piece) or (False, 0))[1] == _ALL_AGREE), None)


def _agreement(one: Document, other: Document) -> int | None:
    """Return how many of department, year and kind two documents agree on; None where they contradict each other."""
    agreed = 0
    for mine, yours in (
        (one.classification.department, other.classification.department),
        (_family(one.kind), _family(other.kind)),
        (str(one.year or ""), str(other.year or "")),
    ):
        if mine and yours:
            if mine not in yours and yours not in mine:
                return None
            agreed += 1
    return agreed


def _family(kind: str | None) -> str | None:
    return kind[-2:] if kind else None


def _beside(group: str, other: str) -> bool:
    """Tell whether two folders are one, or one lies in the other (说明.docx beside 附表/)."""
    return group == other or _within(group, other) or _within(other, group)


def _within(folder: str, other: str) -> bool:
    if folder == "." or folder.endswith("!."):
        return other.startswith(folder[:-1])
    return other.startswith((f"{folder}/", f"{folder}\\"))


def _order(piece: Piece) -> tuple[object, ...]:
    """Return what sorts 表2 before 表10, and 表二 before 表十."""
    steps = re.split(r"(\d+|[一二三四五六七八九十]+)", piece.source.path)
    return tuple((int(step), "") if step.isdigit() else _numeral(step) for step in steps)


def _numeral(step: str) -> tuple[int, str]:
    if not step or set(step) - set(_NUMERALS):
        return 0, step
    tens, ten, ones = step.rpartition("十")
    value = (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)
    return value, ""


def _sentences(section: Section) -> int:
    return sum(paragraph.text.count("。") for paragraph in section.paragraphs)


def merge(pieces: Sequence[Piece]) -> Source:
    """Return the pieces as one source: the tables stand under the heading that announces them, else at the end.

    Every block keeps the place in its own file.
    """
    from budgetlint.normalise.structure.contents import separate

    first, *rest = pieces
    titles = frozenset[str]().union(*(piece.titles for piece in rest))
    added = [block for piece in rest for block in separate(piece.source.blocks)[0]]
    listed = [table.place for table in first.document.tables if _only_listed(table, titles)]
    blocks = first.source.blocks
    at = _announced(first.document, blocks)
    kept = [
        [block for block in part if not (isinstance(block, ParagraphBlock) and block.place in listed)]
        for part in (blocks[:at], blocks[at:])
    ]
    notices = tuple(notice for piece in pieces for notice in piece.source.notices)
    return Source(first.source.path, first.source.format, (*kept[0], *added, *kept[1]), notices)


def _only_listed(table: Table, titles: Iterable[str]) -> bool:
    """Tell whether a title without a table is one that another file holds."""
    title = squeeze(table.title)
    return table.state is TableState.MISSING and any(other in title or title in other for other in titles)


def _announced(document: Document, blocks: Sequence[Block]) -> int:
    """Return the index behind the part that announces the tables and has none, else behind the last block."""
    sections = list(document.sections())
    for number, section in enumerate(sections):
        if section.part != "tables" or section.level != 1:
            continue
        after = next((later for later in sections[number + 1 :] if later.level <= section.level), None)
        places = [block.place for block in blocks]
        if after is None or after.place not in places:
            break
        return places.index(after.place)
    return len(blocks)
