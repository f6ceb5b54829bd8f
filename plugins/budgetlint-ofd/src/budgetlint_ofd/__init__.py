"""A reader for OFD, the Chinese fixed-layout format (GB/T 33190), as a plugin of budgetlint."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlint import hookimpl
from budgetlint.readers.reader import Reader
from budgetlint_ofd.reader import read, sniff


@hookimpl
def register_readers() -> Sequence[Reader]:
    """Return the OFD reader."""
    return [Reader("ofd", (".ofd",), sniff, read)]
