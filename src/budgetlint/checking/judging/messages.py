"""Words a finding: the rule's own template, or a sentence that shows every operand with its text and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from budgetlint.checking.judging.causes import Cause
from budgetlint.document import Amount, Dimension
from budgetlint.document.amount import MONEY_UNITS
from budgetlint.document.keys import CauseKey, cause_of, cause_said
from budgetlint.results.findings import Operand, Outcome, Reason, Verdict
from budgetlint.results.said import told
from budgetlint.results.wording import inside, reason_words

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
_DOCUMENTS = {
    cause_of("document", "last-year"): ("上年文本", "last year's document"),
    cause_of("document", "budget"): ("年初预算文本", "the budget's document"),
}
_SUFFIXES = {"printed": "原文", "where": "位置"}


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
        return told(outcome.message, lang)
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
            return inside(operand.place, lang)
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
        if outcome.verdict is Verdict.ROUNDS:
            apart += ", as rounding may leave" if en else "，是四舍五入可能留下的尾差，请核实"
        elif outcome.tolerance:
            apart += (
                f" (rounding explains less than {_tolerance(outcome)})"
                if en
                else f"（四舍五入可解释的尾差不到 {_tolerance(outcome)}）"
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
        f"{o.name} {printed(o, lang)}" + (f" [{at}]" if (at := inside(o.place, lang)) else "")
        for o in named[:12]
    )
    if not facts:
        return ""
    if len(named) > 12:
        facts += f" … ({len(named)} in all)" if lang == "en" else f"……（共 {len(named)} 项）"
    return f"Printed: {facts}" if lang == "en" else f"文本所印：{facts}"


def _undetermined(outcome: Outcome, lang: str) -> str:
    reason = reason_words(outcome.reason or Reason.UNSURE_EXTRACTION, lang)
    cause = cause_said(outcome.cause)
    subject = cause_name(outcome.cause, lang)
    candidates = outcome.detail.get("候选", "")
    if cause is not None and cause.kind == "fact":
        subject += (
            "; say where: section S, table T row R"
            if lang == "en"
            else "；要写明在哪个章节，或哪张表的哪一行"
        )
    if lang == "en":
        return f"not checkable: {reason}{f' ({subject})' if subject else ''}{f': {candidates}' if candidates else ''}"
    return f"无法核对：{reason}{f'（{subject}）' if subject else ''}{f'，可能是：{candidates}' if candidates else ''}"


def cause_name(cause: CauseKey | str, lang: str) -> str:
    """Return what a cause is about in words people know: table, row, column or section, no internal identity."""
    known = cause_said(cause)
    if known is None:
        return ""
    if known in _DOCUMENTS:
        return _DOCUMENTS[known][lang == "en"]
    return " ".join(known.words)


def also(cause: Cause, lang: str) -> str:
    """Say which other checks fail because of the same figure, and what figure would make all agree.

    A check that says in words what contradicts what is told whole.
    """
    others = cause.outcomes[1:]
    worded = [told(o.message, lang) for o in others if o.message is not None and not cause.suggestion]
    counted = [o for o in others if o.message is None or cause.suggestion]
    rules = list(dict.fromkeys(o.rule for o in counted))
    parts = [f" {message}." if lang == "en" else f"。{message}" for message in worded]
    if rules:
        count = len(counted)
        zh, en = (
            ("因同一数字不符", " through the same figure") if cause.suggestion else ("同时不符", " with it")
        )
        parts.append(
            f" {count} more check(s) fail{en}: {', '.join(rules)}."
            if lang == "en"
            else f"。另有 {count} 项核对{zh}：{'、'.join(rules)}"
        )
    if cause.suggestion is not None:
        s = cause.suggestion
        at = inside(s.place, lang)
        parts.append(
            f" If {s.printed} ({at}) read {s.proposed}, these checks would agree."
            if lang == "en"
            else f"。如将 {at} 的 {s.printed} 改为 {s.proposed}，上述核对即相符，请先核实该数"
        )
    return "".join(parts)
