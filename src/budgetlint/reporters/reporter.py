"""What a reporter is: a name, a file suffix, and how it writes a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from budgetlint.results.report import Report


class Reporter(Struct, frozen=True):
    """A report format, registered through ``register_reporters``.

    Attributes:
        name: as ``--format`` takes it.
        suffix: of a file that holds such a report, with its dot.
        write: given the report, an open stream (of text, or of bytes where ``binary``) and the language (``zh`` or
            ``en``), writes the report.
        binary: the format is no text; it goes to a file only.
        draws: it shows the documents themselves: a run whose report it writes keeps them as drawn.
    """

    name: str
    suffix: str
    write: Callable[[Report, Any, str], None]
    binary: bool = False
    draws: bool = False
