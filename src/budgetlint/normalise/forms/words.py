"""What the words of a form's inner headers mean: levels, targets, weights, scores, funds, months.

They are the words of the ministry's own templates for goal sheets and self-evaluation sheets, which every province prints
with small changes; a line of them heads a block of the form wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto

from msgspec import Struct

from budgetlint.document.text import squeeze
from budgetlint.normalise.printed.cells import figure


class Word(Enum):
    """What one cell of an inner header announces."""

    LEVEL = auto()
    TARGET = auto()
    ACTUAL = auto()
    WEIGHT = auto()
    SCORE = auto()
    DEVIATION = auto()
    REASON = auto()
    REMARK = auto()
    MONEY = auto()
    RATE = auto()
    STATEMENT = auto()
    GOAL = auto()
    DONE = auto()
    MONTH = auto()


class Kind(Enum):
    """What an inner header heads."""

    FUNDS = auto()
    SCORED = auto()
    GOALS = auto()
    PLAN = auto()
    INDICATORS = auto()


_WORDS: tuple[tuple[Word, re.Pattern[str]], ...] = tuple(
    (word, re.compile(pattern))
    for word, pattern in (
        (Word.LEVEL, r"^(?:[一二三四]级指标(?:名称)?|指标名称)$"),
        (Word.REMARK, r"依据|描述|解释|指标说明|值说明|备注|存在问题|评分标准|计算方法"),
        (Word.REASON, r"原因|改进措施"),
        (Word.DEVIATION, r"^偏差(?:度|率|值|情况)?$"),
        (Word.DONE, r"^(?:年度)?(?:总体)?(?:目标)?(?:实际)?完成情况$|^全年完成情况$"),
        (Word.GOAL, r"^(?:年初|年度|预期|总体|年度总体|设定)+目标$"),
        (Word.TARGET, r"指标值|目标值|预期值|计划值"),
        (Word.ACTUAL, r"完成值|实际值|实际完成|完成指标值"),
        (Word.WEIGHT, r"^(?:分值|权重|权值|标准分|满分|分值权重)$"),
        (Word.SCORE, r"^(?:自评|评价|实际)?(?:得分|评分|分数)$"),
        (Word.RATE, r"^(?:预算)?执行率$"),
        (Word.MONEY, r"(?:预算|执行|决算|支出)数$"),
        (Word.STATEMENT, r"^情况说明$"),
        (Word.MONTH, r"^(?:截至)?\d{1,2}月(?:底|末|份)?$"),
    )
)
_TAIL = re.compile(r"[(]?(?:%|[百千]?万元|元|亿元)[)]?$|[(]\d{1,3}分?[)]$")
#: The ministry's order of the funds of a self-evaluation sheet, where the sheet has lost its header.
FUNDS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
#: Its order of the indicators.
INDICATORS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差度",
    "偏差原因",
)
_FUND = re.compile(r"资金总额|年度资金|预算资金|专户|单位资金|财政拨款|财政资金|其他资金|结转资金|自有资金")
_TOTAL = re.compile(r"^(?:自评)?(?:总分|合计|总计|总得分|得分合计|合计得分)(?:数|值)?$")
_CLASS = re.compile(r"指标$|^满意度$|^(?:经济|社会|生态)(?:效益|成本)$|^可持续影响$")
_FIRST = re.compile(r"^(?:投入|过程|决策|管理|投入管理|产出|效益|效果|成本|满意度)(?:类)?指标?$")


class Heading(Struct, frozen=True):
    """An inner header: its labels with what they announce, and where on the line they were printed.

    ``caption`` is the label of the whole block that stands left of it (项目资金, 绩效指标), "" without one.
    """

    kind: Kind
    labels: tuple[str, ...]
    words: tuple[Word | None, ...]
    columns: tuple[int, ...]
    width: int
    caption: str = ""

    def label(self, word: Word) -> str | None:
        """Return the first label that announces something, None without."""
        return next(
            (label for label, said in zip(self.labels, self.words, strict=True) if said is word), None
        )

    def all(self, word: Word) -> tuple[str, ...]:
        """Return every label that announces something."""
        return tuple(label for label, said in zip(self.labels, self.words, strict=True) if said is word)


def header_label(text: str) -> str:
    """Return a header's words without spaces, a unit or a percent sign at the end (偏差度 % → 偏差度)."""
    words = squeeze(text).rstrip(":")
    return _TAIL.sub("", words) or words


def word_of(text: str) -> Word | None:
    """Return what a header cell announces, None for any other text."""
    label = header_label(text)
    if not label or len(label) > 24 or figure(label):
        return None
    return next((word for word, pattern in _WORDS if pattern.search(label)), None)


def heading_of(texts: Sequence[str]) -> Heading | None:
    """Return the inner header a line is (blank cells included), None for any other line."""
    columns = [index for index, text in enumerate(texts) if text.strip()]
    words = [word_of(texts[index]) for index in columns]
    known = [word for word in words if word is not None]
    kind = _kind(known)
    if kind is None or any(figure(texts[index]) for index in columns):
        return None
    if len(known) < len(columns) - 1 - (len(known) > 3) or (len(known) < 3 and kind is not Kind.GOALS):
        return None
    caption = ""
    if words[0] is None or (kind is Kind.GOALS and len(columns) == 3):
        caption, columns, words = header_label(texts[columns[0]]), columns[1:], words[1:]
    labels = tuple(header_label(texts[index]) for index in columns)
    return Heading(kind, labels, tuple(words), tuple(columns), len(texts), caption)


def _kind(words: Sequence[Word]) -> Kind | None:
    count = words.count
    if count(Word.LEVEL) >= 2 or (count(Word.LEVEL) and Word.TARGET in words):
        return Kind.INDICATORS
    if count(Word.MONEY) >= 2:
        return Kind.FUNDS
    if count(Word.MONTH) >= 2:
        return Kind.PLAN
    if Word.WEIGHT in words and Word.SCORE in words:
        return Kind.SCORED
    if Word.GOAL in words and Word.DONE in words:
        return Kind.GOALS
    return None


def usual(kind: Kind) -> Heading:
    """Return the ministry's own header of a block, for a sheet that lost it."""
    labels = FUNDS if kind is Kind.FUNDS else INDICATORS
    return Heading(kind, labels, tuple(map(word_of, labels)), tuple(range(len(labels))), len(labels))


def fund_label(text: str) -> bool:
    """True for the label of a line of funds: 年度资金总额, 政府性预算资金, 单位资金."""
    return bool(_FUND.search(squeeze(text))) and not figure(text)


def total_label(text: str) -> bool:
    """True for 总分 and its like."""
    return bool(_TOTAL.match(header_label(text)))


def class_label(text: str) -> bool:
    """True for a class of indicators, first or second level: 产出指标, 数量指标, 社会效益指标."""
    words = header_label(text)
    return len(words) <= 12 and bool(_CLASS.search(words) or _FIRST.match(words))


def first_level(text: str) -> bool:
    """True for a class of the first level."""
    return bool(_FIRST.match(header_label(text)))


def dash(text: str) -> bool:
    """True for a cell that says that nothing applies: -, —, /."""
    return bool(re.fullmatch(r"[-—–－/／]+", squeeze(text)))


def plain_figure(text: str) -> bool:
    """True for one number without a percent sign: a weight, a score, a sum of money."""
    return figure(text) and "%" not in squeeze(text)


def percentage(text: str) -> bool:
    """True for one number with a percent sign."""
    return figure(text) and squeeze(text).endswith("%")


def figures_in(texts: Iterable[str]) -> int:
    """Count the cells that print a number or a dash."""
    return sum(figure(text) or dash(text) for text in texts)
