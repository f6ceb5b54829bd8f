"""``budgetlint names`` and ``parse --names``: what may be named in a rule, at all and of one document."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from budgetlint.config import Settings
from budgetlint.document import Document
from budgetlint.reporters.jsontext import dump
from budgetlint.reporters.words import Words
from budgetlint.results.report import Exit
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session
from budgetlint.vocabulary import TableTerm


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """List the canonical tables with their ids, columns, aliases and the pack they come from."""
    session = open_session(settings)
    listed = [
        (pack.manifest.name, table)
        for pack in session.packs.packs
        for table in pack.vocabulary.tables.values()
    ]
    if options.table is not None:
        wanted = session.packs.vocabulary_of_all().table_named(options.table)
        ids = {options.table} | ({wanted.id} if wanted else set())
        listed = [(pack, table) for pack, table in listed if table.id in ids]
        if not listed:
            zh, en = f"没有叫 {options.table} 的规范表", f"there is no table {options.table}"
            sys.stderr.write(f"{en if settings.lang == 'en' else zh}\n")
            return Exit.USAGE
    if options.format == "json":
        dump([_data(pack, table) for pack, table in listed], sys.stdout)
        return Exit.CLEAN
    words = Words(settings.lang)
    for pack, table in listed:
        sys.stdout.writelines(
            f"{line}\n" for line in _lines(pack, table, words, whole=options.table is not None)
        )
    return Exit.CLEAN


def _data(pack: str, table: TableTerm) -> dict[str, Any]:
    return {
        "id": table.id,
        "name": table.name,
        "pack": pack,
        "kinds": list(table.kinds),
        "aliases": list(table.aliases),
        "columns": [
            {"name": one.name, "role": one.role.value, "aliases": list(one.aliases)} for one in table.columns
        ],
        "rows": [{"name": one.name, "aliases": list(one.aliases)} for one in table.rows],
    }


def _lines(pack: str, table: TableTerm, words: Words, whole: bool) -> Iterator[str]:
    yield f"{table.id}  {table.name}  {'、'.join(table.kinds)}  {words('规则包', 'pack')} {pack}"
    if table.aliases:
        yield f"  {words('别名', 'aliases')}  {'、'.join(table.aliases)}"
    for title, terms in ((words("列", "columns"), table.columns), (words("行", "rows"), table.rows)):
        if terms and not whole:
            yield f"  {title}  {'、'.join(term.name for term in terms)}"
        for term in terms if whole else ():
            aliases = f"（{'、'.join(term.aliases)}）" if term.aliases else ""
            yield f"  {title}  {term.name}{aliases}"


def print_names(document: Document, session: Session, form: str, language: str) -> None:
    """Print what rules may name of a document: its tables with their columns, its sections, the concepts it states."""
    words = Words(language)
    tables = [
        {
            "id": table.id,
            "name": table.name or table.title,
            "title": table.title,
            "columns": list(dict.fromkeys(c.name or "/".join(c.path) for c in table.columns if c.path)),
        }
        for table in document.tables
    ]
    sections = [
        {"name": section.name, "number": section.number, "title": section.title}
        for section in document.sections()
    ]
    concepts = sorted(
        {
            mention.concept
            for section in document.root.walk()
            for paragraph in section.paragraphs
            for mention in paragraph.mentions
            if mention.known
        }
    )
    if form != "text":
        dump({"tables": tables, "sections": sections, "concepts": concepts}, sys.stdout)
        return
    for table in tables:
        known = table["id"] or words("词汇里没有，名称加引号", "not in the vocabulary: write it in quotes")
        sys.stdout.write(f"{words('表', 'table')} {table['name']}  [{known}]\n")
        columns: Any = table["columns"]
        sys.stdout.write(f"  {words('列', 'columns')} {'、'.join(columns)}\n")
    for one in sections:
        title = " ".join(part for part in (one["number"], one["title"]) if part)
        named = f"  [{one['name']}]" if one["name"] else ""
        sys.stdout.write(f"{words('章节', 'section')} {title}{named}\n")
    sys.stdout.write(f"{words('概念', 'concepts')} {'、'.join(concepts)}\n")
