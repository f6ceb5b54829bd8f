"""``budgetlint baseline``: accept every finding there is now, so that only new ones are reported."""

from __future__ import annotations

import argparse

from budgetlint.commands.waive import write
from budgetlint.config import Settings
from budgetlint.findings import Verdict
from budgetlint.opening import open_session
from budgetlint.report import Exit
from budgetlint.waivers import Waiver


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Check ``options.paths`` and waive what is found; what could not be read or decided is never waived."""
    report = open_session(settings).check(options.paths)
    waivers = [
        Waiver(finding.fingerprint, options.because)
        for document in report.documents
        for finding in document.open_findings
        if finding.verdict in (Verdict.FAILS, Verdict.ROUNDS) and not finding.rule.startswith("BL3")
    ]
    return write(list({waiver.fingerprint: waiver for waiver in waivers}.values()), settings)
