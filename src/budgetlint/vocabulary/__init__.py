"""What names mean: canonical tables, columns, rows, sections, concepts, phrases and code lists, all read from data.

A vocabulary is what one or more rule packs say (``vocabulary.yaml``, ``tables.yaml``, ``codes/*.csv``), merged in order:
national, then province, then city, each adding to or overriding the one before. The normaliser asks it what a printed
name is called; the language asks it whether a name in a rule exists. It knows nothing of documents.
"""

from budgetlint.vocabulary.files import VocabularyError, load_folder, national_words
from budgetlint.vocabulary.lexicon import Vocabulary
from budgetlint.vocabulary.reading import ReadingWords, alternation
from budgetlint.vocabulary.terms import (
    CodeEntry,
    ColumnTerm,
    ConceptTerm,
    RowTerm,
    SectionTerm,
    ShapeTerm,
    TableTerm,
    TitleWords,
)

__all__ = [
    "CodeEntry",
    "ColumnTerm",
    "ConceptTerm",
    "ReadingWords",
    "RowTerm",
    "SectionTerm",
    "ShapeTerm",
    "TableTerm",
    "TitleWords",
    "Vocabulary",
    "VocabularyError",
    "alternation",
    "load_folder",
    "national_words",
]
