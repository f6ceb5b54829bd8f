"""What to write at which place: findings gathered by the place they point at."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.document import NOWHERE, GridBlock, Place, Source
from budgetlint.results.findings import Finding, Severity, Verdict
from budgetlint.results.wording import inside, labels

AUTHOR = "budgetlint"
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
Key = tuple[object, ...]


class Mark(Struct, frozen=True):
    """The notes at one place, and the gravest severity among them."""

    place: Place
    notes: tuple[str, ...]
    severity: Severity

    @property
    def text(self) -> str:
        """All notes, one a line."""
        return "\n".join(self.notes)


def key_of(place: Place) -> Key:
    """Return what tells two places in a file apart: the coordinates its format knows, names aside."""
    return (
        place.line,
        place.page,
        place.box,
        place.sheet,
        place.cell,
        place.paragraph,
        place.grid_row,
        place.grid_column,
    )


NO_PLACE = key_of(NOWHERE)


def marks_of(findings: Iterable[Finding]) -> list[Mark]:
    """Gather findings by place, in the order of the findings; one without any place is marked at the beginning.

    Left out are waived findings, and 无法核对 without a place: what is not in the document has no place in its copy.
    """
    places: dict[Key, Place] = {}
    notes: dict[Key, list[tuple[int, Severity, str]]] = {}
    for finding in findings:
        if finding.waived:
            continue
        located = [place for place in finding.locations if key_of(place) != NO_PLACE]
        if not located and finding.verdict is Verdict.UNDETERMINED:
            continue
        for place in located or [NOWHERE]:
            key = key_of(place)
            places.setdefault(key, place)
            note = _note(finding, place)
            if note not in notes.setdefault(key, []):
                notes[key].append(note)
    return [
        Mark(place, tuple(text for *_, text in notes[key]), min(notes[key], key=lambda note: note[0])[1])
        for key, place in places.items()
    ]


def _note(finding: Finding, place: Place) -> tuple[int, Severity, str]:
    """Return what is written at one of a finding's places; where one figure is suspect, the others only lead to it."""
    severity, said = finding.severity, f"{finding.rule} {finding.name}：{finding.message}"
    suspect = finding.suggestion.place if finding.suggestion else None
    if suspect is not None and key_of(suspect) != key_of(place) and labels(suspect):
        severity = Severity.NOTICE
        said = f"{finding.rule} {finding.name}：这个数参与核对，请先核实 {inside(suspect, 'zh')}"
    return _ORDER.get(severity, 2), severity, said


def in_cells(marks: Iterable[Mark], source: Source) -> list[Mark]:
    """Return marks of a workbook with those that point at a whole row put on the row's first cell."""
    first: dict[tuple[str | None, int | None], str | None] = {}
    for block in source.blocks:
        for row in block.rows if isinstance(block, GridBlock) else ():
            for cell in row:
                first.setdefault((cell.place.sheet, cell.place.grid_row), cell.place.cell)
    return [
        replace(mark, place=mark.place.within(cell=first.get((mark.place.sheet, mark.place.grid_row))))
        if mark.place.cell is None and mark.place.grid_row is not None
        else mark
        for mark in marks
    ]
