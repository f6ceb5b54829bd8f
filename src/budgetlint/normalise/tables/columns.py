"""Give the columns of a table their roles, units and side-by-side blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.document import Column, Role
from budgetlint.normalise.printed.cells import figure, unit_in
from budgetlint.vocabulary import ReadingWords


class ColumnWords(Struct, frozen=True):
    """The searches that tell from a header's lowest label what a column holds."""

    code: re.Pattern[str]
    name: re.Pattern[str]
    uncoded: re.Pattern[str]
    item: re.Pattern[str]
    ordinal: re.Pattern[str]
    count: re.Pattern[str]
    percent: re.Pattern[str]
    money: re.Pattern[str]
    text: re.Pattern[str]
    points: frozenset[str]

    @classmethod
    def of(cls, words: ReadingWords) -> ColumnWords:
        """Compile the words of a pack."""
        classified = rf"^{words.any_of('列/分类/方式')}.{{0,10}}{words.any_of('列/分类/所分')}"
        return cls(
            code=re.compile(rf"{words.any_of('列/编码/结尾')}(?:\(.*\))?$|{words.label('列/编码')}"),
            name=re.compile(f"{words.label('列/名称')}|{classified}"),
            uncoded=re.compile(words.label("列/不是编码")),
            item=re.compile(rf"^{words.any_of('列/事项/全称')}(?:\(.*\))?$|{words.label('列/事项')}"),
            ordinal=re.compile(words.label("列/序号")),
            count=re.compile(words.label("列/数量")),
            percent=re.compile(words.label("列/比率")),
            money=re.compile(words.label("列/金额")),
            text=re.compile(words.label("列/文字")),
            points=frozenset(words.group("列/计分")),
        )


def build(
    paths: Sequence[tuple[str, ...]],
    body: Sequence[Sequence[str]],
    words: ReadingWords,
    numbers: Sequence[int | None] = (),
) -> tuple[Column, ...]:
    """Return the columns of a table from header paths and body texts (one sequence a line); ``numbers`` as 栏次 prints."""
    known = words.made(ColumnWords.of)
    columns: list[Column] = []
    for index, path in enumerate(paths):
        number = numbers[index] if index < len(numbers) else None
        printed = [line[index].strip() for line in body if index < len(line) and line[index].strip()]
        role = _role(path, printed, known)
        unit = next((unit for step in reversed(path) if (unit := unit_in(step))), None)
        if role is Role.PERCENTAGE:
            unit = unit or "%"
        columns.append(Column(path, role=role, unit=unit, number=number))
    return _grouped(_unprinted(columns, body, known), known)


def _unprinted(
    columns: list[Column], body: Sequence[Sequence[str]], known: ColumnWords
) -> tuple[Column, ...]:
    """Give a column that prints nothing the role of the amounts it stands between or shares its header with."""
    result = list(columns)
    for index in range(1, len(columns)):
        column, left = columns[index], result[index - 1]
        printed = any(index < len(line) and line[index].strip() for line in body)
        if (
            printed
            or column.role is not Role.TEXT
            or known.text.search(column.label)
            or left.role is not Role.AMOUNT
        ):
            continue
        kin = len(column.path) > 1 and column.path[:-1] == left.path[: len(column.path) - 1]
        inside = not known.text.search(column.label) and any(
            after.role is Role.AMOUNT for after in columns[index + 1 :]
        )
        if kin or inside:
            result[index] = replace(column, role=Role.AMOUNT)
    return tuple(result)


def _role(path: tuple[str, ...], printed: Sequence[str], known: ColumnWords) -> Role:
    label = path[-1] if path else ""
    figures = sum(figure(text) for text in printed)
    words = len(printed) - figures
    if known.ordinal.match(label):
        return Role.ORDINAL
    if known.code.search(label) and not known.uncoded.search(label):
        return Role.CODE
    if known.name.search(label):
        return Role.NAME
    if known.count.search(label) and not known.money.search(label.split("(")[0]):
        return Role.COUNT
    if known.percent.search(label) and words <= figures:
        return Role.PERCENTAGE
    money = bool(known.money.search(label)) and not known.text.search(label)
    if figures > words or (money and (figures or not printed)):
        return Role.COUNT if label in known.points else Role.AMOUNT
    return Role.TEXT


def _grouped(columns: tuple[Column, ...], known: ColumnWords) -> tuple[Column, ...]:
    """Number the blocks of a side-by-side table: a block begins at a label column after amounts."""
    labels = [i for i, column in enumerate(columns) if column.role in (Role.CODE, Role.NAME)]
    first = columns[labels[0]] if labels else None
    group, amounts, result = 0, False, []
    for index, column in enumerate(columns):
        if amounts and first is not None and _begins(index, column, columns, first, known):
            group, amounts = group + 1, False
        amounts = amounts or column.role in (Role.AMOUNT, Role.COUNT, Role.PERCENTAGE)
        result.append(replace(column, group=group))
    return tuple(result)


def _begins(index: int, column: Column, columns: Sequence[Column], first: Column, known: ColumnWords) -> bool:
    if column.role not in (Role.CODE, Role.NAME, Role.TEXT) or index == len(columns) - 1:
        return False
    if not any(after.role is Role.AMOUNT for after in columns[index + 1 :]):
        return False
    if column.label == first.label:
        return True
    if _repeats_amount(index, columns):
        return True
    if column.role is Role.TEXT:
        return False
    coded = column.role is Role.CODE and first.role is Role.CODE and column.path[:1] != first.path[:1]
    return coded or (column.path[:1] != columns[index - 1].path[:1] and bool(known.item.search(column.label)))


def _repeats_amount(index: int, columns: Sequence[Column]) -> bool:
    """True where a label column stands between two amounts of the same name: 预算数 | 支出性质 | 预算数."""
    before = columns[index - 1]
    after = next((c for c in columns[index + 1 :] if c.role is not Role.ORDINAL), before)
    return before.role is Role.AMOUNT is after.role and after is not before and before.label == after.label
