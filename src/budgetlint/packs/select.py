"""Decides which rules apply to a document: kind, year, region, format, profile, replacement, and the user's choice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from budgetlint.document import Document
from budgetlint.language.syntax import Rule, Scope
from budgetlint.packs.load import LoadedPack, PackSet, covers
from budgetlint.vocabulary import Vocabulary

#: Short words of 适用于 and the kinds they cover.
_WIDER_KINDS = {"预算": ("部门预算", "单位预算"), "决算": ("部门决算", "单位决算")}


class Choice(Struct, frozen=True):
    """What the user chose: ids, families (CN2) or letters of rules to take and to leave out, and profiles."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()

    def takes(self, rule_id: str) -> bool:
        """Say whether a rule id is chosen."""
        if self.select and not any(_named(rule_id, wanted) for wanted in self.select):
            return False
        return not any(_named(rule_id, unwanted) for unwanted in self.ignore)

    def unknown(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the chosen ids and letters that no rule of ``ids`` answers to."""
        ids = tuple(ids)
        return tuple(
            wanted for wanted in (*self.select, *self.ignore) if not any(_named(id, wanted) for id in ids)
        )


def _named(rule_id: str, wanted: str) -> bool:
    """Say whether CN201 is meant by CN201, by its family CN2 or by its letters CN."""
    letters = rule_id.rstrip("0123456789")
    return rule_id.startswith(wanted) and len(wanted) >= len(letters)


def select_rules(packs: PackSet, document: Document, choice: Choice) -> tuple[Rule, ...]:
    """Return the rules in force for a document, replaced ones left out, in the order of packs and files."""
    applying = [
        rule
        for pack in packs.packs
        if _pack_applies(pack, document, choice)
        for rule in pack.rules
        if applies(_scope(rule.scope, pack), document, choice.profiles)
    ]
    replaced = {rule.replaces for rule in applying if rule.replaces}
    return tuple(rule for rule in applying if rule.id not in replaced and choice.takes(rule.id))


def applies(scope: Scope, document: Document, profiles: Sequence[str]) -> bool:
    """Say whether a scope covers a document under the chosen profiles."""
    known = document.classification
    if scope.kinds and known.kind not in _kinds(scope.kinds):
        return False
    if scope.years is not None:
        first, last = scope.years.first, scope.years.last
        if known.year is None or not (first or known.year) <= known.year <= (last or known.year):
            return False
    if scope.regions and not any(covers(region, known.region) for region in scope.regions):
        return False
    if scope.formats and document.format not in scope.formats:
        return False
    return not scope.profiles or any(profile in profiles for profile in scope.profiles)


def review_items(vocabulary: Vocabulary, kind: str | None) -> tuple[str, ...]:
    """Return what people must check themselves in a document of a kind (人工复核清单), as the packs' review.yaml say."""
    wide = [name for name, kinds in _WIDER_KINDS.items() if kind in kinds]
    names = ("所有", *wide, *([kind] if kind else ()))
    items = (item for name in names for item in vocabulary.lists.get(f"人工复核/{name}", ()))
    return tuple(dict.fromkeys(items))


def _pack_applies(pack: LoadedPack, document: Document, choice: Choice) -> bool:
    manifest = pack.manifest
    if manifest.profile is not None and manifest.profile not in choice.profiles:
        return False
    return covers(manifest.region, document.classification.region)


def _scope(scope: Scope, pack: LoadedPack) -> Scope:
    kinds = scope.kinds or pack.manifest.kinds
    return Scope(kinds, scope.years, scope.regions, scope.formats, scope.profiles)


def _kinds(kinds: Iterable[str]) -> set[str]:
    return {kind for wide in kinds for kind in _WIDER_KINDS.get(wide, (wide,))}
