"""Bars of an overview as SVG: told apart without colour, each with its number, readable without a script.

Made here, for what a kept library draws (plotly, altair) needs a script of megabytes in the page, and matplotlib takes
seconds to load for two rows of bars.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

_WIDE, _NAMES, _HIGH, _GAP = 640, 180, 18, 6
_PATTERNS = (
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#e0a030"/><rect width="2" height="6" fill="#7a4a00"/></pattern>'
)
#: Fills of a bar's parts in their order: errors full, doubts hatched, the rest light.
FILLS = ("#b00020", "url(#hatch)", "#c3cad4")


def bars(
    title: str, rows: Sequence[tuple[str, Sequence[int]]], names: Sequence[str], most: int = 20
) -> Iterator[str]:
    """Yield horizontal bars.

    Args:
        title: what is shown.
        rows: a name and the numbers of its parts, drawn one after another.
        names: what the parts are called.
        most: rows that are drawn; the others are in the table beside the picture.
    """
    drawn = list(rows[:most])
    longest = max((sum(parts) for _, parts in drawn), default=0)
    if not longest:
        return
    high = len(drawn) * (_HIGH + _GAP) + 2 * _HIGH
    yield (
        f'<svg class="picture" role="img" viewBox="0 0 {_WIDE} {high}" width="{_WIDE}" height="{high}">'
        f"<title>{escape(title)}</title><defs>{_PATTERNS}</defs>"
    )
    across = _NAMES
    for at, name in enumerate(names):
        yield f'<rect x="{across}" y="3" width="12" height="12" fill="{FILLS[at]}" stroke="#4a5462"/>'
        yield f'<text x="{across + 17}" y="14">{escape(name)}</text>'
        across += 40 + 14 * len(name)
    scale = (_WIDE - _NAMES - 110) / longest
    for number, (name, parts) in enumerate(drawn):
        top = 2 * _HIGH + number * (_HIGH + _GAP)
        yield f'<text x="{_NAMES - 8}" y="{top + 13}" text-anchor="end">{escape(_short(name))}</text>'
        across_exact = float(_NAMES)
        for at, part in enumerate(parts):
            wide = part * scale
            if part:
                yield (
                    f'<rect x="{across_exact:.1f}" y="{top}" width="{max(wide, 1):.1f}" height="{_HIGH}" '
                    f'fill="{FILLS[at]}" stroke="#4a5462" stroke-width=".5"/>'
                )
            across_exact += wide
        yield f'<text x="{across_exact + 6:.1f}" y="{top + 13}">{" + ".join(map(str, parts))}</text>'
    yield "</svg>\n"


def histogram(title: str, counts: Sequence[int], labels: Sequence[str]) -> Iterator[str]:
    """Yield upright bars, one a label, each with its number above it."""
    longest = max(counts, default=0)
    if not longest:
        return
    wide, high = 60, 120
    yield (
        f'<svg class="picture" role="img" viewBox="0 0 {wide * len(counts)} {high + 40}" '
        f'width="{wide * len(counts)}" height="{high + 40}"><title>{escape(title)}</title><defs>{_PATTERNS}</defs>'
    )
    for at, (count, label) in enumerate(zip(counts, labels, strict=True)):
        tall = count * high / longest
        middle = at * wide + wide / 2
        yield (
            f'<rect x="{at * wide + 6}" y="{high - tall + 18:.1f}" width="{wide - 12}" height="{tall:.1f}" '
            f'fill="{"url(#hatch)" if at == len(counts) - 1 else "#3f9d65"}" stroke="#4a5462" stroke-width=".5"/>'
        )
        yield f'<text x="{middle}" y="{high - tall + 13:.1f}" text-anchor="middle">{count}</text>'
        yield f'<text x="{middle}" y="{high + 34}" text-anchor="middle">{escape(label)}</text>'
    yield "</svg>\n"


def _short(name: str) -> str:
    return name if len(name) <= 13 else name[:12] + "…"
