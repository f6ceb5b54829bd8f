"""Evaluates compiled rules against a bundle: one Outcome for every instance a check looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from budgetlint.checking.comparing import Result, compare, undetermined
from budgetlint.checking.context import Context, World
from budgetlint.checking.drift import settled
from budgetlint.checking.facts import NothingToCheck, Undetermined
from budgetlint.checking.index import DocumentIndex, TableIndex
from budgetlint.checking.predicates import test
from budgetlint.checking.prose import one_section
from budgetlint.checking.tables import table_cause, tables_named
from budgetlint.document import NOWHERE, Bundle, Document, MentionRole, Place, Role, Section, TableState
from budgetlint.document.text import squeeze
from budgetlint.findings import Operand, Outcome, Reason, Severity, Verdict
from budgetlint.language.compile import CompiledRule, Plan
from budgetlint.language.functions import Function
from budgetlint.language.naming import ANY_VALUE
from budgetlint.language.syntax import (
    And,
    Compare,
    Condition,
    EachItem,
    EachMention,
    EachParagraph,
    EachRow,
    EachTable,
    IfThen,
    Or,
    OtherDocument,
    Quantifier,
    Rule,
    SectionRef,
    TableRef,
    Test,
)
from budgetlint.vocabulary import Vocabulary

#: From worst to best, for 且 and 或; SKIPPED parts do not count.
_ORDER = (Verdict.FAILS, Verdict.UNDETERMINED, Verdict.ROUNDS, Verdict.HOLDS)
_PATTERNS = frozenset({"占比", "增减", "完成", "其中", "年份", "计数"})
_LIGHTER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


def evaluate(
    rules: Sequence[CompiledRule],
    bundle: Bundle,
    vocabulary: Vocabulary,
    functions: Mapping[str, Function] | None = None,
) -> list[Outcome]:
    """Evaluate rules that apply to the bundle's document and return every outcome, in the order of the rules."""
    world = world_of(bundle, vocabulary, functions)
    return settled(
        [
            outcome
            for compiled in rules
            for plan in compiled.plans
            for outcome in _outcomes(compiled.rule, plan, world)
        ]
    )


def world_of(
    bundle: Bundle, vocabulary: Vocabulary, functions: Mapping[str, Function] | None = None
) -> World:
    """Index the documents of a bundle; kind and year tell which of the others is which."""
    others: dict[OtherDocument, DocumentIndex] = {}
    for other in bundle.others:
        role = _role_of(other, bundle.document)
        if role is not None:
            others.setdefault(role, DocumentIndex(other, f"{role.value}>"))
    return World(DocumentIndex(bundle.document), vocabulary, others, functions or {})


def _role_of(other: Document, document: Document) -> OtherDocument | None:
    if other.kind is None or document.kind is None or other.year is None or document.year is None:
        return None
    if other.kind == document.kind and other.year == document.year - 1:
        return OtherDocument.LAST_YEAR
    if other.kind.endswith("预算") and document.kind.endswith("决算") and other.year == document.year:
        return OtherDocument.BUDGET
    return None


def _outcomes(rule: Rule, plan: Plan, world: World) -> Iterator[Outcome]:
    certain = rule.severity is Severity.ERROR
    seen = False
    try:
        for context in _instances(plan.quantifier, Context(world)):
            where = plan.quantifier.where if plan.quantifier else None
            considered: tuple[Operand, ...] = ()
            if where is not None:
                selected = decide(where, context, True, certain)
                if selected.verdict is Verdict.UNDETERMINED:
                    seen = True
                    yield _outcome(rule, plan, selected, context)
                if selected.verdict is not Verdict.HOLDS:
                    continue
                considered = selected.operands
            seen = True
            outcome = _outcome(rule, plan, decide(plan.body, context, False, certain), context)
            yield replace(outcome, considered=considered) if considered else outcome
    except Undetermined as problem:
        seen = True
        yield _outcome(rule, plan, undetermined(problem), Context(world))
    except NothingToCheck:
        pass
    if not seen:
        yield Outcome(rule.id, Verdict.SKIPPED, plan.number, severity=rule.severity)


def _outcome(rule: Rule, plan: Plan, result: Result, context: Context) -> Outcome:
    severity = rule.severity
    if result.at_most is not None and _LIGHTER[result.at_most] > _LIGHTER[severity]:
        severity = result.at_most
    if any(o.amount is not None and o.amount.approximate for o in result.operands):
        severity = Severity.NOTICE
    places = tuple(dict.fromkeys(o.place for o in result.operands if o.place != NOWHERE))
    here = place_of(context)
    if result.place != NOWHERE:
        places = (result.place, *(p for p in places if p != result.place))
    elif not places and here != NOWHERE:
        places = (here,)
    detail = dict(result.detail)
    row = row_label(context)
    if row:
        detail["行"] = row
    spoken = context.pattern or context.mention
    if spoken is not None:
        detail |= {"概念": spoken.concept, "科目": spoken.subject or spoken.concept}
    if result.candidates:
        detail["候选"] = "、".join(result.candidates)
    return Outcome(
        rule.id,
        result.verdict,
        plan.number,
        result.reason,
        severity,
        result.operands,
        result.left,
        result.right,
        result.difference,
        result.tolerance,
        instance_of(context),
        result.cause,
        detail,
        result.unlikely,
        places=places,
    )


# ---------------------------------------------------------------- conditions


def decide(node: Condition, context: Context, as_printed: bool = False, certain: bool = True) -> Result:
    """Decide a condition for one instance; ``as_printed`` inside ``where`` and ``if``."""
    match node:
        case Compare():
            return _plain(compare(node, context, _select, as_printed, certain), as_printed)
        case Test():
            return _plain(test(node, context, _select, certain), as_printed)
        case And(parts=parts):
            return _combined([decide(p, context, as_printed, certain) for p in parts], worst=True)
        case Or(parts=parts):
            return _combined([decide(p, context, as_printed, certain) for p in parts], worst=False)
        case IfThen(condition=condition, then=then):
            known = decide(condition, context, True, certain)
            if known.verdict is Verdict.UNDETERMINED:
                return known
            if known.verdict in (Verdict.FAILS, Verdict.SKIPPED):
                return Result(Verdict.SKIPPED, operands=known.operands)
            result = decide(then, context, as_printed, certain)
            return replace(result, operands=result.operands or known.operands, place=_first(result, known))
        case _:
            raise AssertionError(f"negation is moved inward when compiling: {node}")


def _plain(result: Result, as_printed: bool) -> Result:
    """In ``where`` and ``if`` a part that finds nothing to look at does not select."""
    if as_printed and result.verdict is Verdict.SKIPPED:
        return replace(result, verdict=Verdict.FAILS)
    return result


def _answered(result: Result, as_printed: bool) -> Result:
    """In ``where`` and ``if`` a question without an answer selects nothing, whatever stands beside it."""
    unanswered = as_printed and result.verdict is Verdict.SKIPPED
    return replace(result, verdict=Verdict.FAILS) if unanswered else result


def _first(result: Result, known: Result) -> Place:
    return result.place if result.place != NOWHERE else known.place


def _select(where: Condition, context: Context) -> Verdict:
    return decide(where, context, as_printed=True).verdict


def _combined(results: list[Result], worst: bool) -> Result:
    """且 is the worst of its parts, 或 the best; the part that decides speaks, with the facts of all."""
    counting = [r for r in results if r.verdict is not Verdict.SKIPPED]
    if not counting:
        return Result(Verdict.SKIPPED, operands=tuple(o for r in results for o in r.operands))
    choose = min if worst else max
    chosen = choose(counting, key=lambda r: _ORDER.index(r.verdict))
    if chosen.verdict is Verdict.FAILS and len(counting) > 1 and worst:
        return chosen
    operands = {o.fact: o for r in (chosen, *counting) for o in r.operands}
    return replace(chosen, operands=tuple(operands.values()))


# ---------------------------------------------------------------- quantifiers


def _instances(quantifier: Quantifier | None, context: Context) -> Iterator[Context]:
    match quantifier:
        case None:
            yield context
        case EachRow(table=table, amount_columns=amount_columns):
            for found in _tables(table, context):
                for row in found.printing:
                    if not amount_columns:
                        yield context.at(found, row)
                        continue
                    for column in found.table.rows[row].cells:
                        if found.table.columns[column].role is Role.AMOUNT:
                            yield context.at(found, row, column)
        case EachTable(table=table):
            for found in _tables(table, context, lost=table.label is None):
                yield context.at(found)
        case EachParagraph(section=section):
            within = _section(section, context)
            for prose in context.world.main.prose_in(within):
                yield replace(context, prose=prose)
        case EachMention(label=label, section=section):
            yield from _mentions(squeeze(label.text), _section(section, context), context)
        case EachItem(label=label):
            yield from _items(label.text, context)


def _tables(ref: TableRef, context: Context, lost: bool = False) -> Iterator[TableIndex]:
    """Tables a quantifier visits; a named table that is missing or lost is 无法核对, not vacuous.

    Of 每张表 T there may be none: then there is nothing to check, unless a title without a body was found.
    """
    vocabulary = context.world.vocabulary
    found = tables_named(ref, context.world.main, vocabulary)
    standing = [t for t in found if lost or t.table.state is not TableState.MISSING]
    if not standing and ref.label is not None and (found or not ref.each):
        place = found[0].table.place if found else NOWHERE
        raise Undetermined(Reason.MISSING_TABLE, table_cause(ref, vocabulary), place)
    yield from standing


def _section(ref: SectionRef | None, context: Context) -> Section | None:
    return None if ref is None else one_section(ref, context.world.main, context.world.vocabulary)


def _mentions(name: str, section: Section | None, context: Context) -> Iterator[Context]:
    index = context.world.main
    if name in _PATTERNS:
        for prose, pattern in index.patterns_in(section, name):
            yield replace(context, prose=prose, pattern=pattern)
        return
    term = context.world.vocabulary.concept_said(name)
    concept = term.name if term else name
    for prose, mention in index.mentions_in(section):
        value = mention.role in (MentionRole.VALUE, MentionRole.COUNT)
        current = mention.year in (None, index.document.year)
        if value and current and (name == ANY_VALUE or mention.concept == concept):
            yield replace(context, prose=prose, mention=mention)


def _items(name: str, context: Context) -> Iterator[Context]:
    document = context.world.main.document
    if squeeze(name) == "目录":
        for item in document.contents:
            yield replace(context, item=(("标题", item.title), ("序号", item.number)))
        return
    for entry in context.world.vocabulary.lists.get(name, ()):
        yield replace(context, item=(("名称", entry), ("标题", entry)))


# ---------------------------------------------------------------- what an instance is called


def row_label(context: Context) -> str:
    """Return how people call the row an instance is at: code and name."""
    if context.table is None or context.row is None:
        return ""
    row = context.table.table.rows[context.row]
    code = row.code if row.code and not row.code_inferred else ""
    return " ".join(part for part in (code, row.label) if part)


def instance_of(context: Context) -> str:
    """Return an identity of the instance by meaning: table, key, row path or code, column, which one of namesakes."""
    if context.table is not None:
        table = context.table.table
        parts = [table.id or squeeze(table.title), table.key or ""]
        if context.row is not None:
            row = table.rows[context.row]
            same = context.table.by_code.get(row.code, ()) if row.code else ()
            which = str(same.index(context.row)) if len(same) > 1 and context.row in same else ""
            parts += [row.code or "/".join(squeeze(step) for step in row.path), which]
        if context.column is not None:
            parts.append("/".join(squeeze(step) for step in table.columns[context.column].path))
        return "|".join(parts)
    spoken = context.pattern or context.mention
    if spoken is not None:
        section = context.prose.sections[-1] if context.prose and context.prose.sections else None
        title = section.name or squeeze(section.title) if section else ""
        return "|".join((title, spoken.subject, spoken.concept))
    if context.prose is not None:
        return squeeze(context.prose.paragraph.text)[:40]
    return dict(context.item or ()).get("标题", "")


def place_of(context: Context) -> Place:
    """Return where an instance stands."""
    if context.table is not None:
        table = context.table.table
        if context.row is None:
            return table.place.within(table=table.title)
        row = table.rows[context.row]
        return row.place.within(table=table.title, row=row.label)
    spoken = context.pattern or context.mention
    if spoken is not None:
        return spoken.place
    return context.prose.paragraph.place if context.prose is not None else NOWHERE
