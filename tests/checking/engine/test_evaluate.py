"""The engine against the reference evaluator, on random documents and random rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace
from tests.checking import reference
from tests.checking.build import VOCABULARY, document, table

from budgetlint.checking.engine.evaluate import evaluate
from budgetlint.document import Bundle, Document
from budgetlint.language.compile import compile_rule
from budgetlint.language.syntax import (
    Aggregate,
    Aggregation,
    And,
    Basis,
    Binary,
    Check,
    ColumnRef,
    Compare,
    EachRow,
    Expression,
    IfThen,
    Label,
    Not,
    Number,
    Operator,
    Or,
    Ref,
    Relation,
    RowChoice,
    RowRef,
    Rule,
    Slack,
    TableRef,
)
from budgetlint.results.findings import Severity

CODES = ("208", "20801", "2080101", "2080102", "20805", "2080501", "210", "21001", "2100101")
COLUMNS = ("合计", "基本支出", "项目支出")

# ---------------------------------------------------------------- random documents

figures = st.one_of(
    st.sampled_from(("", "", "—", "?1.0", "0", "0.00")),
    st.sampled_from(
        ("1", "2", "3", "4", "5", "1.0", "2.5", "0.5", "3.50", "1.25", "2.26", "1.24", "0.01", "-1")
    ),
    st.sampled_from(("1", "2", "3", "4", "5", "6", "10", "0.5", "1.5", "2.5")),
)


@st.composite
def tables(draw: st.DrawFn, title: str) -> object:
    codes = sorted(draw(st.sets(st.sampled_from(CODES), min_size=1, max_size=5)))
    rows = [("", "合计")] * draw(st.integers(0, 1)) + [(code, f"科目{code}") for code in codes]
    if draw(st.booleans()):
        rows.insert(draw(st.integers(len(rows) - 1, len(rows))), ("", "其中：某项"))
    columns = COLUMNS[: draw(st.integers(2, 3))]
    lines = ["| 科目编码 | 科目名称 | " + " | ".join(columns) + " |"]
    for code, name in rows:
        lines.append(f"| {code} | {name} | " + " | ".join(draw(figures) for _ in columns) + " |")
    return table("\n".join(lines), title, draw(st.sampled_from(("万元", "万元", "元", None))))


documents = st.builds(document, tables("甲表"), st.one_of(tables("乙表"), tables("丙表")))  # type: ignore[arg-type]

# ---------------------------------------------------------------- random rules

columns = st.sampled_from(COLUMNS).map(lambda name: ColumnRef(Label(name)))
other_tables = st.sampled_from(("乙表", "乙表", "丙表")).map(lambda name: TableRef(Label(name)))
named_rows = st.sampled_from(CODES).map(lambda code: RowRef(RowChoice.NAMED, Label(code)))
SAME, CHILDREN = RowRef(RowChoice.SAME), RowRef(RowChoice.CHILDREN)
cells = st.one_of(
    st.builds(lambda c: Ref(column=c), columns),
    st.builds(lambda c: Ref(column=c), columns),
    st.builds(lambda t, c: Ref(table=t, row=SAME, column=c), other_tables, columns),
    st.builds(lambda t, r, c: Ref(table=t, row=r, column=c), other_tables, named_rows, columns),
)
many_cells = st.one_of(
    st.builds(lambda c: Ref(row=CHILDREN, column=c), columns),
    st.builds(lambda t, c: Ref(table=t, column=c), other_tables, columns),
    st.builds(lambda t, c: Ref(table=t, row=SAME, column=c), other_tables, columns),
)
numbers = st.sampled_from(("0", "1", "2.5", "10")).map(
    lambda n: Number(Decimal(n), "万元" if n != "0" else None)
)
relations = st.sampled_from([Relation.EQUALS] * 4 + list(Relation))
plain = st.builds(
    lambda how, left, right: Compare(how, left, right), relations, cells, st.one_of(cells, numbers)
)
sums = st.builds(
    lambda argument, where: Aggregate(Aggregation.SUM, (argument,), where), many_cells, st.none() | plain
)
times = st.builds(lambda cell, n: Binary(Operator.TIMES, cell, Number(Decimal(n))), cells, st.integers(2, 3))


def added(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.builds(
        lambda how, left, right: Binary(how, left, right),
        st.sampled_from((Operator.PLUS, Operator.MINUS)),
        inner,
        inner,
    )


expressions = st.recursive(st.one_of(cells, cells, sums, times, numbers), added, max_leaves=4)
slacks = st.one_of(
    st.just((Slack.ROUNDING, None)),
    st.just((Slack.ROUNDING, None)),
    st.just((Slack.EXACT, None)),
    st.just((Slack.WITHIN, Number(Decimal("0.5"), "万元"))),
)
comparisons = st.builds(
    lambda relation, left, right, slack, blank, unlisted: Compare(
        relation, left, right, *slack, blank_not_zero=blank, unlisted_as_zero=unlisted
    ),
    relations,
    cells,
    expressions,
    slacks,
    st.sampled_from((False, False, False, True)),
    st.booleans(),
)
conditions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(lambda parts: And(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda parts: Or(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        inner.map(lambda part: Not(part)),
        st.builds(lambda one, other: IfThen(one, other), inner, inner),
    ),
    max_leaves=4,
)
checks = st.builds(
    lambda body, where: Check(body, EachRow(TableRef(Label("甲表")), where)),
    conditions,
    st.none() | conditions,
)


def at_every_column(node: Any) -> Any:
    """Return a check of every amount column, which says 本列 where the one given names 基本支出."""
    match node:
        case ColumnRef(label=Label(text="基本支出")):
            return ColumnRef(None)
        case Check(quantifier=EachRow() as quantifier):
            every = replace(quantifier, amount_columns=True, where=at_every_column(quantifier.where))
            return replace(node, quantifier=every, body=at_every_column(node.body))
        case Aggregate():
            return replace(node, arguments=at_every_column(node.arguments))
        case tuple():
            return tuple(at_every_column(part) for part in node)
        case _ if isinstance(node, Struct) and not isinstance(node, (TableRef, Label)):
            return replace(node, **{n: at_every_column(getattr(node, n)) for n in node.__struct_fields__})
        case _:
            return node


@settings(max_examples=300)
@given(checks | checks.map(at_every_column), documents)
def test_the_engine_gives_the_verdicts_of_the_reference(check: Check, whole: Document) -> None:
    rule = Rule("ZZ001", "示例", Severity.ERROR, (Basis(consistency=True),), (check,))
    found = evaluate([compile_rule(rule)], Bundle(whole), VOCABULARY)
    assert [(o.verdict, o.reason) for o in found] == reference.evaluate(check, whole)
