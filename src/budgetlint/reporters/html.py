"""The report as one HTML page without scripts or outside resources, to be read, printed and sent on."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TextIO

from budgetlint.findings import Finding, Severity
from budgetlint.report import DocumentReport, Report
from budgetlint.reporters.words import CLOSING, SEVERITIES, STATES, VERDICTS, Words

_STYLE = """
body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #999}
article{border-left:4px solid #888;padding:.2rem .8rem;margin:.8rem 0;background:#f7f7f7}
.error{border-color:#b00020}.warning{border-color:#c77700}.notice{border-color:#00639b}.waived{opacity:.6}
table{border-collapse:collapse;margin:.4rem 0}td,th{border:1px solid #bbb;padding:.1rem .5rem;text-align:left}
td.n{text-align:right;font-variant-numeric:tabular-nums}small{color:#555}.closing{margin-top:2rem;font-weight:bold}
"""


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write the page."""
    words = Words(language)
    title = words("预决算公开文本核对报告", "Check of budget disclosure documents")
    tongue = "en" if language == "en" else "zh-CN"
    stream.write(f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">\n')
    stream.write('<meta name="viewport" content="width=device-width">\n')
    stream.write(f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n")
    for document in report.documents:
        stream.writelines(f"{line}\n" for line in _document(document, words))
    if report.problems:
        stream.write(f"<h2>{words('运行中的问题', 'Problems of this run')}</h2>\n<ul>\n")
        for problem in report.problems:
            stream.write(f"<li><b>{escape(problem.path)}</b> <pre>{escape(problem.message)}</pre></li>\n")
        stream.write("</ul>\n")
    if report.passed_over:
        said = words("没有读的文件（不是可读的格式）", "Files not read (of no format that can be read)")
        stream.write(f"<h2>{said}</h2>\n<ul>\n")
        stream.writelines(f"<li>{escape(path)}</li>\n" for path in report.passed_over)
        stream.write("</ul>\n")
    stream.write(f'<p class="closing">{escape(words.of(CLOSING))}</p>\n')
    stream.write(f"<p><small>budgetlint {escape(report.version)}</small></p>\n</body>\n</html>\n")


def _document(document: DocumentReport, words: Words) -> Iterator[str]:
    known = document.classification
    facts = (known.kind, known.year, known.region, known.department)
    yield f"<section><h2>{escape(document.path)}</h2>"
    yield f"<p>{escape('  '.join(str(fact) for fact in facts if fact is not None))}</p>"
    for severity in Severity:
        chosen = [finding for finding in document.findings if finding.severity is severity]
        if chosen:
            yield f"<h3>{words.of(SEVERITIES[severity])} {len(chosen)}</h3>"
            for finding in chosen:
                yield from _finding(finding, words)
    if document.read:
        yield from _counts(document, words)
    yield "</section>"


def _finding(finding: Finding, words: Words) -> Iterator[str]:
    waived = " waived" if finding.waived is not None else ""
    yield f'<article class="{finding.severity.value}{waived}">'
    yield f"<b>{escape(finding.rule)} {escape(finding.name)}</b>"
    for place in finding.locations:
        yield f"<br><small>{escape(words.place(place))}</small>"
    yield f"<p>{escape(finding.message)}</p>"
    if finding.operands:
        yield "<table>"
        for operand in finding.operands:
            unit = operand.amount.unit if operand.amount and operand.amount.unit else ""
            printed = operand.printed or words("空白", "blank")
            shown = printed if unit in printed else f"{printed} {unit}"
            yield (
                f'<tr><td>{escape(operand.name)}</td><td class="n">{escape(shown)}</td>'
                f"<td><small>{escape(words.place(operand.place))}</small></td></tr>"
            )
        yield "</table>"
    suggestion = finding.suggestion
    if suggestion is not None:
        change = f"{suggestion.printed} → {suggestion.proposed}（{suggestion.why}）"
        yield f"<p>{words('可能应为', 'perhaps')}：{escape(change)}</p>"
    if finding.waived is not None:
        yield f"<p>{words('已豁免', 'waived')}：{escape(str(finding.waived.get('because', '')))}</p>"
    basis = escape("；".join(finding.basis))
    yield f"<small>{words('依据', 'basis')} {basis}  {words('标识', 'id')} {finding.fingerprint}</small>"
    yield "</article>"


def _counts(document: DocumentReport, words: Words) -> Iterator[str]:
    counts = document.counts
    yield "<table><tr>"
    for name in ("holds", "rounds", "fails", "skipped", "undetermined"):
        yield f'<th>{words.of(VERDICTS[name])}</th><td class="n">{getattr(counts, name)}</td>'
    yield "</tr></table>"
    if counts.reasons:
        reasons = "，".join(f"{words.reason(reason)} {number}" for reason, number in counts.reasons.items())
        yield f"<p>{words.of(VERDICTS['undetermined'])}：{escape(reasons)}</p>"
    if not counts.decided:
        said = words("没有一项核对得出结论：这份文本等于没有核对", "no check reached a verdict")
        yield f"<p><b>{said}</b></p>"
    yield f"<details><summary>{words('表格', 'Tables')} {len(document.tables)}</summary><table>"
    for table in document.tables:
        state = words.of(STATES[table.state])
        title = escape(" ".join(part for part in (table.title, table.key) if part))
        yield f'<tr><td>{title}</td><td>{state}</td><td class="n">{table.rows}</td></tr>'
    yield "</table></details>"
    yield from _coverage(document, words)
    if document.review:
        yield f"<h3>{words('人工复核清单', 'For people to check before publishing')}</h3><ul>"
        yield from (f"<li>{escape(item)}</li>" for item in document.review)
        yield "</ul>"


def _coverage(document: DocumentReport, words: Words) -> Iterator[str]:
    covered = document.coverage
    if covered is None:
        return
    looked = covered.verified + covered.contradicted
    said = words("核对到的数字", "Figures checked")
    yield f"<details><summary>{said} {looked} / {covered.numbers}</summary><table>"
    for of in covered.tables:
        title = escape(of.table or words("正文", "prose"))
        yield f'<tr><td>{title}</td><td class="n">{of.looked_at} / {of.numbers}</td></tr>'
    yield "</table></details>"
