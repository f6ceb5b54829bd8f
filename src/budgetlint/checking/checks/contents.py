"""Checks of a document's skeleton: contents list against body, table numbers, chapter numbers, numbered items of tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from budgetlint.checking.check import check
from budgetlint.document import Bundle, ContentsItem, Document, Place, Role, RowKind, Section, Table
from budgetlint.document.text import chinese_number, numbering_of, squeeze
from budgetlint.results.findings import Outcome, Severity
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary
from budgetlint.vocabulary.titles import clean_title

#: A run of numbers that begins later than this lacks no beginning.
_LATEST_BEGINNING = 2
#: Fewer tables than this in a contents list: it does not list tables one by one.
_LISTS_TABLES = 4
#: Of so few it still tells that these are printed, but not that no others are.
_LISTS_SOME = 2
_NUMBER = re.compile(r"[一二三四五六七八九十百]+|\d+")
_YEAR = re.compile(r"20\d\d年?度?")
_ROW_NUMBER = re.compile(r"^[(（]?([一二三四五六七八九十]+)[)）、.]")


def _kind(document: Document) -> str | None:
    return document.kind[-2:] if document.kind else None


def _listed_tables(
    document: Document, vocabulary: Vocabulary, fewest: int = _LISTS_TABLES
) -> dict[str, ContentsItem]:
    """Return the tables a contents list names, by canonical id; {} where it does not list tables."""
    listed: dict[str, ContentsItem] = {}
    for item in document.contents:
        term = vocabulary.table_titled(item.title, _kind(document)) if _is_table(item) else None
        if term is not None:
            listed.setdefault(term.id, item)
    return listed if len(listed) >= fewest else {}


def _is_table(item: ContentsItem) -> bool:
    title = squeeze(item.title)
    return item.level > 1 and "说明" not in title and title.rstrip("。").endswith(("表", ")"))


@check(
    "BL421",
    Said("目录与正文的表一致", "the contents list names the tables"),
    Severity.WARNING,
    Said(
        "目录列出的表正文都有，正文有表号的表目录都列",
        "the tables of the contents list are printed, and numbered tables are listed",
    ),
)
def listed_and_printed(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    document = bundle.document
    listed = _listed_tables(document, vocabulary, _LISTS_SOME)
    printed = {table.id: table for table in document.tables if table.id}
    if 2 * len(listed.keys() & printed.keys()) < len(listed):
        return  # the tables are published in a file of their own
    for id, item in listed.items():
        missing = id not in printed and _called_nearly(item, _not_listed(document, listed)) is None
        message = Said(
            f"目录列有“{item.title}”，正文没有这张表",
            f"the contents list names “{item.title}”, which is not printed",
        )
        yield listed_and_printed.judged(id, message if missing else None, item.place)
    called = {_plain(item.title) for item in document.contents}
    for id, table in printed.items():
        term = vocabulary.tables.get(id)
        all_listed = len(listed) >= _LISTS_TABLES
        if all_listed and term is not None and not term.many and _is_public(table):
            message = Said(
                f"正文有“{table.title}”，目录没有列出",
                f"“{table.title}” is printed, the contents list does not name it",
            )
            # A table told by its shape is listed under a title that names none.
            there = id in listed or _plain(table.title) in called
            said = None if there else message
            yield listed_and_printed.judged(id, said, table.place, severity=Severity.NOTICE)


def _is_public(table: Table) -> bool:
    """Tell whether a table bears a number of its own (预算03表), as those a contents list names do."""
    return table.number is not None


@check(
    "BL422",
    Said("目录与正文的措辞一致", "contents list and text use the same words"),
    Severity.NOTICE,
    Said(
        "目录与正文的表名、部分标题相同（年度不计）",
        "titles of tables and parts read the same in the contents list and in the text (years apart)",
    ),
)
def same_wording(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    document = bundle.document
    printed: dict[str, list[Table]] = defaultdict(list)
    for table in document.tables:
        if table.id:
            printed[table.id].append(table)
    listed = _listed_tables(document, vocabulary)
    for id, item in listed.items():
        of_its_kind = printed.get(id, [])
        near = None if of_its_kind else _called_nearly(item, _not_listed(document, listed))
        if near is not None:
            yield _wording(item, near.title, near.place)
        elif of_its_kind and not vocabulary.tables[id].many:
            yield _wording(item, of_its_kind[0].title, of_its_kind[0].place)
    parts = {section.number: section for section in document.root.sections if section.number}
    for item in document.contents:
        section = parts.get(item.number)
        if item.level == 1 and section is not None and section.title:
            yield _wording(item, section.title, section.place)


def _not_listed(document: Document, listed: Mapping[str, ContentsItem]) -> list[Table]:
    """Return the tables that no item of the contents list names."""
    return [table for table in document.tables if table.id not in listed]


def _called_nearly(item: ContentsItem, tables: Sequence[Table]) -> Table | None:
    """Return the table whose title reads nearly like an item of the contents list."""
    titles = {_plain(table.title): table for table in tables}
    from difflib import get_close_matches

    near = get_close_matches(_plain(item.title), titles, n=1, cutoff=0.85)
    return titles[near[0]] if near else None


def _wording(item: ContentsItem, title: str, place: Place) -> Outcome:
    listed, printed = _plain(item.title), _plain(title)
    same = listed == printed or (listed in printed and _only_filler(printed.replace(listed, "", 1)))
    message = Said(
        f"目录写“{item.title}”，正文写“{title}”，请统一",
        f"the contents list says “{item.title}”, the text “{title}”",
    )
    return same_wording.judged(item.title, None if same else message, item.place, place)


def _plain(title: str) -> str:
    return _YEAR.sub("", squeeze(clean_title(title)))


def _only_filler(rest: str) -> bool:
    return not re.search(r"[\u4e00-\u9fff]", rest)


@check(
    "BL423",
    Said("表号连续", "table numbers run on"),
    Severity.NOTICE,
    Said(
        "印出的表号递增、不重复、不缺号",
        "printed table numbers rise, none twice, none left out",
    ),
)
def table_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """Printed table numbers rise; numbers left out are named once (they are often lost in conversion).

    1 and 2 again begin the numbers of another set of tables (汇总, 本级).
    """
    numbered = [
        (tuple(map(int, digits)), table)
        for table in bundle.document.tables
        if table.number and (digits := re.findall(r"\d+", table.number))
    ]
    if not numbered:
        return
    following = [*(number for number, _ in numbered[2:]), None]
    for ((before, first), (after, second)), third in zip(pairwise(numbered), following, strict=False):
        anew = after[0] == 1 and third is not None and third[0] <= 2
        again = after <= before and not anew
        message = Said(
            f"表号“{second.number}”接在“{first.number}”之后，重复或颠倒",
            f"the table number “{second.number}” follows “{first.number}”: twice or out of order",
        )
        yield table_numbers.judged(f"{second.number}|{second.id}", message if again else None, second.place)
    present = {number for (number, *_), _ in numbered}
    absent = [number for number in range(1, max(present)) if number not in present]
    listed = "、".join(map(str, absent))
    message = Said(
        f"没有找到第 {listed} 号表的表号，请核对是否漏编或漏印",
        f"no table is numbered {listed}: left out or not printed?",
    )
    yield table_numbers.judged("absent", message if absent else None, numbered[0][1].place)


@check(
    "BL424",
    Said("章节编号连续", "chapter numbers run on"),
    Severity.NOTICE,
    Said(
        "同一级章节的编号不跳号、不重号",
        "chapters of one level leave no number out and use none twice",
    ),
)
def chapter_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    document = bundle.document
    order = tuple(document.sections())
    listed = frozenset(item.number for item in document.contents)
    for parent in (document.root, *(section for section in order if section.part != "glossary")):
        yield from _siblings(parent.sections, order, listed)


def _siblings(
    sections: Sequence[Section], order: Sequence[Section], listed: frozenset[str]
) -> Iterator[Outcome]:
    """Numbers of one style among siblings are all there and each is there once; a new 一 begins a new run."""
    runs: dict[str, list[tuple[int, Section]]] = defaultdict(list)
    for section in sections:
        found = _NUMBER.search(section.number)
        number = chinese_number(found[0]) if found else None
        if found is None or number is None:
            continue
        style = _NUMBER.sub("", section.number) + ("1" if found[0].isdigit() else "一")
        if number == 1 and runs[style]:
            yield _run(runs.pop(style), order, listed)
        runs[style].append((number, section))
    for run in runs.values():
        if run:
            yield _run(run, order, listed)


def _run(run: Sequence[tuple[int, Section]], order: Sequence[Section], listed: frozenset[str]) -> Outcome:
    """One outcome a run; a number that a heading just above or among them bears was read there and is not absent.

    Nor is one that a paragraph among them begins with: an item that is a whole sentence is no heading. Nor is one that
    the contents list gives, as it may give these: headings that print no number have theirs from it.
    """
    numbers = [number for number, _ in run]
    first, last = (next(n for n, s in enumerate(order) if s is end[1]) for end in (run[0], run[-1]))
    among = order[max(first - 1, 0) : last]
    elsewhere = {_number(section) for section in among}
    # One heading alone, or a run that begins late, may go on from what another file or part holds.
    begin_at = 1 if len(run) > 1 and min(numbers) <= _LATEST_BEGINNING else min(numbers)
    style = _NUMBER.sub("", run[0][1].number)
    begun = (numbering_of(paragraph.text) for section in among for paragraph in section.paragraphs)
    elsewhere |= {_value(number) for number in begun if _NUMBER.sub("", squeeze(number)) == squeeze(style)}
    elsewhere |= {_value(number) for number in listed if _NUMBER.sub("", number) == style}
    absent = [str(n) for n in range(begin_at, max(numbers)) if n not in numbers and n not in elsewhere]
    twice = [str(number) for number in dict.fromkeys(numbers) if numbers.count(number) > 1]
    gone, again = "、".join(absent), "、".join(twice)
    zh = "，".join([f"缺第 {gone} 项"] * bool(gone) + [f"第 {again} 项重复"] * bool(again))
    en = " and ".join([f"leave out {gone}"] * bool(gone) + [f"repeat {again}"] * bool(again))
    begin, end = run[0][1], run[-1][1]
    message = Said(
        f"从“{begin.title}”到“{end.title}”的编号{zh}，请核对是否跳号、重号",
        f"the numbers from “{begin.title}” to “{end.title}” {en}",
    )
    return chapter_numbers.judged(f"{begin.title}|{end.title}", message if zh else None, begin.place)


def _number(section: Section) -> int | None:
    return _value(section.number)


def _value(number: str) -> int | None:
    found = _NUMBER.search(number)
    return chinese_number(found[0]) if found else None


@check(
    "BL425",
    Said("表中项目序号连续", "numbered rows run on"),
    Severity.NOTICE,
    Said(
        "表中按一、二、三编号的项目不缺号",
        "rows numbered 一, 二, 三 leave no number out",
    ),
)
def row_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """The numbered items of a table (一、二、…) run on; one outcome a block, the numbers left out in one message."""
    for table in bundle.document.tables:
        for group in range(table.groups):
            labels = [
                squeeze(row.label)
                for row in table.rows
                if row.group == group and row.kind is not RowKind.HEADER
            ]
            for style in ("", "("):
                numbers = _numbers(label for label in labels if label.startswith("(") == bool(style))
                if len(numbers) < 5 or numbers[0] != 1 or sorted(set(numbers)) != numbers:
                    continue
                absent = [number for number in range(1, numbers[-1]) if number not in numbers]
                listed = "、".join(map(str, absent))
                message = Said(
                    f"“{table.title}”的项目序号缺第 {listed} 项，请核对是否漏列",
                    f"the numbered rows of “{table.title}” leave out {listed}",
                )
                instance = f"{table.id}|{table.key}|{group}{style}"
                at = table.place.within(table=table.title)
                yield row_numbers.judged(instance, message if absent else None, at)


def _numbers(labels: Iterable[str]) -> list[int]:
    """Return the numbers rows begin with, in printed order."""
    found = (match and chinese_number(match[1]) for match in map(_ROW_NUMBER.match, labels))
    return [number for number in found if number is not None]


@check(
    "BL427",
    Said("行次、序号连续", "line numbers run on"),
    Severity.WARNING,
    Said(
        "行次、序号与上下两行相接",
        "a line's number stands between those of the lines above and below",
    ),
)
def line_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A line's number (行次, 序号) stands between those of the lines above and below, where these leave just one out."""
    for table in bundle.document.tables:
        for index, column in enumerate(table.columns):
            if column.role is not Role.ORDINAL:
                continue
            printed = [
                (int(text), row.cells[index].place.within(table=table.title, row=row.label), text)
                for row in table.rows
                if row.kind is not RowKind.HEADER
                and index in row.cells
                and (text := squeeze(row.cells[index].text)).isdecimal()
            ]
            for (above, _, _), (number, place, text), (below, _, _) in zip(
                printed, printed[1:], printed[2:], strict=False
            ):
                if below != above + 2:
                    continue
                message = Said(
                    f"“{table.title}”的{column.label}写的是 {text}，上一行是 {above}、下一行是 {below}，应为 {above + 1}",
                    f"{column.label} of “{table.title}” reads {text} between {above} and {below}: {above + 1} is meant",
                )
                instance = f"{table.id}|{table.key}|{index}|{above + 1}"
                yield line_numbers.judged(instance, None if number == above + 1 else message, place)


CONTENTS_CHECKS = (
    listed_and_printed,
    same_wording,
    table_numbers,
    chapter_numbers,
    line_numbers,
    row_numbers,
)
