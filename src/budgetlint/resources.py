"""Where the bundled rules and grammar are, in a wheel or a checkout, which version this is, and where compiled packs are kept."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

#: The one place the version stands: the distribution takes it from here.
VERSION = "0.1.0"


def version() -> str:
    """Return budgetlint's own version."""
    return VERSION


def rules_folder() -> Path:
    """Return the folder of the bundled rule packs."""
    return _bundled("rules")


def grammar_folder() -> Path:
    """Return the folder of the language's keywords and grammar parts."""
    return _bundled("grammar")


def cache_folder() -> Path:
    """Return the user's cache folder for budgetlint (it need not exist); ``BUDGETLINT_CACHE`` overrides it."""
    from pathlib import Path

    chosen = os.environ.get("BUDGETLINT_CACHE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "budgetlint" if base else Path.home() / "AppData" / "Local" / "budgetlint"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "budgetlint"


def packs_folder() -> Path:
    """Return the folder of the packs a user added (it need not exist); ``BUDGETLINT_PACKS`` overrides it."""
    from pathlib import Path

    chosen = os.environ.get("BUDGETLINT_PACKS")
    if chosen:
        return Path(chosen)
    base = os.environ.get("APPDATA" if sys.platform == "win32" else "XDG_DATA_HOME")
    usual = ("AppData", "Roaming") if sys.platform == "win32" else (".local", "share")
    return (Path(base) if base else Path.home().joinpath(*usual)) / "budgetlint" / "packs"


def _bundled(name: str) -> Path:
    from pathlib import Path

    package = Path(__file__).parent
    packaged = package / "bundled" / name
    return packaged if packaged.is_dir() else package.parents[1] / name
