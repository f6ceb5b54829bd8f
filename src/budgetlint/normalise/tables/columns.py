"""Give the columns of a table their roles, units and side-by-side blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from budgetlint.document import Column, Role
from budgetlint.normalise.printed.cells import figure, unit_in

_CODE = re.compile(r"(?:编码|代码|编号|目录序号)(?:\(.*\))?$|^[类款项目]$")
_NAME = re.compile(
    r"^(?:项目|科目|科目名称|名称|单位名称|部门名称|支出项目|收入项目|项目名称|功能科目|功能分类|经济分类|指标名称|资金来源|事项)$|"
    r"科目名称|科目名|分类名称|\((?:科目|项目)名称\)|^单位\(|^(?:功能|经济|按).{0,10}(?:分类|科目)|(?:功能|经济|支出|性质)分类(?:科目)?$|^项目\("
)
_UNCODED = re.compile(r"^项目$")
_ITEM = re.compile(r"^(?:收入|支出)?项目(?:\(.*\))?$|科目|分类|名称$")
_ORDINAL = re.compile(r"^(?:序号|行次|栏次|项次)$")
_COUNT = re.compile(r"数量|人数|辆数|台数|面积|编制数|次数|批次|\((?:辆|人|个|台|套|批次|次|平方米)\)")
_PERCENT = re.compile(r"%|占比|比例|比重|增长率|增减率|完成率|执行率|进度|幅度")
_MONEY = re.compile(
    r"支出|收入|合计|小计|总计|拨款|经费|预算|决算|结转|结余|金额|资金|费|补助|收支|余额|数$|缴款"
)
_TEXT = re.compile(r"说明|备注|内容|依据|措施|目标|指标|原因|单位$|类型|类别|名称|方式|物品|性质$|规格|形式")


def build(paths: Sequence[tuple[str, ...]], body: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Return the columns of a table from header paths and body texts (one sequence a line)."""
    columns: list[Column] = []
    for index, path in enumerate(paths):
        printed = [line[index].strip() for line in body if index < len(line) and line[index].strip()]
        role = _role(path, printed)
        unit = next((unit for step in reversed(path) if (unit := unit_in(step))), None)
        if role is Role.PERCENTAGE:
            unit = unit or "%"
        columns.append(Column(path, role=role, unit=unit))
    return _grouped(_unprinted(columns, body))


def _unprinted(columns: list[Column], body: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Give a column that prints nothing the role of the amounts it stands between or shares its header with."""
    result = list(columns)
    for index in range(1, len(columns)):
        column, left = columns[index], result[index - 1]
        printed = any(index < len(line) and line[index].strip() for line in body)
        if (
            printed
            or column.role is not Role.TEXT
            or _TEXT.search(column.label)
            or left.role is not Role.AMOUNT
        ):
            continue
        kin = len(column.path) > 1 and column.path[:-1] == left.path[: len(column.path) - 1]
        inside = not _TEXT.search(column.label) and any(
            after.role is Role.AMOUNT for after in columns[index + 1 :]
        )
        if kin or inside:
            result[index] = replace(column, role=Role.AMOUNT)
    return tuple(result)


def _role(path: tuple[str, ...], printed: Sequence[str]) -> Role:
    label = path[-1] if path else ""
    figures = sum(figure(text) for text in printed)
    words = len(printed) - figures
    if _ORDINAL.match(label):
        return Role.ORDINAL
    if _CODE.search(label) and not _UNCODED.search(label):
        return Role.CODE
    if _NAME.search(label):
        return Role.NAME
    if _COUNT.search(label) and not _MONEY.search(label.split("(")[0]):
        return Role.COUNT
    if _PERCENT.search(label) and words <= figures:
        return Role.PERCENTAGE
    money = bool(_MONEY.search(label)) and not _TEXT.search(label)
    if figures > words or (money and (figures or not printed)):
        return Role.COUNT if label in ("分值", "得分") else Role.AMOUNT
    return Role.TEXT


def _grouped(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Number the blocks of a side-by-side table: a block begins at a label column after amounts."""
    labels = [i for i, column in enumerate(columns) if column.role in (Role.CODE, Role.NAME)]
    first = columns[labels[0]] if labels else None
    group, amounts, result = 0, False, []
    for index, column in enumerate(columns):
        if amounts and first is not None and _begins(index, column, columns, first):
            group, amounts = group + 1, False
        amounts = amounts or column.role in (Role.AMOUNT, Role.COUNT, Role.PERCENTAGE)
        result.append(Column(column.path, column.name, column.role, group, column.unit))
    return tuple(result)


def _begins(index: int, column: Column, columns: Sequence[Column], first: Column) -> bool:
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
    return coded or (column.path[:1] != columns[index - 1].path[:1] and bool(_ITEM.search(column.label)))


def _repeats_amount(index: int, columns: Sequence[Column]) -> bool:
    """True where a label column stands between two amounts of the same name: 预算数 | 支出性质 | 预算数."""
    before = columns[index - 1]
    after = next((c for c in columns[index + 1 :] if c.role is not Role.ORDINAL), before)
    return before.role is Role.AMOUNT is after.role and after is not before and before.label == after.label
