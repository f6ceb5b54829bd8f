"""Tell which province and city a name or a code of an administrative division belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from budgetlint.vocabulary.terms import CodeEntry

#: A division is named near the beginning of an office's name: 中共示例市委, 2026年示例市某局.
_FARTHEST = 16
_SUFFIX = re.compile(
    r"(?:省|市|地区|盟|(?:[一-鿿]{1,4}族){0,3}自治州|(?:壮族|回族|维吾尔)?自治区|特别行政区)$"
)
#: Cities that are provinces: what stands under them are districts.
_MUNICIPAL = ("11", "12", "31", "50")
_SHORTEST = 2


class Divisions(Struct, frozen=True, dict=True):
    """The administrative divisions by six-digit code (410305); earlier names and codes among them."""

    _names: dict[str, str] = field(default_factory=dict)
    _codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _stems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[CodeEntry]) -> Divisions:
        """Index divisions by code, by name and, provinces and cities, by the name without its 省 or 市."""
        names: dict[str, str] = {}
        codes: dict[str, tuple[str, ...]] = {}
        stems: dict[str, str] = {}
        for entry in sorted(entries, key=lambda entry: entry.until or 9999):
            names[entry.code] = entry.name
            if len(entry.name) > _SHORTEST:
                codes[entry.name] = (*codes.get(entry.name, ()), entry.code)
            stem = _SUFFIX.sub("", entry.name)
            if entry.code.endswith("00") and len(stem) >= _SHORTEST:
                stems[stem] = entry.code
        return cls(names, codes, stems)

    def region_of_code(self, code: str) -> str | None:
        """Return the province and city (某省/某市) a six-digit code stands for or lies in, None for an unknown one."""
        province = self._names.get(f"{code[:2]}0000")
        if province is None or len(code) < len("110000"):
            return None
        city = self._names.get(f"{code[:4]}00")
        if code[:2] in _MUNICIPAL or city is None:
            city = self._names.get(code[:6])
        return province if city is None or city == province else f"{province}/{city}"

    def regions_named(self, name: str) -> list[str]:
        """Return the regions that an office's squeezed name may speak of: one where it is certain, [] where it names none.

        Of several divisions of one name those that lie in a division named before count: 示例市城关区.
        """
        found: list[str] | None = None
        at = 0
        while at < min(len(name), _FARTHEST):
            length = next((n for n in range(12, _SHORTEST, -1) if name[at : at + n] in self._codes), 0)
            if length:
                codes = self._codes[name[at : at + length]]
                found = _within(codes, found) if found else list(codes)
            at += length or 1
        if found is None:
            stems = [code for stem, code in self._stems.items() if 0 <= name.find(stem) <= _SHORTEST]
            found = stems if len(stems) == 1 else []
        regions = [region for code in found if (region := self.region_of_code(code)) is not None]
        return list(dict.fromkeys(regions))

    def mentioned(self, regions: Sequence[str], text: str) -> list[str]:
        """Return those of some regions whose city or province a text names."""
        steps = {region: region.split("/") for region in regions}
        nearest = [region for region in regions if steps[region][-1] in text]
        return nearest or [region for region in regions if steps[region][0] in text]


def _within(codes: Sequence[str], outer: Sequence[str]) -> list[str]:
    """Return the codes that lie in a division of ``outer``, and those as they are where none does."""
    inner = [code for code in codes if any(code.startswith(_stem(one)) for one in outer)]
    return inner or list(outer)


def _stem(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
