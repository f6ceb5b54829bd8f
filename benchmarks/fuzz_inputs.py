"""Inputs for ``fuzz.py``: small sound files, changed part by part or byte by byte; each follows from its number."""

from __future__ import annotations

import io
import random
import re
import struct
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from examples.formats import docx, html, ofd, pdf, xlsx  # noqa: E402
from examples.formats.items import Cell, Item, Table  # noqa: E402

#: What attributes and texts are set to.
ODD = (
    "", "0", "-1", "1", "2147483648", "1e308", "NaN", "0.5", "true", "x", "../x", "/", "#REF!", "12,345.67", "1.00",
    "g 3 5", "g", "0 0 0 0 0 0", "0 1 -1 0 9 9", "%1", "%9、", "A1:XFD1048576", "[<0]0.00;0", "0\\.0,", "½", "\u202e",
    "一" * 300,
)  # fmt: skip
LARGEST_SEED = 60_000
_ROWS = (("项目", "合计", "基本支出"), ("合计", "120.00", "100.00"), ("教育支出", "20.00", "20.00"))
_ITEMS: tuple[Item, ...] = (
    "第一部分 部门概况",
    "本部门支出120.00万元。",
    Table(("部门支出总表", "部门：某局", "单位：万元"), tuple(tuple(map(Cell, row)) for row in _ROWS)),
)
_TEXT = "第一部分 部门概况\n\n本部门支出120.00万元。\n\n" + "\n".join("\t".join(row) for row in _ROWS)


def seeds(format: str, folders: Sequence[Path]) -> list[bytes]:
    """Return small sound files of a format: our own, and those in some folders that its reader would read."""
    from budgetlint_ofd import register_readers

    from budgetlint.readers.bundled import READERS

    makers: dict[str, Callable[[Sequence[Item]], bytes]] = {
        "html": html.write, "docx": docx.write, "xlsx": xlsx.write, "ofd": ofd.write, "pdf": pdf.write,
    }  # fmt: skip
    found = [makers[format](_ITEMS)] if format in makers else [_TEXT.encode()] if format == "text" else []
    readers = [*READERS, *register_readers()]
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes() if path.stat().st_size <= LARGEST_SEED else b""
        best = max(readers, key=lambda reader: reader.sniff(data))
        if data and best.name == format and path.suffix != ".py":
            found.append(data)
    return found


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return an input with one to three changes, of its structure or of its bytes."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        change = _of_bytes if chance.random() < 0.35 else _of_structure
        data = change(data, chance)
    return data


def _of_bytes(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at, length = chance.randrange(len(data)), chance.choice((1, 2, 8, 64, 600))
    kind = chance.randrange(5)
    if kind == 0:
        return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
    if kind == 1:
        return data[:at] + data[at + length :]
    if kind == 2:
        return data[:at] + data[at : at + length] * 2 + data[at + length :]
    if kind == 3:
        return data[:at]
    return data[:at] + chance.randbytes(length) + data[at + length :]


def _of_structure(data: bytes, chance: random.Random) -> bytes:
    if data.startswith(b"PK\x03\x04"):
        return _of_package(data, chance)
    if data.startswith(b"%PDF"):
        return _of_pdf(data, chance)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _of_records(data, chance)
    return _of_markup(data, chance)


def _of_package(data: bytes, chance: random.Random) -> bytes:
    """Change one part of a package, drop it, double it or name it otherwise."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError, RuntimeError):
        return _of_bytes(data, chance)
    except Exception:
        return _of_bytes(data, chance)
    if not parts:
        return data
    name = chance.choice(sorted(parts))
    kind = chance.random()
    if kind < 0.04:
        del parts[name]
    elif kind < 0.07:
        parts[name.swapcase()] = parts.pop(name)
    elif kind < 0.1:
        parts[name] = parts[chance.choice(sorted(parts))]
    else:
        parts[name] = _of_markup(parts[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return stream.getvalue()


def _of_markup(data: bytes, chance: random.Random) -> bytes:
    """Change an element or an attribute of XML; of other text a word, a number or a line."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return _of_words(data, chance)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    one, other = chance.choice(elements), chance.choice(elements)
    kind = chance.randrange(7)
    holder = one.getparent()
    if kind == 0 and holder is not None:
        holder.remove(one)
    elif kind == 1 and holder is not None:
        copy = etree.fromstring(etree.tostring(one, with_tail=False))
        holder.insert(chance.randrange(len(holder) + 1), copy)
    elif kind == 2 and one.attrib:
        one.set(chance.choice(list(one.attrib)), chance.choice(ODD))
    elif kind == 3 and one.attrib:
        del one.attrib[chance.choice(list(one.attrib))]
    elif kind == 4:
        one.text = chance.choice(ODD)
    elif kind == 5 and other.attrib:
        key = chance.choice(list(other.attrib))
        one.set(key, other.get(key))
    else:
        one.tag = other.tag
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


_WORDS = re.compile(rb"[0-9.,]+|<[^>]*>|\n|[^0-9.,<\n]+")


def _of_words(data: bytes, chance: random.Random) -> bytes:
    words = _WORDS.findall(data)
    if not words:
        return _of_bytes(data, chance)
    at = chance.randrange(len(words))
    kind = chance.randrange(4)
    if kind == 0:
        del words[at]
    elif kind == 1:
        words.insert(at, chance.choice(words))
    elif kind == 2:
        words[at] = chance.choice(ODD).encode()
    else:
        words[at], other = chance.choice(words), words[at]
        words[chance.randrange(len(words))] = other
    return b"".join(words)


def _of_pdf(data: bytes, chance: random.Random) -> bytes:
    """Change one object of a pdf: an entry of a dictionary, an operand or an operator of a page's content."""
    import pikepdf

    values: list[Any] = [
        0,
        -1,
        1e9,
        0.5,
        pikepdf.Name("/X"),
        pikepdf.String("甲1.00"),
        pikepdf.Array([0, 0, 1, 1]),
        None,
    ]
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            one = chance.choice([held for held in document.objects if held is not None])
            if isinstance(one, pikepdf.Stream) and chance.random() < 0.6:
                one.write(_of_words(one.read_bytes(), chance))
            elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)) and len(one.keys()):
                key, value = chance.choice(sorted(one.keys())), chance.choice(values)
                if value is None:
                    del one[key]
                else:
                    one[key] = value
            elif isinstance(one, pikepdf.Array) and len(one):
                one[chance.randrange(len(one))] = chance.choice(values[:-1])
            stream = io.BytesIO()
            document.save(stream, compress_streams=chance.random() < 0.5)
            return stream.getvalue()
    except Exception:
        return _of_bytes(data, chance)


def _of_records(data: bytes, chance: random.Random) -> bytes:
    """Change a record of an old workbook: its kind, its length, or two bytes of what it says."""
    at, places = data.find(b"\x09\x08"), []
    while at >= 0 and at + 4 <= len(data) and len(places) < 4000:
        kind, length = struct.unpack_from("<HH", data, at)
        if not kind:
            break
        places.append((at, length))
        at += 4 + length
    if not places:
        return _of_bytes(data, chance)
    at, length = chance.choice(places)
    odd = struct.pack("<H", chance.choice((0, 1, 2, 255, 256, 0x7FFF, 0xFFFF, chance.randrange(65536))))
    where = (
        at + chance.choice((0, 2)) if chance.random() < 0.2 else at + 4 + chance.randrange(max(length - 1, 1))
    )
    return data[:where] + odd + data[where + 2 :]
