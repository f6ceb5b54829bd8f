"""Finds the name somebody probably meant, by edit distance."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Return the candidate nearest to a word, or empty where none is near.

    Near is one change in a word of two or three signs, and a third of the signs of a longer one.
    """
    allowed = max(1, len(word) // 3) if len(word) > 1 else 0
    best, best_distance = "", allowed + 1
    for candidate in candidates:
        if candidate == word or abs(len(candidate) - len(word)) >= best_distance:
            continue
        distance = edit_distance(word, candidate)
        if distance < best_distance and distance < len(candidate):
            best, best_distance = candidate, distance
    return best


def edit_distance(left: str, right: str) -> int:
    """Return how many signs must be put in, left out, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, row, above = row, [i], before
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
