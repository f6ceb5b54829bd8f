"""Checks that a rule's examples can be made into documents: every amount has a unit, tables have a header."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetlint.document import Role
from budgetlint.language.errors import RuleError, error_at
from budgetlint.language.meant.nearness import nearest
from budgetlint.language.naming import Names, quantified_table
from budgetlint.language.syntax import Binding, ExampleTable, Number, Rule
from budgetlint.vocabulary import TableTerm

_FIGURE = re.compile(r"-?[\d,]+(?:\.\d+)?")
_UNIT_IN_HEADER = re.compile(r"[(（][^()（）]*元[)）]")


def example_errors(rule: Rule, names: Names) -> Iterator[RuleError]:
    """Yield what is wrong with a rule's examples."""
    tables = [quantified_table(check.quantifier, names) for check in rule.checks]
    for example in rule.examples:
        if not example.bindings and not example.tables:
            yield error_at(example.span, "示例是空的", "the example is empty")
        for binding in example.bindings:
            yield from _binding_errors(binding, names, tables)
        for table in example.tables:
            yield from _table_errors(table, names)


def _binding_errors(binding: Binding, names: Names, tables: list[TableTerm | None]) -> Iterator[RuleError]:
    value, target = binding.value, binding.target
    if not isinstance(value, Number) or value.unit is not None or value.value == 0:
        return
    label = target.column.label if target.column else target.item
    name = label.text if label else ""
    own = [names.table(target.table.label)] if target.table else tables
    roles = {
        term.role for table in own if table for term in [names.vocabulary.column_named(table, name)] if term
    }
    if "." in binding.printed or roles == {Role.AMOUNT}:
        yield error_at(
            binding.span,
            "金额要写单位，如 12.30 万元",
            "an amount needs a unit, such as 12.30 万元",
            suggestion=f"{binding.printed} 万元",
        )


def _header_errors(table: ExampleTable, term: TableTerm | None, names: Names) -> Iterator[RuleError]:
    """Yield an error for each head that is a column's name misspelt; a table may print columns no rule knows."""
    if term is None or not table.lines:
        return
    known = [column.name for column in term.columns]
    for header in table.lines[0]:
        if not header or names.is_column(header, term):
            continue
        near = nearest(header, known) if len(header) > 1 and header not in known else ""
        if near and not _UNIT_IN_HEADER.search(header):
            yield error_at(
                table.span,
                f"示例的表里没有列“{header}”，是不是“{near}”",
                f"the example's table has no column {header!r}; is it {near!r}?",
            )


def _table_errors(table: ExampleTable, names: Names) -> Iterator[RuleError]:
    if not table.label.printed and names.table(table.label) is None:
        yield error_at(
            table.label.span,
            f"没有叫“{table.label.text}”的表；文本中印出的名称写成“{table.label.text}”",
            f"there is no table called {table.label.text!r}; a name as printed is written in quotes",
        )
    term = names.table(table.label)
    yield from _header_errors(table, term, names)
    if table.unit is not None or not table.lines:
        return
    for number, header in enumerate(table.lines[0]):
        column = names.vocabulary.column_named(term, header) if term else None
        cells = [line[number] for line in table.lines[1:] if number < len(line)]
        is_amount = column is not None and column.role is Role.AMOUNT
        if is_amount and not _UNIT_IN_HEADER.search(header) and any(map(_FIGURE.fullmatch, cells)):
            yield error_at(
                table.span,
                f"表里的金额没有单位：写 表 {table.label.text}：万元",
                "the table's amounts have no unit: write 表 T：万元",
            )
            return
