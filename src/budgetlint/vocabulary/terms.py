"""The terms a vocabulary is made of: plain frozen records, each with the names it goes by."""

from __future__ import annotations

from msgspec import Struct

from budgetlint.document import Role


class ColumnTerm(Struct, frozen=True, omit_defaults=True):
    """A canonical column of a table: ``aliases`` are labels or paths (``本年支出/小计``) that print it."""

    name: str
    aliases: tuple[str, ...] = ()
    role: Role = Role.AMOUNT


class RowTerm(Struct, frozen=True, omit_defaults=True):
    """A canonical row: ``aliases`` are labels or paths (``收入/总计``) that print it."""

    name: str
    aliases: tuple[str, ...] = ()


class ShapeTerm(Struct, frozen=True, omit_defaults=True):
    """How a table looks, for one whose title says too little.

    Every word of a list must be found: ``A|B`` either of two, ``=A`` a label that is this word and no more.

    Attributes:
        columns, without: words that stand in its header, and words that do not.
        rows, no_rows: words of its row labels, and words that none has.
        title, no_title: what its title says at least, and what it does not; an untitled table says nothing.
        codes: 功能 or 经济, the classes its rows are coded or its header says they are coded by.
        sides: two lists stand side by side.
    """

    columns: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    no_rows: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    no_title: tuple[str, ...] = ()
    codes: str = ""
    sides: bool = False


class TableTerm(Struct, frozen=True, omit_defaults=True):
    """A canonical table.

    ``kinds`` are 预算 and/or 决算; ``shapes`` any of the ways it looks; ``many`` says that a document holds many sheets of it (one a project);
    ``form`` that it is a form of labelled fields rather than a list with columns. An alias may begin or end with
    ``…`` where a sheet's own name stands (``…绩效目标表``).
    """

    id: str
    name: str
    kinds: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    many: bool = False
    form: bool = False
    columns: tuple[ColumnTerm, ...] = ()
    rows: tuple[RowTerm, ...] = ()
    shapes: tuple[ShapeTerm, ...] = ()


class TitleWords(Struct, frozen=True, omit_defaults=True):
    """How table titles vary without meaning anything else.

    Attributes:
        filler: words that may come or go (部门, 情况, 汇总 …).
        synonyms: (printed, meant) pairs, applied in this order (收入支出 → 收支).
        owners: how names of units end (局, 委员会 …): what stands before may be whose table it is.
    """

    filler: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()
    owners: tuple[str, ...] = ()


class SectionTerm(Struct, frozen=True, omit_defaults=True):
    """A canonical section: headings that name it, and the concept its own figure (合计) is."""

    name: str
    aliases: tuple[str, ...] = ()
    concept: str | None = None


class ConceptTerm(Struct, frozen=True, omit_defaults=True):
    """A canonical concept of prose (人员经费) and the other ways to say it."""

    name: str
    aliases: tuple[str, ...] = ()


class CodeEntry(Struct, frozen=True, array_like=True):
    """One code of a list: ``since``/``until`` the first and last year of this name, ``confidence`` how sure it is."""

    code: str
    name: str
    level: str = ""
    confidence: str = "certain"
    since: int | None = None
    until: int | None = None

    def valid_in(self, year: int | None) -> bool:
        """True where the name is in force in a year (None: today, so that it has no last year)."""
        if year is None:
            return self.until is None
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)
