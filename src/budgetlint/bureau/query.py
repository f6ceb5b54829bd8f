"""SQL over a store, by DuckDB: the tables as they are, and the same as views with Chinese names (文本, 问题, 数字).

Sums of values stay decimal. DuckDB gives ``avg`` and ``/`` of decimals as floating point: a ratio is better taken from
two sums outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from budgetlint.bureau.schema import DOCUMENTS, FIGURES, FINDINGS, TABLES, schemas
from budgetlint.bureau.store import Store, StoreError
from budgetlint.said import Said

#: What a view calls the columns of its table.
_CHINESE = {
    DOCUMENTS: (
        "文本",
        {
            "path": "文件",
            "unit": "单位",
            "department": "部门",
            "kind": "公开类型",
            "year": "年度",
            "region": "地区",
            "title": "标题",
            "read": "读成",
            "holds": "通过",
            "rounds": "尾差",
            "fails": "不符",
            "skipped": "不适用",
            "undetermined": "无法核对",
            "numbers": "数字个数",
            "verified": "核对一致",
            "contradicted": "有出入",
            "errors": "错误",
            "warnings": "疑点",
            "notices": "提醒",
            "waived": "已豁免",
            "checked_at": "核对时间",
            "document": "文本标识",
        },
    ),
    FINDINGS: (
        "问题",
        {
            "rule": "规则",
            "name": "名称",
            "severity": "级别",
            "message": "问题",
            "fingerprint": "标识",
            "waived": "已豁免",
            "printed": "所印",
            "proposed": "可能应为",
            "difference": "相差",
            "table": "表",
            "row": "行",
            "column": "列",
            "section": "章节",
            "page": "页",
            "line": "文本行",
            "sheet": "工作表",
            "cell": "单元格",
            "basis": "依据",
            "document": "文本标识",
        },
    ),
    FIGURES: (
        "数字",
        {
            "unit": "单位",
            "department": "部门",
            "kind": "公开类型",
            "year": "年度",
            "region": "地区",
            "table": "表",
            "title": "表题",
            "section": "章节",
            "row": "行",
            "code": "科目编码",
            "column": "列",
            "column_name": "规范列",
            "row_kind": "行类",
            "printed": "所印",
            "value": "数值",
            "unit_printed": "计量单位",
            "state": "核对结果",
            "page": "页",
            "line": "文本行",
            "sheet": "工作表",
            "cell": "单元格",
            "document": "文本标识",
        },
    ),
}
#: What stands for values in the views.
_SAID = {
    "severity": {"error": "错误", "warning": "疑点", "notice": "提醒"},
    "state": {"verified": "核对一致", "contradicted": "有出入", "unchecked": "没有核对"},
    "row_kind": {"data": "明细", "total": "合计", "subtotal": "小计", "among": "其中", "header": "标题"},
}


@contextmanager
def connected(store: Store) -> Iterator[Any]:
    """Open a DuckDB connection over a store, with its tables and views; it can write nowhere.

    Raises:
        StoreError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise StoreError(
            store.address,
            Said(
                "缺少 duckdb，不能查询；请安装：pip install 'budgetlint[store]'",
                "duckdb is missing; install it with: pip install 'budgetlint[store]'",
            ),
        ) from error
    connection = duckdb.connect(":memory:")
    try:
        # It would be drawn into the answer where a query takes long.
        connection.execute("SET enable_progress_bar = false")
        if not _local(store):
            connection.register_filesystem(store.fs)
        for table in TABLES:
            _raw(connection, store, table)
        _views(connection)
        yield connection
    finally:
        connection.close()


def _raw(connection: Any, store: Store, table: str) -> None:
    """Make ``raw_TABLE``: every row of the files that count, with the columns of the schema."""
    connection.register("nothing", schemas()[table].empty_table())
    # What is registered is known to this connection alone, not to its cursors.
    connection.execute(f"CREATE TABLE typed_{table} AS SELECT * FROM nothing")
    connection.unregister("nothing")
    made = f"CREATE VIEW raw_{table} AS SELECT * FROM typed_{table}"
    if parts := store.parts(table):
        prefix = "" if _local(store) else f"{_protocol(store)}://"
        listed = ", ".join("'" + (prefix + part).replace("'", "''") + "'" for part in parts)
        read = f"read_parquet([{listed}], union_by_name=true, hive_partitioning=false)"
        # Parts of an older version lack columns: every column has its name and type all the same.
        made += f" UNION ALL BY NAME SELECT * FROM {read}"
    connection.execute(made)


def _views(connection: Any) -> None:
    connection.execute(
        f"CREATE VIEW {DOCUMENTS} AS SELECT * FROM raw_{DOCUMENTS} "
        "QUALIFY row_number() OVER (PARTITION BY path ORDER BY checked_at DESC, batch DESC) = 1"
    )
    for table in (FINDINGS, FIGURES):
        connection.execute(
            f"CREATE VIEW {table} AS SELECT raw.* FROM raw_{table} AS raw "
            f"SEMI JOIN {DOCUMENTS} AS current ON raw.batch = current.batch AND raw.document = current.document"
        )
    for table, (view, columns) in _CHINESE.items():
        listed = ", ".join(f"{_value(name)} AS {_quoted(said)}" for name, said in columns.items())
        connection.execute(f"CREATE VIEW {_quoted(view)} AS SELECT {listed} FROM {table}")


def _value(column: str) -> str:
    said = _SAID.get(column)
    if said is None:
        return _quoted(column)
    cases = " ".join(f"WHEN '{value}' THEN '{word}'" for value, word in said.items())
    return f"CASE {_quoted(column)} {cases} ELSE {_quoted(column)} END"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _protocol(store: Store) -> str:
    protocol = store.fs.protocol
    return protocol if isinstance(protocol, str) else str(protocol[0])


def _local(store: Store) -> bool:
    return _protocol(store) in ("file", "local")
