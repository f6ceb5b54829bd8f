"""Reads one pack's vocabulary and rules and checks them, or takes the result from the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from budgetlint.document.decoding import decode
from budgetlint.language.functions import Function
from budgetlint.language.plain import from_plain, to_plain
from budgetlint.language.syntax import Rule
from budgetlint.packs import cache
from budgetlint.packs.manifest import Manifest, PackError
from budgetlint.said import Said
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
        raise PackError(error.file, error.line or 0, error.said) from error
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
    from budgetlint.language.reading import read_rules
    from budgetlint.packs.workbook import SUFFIX, read_workbook

    sound: list[Rule] = []
    errors: list[RuleError | PackError] = []
    for file in [folder] if folder.is_file() else sorted(folder.glob("**/*.rule")):
        try:
            if file.suffix.lower() == SUFFIX:
                read = read_workbook(file, vocabulary, functions)
                errors.extend(read.errors)
                sound.extend(read.rules)
                continue
            text = rule_text(file.read_bytes())
        except OSError as error:
            errors.append(
                PackError(
                    str(file), 0, Said(f"无法读取：{error.strerror}", f"cannot be read: {error.strerror}")
                )
            )
            continue
        if text is None:
            errors.append(
                PackError(
                    str(file),
                    0,
                    Said(
                        "文字编码无法识别：另存为 UTF-8（GB18030、UTF-16 也可以）",
                        "the text is in no known encoding: save it as UTF-8 (GB18030 and UTF-16 are read, too)",
                    ),
                )
            )
            continue
        read = read_rules(text, str(file), vocabulary, functions)
        errors.extend(read.errors)
        sound.extend(read.rules)
    return tuple(sound), tuple(errors)


def rule_text(content: bytes) -> str | None:
    """Return the text of a rule file in any encoding that editors write, None where it is in none of them."""
    text = decode(content)
    return None if text is None else text.replace("\r\n", "\n").replace("\r", "\n")


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
                Said(
                    f"编号 {rule.id} 不以本规则包的字母 {letters} 开头",
                    f"the id {rule.id} does not begin with this pack's letters {letters}",
                ),
            )
        )
    return tuple(own), tuple(errors)
