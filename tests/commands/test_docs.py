"""The generated pages say what the rules say now."""

from __future__ import annotations

from pathlib import Path

from budgetlint.commands.docs import PAGE, catalogue
from budgetlint.config import Settings
from budgetlint.run.opening import open_session
from budgetlint.said import said

DOCS = Path(__file__).parents[2] / "docs"


def test_the_catalogue_in_docs_is_the_one_of_the_rules() -> None:
    """Where this fails, run ``budgetlint docs docs``."""
    written = (DOCS / PAGE).read_text(encoding="utf-8").split("\n")
    said = "\n".join(catalogue(open_session(Settings()))).split("\n")
    assert [line for line in written if line.startswith("### ")] == [
        line for line in said if line.startswith("### ")
    ]
    assert written[:-1] == said


def test_every_core_check_names_what_it_checks() -> None:
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    session = open_session(Settings())
    for check in session.checks:
        assert f"### {check.id} {said(check.name).zh}" in page and said(check.sentence).zh in page
        assert said(check.name).en.isascii(), check.id
