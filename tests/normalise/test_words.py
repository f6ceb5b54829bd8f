"""The words that reading turns on stand in reading.yaml, and a pack's words count like the nation's."""

from __future__ import annotations

from budgetlint.document import Role, Table, TableState
from budgetlint.normalise import structure
from budgetlint.readers.text.plain import READER
from budgetlint.vocabulary import Vocabulary, national_words


def table(text: str, **added: tuple[str, ...]) -> Table:
    """Return the only table of a text, read by the nation's words and those that a pack adds to a group."""
    nation = Vocabulary(reading=dict(national_words().groups))
    words = nation.merged(Vocabulary(reading=added)).words
    (found,) = structure(READER.read("示例.txt", text.encode()), words).tables
    return found


PLANNED = (
    "运转安排表\n\n| 科目名称 | 甲类保障 | 乙类保障 |\n|---|---|---|\n| 行政运行 | | |\n| 一般事务 | | |\n"
)


def test_a_pack_says_what_heads_a_column_of_amounts() -> None:
    assert [column.role for column in table(PLANNED).columns] == [Role.NAME, Role.TEXT, Role.TEXT]
    read = table(PLANNED, **{"列/金额/结尾": ("保障",)})
    assert [column.role for column in read.columns] == [Role.NAME, Role.AMOUNT, Role.AMOUNT]


def test_a_pack_says_what_an_empty_table_says() -> None:
    text = "基金支出表\n\n| 科目名称 | 合计 |\n|---|---|\n| | |\n\n注：今岁阙如。\n"
    assert table(text).state is TableState.EMPTY_WITHOUT_NOTE
    assert table(text, **{"空表/字样": ("阙如",)}).state is TableState.EMPTY_WITH_NOTE


GOALS = (
    "示例项目绩效目标表\n\n| 项目名称 | 示例项目 | 实施单位 | 示例中心 |\n|---|---|---|---|\n"
    "| 甲级指标 | 乙级指标 | 应达到的数 | 计分 |\n| 产出指标 | 数量指标 | 不少于3次 | 10 |\n"
)


def test_a_pack_says_how_the_list_of_indicators_is_headed() -> None:
    heads = {
        "绩效表/表头/级次/全称": ("甲级指标", "乙级指标"),
        "绩效表/表头/指标值/含有": ("应达到的数",),
        "绩效表/指标清单/全称": ("甲级指标", "乙级指标"),
    }
    assert "应达到的数" not in {column.label for column in table(GOALS).columns}
    assert "应达到的数" in {column.label for column in table(GOALS, **heads).columns}


def test_words_are_compiled_once_for_a_pack() -> None:
    words = national_words()
    made: list[int] = []

    def make(given: object) -> int:
        made.append(1)
        return len(made)

    assert (words.made(make), words.made(make)) == (1, 1)
