"""Prose in one file and tables in others are one document; whatever is not sure to belong together stays apart."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.readers.made import as_docx, as_xlsx, cells

from budgetlint import check
from budgetlint.results.report import DocumentReport
from budgetlint.run.joining import _beside

EXAMPLES = Path(__file__).parents[2] / "examples"
SPLIT = "\n部门收支总表\n"


@pytest.fixture(scope="module")
def whole() -> str:
    return next(EXAMPLES.rglob("*2024年部门预算.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def prose(whole: str) -> str:
    return whole[: whole.index(SPLIT)]


@pytest.fixture(scope="module")
def tables(whole: str) -> list[str]:
    """The document's tables, each with its title."""
    parts = whole[whole.index(SPLIT) :].split("部门名称：")
    titles = [part.rstrip().rpartition("\n")[2] for part in parts]
    bodies = [part.rstrip().rpartition("\n")[0] for part in parts[1:-1]] + parts[-1:]
    return [f"{title}\n\n部门名称：{body}\n" for title, body in zip(titles, bodies, strict=False)]


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _names(document: DocumentReport, folder: Path) -> list[str]:
    return [str(Path(file).relative_to(folder)) for file in document.files]


def test_a_document_in_two_files_is_checked_as_in_one(
    tmp_path: Path, whole: str, prose: str, tables: list[str]
) -> None:
    (tmp_path / "一份.txt").write_text(whole, encoding="utf-8")
    (expected,) = check(tmp_path / "一份.txt").documents
    folder = tmp_path / "两份"
    _write(folder, {"2 说明.txt": prose, "1 表.txt": "".join(tables)})
    (document,) = check(folder).documents
    assert _names(document, folder) == ["2 说明.txt", "1 表.txt"]
    assert document.counts == expected.counts
    assert [table.title for table in document.tables] == [table.title for table in expected.tables]
    assert not [f for f in document.findings if f.severity.value != "notice"]


def test_tables_follow_in_the_order_of_their_numbers(tmp_path: Path, prose: str, tables: list[str]) -> None:
    names = ["表1", "表2", "表3", "表4", "表5", "表10", "表11", "表12", "表13"]
    files = dict(zip((f"附表/{name}.txt" for name in names), tables, strict=True))
    _write(tmp_path, {"说明.txt": prose, **files})
    (document,) = check(tmp_path).documents
    assert _names(document, tmp_path) == ["说明.txt", *files]


def test_findings_point_into_their_own_file(tmp_path: Path, prose: str, tables: list[str]) -> None:
    wrong = [
        table.replace("\t合计\t530.00\t404.25\t125.75", "\t合计\t530.00\t404.25\t152.75") for table in tables
    ]
    assert wrong != tables
    with zipfile.ZipFile(tmp_path / "公开.zip", "w") as archive:
        archive.writestr("说明.txt", prose.replace("人员经费345.05万元", "人员经费354.05万元"))
        archive.writestr("表.txt", "".join(wrong))
    (document,) = check(tmp_path / "公开.zip").documents
    paths = {place.path for f in document.findings if f.severity.value == "error" for place in f.locations}
    assert {path.rpartition("!")[2] for path in paths} == {"说明.txt", "表.txt"}


def test_word_and_a_workbook_make_one_document(tmp_path: Path, whole: str) -> None:
    sentences = [line for line in whole[: whole.index(SPLIT)].split("\n") if line]
    (tmp_path / "说 明.docx").write_bytes(as_docx(sentences))
    grid = cells(
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ("", "合计", "530.00", "404.25", "125.75"),
        ("201", "一般公共服务支出", "530.00", "404.25", "125.75"),
    )
    (tmp_path / "表.xlsx").write_bytes(
        as_xlsx(["部门支出总表", "部门名称：示例市示例区某局", "单位：万元", grid])
    )
    (document,) = check(tmp_path).documents
    assert [table.id for table in document.tables] == ["b.expense"]
    assert len(document.files) == 2 and document.counts.holds > 3


def test_other_departments_other_years_and_doubled_tables_stay_apart(
    tmp_path: Path, prose: str, tables: list[str]
) -> None:
    sheet = "".join(tables)
    _write(
        tmp_path,
        {
            "甲/说明.txt": prose,
            "甲/表.txt": sheet.replace("示例市示例区某局", "示例市示例区另一局"),
            "乙/说明.txt": prose,
            "乙/表.txt": f"2022年部门预算表\n\n{sheet}".replace("2024年", "2022年"),
            "丙/说明.txt": prose,
            "丙/表1.txt": sheet,
            "丙/表2.txt": sheet,
        },
    )
    found = [_names(document, tmp_path) for document in check(tmp_path).documents]
    assert ["甲/说明.txt"] in found and ["乙/说明.txt"] in found
    assert ["丙/说明.txt", "丙/表1.txt"] in found and ["丙/表2.txt"] in found


def test_departments_side_by_side_each_get_their_tables(
    tmp_path: Path, prose: str, tables: list[str]
) -> None:
    files = {}
    for name in ("某局", "某甲局", "某乙委员会"):
        for what, text in (("说明", prose), ("表", "".join(tables))):
            files[f"{what}-{name}.txt"] = text.replace("某局", name)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    (tmp_path / "全区.zip").write_bytes(stream.getvalue())
    found = [[file.rpartition("!")[2] for file in d.files] for d in check(tmp_path / "全区.zip").documents]
    assert sorted(found) == [
        [f"说明-{name}.txt", f"表-{name}.txt"] for name in ("某乙委员会", "某局", "某甲局")
    ]


def test_tables_without_prose_make_one_document(tmp_path: Path, tables: list[str]) -> None:
    _write(tmp_path, {f"{n}.txt": f"2024年部门预算公开表\n\n{table}" for n, table in enumerate(tables)})
    (document,) = check(tmp_path).documents
    assert len(document.tables) == len(tables)


@pytest.mark.parametrize(
    ("one", "other", "beside"),
    [
        ("公开", "公开/附表", True),
        ("公开/附表", "公开", True),
        ("公开", "公开2", False),
        ("甲", "乙", False),
        (".", "附表", True),
        ("a.zip!.", "a.zip!附表", True),
        ("a.zip!.", "b.zip!附表", False),
    ],
)
def test_tables_may_lie_in_a_folder_of_their_own(one: str, other: str, beside: bool) -> None:
    assert _beside(one, other) is beside
