"""Cut a folded paragraph into clauses: the words before each figure or mark, and the mark before them."""

from __future__ import annotations

import re

from msgspec import Struct

from budgetlint.normalise.printed.numbers import Figure

_MARKS = set("，。；：！？,")
#: What a clause says of its figure stands near it; keeps every search linear in the text.
_LONGEST_WORDS = 200
_PAIR = re.compile("[（）]")
#: Enumerations of names that are one name: 收、支总计; 收入、支出总计.
_JOINED = re.compile(r"(?<=收)、(?=支)|(?<=收入)、(?=支出)")


class Clause(Struct, frozen=True):
    """Words up to a figure, a mark or a structural bracket.

    Attributes:
        mark: what stood before the words: ``，。；：、（）``, or "" right after a figure or at the start.
        words, start, end: the words (a figure is not among them) and their span in the folded text.
        figure: the figure they lead to, None where a mark ended them.
        depth: how many brackets that hold figures are open.
        closing: the mark that ended a clause without figure, "" otherwise.
    """

    mark: str
    words: str
    start: int
    end: int
    figure: Figure | None
    depth: int
    closing: str = ""


def _bracket_ends(text: str) -> dict[int, int]:
    """Return opening → closing position of every pair of brackets."""
    stack: list[int] = []
    ends: dict[int, int] = {}
    for match in _PAIR.finditer(text):
        if match.group() == "（":
            stack.append(match.start())
        elif stack:
            ends[stack.pop()] = match.start()
    return ends


def clauses(text: str, figures: tuple[Figure, ...], begin: int = 0) -> tuple[Clause, ...]:
    """Cut ``text`` from ``begin`` into clauses.

    A bracket that holds a figure is a place of its own (（其中：…）); one without belongs to the words around it
    (因公出国（境）费), or is an aside when it directly follows a figure.
    """
    ends = _bracket_ends(text)
    at = {figure.start: figure for figure in figures}
    starts = sorted(at)
    joined = {match.start() for match in _JOINED.finditer(text)}
    found: list[Clause] = []
    mark, start, i = "", begin, begin
    open_until: list[int] = []

    def close(end: int, figure: Figure | None, closing: str) -> None:
        first = max(start, end - _LONGEST_WORDS)
        found.append(Clause(mark, text[first:end], first, end, figure, len(open_until), closing))

    next_figure = 0
    while i < len(text):
        char = text[i]
        if i in at:
            figure = at[i]
            close(i, figure, "")
            mark, start, i = "", figure.end, figure.end
            continue
        if open_until and i == open_until[-1]:
            close(i, None, "）")
            open_until.pop()
            mark, start = "）", i + 1
        elif char == "（" and i in ends:
            end = ends[i]
            while next_figure < len(starts) and starts[next_figure] < i:
                next_figure += 1
            if next_figure < len(starts) and starts[next_figure] < end:
                close(i, None, "（")
                open_until.append(end)
                mark, start = "（", i + 1
            elif start == i and found and found[-1].figure is not None:
                mark, start, i = "", end + 1, end
            else:
                i = end
        elif char in _MARKS or (char == "、" and start == i and i not in joined):
            if text[start:i] or char in "。；":
                close(i, None, char)
            mark, start = char, i + 1
        i += 1
    if start < len(text):
        close(len(text), None, "")
    return tuple(found)
