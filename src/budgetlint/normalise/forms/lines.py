"""What a line of a form is: a line of funds, a header mixed with its first line, a field beside its value."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlint.document import GridCell
from budgetlint.document.text import squeeze
from budgetlint.normalise.forms.placing import printed
from budgetlint.normalise.forms.words import FormWords, Heading, Word, dash, figures_in
from budgetlint.normalise.printed.cells import figure
from budgetlint.normalise.printed.lines import Lines
from budgetlint.normalise.tables.grids import Line

_FEWEST = 3


def without_caption(cells: Sequence[GridCell], heading: Heading) -> list[GridCell]:
    """Drop the caption of the whole block that a line repeats at its left (绩效指标)."""
    captions = {heading.caption, "绩效指标"}
    return [cell for i, cell in enumerate(cells) if i or squeeze(cell.text) not in captions]


def funds_line(texts: Sequence[str], words: FormWords) -> bool:
    """True for a label of funds, alone or behind a caption, followed by nothing but figures."""
    start = next((i for i, text in enumerate(texts) if figure(text) or dash(text)), 0)
    return (
        0 < start <= 2
        and words.fund_label(texts[start - 1])
        and figures_in(texts[start:]) == len(texts) - start
        and len(texts) - start >= _FEWEST
    )


def no_funds_line(texts: Sequence[str], words: FormWords) -> bool:
    """True for a label of funds followed by nothing but dashes: none of that source, in a block that goes on."""
    return len(texts) > 1 and words.fund_label(texts[0]) and all(dash(text) for text in texts[1:])


def mingled_line(cells: Sequence[GridCell], words: FormWords) -> bool:
    """True where header words and figures take turns on one line."""
    said = [words.word_of(cell.text) for cell in cells]
    turns = sum(word is not None and figure(after.text) for word, after in zip(said, cells[1:], strict=False))
    return said.count(Word.MONEY) >= 2 and turns >= 2


def parted(line: Line, known: Lines) -> Line:
    """Part a field that is printed with its value in one cell behind other cells (实施单位 某某局)."""
    cells: list[GridCell] = []
    for cell in line:
        head, _, rest = cell.text.strip().partition(" ")
        if rest and known.of(head).names_field and squeeze(head) not in ("单位",) and len(printed(line)) > 1:
            cells += [GridCell(head, cell.place), GridCell(rest.strip(), cell.place)]
        else:
            cells.append(cell)
    return tuple(cells)
