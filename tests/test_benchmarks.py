"""The benchmarks that damage files: what they do to a file follows from the seed, and is one damage."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from benchmarks.damage import KINDS, PACKAGES, damaged, sound_files, tasks


@pytest.mark.parametrize("kind", KINDS)
def test_a_damage_is_small_and_follows_from_the_seed(kind: str) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a"), b"x" * 5_000)
        archive.writestr(zipfile.ZipInfo("b"), b"y")
    content = stream.getvalue()
    once, again = (damaged(content, kind, random.Random("7")) for _ in range(2))
    assert once == again
    if kind in ("bit", "byte"):
        assert len(once) == len(content) and sum(a != b for a, b in zip(once, content, strict=True)) <= 1
    elif kind == "member":
        with zipfile.ZipFile(BytesIO(once)) as archive:
            assert len(archive.namelist()) == 1
    else:
        assert once != content and (kind == "cut" or abs(len(once) - len(content)) <= 512)


def test_every_kind_of_damage_meets_every_file() -> None:
    for format, kinds in (("docx", KINDS), ("text", KINDS[:-1])):
        met = {(file, kind) for file, _, kind in tasks(format, 3 * len(kinds))}
        assert met == {(file, kind) for file in range(3) for kind in kinds} and (format in PACKAGES) is (
            len(kinds) == len(KINDS)
        )


def test_there_are_three_sound_files_of_every_format(tmp_path: Path) -> None:
    for format in ("text", "docx", "zip"):
        assert len({content for _, content in sound_files(format, tmp_path)}) == 3
