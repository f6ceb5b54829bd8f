"""The words that reading turns on stand in reading.yaml, and a pack's words count like the nation's."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

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


NORMALISE = Path(__file__).parents[2] / "src" / "budgetlint" / "normalise"
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
#: So many words beside one another are a list.
_LIST = 3
#: Lists that stay in code, with what makes them no words of a place.
STAYING = {
    ("printed/cells.py", "人次"): "units that an amount can have, as MONEY_UNITS are",
    ("printed/cells.py", "合计"): "what closes a column of figures: words of the rule language too",
    ("printed/cells.py", "栏次"): "what numbers rows and columns: words of the rule language too",
    ("tables/header_spans.py", "合计"): "what closes a column of figures: words of the rule language too",
    ("printed/lines.py", "单位"): "how a unit of money is stated: MONEY_UNITS stands behind it",
    ("printed/lines.py", "金额"): "how a unit of money is stated: MONEY_UNITS stands behind it",
    ("forms/goal_list.py", "一级指标"): "what the columns of the tree are called, not what is printed",
    ("region.py", "单位名称"): "what told the region: words of the report",
    ("region.py", "地区"): "levels of administrative divisions (GB/T 2260)",
    ("prose/words.py", "哪时"): "names of groups of words",
    ("prose/items.py", "预算"): "the two kinds of documents, and where a year begins",
    ("prose/statements.py", "以上"): "what stands before the sum of a list: grammar, as 和 and 及",
    ("prose/statements.py", "合计"): "what closes a list: words of the rule language too",
    ("tables/headers.py", "编码"): "columns of codes, as the ministry's forms head them",
    ("prose/counts.py", "包括"): "verbs that open a list",
}


def word_lists(source: str) -> Iterator[list[str]]:
    """Yield what stands in code as a list of Chinese words: in brackets, or as alternatives of a search."""
    tree = ast.parse(source)
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        given: list[str] = []
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            given = [
                one.value for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            yield [word for word in given if _WORD.search(word)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            for searched in re.split(r"[()]", node.value):
                words = [word.removeprefix("?:").strip("^$") for word in searched.split("|")]
                yield [word for word in words if re.fullmatch(r"[\u4e00-\u9fff]{2,}", word)]


def test_no_list_of_words_stands_in_code() -> None:
    found = {
        (path.relative_to(NORMALISE).as_posix(), words[0]): words
        for path in NORMALISE.rglob("*.py")
        for words in word_lists(path.read_text(encoding="utf-8"))
        if len(words) >= _LIST
    }
    assert {place: words for place, words in found.items() if place not in STAYING} == {}
    assert set(STAYING) <= set(found), "a list that went need not be excused"


def test_a_list_of_words_would_be_seen() -> None:
    source = 'X = re.compile(r"^(?:支出|收入|拨款)$")\nY = ("合计", "小计", "总计")\n"""甲乙|丙丁|戊己"""\n'
    assert [words for words in word_lists(source) if len(words) >= _LIST] == [
        ["合计", "小计", "总计"],
        ["支出", "收入", "拨款"],
    ]
