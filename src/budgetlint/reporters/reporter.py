"""What a reporter is: a name, a file suffix, and how it writes a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from msgspec import Struct

from budgetlint.results.report import Report


class Reporter(Struct, frozen=True):
    """A report format, registered through ``register_reporters``.

    Attributes:
        name: as ``--format`` takes it.
        suffix: of a file that holds such a report, with its dot.
        write: given the report, an open text stream and the language (``zh`` or ``en``), writes the report.
    """

    name: str
    suffix: str
    write: Callable[[Report, TextIO, str], None]
