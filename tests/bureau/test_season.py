"""Documents go into a store once: what it knows is not read again, what was killed is gone on with."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from shutil import copy

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from budgetlint.bureau.query import connected
from budgetlint.bureau.season import Season, check_into
from budgetlint.bureau.store import Store, open_store
from budgetlint.cli import main
from budgetlint.config import Settings
from budgetlint.run.opening import open_session
from budgetlint.run.stages import Step


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "store"), create=True)


@pytest.fixture
def folder(tmp_path: Path, clean: Path, flawed: Path) -> Path:
    made = tmp_path / "文本"
    made.mkdir()
    copy(clean, made / "一.txt")
    copy(flawed, made / "二.txt")
    return made


def run(store: Store, folder: Path, **more: object) -> Season:
    return check_into(open_session(Settings()), store, [str(folder)], **more)  # type: ignore[arg-type]


def asked(store: Store, sql: str) -> list[tuple]:
    with connected(store) as connection:
        return connection.execute(sql).fetchall()


def test_what_is_known_is_not_read_again(store: Store, folder: Path) -> None:
    assert (run(store, folder).kept, run(store, folder).kept) == (2, 0)
    read: list[str] = []

    def told(step: Step) -> None:
        read.append(step.path)

    assert run(store, folder, told=told).known == 2
    assert read == []
    assert run(store, folder, again=True).kept == 2
    assert asked(store, "SELECT count(*) FROM 文本") == [(2,)]


def test_a_changed_file_is_checked_again(store: Store, folder: Path) -> None:
    run(store, folder)
    copy(folder / "一.txt", folder / "二.txt")
    assert run(store, folder).kept == 2
    one, other = asked(store, "SELECT 错误 FROM 文本")
    assert one == other


def test_a_run_broken_off_goes_on_where_it_was(store: Store, folder: Path) -> None:
    """Whatever is not finished is checked later; what is finished stays."""

    def told(step: Step) -> None:
        if step.stage == "done":
            raise KeyboardInterrupt

    first = run(store, folder, told=told)
    assert first.kept == 1 and first.problems
    assert (second := run(store, folder)).kept == 1 and second.known == 1
    assert asked(store, "SELECT count(*), count(DISTINCT 文件) FROM 文本") == [(2, 2)]


def test_every_printed_figure_is_there_with_what_was_said_of_it(store: Store, folder: Path) -> None:
    run(store, folder)
    found = asked(
        store,
        "SELECT 所印, 数值, 计量单位, 核对结果 FROM 数字 JOIN 文本 USING (文本标识) "
        "WHERE 文件 LIKE '%二.txt' AND 科目编码 = '2010102' ORDER BY 所印 DESC",
    )
    assert [(printed, str(value), unit) for printed, value, unit, _ in found] == [
        ("21.00", "210000.00000000", "万元"),
        ("20.00", "200000.00000000", "万元"),
    ]
    assert {state for *_, state in found} == {"有出入"}


def test_what_is_stored_is_masked(store: Store, tmp_path: Path, clean: Path) -> None:
    account = "6222020000001234567"
    text = clean.read_text(encoding="utf-8").replace(
        "负责示例工作。", f"开户银行账号：{account}，联系电话13800001234。"
    )
    file = tmp_path / "账号.txt"
    file.write_text(text, encoding="utf-8")
    run(store, file)
    for table in ("documents", "findings", "figures"):
        assert account not in str(store.read(table).to_pylist())
        assert "13800001234" not in str(store.read(table).to_pylist())


def test_the_command_checks_into_a_store_and_asks_it(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "库")
    assert main(["check", str(folder), "--store", store]) == 1
    assert main(["query", store, "SELECT sum(错误) AS 错误 FROM 文本", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[-2] == "错误"
    assert main(["query", store, "SELEC 1"]) == 2
    assert main(["query", str(folder), "SELECT 1"]) == 2
    file = tmp_path / "数.csv"
    assert main(["query", store, "SELECT 数值 FROM 数字 LIMIT 1", "--format", f"csv:{file}"]) == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


def test_one_query_adds_up_what_every_layout_and_format_prints(store: Store, tmp_path: Path) -> None:
    examples = Path(__file__).parents[2] / "examples"
    files = [
        next((examples / format).glob("*2024年部门预算*")) for format in ("text", "docx", "xlsx", "html")
    ]
    check_into(open_session(Settings(select=("CN201",))), store, map(str, files))
    ((total, figures),) = asked(
        store,
        "SELECT sum(数值), count(*) FROM 数字 "
        "WHERE 表 = 'b.three' AND 规范列 = '合计' AND (行类 = '合计' OR 行 = '')",
    )
    assert (total, figures) == (Decimal("52000") * len(files), len(files))
