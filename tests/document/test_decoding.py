"""Text is read in the encodings of its editors; what was read in the wrong one is told by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlint.document.decoding import decode, garbled

TEXT = "示例市示例区某局2024年部门预算公开说明。本年收入合计120.00万元，其中：财政拨款收入100.00万元。\n" * 4
OLD = "示例市示例區某局2024年部門預算公開說明。本部門收入總計120萬元，支出總計120萬元，人員經費60萬元。\n" * 4
EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples" / "text").glob("*.txt"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_editors_are_read(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("text", "was"),
    [
        (OLD.encode("big5").decode("gb18030", "replace"), "Big5"),
        (TEXT.encode("utf-8").decode("latin-1"), "UTF-8"),
        ("锟斤拷" * 60, "?"),
    ],
)
def test_garbled_text_is_told(text: str, was: str) -> None:
    assert garbled(text) == was


@pytest.mark.parametrize(
    "text", [TEXT, OLD, "", "Budget of a department\n" * 20, "科目编码\t合计\n208\t1.00\n" * 9]
)
def test_sound_text_is_not_garbled(text: str) -> None:
    assert garbled(text) == ""


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_examples_are_not_garbled(file: Path) -> None:
    assert garbled(file.read_text("utf-8")) == ""
