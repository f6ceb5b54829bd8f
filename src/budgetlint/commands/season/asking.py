"""Opens a store for a command, and says what is wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from budgetlint.bureau.query import connected
from budgetlint.bureau.store import StoreError, open_store
from budgetlint.config import Settings
from budgetlint.document import ReadError
from budgetlint.results.report import Exit
from budgetlint.results.unread import unread_finding


def over(address: str, settings: Settings, work: Callable[[Any], str]) -> Exit:
    """Do some work on an open store, and say on the terminal what it returns."""
    try:
        with connected(open_store(address)) as connection:
            said = work(connection)
    except StoreError as error:
        sys.stderr.write(f"{error.message(settings.lang)}\n")
        return Exit.USAGE
    except ReadError as error:
        return unreadable(error, settings)
    except OSError as error:
        sys.stderr.write(f"{error.filename or address}: {error.strerror or error}\n")
        return Exit.USAGE
    sys.stdout.write(f"{said}\n")
    return Exit.CLEAN


def unreadable(error: ReadError, settings: Settings) -> Exit:
    """Say that a file the user named cannot be read."""
    told = unread_finding(error, settings.lang)
    sys.stderr.write(f"{error.path}{': ' if settings.lang == 'en' else '：'}{told.message}\n")
    return Exit.USAGE
