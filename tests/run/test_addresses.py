"""Files at addresses are found and read like those of this machine; a service that fails is an error of that file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from budgetlint.disk import TooLargeError
from budgetlint.run import addresses
from budgetlint.run.gather import gather

fsspec = pytest.importorskip("fsspec")
SUFFIXES = frozenset({".txt", ".docx"})


@pytest.fixture
def season() -> Iterator[str]:
    memory = fsspec.filesystem("memory")
    memory.pipe(
        {
            "/season/2026/甲局/预算.txt": "示例市甲局".encode(),
            "/season/2026/乙局.txt": "示例市乙局".encode(),
            "/season/2026/图.png": b"1",
            "/season/2026/.hidden.txt": b"1",
        }
    )
    yield "memory://season/2026"
    memory.rm("/season", recursive=True)


def test_a_folder_is_looked_through_below(season: str) -> None:
    found = list(gather([season], SUFFIXES))
    read = [(one.path, one.group) for one in found if not one.passed_over]
    assert sorted(read) == sorted(
        [(f"{season}/乙局.txt", season), (f"{season}/甲局/预算.txt", f"{season}/甲局")]
    )
    assert [one.path for one in found if one.passed_over] == [f"{season}/图.png"]
    assert all(one.error is None for one in found)


def test_patterns_and_single_files(season: str) -> None:
    assert addresses.expanded(f"{season}/*.txt") == [f"{season}/.hidden.txt", f"{season}/乙局.txt"]
    (one,) = gather([f"{season}/甲局/预算.txt"], frozenset())
    assert one.location is not None and addresses.read(one.location.file) == "示例市甲局".encode()


def test_size_is_asked_before_anything_is_read(season: str) -> None:
    with pytest.raises(TooLargeError):
        addresses.opened(f"{season}/乙局.txt", 3)
    with addresses.opened(f"{season}/乙局.txt", 15) as stream:
        assert len(stream.read()) == 15


@pytest.mark.parametrize(
    "address", ["memory://season/none", "memory://season/2026/乙局.txt/none", "nosuch://bucket/x.txt"]
)
def test_what_cannot_be_reached_is_that_file_s_error(season: str, address: str) -> None:
    (one,) = gather([address], SUFFIXES)
    assert one.error is not None and one.error.id == "BL980"


def test_a_path_of_this_machine_is_no_address(tmp_path_factory: pytest.TempPathFactory) -> None:
    for path in ("a.txt", "C:\\文本\\a.txt", "C:/文本/a.txt", "/文本//a.txt"):
        assert not addresses.is_address(path)
    assert addresses.is_address("s3://bucket/a.txt")


@pytest.mark.parametrize(
    "address,inner,path,expected",
    [
        ("s3://bucket/a", "bucket/a", "bucket/a/x.txt", "s3://bucket/a/x.txt"),
        ("hdfs://host:8020/a", "/a", "/a/x.txt", "hdfs://host:8020/a/x.txt"),
        ("file:///data/a*", "/data/a*", "/data/ab.txt", "file:///data/ab.txt"),
        ("http://host/a/", "http://host/a/", "http://host/a/x.txt", "http://host/a/x.txt"),
    ],
)
def test_an_address_keeps_protocol_and_host(address: str, inner: str, path: str, expected: str) -> None:
    assert addresses._address(address, inner, path) == expected
