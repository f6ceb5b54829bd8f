"""Reads packs whole: manifests, vocabularies and rules of all of them, and every error of every file at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from budgetlint.language.functions import Function
from budgetlint.language.meant.nearness import nearest
from budgetlint.language.syntax import Rule
from budgetlint.packs.cache import stamp
from budgetlint.packs.clashes import table_errors
from budgetlint.packs.compile import compile_pack
from budgetlint.packs.english import English, english_of
from budgetlint.packs.manifest import Manifest, PackError, RulePack, read_manifest
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

if TYPE_CHECKING:
    from budgetlint.language.errors import RuleError

Functions = Mapping[str, Function]


class PackSource(Struct, frozen=True):
    """A pack to load and the distribution it came in (two distributions may not use the same letters)."""

    pack: RulePack
    distribution: str = ""
    version: str = ""


class LoadedPack(Struct, frozen=True):
    """A pack as read: its own vocabulary (not merged) and its sound rules."""

    manifest: Manifest
    source: PackSource
    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    errors: tuple[RuleError | PackError, ...] = ()
    key: str = ""


class PackSet(Struct, frozen=True):
    """All packs of one run, those that others build on first."""

    packs: tuple[LoadedPack, ...] = ()
    errors: tuple[RuleError | PackError, ...] = ()
    _vocabularies: dict[tuple[str, ...], Vocabulary] = field(default_factory=dict)
    _english: list[English] = field(default_factory=list)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every sound rule, in the order of packs and files."""
        return tuple(rule for pack in self.packs for rule in pack.rules)

    def pack_of(self, rule: Rule) -> LoadedPack:
        """Return the pack a rule stands in."""
        return next(pack for pack in self.packs if any(rule is own for own in pack.rules))

    def vocabulary_for(self, region: str | None) -> Vocabulary:
        """Return the vocabulary of a document: nation, then province, then city, each over the one before."""
        chosen = [pack for pack in self.packs if covers(pack.manifest.region, region)]
        return self._merge(sorted(chosen, key=lambda pack: len(_steps(pack.manifest.region))))

    def vocabulary_of_all(self) -> Vocabulary:
        """Return what every pack together says: for rules that belong to none (``--rule``, ``--rules``)."""
        return self._merge(self.packs)

    def english(self) -> English:
        """Return what the packs' rules and review lists are called in English."""
        if not self._english:
            self._english.append(english_of(pack.source.pack.folder for pack in self.packs))
        return self._english[0]

    @property
    def places(self) -> tuple[str, ...]:
        """Every place some pack is for, as ``省`` or ``省/市``."""
        places = dict.fromkeys(pack.manifest.region for pack in self.packs if pack.manifest.region)
        for pack in self.packs:
            if pack.manifest.region:
                places |= dict.fromkeys(f"{pack.manifest.region}/{city}" for city in pack.manifest.cities)
        return tuple(places)

    def _merge(self, packs: Iterable[LoadedPack]) -> Vocabulary:
        packs = tuple(packs)
        key = tuple(pack.manifest.name for pack in packs)
        if key not in self._vocabularies:
            self._vocabularies[key] = reduce(Vocabulary.merged, (p.vocabulary for p in packs), Vocabulary())
        return self._vocabularies[key]


def _steps(region: str | None) -> tuple[str, ...]:
    return tuple(region.split("/")) if region else ()


def covers(wider: str | None, region: str | None) -> bool:
    """Say whether a region is the wider one or lies in it (示例省 covers 示例省/示例市; None covers all)."""
    steps = _steps(wider)
    return _steps(region)[: len(steps)] == steps


def load_packs(sources: Sequence[PackSource], functions: Functions) -> PackSet:
    """Read packs with all their files.

    Args:
        sources: the packs in the order of their registration.
        functions: functions that rules may call, by name.

    Returns:
        The packs that could be read, those others build on first, with every error found. Nothing is raised for
        what stands in a file: a broken rule costs itself, a broken manifest or vocabulary its pack.
    """
    errors: list[RuleError | PackError] = []
    manifests: list[tuple[PackSource, Manifest]] = []
    for source in sources:
        try:
            manifests.append((source, read_manifest(source.pack)))
        except PackError as error:
            errors.append(error)
    errors.extend(_shared_letters(manifests))
    baseless = list(_unknown_bases(manifests))
    errors.extend(baseless)
    unused = {error.file for error in baseless}
    manifests = [one for one in manifests if str(one[0].pack.folder / "pack.toml") not in unused]
    loaded: dict[str, LoadedPack] = {}
    for source, manifest in _builders_last(manifests):
        try:
            loaded[manifest.name] = _load(source, manifest, loaded, functions)
        except PackError as error:
            errors.append(error)
    packs, duplicate_errors = _without_duplicates(tuple(loaded.values()))
    errors.extend(error for pack in packs for error in pack.errors)
    errors.extend(_unknown_replaced(packs))
    return PackSet(packs, (*errors, *duplicate_errors))


def _load(
    source: PackSource, manifest: Manifest, loaded: Mapping[str, LoadedPack], functions: Functions
) -> LoadedPack:
    names = _all_bases(manifest, loaded) if manifest.letters else list(loaded)

    def base() -> Vocabulary:
        return reduce(Vocabulary.merged, (loaded[name].vocabulary for name in names), Vocabulary())

    folder = source.pack.folder
    key = stamp(folder, [loaded[name].key for name in names], functions)
    _refuse_empty(folder)
    compiled = compile_pack(folder, manifest, base, functions, key)
    others = [(pack.manifest, pack.vocabulary) for pack in loaded.values()]
    errors = (*compiled.errors, *table_errors(folder, manifest, compiled.vocabulary, others))
    return LoadedPack(manifest, source, compiled.vocabulary, compiled.rules, errors, key)


def _refuse_empty(folder: Path) -> None:
    """Refuse a folder that holds nothing of a pack: no pack.toml, no rules, no words.

    Raises:
        PackError: it is empty of them.
    """
    if folder.is_file() or (folder / "pack.toml").is_file():
        return
    if any(folder.glob("**/*.rule")) or any(folder.glob("*.yaml")):
        return
    raise PackError(
        str(folder),
        0,
        Said(
            "文件夹里没有规则（*.rule），也没有词汇（*.yaml）",
            "the folder holds no rules (*.rule) and no vocabulary (*.yaml)",
        ),
    )


def _all_bases(manifest: Manifest, loaded: Mapping[str, LoadedPack]) -> list[str]:
    names: dict[str, None] = {}
    for name in manifest.builds_on:
        if name in loaded:
            names |= dict.fromkeys(_all_bases(loaded[name].manifest, loaded))
            names[name] = None
    return list(names)


def _builders_last(manifests: Sequence[tuple[PackSource, Manifest]]) -> list[tuple[PackSource, Manifest]]:
    """Order packs so that each comes after those it builds on; ad-hoc folders come last."""
    known = {manifest.name: (source, manifest) for source, manifest in manifests}
    ordered: dict[str, tuple[PackSource, Manifest]] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in ordered or name in above or name not in known:
            return
        for base in known[name][1].builds_on:
            visit(base, (*above, name))
        ordered[name] = known[name]

    for _, manifest in sorted(manifests, key=lambda pair: not pair[1].letters):
        visit(manifest.name, ())
    return list(ordered.values())


def _shared_letters(manifests: Iterable[tuple[PackSource, Manifest]]) -> Iterable[PackError]:
    owners: dict[str, PackSource] = {}
    for source, manifest in manifests:
        for letters in manifest.letters:
            owner = owners.setdefault(letters, source)
            if owner.distribution != source.distribution:
                first, second = (one.distribution or str(one.pack.folder) for one in (owner, source))
                yield PackError(
                    str(source.pack.folder / "pack.toml"),
                    0,
                    Said(
                        f"编号字母 {letters} 同时被 {first} 和 {second} 使用",
                        f"the id letters {letters} are used by both {first} and {second}",
                    ),
                )


def _unknown_bases(manifests: Sequence[tuple[PackSource, Manifest]]) -> Iterable[PackError]:
    known = {manifest.name for _, manifest in manifests}
    for source, manifest in manifests:
        for base in manifest.builds_on:
            if base not in known:
                near = nearest(base, known)
                yield PackError(
                    str(source.pack.folder / "pack.toml"),
                    0,
                    Said(
                        f"builds-on 中没有叫 {base} 的规则包，本规则包不予采用；"
                        + (f"是不是 {near}？" if near else "")
                        + f"现有：{'、'.join(sorted(known))}",
                        f"builds-on: no pack {base}, so this pack is not used; "
                        + (f"did you mean {near}? " if near else "")
                        + f"there are {', '.join(sorted(known))}",
                    ),
                )


def _unknown_replaced(packs: Sequence[LoadedPack]) -> Iterable[PackError]:
    known = {rule.id for pack in packs for rule in pack.rules}
    for rule in (rule for pack in packs for rule in pack.rules):
        if rule.replaces and rule.replaces not in known:
            yield PackError(
                rule.span.file,
                _line_of(rule, rule.replaces),
                Said(
                    f"规则 {rule.id} 要替代的 {rule.replaces} 不存在",
                    f"the rule {rule.id} replaces {rule.replaces}, which there is not",
                ),
            )


def _line_of(rule: Rule, words: str) -> int:
    """Return the line of a rule that holds some words."""
    try:
        lines = Path(rule.span.file).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return rule.span.line
    numbers = range(rule.span.line, min(rule.span.end_line, len(lines)) + 1)
    return next((n for n in numbers if words in lines[n - 1]), rule.span.line)


def _without_duplicates(packs: Sequence[LoadedPack]) -> tuple[tuple[LoadedPack, ...], list[PackError]]:
    first: dict[str, Rule] = {}
    errors: list[PackError] = []
    kept = []
    for pack in packs:
        rules = []
        for rule in pack.rules:
            earlier = first.setdefault(rule.id, rule)
            if earlier is rule:
                rules.append(rule)
                continue
            where = f"{earlier.span.file}:{earlier.span.line}"
            errors.append(
                PackError(
                    rule.span.file,
                    rule.span.line,
                    Said(
                        f"编号 {rule.id} 重复，已用于 {where}",
                        f"the id {rule.id} is used twice, first at {where}",
                    ),
                )
            )
        kept.append(
            LoadedPack(pack.manifest, pack.source, pack.vocabulary, tuple(rules), pack.errors, pack.key)
        )
    return tuple(kept), errors
