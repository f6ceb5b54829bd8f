"""Names, and paths of locators that point into a document: section, table, row, column, item."""

from __future__ import annotations

from enum import Enum

from budgetlint.language.syntax.spans import NO_SPAN, Node, Span


class Label(Node, frozen=True, eq=False):
    """A name as the rule writes it, NFKC-normalised, spaces removed.

    ``printed`` True: written as a string “…”, to be matched against what the document prints; False: a bare or
    【quoted】 name, to be resolved in the vocabulary. For columns and rows ``text`` may hold ``/`` between path steps
    (a / inside 【】 stays part of a step and is kept as ``\\/``). ``numbered`` True: ``text`` is the number that a row
    prints as its 行次, or a column as its 栏次.
    """

    text: str
    printed: bool = False
    span: Span = NO_SPAN
    numbered: bool = False

    def called(self, word: str) -> str:
        """Return how people call it: a numbered one with the word before its number (行次 31), any other as it is."""
        return f"{word} {self.text}" if self.numbered else self.text


class OtherDocument(str, Enum):
    """Which other document of the bundle a reference looks into."""

    LAST_YEAR = "last-year"
    BUDGET = "budget"


class SectionRef(Node, frozen=True, eq=False):
    """``章节 S`` (label) or ``第六节`` (number “六”), within ``part`` (“三” of 第三部分) if one is named."""

    label: Label | None = None
    number: str | None = None
    part: str | None = None
    span: Span = NO_SPAN


class TableRef(Node, frozen=True, eq=False):
    """``表 T``; ``each`` is 每张表 T inside an aggregate. Without a label: every table (only ``each``)."""

    label: Label | None
    each: bool = False
    span: Span = NO_SPAN


class RowChoice(str, Enum):
    """How a row is chosen: by label or code, 对应行, or 下级科目."""

    NAMED = "named"
    SAME = "same"
    CHILDREN = "children"


class RowRef(Node, frozen=True, eq=False):
    """``行 R``, ``行次 31``, ``对应行`` or ``下级科目``."""

    choice: RowChoice
    label: Label | None = None
    span: Span = NO_SPAN


class ColumnRef(Node, frozen=True, eq=False):
    """``列 C`` or ``栏次 7``; without a label 本列: the column a 每一金额列 quantifier is at."""

    label: Label | None
    span: Span = NO_SPAN


class Ref(Node, frozen=True, eq=False):
    """A path of locators; a step that the rule leaves out is None.

    ``item`` is the name that ends the path (``第六节 人员经费``) or a bare name standing alone; ``total`` is 合计 alone
    after a section or table; ``paragraph`` is 段落, the paragraph a quantifier is at.
    """

    document: OtherDocument | None = None
    section: SectionRef | None = None
    table: TableRef | None = None
    row: RowRef | None = None
    column: ColumnRef | None = None
    item: Label | None = None
    total: bool = False
    paragraph: bool = False
    span: Span = NO_SPAN

    @property
    def bare(self) -> Label | None:
        """The name that a reference consists of, None where it has any locator."""
        located = self.document or self.section or self.table or self.row or self.column
        return None if located or self.total or self.paragraph else self.item
