"""What is drawn on a sheet of an old workbook (BIFF8): text boxes; pictures, charts and objects that are not read.

[MS-XLS] 2.4.181 Obj with its FtCmo (what kind of object), 2.4.329 TxO with its text in the records that continue it;
[MS-ODRAW] the client anchor in MSODRAWING: the cells that an object begins and ends over.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from msgspec import Struct

from budgetlint.readers.sheets.a1 import a1
from budgetlint.readers.sheets.drawings import Drawn

_DRAWING, _OBJECT, _TEXT, _CONTINUED = 0x00EC, 0x005D, 0x01B6, 0x003C
#: Kinds of objects (FtCmo.ot): a chart, a picture, a remark that is not printed.
_CHART, _PICTURE, _REMARK = 0x05, 0x08, 0x19
_ANCHOR = b"\x00\x00\x10\xf0\x12\x00\x00\x00"
_UNREAD = {_CHART: "图表", _PICTURE: "图片"}
#: A smaller picture is a seal or a mark.
_ROWS, _COLUMNS = 4, 3


class _Over(Struct):
    """The cells an object begins and ends over: 0-based rows and columns."""

    top: int = 0
    left: int = 0
    bottom: int = 0
    right: int = 0


def drawn_in(records: Iterable[tuple[int, bytes]]) -> Iterator[Drawn]:
    """Yield what the records of a sheet (kind, content) draw over it, from the top down."""
    found: list[Drawn] = []
    over, kind, left, text = _Over(), 0, 0, ""
    for record, body in records:
        if record == _DRAWING and (at := body.rfind(_ANCHOR)) >= 0:
            over = _over(body[at + len(_ANCHOR) :])
        elif record == _OBJECT and len(body) >= 8:
            kind = struct.unpack_from("<H", body, 4)[0]
            cell, high, wide = a1(over.top, over.left), over.bottom - over.top, over.right - over.left
            if kind == _CHART or (kind == _PICTURE and high >= _ROWS and wide >= _COLUMNS):
                found.append(Drawn(over.top, cell, what=_UNREAD[kind], part=cell))
        elif record == _TEXT and kind != _REMARK and len(body) >= 12:
            left, text = struct.unpack_from("<H", body, 10)[0], ""
        elif record == _CONTINUED and left and body:
            taken = _characters(body, left)
            text, left = text + taken, left - len(taken)
            if left <= 0 and text.strip():
                found.append(Drawn(over.top, a1(over.top, over.left), text.replace("\r", "\n")))
    yield from sorted(found, key=lambda one: one.row)


def _over(body: bytes) -> _Over:
    if len(body) < 18:
        return _Over()
    _, left, _, top, _, right, _, bottom, _ = struct.unpack_from("<9H", body)
    return _Over(top, left & 0x3FFF, bottom, right & 0x3FFF)


def _characters(body: bytes, most: int) -> str:
    if body[0] & 1:
        return body[1 : 1 + 2 * most].decode("utf-16-le", "replace")
    return body[1 : 1 + most].decode("latin-1")
