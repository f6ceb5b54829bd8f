"""The bundled vocabularies, loaded once."""

from pathlib import Path

import pytest

from budgetlint.vocabulary import Vocabulary, load_folder

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="session")
def bundled() -> Vocabulary:
    """National and final-accounts vocabulary, as a document without region is read."""
    return load_folder(RULES / "national").merged(load_folder(RULES / "final-accounts"))
