"""Writes the example documents of a made-up 示例市示例区某局: clean ones and the same with planted errors, in every format.

Run ``uv run python -m examples.make`` from the root of the repository; the same bytes come out every time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from examples.content.budget import budget
from examples.content.final_account import final_account
from examples.content.flaws import BUDGET_FLAWS, FINAL_FLAWS, planted
from examples.content.two_budgets import two_budgets
from examples.formats import docx, html, ofd, pdf, xlsx
from examples.formats.items import Item, Table, items_of

FOLDER = Path(__file__).parent
#: Format → what writes it; text is written as it is.
WRITERS: dict[str, Callable[[Sequence[Item]], bytes]] = {
    "docx": docx.write,
    "xlsx": xlsx.write,
    "html": html.write,
    "pdf": pdf.write,
    "ofd": ofd.write,
}
#: The prose of one document in a Word file, its tables in a workbook: together they are one document.
TWO_FILES = "说明和表格分开"
#: Two budgets in one Word file: the department's, and its bureau's alone; the latter holds the errors.
TWO_BUDGETS = "汇总和本级"


def main() -> None:
    """Write all documents beside this file."""
    for name, content in files().items():
        (FOLDER / name).parent.mkdir(exist_ok=True)
        (FOLDER / name).write_bytes(content)


def documents() -> dict[str, str]:
    """Return name → text of every document."""
    clean_budget, clean_final = budget(), final_account()
    return {
        "示例区某局-2024年部门预算": clean_budget,
        "示例区某局-2024年部门预算（有错）": planted(clean_budget, BUDGET_FLAWS),
        "示例区某局-2023年部门决算": clean_final,
        "示例区某局-2023年部门决算（有错）": planted(clean_final, FINAL_FLAWS),
    }


def files() -> dict[str, bytes]:
    """Return file name → content of every file."""
    made: dict[str, bytes] = {}
    for name, text in documents().items():
        made[f"text/{name}.txt"] = text.encode()
        items = items_of(text)
        for format, write in WRITERS.items():
            made[f"{format}/{name}.{format}"] = write(items)
    items = items_of(budget())
    prose = [item for item in items if not isinstance(item, Table)]
    tables = [item for item in items if isinstance(item, Table)]
    made[f"{TWO_FILES}/部门预算说明.docx"] = docx.write(prose)
    made[f"{TWO_FILES}/部门预算公开表.xlsx"] = xlsx.write(tables)
    both = two_budgets()
    for name, text in {"": both, "（有错）": planted(both, BUDGET_FLAWS)}.items():
        made[f"{TWO_BUDGETS}/示例区某局和本级-2024年部门预算{name}.docx"] = docx.write(items_of(text))
    return made


if __name__ == "__main__":
    main()
