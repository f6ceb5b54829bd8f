"""Checks: what must hold, and the rows, tables, paragraphs, mentions or items it ranges over."""

from __future__ import annotations

from typing import TypeAlias

from budgetlint.language.syntax.conditions import Condition
from budgetlint.language.syntax.references import Label, SectionRef, TableRef
from budgetlint.language.syntax.spans import Span, no_span
from budgetlint.records import dataclass


@dataclass(frozen=True, slots=True)
class EachRow:
    """``对 表 T 的 每一行``; ``对 每张表 [T] 的 每一行`` has ``table.each``; ``amount_columns`` with 每一金额列."""

    table: TableRef
    where: Condition | None = None
    amount_columns: bool = False
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class EachTable:
    """``对 每张表 [T]``."""

    table: TableRef
    where: Condition | None = None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class EachParagraph:
    """``对 章节 S 的 每一段``; without a section every paragraph of the document."""

    section: SectionRef | None
    where: Condition | None = None
    span: Span = no_span()


#: 每处 数额: every value a section states, whatever its concept.
ANY_VALUE = "数额"


@dataclass(frozen=True, slots=True)
class EachMention:
    """``对 [章节 S 的] 每处 X``: X a mention pattern (占比, 增减 …) or a concept."""

    label: Label
    section: SectionRef | None = None
    where: Condition | None = None
    span: Span = no_span()


@dataclass(frozen=True, slots=True)
class EachItem:
    """``对 L 的 每一项``: items of the contents list (目录) or of a named list."""

    label: Label
    where: Condition | None = None
    span: Span = no_span()


Quantifier: TypeAlias = "EachRow | EachTable | EachParagraph | EachMention | EachItem"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it ranges over (none or one quantifier) and what must hold."""

    body: Condition
    quantifier: Quantifier | None = None
    message: str | None = None
    span: Span = no_span()
