"""Show a document as an HTML page with the findings marked in it: for text, html, and formats we cannot write into."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from budgetlint.annotate.marks import NO_PLACE, Mark, key_of
from budgetlint.document import Block, GridBlock, GridCell, Place, Source

_STYLE = """
body { font: 16px/1.7 serif; max-width: 70em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff }
table { border-collapse: collapse; margin: 1em 0 } td { border: 1px solid #999; padding: .2em .6em }
.error { background: #ffc7ce } .warning { background: #ffeb9c } .notice { background: #ddebf7 }
.note { display: block; font: 13px/1.5 sans-serif; border-left: 3px solid #c00; padding: .1em .6em; margin: .2em 0 }
"""


def write(source: Source, marks: Sequence[Mark]) -> bytes:
    """Return a page that shows every block of a source, with each mark at its place; the rest stand on top."""
    writer = _Writer(marks)
    body = [writer.block(block) for block in source.blocks]
    head = "".join(_notes(mark) for mark in marks if id(mark) not in writer.used)
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{escape(source.path)}</title>'
        f"<style>{_STYLE}</style></head><body>\n{head}{''.join(body)}</body></html>\n"
    ).encode()


def _notes(mark: Mark) -> str:
    return "".join(f'<span class="note {mark.severity.value}">{escape(note)}</span>' for note in mark.notes)


class _Writer:
    """Writes blocks, and remembers which marks found their place."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.used: set[int] = set()
        self._exact: dict[object, list[Mark]] = {}
        self._lines: dict[int, list[Mark]] = {}
        for mark in marks:
            key = key_of(mark.place)
            if key != NO_PLACE:
                self._exact.setdefault(key, []).append(mark)
                if mark.place.line is not None:
                    self._lines.setdefault(mark.place.line, []).append(mark)

    def block(self, block: Block) -> str:
        """Return a paragraph or a table with its marks."""
        if isinstance(block, GridBlock):
            rows = "".join(f"<tr>{''.join(self._cell(cell) for cell in row)}</tr>\n" for row in block.rows)
            lines = range(block.place.line or 1, (block.place.end_line or 0) + 1)
            left = [mark for line in lines for mark in self._lines.get(line, ()) if id(mark) not in self.used]
            return f"<table>\n{rows}</table>\n{self._taken([*self._at(block.place), *left])}"
        place, text = block.place, block.text
        marks = self._at(place)
        if place.line is not None:
            marks = [*marks, *(mark for mark in self._lines.get(place.line, ()) if mark not in marks)]
        css = f' class="{marks[0].severity.value}"' if marks else ""
        return f"<p{css}>{escape(text)}{self._taken(marks)}</p>\n"

    def _cell(self, cell: GridCell) -> str:
        if cell.covered:
            return ""
        whole_row = cell.place.within(grid_column=None, cell=None)
        marks = [*self._at(cell.place), *self._at(whole_row)]
        css = f' class="{marks[0].severity.value}"' if marks else ""
        spans = f' rowspan="{cell.row_span}" colspan="{cell.column_span}"'
        return f"<td{css}{spans}>{escape(cell.text)}{self._taken(marks)}</td>"

    def _at(self, place: Place) -> list[Mark]:
        return [mark for mark in self._exact.get(key_of(place), ()) if id(mark) not in self.used]

    def _taken(self, marks: Sequence[Mark]) -> str:
        self.used.update(id(mark) for mark in marks)
        return "".join(_notes(mark) for mark in marks)
