"""What the words of a form's inner headers mean: levels, targets, weights, scores, funds, months.

They are the words of the ministry's own templates for goal sheets and self-evaluation sheets, which every province prints
with small changes (``reading.yaml``, 绩效表); a line of them heads a block of the form wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto

from msgspec import Struct

from budgetlint.document.text import squeeze
from budgetlint.normalise.printed.cells import figure
from budgetlint.normalise.printed.lines import Lines, lines_of
from budgetlint.vocabulary import ReadingWords


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


#: The group of reading.yaml, under 绩效表/表头, that lists what a header cell prints; the first that fits counts.
_GROUPS = {
    Word.LEVEL: "级次",
    Word.REMARK: "备注",
    Word.REASON: "原因",
    Word.DEVIATION: "偏差",
    Word.DONE: "完成情况",
    Word.GOAL: "目标",
    Word.TARGET: "指标值",
    Word.ACTUAL: "完成值",
    Word.WEIGHT: "分值",
    Word.SCORE: "得分",
    Word.RATE: "执行率",
    Word.MONEY: "金额",
    Word.STATEMENT: "情况说明",
    Word.MONTH: "月份",
}
#: 1月, 截至6月底: a month is a number, whatever the place.
_MONTH = r"^(?:截至)?\d{1,2}月(?:底|末|份)?$"
_TAIL = re.compile(r"[(]?(?:%|[百千]?万元|元|亿元)[)]?$|[(]\d{1,3}分?[)]$")


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


class FormWords(Struct, frozen=True, eq=False):
    """The words of forms as searches.

    Attributes:
        lines: what a printed line is.
        heads: what a header cell announces, in the order in which they are tried.
        fund, total, classed, first: labels of funds, of the total, of a class of indicators, of one of the first level.
        level: the labels that head the list of indicators.
        uncounted, worded: labels of fields whose value is no amount, of a simple form and of one with blocks.
        purpose: labels of what funds are for.
        keys: fields that tell a sheet apart from its namesakes.
        order: the ministry's order of funds and of indicators, for a sheet that has lost its header.
    """

    lines: Lines
    heads: tuple[tuple[Word, re.Pattern[str]], ...]
    fund: re.Pattern[str]
    total: re.Pattern[str]
    classed: re.Pattern[str]
    first: re.Pattern[str]
    level: re.Pattern[str]
    uncounted: re.Pattern[str]
    worded: re.Pattern[str]
    purpose: re.Pattern[str]
    keys: tuple[str, ...]
    order: dict[Kind, tuple[str, ...]]

    @classmethod
    def of(cls, words: ReadingWords) -> FormWords:
        """Compile the words of a pack."""
        shapes = {
            Word.GOAL: rf"^{words.any_of('绩效表/目标之前')}+目标$",
            Word.MONTH: _MONTH,
        }
        heads = (
            (word, f"{words.label(f'绩效表/表头/{group}')}|{shapes.get(word, '(?!)')}")
            for word, group in _GROUPS.items()
        )
        return cls(
            lines=lines_of(words),
            heads=tuple((word, re.compile(pattern)) for word, pattern in heads),
            fund=re.compile(words.label("绩效表/资金")),
            total=re.compile(words.label("绩效表/总分")),
            classed=re.compile(words.label("绩效表/指标类别")),
            first=re.compile(rf"^{words.any_of('绩效表/一级指标')}(?:类)?指标?$"),
            level=re.compile(words.label("绩效表/指标清单")),
            uncounted=re.compile(words.label("绩效表/栏目不是金额")),
            worded=re.compile(words.label("绩效表/栏目是文字")),
            purpose=re.compile(words.label("绩效表/资金用途")),
            keys=words.group("绩效表/项目标识"),
            order={
                Kind.FUNDS: words.group("绩效表/资金栏目"),
                Kind.INDICATORS: words.group("绩效表/指标栏目"),
            },
        )

    def word_of(self, text: str) -> Word | None:
        """Return what a header cell announces, None for any other text."""
        label = header_label(text)
        if not label or len(label) > 24 or figure(label):
            return None
        return next((word for word, pattern in self.heads if pattern.search(label)), None)

    def heading_of(self, texts: Sequence[str]) -> Heading | None:
        """Return the inner header a line is (blank cells included), None for any other line."""
        columns = [index for index, text in enumerate(texts) if text.strip()]
        words = [self.word_of(texts[index]) for index in columns]
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

    def usual(self, kind: Kind) -> Heading:
        """Return the ministry's own header of a block, for a sheet that lost it."""
        labels = self.order[kind]
        return Heading(kind, labels, tuple(map(self.word_of, labels)), tuple(range(len(labels))), len(labels))

    def fund_label(self, text: str) -> bool:
        """True for the label of a line of funds: 年度资金总额, 政府性预算资金, 单位资金."""
        return bool(self.fund.search(squeeze(text))) and not figure(text)

    def total_label(self, text: str) -> bool:
        """True for 总分 and its like."""
        return bool(self.total.match(header_label(text)))

    def class_label(self, text: str) -> bool:
        """True for a class of indicators, first or second level: 产出指标, 数量指标, 社会效益指标."""
        words = header_label(text)
        return len(words) <= 12 and bool(self.classed.search(words) or self.first.match(words))

    def first_level(self, text: str) -> bool:
        """True for a class of the first level."""
        return bool(self.first.match(header_label(text)))
