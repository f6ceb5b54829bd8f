"""A store may lie on an object server: filled, gone on with, asked and seen as one in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
pytest.importorskip("s3fs")

from budgetlint.bureau.query import connected
from budgetlint.bureau.season import check_into
from budgetlint.bureau.store import StoreError, open_store
from budgetlint.config import Settings
from budgetlint.run.opening import open_session


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Start an object server on loopback, and return a bucket on it."""
    server_of = pytest.importorskip("moto.server")
    try:
        server = server_of.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
    except OSError as error:
        pytest.skip(f"no server can listen on loopback: {error}")
    host, port = server.get_host_and_port()
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_ENDPOINT_URL", f"http://{host}:{port}"),
    ):
        monkeypatch.setenv(name, value)
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    # The servers of one process share what they hold.
    name = f"season-{uuid4().hex}"
    s3fs.S3FileSystem().mkdir(name)
    yield f"s3://{name}"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def test_a_store_on_an_object_server(bucket: str, clean: Path, flawed: Path) -> None:
    address = f"{bucket}/2024"
    store = open_store(address, create=True)
    session = open_session(Settings(select=("CN201",)))
    season = check_into(session, store, [str(clean), str(flawed)])
    assert (season.kept, season.known) == (2, 0)
    again = check_into(
        open_session(Settings(select=("CN201",))), open_store(address), [str(clean), str(flawed)]
    )
    assert (again.kept, again.known) == (0, 2)
    with connected(open_store(address)) as connection:
        ((documents, errors),) = connection.execute("SELECT count(*), sum(错误) FROM 文本").fetchall()
        assert documents == 2 and errors > 0
        assert connection.execute("SELECT count(*) FROM 数字").fetchall()[0][0] > 0
    with pytest.raises(StoreError):
        open_store(f"{bucket}/none")


def test_documents_on_an_object_server(bucket: str, clean: Path, flawed: Path) -> None:
    import s3fs

    s3fs.S3FileSystem().put([str(clean), str(flawed)], [f"{bucket}/in/a.txt", f"{bucket}/in/b.txt"])
    there = open_session(Settings(select=("CN201",), jobs=2)).check([f"{bucket}/in"])
    here = open_session(Settings(select=("CN201",))).check([str(clean), str(flawed)])
    assert [one.path for one in there.documents] == [f"{bucket}/in/a.txt", f"{bucket}/in/b.txt"]
    assert [one.counts for one in there.documents] == [one.counts for one in here.documents]
