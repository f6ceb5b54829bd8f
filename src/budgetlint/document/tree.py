"""The normalised document tree: what every rule sees, whatever the file was.

Bundle → Document → Section → Paragraph → Mention, and Document → Table → Row → Cell. All nodes are frozen; a later
pass of the normaliser makes changed copies. Tables stand once, in ``Document.tables``; sections point at them by index.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct, field

from budgetlint.document.amount import Amount
from budgetlint.document.blocks import Notice
from budgetlint.document.place import NOWHERE, Place


class TableState(str, Enum):
    """What stands under a table's title.

    FULL has at least one body row with a figure or text; an empty table has a header (or a body without any
    non-zero figure) with or without a note that says so; MISSING has a title and nothing under it.
    """

    FULL = "full"
    EMPTY_WITH_NOTE = "empty-with-note"
    EMPTY_WITHOUT_NOTE = "empty-without-note"
    MISSING = "missing"


class Role(str, Enum):
    """What a column holds."""

    CODE = "code"
    NAME = "name"
    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    COUNT = "count"
    ORDINAL = "ordinal"
    TEXT = "text"


class RowKind(str, Enum):
    """What a body row is; only DATA rows are leaves unless a code tree says otherwise."""

    DATA = "data"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    AMONG = "among"
    HEADER = "header"


class MentionRole(str, Enum):
    """What a figure in prose is of its concept."""

    VALUE = "value"
    SHARE = "share"
    CHANGE = "change"
    RATE = "rate"
    PREVIOUS = "previous"
    BUDGET = "budget"
    COMPLETION = "completion"
    COUNT = "count"


class Cell(Struct, frozen=True):
    """One body cell: text as printed, its amount if it is one, and whether its column is certain.

    ``blank`` is a cell that prints nothing. ``—`` is not blank: it has text and no amount.
    """

    text: str
    amount: Amount | None = None
    place: Place = NOWHERE
    sure: bool = True
    stored: str | None = None

    @property
    def blank(self) -> bool:
        """True where nothing is printed."""
        return not self.text.strip()


class Column(Struct, frozen=True):
    """A column of one block of a table.

    ``path`` is the printed header from the top down without repeats (基本支出, 人员经费, 工资福利支出);
    ``name`` the canonical column it was recognised as, or None; ``group`` the number of its block: columns of a
    side-by-side table (收入｜支出) belong to different blocks. ``unit`` is what the header itself says (（元）);
    ``number`` what its 栏次 line prints, None without.
    """

    path: tuple[str, ...]
    name: str | None = None
    role: Role = Role.TEXT
    group: int = 0
    unit: str | None = None
    number: int | None = None

    @property
    def label(self) -> str:
        """The last step of the printed path."""
        return self.path[-1] if self.path else ""


class Row(Struct, frozen=True):
    """One body line of one block.

    Attributes:
        line: 0-based number of the printed body line; the rows of two blocks on one line share it.
        group: number of the block.
        label: the row's own label as printed (科目名称, 项目, 单位 …), "" where it has none.
        path: the block's header (for side-by-side tables) and the labels this row stands under, ending in its label.
        code: joined code of 3, 5 or 7 digits (or a project or unit code as printed), None without.
        code_inferred: the code was taken from the code list by the label, not printed.
        level: depth in the tree of codes or outline labels, 0 for roots.
        kind: data, total, subtotal, 其中 or header.
        parent: index in ``Table.rows`` of the row this one is a part of, None for roots.
        cells: column index → cell, for the block's columns only; a position the line does not have is absent.
        place: where the line stands.
        number: what its 行次 column prints, None without.
    """

    line: int
    group: int
    label: str
    path: tuple[str, ...]
    cells: dict[int, Cell]
    code: str | None = None
    code_inferred: bool = False
    level: int = 0
    kind: RowKind = RowKind.DATA
    parent: int | None = None
    place: Place = NOWHERE
    number: int | None = None


class Table(Struct, frozen=True):
    """A table with its folded header.

    Attributes:
        title: as printed, without the number line; ``number`` the printed table number (预算01表, 公开02表) or None.
        id, name: canonical table (``b.expense``, 部门支出总表), None where no vocabulary knows it.
        by_shape: columns, codes and place among the others told its name, not its title alone.
        could_be: the names of the tables it may be, where it is not told which.
        key: tells sheets of one kind apart (项目名称 + 实施单位), None for the only table of its kind.
        unit: what the table's own 单位 line says, else None.
        notes: 注：/备注：/说明： lines under it.
        state, realigned: see TableState; realigned means that shifted rows were put back in their columns.
        unsure: the reader could not tell its columns or rows with confidence; no contradiction rests on it.
        columns, rows: folded header and body rows in printed order.
        lines: printed body lines (headers and 栏次 not counted).
        facts: printed heads such as 部门名称, 预算年度, 项目编码, 截止时间 → value with its place.
        section: index path of the section the table stands in (see Document.section_at), () for none.
    """

    title: str
    id: str | None = None
    name: str | None = None
    number: str | None = None
    key: str | None = None
    unit: str | None = None
    notes: tuple[Paragraph, ...] = ()
    place: Place = NOWHERE
    state: TableState = TableState.FULL
    realigned: bool = False
    unsure: bool = False
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    lines: int = 0
    facts: dict[str, Cell] = field(default_factory=dict)
    section: tuple[int, ...] = ()
    by_shape: bool = False
    could_be: tuple[str, ...] = ()

    @property
    def groups(self) -> int:
        """How many blocks stand side by side."""
        return max((column.group for column in self.columns), default=0) + 1


class Mention(Struct, frozen=True):
    """A figure in prose.

    Attributes:
        concept: canonical concept (人员经费) or the words as printed where no vocabulary knows them.
        known: the concept is a canonical one.
        subject: the item or 类款项 heading the figure stands under, steps joined by ``/``; "" for none.
        amount: with unit and printed precision; change and rate are signed (减少 is negative).
        role: what the figure is of the concept; year the year it speaks of (the compared year for previous values).
        text: as printed (“1764.80 万元”); span its offsets in the paragraph's text.
    """

    concept: str
    amount: Amount
    role: MentionRole = MentionRole.VALUE
    known: bool = True
    subject: str = ""
    year: int | None = None
    text: str = ""
    span: tuple[int, int] = (0, 0)
    place: Place = NOWHERE


#: The kinds of mention patterns, as rules name them (对 每处 占比).
PATTERN_KINDS = frozenset({"占比", "增减", "完成", "其中", "年份", "计数"})


class Pattern(Struct, frozen=True):
    """One occurrence of a mention pattern (占比, 增减, 完成, 其中, 年份, 计数) with its properties.

    ``values`` maps a property (部分, 总额, 占比; 本年数, 增减额, 增减率 …) to the mentions that state it: one, or for
    其中's 各项 several. ``words`` maps a property that is text (方向, role of a year) to its words.
    ``concept`` and ``subject`` as for a mention.
    """

    kind: str
    concept: str = ""
    subject: str = ""
    values: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    place: Place = NOWHERE
    text: str = ""


class Paragraph(Struct, frozen=True):
    """A paragraph of prose, healed over page breaks, with its figures in printed order."""

    text: str
    place: Place = NOWHERE
    mentions: tuple[Mention, ...] = ()
    patterns: tuple[Pattern, ...] = ()


class Section(Struct, frozen=True):
    """A numbered or titled part of the text.

    ``number`` is the printed numbering (六, 第二部分), "" without; ``title`` the heading without it; ``name`` the
    canonical section or None; ``tables`` indexes into ``Document.tables`` of the tables that stand directly in it;
    ``part`` tells what kind of part it lies in: cover, contents, explanation (情况说明), tables, glossary or other.
    """

    number: str
    title: str
    level: int
    name: str | None = None
    part: str = "other"
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[int, ...] = ()
    sections: tuple[Section, ...] = ()
    place: Place = NOWHERE

    def walk(self) -> Iterator[Section]:
        """Yield this section and every one below it in printed order."""
        yield self
        for section in self.sections:
            yield from section.walk()


class ContentsItem(Struct, frozen=True):
    """A line of the table of contents."""

    number: str
    title: str
    level: int
    place: Place = NOWHERE


class Classification(Struct, frozen=True):
    """What kind of document this is, and who published it.

    ``kind`` 部门预算, 部门决算, 单位预算 or 单位决算; ``scope`` 汇总, 本级, 所属单位 or None; ``region`` province/city as far as
    known (某省/某市), None when unknown; ``department`` and ``unit`` the full printed names; ``region_by`` what told the
    region: 单位名称, 区划代码, 项目编码 or 指定.
    """

    kind: str | None = None
    year: int | None = None
    region: str | None = None
    department: str | None = None
    unit: str | None = None
    scope: str | None = None
    region_by: str | None = None


class Document(Struct, frozen=True):
    """One published document, normalised.

    ``root`` is the unnumbered section that holds everything: its own paragraphs are what stands before the first
    heading. ``contents`` is the printed table of contents. ``notices`` come from the reader and the normaliser.
    """

    source: str
    format: str = "text"
    title: str = ""
    classification: Classification = Classification()
    contents: tuple[ContentsItem, ...] = ()
    root: Section = Section("", "", 0)
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def kind(self) -> str | None:
        """公开类型."""
        return self.classification.kind

    @property
    def year(self) -> int | None:
        """The year the document is about."""
        return self.classification.year

    def sections(self) -> Iterator[Section]:
        """Yield every section below the root in printed order."""
        for section in self.root.sections:
            yield from section.walk()


class Bundle(Struct, frozen=True):
    """The documents of one check: the one being checked and those it may be compared with."""

    document: Document
    others: tuple[Document, ...] = ()
