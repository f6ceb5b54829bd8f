"""Checks of performance sheets that rules cannot say: projects with two sheets, and the sums and years in their words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from budgetlint.checking.check import PythonCheck, judged
from budgetlint.document import Bundle, Cell, Table, TableState
from budgetlint.document.text import squeeze
from budgetlint.language.syntax import Basis
from budgetlint.results.findings import Operand, Outcome, Severity
from budgetlint.vocabulary import Vocabulary

_PROJECT, _UNIT = "项目名称", "实施单位"
_CONSISTENCY = (Basis(consistency=True),)
_PARTS = re.compile(
    r"(\d+)(人|名|个|家|户|件|项|场|次)[（(,，]?其中[:：,，]?((?:[^\d。；;()（）]{1,14}\d+\2[,，、和及]?)+)"
)
#: Fewer parts may be examples out of the whole; so many are meant to be all of it.
_FEWEST_PARTS = 3
_GOALS = ("预期目标", "年度目标", "绩效目标", "总体目标")
_QUOTED = re.compile("《[^》]*》")


def _repeated_projects(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One outcome a sheet: its project, with its unit where one is printed, has no earlier sheet of the kind."""
    sheets: dict[tuple[str, str, str], list[Table]] = defaultdict(list)
    for table in bundle.document.tables:
        term = vocabulary.tables.get(table.id or "")
        project = table.facts.get(_PROJECT)
        if term is None or not term.many or table.state is TableState.MISSING or project is None:
            continue
        unit = table.facts.get(_UNIT)
        name = squeeze(project.text)
        if name:
            key = (term.id, name, squeeze(unit.text) if unit else "")
            sheets[key].append(table)
            yield _outcome(table, sheets[key], name)


def _outcome(table: Table, same: list[Table], name: str) -> Outcome:
    repeated = len(same) > 1
    operands = tuple(
        Operand(_PROJECT, sheet.facts[_PROJECT].text, place=sheet.facts[_PROJECT].place, fact=f"{sheet.key}")
        for sheet in (same if repeated else [table])
    )
    message = f"项目“{name}”有 {len(same)} 张{table.name or table.title}，仅凭名称无法区分，请核对是否重复列示或合并"
    places = [sheet.facts[_PROJECT].place for sheet in reversed(same)]
    return judged(
        "BL801", f"{table.id}|{table.key}", message if repeated else None, *places, operands=operands
    )


REPEATED_PROJECTS = PythonCheck(
    "BL801",
    "项目绩效表不重名",
    Severity.WARNING,
    _CONSISTENCY,
    "同一文本里，同一项目（同一实施单位）的绩效目标表或自评表只有一张",
    _repeated_projects,
)


def _sums_in_words(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One outcome a list “33人（其中…3人，…4人，…）” in the words of a sheet: its parts make the whole."""
    for table, name, cell in _worded(bundle):
        for number, found in enumerate(_PARTS.finditer(squeeze(cell.text))):
            parts = [int(part) for part in re.findall(rf"(\d+){found[2]}", found[3])]
            if len(parts) < _FEWEST_PARTS:
                continue
            key = f"{table.key}|{name}|{number}"
            operand = Operand(name, found[0], place=cell.place, fact=key)
            message = f"{name}写的是“{found[0]}”，所列各项合计 {sum(parts)}{found[2]}，不等于 {found[1]}{found[2]}，请核对"
            holds = sum(parts) == int(found[1])
            yield judged(
                "BL802", f"{table.id}|{key}", None if holds else message, cell.place, operands=(operand,)
            )


def _years_in_goals(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
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
            message = f"{year}年度的{name}写的是“{found[0]}”，可能沿用了以前年度的文字，请核对"
            holds = int(found[1]) >= year
            yield judged(
                "BL803", f"{table.id}|{key}", None if holds else message, cell.place, operands=(operand,)
            )


def _worded(bundle: Bundle) -> Iterator[tuple[Table, str, Cell]]:
    """Yield the worded fields of every sheet of a project."""
    for table in bundle.document.tables:
        if _PROJECT in table.facts:
            for name, cell in table.facts.items():
                yield table, name, cell


SUMS_IN_WORDS = PythonCheck(
    "BL802",
    "绩效文字中所列各项之和",
    Severity.WARNING,
    _CONSISTENCY,
    "绩效目标和完成情况的文字写明总数并列出三项以上分项的，分项之和应等于总数",
    _sums_in_words,
)
YEARS_IN_GOALS = PythonCheck(
    "BL803",
    "绩效目标写本年度的工作",
    Severity.WARNING,
    _CONSISTENCY,
    "绩效目标的文字写明某年工作的，年份不早于文本年度",
    _years_in_goals,
)
PERFORMANCE = (REPEATED_PROJECTS, SUMS_IN_WORDS, YEARS_IN_GOALS)
