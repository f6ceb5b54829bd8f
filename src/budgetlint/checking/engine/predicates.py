"""Decides the tests of the language: exists, is blank, contains, runs on, is in list and their kin."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from budgetlint.checking.engine.cells import cell_fact, name_of
from budgetlint.checking.engine.columns import column_of, columns_named
from budgetlint.checking.engine.comparing import Result, facts_read, undetermined
from budgetlint.checking.engine.context import Context
from budgetlint.checking.engine.expressions import LEVELS, Evaluation, Selector
from budgetlint.checking.engine.facts import Fact, Linear, NothingToCheck, Undetermined, Words
from budgetlint.checking.engine.prose import sections_named
from budgetlint.checking.engine.readings import is_listed, quote_sentences, reads_as
from budgetlint.checking.engine.references import fact_of_ref
from budgetlint.checking.engine.rows import rows_of
from budgetlint.checking.engine.tables import NO_TABLES, document_of, one_table, tables_named
from budgetlint.checking.index import TableIndex
from budgetlint.document import NOWHERE, Place, TableState
from budgetlint.document.keys import CauseKey, cause_of
from budgetlint.document.text import chinese_number, squeeze
from budgetlint.language.syntax import Expression, Label, Ref, Test, TestKind, Text
from budgetlint.results.findings import Reason, Severity, Verdict

_PLACES = {TestKind.EXISTS, TestKind.THERE_IS, TestKind.MISSING, TestKind.BLANK}


def test(node: Test, context: Context, select: Selector, certain: bool = True) -> Result:
    """Decide a test; negation swaps HOLDS and FAILS."""
    evaluation = Evaluation(context, select, certain=certain)
    try:
        holds, place = _decide(node, context, evaluation)
    except Undetermined as problem:
        return undetermined(problem, facts_read(evaluation))
    except NothingToCheck:
        return Result(Verdict.SKIPPED)
    verdict = Verdict.HOLDS if holds is not node.negated else Verdict.FAILS
    detail = _subject(node, context) | _two_texts(node, evaluation)
    if node.kind in (TestKind.CONTAINS, TestKind.MATCHES):
        wanted = [_other_text(node.kind, a, evaluation) for a in node.arguments if not isinstance(a, Label)]
        detail |= quote_sentences(node.kind, wanted, evaluation.facts, context.world.main.prose)
    result = Result(verdict, read=facts_read(evaluation), place=place, detail=detail)
    if verdict is not Verdict.FAILS:
        return result
    # A title over nothing may be the conversion's fault: never an error, and one finding with what depends on it.
    if lost := _lost_table(node, context):
        return replace(result, at_most=Severity.WARNING, cause=lost)
    if not _may_stand_unrecognised(node, context):
        return result
    # A document without any table lacks them all for one reason: one finding.
    return replace(result, at_most=Severity.WARNING, cause="" if context.world.main.tables else NO_TABLES)


def _two_texts(node: Test, evaluation: Evaluation) -> dict[str, str]:
    """Both texts of 相同于, for the holes {左} and {右}."""
    if node.kind is not TestKind.READS_AS:
        return {}
    (other,) = node.arguments
    assert not isinstance(other, Label)
    return {"左": evaluation.words(node.subject).text, "右": evaluation.words(other).text}


def _subject(node: Test, context: Context) -> dict[str, str]:
    """What a test of a table or section is about, for the message's holes {表} and {章节}."""
    ref = node.subject
    if not isinstance(ref, Ref) or not names_a_place(ref):
        return {}
    if ref.section is not None:
        label = ref.section.label
        return {"章节": label.text if label else f"第{ref.section.number}节"}
    if ref.table is not None and ref.table.label is not None:
        return {"表": ref.table.label.text}
    return {"表": context.table.called} if context.table is not None else {}


def _lost_table(node: Test, context: Context) -> CauseKey | None:
    """Return the cause a lost table is known by (its title stands in the body, nothing under it), None for others."""
    ref = node.subject
    if not isinstance(ref, Ref) or ref.section or ref.row or not names_a_place(ref):
        return None
    found: tuple[TableIndex, ...] = (context.table,) if context.table is not None else ()
    if ref.table is not None and ref.table.label is not None:
        found = tables_named(ref.table, document_of(ref, context), context.world.vocabulary)
    lost = [t.table for t in found if t.table.state is TableState.MISSING]
    return cause_of("table", lost[0].name or lost[0].title) if lost else None


def _may_stand_unrecognised(node: Test, context: Context) -> bool:
    """Tell whether a table that is not found may be one that no vocabulary names, or stand where nothing was read.

    A cell that was not read (a formula that was never calculated) hides no table; a page, a picture or a part does.
    """
    ref = node.subject
    if not isinstance(ref, Ref) or ref.table is None or not names_a_place(ref) or ref.row is not None:
        return False
    index = document_of(ref, context)
    if any(notice.unread and notice.place.cell is None for notice in index.document.notices):
        return True
    tables = index.tables
    return not tables or any(t.table.id is None and t.has_amounts for t in tables)


def _decide(node: Test, context: Context, evaluation: Evaluation) -> tuple[bool, Place]:
    subject = node.subject
    if isinstance(subject, Ref) and node.kind in _PLACES:
        if names_a_place(subject):
            return _decide_place(node.kind, subject, context)
        if names_a_column(subject) and node.kind is not TestKind.BLANK:
            return _decide_column(node.kind, subject, context)
        printed = prints_property(subject, context)
        if printed is not None:
            return printed is (node.kind in (TestKind.EXISTS, TestKind.THERE_IS)), NOWHERE
    match node.kind:
        case TestKind.EXISTS | TestKind.THERE_IS:
            return not _is_blank(subject, evaluation), NOWHERE
        case TestKind.MISSING | TestKind.BLANK:
            return _is_blank(subject, evaluation), NOWHERE
        case TestKind.ZERO:
            return evaluation.printed_value(evaluation.quantity(subject)) == 0, NOWHERE
        case TestKind.INTEGER:
            if _is_blank(subject, evaluation):
                raise NothingToCheck
            value = evaluation.printed_value(evaluation.quantity(subject))
            return value == value.to_integral_value(), NOWHERE
        case TestKind.UNIQUE:
            return _is_unique(subject, context, evaluation)
        case TestKind.RUNS_ON:
            return _runs_on(subject, context, evaluation)
        case TestKind.ONE_OF:
            return _is_one_of(node, evaluation), NOWHERE
        case TestKind.IN_LIST:
            return _in_list(node, context, evaluation), NOWHERE
        case _:
            return _reads(node, evaluation), NOWHERE


# ---------------------------------------------------------------- sections, tables, rows


def names_a_place(ref: Ref) -> bool:
    """Tell whether a reference names a section, a table or a row itself, nothing printed in it."""
    return ref.column is None and ref.item is None and not ref.total and not ref.paragraph


def names_a_column(ref: Ref) -> bool:
    """``表 T 列 C`` names the column itself; a cell of it needs a row."""
    return (
        ref.table is not None and ref.row is None and ref.column is not None and ref.column.label is not None
    )


def _decide_column(kind: TestKind, ref: Ref, context: Context) -> tuple[bool, Place]:
    table = one_table(ref, context)
    assert ref.column is not None and ref.column.label is not None
    there = bool(columns_named(ref.column.label, table, None, context.world.vocabulary))
    return there is (kind is not TestKind.MISSING), table.table.place


def prints_property(ref: Ref, context: Context) -> bool | None:
    """Tell whether a sentence prints a property of its pattern (derived ones do not count); None for other names."""
    if context.pattern is None or ref.bare is None:
        return None
    name = squeeze(ref.bare.text)
    if name not in context.world.vocabulary.patterns.get(context.pattern.kind, ()):
        return None
    return bool(context.pattern.values.get(name) or context.pattern.words.get(name))


def _decide_place(kind: TestKind, ref: Ref, context: Context) -> tuple[bool, Place]:
    """Tests of a section, table or row itself; those of a table always reach a verdict."""
    index = document_of(ref, context)
    if ref.section is not None:
        found = sections_named(ref.section, index, context.world.vocabulary)
        there = bool(found)
        place = found[0].place if found else NOWHERE
        if kind is TestKind.BLANK:
            return not any(any(True for _ in s.walk() if _.paragraphs or _.tables) for s in found), place
        return there if kind is not TestKind.MISSING else not there, place
    if ref.row is not None:
        return _decide_row(kind, ref, context)
    if ref.table is None:
        tables: tuple[TableIndex, ...] = (context.table,) if context.table is not None else ()
    else:
        tables = tables_named(ref.table, index, context.world.vocabulary)
        if context.table in tables and context.table is not None:
            tables = (context.table,)
    place = tables[0].table.place if tables else NOWHERE
    standing = [t for t in tables if t.table.state is not TableState.MISSING]
    match kind:
        case TestKind.MISSING:
            return not standing, place
        case TestKind.BLANK:
            return bool(standing) and not any(t.has_amounts for t in standing), place
        case _:
            return bool(standing), place


def _decide_row(kind: TestKind, ref: Ref, context: Context) -> tuple[bool, Place]:
    table = one_table(ref, context)
    try:
        rows = rows_of(ref, table, context)
    except NothingToCheck:
        rows = ()
    place = table.table.rows[rows[0]].place if rows else table.table.place
    if kind is TestKind.BLANK:
        cells = [cell for row in rows for cell in table.table.rows[row].cells.values()]
        return not any(cell.amount is not None and cell.amount.value != 0 for cell in cells), place
    return (not rows) if kind is TestKind.MISSING else bool(rows), place


# ---------------------------------------------------------------- values


def _is_blank(subject: Any, evaluation: Evaluation) -> bool:
    """A cell that prints nothing, a property that a sentence does not state, a figure that is not there."""
    try:
        found = evaluation.value(subject)
    except Undetermined as problem:
        if problem.reason in (Reason.MISSING_SECTION, Reason.MISSING_ROW, Reason.MISSING_COLUMN):
            return True
        raise
    if isinstance(found, Words):
        return found.blank or not found.text
    return (
        isinstance(found, Linear)
        and bool(found.terms)
        and all(evaluation.facts[f].blank for f in found.terms)
    )


def _column_facts(subject: Any, context: Context) -> tuple[list[Fact], int | None]:
    """Every cell of the column a reference stands for, and which of them the quantifier is at."""
    if not isinstance(subject, Ref) or subject.column is None:
        raise Undetermined(Reason.AMBIGUOUS_REFERENCE, cause_of("column", ""))
    table = one_table(subject, context)
    here = context.row if table is context.table else None
    group = table.table.rows[here].group if here is not None else None
    rows = [i for i in table.printing if group is None or table.table.rows[i].group == group]
    if not rows:
        raise NothingToCheck
    key = subject.column, group
    if key not in table.columns_read:
        table.columns_read[key] = _whole_column(subject, table, rows, context)
    return table.columns_read[key], rows.index(here) if here in rows else None


def _whole_column(subject: Ref, table: TableIndex, rows: list[int], context: Context) -> list[Fact]:
    try:
        return [fact_of_ref(Ref(column=subject.column), context.at(table, i)) for i in rows]
    except Undetermined:
        column = column_of(subject.column, None, table, rows[0], context)
        return [cell_fact(table, i, column, name_of(subject)) for i in rows]


def _is_unique(subject: Any, context: Context, evaluation: Evaluation) -> tuple[bool, Place]:
    facts, here = _column_facts(subject, context)
    texts = [squeeze(f.printed) for f in facts]
    if here is None:
        printed = [t for t in texts if t]
        return len(printed) == len(set(printed)), facts[0].place
    if not texts[here]:
        raise NothingToCheck
    evaluation.facts[facts[here].identity] = facts[here]
    earlier = [i for i in range(here) if texts[i] == texts[here]]
    for i in earlier:
        evaluation.facts[facts[i].identity] = facts[i]
    return not earlier, facts[here].place


def _runs_on(subject: Any, context: Context, evaluation: Evaluation) -> tuple[bool, Place]:
    facts, here = _column_facts(subject, context)
    numbered = [
        (i, f, n)
        for i, f in enumerate(facts)
        if (n := chinese_number(f.printed.strip("、.()（）"))) is not None
    ]
    pairs = list(pairwise(numbered))
    if here is not None:
        pairs = [(a, b) for a, b in pairs if b[0] == here]
    if not pairs:
        raise NothingToCheck
    broken = [(a, b) for a, b in pairs if b[2] != a[2] + 1]
    for a, b in broken[:1] or pairs[:1]:
        evaluation.facts[a[1].identity] = a[1]
        evaluation.facts[b[1].identity] = b[1]
    return not broken, (broken or pairs)[0][1][1].place


def _is_one_of(node: Test, evaluation: Evaluation) -> bool:
    found = evaluation.value(node.subject)
    words = [squeeze(a.text) for a in node.arguments if isinstance(a, Text | Label)]
    if isinstance(found, Words):
        return found.text in words
    value = evaluation.printed_value(found)
    return any(value == LEVELS.get(word, word) or str(value) == word for word in words)


def _in_list(node: Test, context: Context, evaluation: Evaluation) -> bool:
    words = evaluation.words(node.subject)
    if words.blank:
        raise NothingToCheck
    (name,) = node.arguments
    assert isinstance(name, Label)
    return is_listed(words.text, name.text, context.world.vocabulary)


def _reads(node: Test, evaluation: Evaluation) -> bool:
    """Compare what is printed with one of the texts a test names."""
    subject = evaluation.words(node.subject)
    if subject.blank and node.kind is not TestKind.CONTAINS:
        raise NothingToCheck
    return any(
        reads_as(node.kind, subject.text, _other_text(node.kind, text, evaluation))
        for text in node.arguments
        if not isinstance(text, Label)
    )


def _other_text(kind: TestKind, node: Expression, evaluation: Evaluation) -> str:
    if kind is TestKind.MATCHES:
        assert isinstance(node, Text)
        return node.text
    return evaluation.words(node).text
