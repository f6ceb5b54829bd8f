"""One document as it is printed: headings, paragraphs and tables, each figure marked with what the checks said of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from budgetlint.reporters.html.coverage import SIGNS
from budgetlint.reporters.html.findings import first_findings, proposals
from budgetlint.reporters.words import VERDICTS, Words
from budgetlint.results.drawing import Band, Drawing, DrawnCell, DrawnRow, DrawnTable, DrawnText, State
from budgetlint.results.report import DocumentReport

_DEEPEST_INDENT, _WIDE_TABLE = 6, 9
_FIGURE_ROLES = frozenset({"amount", "percentage", "count"})
_VERDICT_NAMES = tuple(VERDICTS)


def document_of(document: DocumentReport, number: int, words: Words) -> Iterator[str]:
    """Yield the document as printed."""
    drawing = document.drawing
    assert drawing is not None
    painter = _Painter(document, drawing, number, words)
    head = words("文本（如所公开）", "The document as printed")
    yield f'<section class="paper" id="d{number}text" aria-label="{head} {number}"><h3>{head}</h3>\n'
    if drawing.contents:
        said = words("目录", "contents")
        yield f"<details><summary>{said}</summary><ol>\n"
        yield from (f"<li>{escape(item)}</li>\n" for item in drawing.contents)
        yield "</ol></details>\n"
    for at, block in enumerate(drawing.blocks):
        yield from painter.table(block, at) if isinstance(block, DrawnTable) else painter.text(block, at)
    yield "</section>\n"


def data_of(drawing: Drawing, number: int, words: Words) -> str:
    """Return what the script needs to lead from figures to checks: no markup, and nothing it does not need."""
    rules = list(dict.fromkeys(check.rule for check in drawing.checks))
    at = {rule: place for place, rule in enumerate(rules)}
    named = [[rule, drawing.names.get(rule.partition(".")[0], (rule, None))[0]] for rule in rules]
    checks = [
        [at[check.rule], _VERDICT_NAMES.index(check.verdict.value), list(check.figures), check.signs]
        + ([words.reason(check.reason)] if check.reason else [])
        for check in drawing.checks
    ]
    data = {
        "rules": named,
        "verdicts": [words.of(VERDICTS[name]) for name in _VERDICT_NAMES],
        "checks": checks,
        "called": [figure.called for figure in drawing.figures],
    }
    # Within a script element only the end tag and comments could be taken for markup.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="data{number}">{text}</script>\n'


class _Painter:
    """Writes the blocks of one document."""

    def __init__(self, document: DocumentReport, drawing: Drawing, number: int, words: Words) -> None:
        self._drawing = drawing
        self._number = number
        self._words = words
        self._proposals = proposals(document, drawing)
        self._findings = first_findings(document, drawing)

    def text(self, block: DrawnText, at: int) -> Iterator[str]:
        """Yield a heading or a paragraph."""
        id = f"d{self._number}b{at}"
        if block.level:
            level = min(block.level + 3, 6)
            yield f'<h{level} id="{id}">{escape(block.text)}</h{level}>\n'
            return
        yield f'<p id="{id}">'
        last = 0
        for start, end, figure in block.figures:
            yield escape(block.text[last:start])
            yield self._figure("span", "f", figure, block.text[start:end])
            last = end
        yield f"{escape(block.text[last:])}</p>\n"

    def table(self, block: DrawnTable, at: int) -> Iterator[str]:
        """Yield a table: its title, unit and place, what its head says, its lines and its notes."""
        words = self._words
        wide = max((band.width for band in block.bands), default=0) > _WIDE_TABLE
        title = " ".join(part for part in (block.title, block.key) if part)
        yield f'<figure class="table{" wide" if wide else ""}" id="d{self._number}b{at}">\n'
        said = [
            words(f"单位：{block.unit}", f"unit: {block.unit}") if block.unit else "",
            block.at,
            words("读取没有把握", "read without certainty") if block.unsure else "",
        ]
        beside = " · ".join(escape(part) for part in said if part)
        yield f"<figcaption><b>{escape(title) or words('（没有表题）', '(no title)')}</b> <small>{beside}</small></figcaption>\n"
        if block.facts:
            yield "<dl>"
            yield from (
                f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in block.facts
            )
            yield "</dl>\n"
        line = 0
        for band in block.bands:
            yield from self._band(band, title, line)
            line += len(band.rows)
        yield from (f'<p class="note">{escape(note)}</p>\n' for note in block.notes)
        yield "</figure>\n"

    def _band(self, band: Band, title: str, first: int) -> Iterator[str]:
        yield f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(title) or "—"}"><table>\n<thead>'
        for cells in band.head:
            yield "<tr>"
            yield from (_head(cell) for cell in cells)
            yield "</tr>\n"
        yield "</thead>\n<tbody>\n"
        for number, row in enumerate(band.rows, first):
            yield from self._row(row, number)
        yield "</tbody></table></div>\n"

    def _row(self, row: DrawnRow, number: int) -> Iterator[str]:
        css = ' class="total"' if row.total else ""
        yield f'<tr{css} data-l="{number}">'
        for cell in row.cells:
            if cell.figure is not None:
                yield self._figure("td", "n f", cell.figure, cell.text)
            elif cell.role == "name" and row.level:
                yield f'<td class="l{min(row.level, _DEEPEST_INDENT)}">{escape(cell.text)}</td>'
            else:
                role = ' class="n"' if cell.role in _FIGURE_ROLES else ""
                yield f"<td{role}>{escape(cell.text)}</td>"
        yield "</tr>\n"

    def _figure(self, tag: str, css: str, number: int, text: str) -> str:
        figure = self._drawing.figures[number]
        finding = self._findings.get(number)
        proposed = self._proposals.get(number)
        sign = SIGNS[figure.state]
        shown = escape(text)
        named = "" if finding is None else f' id="d{self._number}f{number}"'
        if finding is not None and figure.state in (State.CONTRADICTED, State.DOUBT):
            shown = f'<a href="#d{self._number}k{finding}">{shown}</a>'
        if proposed is not None:
            css += " s"
            hint = self._words("可能应为", "perhaps")
            shown += f' <ins><span class="hidden">{hint}</span>{escape(proposed)}</ins>'
        return f'<{tag} class="{css} {sign}"{named} data-f="{number}">{shown}</{tag}>'


def _head(cell: DrawnCell) -> str:
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    tag = "th" if cell.text else "td"
    scope = ' scope="col"' if cell.text else ""
    return f"<{tag}{scope}{spans}>{escape(cell.text)}</{tag}>"
