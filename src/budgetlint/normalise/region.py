"""Tell where a document was published: from the unit's name, else from the codes of divisions that it prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from budgetlint.document import Document
from budgetlint.document.text import squeeze
from budgetlint.vocabulary import Vocabulary

#: A project's code begins with the division's: 110000 26 T 000001234567.
_PROJECT = re.compile(r"^(\d{6})\d\d[A-Z]\d{9,}")
_DIVISION = re.compile(r"(?<!\d)(\d{6})(?!\d)")
_BY_NAME, _BY_CODE, _BY_PROJECT = "单位名称", "区划代码", "项目编码"
#: Two projects of another place's money do not tell the place.
_FEWEST = 3


def region_of(
    document: Document, names: Sequence[str], vocabulary: Vocabulary
) -> tuple[str | None, str | None]:
    """Return the region (某省/某市) and what told it (单位名称, 区划代码, 项目编码); None, None where nothing does.

    ``names`` are the squeezed texts that may name the unit, the surest first. The list ``regions`` of the vocabulary
    holds the places that installed packs are for.
    """
    divisions = vocabulary.divisions
    for name in names:
        name = re.sub(r"^[(（]?(?:19|20)\d\d年?度?[)）]?", "", name)
        regions = divisions.regions_named(name)
        if len(regions) > 1:
            regions = divisions.mentioned(regions, _text(document))
        if len(regions) == 1:
            return regions[0], _BY_NAME
    if told := _of_packs(vocabulary.lists.get("regions", ()), names):
        return told, _BY_NAME
    for table in document.tables:
        for key, cell in table.facts.items():
            match = _DIVISION.search(cell.text) if "区划" in key else None
            if match and (region := divisions.region_of_code(match[1])):
                return region, _BY_CODE
    codes = Counter(match[1] for text in _labels(document) if (match := _PROJECT.match(text)))
    for code, count in codes.most_common(1):
        if count >= _FEWEST and (region := divisions.region_of_code(code)):
            return region, _BY_PROJECT
    return None, None


def _text(document: Document) -> str:
    """Return the words of the document among which a place may be named."""
    paragraphs = [p.text for section in document.root.walk() for p in section.paragraphs]
    return squeeze("".join([document.title, *paragraphs]))


def _labels(document: Document) -> Iterable[str]:
    for table in document.tables:
        for row in table.rows:
            yield row.code or ""
            yield squeeze(row.label)


def _of_packs(regions: Iterable[str], texts: Sequence[str]) -> str | None:
    """Return the listed region whose city (or else province) a text names, the earliest mention first."""
    entries = [entry.split("/") for entry in regions]
    for text in texts:
        for entry in entries:
            if len(entry) > 1 and _names(text, entry[-1]):
                return "/".join(entry)
        for entry in entries:
            if _names(text, entry[0]):
                return entry[0]
    return None


def _names(text: str, place: str) -> bool:
    stem = re.sub(r"(?:省|市|地区|自治州|自治区|盟)$", "", place)
    start = text.find(stem)
    return len(stem) >= 2 and 0 <= start <= 12
