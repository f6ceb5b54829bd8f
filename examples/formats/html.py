"""Writes a document as a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from examples.formats.items import Item, Table

_STYLE = "body{max-width:60em;margin:2em auto;font-family:serif}table{border-collapse:collapse}td{border:1px solid;padding:2px 6px}"


def write(items: Sequence[Item]) -> bytes:
    """Return the page."""
    body = "\n".join(_table(item) if isinstance(item, Table) else f"<p>{escape(item)}</p>" for item in items)
    title = escape(str(items[0]))
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n"
    ).encode()


def _lines(text: str) -> str:
    indented = len(text) - len(text.lstrip(" "))
    return "&nbsp;" * indented + escape(text[indented:]).replace("\n", "<br>")


def _table(table: Table) -> str:
    lines = [f"<p>{escape(head)}</p>" for head in table.heads]
    lines.append("<table>")
    for row in table.rows:
        cells = (
            f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{_lines(cell.text)}</td>'
            for cell in row
            if cell
        )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines.append("</table>")
    return "\n".join([*lines, *([f"<p>{escape(table.note)}</p>"] if table.note else [])])
