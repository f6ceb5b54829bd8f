"""``--lang en`` is whole: what is Chinese in an English report is quoted from the document or the rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from budgetlint.config import Settings
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session

HAN = re.compile(r"[\u4e00-\u9fff]+")
FLAWED = Path(__file__).parent.parent / "examples" / "text" / "示例区某局-2024年部门预算（有错）.txt"


@pytest.fixture(scope="module")
def session() -> Session:
    return open_session(Settings(lang="en"))


def test_every_rule_of_every_pack_has_an_english_name(session: Session) -> None:
    names = session.packs.english().rules
    missing = [rule.id for rule in session.packs.rules if rule.id not in names]
    assert missing == [] and not any(HAN.search(name) for name in names.values())
    assert set(names) <= {rule.id for rule in session.packs.rules}


def test_every_item_of_the_review_list_is_said_in_english(session: Session) -> None:
    lists = session.packs.vocabulary_of_all().lists
    items = {item for name, items in lists.items() if name.startswith("人工复核/") for item in items}
    english = session.packs.english().review
    assert items <= set(english) and not any(HAN.search(text) for text in english.values())


def test_an_english_report_speaks_english(session: Session) -> None:
    (report,) = session.check([str(FLAWED)]).documents
    text = "".join(FLAWED.read_text("utf-8").split())
    assert report.findings and report.review
    assert not any(HAN.search(item) for item in report.review)
    for finding in report.findings:
        assert not HAN.search(finding.name)
        assert all(basis == "consistency" or "《" in basis for basis in finding.basis)
        if "does not hold: " in finding.message:
            continue  # the rule's own sentence, with its names
        names = {word for operand in finding.operands for word in HAN.findall(operand.name + operand.called)}
        left = [
            word
            for word in HAN.findall(finding.message)
            if word not in text and not any(word in n for n in names)
        ]
        assert left == [], finding.message
