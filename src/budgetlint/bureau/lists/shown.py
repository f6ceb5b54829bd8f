"""What holding a store against lists came to, as rows and lines that every format of the overview shows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budgetlint.bureau.lists.holding import Held
from budgetlint.bureau.lists.remarks import KINDS, Compared, Remark
from budgetlint.bureau.lists.sums import Difference
from budgetlint.reporters.words import SEVERITIES, Words

_LISTED = 20


def title_of(compared: Compared, words: Words) -> str:
    """Return what heads the remarks on one list: its name and every row of it counted."""
    differing = compared.rows - compared.agreed - compared.undecided
    return words(
        f"对照 {compared.file}：{compared.rows} 项，相符 {compared.agreed}，有问题 {differing}，"
        f"无法核对 {compared.undecided}",
        f"against {compared.file}: {compared.rows} entries, {compared.agreed} agree, {differing} with remarks, "
        f"{compared.undecided} not compared",
    )


def heads_of_remarks(words: Words) -> list[str]:
    """Return the heads of the columns of ``row_of_remark``."""
    return [
        words("类别", "what"),
        words("级别", "severity"),
        words("单位", "unit"),
        words("说明", "remark"),
        words("位置", "where"),
    ]


def row_of_remark(remark: Remark, words: Words) -> list[str]:
    """Return one remark as texts."""
    return [
        KINDS[remark.kind].to(words.language),
        words.of(SEVERITIES[remark.severity]).partition("（")[0].partition(" (")[0],
        remark.unit,
        remark.message.to(words.language),
        "\n".join(remark.places),
    ]


def title_of_differences(held: Held, words: Words) -> str:
    """Return what heads the table of differences."""
    return words(
        f"差额表：各单位之和与部门不同的 {held.number} 处（提醒；汇总有抵销，或有单位没有公开，也会不同）",
        f"Differences: {held.number} figures of departments that their units do not add up to (to be explained)",
    )


def heads_of_differences(words: Words) -> list[str]:
    """Return the heads of the columns of ``row_of_difference``."""
    return [
        words("部门", "department"),
        words("年度", "year"),
        words("公开类型", "kind"),
        words("表", "table"),
        words("科目编码", "code"),
        words("行", "row"),
        words("列", "column"),
        words("部门（元）", "department (yuan)"),
        words("各单位之和（元）", "sum of units (yuan)"),
        words("相差（元）", "difference (yuan)"),
        words("有此数的单位", "units with it"),
        words("单位数", "units"),
    ]


def row_of_difference(one: Difference) -> list[str | int | Decimal]:
    """Return one difference as texts and exact numbers."""
    amounts = (one.value, one.added, one.difference)
    return [
        one.department,
        one.year,
        one.kind,
        one.title,
        one.code,
        one.item,
        one.column,
        *(_yuan(amount) for amount in amounts),
        one.units,
        one.of,
    ]


def _yuan(amount: Decimal) -> Decimal:
    cents = amount.quantize(Decimal("0.01"))
    return cents if cents == amount else amount.normalize()


def lines_of_lists(held: Held, words: Words) -> Iterator[str]:
    """Yield what a terminal shows of it."""
    for compared in held.compared:
        yield f"\n{title_of(compared, words)}"
        for remark in compared.remarks[:_LISTED]:
            kind, severity, unit, said, _ = row_of_remark(remark, words)
            yield f"  {severity}  {kind}  {unit}  {said}"
            yield from (f"      {place}" for place in remark.places)
        yield from _more(len(compared.remarks), words)
    if held.differences is not None:
        yield f"\n{title_of_differences(held, words)}"
        for one in held.differences[:_LISTED]:
            cells = [str(cell) for cell in row_of_difference(one)]
            yield "  " + "  ".join(cell for cell in cells if cell)
        yield from _more(len(held.differences), words)


def _more(number: int, words: Words) -> Iterator[str]:
    if number > _LISTED:
        more = number - _LISTED
        yield words(
            f"  …… 另有 {more} 条，全部见 --format html:文件 或 xlsx:文件",
            f"  … {more} more, all in --format html:FILE or xlsx:FILE",
        )
