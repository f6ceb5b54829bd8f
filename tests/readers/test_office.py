"""Old office formats are refused with advice, or converted where that was asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.readers.made import as_html, cells

from budgetlint import Report, check
from budgetlint.readers.office import conversion_notice, converted
from budgetlint.results.report import Exit

pytestmark = pytest.mark.usefixtures("no_bundled_rules")


def _checked(path: object, rules: Path, **settings: object) -> Report:
    return check(path, rules=(str(rules),), select=("ZZ",), **settings)


def test_old_formats_are_converted_only_when_asked(
    office: Callable[[bytes, str, str], bytes], clean: Path, rules: Path, tmp_path: Path
) -> None:
    lines = clean.read_text(encoding="utf-8").replace("\n\n", "\n").splitlines()
    at = lines.index("科目编码\t科目名称\t合计\t基本支出\t项目支出")
    page = as_html([*lines[:at], cells(*(line.split("\t") for line in lines[at:]))])
    for wanted in ("odt", "doc", "rtf"):
        file = tmp_path / f"旧 文本.{wanted}"
        file.write_bytes(office(office(page, "html", "odt"), "odt", wanted))
        (refused,) = _checked(file, rules).documents
        (converted,) = _checked(file, rules, convert=True).documents
        assert [finding.rule for finding in refused.findings] == ["BL909"]
        assert converted.read and converted.counts.holds == 5


def test_what_was_converted_is_said_to_be_with_the_version_of_the_program(
    office: Callable[[bytes, str, str], bytes],
) -> None:
    rtf = office(as_html(["甲", "乙"]), "html", "odt")
    notice = conversion_notice("甲.rtf", b"{\\rtf1", converted("甲.rtf", rtf))
    said = dict(notice.facts)
    assert (notice.id, notice.unread, said["from"]) == ("BL116", False, "rtf")
    assert re.fullmatch(r"LibreOffice \d+\.\d+.*", said["program"])
    assert dict(conversion_notice("甲.doc", b"", b"").facts) == {"from": "doc", "program": "LibreOffice"}


def test_without_libreoffice_a_conversion_says_so(
    tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)
    (tmp_path / "a.doc").write_bytes(b"{\\rtf1 x}")
    report = _checked(tmp_path / "a.doc", rules, convert=True)
    assert [finding.rule for finding in report.documents[0].findings] == ["BL903"]
    assert report.exit_code() is Exit.UNREAD


def test_of_an_mht_file_its_page_is_read(tmp_path: Path, rules: Path) -> None:
    page = (
        "<html><body><p>第一部分</p><table border=1><tr><td>科目</td><td>合计</td></tr></table></body></html>"
    )
    message = EmailMessage()
    message.set_content(page, subtype="html")
    (tmp_path / "a.mht").write_bytes(bytes(message))
    (document,) = _checked(tmp_path / "a.mht", rules).documents
    assert document.read
