"""Cuts a run into batches of files that can be checked without the others: what may belong together stays together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

#: So many files a batch has at least, where there are so many: every process has something to do.
LEAST = 64


def batches(groups: Sequence[str], least: int = LEAST) -> Iterator[list[int]]:
    """Yield the numbers of files, batch by batch.

    Args:
        groups: the folder of every file, "" where it has none.

    Files belong together where they lie in one folder, or one's folder lies in the other's.
    """
    present = frozenset(groups)
    together: dict[object, list[int]] = {}
    for number, group in enumerate(groups):
        root: object = _root(group, present) if group else number
        together.setdefault(root, []).append(number)
    batch: list[int] = []
    for numbers in together.values():
        batch += numbers
        if len(batch) >= least:
            yield sorted(batch)
            batch = []
    if batch:
        yield sorted(batch)


def _root(group: str, present: frozenset[str]) -> str:
    """Return the outermost folder of a run that a folder lies in."""
    if "." in present:
        return "."
    for at, char in enumerate(group):
        if char in "/\\" and group[:at] in present:
            return group[:at]
        if char == "!" and f"{group[: at + 1]}." in present:
            return f"{group[: at + 1]}."
    return group
