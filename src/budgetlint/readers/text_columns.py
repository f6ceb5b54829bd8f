"""Text laid out by spaces (``pdftotext -layout``): columns are found by alignment."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlint.document import Block
from budgetlint.readers.text_grids import Line


def is_aligned(lines: Sequence[Line]) -> bool:
    """Tell text whose tables are aligned with spaces from text with tabs or pipes."""
    return False


def unfold(lines: Sequence[Line], path: str) -> list[Block]:
    """Return the paragraphs and grids of aligned text."""
    return []
