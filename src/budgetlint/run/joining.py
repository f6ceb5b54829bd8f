"""Puts the files of one document together: the prose published in one file and its tables in others.

What a file is shows in its content: prose has an explanation and lacks the tables; the others hold tables and explain
nothing. They belong together where they lie in one folder or archive and name the same department, year and kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from budgetlint.document import (
    Block,
    Classification,
    Document,
    ParagraphBlock,
    Section,
    Source,
    Table,
    TableState,
)
from budgetlint.document.text import squeeze
from budgetlint.vocabulary import ReadingWords

#: So many sentences make an explanation; a file of tables may have a remark or two.
_SENTENCES = 5
#: Prose may hold tables of so many titles and still lack those in another file.
_FEW_TITLES = 3
#: Department, kind and year.
_ALL_AGREE = 3
_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}


class Piece(Struct, frozen=True):
    """What a file shows that may be part of a document in several files.

    Attributes:
        number: of the file in the run.
        path, group: what it is called, and the folder it lies in.
        known: the classification it has alone.
        titles: of the tables that are there, not only named, without spaces.
        tables: it holds any.
        explains: it holds an explanation in sentences.
    """

    number: int
    path: str
    group: str
    known: Classification
    titles: frozenset[str]
    tables: bool
    explains: bool

    @property
    def partial(self) -> bool:
        """Whether it may be a part of a document in several files."""
        return bool(self.group) and (not self.explains or len(self.titles) <= _FEW_TITLES)


def piece_of(number: int, document: Document, group: str) -> Piece:
    """Return what a structured file shows."""
    sections = [section for section in document.sections() if section.part == "explanation"]
    return Piece(
        number,
        document.source,
        group,
        document.classification,
        _titles(document),
        bool(_present(document)),
        sum(_sentences(section) for section in sections) >= _SENTENCES,
    )


def _present(document: Document) -> list[Table]:
    return [table for table in document.tables if table.state is not TableState.MISSING]


def _titles(document: Document) -> frozenset[str]:
    return frozenset(squeeze(table.title) for table in _present(document) if table.title)


class _Set(Struct):
    """A leading file and the tables found for it so far."""

    lead: Piece
    others: list[Piece] = field(default_factory=list)

    def agreement(self, piece: Piece) -> tuple[bool, int] | None:
        """Return how well a file of tables fits in, None where it does not."""
        if not _beside(self.lead.group, piece.group):
            return None
        agreed = _agreement(self.lead.known, piece.known)
        if agreed is None or any(held.titles & piece.titles for held in (self.lead, *self.others)):
            return None
        return self.lead.group == piece.group, agreed


def joined(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Return which pieces make one document: each answer's first piece leads, the others' tables follow in order.

    The pieces are given in the order of their numbers. Every piece is in one answer; the answers stand in the order of their first pieces. Tables for which there is no
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
    found = sorted([*sets, *alone], key=lambda one: one.lead.number)
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


def _agreement(one: Classification, other: Classification) -> int | None:
    """Return how many of department, year and kind two files agree on; None where they contradict each other."""
    agreed = 0
    for mine, yours in (
        (one.department, other.department),
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
    steps = re.split(r"(\d+|[一二三四五六七八九十]+)", piece.path)
    return tuple((int(step), "") if step.isdigit() else _numeral(step) for step in steps)


def _numeral(step: str) -> tuple[int, str]:
    if not step or set(step) - set(_NUMERALS):
        return 0, step
    tens, ten, ones = step.rpartition("十")
    value = (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)
    return value, ""


def _sentences(section: Section) -> int:
    return sum(paragraph.text.count("。") for paragraph in section.paragraphs)


def merge(pieces: Sequence[tuple[Source, Document]], words: ReadingWords) -> Source:
    """Return files, each as read and as structured alone, as one source.

    The tables stand under the heading of the first that announces them, else at the end. Every block keeps the place
    in its own file.
    """
    from budgetlint.normalise.printed.lines import lines_of
    from budgetlint.normalise.structure.contents import separate

    (first, document), *rest = pieces
    titles = frozenset[str]().union(*(_titles(other) for _, other in rest))
    added = [block for source, _ in rest for block in separate(source.blocks, lines_of(words))[0]]
    listed = [table.place for table in document.tables if _only_listed(table, titles)]
    blocks = first.blocks
    at = _announced(document, blocks)
    kept = [
        [block for block in part if not (isinstance(block, ParagraphBlock) and block.place in listed)]
        for part in (blocks[:at], blocks[at:])
    ]
    notices = tuple(notice for source, _ in pieces for notice in source.notices)
    return Source(first.path, first.format, (*kept[0], *added, *kept[1]), notices)


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
