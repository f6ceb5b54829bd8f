"""A reader and an annotator for OFD, the Chinese fixed-layout format (GB/T 33190), as a plugin of budgetlint."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from budgetlint import Annotator, Mark, Reader, Source, hookimpl


@hookimpl
def register_readers() -> Sequence[Reader]:
    """Return the OFD reader."""
    return [Reader("ofd", (".ofd",), sniff, _read)]


@hookimpl
def register_annotators() -> Sequence[Annotator]:
    """Return the annotator of OFD files."""
    return [Annotator("ofd", _marked)]


def sniff(data: bytes) -> float:
    """Return how surely this is an OFD package."""
    return 1.0 if data.startswith(b"PK\x03\x04") and b"OFD.xml" in data else 0.0


def _read(path: str, data: bytes) -> Source:
    """Read with the module that does it, loaded when the first OFD file comes."""
    from budgetlint_ofd.reader import read

    return read(path, data)


def _marked(path: str, data: bytes, marks: Sequence[Mark], _: Callable[[], Source]) -> bytes:
    from budgetlint_ofd.annotating import annotated

    return annotated(path, data, marks)
