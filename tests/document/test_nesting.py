"""A row nests under the row whose code begins its own; a row printed again under its own code, only as its own item."""

from __future__ import annotations

import pytest

from budgetlint.document import Amount, Cell, Role, Row, RowKind
from budgetlint.document.nesting import parents_by_code
