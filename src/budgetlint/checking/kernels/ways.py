"""Says which way a check is decided: by columns, with only what is told explained, or instance by instance."""

from __future__ import annotations

from budgetlint.language.compile import Plan
from budgetlint.language.syntax import (
    Aggregate,
    Aggregation,
    Call,
    EachRow,
    TableRef,
    Test,
    TestKind,
)
from budgetlint.language.walk import nodes

_CALLS = ("level", "length", "number-in", "official-name", "unit-in")
_TESTS = (TestKind.UNIQUE, TestKind.RUNS_ON)


def by_columns(plan: Plan) -> bool:
    """Tell whether kernels decide every part of a check's body; single instances may still have to be explained."""
    if plan.quantifier is None:
        return False
    of_rows = isinstance(plan.quantifier, EachRow)
    return not any(_has_no_kernel(node, of_rows) for node in nodes(plan.body))


def _has_no_kernel(node: object, of_rows: bool) -> bool:
    match node:
        case Aggregate(function=function):
            return not of_rows or function not in (Aggregation.SUM, Aggregation.COUNT)
        case Call(function=function):
            return function not in _CALLS
        case Test(kind=kind):
            return kind in _TESTS
        case TableRef(each=each):
            return each
        case _:
            return False
