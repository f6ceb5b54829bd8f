"""Say what kind of document this is, of which year, region, department and unit, from its title and structure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from budgetlint.document import Classification, Document
from budgetlint.document.text import squeeze
from budgetlint.normalise.region import region_of
from budgetlint.vocabulary import ReadingWords, Vocabulary

_KIND = re.compile(r"(部门|单位)(预算|决算)")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
#: The words of 汇总 and of 本级, in the order in which they are looked for.
_SCOPES = ("汇总", "本级")


def classify(document: Document, vocabulary: Vocabulary) -> Classification:
    """Return the classification of a document that has its structure, not yet its names.

    ``vocabulary.divisions`` and its list ``regions`` (strings like 河北省/秦皇岛市) tell which places there are; without
    them the region stays unknown.
    """
    words = vocabulary.words
    heads = _heads(document)
    kind = _kind(heads)
    name = _department(document, heads, words)
    scope = _scope(document, heads, kind, words)
    region, told = region_of(document, (name or "", squeeze(document.title), *heads[:6]), vocabulary)
    single = kind is not None and kind.startswith("单位")
    return Classification(kind, _year(document, heads), region, name, name if single else None, scope, told)


def _heads(document: Document) -> list[str]:
    """Return title, headings of the upper levels, contents and table titles, squeezed, weightiest first."""
    sections = [section.title for section in document.sections() if section.level <= 1]
    cover = [paragraph.text for paragraph in document.root.paragraphs[:6]]
    words = [document.title, *cover, *sections, *(item.title for item in document.contents)]
    return [squeeze(text) for text in (*words, *(table.title for table in document.tables)) if text.strip()]


def _kind(heads: Sequence[str]) -> str | None:
    """Return the kind the title names; else what the headings name most often."""
    for text in heads[:1]:
        if found := _KIND.findall(text):
            return "".join(found[-1])
    counts = Counter("".join(found) for text in heads for found in _KIND.findall(text))
    if counts:
        return max(counts, key=lambda kind: counts[kind])
    accounts = sum("决算" in text for text in heads)
    budgets = sum("预算" in text for text in heads) - accounts
    return (
        None
        if accounts <= 0 and budgets <= 0
        else ("部门决算" if accounts > 0 and accounts >= budgets else "部门预算")
    )


def _year(document: Document, heads: Sequence[str]) -> int | None:
    if heads and (found := _YEAR.findall(heads[0])):
        return int(found[0])
    facts = [
        year
        for table in document.tables
        for key, cell in table.facts.items()
        if key.endswith("年度") and (year := re.match(r"(?:19|20)\d\d", squeeze(cell.text)))
    ]
    counts = Counter([year.group(0) for year in facts] or [y for text in heads for y in _YEAR.findall(text)])
    return int(counts.most_common(1)[0][0]) if counts else None


def _department(document: Document, heads: Sequence[str], words: ReadingWords) -> str | None:
    """Return the full name most head fields print, else the office the title names."""
    tail = re.compile(
        rf"(?:\({words.any_of('分类/名称后缀')}\)|(?:部门|单位)?(?:预算|决算).*|\d{{4}}年.*|概况|主要职[责能].*)$"
    )
    names: Counter[str] = Counter()
    for table in document.tables:
        for key in words.group("分类/单位栏目"):
            if cell := table.facts.get(key):
                names[_clean(cell.text, tail)] += 1
                break
    names.pop("", None)
    if names:
        return names.most_common(1)[0][0]
    office = re.compile(rf"[一-鿿][一-鿿0-9A-Za-z·]{{1,29}}?{words.any_of('分类/机构结尾')}")
    for text in heads[:12]:
        said = _clean(re.sub(r"^(?:第.部分|附件:?)?(?:19|20)\d\d年度?", "", text), tail)
        if said and office.fullmatch(said):
            return said
    return None


def _clean(text: str, tail: re.Pattern[str]) -> str:
    words = re.sub(r"^[\[(]?\d+[\])]?[-—_]?", "", squeeze(text))
    while (shorter := tail.sub("", words)) != words:
        words = shorter
    return words


def _scope(document: Document, heads: Sequence[str], kind: str | None, words: ReadingWords) -> str | None:
    printed = [squeeze(cell.text) for table in document.tables[:3] for cell in table.facts.values()]
    for text in (*heads[:1], *printed):
        for scope in _SCOPES:
            if any(squeeze(word) in text for word in words.group(f"分类/{scope}")):
                return scope
    return "所属单位" if kind is not None and kind.startswith("单位") else None
