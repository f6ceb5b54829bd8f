"""What must not be published is told, and its figure never stands in any report."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checking.passages import document, failures, named, table

from budgetlint import Report, Reporter, check
from budgetlint.checking.checks.sensitive import SENSITIVE_CHECKS, is_identity_number, mask
from budgetlint.document import Role
from budgetlint.plugins.builtin import register_reporters


def identity(first: str) -> str:
    """Return a made-up identity number with its right check digit."""
    return next(first + digit for digit in "0123456789X" if is_identity_number(first + digit))


PERSON = identity("11010119900101001")
PHONE, ACCOUNT = "13800001234", "6222020000001234567"


@pytest.mark.parametrize(
    ("id", "wrong", "right"),
    [
        ("BL411", "机密★三年", "本部门没有国家秘密事项，商业秘密按规定保护"),
        ("BL412", f"领取人身份证号{PERSON}", f"项目编码{PERSON[:-1]}{(int(PERSON[-1], 36) + 1) % 10}"),
        ("BL413", f"联系人电话{PHONE}", "收入总计13800001234.00元，电话0311-80001234"),
        ("BL414", f"开户银行账号：{ACCOUNT}", f"项目编码{ACCOUNT}"),
    ],
)
def test_sensitive_figures(id: str, wrong: str, right: str) -> None:
    check = named(SENSITIVE_CHECKS, id)
    [message] = failures(check, document(wrong))
    assert not any(figure in message for figure in (PERSON, PHONE, ACCOUNT))
    assert failures(check, document(right)) == []


def test_persons_beside_what_they_were_paid() -> None:
    check = named(SENSITIVE_CHECKS, "BL415")
    columns = {"姓名": Role.NAME, "补助金额": Role.AMOUNT}
    paid = table(columns, ("张某某", "0.05"), ("李四", "0.05"), ("合计", "0.10"))
    assert len(failures(check, document(tables=(paid,)))) == 1
    assert failures(check, document(tables=(table(columns, ("合计", "0.10")),))) == []


@given(st.text(alphabet="0123456789Xx账号 万元.-，", max_size=60))
def test_masking_keeps_length_and_is_done_once(text: str) -> None:
    hidden = mask(text)
    assert len(hidden) == len(text)
    assert mask(hidden) == hidden


def test_no_report_holds_a_sensitive_figure(clean: Path) -> None:
    said = f"负责示例工作，联系人××，身份证号{PERSON}，手机{PHONE}，银行账号{ACCOUNT}，增加（减少）示例示例。"
    clean.write_text(clean.read_text(encoding="utf-8").replace("负责示例工作。", said), encoding="utf-8")
    report = check(clean, draw=True)
    rules = {finding.rule for document in report.documents for finding in document.findings}
    assert {"BL412", "BL413", "BL414"} <= rules
    for reporter in register_reporters():
        written = _written(reporter, report)
        assert written
        assert not [figure for figure in (PERSON, PHONE, ACCOUNT) if figure in written], reporter.name
    assert json.dumps([document.title for document in report.documents])


def _written(reporter: Reporter, report: Report) -> str:
    """Return what a reporter writes; of an office file, the text of all its parts."""
    if not reporter.binary:
        stream = io.StringIO()
        reporter.write(report, stream, "zh")
        return stream.getvalue()
    content = io.BytesIO()
    reporter.write(report, content, "zh")
    with zipfile.ZipFile(content) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
