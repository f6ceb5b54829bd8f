"""The structure of the real documents, against a careful auditor's reading of them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from budgetlint.document import Document, Table, TableState
from budgetlint.document.text import squeeze
from budgetlint.normalise import structure
from budgetlint.readers.text.plain import READER

SHARED = Path(__file__).resolve().parents[3] / "shared"
NAMES = sorted(path.stem for path in (SHARED / "gold").glob("*.json")) if SHARED.is_dir() else []
STATES = {
    "full": {TableState.FULL},
    "shifted": {TableState.FULL},
    "empty-with-note": {TableState.EMPTY_WITH_NOTE},
    "lost-in-conversion": {TableState.MISSING},
}

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not NAMES, reason="the corpus is not here")]


@cache
def document(name: str) -> Document:
    path = SHARED / "corpus" / f"{name}.txt"
    return structure(READER.read(path.name, path.read_bytes()))


@cache
def gold(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SHARED / "gold" / f"{name}.json").read_text("utf-8"))
    return found


def plain(text: str) -> str:
    return re.sub(r"[、.()：:“”]", "", squeeze(text))


def evaluated(entry: dict[str, Any]) -> bool:
    """True for a self-evaluation sheet, whose inside is another reader's."""
    return "实施单位" in entry["key_cells"]


def paired(name: str) -> list[tuple[Table, dict[str, Any]]]:
    return list(zip(document(name).tables, gold(name)["tables"], strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_found_in_order(name: str) -> None:
    for table, entry in paired(name):
        title = plain(table.title)
        wanted = plain(entry["name"])
        short = re.sub(r"^(?:公开|预算)\d+表|^\d+", "", wanted)
        assert (
            evaluated(entry)
            or title in wanted
            or short in title
            or title[-8:] in wanted
            or short[:4] in title
        )


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_its_state(name: str) -> None:
    wrong = [
        (table.title, table.state.value, entry["state"])
        for table, entry in paired(name)
        if not evaluated(entry) and table.state not in STATES[entry["state"]]
    ]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_body_lines_are_counted_as_the_auditor_counts(name: str) -> None:
    wrong = [
        (table.title, table.lines, entry["rows"])
        for table, entry in paired(name)
        if not evaluated(entry) and table.lines != entry["rows"]
    ]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_key_cells_are_printed_in_their_row_or_column(name: str) -> None:
    wrong = [
        (table.title, key, value)
        for table, entry in paired(name)
        if not evaluated(entry)
        for key, value in entry["key_cells"].items()
        if value is not None and not all(_has(table, key, part) for part in value.split(" / "))
    ]
    assert not wrong


def _has(table: Table, key: str, value: str) -> bool:
    """True where a cell prints ``value`` in a row or a column that ``key`` names (or in a head field)."""
    words = re.split(r"[/()（）]", key)
    hit = [
        (row, index)
        for row in table.rows
        for index, cell in row.cells.items()
        if cell.text == value and cell.sure
    ]
    if table.facts.get(key) is not None and table.facts[key].text == value:
        return True
    return any(
        any(
            plain(word)
            and (
                plain(word) in plain("".join(row.path))
                or plain(word) in plain("".join(table.columns[i].path))
            )
            for word in [*words, key, key[:6], re.sub(r"(小计|合计)$", "", key)]
        )
        or row.code == key
        or row.kind.value == "total"
        for row, i in hit
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_outline_is_the_auditors(name: str) -> None:
    """The auditor lists the cover and some table titles among the headings; no other heading may differ."""
    found = [plain(section.number + section.title) for section in document(name).sections()]
    wanted = [plain(entry) for entry in gold(name)["outline"]]
    titles = {plain(table.title) for table in document(name).tables}
    cover = {plain(document(name).title), plain("目录")}
    assert [entry for entry in found if entry not in wanted] == []
    assert [entry for entry in wanted if entry not in found and entry not in titles | cover] == []
    order = [entry for entry in wanted if entry in found]
    assert [entry for entry in found if entry in order] == order


@pytest.mark.parametrize("name", NAMES)
def test_sheets_of_one_kind_have_keys_of_their_own(name: str) -> None:
    keys = [
        table.key for table, entry in paired(name) if evaluated(entry) or "项目编码" in entry["key_cells"]
    ]
    assert None not in keys
    assert len(set(keys)) == len(keys)


def test_a_shifted_table_is_put_back_and_reported_once() -> None:
    """Where two tables print the same rows and one is shifted, they come out equal, with one notice."""
    shifted = [table for name in NAMES for table in document(name).tables if table.realigned]
    assert len(shifted) == 1
    for name in NAMES:
        for table in document(name).tables:
            if table.realigned:
                paths = [column.path for column in table.columns]
                sister = next(
                    other
                    for other in document(name).tables
                    if not other.realigned and [column.path for column in other.columns] == paths
                )
                assert [_row(row) for row in table.rows] == [_row(row) for row in sister.rows]
                assert [notice.id for notice in document(name).notices] == ["BL101"]


def _row(row: Any) -> tuple[Any, ...]:
    return row.code, row.path, row.kind, [(cell.text, cell.sure) for cell in row.cells.values()]
