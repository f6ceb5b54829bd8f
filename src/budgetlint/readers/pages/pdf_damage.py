"""What a pdf promises and does not keep: pdfium repairs damaged files quietly, and leaves out what it cannot read.

A sound file's cross-references lead to its objects, its page tree holds as many pages as it counts (ISO 32000-1, 7.5
and 7.7.3), its streams inflate to their ends (7.4.4), and its pages have the fonts and forms that they draw with.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.document import Block, GridBlock, Notice, Place

#: Forms within forms, and resources of the nodes above a page, this deep at most.
DEEPEST = 6
#: A content stream is looked through this far.
MOST_BYTES = 64_000_000
#: What qpdf says of files that are whole: a table of objects need not list itself.
_HARMLESS = ("xref entry for the xref stream itself is missing",)
#: What is drawn with, by its name, as content streams say it (9.4.3, 8.8).
_DRAWN_WITH = (
    ("/Font", re.compile(rb"/([^\s/<>\[\]()%{}]+)\s+[-+.\d]+\s+Tf\b")),
    ("/XObject", re.compile(rb"/([^\s/<>\[\]()%{}]+)\s+Do\b")),
)
#: Streams of a font: the shapes of its glyphs (their widths and heights tell lines and words apart), and what its codes mean.
_SHAPES = ("/FontFile", "/FontFile2", "/FontFile3")
_CODES = ("/ToUnicode", "/Encoding", "/CIDToGIDMap")

CROSS_REFERENCES = "对象的位置与内容不符，是按内容找回的"
PAGE_COUNT = "页数与所列的不符"
STREAM = "内容流解不开"
FONT = "字体解不开"
RESOURCE = "用到的字体或图形不在文件里"


class Damage(Struct, frozen=True):
    """What is damaged, of the file as a whole and of its pages (1 = the first); empty where nothing is.

    ``page_count`` is how many pages it has, None where that is not known.
    """

    whole: str = ""
    pages: dict[int, str] = {}
    page_count: int | None = None

    def notices(self, path: str) -> Iterator[Notice]:
        """Say it: once for the file, once for pages in a row of which the same is to be said."""
        if self.whole:
            facts = (("part", "文件"), ("cause", self.whole))
            yield Notice("BL113", Place(path), facts, unread=True)
        for first, last in self._runs():
            part = f"第 {first} 页" if first == last else f"第 {first} 至 {last} 页"
            told = (("part", part), ("cause", self.pages[first]), ("page", str(first)))
            yield Notice("BL113", Place(path, page=first), told, unread=True)

    def _runs(self) -> list[tuple[int, int]]:
        """Return the first and the last of pages in a row of which the same is to be said."""
        runs: list[tuple[int, int]] = []
        for number in sorted(self.pages):
            first, last = runs[-1] if runs else (0, -1)
            if last + 1 == number and self.pages[first] == self.pages[number]:
                runs[-1] = first, number
            else:
                runs.append((number, number))
        return runs

    def doubted(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield blocks; nothing that contradicts may rest on a table that stands on a damaged page."""
        for block in blocks:
            if isinstance(block, GridBlock) and self._touches(block):
                block = replace(block, unsure=True)
            yield block

    def _touches(self, grid: GridBlock) -> bool:
        return bool(self.pages) and any(cell.place.page in self.pages for row in grid.rows for cell in row)


def damage_of(data: bytes) -> Damage:
    """Look a pdf through for what it promises and does not keep; without pikepdf nothing is said."""
    try:
        import pikepdf
    except ImportError:
        return Damage()
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True, attempt_recovery=False) as document:
            return _looked_through(document)
    except pikepdf.PasswordError:
        return Damage()
    except Exception:
        try:
            with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
                return _looked_through(document, recovered=True)
        except Exception:
            return Damage(CROSS_REFERENCES)


def _looked_through(document: Any, recovered: bool = False) -> Damage:
    if document.is_encrypted:
        # What is encrypted does not inflate as it lies in the file.
        return Damage()
    pages = document.pages
    look = _Look(recovered)
    found = {number: cause for number, page in enumerate(pages, 1) if (cause := look.page(page.obj))}
    whole = CROSS_REFERENCES if recovered else ""
    if any(not any(said in str(one) for said in _HARMLESS) for one in document.get_warnings()):
        whole = CROSS_REFERENCES
    counted = document.Root.Pages.get("/Count")
    if counted is not None and int(counted) != len(pages):
        whole = PAGE_COUNT
    return Damage(whole, found, len(pages))


class _Look:
    """Looks through pages; what they share is looked at once."""

    def __init__(self, recovered: bool) -> None:
        self._recovered = recovered
        self._known: dict[tuple[int, int], str] = {}

    def page(self, page: Any) -> str:
        """Return what of a page is damaged; empty where it is whole."""
        streams = _parts(page.get("/Contents"))
        if not streams and self._recovered:
            # An object that is not found again is as one that was never there.
            return STREAM
        return self._content(streams, _inherited(page, "/Resources"), 0)

    def _content(self, streams: list[Any], resources: Any, depth: int) -> str:
        """Look at what a page or a form draws, and what with."""
        drawn = b""
        for stream in streams:
            content = inflated(stream)
            if content is None:
                return STREAM
            drawn += content + b"\n"
        for kind, pattern in _DRAWN_WITH:
            things = resources.get(kind, {})
            names = {b"/" + name for name in pattern.findall(drawn)}
            if any(_spelt(name) not in things for name in names):
                return RESOURCE
            for thing in things.values():
                cause = self._once(thing, kind, resources, depth)
                if cause:
                    return cause
        return ""

    def _once(self, thing: Any, kind: str, above: Any, depth: int) -> str:
        known = self._known.get(thing.objgen) if thing.is_indirect else None
        if known is None:
            known = self._font(thing) if kind == "/Font" else self._form(thing, above, depth)
            if thing.is_indirect:
                self._known[thing.objgen] = known
        return known

    def _font(self, font: Any) -> str:
        return FONT if any(inflated(stream) is None for stream in _font_streams(font)) else ""

    def _form(self, form: Any, above: Any, depth: int) -> str:
        if depth >= DEEPEST or str(form.get("/Subtype", "")) != "/Form":
            return ""
        if form.is_indirect:
            # One that draws itself is not gone into again.
            self._known[form.objgen] = ""
        return self._content([form], form.get("/Resources", above), depth + 1)


def _parts(contents: Any) -> list[Any]:
    import pikepdf

    if contents is None:
        return []
    return [contents] if isinstance(contents, pikepdf.Stream) else list(contents)


def _inherited(page: Any, key: str) -> Any:
    """Return what a page or a node above it says (7.7.3.4)."""
    node = page
    for _ in range(DEEPEST):
        if node is None or key in node:
            break
        node = node.get("/Parent")
    return {} if node is None else node.get(key, {})


def _font_streams(font: Any) -> Iterator[Any]:
    import pikepdf

    inner = [one for one in font.get("/DescendantFonts", ()) if isinstance(one, pikepdf.Dictionary)]
    for one in (font, *inner):
        descriptor = one.get("/FontDescriptor", {})
        held = [one.get(key) for key in _CODES] + [descriptor.get(key) for key in _SHAPES]
        yield from (stream for stream in held if isinstance(stream, pikepdf.Stream))


def inflated(stream: Any) -> bytes | None:
    """Return what a stream packed by Flate alone holds, None where it is lost or does not inflate to its end.

    Of streams packed otherwise nothing is said, and nothing returned.
    """
    import pikepdf

    if not isinstance(stream, pikepdf.Stream):
        return None
    packed = stream.get("/Filter")
    if packed is None:
        return bytes(stream.read_raw_bytes())
    if not _is_flate(packed):
        return b""
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(stream.read_raw_bytes(), MOST_BYTES)
    except zlib.error:
        return None
    return content if inflater.eof or inflater.unconsumed_tail else None


def _is_flate(packed: Any) -> bool:
    import pikepdf

    names = list(packed) if isinstance(packed, pikepdf.Array) else [packed]
    return [str(name) for name in names] == ["/FlateDecode"]


def _spelt(name: bytes) -> str:
    """Return a name as libraries give it: ``#41`` is A (7.3.5)."""
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), name)
    return plain.decode("utf-8", "surrogateescape")
