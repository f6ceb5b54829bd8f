"""Documents are read by the words of the place they come from."""

from __future__ import annotations

from pathlib import Path

from budgetlint.config import Settings
from budgetlint.document import Role
from budgetlint.run.opening import open_session

TEXT = """\
# 示例市示例区某局2024年部门预算

## 运转安排表

| 科目名称 | 甲类保障 | 乙类保障 |
|---|---|---|
| 行政运行 | | |
| 一般事务 | | |
"""


def test_a_places_words_read_its_own_documents_only(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pack.toml").write_text(
        'name = "sample"\ntitle = "示例省"\nversion = "1"\nregion = "示例省"\ncities = ["示例市"]\n',
        encoding="utf-8",
    )
    (pack / "reading.yaml").write_text("列:\n  金额:\n    结尾: [保障]\n", encoding="utf-8")
    document = tmp_path / "预算.md"
    document.write_text(TEXT, encoding="utf-8")

    def roles(region: str | None) -> list[Role]:
        settings = Settings(rules=(str(pack),), region=region)
        (table,) = open_session(settings).read(str(document)).tables
        return [column.role for column in table.columns]

    assert roles("示例省/示例市") == [Role.NAME, Role.AMOUNT, Role.AMOUNT]
    assert roles("另一省") == [Role.NAME, Role.TEXT, Role.TEXT]
