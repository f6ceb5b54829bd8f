"""Finds the figure inside a cell that holds words, such as ≤300万元 or 95分及以上."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from budgetlint.document import Amount
from budgetlint.document.amount import amount_of, parse_number
from budgetlint.document.text import squeeze

_FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(亿元|千万元|百万元|万元|千元|百元|元|%)?")
_UNIT = re.compile(r"\d[\d,]*(?:\.\d+)?\s*((?:个百分点|百分点|[^\d\s,.、;；。()（）≥≤<>=及以]+))")


@lru_cache(maxsize=16384)
def amount_in(text: str) -> Amount | None:
    """Return the one figure a text holds, with its unit (万元, %, 人 …), or None where there is none or several."""
    found = list(_FIGURE.finditer(squeeze(text)))
    if len(found) != 1:
        return None
    number = parse_number(found[0][1])
    if number is None:
        return None
    value, quantum = number
    unit = found[0][2] or unit_in(text) or None
    return amount_of(
        value, quantum if unit in ("%",) or (found[0][2] or "").endswith("元") else Decimal(0), unit
    )


@lru_cache(maxsize=16384)
def unit_in(text: str) -> str:
    """Return the unit printed behind the first figure of a text, "" where there is none."""
    match = _UNIT.search(squeeze(text))
    return match[1] if match else ""
