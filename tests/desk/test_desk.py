"""A clerk's way through the desk: upload, see, waive, take back, compare, hand out, and nobody else sees it."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra web")

from msgspec import json as msgspec_json
from starlette.testclient import TestClient
from tests.conftest import CLEAN
from tests.desk.conftest import findings, finished, upload
from tests.safety.test_hostile_files import package, word, workbook

from budgetlint.desk.state import Made, State

FLAWED = CLEAN.replace("行政管理事务\t20.00", "行政管理事务\t21.00").encode()
ROOT = Path(__file__).parents[2]


def test_what_is_wrong_is_shown_waived_and_taken_back(client: TestClient) -> None:
    run = upload(client, ("预算.txt", FLAWED))
    page = finished(client, run)
    open_ones = findings(page)
    assert open_ones and "预算.txt" in page and "/files/" not in page
    name = next(iter(open_ones))
    assert client.post(f"{run}/waive", data={"fingerprint": name, "because": " "}).status_code == 400
    assert (
        client.post(
            f"{run}/waive", data={"fingerprint": name, "because": "已核", "until": "2000-01-01"}
        ).status_code
        == 400
    )
    waived = client.post(
        f"{run}/waive", data={"fingerprint": name, "because": "已核实无误", "until": "2999-01-01"}
    )
    assert waived.status_code == 303
    page = client.get(run).text
    assert name not in findings(page) and "已核实无误" in page
    assert client.post(f"{run}/unwaive", data={"fingerprint": name}).status_code == 303
    assert findings(client.get(run).text) == open_ones


def test_the_next_upload_is_compared_with_the_last_of_the_unit(client: TestClient) -> None:
    before = findings(finished(client, upload(client, ("预算.txt", FLAWED))))
    page = finished(client, upload(client, ("改过的预算.txt", CLEAN.encode())))
    after = findings(page)
    mended = before.keys() - after.keys()
    assert mended
    assert (
        f"已改 {len(mended)}，仍在 {len(before.keys() & after.keys())}，新出现 {len(after.keys() - before.keys())}"
        in page
    )


def test_the_list_comes_back_with_what_the_sections_wrote(client: TestClient) -> None:
    pytest.importorskip("xlsxwriter", reason="needs the extra office")
    openpyxl = pytest.importorskip("openpyxl")
    run = upload(client, ("预算.txt", FLAWED))
    finished(client, run)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{run}/list.xlsx").content))
    heads = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].cell(2, heads.index("处理情况") + 1).value = "预算科已改正"
    filled = io.BytesIO()
    book.save(filled)
    page = finished(client, upload(client, ("预算.txt", CLEAN.encode()), ("清单.xlsx", filled.getvalue())))
    assert "发下去的问题清单相比" in page
    assert "预算科已改正" in page


def test_downloads_carry_their_name_and_the_waivers(client: TestClient) -> None:
    docx = pytest.importorskip("docx", reason="needs the extra office")
    run = upload(client, ("预算.txt", FLAWED))
    name = next(iter(findings(finished(client, run))))
    client.post(f"{run}/waive", data={"fingerprint": name, "because": "已核实无误"})
    record = client.get(f"{run}/record.docx")
    assert "filename*=UTF-8''" in record.headers["content-disposition"]
    said = docx.Document(io.BytesIO(record.content))
    assert any("已核实无误" in cell.text for table in said.tables for row in table.rows for cell in row.cells)
    assert "已核实无误" in client.get(f"{run}/report.html").text
    marked = client.get(f"{run}/annotated/0")
    assert marked.status_code == 200 and "预算" in marked.text
    assert client.get(f"{run}/annotated/9").status_code == 404


def test_two_users_see_only_their_own_work(open_client: Callable[[], TestClient]) -> None:
    one, other = open_client(), open_client()
    one.get("/")
    other.get("/")
    run = upload(one, ("预算.txt", FLAWED))
    page = finished(one, run)
    name = next(iter(findings(page)))
    for path in ("", "/events", "/list.xlsx", "/record.docx", "/report.html", "/annotated/0"):
        assert other.get(f"{run}{path}").status_code == 404, path
    for path in ("waive", "unwaive", "try"):
        assert other.post(f"{run}/{path}", data={"fingerprint": name, "because": "x"}).status_code == 404
    assert run not in other.get("/").text and run in one.get("/").text
    assert one.post("/forget").status_code == 303
    assert one.get(run).status_code == 404


def test_progress_is_told_as_it_goes(client: TestClient) -> None:
    run = upload(client, ("预算.txt", FLAWED))
    told = client.get(f"{run}/events").text
    steps = [json.loads(line[6:]) for line in told.splitlines() if line.startswith('data: {"path')]
    assert {"read", "rules", "done"} <= {step["stage"] for step in steps}
    assert {step["path"] for step in steps} == {"预算.txt"}
    assert told.rstrip().endswith("event: end\ndata: {}")


def test_a_sentence_is_tried_on_the_document(client: TestClient) -> None:
    run = upload(client, ("预算.txt", FLAWED))
    finished(client, run)
    sentence = "对 表 部门支出总表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出"
    said = client.post(f"{run}/try", data={"sentence": sentence}, headers={"x-part": "1"}).text
    assert "不符 1" in said and "21.00" in said and "<html" not in said
    said = client.post(f"{run}/try", data={"sentence": "检查 列 合讦"}, headers={"x-part": "1"}).text
    assert "alarm" in said


HOSTILE = {
    "炸弹.docx": package({"word/document.xml": b"0" * 60_000_000}),
    "半个.docx": word("<w:p/>")[:60],
    "实体.docx": package({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
    "爬.zip": package({"../../外面.txt": "x"}),
    "空.xlsx": b"",
    "大合并.xlsx": workbook('<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "假.pdf": b"%PDF-1.7\n1 0 obj",
    "图.jpg": b"\xff\xd8\xff\xe0" + bytes(400),
    "<img src=x onerror=alert(1)>.txt": "<script>alert(1)</script>部门预算\n".encode(),
}


def test_files_made_to_harm_are_each_a_clear_message(client: TestClient) -> None:
    page = finished(client, upload(client, *HOSTILE.items()))
    assert "<img src=x" not in page and "<script>alert" not in page
    assert page.count('<section class="document"') == len(HOSTILE)
    for name in HOSTILE:
        shown = name.replace("<", "&lt;").replace(">", "&gt;")
        assert shown in page, name
    assert len(set(re.findall(r'data-rule="(BL9\d\d)"', page))) >= 5
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("number", ["11010519491231002X", "13812345678"])
def test_nothing_shown_or_handed_out_repeats_a_number_of_a_person(number: str, client: TestClient) -> None:
    pytest.importorskip("xlsxwriter", reason="needs the extra office")
    text = CLEAN.replace("负责示例工作。", f"负责示例工作，联系{number}。") + f"\n注：联系 {number}\n"
    run = upload(client, ("预算.txt", text.encode()))
    page = finished(client, run)
    assert number not in page and "***" in page
    for path in ("list.xlsx", "record.docx"):
        content = client.get(f"{run}/{path}").content
        with zipfile.ZipFile(io.BytesIO(content)) as made:
            assert all(number.encode() not in made.read(part) for part in made.namelist())


def test_twenty_at_once_lose_nothing(open_client: Callable[[], TestClient]) -> None:
    clients = [open_client() for _ in range(4)]
    for one in clients:
        one.get("/")

    def work(number: int) -> tuple[str, str]:
        one = clients[number % 4]
        run = upload(one, (f"预算{number}.txt", FLAWED if number % 2 else CLEAN.encode()))
        return run, finished(one, run, 300)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(work, range(20)))
    assert len({run for run, _ in answers}) == 20
    for number, (_, page) in enumerate(answers):
        assert f"预算{number}.txt" in page and 'class="document"' in page


def test_the_oldest_uploads_go_but_none_that_is_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgetlint.desk.state._MOST_RUNS", 3)
    _, session = State(tmp_path).session(None)
    made = []
    for _ in range(6):
        run = session.new_run(made[:1])
        (run.folder / "made.json").write_bytes(msgspec_json.encode(Made((), 0.0)))
        made.append(run.name)
    assert [run.name for run in session.runs()] == [*made[:1:-1], made[0]]


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="reads memory from /proc")
def test_uploads_in_a_row_lose_nothing_and_hold_no_memory() -> None:
    files = sorted(str(file) for file in (ROOT / "examples/text").glob("*2024*.txt"))
    command = [
        sys.executable,
        str(ROOT / "benchmarks/desk.py"),
        "--many",
        *files,
        "--in-a-row",
        "12",
        "--at-once",
        "2",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_speaks_english_when_asked(client: TestClient) -> None:
    assert '<html lang="en">' in client.get("/?lang=en").text
    assert "nothing leaves it" in client.get("/").text
    assert "不会传到任何地方" in client.get("/?lang=zh").text
