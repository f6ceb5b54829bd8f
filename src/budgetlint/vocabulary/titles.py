"""Recognise a table by its printed title: exact aliases first, then the title's skeleton."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct, field

from budgetlint.document.text import bare_label, squeeze
from budgetlint.vocabulary.terms import TableTerm, TitleWords

_MARKUP = re.compile(r"[#*“”\"'‘’《》「」【】]|<[^>]*>")
_YEAR = re.compile(r"(?:20\d\d|二[〇零○O0][〇零○一二三四五六七八九]{2})(?:年度|年)?")
#: 附表2-1： 预算01表 公开02表 表四 一、; 一般公共预算 is no number.
_NUMBER = re.compile(
    r"""^(?:附[表件]?[::、.]?)?
        (?:(?:预算|公开|决算|财决|财预|部门公开|表)?\d{1,2}(?:-\d+)?表?
          |(?:(?<=附表)|(?<=附件)|表)[一二三四五六七八九十]{1,3}(?!般)
        )?[::、.]?""",
    re.VERBOSE,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_LAST_BRACKET = re.compile(r"(?:\([^()]*\)|续表?)$")
ANY = "…"


@lru_cache(maxsize=16384)
def clean_title(title: str) -> str:
    """Return a title without markup, year, numbering and number of the form (2024年度公开01表 …)."""
    text = _YEAR.sub("", bare_label(_MARKUP.sub("", squeeze(title))), count=1)
    text = _NUMBER.sub("", bare_label(text), count=1) or text
    return bare_label(_YEAR.sub("", text)).strip(":-—_ ")


def kind_word(kind: str | None) -> str | None:
    """Return 预算 or 决算 for a kind of document (部门预算 …)."""
    if kind is None:
        return None
    return "决算" if "决算" in kind else "预算" if "预算" in kind else None


class TitleIndex(Struct):
    """Finds tables by title among the tables of one vocabulary."""

    words: TitleWords
    _exact: dict[str, list[TableTerm]] = field(default_factory=dict)
    _skeletons: dict[str, list[TableTerm]] = field(default_factory=dict)
    _bracketed: dict[str, list[TableTerm]] = field(default_factory=dict)
    _viewed: dict[str, list[TableTerm]] = field(default_factory=dict)
    _wild: list[tuple[str, str, TableTerm]] = field(default_factory=list)

    @classmethod
    def of(cls, tables: Iterable[TableTerm], words: TitleWords) -> TitleIndex:
        """Index tables by their names and aliases."""
        index = cls(words)
        for table in tables:
            for name in (table.name, *table.aliases):
                if ANY in name:
                    before, _, after = name.partition(ANY)
                    index._wild.append((clean_title(before), clean_title(after), table))
                    continue
                cleaned = clean_title(name)
                _add(index._exact, cleaned, table)
                # (政府经济) tells a table from its sister: without it the name is the sister's.
                known = index._bracketed if _BRACKETS.search(cleaned) else index._skeletons
                _add(known, index.skeleton(cleaned), table)
                if view := _view(cleaned):
                    _add(index._viewed, index.skeleton(cleaned) + view, table)
        index._wild.sort(key=lambda entry: -len(entry[0]) - len(entry[1]))
        return index

    def skeleton(self, cleaned: str) -> str:
        """Return what is left of a cleaned title when brackets and filler are gone and synonyms are one."""
        text = _BRACKETS.sub("", cleaned)
        for printed, meant in self.words.synonyms:
            text = text.replace(printed, meant)
        for word in sorted(self.words.filler, key=len, reverse=True):
            text = text.replace(word, "")
        return text.removesuffix("表")

    def find(self, title: str, kind: str | None) -> TableTerm | None:
        """Return the table a title announces, or None where none or more than one answers."""
        found, _ = self.answers(title, kind)
        return found[0] if len(found) == 1 else None

    def answers(self, title: str, kind: str | None) -> tuple[list[TableTerm], bool]:
        """Return the tables a title may announce, and whether it is but the wording of their kind (…绩效目标表)."""
        cleaned = clean_title(title)
        # 决算 in a title says it all; 预算 does not (一般公共预算 stands in final accounts too).
        wanted = "决算" if "决算" in cleaned else kind_word(kind)
        several: list[TableTerm] = []
        for known, strict in self._known(cleaned, wanted):
            chosen = _of_kind(known, wanted, strict)
            if len(chosen) == 1:
                return chosen, False
            several = several or chosen
        for stem in dict.fromkeys((cleaned, _LAST_BRACKET.sub("", cleaned))):
            for before, after, table in self._wild:
                longer = len(stem) > len(before) + len(after)
                if longer and stem.startswith(before) and stem.endswith(after):
                    return [table], True
        return several, False

    def _known(self, cleaned: str, wanted: str | None) -> Iterator[tuple[list[TableTerm], bool]]:
        """Yield the tables known by a title, its exact readings first, and whether only those of the kind count."""
        readings = list(self._readings(cleaned))
        exact = [self._exact[reading] for reading in readings if reading in self._exact]
        yield from ((tables, wanted is not None) for tables in exact)
        if cleaned.endswith("表") or _LAST_BRACKET.search(cleaned):
            for reading in readings:
                key = self.skeleton(reading)
                viewed = self._viewed.get(key + _view(reading), [])
                yield viewed or self._skeletons.get(key) or self._bracketed.get(key, []), True
        yield from ((tables, False) for tables in exact)

    def _readings(self, cleaned: str) -> Iterator[str]:
        """Yield a title as it stands, without a bracket at its end, and without the unit's name before it."""
        shorter = _LAST_BRACKET.sub("", cleaned)
        stems = [cleaned] if shorter in ("", cleaned) else [cleaned, shorter]
        yield from stems
        ends = sorted(
            {match.end() for owner in self.words.owners for match in re.finditer(re.escape(owner), cleaned)}
        )
        for end in ends:
            for stem in stems:
                if rest := clean_title(stem[end:].lstrip("()本级汇总")):
                    yield rest


def _view(cleaned: str) -> str:
    """Return by which classification a bracket says a table is drawn up: (按支出功能分类科目) → 功能, "" where none does."""
    said = "".join(_BRACKETS.findall(cleaned))
    return next((view for view in ("政府经济", "功能", "经济") if view in said.replace("预算", "")), "")


def _add(index: dict[str, list[TableTerm]], key: str, table: TableTerm) -> None:
    known = index.setdefault(key, [])
    if key and all(other.id != table.id for other in known):
        known.append(table)


def _of_kind(tables: list[TableTerm], kind: str | None, strict: bool) -> list[TableTerm]:
    """Return the tables of a kind; without ``strict`` all of them where none is of it."""
    fitting = [table for table in tables if kind is None or not table.kinds or kind in table.kinds]
    return fitting or ([] if strict else tables)
