"""Tests (存在, 为空, 匹配, 包含 …) over the instances of a frame."""

from __future__ import annotations

from collections.abc import Callable

from budgetlint.checking.engine.expressions import LEVELS
from budgetlint.checking.engine.predicates import names_a_column, names_a_place, prints_property
from budgetlint.checking.engine.readings import is_listed, reads_as
from budgetlint.checking.engine.tables import one_table
from budgetlint.checking.kernels.codes import ASK, FAILS, HOLDS, SKIPPED, Decided
from budgetlint.checking.kernels.figures import figures
from budgetlint.checking.kernels.frames import Frame
from budgetlint.checking.kernels.leaves import Spot
from budgetlint.checking.kernels.quantities import Figures, Mask, NoKernel
from budgetlint.checking.kernels.vectors import (
    BLANK,
    MISSING,
    NOTHING,
    OTHER,
    PRINTED,
    UNDECIDED,
    UNSURE,
    WORDS,
)
from budgetlint.checking.kernels.words import Printed, words
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Aggregate, Call, Label, Ref, RowChoice, Test, TestKind, Text

_THERE = (TestKind.EXISTS, TestKind.THERE_IS)
#: Tests of whether something is there.
PLACES = (*_THERE, TestKind.MISSING, TestKind.BLANK)
_TEXTS = (TestKind.CONTAINS, TestKind.STARTS, TestKind.ENDS, TestKind.READS_AS, TestKind.MATCHES)


def tested(node: Test, frame: Frame, mask: Mask) -> Decided:
    """Decide a test for every instance: FAILS where it does not hold; raises NoKernel where there is none."""
    found = _found(node, frame, mask)
    if node.negated:
        turned = {HOLDS: FAILS, FAILS: HOLDS}
        return Decided([turned.get(code, code) for code in found.codes], found.spots)
    return found


def _found(node: Test, frame: Frame, mask: Mask) -> Decided:
    if node.kind in PLACES:
        return _presence(node, frame, mask)
    if node.kind in _TEXTS:
        return _reading(node, frame)
    match node.kind:
        case TestKind.ZERO:
            return _of_figures(figures(node.subject, frame, mask), lambda value, scale: not value)
        case TestKind.INTEGER:
            whole = figures(node.subject, frame, mask)
            if whole.over is not None:
                raise NoKernel
            decided = _of_figures(whole, lambda value, scale: value % 10**scale == 0)
            codes = [
                SKIPPED if code != ASK and not s & PRINTED else code
                for code, s in zip(decided.codes, whole.states, strict=True)
            ]
            return Decided(codes, decided.spots)
        case TestKind.ONE_OF:
            return _one_of(node, frame, mask)
        case TestKind.IN_LIST:
            return _in_list(node, frame)
        case _:
            raise NoKernel


# ---------------------------------------------------------------- presence


def _presence(node: Test, frame: Frame, mask: Mask) -> Decided:
    subject = node.subject
    there = node.kind in _THERE
    if isinstance(subject, Ref):
        if names_a_place(subject):
            return _rows_there(node, subject, frame)
        if frame.rows is None and subject.bare is not None:
            return _said(subject, there, frame)
        if names_a_column(subject) and node.kind is not TestKind.BLANK:
            raise NoKernel
        leaf = frame.leaf(subject)
        states, spots = leaf.states, _single(leaf.spot)
    elif isinstance(subject, Aggregate | Call):
        read = figures(subject, frame, mask)
        if read.constant or not read.linear or read.fixed is not None:
            raise NoKernel
        states, spots = read.states, read.spots
        if isinstance(subject, Aggregate):  # words among what is added up are no number, and no word either
            states = [s | OTHER if s & WORDS else s for s in states]
    else:
        raise NoKernel
    return Decided([_there(s, there) for s in states], spots)


def _said(ref: Ref, there: bool, frame: Frame) -> Decided:
    """Decide whether sentences state a property of their kind; what is no such property is read as anything else."""
    stated = [prints_property(ref, frame.context(i)) for i in range(frame.size)]
    leaf = frame.leaf(ref) if None in stated else None
    codes = [
        (HOLDS if said is there else FAILS)
        if said is not None
        else ASK
        if leaf is None
        else _there(leaf.states[i], there)
        for i, said in enumerate(stated)
    ]

    def spots(i: int) -> list[Spot]:
        spot = None if leaf is None or stated[i] is not None else leaf.spot(i)
        return [] if spot is None else [spot]

    return Decided(codes, spots)


def _rows_there(node: Test, ref: Ref, frame: Frame) -> Decided:
    """Decide whether 对应行 or 下级科目 is there."""
    chosen_by_row = frame.rows is not None and ref.row is not None and ref.row.choice is not RowChoice.NAMED
    if not chosen_by_row or node.kind is TestKind.BLANK:
        raise NoKernel
    there = node.kind in _THERE
    rows = frame.chosen(ref, one_table(ref, frame.context(0)))
    return Decided([HOLDS if bool(found) is there else FAILS for found in rows], lambda i: [])


def _single(spot: Callable[[int], Spot | None]) -> Callable[[int], list[Spot]]:
    def spots(i: int) -> list[Spot]:
        found = spot(i)
        return [] if found is None else [found]

    return spots


def _there(state: int, there: bool) -> int:
    if state & (OTHER | UNSURE):
        return ASK
    if state & MISSING:
        printed = False
    elif state & NOTHING:
        return SKIPPED
    else:
        printed = bool(state & PRINTED)
    return HOLDS if printed is there else FAILS


# ---------------------------------------------------------------- figures


def _of_figures(read: Figures, holds: Callable[[int, int], bool]) -> Decided:
    codes = [
        ASK if s & UNDECIDED else SKIPPED if s & NOTHING else HOLDS if holds(v, read.scale) else FAILS
        for v, s in zip(read.values, read.states, strict=True)
    ]
    return Decided(codes, read.spots)


def _one_of(node: Test, frame: Frame, mask: Mask) -> Decided:
    sought = [squeeze(a.text) for a in node.arguments if isinstance(a, Text | Label)]
    if isinstance(node.subject, Call) and node.subject.function == "level":
        read = figures(node.subject, frame, mask)
        levels = {LEVELS.get(word, word) for word in sought}
        return _of_figures(read, lambda value, scale: value in levels or str(value) in sought)
    printed = _words(node.subject, frame)
    printed.states = [s | OTHER if s & BLANK else s for s in printed.states]
    return _of_words(printed, lambda text: text in sought, blank=False)


def _in_list(node: Test, frame: Frame) -> Decided:
    (name,) = node.arguments
    assert isinstance(name, Label)
    vocabulary = frame.world.vocabulary
    return _of_words(
        _words(node.subject, frame), lambda text: is_listed(text, name.text, vocabulary), blank=True
    )


# ---------------------------------------------------------------- texts


def _words(node: object, frame: Frame) -> Printed:
    """Return an expression as texts; a figure is asked for as a number, which explaining tells."""
    if not isinstance(node, Ref):
        raise NoKernel
    leaf = frame.leaf(node)
    states = [OTHER if s & PRINTED and not s & WORDS else s & ~WORDS for s in leaf.states]
    return Printed(leaf.texts(), states, _single(leaf.spot))


def _of_words(read: Printed, holds: Callable[[str], bool], blank: bool) -> Decided:
    """Decide by what is printed; ``blank`` says that there is nothing to check where nothing is."""
    known = {text: holds(text) for text in set(read.texts)}
    codes = []
    for text, s in zip(read.texts, read.states, strict=True):
        if s & UNDECIDED:
            codes.append(ASK)
        elif s & NOTHING or (blank and s & BLANK):
            codes.append(SKIPPED)
        else:
            codes.append(HOLDS if known[text] else FAILS)
    return Decided(codes, read.spots)


def _reading(node: Test, frame: Frame) -> Decided:
    try:
        subject = words(node.subject, frame)
        arguments = [words(argument, frame) for argument in node.arguments if not isinstance(argument, Label)]
    except LookupError:
        raise NoKernel from None
    blank = node.kind is not TestKind.CONTAINS
    literal = all(isinstance(a, Text) for a in node.arguments)
    if literal:
        texts = [a.text if node.kind is TestKind.MATCHES else squeeze(a.text) for a in node.arguments]  # type: ignore[union-attr]
        return _of_words(
            subject, lambda text: any(reads_as(node.kind, text, other) for other in texts), blank
        )
    if node.kind is TestKind.MATCHES:
        raise NoKernel
    codes = [_one_reads(node.kind, subject, arguments, i, blank) for i in range(frame.size)]

    def spots(i: int) -> list[Spot]:
        return [*subject.spots(i), *(spot for argument in arguments for spot in argument.spots(i))]

    return Decided(codes, spots)


def _one_reads(kind: TestKind, subject: Printed, arguments: list[Printed], i: int, blank: bool) -> int:
    state = subject.states[i]
    if state & UNDECIDED:
        return ASK
    if state & NOTHING or (blank and state & BLANK):
        return SKIPPED
    for argument in arguments:
        if argument.states[i] & UNDECIDED:
            return ASK
        if argument.states[i] & NOTHING:
            return SKIPPED
        if reads_as(kind, subject.texts[i], argument.texts[i]):
            return HOLDS
    return FAILS
