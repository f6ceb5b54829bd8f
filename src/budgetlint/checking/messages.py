"""Words a finding: the rule's own template, or a sentence that shows every operand with its text and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from budgetlint.checking.causes import Cause
from budgetlint.document import Amount, Dimension, Place
from budgetlint.document.amount import MONEY_UNITS
from budgetlint.findings import Operand, Outcome, Reason, Verdict

_HOLE = re.compile(r"\{([^{}]+)\}")
_ALIASES = {
    "left": "左",
    "right": "右",
    "diff": "差",
    "tolerance": "容差",
    "row": "行",
    "table": "表",
    "section": "章节",
    "paragraph": "段落",
}
_SUFFIXES = {"printed": "原文", "where": "位置"}

REASONS = {
    Reason.MISSING_SECTION: ("没有找到章节", "no such section"),
    Reason.MISSING_TABLE: (
        "没有找到表，或只有标题没有表体",
        "no such table, or a title with nothing under it",
    ),
    Reason.MISSING_ROW: ("没有列出该行或没有写出该数字", "that row or figure is not printed"),
    Reason.MISSING_COLUMN: ("表中没有该列", "the table has no such column"),
    Reason.BLANK_OPERAND: ("单元格为空白", "a cell is blank"),
    Reason.NOT_A_NUMBER: ("印的不是数字", "what is printed is not a number"),
    Reason.UNKNOWN_UNIT: ("没有写明金额单位", "no unit is stated"),
    Reason.ZERO_DENOMINATOR: ("分母为零", "the denominator is zero"),
    Reason.AMBIGUOUS_REFERENCE: ("有多处可能，不能确定是哪一处", "several places could be meant"),
    Reason.CONFLICTING_MENTIONS: ("文中同一数字前后不一致", "the text gives different figures for one thing"),
    Reason.MISSING_DOCUMENT: ("没有提供用于对照的另一份文本", "the document to compare with was not given"),
    Reason.UNSURE_EXTRACTION: (
        "表格列位错动，读取没有把握",
        "the table's columns drifted; reading is not sure",
    ),
    Reason.BUDGET_EXCEEDED: ("核对量超过上限", "the check would read too much"),
}


def shown(value: Decimal, unit: str | None) -> str:
    """Write a value in a unit (money is held in 元): 17648000, 万元 → 1764.8 万元."""
    figure = value / MONEY_UNITS.get(unit or "", Decimal(1))
    text = f"{figure:f}"
    if "." in text:
        digits = min(-_exponent(figure), 4 if unit == "%" else 6)
        text = f"{figure.quantize(Decimal(1).scaleb(-digits)):f}".rstrip("0").rstrip(".")
    return f"{text or '0'}{unit or ''}" if unit in ("%", None) else f"{text or '0'} {unit}"


def _exponent(figure: Decimal) -> int:
    exponent = figure.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


def _amount(amount: Amount | None) -> str:
    return "" if amount is None else shown(amount.value, amount.unit)


def where(place: Place, lang: str) -> str:
    """Say where something stands: table, row, column, and line, page or cell."""
    named = [part.replace("\n", "") for part in (place.table, place.row, place.column) if part]
    at = ""
    if place.line is not None:
        at = f"line {place.line}" if lang == "en" else f"第{place.line}行"
    elif place.page is not None:
        at = f"page {place.page}" if lang == "en" else f"第{place.page}页"
    elif place.sheet is not None:
        at = f"{place.sheet}!{place.cell or ''}"
    inside = " / ".join(named)
    return (
        f"{inside}（{at}）"
        if inside and at and lang != "en"
        else f"{inside} ({at})"
        if inside and at
        else inside or at
    )


def printed(operand: Operand, lang: str) -> str:
    """Quote an operand as printed, with its unit where the figure does not carry it."""
    if operand.blank or not operand.printed.strip():
        return "blank" if lang == "en" else "空白"
    amount = operand.amount
    text = operand.printed.strip()
    if (
        amount is None
        or not amount.unit
        or amount.unit in text
        or (amount.dimension is Dimension.PERCENT and "%" in text)
    ):
        return text
    return f"{text}{'' if amount.unit == '%' else ' '}{amount.unit}"


def message_of(outcome: Outcome, template: str | None, lang: str) -> str:
    """Return the message of one outcome."""
    if outcome.message is not None:
        return outcome.message
    if outcome.verdict is Verdict.UNDETERMINED:
        return _undetermined(outcome, lang)
    return _filled(template, outcome, lang) if template else _default(outcome, lang)


def _filled(template: str, outcome: Outcome, lang: str) -> str:
    holes = {
        "左": outcome.detail.get("左") or _amount(outcome.left),
        "右": outcome.detail.get("右") or _amount(outcome.right),
        "差": _difference(outcome),
        "容差": _tolerance(outcome),
        "行": outcome.detail.get("行", ""),
    }
    known = (*outcome.considered, *outcome.operands)
    by_name = {operand.name.rpartition(" ")[2]: operand for operand in known}
    by_name |= {operand.name: operand for operand in known}

    def fill(match: re.Match[str]) -> str:
        name, _, suffix = match[1].strip().partition(".")
        name = _ALIASES.get(name, name)
        if name in holes:
            return holes[name]
        operand = by_name.get(name)
        if operand is None:
            return outcome.detail.get(name, "")
        if _SUFFIXES.get(suffix, suffix) == "位置":
            return where(operand.place, lang)
        return printed(operand, lang) if suffix else (_amount(operand.amount) or printed(operand, lang))

    return _HOLE.sub(fill, template)


def _unit(outcome: Outcome) -> str | None:
    return outcome.left.unit if outcome.left else None


def _difference(outcome: Outcome) -> str:
    return "" if outcome.difference is None else shown(abs(outcome.difference), _unit(outcome))


def _tolerance(outcome: Outcome) -> str:
    return "" if outcome.tolerance is None else shown(outcome.tolerance, _unit(outcome))


def _default(outcome: Outcome, lang: str) -> str:
    """Say what is printed on either side of the comparison, how far apart the two are, and where each figure stands."""
    en = lang == "en"
    row = outcome.detail.get("行", "")
    head = f"{row}: " if row and en else f"{row}：" if row else ""
    facts = _listed(outcome.operands, lang)
    if outcome.left is not None and outcome.right is not None:
        left, right = _sides(outcome, en)
        apart = f"; they differ by {_difference(outcome)}" if en else f"，两者相差 {_difference(outcome)}"
        if outcome.tolerance:
            apart += (
                f" (rounding explains {_tolerance(outcome)})"
                if en
                else f"（四舍五入可解释的尾差为 {_tolerance(outcome)}）"
            )
        return f"{head}{left}{'; ' if en else '，'}{right}{apart}{'. ' if en else '。'}{facts}".rstrip()
    if "左" in outcome.detail:
        left, right = outcome.detail["左"], outcome.detail["右"]
        said = f"“{left}” against “{right}”" if en else f"“{left}”与“{right}”不一致"
    else:
        said = "not satisfied" if en else "不符合要求"
    return f"{head}{said}{'. ' if en else '。'}{facts}".rstrip()


def _sides(outcome: Outcome, en: bool) -> tuple[str, str]:
    """Name the operands of each side: those a linear form adds on the left, those it takes away on the right."""
    left = [o for o in outcome.operands if o.coefficient > 0]
    right = [o for o in outcome.operands if o.coefficient < 0]
    if not (left and right):
        return (
            f"one side {_amount(outcome.left)}" if en else f"一边是 {_amount(outcome.left)}",
            f"the other {_amount(outcome.right)}" if en else f"另一边是 {_amount(outcome.right)}",
        )
    return _side(left, outcome.left, en), _side(right, outcome.right, en)


def _side(operands: list[Operand], amount: Amount | None, en: bool) -> str:
    names = list(dict.fromkeys(operand.name for operand in operands))
    shown_names = ("、" if not en else ", ").join(names[:6])
    if len(operands) == 1:
        return f"{shown_names} {_amount(amount)}" if en else f"{shown_names}为 {_amount(amount)}"
    more = "" if len(names) <= 6 else " …" if en else " 等"
    return (
        f"{shown_names}{more} make {_amount(amount)}"
        if en
        else f"{shown_names}{more} {len(operands)} 项算得 {_amount(amount)}"
    )


def _listed(operands: Sequence[Operand], lang: str) -> str:
    """List operands as printed, each with its place."""
    named = [o for o in operands if o.printed or o.blank]
    facts = ("; " if lang == "en" else "；").join(
        f"{o.name} {printed(o, lang)}" + (f" [{at}]" if (at := where(o.place, lang)) else "")
        for o in named[:12]
    )
    if not facts:
        return ""
    if len(named) > 12:
        facts += f" … ({len(named)} in all)" if lang == "en" else f"……（共 {len(named)} 项）"
    return f"Printed: {facts}" if lang == "en" else f"文本所印：{facts}"


def _undetermined(outcome: Outcome, lang: str) -> str:
    zh, en = REASONS[outcome.reason or Reason.UNSURE_EXTRACTION]
    subject = cause_name(outcome.cause)
    candidates = outcome.detail.get("候选", "")
    if lang == "en":
        return f"not checkable: {en}{f' ({subject})' if subject else ''}{f': {candidates}' if candidates else ''}"
    return f"无法核对：{zh}{f'（{subject}）' if subject else ''}{f'，可能是：{candidates}' if candidates else ''}"


def cause_name(cause: str) -> str:
    """Return what a cause is about in words people know: table, row, column or section, no internal identity."""
    rest = cause.partition(":")[2]
    return " ".join(part for part in rest.split(":") if part and "#" not in part and "|" not in part)


def also(cause: Cause, lang: str) -> str:
    """Say which other checks fail because of the same figure, and what figure would make all agree."""
    rules = list(dict.fromkeys(o.rule for o in cause.outcomes[1:]))
    parts = []
    if rules:
        count = len(cause.outcomes) - 1
        listed = "、".join(rules)
        parts.append(
            f" {count} more check(s) fail through the same figure: {', '.join(rules)}."
            if lang == "en"
            else f"。另有 {count} 项核对因同一数字不符：{listed}"
        )
    if cause.suggestion is not None:
        s = cause.suggestion
        at = where(s.place, lang)
        parts.append(
            f" If {s.printed} ({at}) read {s.proposed}, these checks would agree."
            if lang == "en"
            else f"。如将 {at} 的 {s.printed} 改为 {s.proposed}，上述核对即相符，请先核实该数"
        )
    return "".join(parts)
