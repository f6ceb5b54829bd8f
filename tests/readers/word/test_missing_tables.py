"""A table that is not found is undetermined where a part of the file was not read, and missing where all was."""

from __future__ import annotations

from pathlib import Path

from tests.readers.word.made_word import p, packed

from budgetlint import Verdict, check


def test_a_table_may_stand_where_nothing_was_read(tmp_path: Path) -> None:
    words = [
        p("示例市示例区某局2024年部门预算"),
        p("第一部分 部门概况"),
        p("主要职责略。"),
        p("第二部分 部门预算表"),
    ]
    chart = '<w:p><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="x"/></w:object></w:r></w:p>'
    verdicts = {}
    for name, more in (("全", ""), ("缺", chart)):
        file = tmp_path / f"{name}-2024年部门预算.docx"
        file.write_bytes(packed("".join(words) + more, {}, {"x": ("package", "embeddings/a.xlsx")}))
        (document,) = check(str(file), jobs=1).documents
        verdicts[name] = {f.verdict for f in document.findings if f.rule == "BL110"}, document.counts.fails
    assert verdicts["缺"][0] == {Verdict.UNDETERMINED} and verdicts["缺"][1] <= verdicts["全"][1]
