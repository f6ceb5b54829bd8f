"""The first pass: a read file becomes a document with outline, contents list and tables, still without names."""

from __future__ import annotations

from dataclasses import replace

from budgetlint.document import Document, Paragraph, Place, Source
from budgetlint.document.text import squeeze
from budgetlint.normalise.contents import separate
from budgetlint.normalise.lines import date_line
from budgetlint.normalise.outline import nest
from budgetlint.normalise.passages import Heading, Passage, Sheet, sort_passages
from budgetlint.normalise.tables import draft_of


def structure(source: Source) -> Document:
    """Return the structure of a read file: sections, contents list, tables with rows, notices; no canonical names."""
    blocks, contents, _ = separate(source.blocks)
    passages = sort_passages(blocks, contents)
    sheets = [passage for passage in passages if isinstance(passage, Sheet)]
    root, paths = nest(passages, Place(source.path))
    tables = tuple(
        replace(draft_of(sheet).table(), section=path) for sheet, path in zip(sheets, paths, strict=True)
    )
    return Document(
        source.path,
        source.format,
        title=_title(passages),
        contents=contents,
        root=root,
        tables=tables,
        notices=source.notices,
    )


def _title(passages: list[Passage]) -> str:
    """Return the words of the cover, else the first heading."""
    words: list[str] = []
    for passage in passages:
        if not isinstance(passage, Paragraph):
            break
        text = passage.text.strip()
        if date_line(text) and words:
            break
        if len(squeeze(text)) > 60 or text.endswith(("。", "：", ":", "；")):
            break
        words.append(text)
        if len(words) == 4:
            break
    if words:
        return " ".join(words)
    return next((passage.title for passage in passages if isinstance(passage, Heading)), "")
