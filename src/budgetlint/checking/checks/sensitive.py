"""Finds what must not be published (marks of secrecy, identity, telephone and account numbers) and masks it everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetlint.checking.case import case_of
from budgetlint.checking.check import PythonCheck, check
from budgetlint.checking.checks.passages import Passage
from budgetlint.document import Bundle, Role, RowKind, Table
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Basis
from budgetlint.results.findings import Outcome, Severity
from budgetlint.said import Said
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


@check(
    "BL411",
    Said("没有密级标志", "no mark of secrecy"),
    Severity.WARNING,
    Said(
        "公开文本不带密级、内部资料等标志（涉密内容不公开）",
        "what is published bears no mark of secrecy or internal use",
    ),
    basis=_LAW,
    once=True,
)
def secrecy_marks(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for passage in case_of(bundle).passages:
        found = _SECRECY.search(passage.squeezed)
        message = found and Said(
            f"印有密级或内部使用标志“{found[0]}”，请先确认可以公开",
            f"bears a mark of secrecy or internal use, “{found[0]}”: may this be published?",
        )
        yield _outcome(secrecy_marks, passage, message)


@check(
    "BL412",
    Said("没有身份证号", "no identity number"),
    Severity.WARNING,
    Said(
        "公开文本不印居民身份证号；各种报告中一律隐去",
        "no identity number is published; reports mask them",
    ),
    basis=_PRIVACY,
    once=True,
)
def identity_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for passage in case_of(bundle).passages:
        found = [m[0] for m in _IDENTITY.finditer(passage.text) if is_identity_number(m[0])]
        yield _outcome(identity_numbers, passage, _said("居民身份证号", "an identity number", found))


@check(
    "BL413",
    Said("没有手机号码", "no mobile number"),
    Severity.WARNING,
    Said(
        "公开文本不印手机号码；各种报告中一律隐去",
        "no mobile number is published; reports mask them",
    ),
    basis=_PRIVACY,
    once=True,
)
def mobile_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for passage in case_of(bundle).passages:
        text = _ACCOUNT.sub("", passage.text)
        found = [m[0] for m in _MOBILE.finditer(text)]
        yield _outcome(mobile_numbers, passage, _said("手机号码", "a mobile number", found))


@check(
    "BL414",
    Said("没有银行账号", "no bank account"),
    Severity.WARNING,
    Said(
        "公开文本不印银行账号；各种报告中一律隐去",
        "no bank account is published; reports mask them",
    ),
    basis=_PRIVACY,
    once=True,
)
def account_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for passage in case_of(bundle).passages:
        found = [m[0] for m in _ACCOUNT.finditer(passage.text)]
        yield _outcome(account_numbers, passage, _said("银行账号", "a bank account", found))


def _said(zh: str, en: str, found: list[str]) -> Said | None:
    masked = "、".join(map(mask, found))
    return Said(f"印有{zh}（{masked}），公开前请删除或隐去", f"prints {en} ({masked})") if found else None


@check(
    "BL415",
    Said("不逐人列姓名和金额", "no list of persons and payments"),
    Severity.WARNING,
    Said(
        "表中不逐人列出姓名和发放的金额",
        "no table lists persons beside what each was paid",
    ),
    basis=_PRIVACY,
    once=True,
)
def named_payments(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A table that names persons beside what each was paid."""
    for number, table in enumerate(bundle.document.tables):
        named = _persons_paid(table)
        message = Said(
            f"“{table.title}”逐人列出姓名和金额（{named} 人），公开前请确认是否应当隐去",
            f"“{table.title}” lists {named} persons beside what each was paid",
        )
        place = table.place.within(table=table.title)
        yield named_payments.judged(f"{table.title}|{number}", message if named else None, place)


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


def _outcome(check: PythonCheck, passage: Passage, message: Said | None) -> Outcome:
    return check.judged(mask(passage.squeezed)[:60] if message else "", message, passage.place)


SENSITIVE_CHECKS = (
    secrecy_marks,
    identity_numbers,
    mobile_numbers,
    account_numbers,
    named_payments,
)
