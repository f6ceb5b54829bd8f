"""Checks of what was left over from a template, another year or another table where rules on paragraphs do not look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetlint.checking.case import case_of
from budgetlint.checking.check import check
from budgetlint.checking.checks.passages import FACT, HEADING, NOTE, prose_of
from budgetlint.document import Bundle, ContentsItem
from budgetlint.document.text import squeeze
from budgetlint.results.findings import Outcome, Severity
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

_PLACEHOLDER = re.compile(
    r"(?<![0-9A-Za-zＸ×])(?:[XxＸ]{2,}|×{2,})(?![0-9A-Za-zＸ×])|【】|\{\}|\((?:部门|单位)名称\)"
)
_FIELD = re.compile(r"\s*(?:PAGEREF|_Toc\d|HYPERLINK|\\\* MERGEFORMAT).*")
_TITLE_YEAR = re.compile(r"(20\d\d)年?度?(?:(?:部门|单位)?(?:综合)?(?:预算|决算))")
_PERIOD = re.compile(r"(?:实施|项目|执行)(?:周期|期限|期间|时限)|起止时间")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|[-./]\d)")
#: So many characters lost at the beginning of a title leave it a title that is known.
_LOST = 2
_SHORTEST_TITLE = 4


@check(
    "BL416",
    Said("标题、表注没有占位符和模板提示语", "headings and notes hold nothing of the template"),
    Severity.WARNING,
    Said(
        "标题、表头和表注里没有未填写的占位符，也没有词汇表“模板提示语”所列的话",
        "headings, heads and notes of tables hold no placeholder and none of the template's hints (模板提示语)",
    ),
    once=True,
)
def template_words(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """What a template says to whoever fills it in, where the rules on paragraphs do not look."""
    hints = [squeeze(words) for words in vocabulary.lists.get("模板提示语", ())]
    for passage in case_of(bundle).passages:
        if passage.kind not in (HEADING, FACT, NOTE):
            continue
        text = passage.squeezed
        blank = _PLACEHOLDER.search(text)
        found = blank[0] if blank else next((hint for hint in hints if hint in text), "")
        message = Said(
            f"“{passage.text}”里留有占位符或模板提示语“{found}”，请填写或删除",
            f"“{passage.text}” still holds the template's “{found}”",
        )
        severity = Severity.ERROR if blank else Severity.WARNING
        yield template_words.judged(text[:60], message if found else None, passage.place, severity=severity)


@check(
    "BL417",
    Said("各部分标题的年度是文本年度", "headings of parts name the document's year"),
    Severity.WARNING,
    Said(
        "各部分标题里写了预算、决算年度的，与文本年度相同",
        "where the heading of a part names the year of the budget, it is the document's",
    ),
)
def years_of_parts(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """第三部分 2024年度部门决算情况说明 in a final account of 2025."""
    year = bundle.document.year
    for section in bundle.document.root.sections if year else ():
        years = _TITLE_YEAR.findall(squeeze(section.title))
        if not section.number.startswith("第") or not years:
            continue
        other = str(year) not in years
        message = Said(
            f"“{section.title}”写的是{years[0]}年度，文本是{year}年度，请核对是否沿用了以前年度的文字",
            f"“{section.title}” names {years[0]}; the document is of {year}",
        )
        yield years_of_parts.judged(section.title, message if other else None, section.place)


@check(
    "BL428",
    Said("目录没有域代码和缺字", "the contents list holds no field codes and lost no characters"),
    Severity.WARNING,
    Said(
        "目录里没有 Word 的域代码，表名没有缺掉开头的字",
        "the contents list shows no field codes of Word, and no title in it lost its first characters",
    ),
)
def contents_as_exported(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """PAGEREF _Toc10001 in a contents list, or 出决算表 for 支出决算表: the list was not made anew before publishing."""
    contents = bundle.document.contents
    coded = [item for item in contents if _FIELD.search(item.title)]
    if contents:
        message = Said(
            f"目录里有 {len(coded)} 处 Word 域代码（“{coded[0].title if coded else ''}”），请更新域之后重新生成公开文本",
            f"the contents list shows field codes of Word at {len(coded)} places",
        )
        yield contents_as_exported.judged("fields", message if coded else None, *(i.place for i in coded))
    titles = {squeeze(name) for term in vocabulary.tables.values() for name in (term.name, *term.aliases)}
    for item in contents:
        whole = _cut_title(item, titles)
        message = Said(
            f"目录写“{_bare(item)}”，疑为“{whole}”缺了开头的字，请核对",
            f"the contents list says “{_bare(item)}”, perhaps “{whole}” without its first characters",
        )
        if whole:
            yield contents_as_exported.judged(_bare(item), message, item.place)


def _bare(item: ContentsItem) -> str:
    return _FIELD.sub("", item.title).strip()


def _cut_title(item: ContentsItem, titles: set[str]) -> str:
    """Return the known title that lacks its first characters in a contents list, "" where none does."""
    title = squeeze(_bare(item))
    if not title.endswith("表") or len(title) < _SHORTEST_TITLE or title in titles:
        return ""
    longer = [name for name in titles if name.endswith(title) and 0 < len(name) - len(title) <= _LOST]
    return min(longer, key=lambda name: (len(name), name)) if longer else ""


@check(
    "BL435",
    Said("表注说的是本表的预算", "the note of a table speaks of its own budget"),
    Severity.WARNING,
    Said(
        "政府性基金、国有资本经营、财政专户各表的注，说的是本表的那一种资金",
        "the note of a table of one kind of money (政府性基金, 国有资本经营 …) speaks of that kind",
    ),
)
def notes_of_their_own(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """The note of the table of 国有资本经营 that speaks of 政府性基金 was copied from another table."""
    kinds = vocabulary.lists.get("单列的预算", ())
    for table in bundle.document.tables:
        own = [kind for kind in kinds if kind in squeeze(table.name or table.title)]
        if len(own) != 1:
            continue
        said = squeeze("".join(note.text for note in table.notes))
        other = next((kind for kind in kinds if kind in said and own[0] not in said), "")
        message = Said(
            f"“{table.title}”的注说的是{other}，请核对是否沿用了别的表的注",
            f"the note of “{table.title}” speaks of {other}",
        )
        place = table.notes[0].place if table.notes else table.place
        at = place.within(table=table.title)
        yield notes_of_their_own.judged(f"{table.id}|{table.key}", message if other else None, at)


@check(
    "BL804",
    Said("项目的实施期包括本年度", "the period of a project covers the year"),
    Severity.WARNING,
    Said(
        "预算文本所写项目的实施周期、期限，不是已经过去的年度",
        "where a budget tells the period of a project, the period is not over",
    ),
)
def periods(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """实施周期 2025年1月1日-2025年12月31日 in a budget of 2026; the years stand there or in the next paragraph."""
    document = bundle.document
    if document.year is None or "预算" not in (document.kind or ""):
        return
    told = [*prose_of(document)]
    for passage, following in zip(told, [*told[1:], None], strict=False):
        match = _PERIOD.search(passage.squeezed)
        if match is None:
            continue
        own = passage.squeezed[match.end() : match.end() + 40]
        years = _YEAR.findall(own)
        after = following if following is not None and not years and passage.kind == HEADING else None
        if after is not None and after.kind != HEADING:
            years = _YEAR.findall(after.squeezed[:40])
        if not years:
            continue
        over = max(map(int, years)) < document.year
        message = Said(
            f"{document.year}年的预算，项目的{match[0]}写到{max(years)}年为止，请核对是否沿用了以前年度的文字",
            f"a budget of {document.year} gives a project a period that ends in {max(years)}",
        )
        place = after.place if after is not None else passage.place
        yield periods.judged(f"{passage.squeezed[:30]}|{years[0]}", message if over else None, place)


RESIDUE_CHECKS = (template_words, years_of_parts, contents_as_exported, notes_of_their_own, periods)
