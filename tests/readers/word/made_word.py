"""Word files made for the tests: a body with whatever parts and relations it needs."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from budgetlint.document import GridBlock, ParagraphBlock, Source

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMESPACES = {
    "w": TRANSITIONAL,
    "r": OFFICE,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
NAMES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())


def packed(
    body: str,
    parts: dict[str, str | bytes] | None = None,
    relations: dict[str, tuple[str, str]] | None = None,
) -> bytes:
    """Return a docx: the content of w:body, further parts in ``word/``, and the document's relations (kind, target)."""
    main = f"<Relationship Id='d' Type='{OFFICE}/officeDocument' Target='word/document.xml'/>"
    related = "".join(
        f"<Relationship Id='{key}' Type='{OFFICE}/{kind}' Target='{target}'/>"
        for key, (kind, target) in (relations or {}).items()
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("_rels/.rels", f"<Relationships xmlns='{RELATIONS}'>{main}</Relationships>")
        archive.writestr("word/document.xml", document(body))
        archive.writestr(
            "word/_rels/document.xml.rels", f"<Relationships xmlns='{RELATIONS}'>{related}</Relationships>"
        )
        for name, content in (parts or {}).items():
            archive.writestr(f"word/{name}", content)
    return stream.getvalue()


def document(body: str) -> str:
    return f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def tbl(*rows: list[str], properties: str = "") -> str:
    """Return a table; ``properties`` are those of the paragraphs in its first column."""
    written = [
        "".join(f"<w:tc>{p(text, properties if at == 0 else '')}</w:tc>" for at, text in enumerate(row))
        for row in rows
    ]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in written)}</w:tbl>"


def listed(list_: int | None, level: int | None = None) -> str:
    """Return the properties of a paragraph in a list."""
    depth = f'<w:ilvl w:val="{level}"/>' if level is not None else ""
    return f"<w:numPr>{depth}" + (f'<w:numId w:val="{list_}"/>' if list_ is not None else "") + "</w:numPr>"


def level(depth: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*abstract: str, lists: dict[int, tuple[int, str]]) -> str:
    """Return numbering.xml: the content of each w:abstractNum, and each list's w:abstractNum and overrides."""
    held = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{content}</w:abstractNum>'
        for at, content in enumerate(abstract)
    )
    numbers = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{shared}"/>{more}</w:num>'
        for key, (shared, more) in lists.items()
    )
    return f"<w:numbering {NAMES}>{held}{numbers}</w:numbering>"


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, ParagraphBlock)]


def cells(source: Source) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in block.rows]
        for block in source.blocks
        if isinstance(block, GridBlock)
    ]
