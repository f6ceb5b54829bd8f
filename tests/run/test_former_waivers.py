"""A waivers file that an earlier version wrote goes on to hold: findings keep their identity from release to release.

``tests/fixtures/waivers.yaml`` was written by ``budgetlint baseline`` of fd7c075 for the two faulty example documents,
before the modules moved, checks were declared anew and words of reading became data.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlint.config import Settings
from budgetlint.results.waivers import read_waivers
from budgetlint.run.opening import open_session

ROOT = Path(__file__).parents[2]
WAIVERS = ROOT / "tests" / "fixtures" / "waivers.yaml"
#: Rules that came after it, and what they find in the examples.
SINCE = {"CN531": 1}
#: What a run says of the waivers themselves: BL301 (expired), BL302 (no finding answers to it).
STALE = {"BL301", "BL302"}


#: Findings that are told within another's now, each with what made it so.
TOLD_WITHIN = {
    "b09172eecaf1": "CN510: BL206 shows which of its figures is wrong, so it stands with CN501, whose cause it shares",
}


@pytest.mark.parametrize(("kind", "count"), [("2023年部门决算", 10), ("2024年部门预算", 15)])
def test_every_waiver_of_an_earlier_version_still_waives(kind: str, count: int) -> None:
    document = ROOT / "examples" / "text" / f"示例区某局-{kind}（有错）.txt"
    report = open_session(Settings(waivers=str(WAIVERS))).check([str(document)])
    (checked,) = report.documents
    waived = [finding for finding in checked.findings if finding.waived is not None]
    about = [entry for entry in read_waivers(WAIVERS).entries if kind.replace("年", " ") in entry.what]
    unused = {entry.fingerprint for entry in about} - {finding.fingerprint for finding in waived}
    assert len(about) == count and unused <= set(TOLD_WITHIN)
    assert {finding.waived.because for finding in waived if finding.waived} == {"建立基线时已有"}
    left = [finding.rule.partition(".")[0] for finding in checked.open_findings if finding.rule not in STALE]
    assert all(left.count(rule) == SINCE.get(rule) for rule in left)


def test_the_file_itself_is_sound() -> None:
    given = read_waivers(WAIVERS)
    assert not given.errors and len(given.entries) == 25
