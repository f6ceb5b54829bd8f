"""Checks of performance sheets that rules cannot say: projects with two sheets, and the sums and years in their words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from budgetlint.checking.check import check
from budgetlint.document import Bundle, Cell, Table, TableState
from budgetlint.document.text import squeeze
from budgetlint.results.findings import Operand, Outcome, Severity
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

_PROJECT, _UNIT = "项目名称", "实施单位"
_PARTS = re.compile(
    r"(\d+)(人|名|个|家|户|件|项|场|次)[（(,，]?其中[:：,，]?((?:[^\d。；;()（）]{1,14}\d+\2[,，、和及]?)+)"
)
#: Fewer parts may be examples out of the whole; so many are meant to be all of it.
_FEWEST_PARTS = 3
_GOALS = ("预期目标", "年度目标", "绩效目标", "总体目标")
_QUOTED = re.compile("《[^》]*》")
_NUMBERS = re.compile(r"[\d一二三四五六七八九十()\-—–.、:附表件续]+")


@check(
    "BL801",
    Said("项目绩效表不重名", "no two sheets of one project"),
    Severity.WARNING,
    Said(
        "同一文本里，同一项目（同一实施单位）的绩效目标表或自评表只有一张",
        "a project (of one unit) has one sheet of goals or of self-evaluation in a document",
    ),
)
def repeated_projects(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One outcome a sheet: its project, with its unit where one is printed, has no earlier sheet of the kind."""
    sheets: dict[tuple[str, str, str, str], list[Table]] = defaultdict(list)
    for table in bundle.document.tables:
        term = vocabulary.tables.get(table.id or "")
        project = table.facts.get(_PROJECT)
        if term is None or not term.many or table.state is TableState.MISSING or project is None:
            continue
        unit = table.facts.get(_UNIT)
        name = squeeze(project.text)
        if name:
            key = (term.id, name, squeeze(unit.text) if unit else "", _kind_said(table, name))
            sheets[key].append(table)
            yield _outcome(table, sheets[key], name)


def _kind_said(table: Table, project: str) -> str:
    """Return what a title says of the kind of sheet (本级, 对下转移支付), without the project and numbers."""
    return _NUMBERS.sub("", squeeze(table.title).replace(project, ""))


def _outcome(table: Table, same: list[Table], name: str) -> Outcome:
    repeated = len(same) > 1
    operands = tuple(
        Operand(_PROJECT, sheet.facts[_PROJECT].text, place=sheet.facts[_PROJECT].place, fact=f"{sheet.key}")
        for sheet in (same if repeated else [table])
    )
    kind = table.name or table.title
    message = Said(
        f"项目“{name}”有 {len(same)} 张{kind}，仅凭名称无法区分，请核对是否重复列示或合并",
        f"the project “{name}” has {len(same)} sheets ({kind}) that only their place tells apart",
    )
    places = [sheet.facts[_PROJECT].place for sheet in reversed(same)]
    instance = f"{table.id}|{table.key}"
    return repeated_projects.judged(instance, message if repeated else None, *places, operands=operands)


@check(
    "BL802",
    Said("绩效文字中所列各项之和", "parts in the words of goals make their whole"),
    Severity.WARNING,
    Said(
        "绩效目标和完成情况的文字写明总数并列出三项以上分项的，分项之和应等于总数",
        "where the words of a sheet give a number and three parts or more, the parts make the number",
    ),
)
def sums_in_words(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One outcome a list “33人（其中…3人，…4人，…）” in the words of a sheet: its parts make the whole."""
    for table, name, cell in _worded(bundle):
        for number, found in enumerate(_PARTS.finditer(squeeze(cell.text))):
            parts = [int(part) for part in re.findall(rf"(\d+){found[2]}", found[3])]
            if len(parts) < _FEWEST_PARTS:
                continue
            key = f"{table.key}|{name}|{number}"
            operand = Operand(name, found[0], place=cell.place, fact=key)
            total, unit = sum(parts), found[2]
            message = Said(
                f"{name}写的是“{found[0]}”，所列各项合计 {total}{unit}，不等于 {found[1]}{unit}，请核对",
                f"{name} says “{found[0]}”; the parts make {total}, not {found[1]}",
            )
            wrong = message if total != int(found[1]) else None
            yield sums_in_words.judged(f"{table.id}|{key}", wrong, cell.place, operands=(operand,))


@check(
    "BL803",
    Said("绩效目标写本年度的工作", "goals speak of this year's work"),
    Severity.WARNING,
    Said(
        "绩效目标的文字写明某年工作的，年份不早于文本年度",
        "where a goal names the year of its work, it is not before the document's",
    ),
)
def years_in_goals(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One outcome a goal that names a year's work: the year is the document's own, not the one before."""
    year = bundle.document.year
    if year is None:
        return
    work = re.compile(r"(?<![较比与自从])(20\d\d)年度?(?:的|全年)?(?:各项)?(?:工作|任务|目标|业务)")
    for table, name, cell in _worded(bundle):
        if name not in _GOALS:
            continue
        for found in work.finditer(_QUOTED.sub("", squeeze(cell.text))):
            key = f"{table.key}|{name}|{found[0]}"
            operand = Operand(name, found[0], place=cell.place, fact=key)
            message = Said(
                f"{year}年度的{name}写的是“{found[0]}”，可能沿用了以前年度的文字，请核对",
                f"{name} of {year} says “{found[0]}”: perhaps the words of an earlier year",
            )
            wrong = message if int(found[1]) < year else None
            yield years_in_goals.judged(f"{table.id}|{key}", wrong, cell.place, operands=(operand,))


def _worded(bundle: Bundle) -> Iterator[tuple[Table, str, Cell]]:
    """Yield the worded fields of every sheet of a project."""
    for table in bundle.document.tables:
        if _PROJECT in table.facts:
            for name, cell in table.facts.items():
                yield table, name, cell


PERFORMANCE = (
    repeated_projects,
    sums_in_words,
    years_in_goals,
)
