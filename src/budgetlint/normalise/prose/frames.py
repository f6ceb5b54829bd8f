"""Keep track of what is being divided: 其中, 主要用于以下方面, （其中：…), and lists that run on in the next paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from budgetlint.normalise.prose.clauses import Clause
from budgetlint.normalise.prose.items import depth_of
from budgetlint.normalise.prose.statements import VALUES, Statement

INCLUDES = re.compile(r"(?:其?主要)?(?:包括|包含)")


#: So many same characters at their beginning (a unit's name, a year) and two paragraphs speak of one level.
_SAME_HEAD = 8


def head_of(text: str) -> str:
    """Return how a paragraph begins."""
    return text[:_SAME_HEAD]


def _speaks_alike(text: str, head: str) -> bool:
    return len(head) == _SAME_HEAD and text.startswith(head)


def leads_parts(clause: Clause, start: int, last: Statement) -> bool:
    """Tell whether a figure is the first part of the value just before it: 60万元：货物20万元, 60万元，包括货物20万元.

    ``start`` is where the clause begins in the paragraph as printed, blanks and all, as the ends of statements are.
    """
    if last.role not in VALUES or last.end < start - 1:
        return False
    return clause.mark == "：" or (clause.mark == "，" and bool(INCLUDES.match(clause.words)))


def lists_parts(clause: Clause, text: str, grouped: re.Pattern[str]) -> bool:
    """Tell whether a sentence's first figure begins the parts of the value before it: 支出9万元。按功能分类，包括甲4万元.

    Before it the sentence, in a paragraph's text, says nothing, or by what it groups.
    """
    before = text[text.rfind("。", 0, clause.start) + 1 : clause.start].rstrip("，")
    begins = clause.figure is not None and INCLUDES.match(clause.words) is not None
    return begins and (not before or grouped.match(before) is not None)


class Frame(Struct):
    """An open division of the statement ``whole``, opened inside ``depth`` brackets.

    ``enumerated`` is True where its parts are separated by 、, so that a ； ends it; None while not known. ``number``
    tells one division of a statement from another: it may be divided by fund, then again by purpose. ``semicolons`` is
    True where a ； stood between its parts, so that each has a clause of its own; ``lists`` where a sentence of its own
    lists the parts (按功能分类，包括…).
    """

    whole: int
    depth: int
    number: int
    enumerated: bool | None = None
    semicolons: bool = False
    lists: bool = False


class Carried(Struct):
    """A division that a paragraph announces (其中：) and the following paragraphs make, one part a unit.

    ``level`` is that of the section it stands in; ``style`` is the numbering style of the announcing paragraph; a later
    paragraph of that style is its sibling and ends it, as does one numbered above its parts. ``parts`` is the style of the first paragraph after it, hence of every part, None before it is seen;
    ``free`` says that the unit at hand has not given its part yet; ``goes_on`` that the last part ended in ；, so that
    the one that ends in 。 is the last of all; ``head`` is how the announcing paragraph begins.
    """

    whole: int
    style: str
    level: int
    number: int
    head: str
    parts: str | None = None
    free: bool = False
    goes_on: bool = False


class Frames(Struct):
    """The open divisions of a section, innermost last; those of a sentence and those carried over paragraphs."""

    _open: list[Frame] = field(default_factory=list)
    _carried: list[Carried] = field(default_factory=list)
    _count: int = 0

    def start_section(self, level: int) -> None:
        """Close what was announced in sections of that level or deeper."""
        self._carried = [carried for carried in self._carried if carried.level < level]

    def start_paragraph(self, style: str, text: str) -> None:
        """Begin a paragraph of that numbering style ("" for none): it may be a part, or end a carried division."""
        for number, carried in enumerate(self._carried):
            above = bool(style and carried.parts) and depth_of(style) < depth_of(carried.parts or "")
            if (style and style == carried.style) or above or _speaks_alike(text, carried.head):
                del self._carried[number:]
                break
        for carried in self._carried:
            if carried.parts is None:
                carried.parts = style
            if style == carried.parts:
                carried.free = True

    def end_paragraph(self, style: str, text: str) -> None:
        """End a paragraph: the part that ends in 。 after those that ended in ； is the last of its division."""
        for number, carried in enumerate(self._carried):
            if carried.parts != style or carried.head == head_of(text):
                continue
            if text.endswith("；"):
                carried.goes_on = True
            elif carried.goes_on and text.endswith("。"):
                del self._carried[number:]
                break

    def open_carried(self, plain: bool) -> None:
        """Let the first sentence of a paragraph without number give several parts of what is divided above it."""
        if plain and self._carried and self._carried[-1].free and self._carried[-1].parts == "":
            self._carried[-1].free = False
            self._open.append(Frame(self._carried[-1].whole, 0, self._carried[-1].number))

    def end_sentence(self) -> int | None:
        """Close the sentence's own divisions; return what the outermost one divided."""
        main = self._open[0].whole if self._open else None
        self._open = []
        return main

    def open(self, whole: int, clause: Clause, lists: bool = False) -> None:
        """Begin to divide a statement."""
        self._count += 1
        self._open.append(Frame(whole, clause.depth, self._count, lists=lists))

    def carry(self, whole: int, style: str, level: int, text: str) -> None:
        """Divide a statement in the paragraphs to come."""
        self._count += 1
        self._carried.append(Carried(whole, style, level, self._count, head_of(text)))

    def turn(self) -> None:
        """Close the sentence's divisions outside brackets: it goes on about something else."""
        self._open = [frame for frame in self._open if frame.depth]

    @property
    def divided(self) -> int | None:
        """The value that the sentence's outermost division divides."""
        return self._open[0].whole if self._open else None

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
        innermost.semicolons |= clause.mark == "；"
        if clause.mark == "；" and (innermost.enumerated or len(self._open) > 1):
            self._open.pop()
        elif clause.mark in ("、", "；") and innermost.enumerated is None:
            parts = [s.mention for s in statements[-6:] if s.division == innermost.number and s.mention]
            whole = statements[innermost.whole].mention
            made = whole and sum(part.amount.value for part in parts) == whole.amount.value
            anew = clause.mark == "；" and clause.figure and clause.figure.amount.value
            if made and (len(parts) > 1 or anew):
                # Parts that make up the whole: the ； begins something else.
                self._open.pop()
            elif parts:
                innermost.enumerated = clause.mark == "、"
        return closed

    def listed(self, statements: Sequence[Statement], depth: int) -> int | None:
        """Return what a list of parts divides where none of its parts but the last has been spoken of further.

        A change said after such a list is its total's: 收入9万元，其中：甲4万元、乙5万元，比上年增加1万元.
        """
        if not self._open or self._open[-1].depth != depth:
            return None
        frame = self._open[-1]
        parts = [n for n, s in enumerate(statements) if s.whole == frame.whole and s.division == frame.number]
        spoken = any(s.topic in parts for s in statements[frame.whole :])
        if len(parts) < 2 or frame.semicolons | spoken:
            return None
        sentences = {statements[n].sentence for n in parts}
        begun = statements[frame.whole].sentence
        together = sentences == {begun} or (frame.lists and sentences == {begun + 1})
        return frame.whole if together else None

    def end_carried(self) -> bool:
        """End the division over paragraphs that the last value came from: it says the whole again; tell if so."""
        if self._open or not self._carried:
            return False
        self._carried.pop()
        return True

    def division(self, depth: int) -> tuple[int, int] | None:
        """Return what the next value is a part of, and of which division; ``depth`` brackets are open around it.

        Each unit of a carried division gives one part, its first value. What a bracket says of a part (甲4万元（乙1万元，
        丙3万元）) is no part of the whole.
        """
        if self._open:
            innermost = self._open[-1]
            return (innermost.whole, innermost.number) if depth == innermost.depth else None
        if self._carried and self._carried[-1].free:
            self._carried[-1].free = False
            return self._carried[-1].whole, self._carried[-1].number
        return None
