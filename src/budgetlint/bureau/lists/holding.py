"""Everything a store is held against: the bureau's lists, and the sums of units against their departments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from budgetlint.bureau.lists.approved import held_against_approved
from budgetlint.bureau.lists.columns import columns_of
from budgetlint.bureau.lists.remarks import Compared
from budgetlint.bureau.lists.roster import held_against_roster
from budgetlint.bureau.lists.stored import stored_documents
from budgetlint.bureau.lists.sums import Difference, differences
from budgetlint.disk import read_regular
from budgetlint.document import ReadError, Source
from budgetlint.run.session import Session


class Lists(Struct, frozen=True):
    """What the user asks a store to be held against: files, "" where not."""

    roster: str = ""
    approved: str = ""
    columns: str = ""
    sums: bool = False


class Held(Struct, frozen=True):
    """What came of it.

    Attributes:
        compared: a list each.
        differences: departments' figures that their units do not add up to, the first of ``number``; None where they
            were not asked for.
    """

    compared: tuple[Compared, ...] = ()
    differences: tuple[Difference, ...] | None = None
    number: int = 0


def held(connection: Any, opened: Callable[[], Session], lists: Lists) -> Held:
    """Hold the store a DuckDB connection is open on against lists.

    Args:
        opened: opens a session, whose readers read the lists; called where there are any.

    Raises:
        ReadError: a list cannot be read.
        ConfigError: the file of columns is wrong.
    """
    if lists == Lists():
        return Held()
    columns = columns_of(lists.columns or None)
    compared = []
    if lists.roster or lists.approved:
        session = opened()
        stored = stored_documents(connection)
        if lists.roster:
            compared.append(held_against_roster(_read(session, lists.roster), stored, columns))
        if lists.approved:
            source = _read(session, lists.approved)
            compared.append(held_against_approved(source, stored, connection, columns))
    found, number = differences(connection) if lists.sums else (None, 0)
    return Held(tuple(compared), found, number)


def _read(session: Session, file: str) -> Source:
    limits = session.documents.limits
    try:
        content = read_regular(file, limits.file_bytes)
    except OSError as error:
        raise ReadError("BL980", file, cause=error.strerror or str(error)) from error
    return session.documents.source_of(file, content)
