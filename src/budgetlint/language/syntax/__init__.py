"""The abstract syntax of rules: plain frozen data that knows nothing of the words it was written in.

Both vocabularies parse to these nodes. Spans do not take part in equality, so that the same rule written in Chinese
and in English is equal. Every node can be turned into plain data and back (:mod:`budgetlint.language.plain`).
"""

from __future__ import annotations

from budgetlint.language.syntax.checks import (
    ANY_VALUE,
    Check,
    EachItem,
    EachMention,
    EachParagraph,
    EachRow,
    EachTable,
    Quantifier,
)
from budgetlint.language.syntax.conditions import (
    And,
    Compare,
    Condition,
    IfThen,
    Not,
    Or,
    Relation,
    Slack,
    Test,
    TestKind,
)
from budgetlint.language.syntax.expressions import (
    Aggregate,
    Aggregation,
    Binary,
    Call,
    Expression,
    Number,
    Operator,
    Text,
    Time,
    Year,
)
from budgetlint.language.syntax.references import (
    ColumnRef,
    Label,
    OtherDocument,
    Ref,
    RowChoice,
    RowRef,
    SectionRef,
    TableRef,
)
from budgetlint.language.syntax.rules import (
    Basis,
    Binding,
    Blank,
    Example,
    ExampleTable,
    Let,
    Rule,
    Scope,
    YearRange,
)
from budgetlint.language.syntax.spans import NO_SPAN, Span

__all__ = [
    "ANY_VALUE",
    "NO_SPAN",
    "Aggregate",
    "Aggregation",
    "And",
    "Basis",
    "Binary",
    "Binding",
    "Blank",
    "Call",
    "Check",
    "ColumnRef",
    "Compare",
    "Condition",
    "EachItem",
    "EachMention",
    "EachParagraph",
    "EachRow",
    "EachTable",
    "Example",
    "ExampleTable",
    "Expression",
    "IfThen",
    "Label",
    "Let",
    "Not",
    "Number",
    "Operator",
    "Or",
    "OtherDocument",
    "Quantifier",
    "Ref",
    "Relation",
    "RowChoice",
    "RowRef",
    "Rule",
    "Scope",
    "SectionRef",
    "Slack",
    "Span",
    "TableRef",
    "Test",
    "TestKind",
    "Text",
    "Time",
    "Year",
    "YearRange",
]
