"""Keep track of what is being divided: 其中, 主要用于以下方面, （其中：…), and lists that run on in the next paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetlint.normalise.prose_clauses import Clause
from budgetlint.normalise.prose_statements import VALUES, Statement
from budgetlint.records import dataclass, field

INCLUDES = re.compile(r"(?:其?主要)?(?:包括|包含)")


def leads_parts(clause: Clause, last: Statement) -> bool:
    """Tell whether a figure is the first part of the value just before it: 60万元：货物20万元, 60万元，包括货物20万元."""
    if clause.figure is None or last.role not in VALUES or last.end < clause.start - 1:
        return False
    return clause.mark == "：" or (clause.mark == "，" and bool(INCLUDES.match(clause.words)))


@dataclass(slots=True)
class Frame:
    """An open division of the statement ``whole``, opened inside ``depth`` brackets.

    ``enumerated`` is True where its parts are separated by 、, so that a ； ends it; None while not known. ``anew`` is
    True where the statement may have been divided before and a ；其中 divides it in another way.
    """

    whole: int
    depth: int
    enumerated: bool | None = None
    anew: bool = False


@dataclass(slots=True)
class Carried:
    """A division that a paragraph announces (其中：) and the following paragraphs make, one part a unit.

    ``level`` is that of the section it stands in; ``style`` is the numbering style of the announcing paragraph; a later paragraph of that style is its sibling and
    ends it. ``parts`` is the style of the first paragraph after it, hence of every part, None before it is seen;
    ``free`` says that the unit at hand has not given its part yet.
    """

    whole: int
    style: str
    level: int
    parts: str | None = None
    free: bool = False


@dataclass(slots=True)
class Frames:
    """The open divisions of a section, innermost last; those of a sentence and those carried over paragraphs."""

    _open: list[Frame] = field(default_factory=list)
    _carried: list[Carried] = field(default_factory=list)

    def start_section(self, level: int) -> None:
        """Close what was announced in sections of that level or deeper."""
        self._carried = [carried for carried in self._carried if carried.level < level]

    def start_paragraph(self, style: str) -> None:
        """Begin a paragraph of that numbering style ("" for none): it may be a part, or end a carried division."""
        self._open = []
        for number, carried in enumerate(self._carried):
            if style and style == carried.style:
                del self._carried[number:]
                break
        for carried in self._carried:
            if carried.parts is None:
                carried.parts = style
            if style == carried.parts:
                carried.free = True

    def open_carried(self, plain: bool) -> None:
        """Let the first sentence of a paragraph without number give several parts of what is divided above it."""
        if plain and self._carried and self._carried[-1].free and self._carried[-1].parts == "":
            self._carried[-1].free = False
            self._open.append(Frame(self._carried[-1].whole, 0))

    def end_sentence(self) -> int | None:
        """Close the sentence's own divisions; return what the outermost one divided."""
        main = self._open[0].whole if self._open else None
        self._open = []
        return main

    def open(self, whole: int, clause: Clause, anew: bool = False) -> None:
        """Begin to divide a statement."""
        self._open.append(Frame(whole, clause.depth, anew=anew))

    @property
    def anew(self) -> bool:
        """True while the innermost division is a second one."""
        return bool(self._open) and self._open[-1].anew

    def carry(self, whole: int, style: str, level: int) -> None:
        """Divide a statement in the paragraphs to come."""
        self._carried.append(Carried(whole, style, level))

    @property
    def carries(self) -> bool:
        """True while a division is carried over paragraphs."""
        return bool(self._carried)

    def enter(self, clause: Clause, statements: Sequence[Statement]) -> int | None:
        """Close what the mark before a clause closes; return what was divided inside a bracket that ends here."""
        closed = next((frame.whole for frame in self._open if frame.depth > clause.depth), None)
        self._open = [frame for frame in self._open if frame.depth <= clause.depth]
        if not self._open or clause.depth != self._open[-1].depth:
            return closed
        innermost = self._open[-1]
        if clause.mark == "；" and (innermost.enumerated or len(self._open) > 1):
            self._open.pop()
        elif (
            clause.mark in ("、", "；")
            and innermost.enumerated is None
            and any(statement.whole == innermost.whole for statement in statements[-4:])
        ):
            innermost.enumerated = clause.mark == "、"
        return closed

    def whole(self) -> int | None:
        """Return what the next value is a part of; each unit of a carried division gives one part, its first value."""
        if self._open:
            return self._open[-1].whole
        if self._carried and self._carried[-1].free:
            self._carried[-1].free = False
            return self._carried[-1].whole
        return None
