"""What is written is there whole or not at all; what is no regular file, or too large, is not read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from budgetlint.disk import NotRegularError, TooLargeError, open_regular, read_regular, written


@pytest.mark.parametrize("before", [None, "旧"])
def test_writing_that_breaks_off_leaves_what_was_there(tmp_path: Path, before: str | None) -> None:
    file = tmp_path / "文件"
    if before is not None:
        file.write_text(before, encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), written(file) as stream:
        stream.write("新")
        raise KeyboardInterrupt
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ([before] if before else [])


def test_what_is_written_keeps_the_place_and_mode_of_what_was_there(tmp_path: Path) -> None:
    file, link = tmp_path / "文件", tmp_path / "链接"
    file.write_text("旧", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    with written(link) as stream:
        stream.write("新")
    assert link.is_symlink() and file.read_text(encoding="utf-8") == "新"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    with written(tmp_path / "字节", binary=True) as stream:
        stream.write(b"\x00")
    assert (tmp_path / "字节").read_bytes() == b"\x00"


def test_a_device_is_written_to_and_never_read() -> None:
    with written(os.devnull) as stream:
        stream.write("去")
    assert not os.path.isfile(os.devnull)
    with pytest.raises(NotRegularError):
        open_regular(os.devnull)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    with pytest.raises(NotRegularError):
        read_regular(tmp_path / "管道")


def test_the_size_is_asked_before_anything_is_read(tmp_path: Path) -> None:
    with (tmp_path / "大").open("wb") as stream:
        stream.truncate(1 << 20)
    with pytest.raises(TooLargeError) as caught:
        read_regular(tmp_path / "大", 1000)
    assert caught.value.size == 1 << 20
    assert read_regular(tmp_path / "大", 1 << 20) == bytes(1 << 20)
