"""A document as it is drawn for people: what it prints, in its own order, and what the checks said of each figure.

Everything in a drawing is masked already: it may be shown, stored and handed on. Figures, blocks and checks are known
by their numbers, so that a page can lead from one to the other.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from msgspec import Struct, field

from budgetlint.results.findings import Reason, Severity, Verdict


class State(str, Enum):
    """What the checks said of a printed figure.

    VERIFIED every check that read it held; CONTRADICTED a check that must hold failed; DOUBT a check of lesser weight
    failed, or nothing that read it could be decided; UNCHECKED no check looked at it.
    """

    VERIFIED = "verified"
    CONTRADICTED = "contradicted"
    DOUBT = "doubt"
    UNCHECKED = "unchecked"


class Figure(Struct, frozen=True):
    """A printed figure: its text, what it is called (table, row and column, or the concept), and its checks by number."""

    text: str
    called: str
    state: State
    block: int
    checks: tuple[int, ...] = ()


class CheckRead(Struct, frozen=True):
    """One check of one place: its rule and the figures it read, by number.

    ``signs`` has a character a figure: ``+`` and ``-`` for the two sides of a sum, ``.`` where there is none.
    """

    rule: str
    verdict: Verdict
    figures: tuple[int, ...]
    signs: str = ""
    reason: Reason | None = None


class DrawnCell(Struct, frozen=True):
    """A cell of a drawn table: its text, its spans, and its figure's number where it prints one.

    ``role`` is its column's (code, name, amount …), or ``head``.
    """

    text: str
    role: str = "text"
    columns: int = 1
    rows: int = 1
    figure: int | None = None


class DrawnRow(Struct, frozen=True):
    """A printed line: its cells, its depth in the tree of codes, and whether it is a total."""

    cells: tuple[DrawnCell, ...]
    level: int = 0
    total: bool = False


class Band(Struct, frozen=True):
    """Lines under one head; most tables are one band, a form has several."""

    head: tuple[tuple[DrawnCell, ...], ...]
    rows: tuple[DrawnRow, ...]
    width: int


class DrawnTable(Struct, frozen=True):
    """A table with its title, unit and page, what its head says (label, text), its lines and its notes."""

    number: int
    title: str
    key: str = ""
    unit: str = ""
    at: str = ""
    state: str = "full"
    known: bool = True
    unsure: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    bands: tuple[Band, ...] = ()
    notes: tuple[str, ...] = ()


class DrawnText(Struct, frozen=True):
    """A paragraph, or a heading of some level (0 for a paragraph); ``figures`` are (start, end, number) in its text."""

    text: str
    level: int = 0
    figures: tuple[tuple[int, int, int], ...] = ()
    at: str = ""


DrawnBlock: TypeAlias = "DrawnTable | DrawnText"


class Mark(Struct, frozen=True):
    """Where one finding stands in the drawing, in the order of the report's findings.

    ``suspects`` are the figures thought wrong, ``compared`` those they were compared with; ``blocks`` where it points
    at no figure; ``lines`` are (block, line of the table) of whole lines; ``order`` sorts findings as the document is
    read, None for one without a place.
    """

    suspects: tuple[int, ...] = ()
    compared: tuple[int, ...] = ()
    blocks: tuple[int, ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    order: tuple[int, int] | None = None


class Part(Struct, frozen=True):
    """A printed amount in a picture: what it is of, its text, its value in 元, and its figure's number where it has one."""

    name: str
    text: str
    value: Decimal
    figure: int | None = None


class Flow(Struct, frozen=True):
    """Income and expenditure as a flow: sources → the whole → functional classes → what kind of expenditure.

    ``links`` are (class, way, amount): one cell each. What is blank has no part and no link. ``unit`` is the printed
    one; ``beside`` names what goes from the whole to no class (结余分配, 年终结转结余).
    """

    unit: str
    income: Part
    expense: Part
    sources: tuple[Part, ...]
    classes: tuple[Part, ...]
    beside: tuple[Part, ...]
    ways: tuple[Part, ...]
    links: tuple[tuple[int, int, Part], ...]


class Years(Struct, frozen=True):
    """Last year beside this year: pairs of amounts of one name, both printed; ``since`` says where last year's stand."""

    since: str
    pairs: tuple[tuple[Part, Part], ...]


class NoPicture(str, Enum):
    """Why there is no flow: what the tables do not give."""

    NO_INCOME = "no-income"
    NO_EXPENSE = "no-expense"
    UNSURE = "unsure"
    SOURCES = "sources"
    CLASSES = "classes"
    WAYS = "ways"
    SIDES = "sides"
    NEGATIVE = "negative"


class Pictures(Struct, frozen=True):
    """The pictures of a document: a flow or why there is none, and two years where both are known."""

    flow: Flow | NoPicture
    years: Years | None = None


class Drawing(Struct, frozen=True):
    """A whole document as drawn; ``names`` are the rules' names and severities by id."""

    blocks: tuple[DrawnBlock, ...] = ()
    figures: tuple[Figure, ...] = ()
    checks: tuple[CheckRead, ...] = ()
    marks: tuple[Mark, ...] = ()
    names: dict[str, tuple[str, Severity]] = field(default_factory=dict)
    contents: tuple[str, ...] = ()
    pictures: Pictures | None = None
