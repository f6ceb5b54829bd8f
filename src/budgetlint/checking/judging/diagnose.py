"""Turns outcomes into findings: one for each cause, worded for people, named by meaning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from budgetlint.checking.check import PythonCheck
from budgetlint.checking.judging.causes import Cause, Mends, causes
from budgetlint.checking.judging.citing import Citing
from budgetlint.checking.judging.messages import also, message_of
from budgetlint.checking.judging.sheets import Sheets
from budgetlint.checking.judging.stating import names_of
from budgetlint.checking.judging.undecided import by_cause, standing_for, together
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import NOWHERE, Document, Place
from budgetlint.document.keys import FactKey, cause_said
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Basis, Rule
from budgetlint.results.findings import Finding, Operand, Outcome, Severity, Verdict, fingerprint
from budgetlint.said import told

AnyRule: TypeAlias = "Rule | PythonCheck"
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
_CONSISTENCY = ("勾稽关系", "consistency")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HOLE = re.compile(r"\{[^{}]*\}")
#: Verdicts that may become findings.
_TOLD = (Verdict.FAILS, Verdict.ROUNDS, Verdict.UNDETERMINED)


def diagnose(
    ledger: Ledger,
    rules: Mapping[str, AnyRule],
    document: Document,
    lang: str = "zh",
    mends: Mends | None = None,
) -> list[Finding]:
    """Return the findings of one document, errors first, each in printed order.

    Failed checks that one figure explains become one finding; 合计栏空白 one a column; 无法核对 one a cause (notice);
    a rounding difference that honest rounding rarely gives a notice. ``mends`` tries out what is proposed.
    """
    citing = Citing(document)
    outcomes = [citing.cited(o) if o.verdict in _TOLD else o for o in ledger.outcomes]
    kept = by_cause(outcomes)
    failed = causes(_without_repeats(outcomes), ledger, mends)
    findings = [
        _failed(cause, kept.pop(str(cause.outcomes[0].cause), ()), rules, document, lang) for cause in failed
    ]
    findings += [_finding(o, rules, document, lang, Severity.NOTICE) for o in outcomes if _is_unlikely(o)]
    findings += [
        _finding(standing_for(group), rules, document, lang, Severity.NOTICE, _kept_from(group, lang))
        for group in together(kept)
    ]
    sheets = Sheets(document, lang)
    findings = [
        sheets.named(replace(f, texts=citing.quotes(f.locations, f.operands))) for f in _told_apart(findings)
    ]
    return sorted(
        findings, key=lambda f: (_WEIGHT[f.severity], f.verdict is not Verdict.FAILS, _line(f), f.rule)
    )


def _is_unlikely(outcome: Outcome) -> bool:
    return outcome.verdict is Verdict.ROUNDS and outcome.unlikely


def _line(finding: Finding) -> tuple[int, int]:
    place = finding.locations[0] if finding.locations else NOWHERE
    return place.page or 0, place.line or place.paragraph or 0


def _without_repeats(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Keep one failed outcome of every cause that is named, and of every check on the same printed figures.

    A blank total column or a lost table is a named cause; “收支总计各增加…” states two things with the same figures.
    """
    seen: set[object] = set()
    kept = []
    for outcome in outcomes:
        if outcome.verdict is Verdict.FAILS:
            figures = frozenset(operand.fact for operand in outcome.operands)
            key = str(outcome.cause) or (outcome.rule, outcome.check, figures or outcome.instance)
            if key in seen:
                continue
            seen.add(key)
        kept.append(outcome)
    return kept


def _failed(
    cause: Cause, kept: Sequence[Outcome], rules: Mapping[str, AnyRule], document: Document, lang: str
) -> Finding:
    ordered = tuple(sorted(cause.outcomes, key=lambda o: _WEIGHT[o.severity]))
    suspect = (cause.suggestion.place,) if cause.suggestion else ()
    words = also(Cause(ordered, cause.suggestion), lang) + (_kept_from(kept, lang) if kept else "")
    finding = _finding(ordered[0], rules, document, lang, ordered[0].severity, words, suspect, cause)
    if suspect:
        return finding
    places = (*finding.locations, *(place for outcome in ordered[1:] for place in outcome.places))
    return replace(finding, locations=tuple(dict.fromkeys(places)))


def _finding(
    outcome: Outcome,
    rules: Mapping[str, AnyRule],
    document: Document,
    lang: str,
    severity: Severity,
    more: str = "",
    first: tuple[Place, ...] = (),
    cause: Cause | None = None,
) -> Finding:
    rule = rules[outcome.rule]
    id = f"{outcome.rule}.{outcome.check}" if outcome.check else outcome.rule
    message = message_of(outcome, _template(rule, outcome.check, lang), _asked(rule, outcome, lang), lang)
    locations = tuple(dict.fromkeys((*first, *outcome.places)))
    known = document.classification
    return Finding(
        id,
        told(rule.name, lang),
        severity,
        outcome.verdict,
        _continued(message.text, more, lang),
        tuple(cited(basis, lang) for basis in rule.basis),
        fingerprint(
            _named(rule, id), known.unit or known.department or "", known.year or "", *_meaning(outcome)
        ),
        locations,
        outcome.operands,
        outcome.difference,
        outcome.tolerance,
        outcome.reason,
        outcome.suggestion or (cause.suggestion if cause else None),
        unsaid=_unsaid(outcome, message.said),
    )


def _unsaid(outcome: Outcome, said: Collection[FactKey]) -> tuple[Operand, ...]:
    """Return the operands that a message does not print, each by a name of its own."""
    names = names_of(outcome.operands)
    return tuple(
        replace(operand, name=names[operand.fact])
        for operand in outcome.operands
        if operand.fact not in said and (operand.printed or operand.blank)
    )


def _continued(message: str, more: str, lang: str) -> str:
    """Go on after a message, which may end in a stop or not."""
    if not more:
        return message
    return message.rstrip("。. ") + ("." if lang == "en" else "") + more


def _named(rule: AnyRule, id: str) -> str:
    """Return what names a rule in fingerprints: a sentence of the command line is no other one for its number."""
    return (isinstance(rule, Rule) and rule.sentence) or id


def _meaning(outcome: Outcome) -> tuple[str, str]:
    """What an outcome is about, whatever lines were put in above it: instance, and cause without row numbers."""
    cause = cause_said(outcome.cause)
    return str(outcome.instance), cause.meaning if cause else ""


def _asked(rule: AnyRule, outcome: Outcome, lang: str) -> str:
    """Return what a failed test asks for, in the rule's own words."""
    if isinstance(rule, PythonCheck) or outcome.verdict is not Verdict.FAILS:
        return "not satisfied" if lang == "en" else "不符合要求"
    from budgetlint.language.printer import print_check

    said = print_check(rule.checks[max(outcome.check - 1, 0)], "en" if lang == "en" else "zh")
    return f"this does not hold: {said}" if lang == "en" else f"不符合：{said}"


def _template(rule: AnyRule, check: int, lang: str) -> str | None:
    """Return a rule's own message; in English only one that is written in English."""
    if isinstance(rule, PythonCheck):
        return None
    own = (rule.checks[check - 1].message if check else rule.checks[0].message) or rule.message
    return None if lang == "en" and own is not None and _HAN.search(_HOLE.sub("", own)) else own


def cited(basis: Basis, lang: str = "zh") -> str:
    """Return a basis as reports cite it."""
    return _CONSISTENCY[lang == "en"] if basis.consistency else basis.text


def _told_apart(findings: Sequence[Finding]) -> list[Finding]:
    """Give findings of one meaning fingerprints of their own, by what they print, so that no waiver hides two."""
    shared = Counter(finding.fingerprint for finding in findings)
    seen: Counter[str] = Counter()
    apart = []
    for finding in findings:
        if shared[finding.fingerprint] > 1:
            printed = [squeeze(operand.printed) for operand in finding.operands]
            key = fingerprint(finding.fingerprint, *(printed or [finding.message]))
            seen[key] += 1
            own = key if seen[key] == 1 else fingerprint(key, seen[key])
            finding = replace(finding, fingerprint=own)
        apart.append(finding)
    return apart


def _kept_from(group: Sequence[Outcome], lang: str) -> str:
    """Say how many checks a cause kept from being decided, and of which rules."""
    ids = list(dict.fromkeys(outcome.rule for outcome in group))
    if lang == "en":
        return f" Checks it keeps from being decided: {len(group)} ({', '.join(ids)})."
    return f"。因此未能核对 {len(group)} 项：{'、'.join(ids)}"
