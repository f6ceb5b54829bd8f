"""Finds what must not be published (marks of secrecy, identity, telephone and account numbers) and masks it everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from budgetlint.checking.check import PythonCheck, judged, once_where_clear
from budgetlint.checking.checks.passages import Passage, passages
from budgetlint.document import Bundle, Role, RowKind, Table
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Basis
from budgetlint.results.findings import Outcome, Severity, Verdict
from budgetlint.vocabulary import Vocabulary

_LAW = (Basis("《中华人民共和国预算法》（2018年修正）第十四条"),)
_PRIVACY = (Basis("《中华人民共和国个人信息保护法》"),)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z])(?<!\d[.,\-])1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?![0-9A-Za-z]|[.,]\d|万?元)"
)
_ACCOUNT = re.compile(r"((?:账|帐)[号户]|卡号)([^\d\n。；]{0,12}?)(\d(?:[ \-]?\d){11,24})(?!\d|\.)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_SECRECY = re.compile(
    r"^(绝密|机密|秘密)$|(绝密|机密|秘密)[★☆*]|^(内部资料|内部文件)|(注意保密|仅供内部使用)$"
)
_PERSON = re.compile(r"^[\u4e00-\u9fff]{2,4}$|^[\u4e00-\u9fff][*某]{1,2}[\u4e00-\u9fff]?$")
_NOT_PERSONS = frozenset({"合计", "小计", "总计", "姓名", "其他", "备注"})


def is_identity_number(number: str) -> bool:
    """Tell whether 18 characters are an identity number: the last is the check digit of the others (GB 11643)."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK_DIGITS[total % 11] == number[17].upper()


def mask(text: str) -> str:
    """Return a text with every identity, mobile and account number in it made unreadable; other texts unchanged."""
    if not any(char.isdigit() for char in text):
        return text
    text = _IDENTITY.sub(lambda m: _starred(m[0], 3, 1) if is_identity_number(m[0]) else m[0], text)
    text = _ACCOUNT.sub(lambda m: m[1] + m[2] + _starred(m[3], 0, 4), text)
    return _MOBILE.sub(lambda m: _starred(m[0], 3, 2), text)


def _starred(number: str, first: int, last: int) -> str:
    return number[:first] + "*" * (len(number) - first - last) + number[len(number) - last :]


def _secrecy_marks(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for passage in passages(bundle.document):
        found = _SECRECY.search(passage.squeezed)
        message = f"印有密级或内部使用标志“{found[0]}”，请先确认可以公开" if found else None
        yield _outcome("BL411", passage, message)


def _identity_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for passage in passages(bundle.document):
        found = [m[0] for m in _IDENTITY.finditer(passage.text) if is_identity_number(m[0])]
        yield _outcome("BL412", passage, _said("居民身份证号", found))


def _mobile_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for passage in passages(bundle.document):
        text = _ACCOUNT.sub("", passage.text)
        found = [m[0] for m in _MOBILE.finditer(text)]
        yield _outcome("BL413", passage, _said("手机号码", found))


def _account_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for passage in passages(bundle.document):
        found = [m[0] for m in _ACCOUNT.finditer(passage.text)]
        yield _outcome("BL414", passage, _said("银行账号", found))


def _said(what: str, found: list[str]) -> str | None:
    return f"印有{what}（{'、'.join(map(mask, found))}），公开前请删除或隐去" if found else None


def _named_payments(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A table that names persons beside what each was paid."""
    for number, table in enumerate(bundle.document.tables):
        named = _persons_paid(table)
        message = (
            f"“{table.title}”逐人列出姓名和金额（{named} 人），公开前请确认是否应当隐去" if named else None
        )
        yield judged("BL415", f"{table.title}|{number}", message, table.place.within(table=table.title))


def _persons_paid(table: Table) -> int:
    names = [i for i, column in enumerate(table.columns) if squeeze(column.label).endswith("姓名")]
    money = {i for i, column in enumerate(table.columns) if column.role is Role.AMOUNT}
    return sum(
        1
        for row in table.rows
        if row.kind is RowKind.DATA
        and any(_is_person(row.cells[i].text) for i in names if i in row.cells)
        and any(cell.amount is not None for i, cell in row.cells.items() if i in money)
    )


def _is_person(text: str) -> bool:
    name = squeeze(text)
    return bool(_PERSON.match(name)) and name not in _NOT_PERSONS


def _outcome(id: str, passage: Passage, message: str | None) -> Outcome:
    if message is None:
        return _clear(id)
    return Outcome(
        id,
        Verdict.FAILS,
        severity=Severity.WARNING,
        instance=mask(passage.squeezed)[:60],
        message=message,
        places=(passage.place,),
    )


@lru_cache
def _clear(id: str) -> Outcome:
    """One outcome for every passage without a finding: thousands are looked at."""
    return Outcome(id, Verdict.HOLDS, severity=Severity.WARNING)


SENSITIVE_CHECKS = tuple(
    PythonCheck(id, name, Severity.WARNING, basis, sentence, once_where_clear(run))
    for id, name, basis, sentence, run in (
        ("BL411", "没有密级标志", _LAW, "公开文本不带密级、内部资料等标志（涉密内容不公开）", _secrecy_marks),
        (
            "BL412",
            "没有身份证号",
            _PRIVACY,
            "公开文本不印居民身份证号；各种报告中一律隐去",
            _identity_numbers,
        ),
        ("BL413", "没有手机号码", _PRIVACY, "公开文本不印手机号码；各种报告中一律隐去", _mobile_numbers),
        ("BL414", "没有银行账号", _PRIVACY, "公开文本不印银行账号；各种报告中一律隐去", _account_numbers),
        ("BL415", "不逐人列姓名和金额", _PRIVACY, "表中不逐人列出姓名和发放的金额", _named_payments),
    )
)
