"""The first pass: a read file becomes a document with outline, contents list and tables, still without names."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from budgetlint.document import Document, Notice, Paragraph, Place, Source
from budgetlint.document.text import squeeze
from budgetlint.normalise.drafts import Draft, drafts_of
from budgetlint.normalise.printed.lines import Lines, lines_of
from budgetlint.normalise.structure.contents import separate
from budgetlint.normalise.structure.headings import Heading
from budgetlint.normalise.structure.heads_apart import with_heads_apart
from budgetlint.normalise.structure.outline import nest
from budgetlint.normalise.structure.passages import Passage, sort_passages
from budgetlint.normalise.structure.sheets import Sheet
from budgetlint.normalise.tables.realign import realign, sisters_of
from budgetlint.vocabulary import ReadingWords, national_words


def structure(source: Source, words: ReadingWords | None = None) -> Document:
    """Return the structure of a read file: sections, contents list, tables with rows, notices; no canonical names.

    ``words`` are those it is read by; without, the national ones.
    """
    words = words or national_words()
    known = lines_of(words)
    blocks, contents, _ = separate(with_heads_apart(source.blocks, known), known)
    passages = sort_passages(blocks, contents, words)
    sheets = [passage for passage in passages if isinstance(passage, Sheet)]
    groups = [drafts_of(sheet, words) for sheet in sheets]
    drafts = [draft for group in groups for draft in group]
    root, paths = nest(passages, Place(source.path), [len(group) for group in groups], words)
    notices = _realign(drafts)
    _doubt(drafts)
    tables = tuple(replace(draft.table(), section=path) for draft, path in zip(drafts, paths, strict=True))
    return Document(
        source.path,
        source.format,
        title=_title(passages, known),
        contents=contents,
        root=root,
        tables=tables,
        notices=(*source.notices, *notices),
    )


def _realign(drafts: Sequence[Draft]) -> list[Notice]:
    """Put shifted rows back in every table; return one layout notice for each table that had some."""
    sisters = sisters_of([(draft.columns, draft.lines) for draft in drafts])
    notices: list[Notice] = []
    for draft in drafts:
        lines = realign(draft.columns, draft.lines, sisters)
        if lines is not None:
            draft.lines, draft.realigned = lines, True
            notices.append(Notice("BL101", draft.place.within(table=draft.title), (("table", draft.title),)))
    return notices


def _doubt(drafts: Sequence[Draft]) -> None:
    """Doubt also the titles with nothing under them where some table is doubtful: it may hold what was printed there."""
    if any(draft.unsure for draft in drafts):
        for draft in drafts:
            draft.unsure |= not draft.printed


def _title(passages: list[Passage], known: Lines) -> str:
    """Return the words of the cover, else the first heading."""
    words: list[str] = []
    for passage in passages:
        if not isinstance(passage, Paragraph):
            break
        text = passage.text.strip()
        if known.of(text).date and words:
            break
        if len(squeeze(text)) > 60 or text.endswith(("。", "：", ":", "；")):
            break
        words.append(text)
        if len(words) == 4:
            break
    if words:
        return " ".join(words)
    return next((passage.title for passage in passages if isinstance(passage, Heading)), "")
