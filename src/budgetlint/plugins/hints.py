"""What is known about a document before it is classified."""

from __future__ import annotations

from msgspec import Struct

from budgetlint.vocabulary import Vocabulary


class Hints(Struct, frozen=True):
    """Helps for ``classify_document``.

    Attributes:
        vocabulary: the nation-wide vocabulary, with the places of every installed province pack in its list
            ``regions`` (``省/市``).
        kind, year, region: what the user said on the command line or in the configuration; it is laid over the
            classification afterwards, whatever a plugin answers.
    """

    vocabulary: Vocabulary
    kind: str | None = None
    year: int | None = None
    region: str | None = None
