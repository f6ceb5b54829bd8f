"""Words a finding: the rule's own template, or what its comparison came to, figure by figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from budgetlint.checking.judging.causes import Cause
from budgetlint.checking.judging.stating import Stated, names_of, printed, shown, stated
from budgetlint.document import Amount
from budgetlint.document.keys import CauseKey, FactKey, cause_of, cause_said
from budgetlint.results.comparison import Sum
from budgetlint.results.findings import Operand, Outcome, Reason, Verdict
from budgetlint.results.wording import inside, reason_words
from budgetlint.said import told

#: A whole figure, with its thousands separators.
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
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
_HUNDREDTH = Decimal("0.01")
_SUFFIXES = {"printed": "原文", "where": "位置"}


def _amount(amount: Amount | None) -> str:
    return "" if amount is None else shown(amount.value, amount.unit, _decimals(amount))


def _decimals(amount: Amount) -> int:
    return 2 if amount.unit == "%" else 6


def message_of(outcome: Outcome, template: str | None, asked: str, lang: str) -> Stated:
    """Return the message of one outcome, with the figures that it prints.

    Args:
        outcome: what is told.
        template: the rule's own message, None where it has none.
        asked: the check in the rule's own words, for a test that is no comparison.
        lang: ``zh`` or ``en``.
    """
    if outcome.message is not None:
        text = told(outcome.message, lang)
        return Stated(text, _printed_in(text, outcome.operands))
    if outcome.verdict is Verdict.UNDETERMINED:
        return Stated(_undetermined(outcome, lang))
    if template:
        return _filled(template, outcome, lang)
    return _default(outcome, asked, lang)


def _printed_in(text: str, operands: Sequence[Operand]) -> frozenset[FactKey]:
    """Return the facts whose figures a text prints, none where it leaves one out: then all are listed beside it."""
    figures = Counter(_FIGURE.findall(text))
    wanted = Counter(figure for operand in operands for figure in _FIGURE.findall(operand.printed))
    words = [o for o in operands if not _FIGURE.search(o.printed)]
    whole = all(figures[f] >= n for f, n in wanted.items()) and all(o.printed in text for o in words)
    return frozenset(operand.fact for operand in operands) if whole else frozenset()


def _filled(template: str, outcome: Outcome, lang: str) -> Stated:
    said: set[FactKey] = set()
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
        said.add(operand.fact)
        return printed(operand, lang)

    text = _HOLE.sub(fill, template)
    said |= _sides_said(template, outcome)
    return Stated(text, frozenset(said))


def _sides_said(template: str, outcome: Outcome) -> set[FactKey]:
    """Return the figures that {左} and {右} print because they are a side by themselves."""
    holes = {_ALIASES.get(hole.strip(), hole.strip()) for hole in _HOLE.findall(template)}
    if len(outcome.compared) != 1:
        return set()
    (one,) = outcome.compared
    sides = [side for name, side in (("左", one.left), ("右", one.right)) if name in holes]
    return {
        side.parts[0].fact
        for side in sides
        if isinstance(side, Sum) and len(side.parts) == 1 and side.parts[0].coefficient == 1
    }


def _unit(outcome: Outcome) -> str | None:
    return outcome.left.unit if outcome.left else None


def _difference(outcome: Outcome) -> str:
    if outcome.difference is None:
        return ""
    unit = _unit(outcome)
    return shown(
        abs(outcome.difference), unit, 2 if unit == "%" and abs(outcome.difference) >= _HUNDREDTH else 6
    )


def _tolerance(outcome: Outcome) -> str:
    return "" if outcome.tolerance is None else shown(outcome.tolerance, _unit(outcome))


def _default(outcome: Outcome, asked: str, lang: str) -> Stated:
    """Say what is printed on either side of the comparison and how far apart the two are."""
    en = lang == "en"
    row = outcome.detail.get("行", "")
    head = f"{row}: " if row and en else f"{row}：" if row else ""
    end = "." if en else "。"
    if outcome.compared:
        known = stated(outcome, lang)
        return Stated(f"{head}{known.text}{end}", known.said)
    listed = _listed(outcome.operands, lang)
    if unseen := outcome.detail.get("未见"):
        nothing = f" Nothing like it stands in {unseen}." if en else f"{unseen}里没有这样的文字。"
        listed = f"{nothing}{listed}"
    return Stated(f"{head}{asked}{end}{listed}".rstrip(), frozenset(o.fact for o in outcome.operands))


def _listed(operands: Sequence[Operand], lang: str) -> str:
    """List what a test read, as printed."""
    named = [o for o in operands if o.printed or o.blank]
    if not named:
        return ""
    names = names_of(named)
    facts = ("; " if lang == "en" else "；").join(f"{names[o.fact]} {printed(o, lang)}" for o in named[:12])
    if len(named) > 12:
        facts += f" … ({len(named)} in all)" if lang == "en" else f"……（共 {len(named)} 项）"
    return f" Printed: {facts}" if lang == "en" else f"文本所印：{facts}"


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
            f" If {s.printed} ({at}) read {s.proposed}, {s.why.replace('、', ', ')} would agree."
            if lang == "en"
            else f"。如将 {at} 的 {s.printed} 改为 {s.proposed}，{s.why} 即相符，请先核实该数"
        )
    return "".join(parts)
