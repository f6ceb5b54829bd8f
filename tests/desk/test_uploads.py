"""What comes in is limited, and what it is called is never a path."""

from __future__ import annotations

import asyncio
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as some

pytest.importorskip("starlette", reason="needs the extra web")

from starlette.testclient import TestClient
from tests.desk.conftest import HOME, OWN, PORT

from budgetlint.desk.app import build
from budgetlint.desk.asking import Options
from budgetlint.desk.guard import Door
from budgetlint.desk.names import in_order, shown, stored
from budgetlint.desk.uploads import Allowed, UploadError, received


@given(some.text(max_size=300), some.integers(0, 500), some.integers(0, 99))
def test_no_name_leads_out_of_its_folder(name: str, number: int, group: int) -> None:
    parts = PurePosixPath(stored(number, group, shown(name))).parts
    assert parts[0] == "files" and len(parts) == 3 and ".." not in parts
    assert parts[2].partition(".")[0].isdecimal()


@given(some.text(max_size=400))
def test_a_shown_name_is_short_and_printable_and_climbs_nowhere(name: str) -> None:
    said = shown(name)
    assert said and len(said) <= 200 and said.isprintable() and ".." not in said.split("/")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\文件\\..\\预算.docx", "C:/文件/预算.docx"),
        ("预\u202e算\n.docx", "预算.docx"),
        ("", "？"),
    ],
)
def test_names_are_made_safe_to_show(name: str, said: str) -> None:
    assert shown(name) == said


def test_files_stand_in_the_order_people_count() -> None:
    names = ["附件10.xlsx", "附件2.xlsx", "附件1.xlsx"]
    assert [names[at] for at in in_order(names)] == ["附件1.xlsx", "附件2.xlsx", "附件10.xlsx"]


@pytest.fixture
def narrow(tmp_path: Path):
    """Return a browser at a desk that takes three files of a megabyte in all."""
    app = build(Options(tmp_path / "state", Door(PORT), Allowed(files=3, megabytes=1, seconds=5)))
    with TestClient(app, base_url=HOME, headers=OWN) as client:
        yield client


def test_too_many_files_are_not_taken(narrow: TestClient, tmp_path: Path) -> None:
    answer = narrow.post("/check", files=[("files", (f"{n}.txt", b"x")) for n in range(4)])
    assert answer.status_code == 400 and "3" in answer.text
    assert not list((tmp_path / "state").rglob("*.txt"))


def test_too_many_bytes_are_not_taken(narrow: TestClient) -> None:
    answer = narrow.post("/check", files=[("files", ("大.txt", b"x" * (2 << 20)))])
    assert answer.status_code == 413 and "1 MB" in answer.text


def test_bytes_nobody_announced_are_counted(narrow: TestClient) -> None:
    head = b'--b\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    parts = iter([head, *[b"x" * 65536] * 64, b"\r\n--b--\r\n"])
    answer = narrow.post("/check", content=parts, headers={"content-type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 413


def test_an_upload_without_a_file_says_so(narrow: TestClient) -> None:
    assert narrow.post("/check", data={"x": "1"}).status_code == 400


def test_what_is_no_form_is_refused(narrow: TestClient) -> None:
    heads = {"content-type": "multipart/form-data; boundary=b"}
    assert narrow.post("/check", content=b"nothing of the kind", headers=heads).status_code == 400


def test_an_upload_that_takes_too_long_is_ended() -> None:
    from starlette.requests import Request

    async def slow():
        await asyncio.sleep(60)
        return {"type": "http.request", "body": b"", "more_body": True}

    heads = [(b"content-type", b"multipart/form-data; boundary=b")]
    request = Request({"type": "http", "method": "POST", "headers": heads}, slow)
    with pytest.raises(UploadError) as refused:
        asyncio.run(received(request, Allowed(seconds=0.1)))
    assert refused.value.status == 408
