"""Write findings into a workbook as cell comments and coloured cells."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Sequence
from typing import Any

from budgetlint.annotate.marks import AUTHOR, Mark
from budgetlint.document import ReadError
from budgetlint.findings import Severity

_LOST = ("xl/drawings/drawing", "xl/charts/", "xl/media/", "xl/ctrlProps/", "xl/activeX/", "xl/embeddings/")
_FILLS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.NOTICE: "FFDDEBF7"}


def write(path: str, data: bytes, marks: Sequence[Mark]) -> bytes:
    """Return the workbook with a comment and a fill for each mark.

    Raises:
        ReadError: BL903 where openpyxl is not installed, BL904 where it cannot open the workbook.
    """
    try:
        import openpyxl
        from openpyxl.comments import Comment
        from openpyxl.styles import PatternFill
    except ImportError:
        raise ReadError(
            "BL903", path, format="annotate", command="pip install 'budgetlint[annotate]'"
        ) from None
    try:
        with warnings.catch_warnings():
            # What openpyxl cannot keep is said by `loses`, once and in words for officials.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), keep_vba=path.lower().endswith(".xlsm"))
    except Exception as error:
        raise ReadError("BL904", path, cause=str(error)) from None
    for mark in marks:
        cell = _cell_at(book, mark)
        if cell is None:
            continue
        said = f"{cell.comment.text}\n{mark.text}" if cell.comment else mark.text
        comment = Comment(said, AUTHOR)
        comment.width, comment.height = 360, 40 + 40 * len(mark.notes)
        cell.comment = comment
        color = _FILLS.get(mark.severity, _FILLS[Severity.NOTICE])
        cell.fill = PatternFill("solid", start_color=color, end_color=color)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def loses(data: bytes) -> bool:
    """Tell whether a workbook holds what the copy will lack: charts, pictures, shapes, controls."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(name.startswith(_LOST) for name in archive.namelist())


def _cell_at(book: Any, mark: Mark) -> Any:
    """Return the cell a mark points at, the upper left one of a merged range; without a place the first of all."""
    sheet = book[mark.place.sheet] if mark.place.sheet in book.sheetnames else book.worksheets[0]
    reference = mark.place.cell or "A1"
    for merged in sheet.merged_cells.ranges:
        if reference in merged:
            reference = merged.start_cell.coordinate
    return sheet[reference]
