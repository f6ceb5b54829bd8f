"""Pictures of a document's own figures as SVG: where money comes from and goes to, last year beside this one.

Nothing is fetched and no script is needed; shades of grey and outlines tell parts apart; each picture has a title, a
description and a table of the same figures. What is zero is in the table and has no band.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape

from msgspec import Struct

from budgetlint.reporters.words import Words
from budgetlint.results.drawing import Drawing, Flow, NoPicture, Part, Years

#: Measures in the picture's own units.
_TALL, _GAP, _BAR, _TOP = Decimal(300), Decimal(26), 14, 30
_STAND = (10, 270, 520, 830)
_WIDE = 1040
_LINE, _LEFT, _LONGEST = 40, 290, Decimal(520)
_WHY = {
    NoPicture.NO_INCOME: (
        "没有一张读得出合计的收入总表",
        "there is no one table of income whose total can be read",
    ),
    NoPicture.NO_EXPENSE: (
        "没有一张读得出合计的支出总表",
        "there is no one table of expenditure whose total can be read",
    ),
    NoPicture.UNSURE: ("收入、支出总表读取没有把握", "the tables were not read with certainty"),
    NoPicture.SOURCES: (
        "收入总表各项来源（按能认出的栏）与合计不相等",
        "the sources that were recognised do not make the total of income",
    ),
    NoPicture.CLASSES: (
        "支出总表没有分到类，或各类与合计不相等",
        "expenditure is not printed by class, or the classes do not make its total",
    ),
    NoPicture.WAYS: (
        "基本支出、项目支出等栏与合计不相等",
        "basic, project and other expenditure do not make the totals",
    ),
    NoPicture.SIDES: (
        "收入合计与支出合计不相等，总表里的结转、结余也没有补平",
        "income and expenditure do not balance, with what the table of both carries over either",
    ),
    NoPicture.NEGATIVE: ("有负数，画不成流向", "an amount is below zero"),
}


def pictures_in(drawing: Drawing, number: int, words: Words) -> Iterator[str]:
    """Yield the pictures of one document, or why there is none."""
    pictures = drawing.pictures
    if pictures is None:
        return
    yield f'<section class="pictures" id="d{number}pictures"><h3>{words("收支图", "Income and expenditure")}</h3>\n'
    if isinstance(pictures.flow, NoPicture):
        why = words(*_WHY[pictures.flow])
        yield f"<p>{words(f'没有画收支流向：{why}。', f'No flow is drawn: {why}.')}</p>\n"
    else:
        yield from _flow(pictures.flow, number, words)
    if pictures.years is not None:
        yield from _years(pictures.years, number, words)
    yield "</section>\n"


class _Node(Struct):
    """A part as it stands: its column, its upper edge, its height, and how far its bands were laid on either side."""

    part: Part
    column: int
    top: Decimal
    tall: Decimal
    left: Decimal = Decimal(0)
    right: Decimal = Decimal(0)


def _flow(flow: Flow, number: int, words: Words) -> Iterator[str]:
    scale = _TALL / max(flow.income.value, flow.expense.value, _total(flow.sources))
    sources = _stack(flow.sources, 0, scale)
    name = words("收入、支出", "the whole")
    # What is carried over may make the whole more than either total: then no printed figure is its.
    text = "" if flow.beside or flow.income.value != flow.expense.value else flow.expense.text
    pool = _stack((Part(name, text, _total(flow.sources)),), 1, scale)
    uses = _stack((*flow.classes, *flow.beside), 2, scale)
    ways = _stack(flow.ways, 3, scale)
    columns = (sources, pool, uses, ways)
    high = max((node.top + node.tall for nodes in columns for node in nodes), default=_TALL) + _GAP
    title = words("收入从哪里来，支出到哪里去", "Where income comes from and where expenditure goes")
    unit = flow.unit or words("（未写明）", "(not stated)")
    desc = words(
        f"收入合计 {flow.income.text}，支出合计 {flow.expense.text}，单位：{unit}。各数见下表。",
        f"Income {flow.income.text}, expenditure {flow.expense.text}, unit: {unit}. The figures stand in the table below.",
    )
    yield f"<figure><figcaption><b>{escape(title)}</b> <small>{escape(desc)}</small></figcaption>\n"
    yield _opened(f"d{number}flow", title, desc, high)
    heads = (
        words("资金来源", "sources"),
        "",
        words("功能分类", "functional classes"),
        words("支出性质", "kinds of expenditure"),
    )
    yield from (f'<text x="{x}" y="16">{escape(head)}</text>' for x, head in zip(_STAND, heads, strict=True))
    for source in sources:
        yield _band(source, pool[0], source.part, scale)
    for use in uses:
        yield _band(pool[0], use, use.part, scale)
    for use_at, way_at, part in flow.links:
        yield _band(uses[use_at], ways[way_at], part, scale)
    for nodes in columns:
        yield from (_node(node) for node in nodes if node.part.value)
    yield "</svg></div>\n"
    yield from _flow_table(flow, words)
    yield "</figure>\n"


def _stack(parts: Sequence[Part], column: int, scale: Decimal) -> list[_Node]:
    """Stand the parts of a column one below another."""
    nodes, top = [], Decimal(_TOP)
    for part in parts:
        tall = part.value * scale
        nodes.append(_Node(part, column, top, tall))
        if tall:
            top += max(tall, Decimal(4)) + _GAP
    return nodes


def _band(left: _Node, right: _Node, part: Part, scale: Decimal) -> str:
    """Draw what goes from one part to another, as thick as it is much."""
    thick = part.value * scale
    if not thick:
        return ""
    x, to = _STAND[left.column] + _BAR, _STAND[right.column]
    first, second = left.top + left.right, right.top + right.left
    left.right += thick
    right.left += thick
    middle = (x + to) // 2
    path = (
        f"M{x} {first:.1f}C{middle} {first:.1f} {middle} {second:.1f} {to} {second:.1f}V{second + thick:.1f}"
        f"C{middle} {second + thick:.1f} {middle} {first + thick:.1f} {x} {first + thick:.1f}Z"
    )
    return f'<path d="{path}" fill="#dfe4ea" stroke="#8a94a2" stroke-width=".5"><title>{escape(part.name)} {escape(part.text)}</title></path>'


def _node(node: _Node) -> str:
    """Draw a part and say what it is: its name and its figure as printed."""
    x, y = _STAND[node.column], node.top
    said = f"{escape(node.part.name)} <tspan>{escape(node.part.text)}</tspan>"
    label = f'<text x="{x + _BAR + 5}" y="{y + min(node.tall / 2, Decimal(9)) + 5:.1f}" class="halo">{said}</text>'
    bar = (
        f'<rect x="{x}" y="{y:.1f}" width="{_BAR}" height="{max(node.tall, Decimal(1)):.1f}" fill="#3d4854"/>'
    )
    return bar + label


def _flow_table(flow: Flow, words: Words) -> Iterator[str]:
    heads = words("项目", "item"), *(part.name for part in flow.ways), words("合计", "total")
    yield f"<details><summary>{words('图中各数', 'the figures of the picture')}</summary>"
    yield f'<div class="scroll" tabindex="0" role="group" aria-label="{words("图中各数", "figures")}"><table>\n<thead><tr>'
    yield from (f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield "</tr></thead>\n<tbody>\n"
    none: list[Part | None] = [None] * len(flow.ways)
    for part in flow.sources:
        yield _row(part.name, [*none, part])
    yield _row(words("收入合计", "income"), [*none, flow.income], total=True)
    for at, part in enumerate(flow.classes):
        cells: list[Part | None] = list(none)
        for use, way, link in flow.links:
            if use == at:
                cells[way] = link
        yield _row(part.name, [*cells, part])
    for part in flow.beside:
        yield _row(part.name, [*none, part])
    yield _row(words("支出合计", "expenditure"), [*flow.ways, flow.expense], total=True)
    yield "</tbody></table></div></details>\n"


def _row(name: str, parts: Iterable[Part | None], total: bool = False) -> str:
    cells = "".join(f'<td class="n">{escape(part.text) if part else ""}</td>' for part in parts)
    css = ' class="total"' if total else ""
    return f'<tr{css}><th scope="row">{escape(name)}</th>{cells}</tr>\n'


def _years(years: Years, number: int, words: Words) -> Iterator[str]:
    longest = max((part.value for pair in years.pairs for part in pair), default=Decimal(0))
    title = words("上年与本年", "Last year and this year")
    desc = words(f"上年数见：{years.since}", f"last year's figures: {years.since}")
    yield f"<figure><figcaption><b>{escape(title)}</b> <small>{escape(desc)}</small></figcaption>\n"
    yield _opened(f"d{number}years", title, desc, Decimal(_TOP + _LINE * len(years.pairs)))
    old, new = words("上年", "last year"), words("本年", "this year")
    for at, (before, now) in enumerate(years.pairs):
        top = 10 + at * _LINE
        yield f'<text x="{_LEFT - 10}" y="{top + 20}" text-anchor="end">{escape(now.name)}</text>'
        for part, y, fill, said in ((before, top, "#fff", old), (now, top + 16, "#3d4854", new)):
            wide = part.value / longest * _LONGEST if longest else Decimal(0)
            if wide:
                yield f'<rect x="{_LEFT}" y="{y}" width="{wide:.1f}" height="13" fill="{fill}" stroke="#3d4854"/>'
            yield f'<text x="{_LEFT + wide + 6:.1f}" y="{y + 11}">{said} {escape(part.text)}</text>'
    yield "</svg></div>\n"
    heads = "".join(f'<th scope="col">{head}</th>' for head in (words("项目", "item"), old, new))
    yield f"<details><summary>{words('图中各数', 'the figures of the picture')}</summary><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    yield from (_row(pair[1].name, pair) for pair in years.pairs)
    yield "</tbody></table></details>\n</figure>\n"


def _opened(id: str, title: str, desc: str, high: Decimal) -> str:
    # On a narrow screen a picture keeps a size that can be read, and is moved sideways.
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(title)}">\n<svg class="picture" role="img" aria-labelledby="{id}t {id}s" viewBox="0 0 {_WIDE} {high:.0f}">'
        f'<title id="{id}t">{escape(title)}</title><desc id="{id}s">{escape(desc)}</desc>\n'
    )


def _total(parts: Iterable[Part]) -> Decimal:
    return sum((part.value for part in parts), Decimal(0))
