"""Makes consistent documents of made-up figures and changes one digit of one of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from tests.checking.build import document, judgement, table

from budgetlint.checking.judging.diagnose import diagnose
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import Bundle, Document, Place
from budgetlint.language.compile import CompiledRule, compile_rule
from budgetlint.language.parser import parse_file
from budgetlint.results.findings import Finding, Verdict

_SENTENCES = (
    "对 每张表 的 每一行 的 每一金额列，当 本列 存在 且 求和（下级科目 本列） 存在，检查 本列 应等于 求和（下级科目 本列）",
    "对 表 甲表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出",
    "对 表 甲表 的 每一行，检查 列 基本支出 应等于 列 人员经费 加 列 公用经费",
    "对 表 甲表 的 每一行，检查 列 合计 应等于 求和（表 乙表 对应行 列 合计）",
    "对 表 乙表 的 每一行，检查 列 合计 应等于 列 一般公共预算 加 列 政府性基金",
    "检查 表 甲表 行 合计 列 合计 应等于 表 丙表 行 支出总计",
    "检查 表 丙表 行 收入总计 应等于 表 丙表 行 支出总计",
)


def compiled_rules() -> list[CompiledRule]:
    """Return a fixed set of rules as a budget office has them: row sums, column sums, sister tables."""
    text = "\n".join(
        f"规则 ZZ{i:03} “示例”\n级别 错误\n依据 勾稽关系\n{sentence}\n结束"
        for i, sentence in enumerate(_SENTENCES, 101)
    )
    parsed = parse_file(text, "示例.rule")
    assert not parsed.errors
    return [compile_rule(rule) for rule in parsed.rules]


@dataclass(frozen=True)
class Figure:
    """A printed figure: table number, body line, grid column."""

    table: int
    line: int
    column: int


Grid = list[list[str]]


def consistent(seed: int) -> list[Grid]:
    """Return the tables 甲表 (expenses by code), 乙表 (the same by source) and 丙表 (totals) of one budget."""
    chance = random.Random(seed)
    items = [
        f"20{8 + i}{j:02}{k:02}"
        for i in range(2)
        for j in range(1, 3)
        for k in range(1, chance.randint(2, 4))
    ]
    leaves = {code: [_figure(chance) for _ in range(3)] for code in items}
    codes = sorted({code[:n] for code in items for n in (3, 5, 7)})
    first = [["科目编码", "科目名称", "合计", "基本支出", "人员经费", "公用经费", "项目支出"]]
    second = [["科目编码", "科目名称", "合计", "一般公共预算", "政府性基金"]]
    for code in ("", *codes):
        staff, office, project = (
            sum((f[i] for c, f in leaves.items() if c.startswith(code)), Decimal(0)) for i in range(3)
        )
        name = f"科目{code}" if code else "合计"
        first.append(
            [code, name, *map(str, (staff + office + project, staff + office, staff, office, project))]
        )
        second.append([code, name, *map(str, (staff + office + project, staff + office, project))])
    total = first[1][2]
    third = [["项目", "金额"], ["收入总计", total], ["支出总计", total]]
    return [first, second, third]


def _figure(chance: random.Random) -> Decimal:
    return Decimal(chance.randint(100, 99999)).scaleb(-2)


def as_document(grids: list[Grid]) -> Document:
    """Build the document of some grids; figures of table t and line n stand on line 1000·t + n."""
    titles = ("甲表", "乙表", "丙表")
    return document(
        *(
            table("\n".join("| " + " | ".join(row) + " |" for row in grid), title, first_line=1000 * t)
            for t, (grid, title) in enumerate(zip(grids, titles, strict=True), 1)
        )
    )


def place_of(figure: Figure) -> tuple[int, int]:
    """Return (line, grid column) of a figure."""
    return 1000 * (figure.table + 1) + figure.line - 1, figure.column


def figures(grids: list[Grid]) -> list[Figure]:
    """Return every amount of some grids."""
    return [
        Figure(t, line, column)
        for t, grid in enumerate(grids)
        for line in range(1, len(grid))
        for column in range(1 if t == 2 else 2, len(grid[0]))
    ]


def changed(grids: list[Grid], figure: Figure, chance: random.Random) -> list[Grid]:
    """Return the grids with one digit of one figure changed."""
    grids = [[list(row) for row in grid] for grid in grids]
    text = grids[figure.table][figure.line][figure.column]
    at = chance.choice([i for i, char in enumerate(text) if char.isdigit()])
    digit = chance.choice([d for d in "0123456789" if d != text[at] and (at or d != "0")])
    grids[figure.table][figure.line][figure.column] = text[:at] + digit + text[at + 1 :]
    return grids


def findings(grids: list[Grid], rules: list[CompiledRule]) -> list[Finding]:
    """Return the findings of some grids that say something failed or could not be decided."""
    whole = as_document(grids)
    outcomes = judgement(rules, Bundle(whole))
    by_id = {compiled.rule.id: compiled.rule for compiled in rules}
    return [f for f in diagnose(Ledger(outcomes), by_id, whole) if f.verdict is not Verdict.ROUNDS]


def stands_at(place: Place) -> tuple[int | None, int | None]:
    """Return (line, grid column) of a place."""
    return place.line, place.grid_column
