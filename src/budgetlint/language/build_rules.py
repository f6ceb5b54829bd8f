"""Builds whole rules (header, checks, examples) from what the parser has matched: one method a grammar rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.language.build_conditions import ConditionBuilder
from budgetlint.language.build_references import Part, name_text, number_parts, number_text, string_text
from budgetlint.language.keywords import keywords
from budgetlint.language.syntax import (
    Basis,
    Binding,
    Blank,
    Check,
    EachItem,
    EachMention,
    EachParagraph,
    EachRow,
    EachTable,
    Example,
    ExampleTable,
    IfThen,
    Label,
    Let,
    Number,
    Rule,
    Scope,
    SectionRef,
    Span,
    TableRef,
    YearRange,
)
from budgetlint.results.findings import Severity, Verdict

VERDICTS = {
    "HOLDS": Verdict.HOLDS,
    "ROUNDS": Verdict.ROUNDS,
    "FAILS": Verdict.FAILS,
    "SKIPS": Verdict.SKIPPED,
    "UNDETERMINED": Verdict.UNDETERMINED,
}
_SCOPES = {"KIND": "kinds", "REGION": "regions", "FORMAT": "formats", "PROFILE": "profiles"}


class Clause(Struct, frozen=True):
    """One clause of a rule that is no node of its own."""

    kind: str
    value: Any
    span: Span


class RuleBuilder(ConditionBuilder):
    """Methods named like the rules of ``rule.lark``."""

    # ------------------------------------------------------------ header clauses

    def severity_clause(self, children: list[Any]) -> Clause:
        return Clause("severity", Severity(children[1].type.lower()), self.span(children))

    def basis(self, children: list[Any]) -> Part:
        token = children[0]
        if token.type == "CONSISTENCY":
            return Part(Basis(consistency=True), self.span(children))
        return Part(Basis(string_text(token) if token.type == "STRING" else str(token)), self.span(children))

    def basis_clause(self, children: list[Any]) -> Clause:
        return Clause("basis", tuple(part.value for part in children[1::2]), self.span(children))

    def names(self, children: list[Any]) -> Part:
        texts = (string_text(t) if t.type == "STRING" else name_text(t) for t in children[::2])
        return Part(tuple(texts), self.span(children))

    def kind_scope(self, children: list[Any]) -> Part:
        return Part((_SCOPES[children[0].type], children[1].value), self.span(children))

    region_scope = format_scope = profile_scope = kind_scope

    def year_scope(self, children: list[Any]) -> Part:
        year = int(number_text(children[-1]))
        relation = children[1].type if len(children) > 2 else "EQUALS"
        first = {"AT_MOST": None, "LESS": None, "MORE": year + 1}.get(relation, year)
        last = {"AT_LEAST": None, "MORE": None, "LESS": year - 1}.get(relation, year)
        return Part(("years", YearRange(first, last)), self.span(children))

    def year_range_scope(self, children: list[Any]) -> Part:
        years = YearRange(int(number_text(children[1])), int(number_text(children[3])))
        return Part(("years", years), self.span(children))

    def scope_clause(self, children: list[Any]) -> Clause:
        said: dict[str, Any] = {}
        for part in children[1:]:
            key, value = part.value
            if key in said and key == "years":
                raise self.problem(part, "年度写了两次", "the year is given twice")
            said[key] = said[key] + value if key in said else value
        return Clause("scope", Scope(**said), self.span(children))

    def replaces_clause(self, children: list[Any]) -> Clause:
        return Clause("replaces", str(children[1]), self.span(children))

    def message_clause(self, children: list[Any]) -> Clause:
        return Clause("message", string_text(children[1]), self.span(children))

    def suggest_clause(self, children: list[Any]) -> Clause:
        return Clause("suggest", string_text(children[1]), self.span(children))

    def let_clause(self, children: list[Any]) -> Let:
        return Let(name_text(children[1]), children[3], self.span(children))

    # ------------------------------------------------------------ checks and quantifiers

    def check(self, children: list[Any]) -> Check:
        quantifier = children[0] if len(children) > 1 and hasattr(children[0], "where") else None
        return Check(children[-1], quantifier, None, self.span(children))

    def conditional_check(self, children: list[Any]) -> Check:
        quantifier = children[0] if hasattr(children[0], "where") else None
        condition, then = children[-4], children[-1]
        body = IfThen(condition, then, self.span(children[1:] if quantifier else children))
        return Check(body, quantifier, None, self.span(children))

    def one_table(self, children: list[Any]) -> TableRef:
        return TableRef(children[1], False, self.span(children))

    def _where_of(self, children: list[Any]) -> Any:
        last = children[-1]
        return last.value if isinstance(last, Part) else None

    def each_row(self, children: list[Any]) -> EachRow:
        amounts = any(getattr(child, "type", "") == "EACH_AMOUNT_COLUMN" for child in children)
        return EachRow(self._tables_of(children), self._where_of(children), amounts, self.span(children))

    def each_table(self, children: list[Any]) -> EachTable:
        return EachTable(self._tables_of(children), self._where_of(children), self.span(children))

    def _tables_of(self, children: list[Any]) -> TableRef:
        for child in children:
            if isinstance(child, TableRef):
                return child
        label = next((child for child in children if isinstance(child, Label)), None)
        each = next(child for child in children if getattr(child, "type", "") == "EACH_TABLE")
        return TableRef(label, True, self.span([each, label] if label else [each]))

    def each_paragraph(self, children: list[Any]) -> EachParagraph:
        section = next((child for child in children if isinstance(child, SectionRef)), None)
        return EachParagraph(section, self._where_of(children), self.span(children))

    def each_mention(self, children: list[Any]) -> EachMention:
        section = next((child for child in children if isinstance(child, SectionRef)), None)
        label = next((c for c in children if isinstance(c, Label) or getattr(c, "type", "") == "COUNT"), None)
        assert label is not None
        if not isinstance(label, Label):
            label = Label("计数", span=self.place(label))
        return EachMention(label, section, self._where_of(children), self.span(children))

    def each_item(self, children: list[Any]) -> EachItem:
        label = next(child for child in children if isinstance(child, Label))
        return EachItem(label, self._where_of(children), self.span(children))

    # ------------------------------------------------------------ examples

    def blank(self, children: list[Any]) -> Part:
        return Part(Blank(), self.span(children))

    def binding(self, children: list[Any]) -> Binding:
        target, span = children[0], self.span(children)
        if len(children) == 2:
            return Binding(target, Blank(), "", span)
        value = children[2]
        if isinstance(value, Part):
            return Binding(target, Blank(), "", span)
        return Binding(target, value, _printed(value), span)

    def literal(self, children: list[Any]) -> Number:
        digits, unit = number_parts(children[-1])
        sign = "-" if len(children) > 1 else ""
        return Number(Decimal(sign + digits), unit, self.span(children))

    def example_table(self, children: list[Any]) -> ExampleTable:
        unit, lines = None, []
        for child in children[2:]:
            if child.type == "COLON_UNIT":
                unit = keywords().units()[" ".join(str(child)[1:].split()).casefold()]
            elif child.type == "PIPE":
                cells = _cells(str(child))
                if not all(cell and set(cell) <= set("-:") for cell in cells):
                    lines.append(cells)
        return ExampleTable(children[1], unit, tuple(lines), self.span(children))

    def example_clause(self, children: list[Any]) -> Example:
        bindings = tuple(child for child in children if isinstance(child, Binding))
        tables = tuple(child for child in children if isinstance(child, ExampleTable))
        return Example(VERDICTS[children[1].type], bindings, tables, self.span(children))

    # ------------------------------------------------------------ the whole rule

    def sentence(self, children: list[Any]) -> Rule:
        lets = tuple(child for child in children if isinstance(child, Let))
        check = children[-1]
        return Rule(
            "CLI001",
            "命令行给出的检查",
            Severity.ERROR,
            (Basis(consistency=True),),
            (check,),
            lets=lets,
            span=self.span(children),
        )

    def bare_sentence(self, children: list[Any]) -> Rule:
        return self.sentence([Check(children[0], span=children[0].span)])

    def rule(self, children: list[Any]) -> Rule:
        _, id_token, name, *clauses = children
        said: dict[str, Any] = {"basis": (), "scope": Scope()}
        for clause in clauses:
            if not isinstance(clause, Clause) or clause.kind == "message":
                continue
            if clause.kind == "basis":
                said["basis"] += clause.value
            elif clause.kind == "scope":
                said["scope"] = self._united(said["scope"], clause)
            elif clause.kind in said:
                raise self.problem(clause, "这一项写了两次", "this clause stands twice")
            else:
                said[clause.kind] = clause.value
        if "severity" not in said:
            raise self.problem(id_token, "缺少“级别”", "the severity is missing")
        checks, message = _with_messages(clauses)
        if not checks:
            raise self.problem(id_token, "缺少“检查”", "the rule checks nothing")
        return Rule(
            id=str(id_token),
            name=string_text(name),
            checks=checks,
            message=message,
            lets=tuple(clause for clause in clauses if isinstance(clause, Let)),
            examples=tuple(clause for clause in clauses if isinstance(clause, Example)),
            span=self.span(children),
            **said,
        )

    def _united(self, scope: Scope, clause: Clause) -> Scope:
        more = clause.value
        if scope.years and more.years:
            raise self.problem(clause, "年度写了两次", "the year is given twice")
        return Scope(
            scope.kinds + more.kinds,
            scope.years or more.years,
            scope.regions + more.regions,
            scope.formats + more.formats,
            scope.profiles + more.profiles,
        )


def _cells(line: str) -> tuple[str, ...]:
    """Return the cells of a | pipe | line |, its outer pipes left out."""
    line = line.replace("｜", "|").strip().removeprefix("|").removesuffix("|")
    return tuple(cell.strip() for cell in line.split("|"))


def _printed(value: Any) -> str:
    """How an example writes a value: its digits with their zeros, or its text."""
    if not isinstance(value, Number):
        return getattr(value, "text", "")
    return f"{value.value:f}"


def _with_messages(clauses: list[Any]) -> tuple[tuple[Check, ...], str | None]:
    """Give each message to the check before it; one alone, or one before all checks, is the rule's."""
    checks: list[Check] = []
    messages = [clause.value for clause in clauses if isinstance(clause, Clause) and clause.kind == "message"]
    whole = messages[0] if len(messages) == 1 else None
    for clause in clauses:
        if isinstance(clause, Check):
            checks.append(clause)
        elif isinstance(clause, Clause) and clause.kind == "message" and len(messages) > 1:
            if checks:
                checks[-1] = replace(checks[-1], message=clause.value)
            else:
                whole = clause.value
    return tuple(checks), whole
