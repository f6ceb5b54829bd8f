"""The calls for programs: check documents and get the report; read one and get its tree."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING, Any

from budgetlint.results.report import Report

if TYPE_CHECKING:
    from budgetlint.document import Document
    from budgetlint.run.session import Session
    from budgetlint.run.stages import Told


def check(
    paths: Iterable[str | PathLike[str]] | str | PathLike[str], told: Told | None = None, **settings: Any
) -> Report:
    """Check documents.

    Args:
        paths: a file, folder or zip, or several.
        told: is told of every step while the check goes on: which stage of which file, and how many are finished.
        settings: any setting of :class:`budgetlint.config.Settings` by name (``kind="部门预算"``, ``select=("CN201",)``).

    Returns:
        The report. What a document or a rule holds is never raised: see the report's findings and problems.

    Raises:
        TypeError: a setting has no such name.
    """
    from budgetlint.run.stages import silent

    several = [paths] if isinstance(paths, (str, PathLike)) else paths
    return _session("check()", settings).check((str(path) for path in several), told or silent)


def read(path: str | PathLike[str], **settings: Any) -> Document:
    """Read one document and return its normalised tree, without checking it; of several in a folder or zip, the first.

    Args:
        path: a file.
        settings: as for :func:`check` (``kind``, ``year``, ``region`` and ``reader`` are what counts here).

    Raises:
        ReadError: it cannot be read; its ``id`` and facts say why.
        TypeError: a setting has no such name.
    """
    return _session("read()", settings).read(str(path))


def _session(origin: str, settings: dict[str, Any]) -> Session:
    from budgetlint.config import Settings
    from budgetlint.run.opening import open_session

    return open_session(Settings().overridden(origin, **settings))
