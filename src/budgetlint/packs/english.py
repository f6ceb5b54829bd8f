"""The second language of packs: ``english.yaml`` beside the rules names each rule and each item of the review list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

FILE = "english.yaml"


class English(Struct, frozen=True):
    """What packs are called in English: names of rules by id, items of the review list by their Chinese text."""

    rules: Mapping[str, str] = field(default_factory=dict)
    review: Mapping[str, str] = field(default_factory=dict)


def english_of(folders: Iterable[Path]) -> English:
    """Return the English of packs; what a pack does not translate stays in its own words."""
    import yaml  # type: ignore[import-untyped]

    rules: dict[str, str] = {}
    review: dict[str, str] = {}
    for folder in folders:
        file = folder / FILE
        if not file.is_file():
            continue
        try:
            data: Any = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            continue  # names in one language are no reason to check nothing
        if isinstance(data, dict):
            rules |= _texts(data.get("rules"))
            review |= _texts(data.get("review"))
    return English(rules, review)


def _texts(value: Any) -> dict[str, str]:
    return {str(key): str(text) for key, text in value.items()} if isinstance(value, dict) else {}
