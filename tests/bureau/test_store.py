"""A store holds what was finished, whatever is killed beside it, and every figure to the last digit."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from budgetlint.bureau.query import connected
from budgetlint.bureau.schema import SCALE, storable
from budgetlint.bureau.store import MARK, Store, StoreError, open_store

AT = datetime(2024, 3, 1, tzinfo=timezone.utc)


def document(key: str, path: str = "", unit: str = "示例市示例区某局", at: datetime = AT) -> dict:
    files = [{"path": path or key, "sha256": key}]
    return {
        "document": key,
        "path": path or key,
        "files": files,
        "stamp": "s",
        "checked_at": at,
        "unit": unit,
    }


def figure(key: str, value: Decimal, region: str = "示例市") -> dict:
    return {"document": key, "table": "b.three", "row": "合计", "value": value, "region": region}


def asked(store: Store, sql: str) -> list[tuple]:
    with connected(store) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "store"), create=True)


def test_a_province_is_added_up_to_the_cent(store: Store) -> None:
    values = [Decimal("0.10"), Decimal("1234567.89"), Decimal("12345678901234.56"), Decimal("-0.01")]
    for number, value in enumerate(values * 50):
        store.add({"documents": [document(f"d{number}")], "figures": [figure(f"d{number}", value)]})
    ((total, kind),) = asked(store, "SELECT sum(数值), typeof(sum(数值)) FROM 数字 WHERE 表 = 'b.three'")
    assert total == sum(values) * 50
    assert kind.startswith("DECIMAL")


def test_a_batch_counts_once_its_documents_are_written(store: Store) -> None:
    store.add({"documents": [document("a")], "figures": [figure("a", Decimal(1))]})
    store.add({"documents": [document("b")], "figures": [figure("b", Decimal(1))]}, finished=False)
    assert store.read("figures").num_rows == 1
    assert asked(store, "SELECT count(*) FROM 数字") == [(1,)]


def test_of_one_path_the_last_check_counts(store: Store) -> None:
    later = AT.replace(month=4)
    store.add({"documents": [document("new", "x.txt", at=later)], "figures": [figure("new", Decimal(2))]})
    store.add({"documents": [document("old", "x.txt")], "figures": [figure("old", Decimal(1))]})
    assert asked(store, "SELECT 文本标识 FROM 文本") == [("new",)]
    assert asked(store, "SELECT 数值 FROM 数字") == [(Decimal(2),)]


def test_small_files_are_put_together_and_nothing_is_lost_or_doubled(store: Store) -> None:
    for number in range(40):
        store.add({"documents": [document(f"d{number}")], "figures": [figure(f"d{number}", Decimal("0.1"))]})
    before = asked(store, "SELECT sum(数值), count(*) FROM 数字")
    assert store.compact() == 80
    assert len(store.parts("figures")) == 1
    assert asked(store, "SELECT sum(数值), count(*) FROM 数字") == before == [(Decimal(4), 40)]


def test_what_a_merge_replaces_counts_once_even_while_it_is_there(store: Store, tmp_path: Path) -> None:
    for number in range(40):
        store.add({"documents": [document(f"d{number}")], "figures": [figure(f"d{number}", Decimal(1))]})
    kept = {path: Path(path).read_bytes() for path in store.parts("figures")}
    store.compact()
    for path, content in kept.items():
        Path(path).write_bytes(content)
    assert asked(store, "SELECT count(*) FROM 数字") == [(40,)]


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    open_store(str(tmp_path), create=True)
    (tmp_path / MARK).write_text(json.dumps({"version": 99}), encoding="utf-8")
    with pytest.raises(StoreError) as told:
        open_store(str(tmp_path))
    assert "99" in told.value.said.zh and "99" in told.value.said.en


def test_a_folder_with_other_files_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "预算.txt").write_text("x", encoding="utf-8")
    for create in (False, True):
        with pytest.raises(StoreError):
            open_store(str(tmp_path), create=create)
    assert [file.name for file in tmp_path.iterdir()] == ["预算.txt"]


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_a_value_is_kept_exactly_or_not_at_all(value: Decimal) -> None:
    kept = storable(value)
    assert kept is None or (kept == value and -kept.as_tuple().exponent <= SCALE)
