"""The one call for programs: check documents and get the report."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING, Any

from budgetlint.results.report import Report

if TYPE_CHECKING:
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
    from budgetlint.config import Settings
    from budgetlint.run.opening import open_session
    from budgetlint.run.stages import silent

    several = [paths] if isinstance(paths, (str, PathLike)) else paths
    session = open_session(Settings().overridden("check()", **settings))
    return session.check((str(path) for path in several), told or silent)
