"""What the user named is found, in archives too, and what cannot be opened is said and never passed over."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import pytest

from budgetlint.disk import open_regular
from budgetlint.document import ReadError
from budgetlint.readers.safe.isolate import Limits
from budgetlint.run.contents import Contents
from budgetlint.run.gather import DEEPEST, Input, gather

SUFFIXES = frozenset({".txt", ".docx"})


def _zip(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _found(path: Path) -> list[tuple[str, str]]:
    """Return for every input its path below the folder, and the id of its error or its content."""
    return [
        (one.path.removeprefix(f"{path}").lstrip("/!"), _content(one))
        for one in gather([str(path)], SUFFIXES)
        if not one.passed_over
    ]


def _content(given: Input, limits: Limits = Limits()) -> str:  # noqa: B008
    """Return what a file holds, or the id of why it has no content."""
    try:
        if given.error is not None or given.location is None:
            raise given.error or AssertionError
        return Contents(limits).of(given.location).decode()
    except ReadError as error:
        return error.id


def test_archives_within_archives_are_opened(tmp_path: Path) -> None:
    inner = _zip({"某 局/说明 文.txt": b"x"})
    (tmp_path / "外.zip").write_bytes(_zip({"内.zip": inner, "__MACOSX/._a.txt": b"y", "b/": b""}))
    assert _found(tmp_path) == [("外.zip!内.zip!某 局/说明 文.txt", "x")]


def test_archives_nested_too_deep_are_refused(tmp_path: Path) -> None:
    data = _zip({"a.txt": b"x"})
    for _ in range(DEEPEST):
        data = _zip({"a.zip": data})
    (tmp_path / "a.zip").write_bytes(data)
    ((_, error),) = _found(tmp_path)
    assert error == "BL982"


def test_files_of_other_kinds_are_named_and_what_nobody_put_there_is_not(tmp_path: Path) -> None:
    for name in ("文本.txt", "决算.ceb", "附表.jpg", "Thumbs.db", ".hidden", "~$文本.docx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "包.zip").write_bytes(_zip({"表.ods": b"x", "__MACOSX/._a.ods": b"x", "a.txt": b"x"}))
    over = [
        one.path.removeprefix(f"{tmp_path}/") for one in gather([str(tmp_path)], SUFFIXES) if one.passed_over
    ]
    assert over == ["决算.ceb", "包.zip!表.ods", "附表.jpg"]
    assert [path for path, _ in _found(tmp_path)] == ["包.zip!a.txt", "文本.txt"]


def test_a_pattern_that_no_shell_looked_up_is_looked_up_here(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "[c].txt", "d.docx"):
        (tmp_path / name).write_bytes(b"x")
    named = [Path(one.path).name for one in gather([str(tmp_path / "*.txt")], SUFFIXES)]
    assert named == ["[c].txt", "a.txt", "b.txt"]
    assert [_content(one) for one in gather([str(tmp_path / "[c].txt")], SUFFIXES)] == ["x"]
    assert [one.error and one.error.id for one in gather([str(tmp_path / "*.pdf"), "-"], SUFFIXES)] == [
        "BL980",
        "BL989",
    ]


def test_a_bad_member_costs_itself_alone(tmp_path: Path) -> None:
    data = bytearray(_zip({"a.txt": b"sound", "b.txt": os.urandom(500), "c.txt": b"sound"}))
    at = data.index(b"b.txt") + 100
    data[at : at + 20] = bytes(20)
    (tmp_path / "a.zip").write_bytes(data)
    assert _found(tmp_path) == [("a.zip!a.txt", "sound"), ("a.zip!b.txt", "BL904"), ("a.zip!c.txt", "sound")]


def test_bombs_and_doubled_names_are_refused(tmp_path: Path) -> None:
    (tmp_path / "1.zip").write_bytes(_zip({"a.txt": bytes(50_000_000)}))
    with pytest.warns(UserWarning), zipfile.ZipFile(tmp_path / "2.zip", "w") as archive:
        archive.writestr("a.txt", b"x")
        archive.writestr("a.txt", b"y")
    (tmp_path / "3.zip").write_bytes(_zip({"../a.txt": b"x"}))
    (tmp_path / "4.zip").write_bytes(b"PK\x03\x04 cut off")
    assert [error for _, error in _found(tmp_path)] == ["BL906", "BL906", "BL906", "BL904"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("name", ["示例区预算.txt", "塡表說明.txt"])
def test_names_without_their_flag_are_gbk_or_utf8(tmp_path: Path, encoding: str, name: str) -> None:
    """The second byte of 塡 in GBK is a backslash."""
    raw = name.encode(encoding)
    plain = "x" * len(raw)
    (tmp_path / "a.zip").write_bytes(_zip({plain: b"x"}).replace(plain.encode(), raw))
    assert _found(tmp_path) == [(f"a.zip!{name}", "x")]


def test_other_archives_and_closed_files_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.rar").write_bytes(b"Rar!\x1a\x07")
    (tmp_path / "b 文.txt").write_bytes(b"x")
    (tmp_path / "~$b 文.txt").write_bytes(b"lock")

    def locked(path: str, most: int | None = None) -> BinaryIO:
        if path.endswith(".txt"):
            raise PermissionError(13, "Permission denied")
        return open_regular(path, most)

    monkeypatch.setattr("budgetlint.run.addresses.open_regular", locked)
    assert _found(tmp_path) == [("a.rar", "BL988"), ("b 文.txt", "BL980")]


def test_names_that_are_gbk_on_the_disk_can_be_printed(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + "/预算.txt".encode("gb18030"))).write_bytes(b"x")
    except OSError:
        pytest.skip("the disk takes UTF-8 names only")
    assert _found(tmp_path) == [("预算.txt", "x")]


def test_files_named_together_belong_together(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.txt", "b.txt")]
    for file in files:
        file.write_bytes(b"x")
    one, other = gather(map(str, files), SUFFIXES)
    assert one.group == other.group == str(tmp_path)
    (nothing,) = gather([str(tmp_path / "不在.txt")], SUFFIXES)
    assert isinstance(nothing, Input) and nothing.error and nothing.error.id == "BL980"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipes_devices_and_endless_names_are_said_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes(b"x")
    assert _found(tmp_path) == [("a.txt", "BL992"), ("b.txt", "x")]
    for path, id in (("/dev/null", "BL992"), ("长" * 5_000, "BL980"), ("a\0b", "BL980")):
        (one,) = gather([path], SUFFIXES)
        assert one.error is not None and one.error.id == id and one.path


def test_the_size_of_a_file_and_of_a_member_is_asked_first(tmp_path: Path) -> None:
    limits = Limits(file_megabytes=1)
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(2 << 20)
    (tmp_path / "b.zip").write_bytes(_zip({"大.txt": os.urandom(2 << 20), "小.txt": b"x"}))
    large, archive = gather([str(tmp_path / name) for name in ("a.txt", "b.zip")], SUFFIXES, limits)
    assert large.error is not None and archive.error is not None
    assert large.error.id == archive.error.id == "BL907"
    members = list(gather([str(tmp_path / "b.zip")], SUFFIXES))
    assert [_content(one, limits) for one in members] == ["BL907", "BL907"]
    assert [_content(one, Limits(file_megabytes=3))[:1] for one in members[1:]] == ["x"]


def test_any_damage_of_an_archive_costs_it_alone(tmp_path: Path) -> None:
    data = _zip({f"{number}.txt": os.urandom(300) for number in range(4)})
    for at in range(0, len(data) - 8, 61):
        (tmp_path / f"{at:05}.zip").write_bytes(data[:at] + data[at + 8 :])
    (tmp_path / "z.txt").write_bytes(b"sound")
    found = [one for one in gather([str(tmp_path)], SUFFIXES) if not one.passed_over]
    for one in found:
        assert one.error is None or one.error.id in {"BL904", "BL905", "BL906", "BL981", "BL983"}, one
        _content(one) if one.path.endswith("z.txt") else None
    assert found[-1].path.endswith("z.txt") and found[-1].error is None


def test_linked_folders_are_gone_into_once(tmp_path: Path) -> None:
    inner = tmp_path / "里" / "某局"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_bytes(b"x")
    outside = tmp_path / "外"
    outside.mkdir()
    (outside / "b.txt").write_bytes(b"y")
    (tmp_path / "里" / "链接").symlink_to(outside)
    (inner / "上面").symlink_to(tmp_path / "里")
    over = [one.path for one in gather([str(tmp_path / "里")], SUFFIXES) if one.passed_over]
    assert _found(tmp_path / "里") == [("某局/a.txt", "x"), ("链接/b.txt", "y")]
    assert over == [str(inner / "上面")]


def test_names_that_would_turn_a_terminal_around_are_escaped(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J\u202egpj.txt").write_bytes(b"x")
    (tmp_path / "示例　区\xa0局.txt").write_bytes(b"y")
    assert _found(tmp_path) == [("a\\x1b[2J\\u202egpj.txt", "x"), ("示例　区\xa0局.txt", "y")]


def test_excluded_names_and_paths_are_passed_over_not_dropped(tmp_path: Path) -> None:
    for name in ("终稿.txt", "草稿1.txt", "旧/终稿.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("某", encoding="utf-8")
    found = list(gather([str(tmp_path)], frozenset({".txt"}), exclude=("*草稿*", "*/旧/*")))
    said = {Path(one.path).relative_to(tmp_path).as_posix(): one.passed_over for one in found}
    assert said == {"终稿.txt": False, "草稿1.txt": True, "旧/终稿.txt": True}
