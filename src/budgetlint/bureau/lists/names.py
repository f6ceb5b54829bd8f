"""Which names of units are the same, and which are only near: near ones are proposed, never taken for the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

_DROPPED = re.compile(r"[\s()（）\[\]【】〔〕《》“”\"'·.,，。、-]")
_NUMERALS = re.compile(r"[0-9〇零一二三四五六七八九十百]+")
#: Names that share less than this are not near; so many are proposed at most.
_NEAR, _MOST = 0.72, 3


def plain_name(name: str) -> str:
    """Return a name as it is compared: widths folded, blanks and brackets gone."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", name))


def same_but_for_its_place(one: str, other: str) -> bool:
    """Tell whether one name is the other with its place before it (示例市示例区某局 and 某局)."""
    shorter, longer = sorted((plain_name(one), plain_name(other)), key=len)
    before = longer.removesuffix(shorter)
    return (
        len(shorter) >= 3
        and longer.endswith(shorter)
        and before.endswith(("省", "市", "区", "县", "州", "旗", "盟", "乡", "镇"))
    )


def near_names(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Return names that may have been meant, nearest first; what counts differently (第一、第二) is never near."""
    wanted = plain_name(name)
    ranked = []
    for other in dict.fromkeys(others):
        plain = plain_name(other)
        if plain == wanted or _NUMERALS.findall(plain) != _NUMERALS.findall(wanted):
            continue
        matcher = SequenceMatcher(None, wanted, plain, autojunk=False)
        if matcher.real_quick_ratio() < _NEAR or matcher.quick_ratio() < _NEAR:
            continue
        share = matcher.ratio()
        if share >= _NEAR or plain.endswith(wanted) or wanted.endswith(plain):
            ranked.append((-share, other))
    return tuple(other for _, other in sorted(ranked)[:_MOST])
