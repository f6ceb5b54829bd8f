"""The findings of one document, each leading to the figures it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from budgetlint.reporters.words import SEVERITIES, Words
from budgetlint.results.drawing import Drawing, Mark
from budgetlint.results.findings import Finding, Operand, Severity
from budgetlint.results.report import DocumentReport

#: What stands under a finding, as markup, given the document's number and the finding.
Actions = Callable[[int, Finding], str]
_NOWHERE = Mark()


def no_actions(number: int, finding: Finding) -> str:
    """Return nothing: the report as a file offers nothing to do."""
    return ""


def in_order(document: DocumentReport) -> list[tuple[int, Finding, Mark]]:
    """Return the findings with their numbers and marks: by severity, each in the order in which the document prints."""
    marks = document.drawing.marks if document.drawing is not None else ()
    paired = [
        (number, finding, marks[number] if number < len(marks) else _NOWHERE)
        for number, finding in enumerate(document.findings)
    ]
    severities = list(Severity)
    return sorted(
        paired,
        key=lambda one: (
            one[1].waived is not None,
            severities.index(one[1].severity),
            one[2].order is None,
            one[2].order or (0, 0),
            one[0],
        ),
    )


def findings_of(document: DocumentReport, number: int, words: Words, actions: Actions) -> Iterator[str]:
    """Yield the list of findings."""
    head = words("问题", "Findings")
    yield f'<section class="findings" aria-label="{head} {number}"><h3>{head} {len(document.open_findings)}</h3>\n'
    if document.findings:
        yield _filters(document, words)
    else:
        yield f"<p>{words('没有列出问题。', 'Nothing to report.')}</p>\n"
    last: tuple[bool, Severity] | None = None
    for at, finding, mark in in_order(document):
        group = finding.waived is not None, finding.severity
        if last is None or group[0] != last[0] or (not group[0] and group != last):
            yield f"<h4>{words('已豁免', 'Waived') if group[0] else words.of(SEVERITIES[group[1]])}</h4>\n"
        last = group
        yield from _finding(finding, f"d{number}k{at}", mark, document, number, words)
        yield actions(number, finding)
        yield "</article>\n"
    yield "</section>\n"


def _filters(document: DocumentReport, words: Words) -> str:
    """Return the controls that the script works: search, severity, table and rule."""
    severities = "".join(
        f'<label><input type="checkbox" class="by-severity" value="{one.value}" checked> '
        f"{words.of(SEVERITIES[one]).partition('（')[0].partition(' (')[0]}</label> "
        for one in Severity
        if any(finding.severity is one for finding in document.findings)
    )
    rules = {finding.rule: finding.name for finding in document.findings}
    tables = dict.fromkeys(
        place.table for finding in document.findings for place in finding.locations[:1] if place.table
    )
    return (
        f'<form class="filters scripted" role="search"><label>{words("查找", "search")} <input type="search" class="by-text"></label>'
        f'<fieldset><legend class="hidden">{words("级别", "severity")}</legend>{severities}</fieldset>'
        f"{_choice(words('表', 'table'), 'by-table', ((one, one) for one in tables), words)}"
        f"{_choice(words('规则', 'rule'), 'by-rule', ((id, f'{id} {name}') for id, name in sorted(rules.items())), words)}"
        f'<output class="shown"></output></form>\n'
    )


def _choice(label: str, css: str, options: Iterable[tuple[str, str]], words: Words) -> str:
    listed = "".join(f'<option value="{escape(value)}">{escape(said)}</option>' for value, said in options)
    return f'<label>{label} <select class="{css}"><option value="">{words("全部", "all")}</option>{listed}</select></label>'


def _finding(
    finding: Finding, id: str, mark: Mark, document: DocumentReport, number: int, words: Words
) -> Iterator[str]:
    css = f"{finding.severity.value}{' waived' if finding.waived is not None else ''}"
    first = finding.locations[0] if finding.locations else None
    table = first.table or "" if first is not None else ""
    suspects, compared = _numbers(mark.suspects), _numbers(mark.compared)
    lines = " ".join(
        [*(f"{block}" for block in mark.blocks), *(f"{block}.{line}" for block, line in mark.lines)]
    )
    yield (
        f'<article class="{css}" id="{id}" tabindex="-1" data-rule="{escape(finding.rule)}" data-table="{escape(table)}"'
        f' data-suspects="{suspects}" data-compared="{compared}" data-lines="{lines}">\n'
    )
    yield f"<h5>{escape(finding.rule)} {escape(finding.name)}</h5>\n"
    if first is not None:
        where = escape(words.place(first) if not document.drawing else words.beside(first, document.path))
        link = _link(mark, number)
        yield f'<p class="place">{f"""<a href="{link}">{where or "↪"}</a>""" if link else where}</p>\n'
    quotes = dict.fromkeys(text for text in finding.texts if text and text not in finding.message)
    yield from (f"<blockquote>{escape(text)}</blockquote>\n" for text in list(quotes)[:2])
    yield f"<p>{escape(finding.message)}</p>\n"
    suggestion = finding.suggestion
    if suggestion is not None:
        change = f"{suggestion.printed} → <b>{escape(suggestion.proposed)}</b>"
        why = "" if suggestion.proposed in finding.message else f"（{escape(suggestion.why)}）"
        yield f'<p class="proposal">{words("可能应为：", "perhaps: ")}{change}{why}</p>\n'
    if finding.unsaid:
        yield from _operands(finding, document, words)
    if finding.waived is not None:
        because, until = finding.waived.because, finding.waived.until or ""
        last = words(f"（到 {until}）", f" (until {until})") if until else ""
        yield f"<p>{words('已豁免，理由：', 'waived, because: ')}{escape(str(because))}{escape(last)}</p>\n"
    basis = f"{words('依据', 'basis')} {escape('；'.join(finding.basis))} · " if finding.basis else ""
    yield f'<p class="basis">{basis}{words("标识", "id")} <code>{finding.fingerprint}</code></p>\n'


def _operands(finding: Finding, document: DocumentReport, words: Words) -> Iterator[str]:
    """Yield what was read beside what the message prints."""
    said = words(f"还核对了 {len(finding.unsaid)} 个数", f"{len(finding.unsaid)} more figures read")
    yield f"<details><summary>{said}</summary><table><tbody>\n"
    for operand in finding.unsaid:
        where = words.beside(operand.place, document.path)
        yield (
            f'<tr><th scope="row">{escape(operand.name)}</th><td class="n">{escape(_printed(operand, words))}</td>'
            f"<td>{escape(where)}</td></tr>\n"
        )
    yield "</tbody></table></details>\n"


def _printed(operand: Operand, words: Words) -> str:
    unit = operand.amount.unit if operand.amount and operand.amount.unit else ""
    printed = operand.printed or words("空白", "blank")
    return printed if unit in printed else f"{printed} {unit}"


def _numbers(figures: tuple[int, ...]) -> str:
    return " ".join(map(str, figures))


def _link(mark: Mark, number: int) -> str:
    """Return where a finding leads without a script."""
    figures = (*mark.suspects, *mark.compared)
    if figures:
        return f"#d{number}f{figures[0]}"
    if mark.lines:
        return f"#d{number}b{mark.lines[0][0]}"
    return f"#d{number}b{mark.blocks[0]}" if mark.blocks else ""


def proposals(document: DocumentReport, drawing: Drawing) -> dict[int, str]:
    """Return what open findings propose in the place of figures, by the figures' numbers."""
    return {
        figure: finding.suggestion.proposed
        for finding, mark in zip(document.findings, drawing.marks, strict=False)
        if finding.suggestion is not None and finding.waived is None
        for figure in mark.suspects
    }


def first_findings(document: DocumentReport, drawing: Drawing) -> dict[int, int]:
    """Return for every figure that a finding is about the number of the first such finding, suspects before others."""
    found: dict[int, int] = {}
    for number, mark in enumerate(drawing.marks):
        found.update((figure, number) for figure in mark.suspects if figure not in found)
    for number, mark in enumerate(drawing.marks):
        found.update((figure, number) for figure in mark.compared if figure not in found)
    return found
