"""The overview says who has which problems, and keeps what could not be checked apart from what has none."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from tests.bureau.rows import document, finding

from budgetlint.bureau.charts import bars, histogram
from budgetlint.bureau.overview import Overview, overview_of
from budgetlint.bureau.query import connected
from budgetlint.bureau.store import Store, open_store
from budgetlint.cli import main


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(str(tmp_path / "store"), create=True)
    made.add(
        {
            "documents": [
                document(1, errors=2, verified=90, contradicted=2),
                document(2, errors=1, warnings=1, unit="示例市示例区某所", verified=55),
                document(3, verified=100),
                document(
                    4, read=False, numbers=0, decided=0, unit=None, department=None, kind=None, year=None
                ),
                document(5, decided=0),
            ],
            "findings": [
                finding(1),
                finding(1),
                finding(2),
                finding(2, "CN501", "warning"),
                finding(3, "CN999", waived=True),
            ],
        }
    )
    return made


def seen(store: Store) -> Overview:
    with connected(store) as connection:
        return overview_of(connection)


def test_who_has_problems_comes_first_and_who_could_not_be_checked_stands_apart(store: Store) -> None:
    overview = seen(store)
    assert [line.document for line in overview.first] == ["d1", "d2"]
    assert {line.document for line in overview.uncheckable} == {"d4", "d5"}
    assert (overview.whole.documents, overview.whole.errors, overview.whole.unread) == (5, 3, 1)
    assert sum(group.sums.documents for group in overview.units) == 5


def test_kinds_of_problems_are_counted_by_documents_and_waived_ones_are_not(store: Store) -> None:
    rules = {rule.rule: (rule.findings, rule.documents) for rule in seen(store).rules}
    assert rules == {"CN201": (3, 2), "CN501": (1, 1)}


def test_coverage_falls_into_tenths_and_what_has_no_figure_stands_apart(store: Store) -> None:
    histogram = seen(store).histogram
    assert sum(histogram) == 5
    assert (histogram[9], histogram[5], histogram[0], histogram[10]) == (2, 1, 1, 1)


def test_every_number_leads_to_the_documents_findings(store: Store, tmp_path: Path) -> None:
    page = tmp_path / "总览.html"
    assert main(["overview", store.address, "--format", f"html:{page}"]) == 0
    text = page.read_text(encoding="utf-8")
    pages = sorted((tmp_path / "总览-pages").iterdir())
    assert len(pages) == 1
    assert re.findall(r'href="([^"]*)"', text)
    for link in re.findall(r'href="([^"]*)"', text):
        file, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in (tmp_path / file).read_text(encoding="utf-8")
    whole = "".join(file.read_text(encoding="utf-8") for file in pages)
    for number in range(1, 6):
        assert f'id="d{number}"' in whole
    assert "<b>" not in whole.replace('<b class="alarm">', "") and "&lt;b&gt;" in whole
    assert "http://" not in text and "https://" not in text


def test_the_overview_as_text_and_as_a_workbook(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in ("zh", "en"):
        assert main(["overview", store.address, "--lang", language]) == 0
        assert "d1.pdf" in capsys.readouterr().out
    openpyxl = pytest.importorskip("openpyxl")
    file = tmp_path / "总览.xlsx"
    assert main(["overview", store.address, "--format", f"xlsx:{file}"]) == 0
    rows = list(openpyxl.load_workbook(file).worksheets[0].values)
    assert rows[1][:4] == ("示例市示例区某局", "示例市示例区某局", 3, 2)
    assert main(["overview", str(tmp_path / "none")]) == 2
    assert main(["overview", store.address, "--format", "pdf"]) == 2


def test_an_empty_store_has_an_overview(tmp_path: Path) -> None:
    assert seen(open_store(str(tmp_path / "store"), create=True)).whole.documents == 0


def test_pictures_are_sound_and_say_every_number() -> None:
    drawn = "".join(bars("错误", [("示例市", (3, 1)), ("示例县 <二>", (0, 2))], ("错误", "疑点")))
    ElementTree.fromstring(drawn)
    assert "3 + 1" in drawn and "0 + 2" in drawn
    upright = "".join(histogram("份额", [0, 4], ["甲", "乙"]))
    ElementTree.fromstring(upright)
    assert "".join(histogram("份额", [0], ["甲"])) == "" == "".join(bars("错误", [], ()))
