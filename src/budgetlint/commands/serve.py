"""``budgetlint serve``: the desk, a page in the browser to drop files on, for this machine alone unless told otherwise."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from budgetlint.config import Settings
from budgetlint.reporters.extra import needed
from budgetlint.results.report import Exit


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Serve until Ctrl-C."""
    for module in ("uvicorn", "starlette", "python_multipart"):
        needed(module, "web")
    server = import_module("budgetlint.desk.server")
    state = Path(options.state) if options.state else server.default_state()
    place = server.Place(
        options.host, options.port, state.absolute(), options.key or "", not options.no_browser, settings.lang
    )
    try:
        state.mkdir(parents=True, exist_ok=True)
        server.serve(place)
    except OSError as error:
        sys.stderr.write(f"{options.host}:{options.port}  {error.strerror or error}\n")
        return Exit.USAGE
    except KeyboardInterrupt:
        pass
    return Exit.CLEAN
