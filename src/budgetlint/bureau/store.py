"""A store: a folder, or an address fsspec knows, with a Parquet dataset a table.

Writers only add files. A batch is the files of one name in every table, and it counts once its documents are written,
which is done last: a run that is killed leaves at most a batch that nobody reads, and two runs do not disturb one another.
"""

from __future__ import annotations

import io
import json
import posixpath
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from budgetlint.bureau.rows import Row
from budgetlint.bureau.schema import BATCH, DOCUMENTS, TABLES, VERSION, conformed, schemas
from budgetlint.said import Said, SaidError

#: Says that a folder is a store, and of which version.
MARK = "budgetlint-store.json"
#: Parts below this size are put together once there are so many of them.
_SMALL, _MANY = 8 << 20, 32
_REPLACES = b"replaces"


class StoreError(SaidError):
    """A store that cannot be used; what is said tells why and what to do."""

    def __init__(self, address: str, said: Said) -> None:
        super().__init__(address, said)
        self.address = address


class Store:
    """An open store.

    Attributes:
        address: as the user gave it; ``fs`` and ``root`` the fsspec file system and the path in it.
    """

    def __init__(self, address: str, fs: Any, root: str) -> None:
        self.address = address
        self.fs = fs
        self.root = root

    # ------------------------------------------------------------ writing

    def add(
        self, rows: Mapping[str, Sequence[Row]], *, batch: str | None = None, finished: bool = True
    ) -> str:
        """Write one batch and return its name.

        Args:
            rows: the rows of every table, their ``batch`` not yet set.
            batch: its name where the caller made one.
            finished: False writes all but the documents, so that nothing counts yet (for tests of what a kill leaves).
        """
        name = batch or new_batch()
        for table in (*(table for table in TABLES if table != DOCUMENTS), DOCUMENTS):
            if rows.get(table) and (finished or table != DOCUMENTS):
                self._write(table, f"{name}.parquet", [{**row, BATCH: name} for row in rows[table]])
        return name

    def _write(self, table: str, name: str, rows: list[Row]) -> None:
        import pyarrow as pa

        self._put(table, name, pa.Table.from_pylist(rows, schema=schemas()[table]))

    def _put(self, table: str, name: str, made: Any) -> None:
        import pyarrow.parquet as pq

        held = io.BytesIO()
        pq.write_table(made, held, compression="zstd")
        self.fs.makedirs(posixpath.join(self.root, table), exist_ok=True)
        # Within a transaction nothing appears under the name before it is whole.
        with self.fs.transaction, self.fs.open(posixpath.join(self.root, table, name), "wb") as file:
            file.write(held.getbuffer())

    # ------------------------------------------------------------ reading

    def parts(self, table: str) -> list[str]:
        """Return the paths of a table's files, those left out that a merged one replaces."""
        folder = posixpath.join(self.root, table)
        self.fs.invalidate_cache(folder)
        if not self.fs.exists(folder):
            return []
        found = [path for path in self.fs.ls(folder, detail=False) if path.endswith(".parquet")]
        replaced = {name for path in found if _is_merged(path) for name in self._replaces(path)}
        return sorted(path for path in found if posixpath.basename(path) not in replaced)

    def _replaces(self, path: str) -> list[str]:
        import pyarrow.parquet as pq

        with self.fs.open(path, "rb") as file:
            said = (pq.read_schema(file).metadata or {}).get(_REPLACES, b"[]")
        names: list[str] = json.loads(said)
        return names

    def read(self, table: str, columns: Sequence[str] | None = None) -> Any:
        """Return a table (pyarrow) with the rows of finished batches only."""
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        wanted = None if columns is None else list(dict.fromkeys((*columns, BATCH)))
        schema = schemas()[table]
        made = []
        for path in self.parts(table):
            with self.fs.open(path, "rb") as file:
                whole_file = pq.ParquetFile(file)
                present = [name for name in whole_file.schema_arrow.names if wanted is None or name in wanted]
                part = conformed(table, whole_file.read(columns=present))
            made.append(part if wanted is None else part.select(wanted))
        if not made:
            names = wanted or schema.names
            return pa.Table.from_pylist([], schema=pa.schema([schema.field(name) for name in names]))
        whole = pa.concat_tables(made)
        if table == DOCUMENTS:
            return whole
        finished = self.read(DOCUMENTS, [BATCH]).column(BATCH).unique()
        return whole.filter(pc.is_in(whole.column(BATCH), value_set=finished))

    def known(self, stamp: str) -> dict[frozenset[tuple[str, str]], Row]:
        """Return what was checked under a stamp: the files of each document (path, SHA-256) → what is known of it."""
        found = self.read(DOCUMENTS, ["stamp", "files", "document", "department", "neighbours"])
        return {
            frozenset((file["path"], file["sha256"]) for file in row["files"]): row
            for row in found.to_pylist()
            if row["stamp"] == stamp
        }

    # ------------------------------------------------------------ keeping it small

    def compact(self) -> int:
        """Put many small files together, and return how many went; a store on this machine only, one process at a time.

        The merged file names those it replaces, so that a reader that sees both counts rows once.
        """
        if not _is_local(self.fs):
            return 0
        lock = posixpath.join(self.root, "compact.lock")
        try:
            with open(lock, "x", encoding="ascii") as file:
                file.write(datetime.now(timezone.utc).isoformat())
        except FileExistsError:
            return 0
        try:
            return sum(self._merge(table) for table in TABLES)
        finally:
            self.fs.rm_file(lock)

    def _merge(self, table: str) -> int:
        import pyarrow as pa
        import pyarrow.parquet as pq

        small = [path for path in self.parts(table) if self.fs.size(path) < _SMALL]
        if len(small) < _MANY:
            return 0
        made = pa.concat_tables([conformed(table, pq.read_table(path)) for path in small])
        names = [posixpath.basename(path) for path in small]
        inherited = [name for path in small if _is_merged(path) for name in self._replaces(path)]
        said = {**(made.schema.metadata or {}), _REPLACES: json.dumps([*names, *inherited]).encode()}
        self._put(table, f"merged-{uuid.uuid4().hex}.parquet", made.replace_schema_metadata(said))
        for path in small:
            self.fs.rm_file(path)
        return len(small)


def open_store(address: str, *, create: bool = False) -> Store:
    """Open a store.

    Args:
        address: a folder, or an address of fsspec (``s3://bucket/2024``).
        create: make an empty one where there is none.

    Raises:
        StoreError: the address cannot be reached, is no store, or one of a newer version.
    """
    try:
        import fsspec
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise StoreError(
            address,
            Said(
                f"缺少 {error.name}，结果库用不了；请安装：pip install 'budgetlint[store]'",
                f"{error.name} is missing; install it with: pip install 'budgetlint[store]'",
            ),
        ) from error
    try:
        fs, root = fsspec.core.url_to_fs(address, use_listings_cache=False)
        mark = posixpath.join(root, MARK)
        if fs.exists(mark):
            _recognised(address, fs.cat_file(mark))
            return Store(address, fs, root)
        empty = not fs.exists(root) or not fs.ls(root, detail=False)
        if not create or not empty:
            raise _no_store(address, create)
        fs.makedirs(root, exist_ok=True)
        with fs.transaction, fs.open(mark, "wb") as file:
            file.write(json.dumps({"version": VERSION}).encode())
        return Store(address, fs, root)
    except (OSError, ImportError, ValueError) as error:
        said = str(error) or type(error).__name__
        raise StoreError(
            address,
            Said(f"结果库“{address}”打不开：{said}", f"the store {address!r} cannot be opened: {said}"),
        ) from error


def new_batch() -> str:
    """Return a name no other batch has; names sort by the time they were made."""
    return f"{datetime.now(timezone.utc):%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}"


def _recognised(address: str, mark: bytes) -> None:
    version = json.loads(mark).get("version")
    if not isinstance(version, int) or version > VERSION:
        raise StoreError(
            address,
            Said(
                f"结果库“{address}”是较新的版本写的（{version}，这里认得到 {VERSION}），请升级 budgetlint 后再用",
                f"the store {address!r} is of a newer version ({version}; this one knows {VERSION}): upgrade budgetlint",
            ),
        )


def _no_store(address: str, create: bool) -> StoreError:
    if create:
        return StoreError(
            address,
            Said(
                f"“{address}”里已有别的文件，不是结果库；请另给一个空文件夹",
                f"{address!r} holds other files and is no store: name an empty folder",
            ),
        )
    return StoreError(
        address,
        Said(
            f"“{address}”不是结果库；先用 budgetlint check 文件夹 --store {address} 核对",
            f"{address!r} is no store; make one with budgetlint check FOLDER --store {address}",
        ),
    )


def _is_merged(path: str) -> bool:
    return posixpath.basename(path).startswith("merged-")


def _is_local(fs: Any) -> bool:
    return "file" in ([fs.protocol] if isinstance(fs.protocol, str) else fs.protocol)
