"""Checks: what must hold, and the rows, tables, paragraphs, mentions or items it ranges over."""

from __future__ import annotations

from typing import TypeAlias

from budgetlint.language.syntax.conditions import Condition
from budgetlint.language.syntax.references import Label, SectionRef, TableRef
from budgetlint.language.syntax.spans import NO_SPAN, Node, Span


class EachRow(Node, frozen=True, eq=False):
    """``对 表 T 的 每一行``; ``对 每张表 [T] 的 每一行`` has ``table.each``; ``amount_columns`` with 每一金额列."""

    table: TableRef
    where: Condition | None = None
    amount_columns: bool = False
    span: Span = NO_SPAN


class EachTable(Node, frozen=True, eq=False):
    """``对 每张表 [T]``."""

    table: TableRef
    where: Condition | None = None
    span: Span = NO_SPAN


class EachParagraph(Node, frozen=True, eq=False):
    """``对 章节 S 的 每一段``; without a section every paragraph of the document."""

    section: SectionRef | None
    where: Condition | None = None
    span: Span = NO_SPAN


#: 每处 数额: every value a section states, whatever its concept.
ANY_VALUE = "数额"


class EachMention(Node, frozen=True, eq=False):
    """``对 [章节 S 的] 每处 X``: X a mention pattern (占比, 增减 …) or a concept."""

    label: Label
    section: SectionRef | None = None
    where: Condition | None = None
    span: Span = NO_SPAN


class EachItem(Node, frozen=True, eq=False):
    """``对 L 的 每一项``: items of the contents list (目录) or of a named list."""

    label: Label
    where: Condition | None = None
    span: Span = NO_SPAN


Quantifier: TypeAlias = "EachRow | EachTable | EachParagraph | EachMention | EachItem"


class Check(Node, frozen=True, eq=False):
    """One check: what it ranges over (none or one quantifier) and what must hold."""

    body: Condition
    quantifier: Quantifier | None = None
    message: str | None = None
    span: Span = NO_SPAN
