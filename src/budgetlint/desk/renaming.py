"""Calls the files of a report by the names their owner gave them, instead of the paths the desk keeps them under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from budgetlint.document import Place
from budgetlint.results.drawing import Drawing
from budgetlint.results.findings import Finding, Operand
from budgetlint.results.report import DocumentReport, Report


class Names:
    """The names of files by the paths they are kept under."""

    def __init__(self, by_path: Mapping[str, str]) -> None:
        self._by_path = dict(by_path)

    def of(self, path: str) -> str:
        """Return what a path is called; of a member of an archive, the archive's name and the member's."""
        if path in self._by_path:
            return self._by_path[path]
        outer, mark, inner = path.partition("!")
        return f"{self._by_path.get(outer, outer)}{mark}{inner}"

    def within(self, text: str) -> str:
        """Return a text that may quote paths with the names in their stead."""
        for path, name in self._by_path.items():
            text = text.replace(path, name)
        return text

    def report(self, report: Report) -> Report:
        """Return a report whose every path is a name."""
        return replace(
            report,
            documents=tuple(self._document(document) for document in report.documents),
            problems=tuple(
                replace(problem, path=self.within(problem.path), message=self.within(problem.message))
                for problem in report.problems
            ),
            passed_over=tuple(self.of(path) for path in report.passed_over),
        )

    def _document(self, document: DocumentReport) -> DocumentReport:
        return replace(
            document,
            path=self.of(document.path),
            files=tuple(self.of(file) for file in document.files),
            drawing=document.drawing and self._drawing(document.drawing),
            findings=tuple(self._finding(finding) for finding in document.findings),
        )

    def _drawing(self, drawing: Drawing) -> Drawing:
        pictures = drawing.pictures
        if pictures is None or pictures.years is None:
            return drawing
        years = replace(pictures.years, since=self.within(pictures.years.since))
        return replace(drawing, pictures=replace(pictures, years=years))

    def _finding(self, finding: Finding) -> Finding:
        suggestion = finding.suggestion
        return replace(
            finding,
            message=self.within(finding.message),
            locations=tuple(self._place(place) for place in finding.locations),
            operands=self._operands(finding.operands),
            unsaid=self._operands(finding.unsaid),
            suggestion=suggestion and replace(suggestion, place=self._place(suggestion.place)),
        )

    def _operands(self, operands: Iterable[Operand]) -> tuple[Operand, ...]:
        return tuple(replace(operand, place=self._place(operand.place)) for operand in operands)

    def _place(self, place: Place) -> Place:
        return place.within(path=self.of(place.path)) if place.path else place
