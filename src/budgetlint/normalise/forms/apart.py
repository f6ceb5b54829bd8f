"""Tell forms that follow one another without titles apart: each begins with the label that the first one begins with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from budgetlint.document.text import squeeze
from budgetlint.normalise.forms.fields import list_head
from budgetlint.normalise.printed.lines import lines_of
from budgetlint.normalise.tables.grids import Body, Line, texts
from budgetlint.vocabulary import ReadingWords


def forms_apart(bodies: Sequence[Body], words: ReadingWords) -> list[list[Body]]:
    """Return the bodies of each form under one title, in order; one form where nothing begins again.

    A form begins again at the label of its first line (项目名称) with another value, once its list of indicators has
    begun; the same value is the head that a printer repeats over the form's next page.
    """
    label, value = _field(bodies[0].lines[0])
    if not value or not lines_of(words).of(label).names_field:
        return [list(bodies)]
    forms: list[list[Body]] = [[]]
    listed = False
    for body in bodies:
        starts: list[int] = []
        for at, line in enumerate(body.lines):
            own, said = _field(line)
            if listed and own == label and said and said != value:
                starts.append(at)
                value, listed = said, False
            listed = listed or list_head([line], words) is not None
        for start, end in pairwise(sorted({0, *starts, len(body.lines)})):
            if start in starts:
                forms.append([])
            breaks = {at - start for at in body.breaks if start < at < end}
            forms[-1].append(Body(body.lines[start:end], body.spans_known, breaks))
    return [form for form in forms if form]


def _field(line: Line) -> tuple[str, str]:
    """Return the label a line begins with and the value after it, blank where it prints no more."""
    printed = [squeeze(text) for text in texts(line)]
    return (printed[0], printed[1]) if len(printed) > 1 else ("", "")
