"""Writes the documents of a made-up bureau's season: five formats, ten layouts, one in five with an error.

Run: ``uv run python -m benchmarks.season FOLDER [--documents 200]``. Departments have twenty documents each, in a
folder of their own. Beside the documents a roster (名单.xlsx) names every unit, and one that did not publish.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from examples.content.budget import budget
from examples.content.final_account import final_account
from examples.content.flaws import BUDGET_FLAWS, FINAL_FLAWS, planted
from examples.formats.items import items_of
from examples.make import WRITERS

import budgetlint

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"
FORMATS = ("txt", "docx", "xlsx", "html", "pdf")
#: Documents of one department.
A_FOLDER = 20
#: What our own examples call their unit.
_OURS = "示例市示例区某局"


def documents_in(folder: Path, number: int) -> list[str]:
    """Write so many documents and return the names of their units."""
    units = []
    for at in range(number):
        within = folder / f"部门{at // A_FOLDER:04}"
        within.mkdir(parents=True, exist_ok=True)
        unit = f"示例市示例区第{at}局"
        text, name, format = _layout(at)
        content = _written(text.replace(name, unit), format)
        (within / f"{at:05}.{format}").write_bytes(content)
        units.append(unit)
    return units


def _layout(at: int) -> tuple[str, str, str]:
    """Return the text of a document, the name of its unit, and its format: every other one is laid out as ours are."""
    flawed = at % 5 == 0
    if at % 2:
        layouts = _other_layouts()
        text, name = layouts[at // 2 % len(layouts)]
        return (_with_a_changed_total(text) if flawed else text), name, "txt"
    text_of, flaws = ((budget, BUDGET_FLAWS), (final_account, FINAL_FLAWS))[at // 2 % 2]
    made = text_of()
    return (planted(made, flaws) if flawed else made), _OURS, FORMATS[at // 4 % len(FORMATS)]


@cache
def _other_layouts() -> tuple[tuple[str, str], ...]:
    """Return the texts of made-up documents of other provinces, with the names of their units."""
    found = []
    for file in sorted((FIXTURES / "provinces").glob("*.txt")):
        known = budgetlint.read(file).classification
        found.append((file.read_text(encoding="utf-8"), known.unit or known.department or _OURS))
    return tuple(found)


def _with_a_changed_total(text: str) -> str:
    """Change the first figure of the first row of totals that has one."""
    found = re.search(r"\n\t?合计\t+(\d)[\d,.]+", text)
    if found is None:
        return text
    at = found.start(1)
    return f"{text[:at]}{(int(text[at]) % 9) + 1}{text[at + 1 :]}"


def _written(text: str, format: str) -> bytes:
    write: Callable[[list[object]], bytes] | None = WRITERS.get(format)  # type: ignore[assignment]
    return write(list(items_of(text))) if write else text.encode()


def roster(file: Path, units: list[str]) -> None:
    """Write a list of the units that had to publish, with the day of the reply and of publication."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["单位名称", "批复日期", "公开日期"])
        for row, unit in enumerate([*units, "示例市示例区没有公开的局"], 1):
            published = "2024-03-05" if row % 40 else "2024-03-25"
            sheet.write_row(row, 0, [unit, "2024-02-20", published if row <= len(units) else ""])


def main() -> None:
    """Write the documents and the roster."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=200)
    options = parser.parse_args()
    units = documents_in(options.folder / "公开文本", options.documents)
    roster(options.folder / "名单.xlsx", units)
    print(f"{len(units)} documents in {options.folder}")


if __name__ == "__main__":
    main()
