"""Rules: scope, basis, named expressions, checks and examples."""

from __future__ import annotations

from budgetlint.language.syntax.checks import Check
from budgetlint.language.syntax.expressions import Expression, Number, Text, Year
from budgetlint.language.syntax.references import Label, Ref
from budgetlint.language.syntax.spans import NO_SPAN, Node, Span
from budgetlint.results.findings import Severity, Verdict


class YearRange(Node, frozen=True, eq=False):
    """Years a rule applies to, both ends included, None open."""

    first: int | None = None
    last: int | None = None


class Scope(Node, frozen=True, eq=False):
    """What a rule applies to; an empty tuple means any."""

    kinds: tuple[str, ...] = ()
    years: YearRange | None = None
    regions: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()


class Basis(Node, frozen=True, eq=False):
    """A legal basis as cited, or 勾稽关系 (``consistency``, text empty)."""

    text: str = ""
    consistency: bool = False


class Let(Node, frozen=True, eq=False):
    """``设 X 为 E``."""

    name: str
    value: Expression
    span: Span = NO_SPAN


class Blank(Node, frozen=True, eq=False):
    """空白 in an example."""


class Binding(Node, frozen=True, eq=False):
    """``列 合计 是 12.30 万元`` in an example. ``printed`` is the value as written (12.30), its zeros count."""

    target: Ref
    value: Number | Text | Blank | Year
    printed: str = ""
    span: Span = NO_SPAN


class ExampleTable(Node, frozen=True, eq=False):
    """A small pipe table of an example: ``表 T：万元`` and its lines, the first line being the header."""

    label: Label
    unit: str | None
    lines: tuple[tuple[str, ...], ...]
    span: Span = NO_SPAN


class Example(Node, frozen=True, eq=False):
    """A miniature document and the verdict the rule must reach on it."""

    verdict: Verdict
    bindings: tuple[Binding, ...] = ()
    tables: tuple[ExampleTable, ...] = ()
    span: Span = NO_SPAN


class Rule(Node, frozen=True, eq=False):
    """A whole rule; ``sentence`` is its check as usually written, where it was given as one sentence."""

    id: str
    name: str
    severity: Severity
    basis: tuple[Basis, ...]
    checks: tuple[Check, ...]
    scope: Scope = Scope()
    replaces: str | None = None
    lets: tuple[Let, ...] = ()
    message: str | None = None
    suggest: str | None = None
    examples: tuple[Example, ...] = ()
    span: Span = NO_SPAN
    sentence: str = ""
