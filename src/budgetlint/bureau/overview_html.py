"""The overview as pages: one to begin with, and pages of units with their documents and findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct

from budgetlint.bureau.charts import bars, histogram
from budgetlint.bureau.overview import LINE, TENTHS, DocumentLine, Group, Overview, RuleLine, Sums, line_of
from budgetlint.bureau.overview_lists import sections_of_lists
from budgetlint.disk import written
from budgetlint.reporters.html.page import inlined
from budgetlint.reporters.words import CLOSING, SEVERITIES, Words
from budgetlint.results.findings import Severity

#: A page of units ends with the unit that reaches so many documents.
_DOCUMENTS_A_PAGE = 300
#: The findings of so many documents are held at once.
_DOCUMENTS_AT_ONCE = 20_000
_UNIT_COLUMNS = "coalesce(department, unit, ''), coalesce(unit, '')"


def write_pages(overview: Overview, connection: Any, file: Path, language: str) -> int:
    """Write the overview into ``file`` and pages of units into a folder beside it; return how many pages there are.

    Args:
        connection: the one the overview was made from.
    """
    words = Words(language)
    folder = file.parent / f"{file.stem}-pages"
    folder.mkdir(parents=True, exist_ok=True)
    numbers = {group.names: number for number, group in enumerate(overview.units, 1)}
    links: dict[tuple[str, ...], str] = {}
    homes: dict[str, str] = {}
    pages = 0
    for units in _pages(connection, words):
        pages += 1
        name = f"{pages}.html"
        for unit in units:
            links[unit.names] = f"{folder.name}/{name}#u{numbers[unit.names]}"
            homes |= {line.document: f"{folder.name}/{name}#{line.document}" for line in unit.documents}
        body = _page(units, numbers, file.name, words)
        with written(folder / name) as stream:
            stream.writelines(inlined(words("各单位的问题", "Findings by unit"), body, language))
    with written(file) as stream:
        stream.writelines(
            inlined(words("核对总览", "Overview"), _index(overview, links, homes, words), language)
        )
    return pages + 1


# ---------------------------------------------------------------- the first page


def _index(
    overview: Overview, links: dict[tuple[str, ...], str], homes: dict[str, str], words: Words
) -> Iterator[str]:
    whole = overview.whole
    yield f"<header><h1>{words('预决算公开文本核对总览', 'Overview of budget disclosure documents')}</h1>\n<p>"
    yield words(
        f"文本 {whole.documents} 份：错误 {whole.errors}，疑点 {whole.warnings}，提醒 {whole.notices}；"
        f"无法核对 {whole.undetermined} 项，没有读成 {whole.unread} 份，没有一条规则得出结论 {whole.unchecked} 份",
        f"{whole.documents} documents: {whole.errors} errors, {whole.warnings} doubts, {whole.notices} notices; "
        f"{whole.undetermined} checks undecided, {whole.unread} not read, {whole.unchecked} checked by no rule",
    )
    yield "</p></header>\n<main>\n"
    yield from sections_of_lists(overview.held, homes, words)
    yield from _documents(words("先看这几份", "Open these first"), overview.first, homes, words)
    yield from _documents(
        words(
            "等于没有核对的文本（没有读成，或没有一条规则得出结论）", "Documents that could not be checked"
        ),
        overview.uncheckable,
        homes,
        words,
    )
    yield from _rules(overview.rules, homes, words)
    yield f"<section><h2>{words('图', 'Pictures')}</h2>\n"
    parts = (words("错误", "errors"), words("疑点", "doubts"))
    for title, groups in (
        (words("各地区的错误和疑点", "Errors and doubts by region"), overview.regions),
        (words("各类文本的错误和疑点", "Errors and doubts by kind"), overview.kinds),
    ):
        rows = [
            (
                " ".join(group.names).strip() or words("不明", "unknown"),
                (group.sums.errors, group.sums.warnings),
            )
            for group in groups
        ]
        yield f"<h3>{title}</h3>\n"
        yield from bars(title, rows, parts)
    title = words("核对到的数字所占的份额（文本份数）", "Share of figures checked (documents)")
    yield f"<h3>{title}</h3>\n"
    labels = [f"{tenth * 100 // TENTHS}–{(tenth + 1) * 100 // TENTHS}%" for tenth in range(TENTHS)]
    yield from histogram(title, overview.histogram, [*labels, words("无数字", "none")])
    yield "</section>\n"
    yield from _groups(words("各部门、单位", "Departments and units"), overview.units, links, words)
    yield f'</main>\n<footer><p class="closing">{words.of(CLOSING)}</p></footer>\n'


def _documents(
    title: str, lines: Sequence[DocumentLine], homes: dict[str, str], words: Words
) -> Iterator[str]:
    if not lines:
        return
    yield f"<section><h2>{title}</h2>\n"
    heads = [words("文件", "file"), words("单位", "unit"), words("公开类型", "kind"), words("年度", "year")]
    yield from _table_head([*heads, *_heads(words)])
    for line in lines:
        link = homes.get(line.document, "")
        yield f'<tr><th scope="row"><a href="{escape(link)}">{escape(line.path)}</a></th>'
        yield "".join(f"<td>{escape(text)}</td>" for text in (line.unit, line.kind, str(line.year or "")))
        yield f"{_numbers(line.sums, link)}</tr>\n"
    yield "</tbody></table></div></section>\n"


def _groups(
    title: str, groups: Sequence[Group], links: dict[tuple[str, ...], str], words: Words
) -> Iterator[str]:
    yield f"<section><h2>{title} {len(groups)}</h2>\n"
    heads = [words("部门", "department"), words("单位", "unit"), words("文本", "documents")]
    yield from _table_head(
        [*heads, *_heads(words), words("没有读成", "unread"), words("没有核对到", "unchecked")]
    )
    for group in groups:
        link, sums = links[group.names], group.sums
        department, unit = group.names
        yield f'<tr><th scope="row">{escape(department) or "—"}</th>'
        yield f'<td><a href="{link}">{escape(unit) or words("单位不明", "unknown")}</a></td>'
        yield f'<td class="n"><a href="{link}">{sums.documents}</a></td>{_numbers(sums, link)}'
        yield f'<td class="n">{sums.unread}</td><td class="n">{sums.unchecked}</td></tr>\n'
    yield "</tbody></table></div></section>\n"


def _rules(rules: Sequence[RuleLine], homes: dict[str, str], words: Words) -> Iterator[str]:
    if not rules:
        return
    yield f"<section><h2>{words('最常见的问题', 'The commonest problems')}</h2>\n"
    yield from _table_head(
        [
            words("规则", "rule"),
            words("名称", "name"),
            words("级别", "severity"),
            words("问题", "findings"),
            words("文本", "documents"),
            words("一例", "an example"),
        ]
    )
    for rule in rules:
        severity = _short(words.of(SEVERITIES[Severity(rule.severity)]))
        link = escape(homes.get(rule.document, ""))
        yield (
            f'<tr><td class="n">{escape(rule.rule)}</td><td>{escape(rule.name)}</td><td class="n">{severity}</td>'
            f'<td class="n">{rule.findings}</td><td class="n">{rule.documents}</td>'
            f'<td><a href="{link}">{escape(rule.unit)}</a> {escape(rule.message)}</td></tr>\n'
        )
    yield "</tbody></table></div></section>\n"


def _short(severity: str) -> str:
    """Return a severity's name without what it asks for."""
    return severity.partition("（")[0].partition(" (")[0]


def _heads(words: Words) -> list[str]:
    return [
        words("错误", "errors"),
        words("疑点", "doubts"),
        words("提醒", "notices"),
        words("无法核对", "undecided"),
        words("核对到的数字 %", "figures checked %"),
    ]


def _table_head(heads: Iterable[str]) -> Iterator[str]:
    yield '<div class="scroll" tabindex="0"><table class="sortable">\n<thead><tr>'
    yield "".join(f'<th scope="col">{head}</th>' for head in heads)
    yield "</tr></thead>\n<tbody>\n"


def _numbers(sums: Sums, link: str) -> str:
    looked = f"{sums.looked * 100 // sums.numbers}" if sums.numbers else "—"
    counted = (sums.errors, sums.warnings, sums.notices, sums.undetermined)
    cells = "".join(
        f'<td class="n"><a href="{escape(link)}">{number}</a></td>'
        if link
        else f'<td class="n">{number}</td>'
        for number in counted
    )
    return f'{cells}<td class="n">{looked}</td>'


# ---------------------------------------------------------------- pages of units


class _Unit(Struct, frozen=True):
    """A unit with its documents, and their findings by document, ready for the page."""

    names: tuple[str, str]
    documents: list[DocumentLine]
    findings: dict[str, str]


def _pages(connection: Any, words: Words) -> Iterator[list[_Unit]]:
    """Yield the units page by page, each read with its documents and their findings in one pass."""
    found = connection.cursor().execute(
        f"SELECT {_UNIT_COLUMNS}, {LINE} FROM listed ORDER BY 1, 2, errors DESC, warnings DESC, path"
    )
    pages: list[list[tuple[tuple[str, str], list[DocumentLine]]]] = [[]]
    count = held = 0
    for names, rows in groupby(_fetched(found), key=lambda row: (row[0], row[1])):
        documents = [line_of(row[2:]) for row in rows]
        if pages[-1] and count + len(documents) > _DOCUMENTS_A_PAGE:
            if held >= _DOCUMENTS_AT_ONCE:
                yield from _filled(connection, pages, words)
                pages, held = [], 0
            pages.append([])
            count = 0
        pages[-1].append((names, documents))
        count += len(documents)
        held += len(documents)
    if pages[-1]:
        yield from _filled(connection, pages, words)


def _filled(
    connection: Any, pages: Sequence[Sequence[tuple[tuple[str, str], list[DocumentLine]]]], words: Words
) -> Iterator[list[_Unit]]:
    keys = [line.document for page in pages for _, documents in page for line in documents]
    told = _findings(connection, keys, words)
    for page in pages:
        yield [
            _Unit(names, documents, {line.document: told.pop(line.document, "") for line in documents})
            for names, documents in page
        ]


def _findings(connection: Any, keys: Sequence[str], words: Words) -> dict[str, str]:
    """Return the findings of every document as they stand on its page; put together by the engine, for there are many."""
    tags = " ".join(
        f"WHEN '{severity.value}' THEN {_quoted(escape(words.of(said)))}"
        for severity, said in SEVERITIES.items()
    )
    found = connection.cursor().execute(
        "SELECT document, string_agg('<article class=\"' || severity::VARCHAR || '\"><h5><span class=\"tag ' || "
        f"severity::VARCHAR || '\">' || CASE severity::VARCHAR {tags} END || '</span> ' || {_escaped('rule')} || ' ' || "
        f"{_escaped('name')} || '</h5><p>' || {_escaped('message')} || '</p><small>' || "
        f"{_quoted(words('标识', 'fingerprint'))} || ' ' || {_escaped('fingerprint')} || '</small></article>', chr(10) "
        "ORDER BY CASE severity::VARCHAR WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END) "
        "FROM raw_findings AS found SEMI JOIN listed ON found.batch = listed.batch AND found.document = listed.document "
        "WHERE document IN (SELECT unnest(?)) GROUP BY document",
        [list(keys)],
    )
    return dict(_fetched(found))


def _escaped(column: str) -> str:
    """Return SQL that escapes a column's text as ``html.escape`` does."""
    made = f"coalesce({column}::VARCHAR, '')"
    for char in "&<>\"'":
        made = f"replace({made}, {_quoted(char)}, {_quoted(escape(char))})"
    return made


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _fetched(found: Any) -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(10_000):
        yield from rows


def _page(
    units: Sequence[_Unit], numbers: dict[tuple[str, ...], int], home: str, words: Words
) -> Iterator[str]:
    yield f'<header><p><a href="../{escape(home)}">{words("总览", "overview")}</a></p></header>\n<main>\n'
    for unit in units:
        title = escape(unit.names[1] or unit.names[0]) or words("单位不明", "unknown unit")
        yield f'<section id="u{numbers[unit.names]}"><h1>{title}</h1>\n'
        for line in unit.documents:
            yield from _document(line, unit.findings[line.document], words)
        yield "</section>\n"
    yield f'</main>\n<footer><p class="closing">{words.of(CLOSING)}</p></footer>\n'


def _document(line: DocumentLine, findings: str, words: Words) -> Iterator[str]:
    sums = line.sums
    yield f'<section id="{line.document}"><h2>{escape(line.path)}</h2>\n<p>'
    yield words(
        f"{line.kind} {line.year or ''} 错误 {sums.errors} 疑点 {sums.warnings} 提醒 {sums.notices} "
        f"无法核对 {sums.undetermined}，数字 {sums.numbers} 个，核对到 {sums.looked} 个",
        f"{line.kind} {line.year or ''} errors {sums.errors}, doubts {sums.warnings}, notices {sums.notices}, "
        f"undecided {sums.undetermined}; {sums.looked} of {sums.numbers} figures checked",
    )
    if sums.unread or sums.unchecked:
        yield f' <b class="alarm">{words("等于没有核对", "not checked")}</b>'
    yield "</p>\n"
    yield f"{findings}\n"
    yield "</section>\n"
