"""Checks the items of the explanation of expenditure against their total: what each had as budget makes the whole budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budgetlint.checking.check import check
from budgetlint.checking.engine.prose import fact_of
from budgetlint.document import Amount, Bundle, Mention, Pattern, Section
from budgetlint.language.syntax import Scope
from budgetlint.results.findings import Outcome, Severity
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

_FEWEST_ITEMS = 3
_BUDGET, _ACTUAL = "预算数", "决算数"


@check(
    "BL511",
    Said("各项年初预算之和等于总额", "the items' budgets make the whole"),
    Severity.WARNING,
    Said(
        "决算具体情况逐项列明年初预算和决算的，决算之和等于总额时，年初预算之和也应等于总额（没有决算的科目可能未列，须说明）",
        "where the items' final figures make the total, their budgets make it too (items without a final figure may be left out, and said so)",
    ),
    scope=Scope(kinds=("决算",)),
)
def budgets_of_items(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One outcome a section: where the items' final figures make the total, their budgets make it too."""
    for section in bundle.document.sections():
        whole, items = _parted(section)
        if whole is None or len(items) < _FEWEST_ITEMS or not whole[_BUDGET].amount.value:
            continue
        budgets, actuals = [item[_BUDGET] for item in items], [item[_ACTUAL] for item in items]
        if not _makes(whole[_ACTUAL], actuals):
            continue
        holds = _makes(whole[_BUDGET], budgets)
        total = sum((m.amount.value for m in budgets), Decimal(0))
        added, printed = _printed(total, whole[_BUDGET].amount), whole[_BUDGET].text
        message = Said(
            f"所列 {len(items)} 项的决算数之和等于总额，预算数之和 {added} 与总额 {printed} 不等，"
            "请核对是否漏列有预算、没有决算的科目",
            f"the final figures of the {len(items)} items make their total, the budgets make {added}, not {printed}: "
            "is an item left out that had a budget and no expenditure?",
        )
        figures = (whole[_BUDGET], *budgets)
        yield budgets_of_items.judged(
            f"{section.number}|{section.title}",
            None if holds else message,
            *dict.fromkeys(mention.place for mention in figures),
            operands=tuple(fact_of(mention, _BUDGET).operand() for mention in figures),
        )


def _parted(section: Section) -> tuple[dict[str, Mention] | None, list[dict[str, Mention]]]:
    """Return the total's budget and final figure, and those of the items under it (items bear a subject)."""
    whole: dict[str, Mention] | None = None
    items = []
    for paragraph in section.paragraphs:
        for pattern in paragraph.patterns:
            figures = _figures(pattern)
            if figures is None:
                continue
            if pattern.subject:
                items.append(figures)
            elif whole is None and not items:
                whole = figures
    return whole, items


def _figures(pattern: Pattern) -> dict[str, Mention] | None:
    if pattern.kind != "完成" or not all(
        len(pattern.values.get(name, ())) == 1 for name in (_BUDGET, _ACTUAL)
    ):
        return None
    return {name: pattern.values[name][0] for name in (_BUDGET, _ACTUAL)}


def _makes(whole: Mention, parts: list[Mention]) -> bool:
    """Tell whether parts make a whole but for rounding."""
    difference = whole.amount.value - sum((part.amount.value for part in parts), Decimal(0))
    tolerance = sum((part.amount.quantum for part in (whole, *parts)), Decimal(0)) / 2
    return not difference or abs(difference) < tolerance


def _printed(value: Decimal, like: Amount) -> str:
    return f"{value / like.factor:,.2f}{like.unit or ''}"
