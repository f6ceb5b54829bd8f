"""Rules: scope, basis, named expressions, checks and examples."""

from __future__ import annotations

from budgetlint.findings import Severity, Verdict
from budgetlint.language.syntax.checks import Check
from budgetlint.language.syntax.expressions import Expression, Number, Text, Year
from budgetlint.language.syntax.references import Label, Ref
from budgetlint.language.syntax.spans import Span, no_span
from budgetlint.records import dataclass


@dataclass(frozen=True, slots=True)
class YearRange:
    """Years a rule applies to, both ends included, None open."""

    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule applies to; an empty tuple means any."""

    kinds: tuple[str, ...] = ()
    years: YearRange | None = None
    regions: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis as cited, or 勾稽关系 (``consistency``, text empty)."""

    text: str = ""
    consistency: bool = False


@dataclass(frozen=True, slots=True)
class Let:
    """``设 X 为 E``."""

    name: str
    value: Expression
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class Blank:
    """空白 in an example."""


@dataclass(frozen=True, slots=True)
class Binding:
    """``列 合计 是 12.30 万元`` in an example. ``printed`` is the value as written (12.30), its zeros count."""

    target: Ref
    value: Number | Text | Blank | Year
    printed: str = ""
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class ExampleTable:
    """A small pipe table of an example: ``表 T：万元`` and its lines, the first line being the header."""

    label: Label
    unit: str | None
    lines: tuple[tuple[str, ...], ...]
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class Example:
    """A miniature document and the verdict the rule must reach on it."""

    verdict: Verdict
    bindings: tuple[Binding, ...] = ()
    tables: tuple[ExampleTable, ...] = ()
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class Rule:
    """A whole rule."""

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
    span: Span = no_span()
