"""The report for people: what stands where, what it should agree with, and what nobody could check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from budgetlint.document.text import printable
from budgetlint.reporters.words import CLOSING, SEVERITIES, STATES, UNRECOGNISED, VERDICTS, Words
from budgetlint.results.findings import Finding, Operand, Severity
from budgetlint.results.report import Counts, DocumentReport, Report, TableCoverage
from budgetlint.results.wording import about

#: A line of the report: its style on a terminal, and its text.
Line = tuple[str, str]
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_PLAIN = ""
_MOST_LISTED = 20


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write the report in Chinese, or in English where asked; in colour only on a terminal."""
    # A line of ours may hold several; what a document or a file's name brings along moves no cursor.
    lines = (
        (style, "\n".join(printable(part) for part in text.split("\n")))
        for style, text in _report(report, Words(language))
    )
    if stream.isatty():
        from rich.console import Console

        console = Console(file=stream, highlight=False, emoji=False, markup=False, soft_wrap=True)
        for style, text in lines:
            console.print(text, style=style or None)
    else:
        stream.writelines(f"{text}\n" for _, text in lines)


def _report(report: Report, words: Words) -> Iterator[Line]:
    if report.problems:
        yield "bold", words("运行中的问题", "problems of this run")
        for problem in report.problems:
            first, *rest = problem.message.split("\n")
            yield "red", "  " + about(problem.path, first, words.language)
            yield from ((_PLAIN, f"    {line}") for line in rest)
        yield _PLAIN, ""
    for document in report.documents:
        yield from _document(document, words)
        yield _PLAIN, ""
    if report.passed_over:
        yield (
            "bold",
            words("没有读的文件（不是可读的格式）", "files not read (of no format that can be read)"),
        )
        yield from ((_PLAIN, f"  {path}") for path in report.passed_over[:_MOST_LISTED])
        if (more := len(report.passed_over) - _MOST_LISTED) > 0:
            yield _PLAIN, f"  …… {words(f'另有 {more} 个', f'{more} more')}"
        yield _PLAIN, ""
    if len(report.documents) > 1:
        yield from _overview(report, words)
        yield _PLAIN, ""
    yield "bold", summary(report, words)
    yield _PLAIN, words.of(CLOSING)


def _document(document: DocumentReport, words: Words) -> Iterator[Line]:
    files = "\n".join(f"＋ {file}" for file in document.files[1:])
    yield "bold", "\n".join(part for part in (document.path, files, document.title) if part)
    known = document.classification
    if document.read:
        facts = [
            words.kind(known.kind)
            if known.kind
            else words("公开类型未能识别（可用 --kind 指定）", "kind not recognised (use --kind)"),
            words(f"{known.year}年度", f"year {known.year}")
            if known.year
            else words("年度不明", "year unknown"),
            words.region(known),
            known.department or "",
        ]
        yield _PLAIN, "  " + "  ".join(fact for fact in facts if fact)
    for severity in Severity:
        chosen = [finding for finding in document.open_findings if finding.severity is severity]
        if chosen:
            yield _PLAIN, ""
            yield _STYLES[severity], f"{words.of(SEVERITIES[severity])} {len(chosen)}"
            for finding in chosen:
                yield from _finding(finding, words)
    waived = [finding for finding in document.findings if finding.waived is not None]
    if waived:
        yield _PLAIN, ""
        yield "dim", words(f"已豁免 {len(waived)}", f"waived {len(waived)}")
        for finding in waived:
            because = finding.waived.because if finding.waived else ""
            yield "dim", f"  {finding.rule} {finding.fingerprint} {words('理由：', 'because: ')}{because}"
    if document.read:
        yield _PLAIN, ""
        yield from _counts(document, words)
        yield from _unchecked(document, words)
        yield from _tables(document, words)
        yield from _review(document, words)


def _finding(finding: Finding, words: Words) -> Iterator[Line]:
    yield "bold", f"  {finding.rule} {finding.name}"
    yield from ((_PLAIN, f"    {line}") for line in _locations(finding, words))
    yield _PLAIN, f"    {finding.message}"
    path = finding.locations[0].path if finding.locations else ""
    for operand in finding.unsaid[:_MOST_LISTED]:
        yield _PLAIN, f"      {_operand(operand, path, words)}"
    if (more := len(finding.unsaid) - _MOST_LISTED) > 0:
        yield _PLAIN, f"      …… {words(f'另有 {more} 个数字', f'{more} more figures')}"
    basis = f"{words('依据', 'basis')} {'；'.join(finding.basis)}  " if finding.basis else ""
    yield "dim", f"    {basis}{words('标识', 'id')} {finding.fingerprint}"


def _locations(finding: Finding, words: Words) -> Iterator[str]:
    """Say the first place with its file, then those that the message does not name, each with what is printed there."""
    texts = (*finding.texts, *[""] * len(finding.locations))
    for number, (place, text) in enumerate(zip(finding.locations, texts, strict=False)):
        quote = f"  “{text}”" if text and text not in finding.texts[:number] else ""
        if number == 0:
            yield words.place(place) + quote
            continue
        where = words.beside(place, finding.locations[0].path)
        if quote or where not in finding.message:
            yield where + quote


def _operand(operand: Operand, path: str, words: Words) -> str:
    unit = operand.amount.unit if operand.amount and operand.amount.unit else ""
    unit = "" if unit in operand.printed else unit
    return f"{operand.name} {operand.printed}{unit}  {words.beside(operand.place, path)}".rstrip()


def _counts(document: DocumentReport, words: Words) -> Iterator[Line]:
    counts: Counts = document.counts
    parts = [
        f"{words.of(VERDICTS[name])} {getattr(counts, name)}"
        for name in ("holds", "rounds", "fails", "skipped")
    ]
    undetermined = f"{words.of(VERDICTS['undetermined'])} {counts.undetermined}"
    if counts.reasons:
        reasons = words("，", ", ").join(
            f"{words.reason(reason)} {number}" for reason, number in counts.reasons.items()
        )
        undetermined += words(f"（{reasons}）", f" ({reasons})")
    yield _PLAIN, f"{words('核对', 'checks')}  {'  '.join(parts)}  {undetermined}"
    if not document.recognised:
        yield "bold red", words.of(UNRECOGNISED[document.classification.kind is None])
    elif not counts.decided:
        yield (
            "bold red",
            words(
                "没有一条规则得出结论（通过的只是工具自带的检查）：这份文本等于没有核对",
                "no rule reached a verdict (what holds are the tool's own checks): this document was not checked",
            ),
        )
    known = document.classification
    if not counts.decided and known.kind is None and not any(table.id for table in document.tables):
        said = words(
            "这不像部门（单位）预算或决算的公开文本：没有认出题目、公开类型，也没有一张公开表；请看看是不是选错了文件",
            "this does not look like a budget or final account: no title, no kind and none of its tables is recognised; "
            "is it the right file?",
        )
        yield "bold red", said
    if document.uncompared:
        said = words(
            f"没有给出上年或年初的文本，{document.uncompared} 项对照没有做（--previous 文件）",
            f"no earlier document was given: {document.uncompared} comparisons left out (--previous FILE)",
        )
        yield _PLAIN, said
    covered = document.coverage
    if covered is not None:
        yield (
            _PLAIN,
            words(
                f"数字  共 {covered.numbers} 个，核对一致 {covered.verified} 个，有出入 {covered.contradicted} 个，"
                f"没有规则核对到 {covered.numbers - covered.verified - covered.contradicted} 个",
                f"figures  {covered.numbers} printed, {covered.verified} verified, "
                f"{covered.contradicted} contradicted, "
                f"{covered.numbers - covered.verified - covered.contradicted} looked at by no check",
            ),
        )


def _unchecked(document: DocumentReport, words: Words) -> Iterator[Line]:
    table: str | None = ""
    for amount in document.coverage.unchecked if document.coverage else ():
        if amount.table != table:
            table = amount.table
            yield (
                _PLAIN,
                f"  {words('未核对的数字：', 'figures no check looked at: ')}{table or words('正文', 'prose')}",
            )
        yield _PLAIN, f"    {amount.printed}  {words.place(amount.place)}"


def _tables(document: DocumentReport, words: Words) -> Iterator[Line]:
    looked = {of.table: of for of in document.coverage.tables} if document.coverage else {}
    told: set[str] = set()
    if prose := looked.get(None):
        yield _PLAIN, f"{words('正文', 'prose')}  {_looked_at(prose, words)}"
    yield _PLAIN, f"{words('表格', 'tables')}  {len(document.tables)}"
    for table in document.tables:
        state = words.of(STATES[table.state])
        line = f"  :{table.line}" if table.line is not None else ""
        known = "" if table.id else words("  （表名未识别）", "  (not a known table)")
        rows = words(f"{table.rows} 行", f"{table.rows} rows")
        title = " ".join(part for part in (table.title, table.key) if part)
        covered = looked.get(table.title) if table.title not in told else None
        told.add(table.title)
        share = f"  {_looked_at(covered, words)}" if covered else ""
        yield _PLAIN, f"  {state}  {title}  {rows}{line}{known}{share}"


def _looked_at(covered: TableCoverage, words: Words) -> str:
    """Say how many of the figures under one title (of all its sheets) some check looked at."""
    return words(
        f"数字 {covered.numbers} 个，核对到 {covered.looked_at} 个",
        f"{covered.looked_at} of {covered.numbers} figures checked",
    )


def _review(document: DocumentReport, words: Words) -> Iterator[Line]:
    if document.review:
        yield (
            "bold",
            words("人工复核清单（机器不能判断，公开前逐项核实）", "for people to check before publishing"),
        )
        yield from ((_PLAIN, f"  □ {item}") for item in document.review)


def _overview(report: Report, words: Words) -> Iterator[Line]:
    """List the documents, each with what was found in it on one line."""
    yield "bold", words("各份文本", "documents")
    for document in report.documents:
        if not document.read:
            yield "red", f"  {document.path}  {words('没有读成', 'could not be read')}"
            continue
        graves = [finding.severity for finding in document.open_findings]
        found = [f"{words.of(SEVERITIES[one])} {graves.count(one)}" for one in Severity if one in graves]
        checked = words(f"通过 {document.counts.holds}", f"{document.counts.holds} hold")
        if not document.counts.decided:
            checked = words("等于没有核对", "not checked")
        yield _PLAIN, f"  {document.path}  {'  '.join([*found, checked])}"


def summary(report: Report, words: Words) -> str:
    """Say on one line what was found in all documents."""
    found = [finding for document in report.documents for finding in document.open_findings]
    numbers = "  ".join(
        f"{words.of(SEVERITIES[severity])} {sum(finding.severity is severity for finding in found)}"
        for severity in Severity
    )
    unread = sum(not document.read for document in report.documents)
    read = len(report.documents) - unread
    files = words(f"核对 {read} 份文本", f"{read} documents checked")
    if unread:
        files += words(f"，{unread} 份没有读成", f", {unread} could not be read")
    return f"{files}  {numbers}"
