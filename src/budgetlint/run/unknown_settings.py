"""Says which settings name what nothing knows: a kind of document, a region, a profile, an impossible year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.config import Settings
from budgetlint.language.meant.nearness import nearest
from budgetlint.packs.load import PackSet, covers
from budgetlint.results.report import Exit, Problem

KINDS = ("部门预算", "部门决算", "单位预算", "单位决算")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class Unknown(Struct, frozen=True):
    """A value that nothing knows, of which setting, and what is known instead."""

    setting: str
    value: str
    known: tuple[str, ...]

    @property
    def near(self) -> str:
        """The known value that was probably meant, "" where none is near."""
        return nearest(self.value, self.known)

    @property
    def used(self) -> bool:
        """A place that no pack is for is still where the document comes from."""
        return self.setting == "region" and not self.near

    def problem(self, language: str) -> Problem:
        """Return what the user is told: the value, the nearest known one, and all of them."""
        en, option, known = language == "en", f"--{self.setting}", "、".join(self.known)
        if self.used:
            zh = f"没有规则包是为“{self.value}”写的，只用全国规则"
            said = f"no pack is for {self.value!r}: national rules only"
            return Problem(option, said if en else zh, Exit.CLEAN)
        zh = f"没有“{self.value}”{f'，是不是要写：{self.near}' if self.near else ''}；可用：{known or '无'}；没有采用"
        said = f"nothing knows {self.value!r}{f'; did you mean {self.near}?' if self.near else ''}"
        return Problem(option, f"{said}; known: {known or 'none'}; not used" if en else zh, Exit.USAGE)


def known_settings(settings: Settings, packs: PackSet) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings without the values that nothing knows, and a problem for each of those."""
    unknown = tuple(_unknown(settings, packs))
    dropped = {(one.setting, one.value) for one in unknown if not one.used}
    kept = {
        name: None if (name, str(getattr(settings, name))) in dropped else getattr(settings, name)
        for name in ("kind", "year", "region")
    }
    profiles = tuple(one for one in settings.profiles if ("profile", one) not in dropped)
    problems = tuple(one.problem(settings.lang) for one in unknown)
    return replace(settings, profiles=profiles, **kept), problems


def _unknown(settings: Settings, packs: PackSet) -> Iterator[Unknown]:
    if settings.kind is not None and settings.kind not in KINDS:
        yield Unknown("kind", settings.kind, KINDS)
    if settings.year is not None and not _FIRST_YEAR <= settings.year <= _LAST_YEAR:
        yield Unknown("year", str(settings.year), (_four_digits(settings.year),))
    regions = _regions(packs)
    if settings.region is not None and not any(_meets(settings.region, region) for region in regions):
        yield Unknown("region", settings.region, regions)
    profiles = _profiles(packs)
    for profile in settings.profiles:
        if profile not in profiles:
            yield Unknown("profile", profile, profiles)


def _four_digits(year: int) -> str:
    """Return the year that two digits stand for (24: 2024), else how a year is written."""
    return str(2000 + year) if 0 <= year < 100 else "YYYY"


def _meets(region: str, known: str) -> bool:
    return covers(region, known) or covers(known, region)


def _regions(packs: PackSet) -> tuple[str, ...]:
    return _without_repeats((*packs.places, *(place for rule in packs.rules for place in rule.scope.regions)))


def _profiles(packs: PackSet) -> tuple[str, ...]:
    own = (pack.manifest.profile for pack in packs.packs if pack.manifest.profile)
    return _without_repeats((*own, *(name for rule in packs.rules for name in rule.scope.profiles)))


def _without_repeats(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
