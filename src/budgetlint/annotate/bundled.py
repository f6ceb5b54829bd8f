"""The annotators of the core; each writer is loaded when the first file of its format is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from budgetlint.annotate.annotator import Annotator
from budgetlint.annotate.marks import Mark, in_cells
from budgetlint.document import Source


def _docx(path: str, content: bytes, marks: Sequence[Mark], _: Callable[[], Source]) -> bytes:
    marked: bytes = import_module("budgetlint.annotate.docx").write(path, content, marks)
    return marked


def _xlsx(path: str, content: bytes, marks: Sequence[Mark], read: Callable[[], Source]) -> bytes:
    marked: bytes = import_module("budgetlint.annotate.xlsx").write(path, content, in_cells(marks, read()))
    return marked


def _pdf(path: str, content: bytes, marks: Sequence[Mark], _: Callable[[], Source]) -> bytes:
    marked: bytes = import_module("budgetlint.annotate.pdf").write(path, content, marks)
    return marked


ANNOTATORS = (Annotator("docx", _docx), Annotator("xlsx", _xlsx), Annotator("pdf", _pdf))
