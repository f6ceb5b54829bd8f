"""The opinion on a unit (核查意见书) as a Word file: what was checked, what was found, what follows, and who signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO
from zipfile import BadZipFile

from budgetlint.bureau.cases import UnitCase
from budgetlint.config import ConfigError
from budgetlint.reporters.docx import fact_table, finding_table, paper, printable, signatures
from budgetlint.reporters.extra import needed
from budgetlint.reporters.words import CLOSING, Words
from budgetlint.resources import version
from budgetlint.results.findings import Severity
from budgetlint.said import Said


def conclusion(case: UnitCase, words: Words) -> str:
    """Return what follows from the findings; what could not be checked is said and never taken for a pass."""
    open_entries = [entry for entry in case.entries if entry.state in ("待处理", "open")]
    grave = [entry.grave for entry in open_entries]
    errors, doubts = grave.count(Severity.ERROR), grave.count(Severity.WARNING)
    unread = sum(line.sums.unread + line.sums.unchecked for line in case.documents)
    undecided = sum(line.sums.undetermined for line in case.documents)
    said = []
    if errors:
        said.append(
            words(
                f"发现须改正的错误 {errors} 处，请改正后重新公开。", f"{errors} errors have to be corrected."
            )
        )
    if doubts:
        said.append(words(f"疑点 {doubts} 处，请核实或说明。", f"{doubts} doubts have to be explained."))
    if unread:
        said.append(
            words(
                f"{unread} 份文本没有读成或没有核对到，不能得出结论，须人工核对。",
                f"{unread} documents could not be checked: no conclusion on them.",
            )
        )
    if not said:
        said.append(
            words("规则核对范围内未发现错误和疑点。", "Within what the rules check nothing was found.")
        )
    if undecided:
        said.append(
            words(f"另有 {undecided} 项无法核对，须人工核对。", f"{undecided} checks could not be decided.")
        )
    return words("", " ").join(said)


def write_opinion(case: UnitCase, stream: BinaryIO, words: Words, on: date) -> None:
    """Write the opinion in the form that comes with the program."""
    word = needed("docx", "office").Document()
    paper(word, words)
    word.add_heading(words("预决算公开核查意见书", "Opinion on budget disclosure"), 0)
    facts = [
        (words("单位", "unit"), case.unit or words("未能识别", "not recognised")),
        (words("主管部门", "department"), case.department or "—"),
        (words("核查日期", "date"), on.isoformat()),
        (words("工具", "tool"), f"budgetlint {version()}"),
    ]
    for line in case.documents:
        facts.append(
            (f"{line.year or ''} {line.kind or '—'}".strip(), f"{line.path}\n{_counted(line.sums, words)}")
        )
    fact_table(word, facts)
    word.add_heading(words("发现的问题", "Findings"), 1)
    if case.entries:
        finding_table(word, list(case.entries), words)
    else:
        word.add_paragraph(words("没有列出问题。", "None listed."))
    word.add_heading(words("结论", "Conclusion"), 1)
    word.add_paragraph(conclusion(case, words))
    word.add_paragraph(words.of(CLOSING))
    signatures(word, words, _signing(words))
    word.save(stream)


def _counted(sums: Any, words: Words) -> str:
    return words(
        f"错误 {sums.errors}，疑点 {sums.warnings}，提醒 {sums.notices}，无法核对 {sums.undetermined}；"
        f"数字 {sums.numbers} 个，核对到 {sums.looked} 个",
        f"errors {sums.errors}, doubts {sums.warnings}, notices {sums.notices}, undecided {sums.undetermined}; "
        f"{sums.looked} of {sums.numbers} figures checked",
    )


def _signing(words: Words) -> tuple[str, ...]:
    return words("经办", "prepared by"), words("复核", "reviewed by"), words("负责人", "approved by")


def fill_template(case: UnitCase, template: str, stream: BinaryIO, words: Words, on: date) -> None:
    """Write the opinion in an office's own form: a Word file with fields such as ``{{ 单位 }}``.

    Raises:
        ConfigError: the template cannot be read, is wrong, or has a field that is not known.
    """
    docxtpl = needed("docxtpl", "office")
    from docx.opc.exceptions import PackageNotFoundError
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    fields = fields_of(case, words, on)
    try:
        word = docxtpl.DocxTemplate(template)
        environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
        word.render(fields, jinja_env=environment, autoescape=True)
        word.save(stream)
    except TemplateError as error:
        known = "、".join(fields)
        raise ConfigError(
            template,
            Said(
                f"模板里的字段不对：{error}；可用的字段：{known}",
                f"a field of the template is wrong: {error}; known: {known}",
            ),
        ) from error
    except (OSError, KeyError, ValueError, PackageNotFoundError, BadZipFile) as error:
        said = str(error) or type(error).__name__
        raise ConfigError(
            template, Said(f"模板读不了：{said}；应是 docx 文件", f"the template cannot be read: {said}")
        ) from error


def fields_of(case: UnitCase, words: Words, on: date) -> Mapping[str, Any]:
    """Return the fields of a template, all as text that XML can hold."""
    sums = [line.sums for line in case.documents]
    made: dict[str, Any] = {
        "单位": case.unit,
        "主管部门": case.department,
        "日期": on.isoformat(),
        "工具": f"budgetlint {version()}",
        "结论": conclusion(case, words),
        "错误": str(sum(one.errors for one in sums)),
        "疑点": str(sum(one.warnings for one in sums)),
        "提醒": str(sum(one.notices for one in sums)),
        "无法核对": str(sum(one.undetermined for one in sums)),
        "经办": "",
        "复核": "",
        "负责人": "",
        "文本": [
            {
                "文件": line.path,
                "公开类型": line.kind,
                "年度": str(line.year or ""),
                "结果": _counted(line.sums, words),
            }
            for line in case.documents
        ],
        "问题": _rows(case),
    }
    return {name: _cleaned(value) for name, value in made.items()}


def _rows(case: UnitCase) -> list[dict[str, str]]:
    return [
        {
            "序号": str(number),
            "级别": entry.severity,
            "文件": entry.document,
            "位置": " ".join(part for part in (entry.where, entry.at) if part),
            "规则": entry.rule,
            "名称": entry.name,
            "说明": entry.message,
            "建议": entry.proposal,
            "依据": entry.basis,
            "状态": entry.state,
        }
        for number, entry in enumerate(case.entries, 1)
    ]


def _cleaned(value: str | Sequence[Mapping[str, str]]) -> Any:
    if isinstance(value, str):
        return printable(value)
    return [{name: printable(text) for name, text in row.items()} for row in value]
