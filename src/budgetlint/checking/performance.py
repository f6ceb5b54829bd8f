"""Checks over all sheets of one kind: no project has its goals or its self-evaluation published twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from budgetlint.checking.check import PythonCheck
from budgetlint.document import Bundle, Table, TableState
from budgetlint.document.text import squeeze
from budgetlint.findings import Operand, Outcome, Severity, Verdict
from budgetlint.language.syntax import Basis
from budgetlint.vocabulary import Vocabulary

_PROJECT, _UNIT = "项目名称", "实施单位"


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
    return Outcome(
        "BL801",
        Verdict.FAILS if repeated else Verdict.HOLDS,
        severity=Severity.WARNING,
        operands=operands,
        instance=f"{table.id}|{table.key}",
        message=f"项目“{name}”有 {len(same)} 张{table.name or table.title}，仅凭名称无法区分，请核对是否重复列示或合并"
        if repeated
        else None,
        places=tuple(sheet.facts[_PROJECT].place for sheet in reversed(same)) if repeated else (),
    )


REPEATED_PROJECTS = PythonCheck(
    "BL801",
    "项目绩效表不重名",
    Severity.WARNING,
    (Basis(consistency=True),),
    "同一文本里，同一项目（同一实施单位）的绩效目标表或自评表只有一张",
    _repeated_projects,
)
