"""``budgetlint baseline``: accept every finding there is now, so that only new ones are reported."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from msgspec.structs import replace

from budgetlint.commands.waive import write
from budgetlint.config import DEFAULT, Settings
from budgetlint.results.findings import Verdict
from budgetlint.results.report import Exit, worst
from budgetlint.results.waivers import Waiver
from budgetlint.results.wording import about
from budgetlint.run.opening import open_session


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Check ``options.paths`` and waive what is found; what could not be read or decided is never waived."""
    if not Path(settings.waivers).is_file():
        settings = replace(settings, origins={**settings.origins, "waivers": DEFAULT})  # it is yet to be made
    report = open_session(settings).check(options.paths)
    for problem in report.problems:
        sys.stderr.write(f"{about(problem.path, problem.message, settings.lang)}\n")
    for document in report.documents:
        if not document.read:
            sys.stderr.writelines(
                f"{about(document.path, finding.message, settings.lang)}\n" for finding in document.findings
            )
    waivers = {
        finding.fingerprint: Waiver(
            finding.fingerprint, options.because, rule=f"{finding.rule} {finding.name}", what=document.called
        )
        for document in report.documents
        for finding in document.open_findings
        if finding.verdict in (Verdict.FAILS, Verdict.ROUNDS) and not finding.rule.startswith("BL3")
    }
    unread = [Exit.UNREAD] if not all(document.read for document in report.documents) else []
    return worst([write(list(waivers.values()), settings), *unread, *(p.exit for p in report.problems)])
