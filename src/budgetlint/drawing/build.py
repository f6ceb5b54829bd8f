"""Builds the drawing of a document from its tree, the outcomes of its checks and its findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from budgetlint.checking.case import Case
from budgetlint.checking.checks.sensitive import mask
from budgetlint.checking.engine.prose import identity_of
from budgetlint.checking.index import DocumentIndex, TableIndex
from budgetlint.checking.judging.coverage import printed_amounts
from budgetlint.checking.judging.masking import masked_under
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import Mention, Paragraph, Place, Section, Table
from budgetlint.document.keys import CellKey, FactKey
from budgetlint.document.text import squeeze
from budgetlint.drawing.marks import Spots, key_of, marks_of
from budgetlint.drawing.order import pieces
from budgetlint.drawing.pictures import pictures_of
from budgetlint.drawing.reads import reads_of
from budgetlint.drawing.tables import bands_of
from budgetlint.results.drawing import Drawing, DrawnBlock, DrawnTable, DrawnText, Figure, State
from budgetlint.results.findings import Finding, Severity
from budgetlint.results.wording import position
from budgetlint.vocabulary import Vocabulary


def draw(
    case: Case,
    ledger: Ledger,
    findings: Sequence[Finding],
    names: Mapping[str, tuple[str, Severity]],
    vocabulary: Vocabulary,
    language: str = "zh",
) -> Drawing:
    """Return a document as drawn, everything masked.

    Args:
        findings: already masked; their marks come in their order.
        names: the rules' names and severities by id.
        vocabulary: the document's; it says which tables the pictures are made of.
    """
    artist = _Artist(case, language)
    reads = reads_of(ledger, artist.numbers)
    figures = tuple(
        replace(
            figure,
            state=reads.states.get(number, State.UNCHECKED),
            checks=reads.by_figure.get(number, ()),
        )
        for number, figure in enumerate(artist.figures)
    )
    used = {check.rule.partition(".")[0] for check in reads.checks}
    return Drawing(
        tuple(artist.blocks),
        figures,
        reads.checks,
        tuple(marks_of(findings, artist.spots, artist.numbers, figures)),
        {id: (mask(name), severity) for id, (name, severity) in names.items() if id in used},
        tuple(mask(f"{item.number} {item.title}".strip()) for item in case.document.contents),
        pictures_of(
            case.index,
            [DocumentIndex(other) for other in case.others],
            vocabulary,
            lambda key: next(iter(artist.numbers.get(key, ())), None),
        ),
    )


class _Artist:
    """Draws block after block, numbering the figures as they are printed."""

    def __init__(self, case: Case, language: str) -> None:
        self._language = language
        self.blocks: list[DrawnBlock] = []
        self.figures: list[Figure] = []
        self.numbers: dict[FactKey, list[int]] = defaultdict(list)
        self.spots = Spots()
        self._counted = {amount.identity for amount in printed_amounts(case.index)}
        self._indexes = {id(index.table): index for index in case.index.tables}
        self._tables = 0
        for piece in pieces(case.document):
            if isinstance(piece, Table):
                self.blocks.append(self._table(piece))
            elif isinstance(piece, Section):
                self._note(piece.place)
                heading = _heading(piece)
                self.blocks.append(DrawnText(mask(heading), max(piece.level, 1), at=self._at(piece.place)))
            else:
                self.blocks.append(self._paragraph(piece))

    def _at(self, place: Place) -> str:
        return position(place, self._language)

    def _note(self, place: Place) -> None:
        """Remember what block stands at a place, the first that does."""
        block = len(self.blocks)
        self.spots.lines.setdefault(key_of(place), (block, -1))
        if place.line is not None:
            self.spots.spans.append((place.path, place.line, place.end_line or place.line, block))

    def _figure(self, identity: FactKey, text: str, called: str, place: Place) -> int:
        number = len(self.figures)
        self.figures.append(Figure(text, mask(called), State.UNCHECKED, len(self.blocks)))
        self.numbers[identity].append(number)
        self.spots.figures.setdefault(key_of(place), []).append(number)
        return number

    def _paragraph(self, paragraph: Paragraph) -> DrawnText:
        self._note(paragraph.place)
        text = mask(paragraph.text)
        figures: list[tuple[int, int, int]] = []
        for mention in sorted(paragraph.mentions, key=lambda mention: mention.span):
            start, stop = mention.span
            identity = identity_of(mention)
            if identity not in self._counted or stop <= start:
                continue
            self._note(mention.place)
            if figures and figures[-1][:2] == (start, stop):
                # 收、支总计均为 … states two figures with one.
                self.numbers[identity].append(figures[-1][2])
            elif not figures or start >= figures[-1][1]:
                number = self._figure(identity, text[start:stop], _called(mention), mention.place)
                figures.append((start, stop, number))
        return DrawnText(text, 0, tuple(figures), self._at(paragraph.place))

    def _table(self, table: Table) -> DrawnTable:
        self._note(table.place)
        index = self._indexes[id(table)]
        at = {
            (row, column): number
            for row, line in enumerate(table.rows)
            for column in line.cells
            if (number := self._cell(index, row, column)) is not None
        }
        bands, drawn = bands_of(table, lambda row, column: at.get((row, column)))
        for number, row in enumerate(table.rows):
            line = (len(self.blocks), drawn[number])
            self.spots.lines.setdefault(key_of(row.place), line)
            for cell in row.cells.values():
                self.spots.lines.setdefault(key_of(cell.place), line)
        for value in table.facts.values():
            self._note(value.place)
        self._tables += 1
        return DrawnTable(
            self._tables,
            mask(table.title),
            mask(table.key or ""),
            table.unit or "",
            self._at(table.place),
            table.state.value,
            table.id is not None,
            table.unsure or table.realigned,
            tuple((mask(label), masked_under(value.text, label)) for label, value in table.facts.items()),
            bands,
            tuple(mask(note.text) for note in table.notes),
        )

    def _cell(self, index: TableIndex, row: int, column: int) -> int | None:
        identity = CellKey(index.identity, row, column)
        if identity not in self._counted:
            return None
        line = index.table.rows[row]
        called = f"{squeeze(line.label)} / {squeeze('/'.join(index.table.columns[column].path))}"
        cell = line.cells[column]
        text = masked_under(cell.text, "".join(index.table.columns[column].path), line.label)
        return self._figure(identity, text, called, cell.place)


def _called(mention: Mention) -> str:
    return " / ".join(part for part in (mention.subject, mention.concept) if part)


def _heading(section: Section) -> str:
    """Return a heading as it is printed: 六、…, 第二部分 …."""
    number = section.number
    parted = "、" if number and not number.endswith(("部分", "章", "节", "）", ")", "、")) else " "
    return f"{number}{parted}{section.title}".strip()
