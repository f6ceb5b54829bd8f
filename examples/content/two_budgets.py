"""The budget of the department and that of its bureau alone (汇总 and 本级) in one file."""

from __future__ import annotations

import re
from decimal import Decimal

from examples.content.budget import budget
from examples.content.figures import UNIT

_FIRST_PART = "第一部分 部门概况\n\n一、"


def two_budgets() -> str:
    """Return both budgets one after the other: the department spends twice what its bureau does."""
    of_bureau = budget()
    cover, parts = (of_bureau[: of_bureau.index(_FIRST_PART)], of_bureau[of_bureau.index(_FIRST_PART) :])
    return f"{cover}{_doubled(parts)}\n{UNIT}（本级）2024年单位预算\n\n{parts}"


def _doubled(text: str) -> str:
    return re.sub(r"(?<![\d.])\d+\.\d\d(?![\d%])", lambda found: str(2 * Decimal(found[0])), text)
