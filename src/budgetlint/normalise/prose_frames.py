"""Keep track of what is being divided: 其中, 主要用于以下方面, （其中：…), and lists that run on in the next paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetlint.normalise.prose_clauses import Clause
from budgetlint.normalise.prose_statements import Statement


@dataclass(slots=True)
class Frame:
    """An open division of the statement ``whole``, opened inside ``depth`` brackets.

    ``enumerated`` is True where its parts are separated by 、, so that a ； ends it; None while not known.
    """

    whole: int
    depth: int
    enumerated: bool | None = None


@dataclass(slots=True)
class Frames:
    """The open divisions of a section, innermost last.

    ``carried`` is the statement that a paragraph ending in ： announces to divide in the following ones, and the
    numbering style of that paragraph: a paragraph of the same style is its sibling and ends it.
    """

    carried: int | None = None
    _style: str = ""
    _open: list[Frame] = field(default_factory=list)

    def start_paragraph(self, style: str, ends_list: bool) -> None:
        """Close what a paragraph of that numbering style closes; a carried division stays open."""
        if (style and style == self._style) or ends_list:
            self.carried = None
        self._open = []

    def end_sentence(self) -> int | None:
        """Close the sentence's own divisions; return what the outermost one divided."""
        main = self._open[0].whole if self._open else None
        self._open = []
        return main

    def open(self, whole: int, clause: Clause) -> None:
        """Begin to divide a statement."""
        self._open.append(Frame(whole, clause.depth))

    def carry(self, whole: int, style: str) -> None:
        """Divide a statement in the paragraphs to come."""
        self.carried, self._style = whole, style or "-"

    def enter(self, clause: Clause, statements: Sequence[Statement]) -> None:
        """Close what the mark before a clause closes."""
        self._open = [frame for frame in self._open if frame.depth <= clause.depth]
        if not self._open or clause.depth != self._open[-1].depth:
            return
        innermost = self._open[-1]
        if clause.mark == "；" and (innermost.enumerated or len(self._open) > 1):
            self._open.pop()
        elif (
            clause.mark in ("、", "；")
            and innermost.enumerated is None
            and any(statement.whole == innermost.whole for statement in statements[-4:])
        ):
            innermost.enumerated = clause.mark == "、"

    def whole(self, statements: Sequence[Statement], paragraph: int) -> int | None:
        """Return what the next value is a part of; of a carried division a paragraph's first value is."""
        if self._open:
            return self._open[-1].whole
        if self.carried is None:
            return None
        for statement in reversed(statements):
            if statement.paragraph != paragraph:
                break
            if statement.whole == self.carried:
                return None
        return self.carried
