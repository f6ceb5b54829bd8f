"""The normalised document tree and its parts; the one package every other module imports."""

from budgetlint.document.amount import Amount, Dimension
from budgetlint.document.blocks import Block, GridBlock, GridCell, Notice, ParagraphBlock, ReadError, Source
from budgetlint.document.place import NOWHERE, Place
from budgetlint.document.tree import (
    Bundle,
    Cell,
    Classification,
    Column,
    ContentsItem,
    Document,
    Mention,
    MentionRole,
    Paragraph,
    Pattern,
    Role,
    Row,
    RowKind,
    Section,
    Table,
    TableState,
)

__all__ = [
    "NOWHERE",
    "Amount",
    "Block",
    "Bundle",
    "Cell",
    "Classification",
    "Column",
    "ContentsItem",
    "Dimension",
    "Document",
    "GridBlock",
    "GridCell",
    "Mention",
    "MentionRole",
    "Notice",
    "Paragraph",
    "ParagraphBlock",
    "Pattern",
    "Place",
    "ReadError",
    "Role",
    "Row",
    "RowKind",
    "Section",
    "Source",
    "Table",
    "TableState",
]
