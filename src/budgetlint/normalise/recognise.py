"""Say which canonical table each table is: by its title, else by its shape with the title as one witness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from budgetlint.document import Table, TableState
from budgetlint.document.text import squeeze
from budgetlint.vocabulary import ShapeTerm, TableTerm, Vocabulary

_CODED = {"功能": re.compile(r"^2\d\d(?:\d\d){0,2}$"), "经济": re.compile(r"^[35]\d\d(?:\d\d)?$")}


class Named(Struct, frozen=True):
    """What a table is: its term, whether its shape told, and the terms it may be where nothing told which."""

    term: TableTerm | None = None
    by_shape: bool = False
    could_be: tuple[TableTerm, ...] = ()


class Look(Struct, frozen=True):
    """What shapes ask of a table: its squeezed title, header paths, row labels and codes."""

    title: str
    paths: tuple[str, ...]
    labels: tuple[str, ...]
    codes: tuple[str, ...]
    sides: bool

    @classmethod
    def of(cls, table: Table) -> Look:
        """Return the look of a table."""
        labels = [squeeze(row.label) for row in table.rows if row.label]
        # The fields of a form are labels like those of rows.
        labels += [squeeze(name) for name in table.facts]
        return cls(
            squeeze(table.title),
            tuple("/".join(column.path) for column in table.columns),
            tuple(dict.fromkeys(labels)),
            tuple(row.code for row in table.rows if row.code),
            table.groups > 1,
        )

    def has(self, shape: ShapeTerm) -> bool:
        """Tell whether a table looks as a shape says."""
        return (
            (self.sides or not shape.sides)
            and all(_found(words, self.paths) for words in shape.columns)
            and not any(_found(words, self.paths) for words in shape.without)
            and all(_found(words, self.labels) for words in shape.rows)
            and not any(_found(words, self.labels) for words in shape.no_rows)
            and all(_found(words, (self.title,)) for words in shape.title)
            and not any(_found(words, (self.title,)) for words in shape.no_title)
            and (not shape.codes or self._coded(shape.codes))
        )

    def _coded(self, classes: str) -> bool:
        if any(classes in path for path in self.paths):
            return True
        fitting = sum(bool(_CODED[classes].match(code)) for code in self.codes)
        return bool(self.codes) and 2 * fitting > len(self.codes)


def _found(words: str, texts: Iterable[str]) -> bool:
    return any(
        text.rsplit("/", 1)[-1] == word[1:] if word.startswith("=") else word in text
        for word in words.split("|")
        for text in texts
    )


def recognised(tables: Sequence[Table], kind: str | None, vocabulary: Vocabulary) -> list[Named]:
    """Return what each table of a document is, in printed order.

    A title that names one table is believed, but where it has only the wording of its kind, or names a form and a list
    stands under it: then the shape tells. Where a title names none or several, the shape tells, and where several look
    alike, the place: between the tables named before and after, in the order of the vocabulary.
    """
    looks = [Look.of(table) for table in tables]
    found = [_by_title(table, look, kind, vocabulary) for table, look in zip(tables, looks, strict=True)]
    taken = {named.term.id for named in found if named.term is not None and not named.term.many}
    order = {id: number for number, id in enumerate(vocabulary.tables)}
    for at, named in enumerate(found):
        if named.term is not None or not named.could_be:
            continue
        left = [term for term in named.could_be if term.id not in taken] or list(named.could_be)
        if len(left) > 1:
            left = _between(left, found, at, order) or left
        if len(left) == 1 and left[0].id not in taken:
            found[at] = Named(left[0], by_shape=True)
            taken |= {left[0].id} if not left[0].many else set()
        else:
            found[at] = Named(could_be=tuple(left))
    return found


def _by_title(table: Table, look: Look, kind: str | None, vocabulary: Vocabulary) -> Named:
    answers, vague = vocabulary.tables_titled(table.title, kind) if table.title else ([], False)
    if table.state is TableState.MISSING:
        return Named(answers[0]) if len(answers) == 1 else Named(could_be=tuple(answers))
    if len(answers) == 1 and not (vague or answers[0].form):
        return Named(answers[0])
    fitting = _shaped(look, answers or vocabulary.tables.values(), kind)
    if len(answers) == 1:
        if fitting or table.state is not TableState.FULL:
            return Named(answers[0])
        others = _shaped(look, vocabulary.tables.values(), kind)
        return Named(others[0], by_shape=True) if len(others) == 1 else Named(answers[0])
    return Named(could_be=tuple(fitting or answers))


def _shaped(look: Look, terms: Iterable[TableTerm], kind: str | None) -> list[TableTerm]:
    """Return the terms of a kind that look so."""
    return [
        term
        for term in terms
        if (kind is None or not term.kinds or kind in term.kinds)
        and any(look.has(shape) for shape in term.shapes)
    ]


def _between(
    terms: Sequence[TableTerm], found: Sequence[Named], at: int, order: dict[str, int]
) -> list[TableTerm]:
    """Return the terms whose place in the set is between those of the tables named before and after."""
    before = next((order[one.term.id] for one in reversed(found[:at]) if one.term is not None), -1)
    after = next((order[one.term.id] for one in found[at + 1 :] if one.term is not None), len(order))
    return [term for term in terms if before < order[term.id] < after]
