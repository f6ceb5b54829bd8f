"""Checks the items of the explanation against their totals: budgets of items, and lists of amounts line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from budgetlint.checking.check import check
from budgetlint.checking.checks.totals import total_outcome
from budgetlint.checking.engine.comparing import decide_total
from budgetlint.checking.engine.prose import fact_of
from budgetlint.document import Amount, Bundle, Dimension, Mention, MentionRole, Paragraph, Pattern, Section
from budgetlint.document.amount import MONEY_UNITS
from budgetlint.document.text import numbering_depth, squeeze
from budgetlint.language.syntax import Scope
from budgetlint.results.findings import Outcome, Severity
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

_FEWEST_ITEMS = 3
_BUDGET, _ACTUAL = "预算数", "决算数"
#: A line of a list: a name and an amount, 1.一般公共预算拨款收入 10.00 万元。
_LINE = re.compile(rf"[^，。；：:,;]{{2,40}}?-?\d[\d,]*(?:\.\d+)?(?:{'|'.join(MONEY_UNITS)})[。；;]?")


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


class _Item(Struct, frozen=True):
    """A line of a list, and how deep its number lies."""

    depth: int
    mention: Mention


@check(
    "BL207",
    Said("逐行列明的各项之和等于总额", "amounts listed line by line make their total"),
    Severity.WARNING,
    Said(
        "一节里编号逐行列明名称和金额的，下一级各行之和等于上一级的金额，最上一级各行之和等于其前写明的总额",
        "where a section lists names with amounts line by line, deeper lines make the line above, the first ones the total",
    ),
)
def listed_amounts(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One outcome a line that has lines below it, and one the total before a list."""
    for section in bundle.document.sections():
        # Some of a list may stand in the sections below, and its order is not that of the paragraphs here.
        if section.sections:
            continue
        for whole, parts in _lists(section.paragraphs):
            yield _of_list(section, whole, parts)


def _lists(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Mention, list[Mention]]]:
    """Yield every amount with those listed right below it, two or more.

    A list some of whose numbered paragraphs say more than a name and an amount is no such list: what it leaves out of
    a sum is not told.
    """
    before: Mention | None = None
    items: list[_Item] = []
    plain = True
    for paragraph in (*paragraphs, Paragraph("")):
        item = _item(paragraph)
        if item is not None:
            items.append(item)
        elif numbering_depth(squeeze(paragraph.text)) is not None:
            plain = False
        else:
            if plain:
                yield from _wholes(before, items)
            values = [m for m in paragraph.mentions if m.role is MentionRole.VALUE and _is_money(m)]
            before, items, plain = (values[0] if values else None), [], True


def _item(paragraph: Paragraph) -> _Item | None:
    words = squeeze(paragraph.text)
    depth = numbering_depth(words)
    if depth is None or len(paragraph.mentions) != 1 or not _LINE.fullmatch(words):
        return None
    (mention,) = paragraph.mentions
    return _Item(depth, mention) if mention.role is MentionRole.VALUE and _is_money(mention) else None


def _is_money(mention: Mention) -> bool:
    return mention.amount.dimension is Dimension.MONEY


def _wholes(before: Mention | None, items: Sequence[_Item]) -> Iterator[tuple[Mention, list[Mention]]]:
    top = min((item.depth for item in items), default=0)
    tops = [item.mention for item in items if item.depth == top]
    if before is not None and len(tops) > 1 and items[0].depth == top:
        yield before, tops
    for at, item in enumerate(items):
        below: list[_Item] = []
        for other in items[at + 1 :]:
            if other.depth <= item.depth:
                break
            below.append(other)
        nearest = min((other.depth for other in below), default=0)
        parts = [other.mention for other in below if other.depth == nearest]
        if parts:
            yield item.mention, parts


def _of_list(section: Section, whole: Mention, parts: Sequence[Mention]) -> Outcome:
    facts = [fact_of(mention, mention.concept) for mention in (whole, *parts)]
    listed = "、".join(f"{fact.name} {fact.printed}" for fact in facts[1:])
    message = Said(
        f"“{section.title}”中“{whole.concept}”为 {whole.text}，不等于其下所列各项之和（{listed}），请核对",
        f"“{whole.concept}” of “{section.title}” is {whole.text}, not the sum of what is listed below ({listed})",
    )
    instance = f"{section.number}|{section.title}|{whole.place.spot}|{whole.span[0]}"
    return total_outcome(listed_amounts, instance, message, facts, decide_total(facts[0], facts[1:]))
