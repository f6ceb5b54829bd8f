"""Reads the facts of a document itself: its title, year, kind, region and the unit that published it."""

from __future__ import annotations

import re
from decimal import Decimal

from budgetlint.checking.engine.context import Context
from budgetlint.checking.engine.facts import ZERO, Fact, Undetermined
from budgetlint.checking.engine.prose import text_of
from budgetlint.document import Amount, Dimension
from budgetlint.document.keys import ThingKey, cause_of
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Label
from budgetlint.results.findings import Reason

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")


_NAMES = frozenset({"全文", "标题", "公开类型", "地区", "部门名称", "单位名称", "范围", "年度", "标题年度"})


def is_document_fact(label: Label) -> bool:
    """Tell whether a bare name is a fact of the document, so that it never hangs on a section."""
    return not label.printed and squeeze(label.text) in _NAMES


def document_fact(name: str, context: Context) -> Fact:
    """Return a fact of the document by its name (标题年度, 单位名称 …)."""
    document = context.world.main.document
    known = document.classification
    year = _YEAR.search(squeeze(document.title))
    if name == "全文":
        return Fact(name, ThingKey("fact", (name,)), text_of(document.root))
    texts = {
        "标题": document.title,
        "公开类型": known.kind,
        "地区": known.region,
        "部门名称": known.department,
        "单位名称": known.unit or known.department,
        "范围": known.scope,
    }
    numbers = {"年度": known.year, "标题年度": int(year[1]) if year else None}
    if name in numbers:
        value = numbers[name]
        if value is None:
            raise Undetermined(Reason.MISSING_ROW, cause_of("fact", name))
        amount = Amount(Decimal(value), "年", ZERO)
        return Fact(name, ThingKey("fact", (name,)), str(value), amount, amount.value, ZERO, Dimension.COUNT)
    text = texts.get(name)
    if text is None:
        raise Undetermined(Reason.MISSING_ROW, cause_of("fact", name))
    return Fact(name, ThingKey("fact", (name,)), text)
