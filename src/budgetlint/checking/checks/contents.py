"""Checks of a document's skeleton: contents list against body, table numbers, chapter numbers, numbered items of tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from budgetlint.checking.check import PythonCheck, judged
from budgetlint.document import Bundle, ContentsItem, Document, Place, Role, RowKind, Section, Table
from budgetlint.document.text import bare_label, chinese_number, squeeze
from budgetlint.language.syntax import Basis
from budgetlint.results.findings import Outcome, Severity
from budgetlint.vocabulary import Vocabulary
from budgetlint.vocabulary.titles import clean_title

_BASIS = (Basis(consistency=True),)
#: Fewer tables than this in a contents list: it does not list tables one by one.
_LISTS_TABLES = 4
_NUMBER = re.compile(r"[一二三四五六七八九十百]+|\d+")
_YEAR = re.compile(r"20\d\d年?度?")
_ROW_NUMBER = re.compile(r"^[(（]?([一二三四五六七八九十]+)[)）、.]")


def _kind(document: Document) -> str | None:
    return document.kind[-2:] if document.kind else None


def _listed_tables(document: Document, vocabulary: Vocabulary) -> dict[str, ContentsItem]:
    """Return the tables a contents list names, by canonical id; {} where it does not list tables."""
    listed: dict[str, ContentsItem] = {}
    for item in document.contents:
        term = vocabulary.table_titled(item.title, _kind(document)) if _is_table(item) else None
        if term is not None:
            listed.setdefault(term.id, item)
    return listed if len(listed) >= _LISTS_TABLES else {}


def _is_table(item: ContentsItem) -> bool:
    title = squeeze(item.title)
    return item.level > 1 and "说明" not in title and title.rstrip("。").endswith(("表", ")"))


def _listed_and_printed(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    document = bundle.document
    listed = _listed_tables(document, vocabulary)
    printed = {table.id: table for table in document.tables if table.id}
    if 2 * len(listed.keys() & printed.keys()) < len(listed):
        return  # the tables are published in a file of their own
    for id, item in listed.items():
        missing = id not in printed and _called_nearly(item, document.tables) is None
        message = f"目录列有“{item.title}”，正文没有这张表" if missing else None
        yield judged("BL421", id, message, item.place, severity=Severity.WARNING)
    for id, table in printed.items():
        term = vocabulary.tables.get(id)
        if listed and term is not None and not term.many and _is_public(table):
            message = None if id in listed else f"正文有“{table.title}”，目录没有列出"
            yield judged("BL421", id, message, table.place, severity=Severity.NOTICE)


def _is_public(table: Table) -> bool:
    """Tell whether a table bears a number of its own (预算03表), as those a contents list names do."""
    return table.number is not None


def _same_wording(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    document = bundle.document
    printed: dict[str, list[Table]] = defaultdict(list)
    for table in document.tables:
        if table.id:
            printed[table.id].append(table)
    for id, item in _listed_tables(document, vocabulary).items():
        of_its_kind = printed.get(id, [])
        near = None if of_its_kind else _called_nearly(item, document.tables)
        if near is not None:
            yield _wording(item, near.title, near.place)
        elif of_its_kind and not vocabulary.tables[id].many:
            yield _wording(item, of_its_kind[0].title, of_its_kind[0].place)
    parts = {section.number: section for section in document.root.sections if section.number}
    for item in document.contents:
        section = parts.get(item.number)
        if item.level == 1 and section is not None:
            yield _wording(item, section.title, section.place)


def _called_nearly(item: ContentsItem, tables: Sequence[Table]) -> Table | None:
    """Return the table whose title reads nearly like an item of the contents list."""
    titles = {_plain(table.title): table for table in tables}
    from difflib import get_close_matches

    near = get_close_matches(_plain(item.title), titles, n=1, cutoff=0.85)
    return titles[near[0]] if near else None


def _wording(item: ContentsItem, title: str, place: Place) -> Outcome:
    listed, printed = _plain(item.title), _plain(title)
    same = listed == printed or (listed in printed and _only_filler(printed.replace(listed, "", 1)))
    message = f"目录写“{item.title}”，正文写“{title}”，请统一" if not same else None
    return judged("BL422", item.title, message, item.place, place, severity=Severity.NOTICE)


def _plain(title: str) -> str:
    return _YEAR.sub("", squeeze(clean_title(title)))


def _only_filler(rest: str) -> bool:
    return not re.search(r"[\u4e00-\u9fff]", rest)


def _table_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
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
        message = f"表号“{second.number}”接在“{first.number}”之后，重复或颠倒" if again else None
        yield judged("BL423", f"{second.number}|{second.id}", message, second.place, severity=Severity.NOTICE)
    present = {number for (number, *_), _ in numbered}
    absent = [number for number in range(1, max(present)) if number not in present]
    said = "、".join(map(str, absent))
    message = f"没有找到第 {said} 号表的表号，请核对是否漏编或漏印" if absent else None
    yield judged("BL423", "absent", message, numbered[0][1].place, severity=Severity.NOTICE)


def _chapter_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    document = bundle.document
    order = tuple(document.sections())
    for parent in (document.root, *order):
        yield from _siblings(parent.sections, order)


def _siblings(sections: Sequence[Section], order: Sequence[Section]) -> Iterator[Outcome]:
    """Numbers of one style among siblings are all there and each is there once; a new 一 begins a new run."""
    runs: dict[str, list[tuple[int, Section]]] = defaultdict(list)
    for section in sections:
        found = _NUMBER.search(section.number)
        number = chinese_number(found[0]) if found else None
        if found is None or number is None:
            continue
        style = _NUMBER.sub("", section.number) + ("1" if found[0].isdigit() else "一")
        if number == 1 and runs[style]:
            yield _run(runs.pop(style), order)
        runs[style].append((number, section))
    for run in runs.values():
        if run:
            yield _run(run, order)


def _run(run: Sequence[tuple[int, Section]], order: Sequence[Section]) -> Outcome:
    """One outcome a run; a number that a heading just above or among them bears was read there and is not absent."""
    numbers = [number for number, _ in run]
    first, last = (next(n for n, s in enumerate(order) if s is end[1]) for end in (run[0], run[-1]))
    elsewhere = {_number(section) for section in order[max(first - 1, 0) : last]}
    absent = [str(n) for n in range(1, max(numbers)) if n not in numbers and n not in elsewhere]
    twice = [str(number) for number in dict.fromkeys(numbers) if numbers.count(number) > 1]
    wrong = [
        *([f"缺第 {'、'.join(absent)} 项"] if absent else []),
        *([f"第 {'、'.join(twice)} 项重复"] if twice else []),
    ]
    begin, end = run[0][1], run[-1][1]
    message = (
        f"从“{begin.title}”到“{end.title}”的编号{'，'.join(wrong)}，请核对是否跳号、重号" if wrong else None
    )
    return judged("BL424", f"{begin.title}|{end.title}", message, begin.place, severity=Severity.NOTICE)


def _number(section: Section) -> int | None:
    found = _NUMBER.search(section.number)
    return chinese_number(found[0]) if found else None


def _row_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
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
                said = "、".join(map(str, absent))
                message = f"“{table.title}”的项目序号缺第 {said} 项，请核对是否漏列" if absent else None
                at = table.place.within(table=table.title)
                yield judged(
                    "BL425", f"{table.id}|{table.key}|{group}{style}", message, at, severity=Severity.NOTICE
                )


def _numbers(labels: Iterable[str]) -> list[int]:
    """Return the numbers rows begin with, in printed order."""
    found = (match and chinese_number(match[1]) for match in map(_ROW_NUMBER.match, labels))
    return [number for number in found if number is not None]


def _line_numbers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
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
                message = (
                    f"“{table.title}”的{column.label}写的是 {text}，上一行是 {above}、下一行是 {below}，应为 {above + 1}"
                    if number != above + 1
                    else None
                )
                instance = f"{table.id}|{table.key}|{index}|{above + 1}"
                yield judged("BL427", instance, message, place, severity=Severity.WARNING)


def _old_and_new_names(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """One class of functions stands in one block once: beside its present name its old name is left over."""
    for table in bundle.document.tables:
        seen: dict[tuple[int, str], tuple[str, Place]] = {}
        for row in table.rows:
            code = row.code
            if code is None or not row.code_inferred or len(code) != 3 or row.kind is RowKind.AMONG:
                continue
            name, place = bare_label(row.label), row.place.within(table=table.title, row=row.label)
            before = seen.setdefault((row.group, code), (name, place))
            twice = before[0] != name
            message = (
                f"“{row.label}”与“{before[0]}”是同一科目（{code}）新旧两个名称，同一张表中并列，请按现行科目列示"
                if twice
                else None
            )
            instance = f"{table.id}|{row.group}|{code}|{name}"
            yield judged(
                "BL426", instance, message, place, *([before[1]] if twice else []), severity=Severity.WARNING
            )


CONTENTS_CHECKS = tuple(
    PythonCheck(id, name, severity, _BASIS, sentence, run)
    for id, name, severity, sentence, run in (
        (
            "BL421",
            "目录与正文的表一致",
            Severity.WARNING,
            "目录列出的表正文都有，正文有表号的表目录都列",
            _listed_and_printed,
        ),
        (
            "BL422",
            "目录与正文的措辞一致",
            Severity.NOTICE,
            "目录与正文的表名、部分标题相同（年度不计）",
            _same_wording,
        ),
        ("BL423", "表号连续", Severity.NOTICE, "印出的表号递增、不重复、不缺号", _table_numbers),
        ("BL424", "章节编号连续", Severity.NOTICE, "同一级章节的编号不跳号、不重号", _chapter_numbers),
        ("BL427", "行次、序号连续", Severity.WARNING, "行次、序号与上下两行相接", _line_numbers),
        ("BL425", "表中项目序号连续", Severity.NOTICE, "表中按一、二、三编号的项目不缺号", _row_numbers),
        (
            "BL426",
            "新旧科目名称不并列",
            Severity.WARNING,
            "同一张表中，同一类级科目不以新旧两个名称各列一行",
            _old_and_new_names,
        ),
    )
)
