"""Finds rows whose code is a slip: one digit away from the code that their name, their parts and other tables ask for.

A wrong code moves a row under another total, so every sum of both totals fails although each figure is right. What
a slip explains is told by checking the document once more with the code put right: see :mod:`budgetlint.checking.judging.passes`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.checking.case import Case
from budgetlint.checking.check import check
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import Amount, Bundle, Document, Place, Role, Row, RowKind, Table
from budgetlint.document.keys import InstanceKey
from budgetlint.document.nesting import parents_by_code
from budgetlint.document.text import bare_label, squeeze
from budgetlint.results.findings import Operand, Outcome, Severity, Suggestion, Verdict
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

ID = "BL715"
_CODE = re.compile(r"\d{3}(\d\d){0,2}")
#: First digits of the economic classifications, whose lists of codes are whole.
_ECONOMIC = ("3", "5")
#: More slips than these are no slips: the table is coded another way.
_AT_MOST = 4
_STEP = 2
_CLASS = 3


class Slip(Struct, frozen=True):
    """A row whose code should read otherwise.

    ``why`` says what asks for the other code; ``sure`` that another table prints the same figures under it, or a whole
    list knows no other, so that no failing sum is needed to tell.
    """

    table: int
    row: int
    printed: str
    code: str
    why: Said
    sure: bool

    def mended(self, document: Document) -> Document:
        """Return the document with the code put right and the rows nested accordingly."""
        table = document.tables[self.table]
        rows = list(table.rows)
        rows[self.row] = replace(rows[self.row], code=self.code)
        members = [i for i, row in enumerate(rows) if row.group == rows[self.row].group]
        for index, parent in parents_by_code(rows, members).items():
            before = rows[index].parent
            if parent is not None or (before is not None and rows[before].code):
                rows[index] = replace(rows[index], parent=parent)
        tables = list(document.tables)
        tables[self.table] = replace(table, rows=tuple(rows))
        return replace(document, tables=tuple(tables))

    def opposes(self, other: Slip) -> bool:
        """Tell whether another slip asks for this one's printed code to stand where this one's other code does."""
        return (self.table, self.row) != (other.table, other.row) and self.printed == other.code

    def outcome(self, document: Document, explained: Sequence[Outcome], opposed: Sequence[Slip]) -> Outcome:
        """Return the failed outcome that names the code, what it should be, and which other failures it explains.

        Where as much speaks for the code of an ``opposed`` slip to be the wrong one, both places are named.
        """
        table = document.tables[self.table]
        row = table.rows[self.row]
        place, printed, proposed = _where(table, row, self.code)
        place = place.within(table=table.title, row=row.label)
        others = [
            _where(document.tables[o.table], document.tables[o.table].rows[o.row], o.code)[0] for o in opposed
        ]
        zh = f"科目编码 {row.code}（{row.label}）疑为 {self.code} 之误：{self.why.zh}"
        en = f"the code {row.code} ({row.label}) is probably meant to be {self.code}: {self.why.en}"
        if opposed:
            zh = f"{row.label}的科目编码这里是 {row.code}，{self.why.zh}，请核实哪一个为准"
            en = f"the code of {row.label} is {row.code} here, {self.why.en}: which one is right?"
        if explained:
            rules = "、".join(dict.fromkeys(outcome.rule for outcome in explained))
            zh += f"。另有 {len(explained)} 项核对因此不符：{rules}，编码一致后即相符"
            en += f". {len(explained)} more checks fail for it ({rules}) and hold once the codes agree"
        errors = any(outcome.severity is Severity.ERROR for outcome in explained)
        return Outcome(
            ID,
            Verdict.FAILS,
            severity=Severity.ERROR if errors else Severity.WARNING,
            operands=(Operand("科目编码", row.code or "", place=place, fact=f"{table.id}|{self.row}|code"),),
            instance=f"{table.id or squeeze(table.title)}|{squeeze(row.label)}|{row.code}",
            message=Said(zh, en),
            places=(place, *others),
            suggestion=None if opposed else Suggestion(place, printed, proposed, ID),
        )


def settled(
    case: Case,
    ledger: Ledger,
    vocabulary: Vocabulary,
    again: Callable[[Case], Ledger],
) -> Ledger:
    """Return the ledger with every failure that a slip of a code explains put into one that names the slip.

    A slip is believed where the document with the code put right fails in fewer checks and in none that did not fail
    before; ``again`` checks such a document.
    """
    told: list[Outcome] = []
    while len(told) < _AT_MOST:
        trials = []
        for slip in slips(case.document, vocabulary):
            mended = replace(case, document=slip.mended(case.document))
            after = again(mended)
            failed, still = _failed(ledger.outcomes), _failed(after.outcomes)
            explained = [outcome for key, outcome in failed.items() if key not in still]
            if still.keys() <= failed.keys() and (explained or slip.sure):
                trials.append((len(explained), slip, explained, mended, after))
        if not trials:
            break
        most, slip, explained, mended, after = max(trials, key=lambda trial: trial[0])
        equal = [other for number, other, *_ in trials if number == most and other is not slip]
        told.append(slip.outcome(case.document, explained, [other for other in equal if slip.opposes(other)]))
        case, ledger = mended, after
    return replace(ledger, outcomes=[*ledger.outcomes, *told])


def _failed(outcomes: Sequence[Outcome]) -> dict[tuple[str, int, InstanceKey], Outcome]:
    return {
        (outcome.rule, outcome.check, outcome.instance): outcome
        for outcome in outcomes
        if outcome.verdict is Verdict.FAILS
    }


def slips(document: Document, vocabulary: Vocabulary) -> list[Slip]:
    """Return the likely slips of codes, the surest first; none where there are so many that they are none."""
    found = list(_slips(document, vocabulary))
    rows = {(slip.table, slip.row) for slip in found}
    return sorted(found, key=lambda slip: not slip.sure) if len(rows) <= _AT_MOST else []


def _slips(document: Document, vocabulary: Vocabulary) -> Iterator[Slip]:
    twins: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    present: dict[int, list[str]] = defaultdict(list)
    coded = [
        (t, r, row)
        for t, table in enumerate(document.tables)
        for r, row in enumerate(table.rows)
        if _coded(row)
    ]
    for t, _, row in coded:
        twins[_name(row)].append((t, row))
        present[t].append(row.code or "")
    for t, r, row in coded:
        code, name = row.code or "", _name(row)
        known = any(other.code == code and other is not row for _, other in twins[name])
        twice = present[t].count(code) > 1
        if _named(vocabulary, code, document.year) == name or (known and not twice):
            continue
        # A table that lists every unit's codes prints a code more than once.
        listed = set(present[t])
        near = set(one_digit_off(code))
        by_unit = len(listed) < len(present[t]) and not twice
        missing = near if by_unit else near - listed
        wanted: dict[str, Slip] = {}
        for right in sorted(missing):
            if name and not known and _named(vocabulary, right, document.year) == name:
                why = Said(
                    f"《政府收支分类科目》中{row.label}的编码是 {right}",
                    f"the classification has {row.label} under {right}",
                )
                wanted[right] = Slip(t, r, code, right, why, right.startswith(_ECONOMIC))
        for at, other in twins[name]:
            right = other.code or ""
            if right in missing and not (right in wanted and wanted[right].sure):
                title = document.tables[at].title
                why = Said(
                    f"“{title}”中{row.label}的编码是 {right}", f"“{title}” has {row.label} under {right}"
                )
                sure = at != t and bool(_figures(row) & _figures(other))
                wanted[right] = Slip(t, r, code, right, why, sure)
        neighbours = _by_neighbours(document.tables[t].rows, r, listed)
        for right in sorted(near & neighbours.keys() - wanted.keys() - listed):
            wanted[right] = Slip(t, r, code, right, neighbours[right], False)
        if not wanted and not class_exists(code, vocabulary):
            wanted = _of_no_class(document.tables[t].rows, r, listed, (t, code))
        yield from wanted.values()


def _by_neighbours(rows: Sequence[Row], index: int, present: set[str]) -> dict[str, Said]:
    """Return the codes that a row's neighbours ask for, and why: under their 款, or as the head of those below."""
    code = rows[index].code or ""
    wanted: dict[str, Said] = {}
    above = next((row.code for row in reversed(rows[:index]) if row.code and _coded(row)), "")
    below = next((row.code for row in rows[index + 1 :] if row.code and _coded(row)), "")
    if len(code) > len("208") and code[:-2] not in present:
        for near in (above, below):
            parent = near[: len(code) - 2]
            if parent in present and len(parent) == len(code) - 2:
                why = Said(
                    f"本表没有列出 {code[:-2]}，上下各行在 {parent} 之下",
                    f"this table has no {code[:-2]}; the rows around it stand under {parent}",
                )
                wanted.setdefault(parent + code[-2:], why)
    if len(below) == len(code) + 2 and below[:-2] not in present:
        why = Said(f"其下各行的编码以 {below[:-2]} 开头", f"the codes below it begin with {below[:-2]}")
        wanted.setdefault(below[:-2], why)
    return wanted


def class_exists(code: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a code begins with a class that some classification has, in any year; True where none is known."""
    return code[:_CLASS] in classes_of(vocabulary) or not classes_of(vocabulary)


def classes_of(vocabulary: Vocabulary) -> set[str]:
    """Return the codes of all classes."""
    return {
        entry.code for entries in vocabulary.codes.values() for entry in entries if len(entry.code) == _CLASS
    }


def _of_no_class(rows: Sequence[Row], index: int, present: set[str], at: tuple[int, str]) -> dict[str, Slip]:
    """Return the codes that a row would have under the 款 or 类 of the row above or below, its class being none."""
    table, code = at
    wanted: dict[str, Slip] = {}
    above = next((row.code for row in reversed(rows[:index]) if row.code and _coded(row)), "")
    below = next((row.code for row in rows[index + 1 :] if row.code and _coded(row)), "")
    for near in (above, below):
        for tail in (code[-2 * _STEP :], code[-_STEP:]):
            right = near[: _CLASS + (_STEP if len(tail) == _STEP else 0)] + tail
            if len(near) < len(right) - len(tail) or right[:-_STEP] not in present or right in present:
                continue
            why = Said(
                f"《政府收支分类科目》没有这一类，上下各行在 {right[:-_STEP]} 之下",
                f"the classification has no such class; the rows around it stand under {right[:-_STEP]}",
            )
            wanted.setdefault(right, Slip(table, index, code, right, why, True))
    return dict(list(wanted.items())[:1])


def _coded(row: Row) -> bool:
    return row.kind is RowKind.DATA and not row.code_inferred and bool(_CODE.fullmatch(row.code or ""))


def _name(row: Row) -> str:
    return squeeze(bare_label(row.label))


def _named(vocabulary: Vocabulary, code: str, year: int | None) -> str | None:
    name = vocabulary.official_name(code, year)
    return squeeze(name) if name else None


def _figures(row: Row) -> set[Amount]:
    return {cell.amount for cell in row.cells.values() if cell.amount is not None and cell.amount.value}


def one_digit_off(code: str) -> Iterator[str]:
    """Yield every code that differs from one in a single digit."""
    for place, printed in enumerate(code):
        for digit in "0123456789":
            if digit != printed:
                yield code[:place] + digit + code[place + 1 :]


def _where(table: Table, row: Row, right: str) -> tuple[Place, str, str]:
    """Return the cell that prints the wrong digit, its text, and what it should be (类, 款, 项 may be cells of their own)."""
    done = 0
    for index in sorted(row.cells):
        text = squeeze(row.cells[index].text)
        if table.columns[index].role is not Role.CODE or not text.isdigit():
            continue
        # A cell holds the code so far, or its own two digits of it; the first holds the class at least.
        first = not done
        done = len(text) if len(text) > _STEP else done + len(text)
        part = right[:done][-len(text) :] if done >= _CLASS or not first else right[:_CLASS]
        done = max(done, _CLASS)
        if text != part:
            return row.cells[index].place, row.cells[index].text, part
    return row.place, row.code or "", right


@check(
    "BL715",
    Said("科目编码没有笔误", "no slip in a code"),
    Severity.WARNING,
    Said(
        "同名科目在各表中的编码相同，与上下级科目的编码相接；一个编码错一位引起的各项不符并入这一个问题",
        "one name has one code in all tables, which fits those above and below it; what a wrong digit makes fail is put into this one finding",
    ),
)
def miscoded(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """Hold where no code looks like a slip; whether one that does is one, :func:`settled` tells."""
    document = bundle.document
    coded = any(_coded(row) for table in document.tables for row in table.rows)
    if coded and not slips(document, vocabulary):
        yield miscoded.judged("全文", None)
