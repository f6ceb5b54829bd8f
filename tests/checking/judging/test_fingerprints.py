"""What findings are known by does not change with the code: waivers written for an earlier version still hold."""

from __future__ import annotations

import json

import pytest
from tests.checking import fingerprints

KEPT = json.loads(fingerprints.KEPT.read_text("utf-8"))


def test_examples_of_rules_are_known_by_what_they_were() -> None:
    now = dict(fingerprints.of_rules())
    same = now.keys() & KEPT["rules"].keys()
    assert len(same) > 0.7 * len(now), "rules changed: run python -m tests.checking.fingerprints"
    assert {said: now[said] for said in same} == {said: KEPT["rules"][said] for said in same}


@pytest.mark.parametrize(("name", "found"), [*fingerprints.of_documents()], ids=lambda value: str(value)[:40])
def test_example_documents_are_known_by_what_they_were(name: str, found: list[str]) -> None:
    assert found
    lost = set(KEPT["documents"][name]) - set(found)
    assert not lost
