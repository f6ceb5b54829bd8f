"""The page stands alone, allows only its own script, and says the same without it."""

from __future__ import annotations

import base64
import io
import re
from hashlib import sha256
from pathlib import Path

import pytest

from budgetlint.config import Settings
from budgetlint.reporters import html
from budgetlint.run.opening import open_session

pytestmark = pytest.mark.usefixtures("no_bundled_rules")


def _page(paths: list[Path], rules: Path, language: str = "zh") -> str:
    session = open_session(Settings(rules=(str(rules),), select=("ZZ",), draw=True, lang=language))
    stream = io.StringIO()
    html.write(session.check(str(path) for path in paths), stream, language)
    return stream.getvalue()


def test_its_policy_names_the_hashes_of_what_stands_in_it(flawed: Path, rules: Path) -> None:
    page = _page([flawed], rules)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None and policy[1].startswith("default-src 'none'")
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(sha256(text.encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in policy[1]
    assert " style=" not in page and " onclick=" not in page


def test_it_fetches_nothing(flawed: Path, rules: Path) -> None:
    assert not re.findall(r'(?:src|href)="(?!#)[^"]+"|https?://|@import|url\(', _page([flawed], rules))


def test_every_link_leads_somewhere(flawed: Path, clean: Path, rules: Path) -> None:
    page = _page([flawed, clean], rules)
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links and links <= set(ids)


def test_a_contradicted_figure_leads_to_its_finding_without_a_script(flawed: Path, rules: Path) -> None:
    page = _page([flawed], rules)
    (finding,) = re.findall(r'id="(d1k\d+)" tabindex="-1" data-rule="ZZ001"', page)
    assert re.search(rf'<td class="n f[^"]* x"[^>]*><a href="#{finding}">21.00</a>', page)


def test_several_documents_begin_with_a_table_to_sort(flawed: Path, clean: Path, rules: Path) -> None:
    assert "sortable" not in _page([clean], rules).partition("<main>")[2].partition("<script>")[0]
    page = _page([flawed, clean], rules)
    overview = page[page.index('<section class="overview">') : page.index('<section class="document"')]
    assert overview.count("<tr>") == 4 and str(clean) in overview


@pytest.mark.parametrize(("language", "tongue"), [("zh", "zh-CN"), ("en", "en")])
def test_it_says_which_language_it_is_in(language: str, tongue: str, clean: Path, rules: Path) -> None:
    assert f'<html lang="{tongue}">' in _page([clean], rules, language)
