"""Reads one pack's vocabulary and rules and checks them, or takes the result from the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from budgetlint.language.functions import Function
from budgetlint.language.plain import from_plain, to_plain
from budgetlint.language.syntax import Rule
from budgetlint.packs import cache
from budgetlint.packs.manifest import Manifest, PackError
from budgetlint.vocabulary import Vocabulary, VocabularyError, load_folder

if TYPE_CHECKING:
    from pathlib import Path

    from budgetlint.language.errors import RuleError


class Compiled(Struct, frozen=True):
    """What a pack's files come to; ``errors`` are of its rule files."""

    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    errors: tuple[RuleError | PackError, ...] = ()


class _Kept(cache.Kept, frozen=True):
    """What the cache holds of a pack without errors."""

    vocabulary: Vocabulary
    rules: dict[str, Any]


def compile_pack(
    folder: Path,
    manifest: Manifest,
    base: Callable[[], Vocabulary],
    functions: Mapping[str, Function],
    key: str,
) -> Compiled:
    """Return a pack's own vocabulary and its sound rules.

    Args:
        folder: where the pack is; a user's own may be a single rule file.
        manifest: its pack.toml.
        base: gives the merged vocabulary of the packs it builds on; only asked where the cache does not help.
        functions: functions rules may call.
        key: changes with everything above (:func:`budgetlint.packs.cache.stamp`).

    Raises:
        PackError: its vocabulary cannot be read.
    """
    kept = _recalled(key)
    if kept is not None:
        return kept
    try:
        vocabulary = Vocabulary() if folder.is_file() else load_folder(folder)
    except VocabularyError as error:
        raise PackError(error.file, error.line or 0, error.message, error.english) from error
    rules, errors = _read_rules(folder, base().merged(vocabulary), functions)
    rules, misplaced = _with_own_letters(rules, manifest)
    if not errors and not misplaced:
        cache.keep(_Kept(key, vocabulary, to_plain(rules)))
    return Compiled(vocabulary, rules, (*errors, *misplaced))


def _recalled(key: str) -> Compiled | None:
    """Return what the cache holds; data that no longer decodes counts as nothing."""
    kept = cache.recall(key, _Kept)
    if kept is None:
        return None
    try:
        return Compiled(kept.vocabulary, from_plain(kept.rules))
    except ValueError:
        return None


def _read_rules(
    folder: Path, vocabulary: Vocabulary, functions: Mapping[str, Function]
) -> tuple[tuple[Rule, ...], tuple[RuleError | PackError, ...]]:
    from budgetlint.language.check import check_rule
    from budgetlint.language.parser import parse_file

    sound: list[Rule] = []
    errors: list[RuleError | PackError] = []
    for file in [folder] if folder.is_file() else sorted(folder.glob("**/*.rule")):
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            errors.append(PackError(str(file), 0, f"无法读取：{error}", f"cannot be read: {error}"))
            continue
        parsed = parse_file(text, str(file))
        errors.extend(parsed.errors)
        for rule in parsed.rules:
            wrong = check_rule(rule, vocabulary, functions, text)
            errors.extend(wrong)
            if not wrong:
                sound.append(rule)
    return tuple(sound), tuple(errors)


def _with_own_letters(
    rules: Iterable[Rule], manifest: Manifest
) -> tuple[tuple[Rule, ...], tuple[PackError, ...]]:
    own, errors = [], []
    for rule in rules:
        if not manifest.letters or rule.id.rstrip("0123456789") in manifest.letters:
            own.append(rule)
            continue
        letters = "、".join(manifest.letters)
        errors.append(
            PackError(
                rule.span.file,
                rule.span.line,
                f"编号 {rule.id} 不以本规则包的字母 {letters} 开头",
                f"the id {rule.id} does not begin with this pack's letters {letters}",
            )
        )
    return tuple(own), tuple(errors)
