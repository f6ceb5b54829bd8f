"""How far the figures were checked: a bar a table, made of what is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from budgetlint.reporters.words import STATES, Words
from budgetlint.results.drawing import Drawing, DrawnTable, State
from budgetlint.results.report import DocumentReport

SIGNS = {State.VERIFIED: "v", State.CONTRADICTED: "x", State.DOUBT: "q", State.UNCHECKED: "u"}
_ORDER = (State.VERIFIED, State.CONTRADICTED, State.DOUBT, State.UNCHECKED)
_WIDE, _HIGH = 200, 12


def coverage_of(document: DocumentReport, number: int, words: Words) -> Iterator[str]:
    """Yield the table of coverage: how many figures each table and the prose print, and what was said of them."""
    drawing = document.drawing
    if drawing is None:
        return
    counted = counted_of(drawing)
    said = summary(drawing, words)
    heads = (
        words("表", "table"),
        words("状况", "state"),
        words("核对一致", "verified"),
        words("有矛盾", "contradicted"),
        words("存疑", "in doubt"),
        words("未核对", "unchecked"),
    )
    yield f'<section class="coverage" id="d{number}coverage"><h3>{words("各表核对到的数字", "Figures checked, by table")}</h3>\n<p>{said}</p>\n<div class="scroll" tabindex="0"><table>\n<thead><tr>'
    yield from (f'<th scope="col">{head}</th>' for head in heads)
    yield f'<th scope="col" class="bars"><span class="hidden">{words("图示", "bar")}</span></th></tr></thead>\n<tbody>\n'
    if -1 in counted:
        yield _line(words("正文", "prose"), f"#d{number}text", "", counted[-1], words)
    for at, block in enumerate(drawing.blocks):
        if isinstance(block, DrawnTable):
            title = " ".join(part for part in (block.title, block.key) if part)
            state = words.of(STATES[block.state])
            if not block.known:
                state += words("（表名未识别）", " (not a known table)")
            yield _line(title, f"#d{number}b{at}", state, counted.get(at, Counter()), words)
    yield "</tbody></table></div></section>\n"


def counted_of(drawing: Drawing) -> dict[int, Counter[State]]:
    """Return the states of figures by the block number of their table, -1 for prose."""
    counted: dict[int, Counter[State]] = {}
    for figure in drawing.figures:
        key = figure.block if isinstance(drawing.blocks[figure.block], DrawnTable) else -1
        counted.setdefault(key, Counter())[figure.state] += 1
    return counted


def summary(drawing: Drawing, words: Words) -> str:
    """Return in a sentence how many figures are printed and what was said of them."""
    of = Counter(figure.state for figure in drawing.figures)
    return words(
        f"数字 {len(drawing.figures)} 个：核对一致 {of[State.VERIFIED]}，有矛盾 {of[State.CONTRADICTED]}，"
        f"存疑或无法核对 {of[State.DOUBT]}，没有规则核对到 {of[State.UNCHECKED]}",
        f"{len(drawing.figures)} figures: {of[State.VERIFIED]} verified, {of[State.CONTRADICTED]} contradicted, "
        f"{of[State.DOUBT]} in doubt, {of[State.UNCHECKED]} looked at by no rule",
    )


def _line(title: str, link: str, state: str, counts: Counter[State], words: Words) -> str:
    cells = "".join(f'<td class="n">{counts[one]}</td>' for one in _ORDER)
    return (
        f'<tr><th scope="row"><a href="{link}">{escape(title) or "—"}</a></th><td>{escape(state)}</td>{cells}'
        f'<td class="bars">{bar(counts, words)}</td></tr>\n'
    )


def bar(counts: Counter[State], words: Words) -> str:
    """Return a bar of the states' shares, hatched so that it can be told apart without colour; nothing where nothing is."""
    total = sum(counts.values())
    if not total:
        return f"<small>{words('没有数字', 'no figures')}</small>"
    at, parts = 0.0, []
    for state in _ORDER:
        wide = _WIDE * counts[state] / total
        if wide:
            parts.append(f'<rect class="{SIGNS[state]}" x="{at:.1f}" width="{wide:.1f}" height="{_HIGH}"/>')
        at += wide
    return f'<svg class="bar" viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" height="{_HIGH}" preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg>'
