"""What the language's tests share: the acceptance pairs, and generated rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import strategies as st

from budgetlint.document.text import squeeze
from budgetlint.language import syntax as s
from budgetlint.results.findings import Severity, Verdict

T = TypeVar("T")

HEAD = "规则 AB101 “示例” 级别 错误 依据 勾稽关系 "


def _pairs() -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / "pairs.txt").read_text("utf-8").splitlines()[2:]
    return [(lines[i], lines[i + 1]) for i in range(0, len(lines) - 1, 3)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "pair" in metafunc.fixturenames:
        metafunc.parametrize("pair", _pairs())


@pytest.fixture(scope="session")
def samples() -> list[str]:
    """Rule texts in both vocabularies."""
    return [HEAD + sentence for pair in _pairs() for sentence in pair]


@pytest.fixture(scope="session")
def any_rule() -> st.SearchStrategy[s.Rule]:
    """Rules as the parser gives them."""
    return rules()


names = st.sampled_from(
    [
        "基本支出",
        "因公出国(境)费",
        "项目支出",
        "合计支出",
        "行",
        "等于",
        "a",
        "A·B",
        "其中",
        "甲减乙",
        "3个月",
    ]
)
paths = st.lists(names, min_size=1, max_size=3).map("/".join) | st.just("其他\\/杂项") | st.just("“三公”经费")
strings = st.sampled_from(["没有使用", "“三公”经费", '一个"引号', "a#b", "（未收住", "x/y", "100%"])


def _made(
    kind: Callable[..., T], *parts: st.SearchStrategy[Any], **named: st.SearchStrategy[Any]
) -> st.SearchStrategy[T]:
    """``st.builds`` for nodes whose annotations only a type checker can resolve."""
    return st.builds(lambda *values, **fields: kind(*values, **fields), *parts, **named)


labels = _made(s.Label, paths) | _made(s.Label, strings.map(squeeze), st.just(True))
tables = _made(s.TableRef, labels, st.booleans())
sections = _made(s.SectionRef, labels, st.none(), st.none() | st.just("三")) | _made(
    s.SectionRef, st.none(), st.sampled_from(["一", "六", "十二"]), st.none() | st.just("二")
)
row_labels = labels | st.sampled_from([s.Label("2080101"), s.Label("合计")])
rows = _made(s.RowRef, st.just(s.RowChoice.NAMED), row_labels) | st.sampled_from(
    [s.RowRef(s.RowChoice.SAME), s.RowRef(s.RowChoice.CHILDREN)]
)
columns = _made(s.ColumnRef, st.none() | labels | st.just(s.Label("合计")))
bare_items = _made(s.Label, paths) | st.just(s.Label("年度"))


@st.composite
def refs(draw: st.DrawFn) -> s.Ref:
    steps = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "document": st.sampled_from(s.OtherDocument),
                "section": sections,
                "table": tables,
                "row": rows,
                "column": columns,
            },
        )
    )
    located = set(steps) - {"document"}
    end = draw(st.sampled_from(["item", "total", "paragraph", ""]))
    if end == "total" and located:
        steps["total"] = True
    elif end == "paragraph" and not steps:
        steps["paragraph"] = True
    elif end == "item" or not steps:
        steps["item"] = draw(labels if located == {"section"} else bare_items)
    return s.Ref(**steps)


numbers = _made(
    s.Number,
    st.decimals(-(10**9), 10**9, places=2),
    st.sampled_from([None, "元", "万元", "亿元", "%", "个", "人次"]),
)
texts = _made(s.Text, strings)
years = _made(s.Year, st.sampled_from(s.Time))


def _larger(inner: st.SearchStrategy[s.Expression]) -> st.SearchStrategy[s.Expression]:
    return (
        _made(s.Binary, st.sampled_from(s.Operator), inner, inner)
        | _made(s.Aggregate, st.sampled_from(s.Aggregation), st.tuples(inner))
        | _made(s.Aggregate, st.sampled_from(s.Aggregation), st.tuples(inner), compares(inner))
        | _made(s.Aggregate, st.sampled_from(s.Aggregation), st.tuples(inner, inner))
        | _made(s.Call, st.sampled_from(["abs", "level", "length", "示例函数"]), st.tuples(inner))
        | _made(s.Call, st.just("示例函数"), st.tuples(inner, inner))
    )


def compares(inner: st.SearchStrategy[s.Expression]) -> st.SearchStrategy[s.Compare]:
    slack = st.sampled_from([(s.Slack.ROUNDING, None), (s.Slack.EXACT, None)]) | numbers.map(
        lambda number: (s.Slack.WITHIN, number)
    )
    return st.builds(
        lambda relation, left, right, allowed, blank, unlisted: s.Compare(
            relation, left, right, *allowed, blank, unlisted
        ),
        st.sampled_from(s.Relation),
        inner,
        inner,
        slack,
        st.booleans(),
        st.booleans(),
    )


expressions = st.recursive(refs() | numbers | texts | years, _larger, max_leaves=5)
_NEGATED = (s.TestKind.EXISTS, s.TestKind.BLANK, s.TestKind.ZERO)
_PLAIN = (s.TestKind.MISSING, s.TestKind.INTEGER, s.TestKind.UNIQUE, s.TestKind.RUNS_ON)
_TEXT = (s.TestKind.STARTS, s.TestKind.ENDS, s.TestKind.MATCHES, s.TestKind.CONTAINS)
words = _made(s.Text, st.sampled_from(["类", "款", "项", "有 空格"]))
more_texts = st.lists(texts, max_size=2)
tests = (
    _made(s.Test, st.sampled_from(_NEGATED), expressions, st.just(()), st.booleans())
    | _made(s.Test, st.sampled_from(_PLAIN), expressions)
    | _made(s.Test, st.just(s.TestKind.THERE_IS), refs(), st.just(()), st.booleans())
    | _made(s.Test, st.just(s.TestKind.READS_AS), expressions, st.tuples(expressions))
    | _made(
        s.Test,
        st.sampled_from(_TEXT),
        expressions,
        st.tuples(expressions, more_texts).map(lambda pair: (pair[0], *pair[1])),
    )
    | _made(s.Test, st.just(s.TestKind.CONTAINS), expressions, st.tuples(texts), st.just(True))
    | _made(s.Test, st.just(s.TestKind.IN_LIST), expressions, st.tuples(labels))
    | _made(s.Test, st.just(s.TestKind.ONE_OF), expressions, st.lists(words, min_size=1).map(tuple))
)


def _joined(inner: st.SearchStrategy[s.Condition]) -> st.SearchStrategy[s.Condition]:
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return _made(s.And, parts) | _made(s.Or, parts) | _made(s.Not, inner) | _made(s.IfThen, inner, inner)


conditions = st.recursive(compares(expressions) | tests, _joined, max_leaves=4)
where = st.none() | conditions
each = _made(s.TableRef, st.none() | labels, st.just(True))
quantifiers = (
    _made(s.EachRow, _made(s.TableRef, labels) | each, where, st.booleans())
    | _made(s.EachTable, each, where)
    | _made(s.EachParagraph, st.none() | sections, where)
    | _made(s.EachMention, labels | st.just(s.Label("计数")), st.none() | sections, where)
    | _made(s.EachItem, labels, where)
)
bindings = st.builds(
    lambda target, value: s.Binding(
        target,
        value,
        f"{value.value:f}" if isinstance(value, s.Number) else getattr(value, "text", ""),
    ),
    refs(),
    numbers | texts | years | st.just(s.Blank()),
)
cells = st.sampled_from(["合计", "12.30", "", "其中：甲", "—"])
example_tables = _made(
    s.ExampleTable,
    labels,
    st.sampled_from([None, "元", "万元"]),
    st.lists(st.lists(cells, min_size=2, max_size=3).map(tuple), max_size=3).map(tuple),
)
examples = _made(
    s.Example,
    st.sampled_from(Verdict),
    st.lists(bindings, max_size=2).map(tuple),
    st.lists(example_tables, max_size=2).map(tuple),
)
scopes = _made(
    s.Scope,
    st.lists(st.sampled_from(["部门预算", "单位决算"]), max_size=2).map(tuple),
    st.sampled_from(
        [None, s.YearRange(2021), s.YearRange(None, 2023), s.YearRange(2021, 2024), s.YearRange(2024, 2024)]
    ),
    st.sampled_from([(), ("示例省",), ("示例市 示例区",)]),
    st.sampled_from([(), ("pdf",)]),
    st.sampled_from([(), ("advice",)]),
)
bases = _made(
    s.Basis,
    st.sampled_from(["《示例办法》（示财〔2016〕1号）", "《示例法》第六条", "示例模板", "示例 模板，一"]),
) | st.just(s.Basis(consistency=True))


@st.composite
def rules(draw: st.DrawFn) -> s.Rule:
    checks = draw(st.lists(_made(s.Check, conditions, st.none() | quantifiers), min_size=1, max_size=2))
    message = draw(st.none() | strings)
    if message and len(checks) > 1 and draw(st.booleans()):
        checks = [s.Check(check.body, check.quantifier, "每项自己的说明") for check in checks]
    return s.Rule(
        "AB101",
        draw(strings),
        draw(st.sampled_from(Severity)),
        tuple(draw(st.lists(bases, max_size=2))),
        tuple(checks),
        scope=draw(scopes),
        replaces=draw(st.sampled_from([None, "CN201"])),
        lets=tuple(draw(st.lists(_made(s.Let, st.sampled_from(["甲", "乙"]), expressions), max_size=2))),
        message=message,
        suggest=draw(st.none() | strings),
        examples=tuple(draw(st.lists(examples, max_size=2))),
    )
