"""Follows a rule through a document: what each name came to, what each figure was read as, and what that gave.

:func:`trace` is the one way in: ``budgetlint try``, ``check --trace``, ``explain ID FILE`` and the desk show its result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from budgetlint.checking.case import case_of
from budgetlint.checking.engine.columns import columns_named
from budgetlint.checking.engine.evaluate import evaluate
from budgetlint.checking.engine.prose import sections_named
from budgetlint.checking.engine.tables import tables_named
from budgetlint.checking.index import DocumentIndex, TableIndex
from budgetlint.checking.judging.messages import message_of
from budgetlint.checking.judging.stating import names_of, printed, shown, stated
from budgetlint.document import Amount, Bundle, Place
from budgetlint.document.text import squeeze
from budgetlint.language.compile import compile_rule
from budgetlint.language.functions import Function
from budgetlint.language.meant.nearness import edit_distance
from budgetlint.language.printer import print_check
from budgetlint.language.syntax import ColumnRef, Label, RowChoice, RowRef, Rule, SectionRef, TableRef
from budgetlint.language.walk import nodes
from budgetlint.results.findings import Operand, Outcome, Verdict
from budgetlint.results.wording import inside, labels, position, reason_words
from budgetlint.vocabulary import Vocabulary

#: One instance of each verdict is shown, and so many names that nearly fit.
_NEAR = 5


class Meaning(Struct, frozen=True):
    """What a name of the rule came to in the document.

    ``kind`` is table, section, column or row; ``means`` what it was found as, with its place; ``near`` what the
    document prints that nearly fits, where nothing was found.
    """

    kind: str
    said: str
    means: tuple[str, ...]
    near: tuple[str, ...] = ()


class Read(Struct, frozen=True):
    """One figure or text that was read: as printed, its value and unit, one unit of its last digit, and where."""

    name: str
    printed: str
    value: str | None
    unit: str | None
    step: str | None
    where: str
    at: str
    path: str


class Instance(Struct, frozen=True):
    """One evaluated instance: its verdict, what it read, the arithmetic in one line, and what is said of it."""

    verdict: str
    about: str
    read: tuple[Read, ...]
    arithmetic: tuple[str, ...]
    said: str
    reason: str | None = None
    near: tuple[str, ...] = ()


class CheckTrace(Struct, frozen=True):
    """One check of a rule: its sentence, its names, its instances by verdict, and one of each."""

    sentence: str
    names: tuple[Meaning, ...]
    counts: dict[str, int]
    shown: tuple[Instance, ...]


class Trace(Struct, frozen=True):
    """A rule followed through one document."""

    rule: str
    name: str
    checks: tuple[CheckTrace, ...]


def trace(
    rule: Rule,
    bundle: Bundle,
    vocabulary: Vocabulary,
    functions: Mapping[str, Function] | None = None,
    lang: str = "zh",
) -> Trace:
    """Follow a sound rule through the document of a bundle.

    Args:
        rule: it need not apply to the document's kind.
        bundle: the document, and those it may be compared with.
        vocabulary: the document's.
        functions: what plugins registered, by name.
        lang: of what is said, ``zh`` or ``en``.
    """
    compiled, case = compile_rule(rule), case_of(bundle)
    outcomes = evaluate([compiled], case, vocabulary, functions, traced=True)
    checks = []
    for plan in compiled.plans:
        own = [outcome for outcome in outcomes if outcome.check == plan.number]
        meanings = tuple(_meanings((plan.quantifier, plan.body), case.index, vocabulary, lang))
        check = rule.checks[max(plan.number - 1, 0)]
        template = plan.message
        firsts: dict[Verdict, Outcome] = {}
        for outcome in own:
            firsts.setdefault(outcome.verdict, outcome)
        near = tuple(dict.fromkeys(name for meaning in meanings for name in meaning.near))[:_NEAR]
        counts = Counter(outcome.verdict.value for outcome in own)
        checks.append(
            CheckTrace(
                print_check(check, "en" if lang == "en" else "zh"),
                meanings,
                dict(counts),
                tuple(_instance(firsts[v], template, near, lang) for v in Verdict if v in firsts),
            )
        )
    return Trace(rule.id, rule.name, tuple(checks))


def to_data(traced: Trace) -> dict[str, Any]:
    """Return a trace as plain data."""
    data: dict[str, Any] = msgspec.to_builtins(traced)
    return data


def _instance(outcome: Outcome, template: str | None, near: tuple[str, ...], lang: str) -> Instance:
    names = names_of(outcome.operands)
    fails = outcome.verdict in (Verdict.FAILS, Verdict.ROUNDS, Verdict.UNDETERMINED)
    said = message_of(outcome, template, "", lang).text if fails and _has_words(outcome, template) else ""
    undecided = outcome.verdict is Verdict.UNDETERMINED
    return Instance(
        outcome.verdict.value,
        outcome.detail.get("行", "") or str(outcome.instance),
        tuple(_read(operand, names[operand.fact], lang) for operand in outcome.operands),
        tuple(_arithmetic(outcome, lang)),
        said,
        reason_words(outcome.reason, lang) if outcome.reason else None,
        near if undecided else (),
    )


def _has_words(outcome: Outcome, template: str | None) -> bool:
    return bool(template or outcome.compared or outcome.verdict is Verdict.UNDETERMINED)


def _read(operand: Operand, name: str, lang: str) -> Read:
    amount = operand.amount
    place = operand.place
    return Read(
        name,
        printed(operand, lang) if operand.blank else operand.printed,
        None if amount is None else shown(amount.value, amount.unit),
        None if amount is None else amount.unit,
        None if amount is None else _step(amount),
        labels(place),
        position(place, lang),
        place.path,
    )


def _step(amount: Amount) -> str:
    return shown(amount.quantum, amount.unit)


def _arithmetic(outcome: Outcome, lang: str) -> Iterator[str]:
    """Yield each comparison in one line: both sides, their difference, and what rounding may explain of it."""
    en = lang == "en"
    for one in outcome.compared:
        if one.left_value is None or one.right_value is None:
            yield stated(msgspec.structs.replace(outcome, compared=(one,)), lang).text
            continue
        unit = one.left_value.unit
        left, right = (shown(v.value, v.unit) for v in (one.left_value, one.right_value))
        line = f"{left} − {right}" if not en else f"{left} − ({right})"
        line += f" = {shown(one.difference if one.difference is not None else Decimal(0), unit)}"
        if one.tolerance is not None:
            slack = shown(one.tolerance, unit)
            line += f"; rounding explains up to {slack}" if en else f"；四舍五入最多可解释 {slack}"
        yield line


def _meanings(
    roots: Sequence[object], index: DocumentIndex, vocabulary: Vocabulary, lang: str
) -> Iterator[Meaning]:
    """Yield what every table, section, column and row that a check names came to."""
    seen: set[tuple[str, str]] = set()
    near_tables: list[TableIndex] = []
    for node in (node for root in roots if root is not None for node in nodes(root)):
        meaning: Meaning | None = None
        if isinstance(node, TableRef) and node.label is not None:
            found = tables_named(node, index, vocabulary)
            near_tables = list(found) or near_tables
            places = tuple(_placed(t.table.title, t.table.place, lang) for t in found)
            titles = () if found else _near(node.label, (t.table.title for t in index.tables))
            meaning = Meaning("table", node.label.text, places, titles)
        elif isinstance(node, SectionRef):
            sections = sections_named(node, index, vocabulary)
            said = node.label.text if node.label else f"第{node.number}节"
            places = tuple(_placed(f"{s.number} {s.title}".strip(), s.place, lang) for s in sections)
            headings = (s.title for s in index.document.sections())
            meaning = Meaning(
                "section", said, places, () if sections or not node.label else _near(node.label, headings)
            )
        elif isinstance(node, ColumnRef) and node.label is not None:
            meaning = _column(node.label, near_tables or list(index.tables), vocabulary)
        elif isinstance(node, RowRef) and node.choice is RowChoice.NAMED and node.label is not None:
            meaning = _row(node.label, near_tables, lang)
        if meaning is not None and (meaning.kind, meaning.said) not in seen:
            seen.add((meaning.kind, meaning.said))
            yield meaning


def _column(label: Label, tables: Sequence[TableIndex], vocabulary: Vocabulary) -> Meaning:
    found = dict.fromkeys(
        "/".join(table.table.columns[column].path)
        for table in tables
        for column in columns_named(label, table, None, vocabulary)
    )
    printed_columns = ("/".join(c.path) for table in tables for c in table.table.columns)
    said = label.called("栏次")
    near = () if found or label.numbered else _near(label, printed_columns)
    return Meaning("column", said, tuple(found), near)


def _row(label: Label, tables: Sequence[TableIndex], lang: str) -> Meaning:
    wanted = squeeze(label.text.rpartition("/")[2])
    rows = [(table, row) for table in tables for row in table.table.rows]
    found = tuple(
        _placed(row.label, row.place, lang)
        for _, row in rows
        if (str(row.number) == wanted if label.numbered else wanted in (squeeze(row.label), row.code or ""))
    )
    near = () if found or label.numbered else _near(label, (row.label for _, row in rows))
    return Meaning("row", label.called("行次"), found, near)


def _placed(text: str, place: Place, lang: str) -> str:
    at = position(place, lang) or inside(place, lang)
    return f"{text}（{at}）" if at and lang != "en" else f"{text} ({at})" if at else text


def _near(label: Label, candidates: Iterable[str]) -> tuple[str, ...]:
    """Return the printed names most like one that was not found."""
    wanted = squeeze(label.text)
    apart = {c: edit_distance(wanted, squeeze(c)) for c in dict.fromkeys(candidates) if c.strip()}
    like = [
        c
        for c in apart
        if apart[c] <= max(2, len(wanted) // 2) or wanted in squeeze(c) or squeeze(c) in wanted
    ]
    return tuple(sorted(like, key=lambda c: apart[c])[:_NEAR])
