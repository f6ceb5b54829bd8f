"""What reading prose yields before patterns are put together: statements that refer to one another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from budgetlint.document import Mention, MentionRole

#: Roles of figures that others may be a share, a part or a change of.
VALUES = frozenset({MentionRole.VALUE, MentionRole.COUNT})
#: Last step of the subject of figures that only explain another one.
REASON = "原因"
_SUM_OF_PARTS = re.compile(r"[，、；]?(?:以上|各项|以上各项)?(?:合计|共计|总计|小计|合共)(?:为|金额|金额为)?")


class Statement(Struct, frozen=True):
    """One figure, or one comparison without a figure, and what it refers to.

    Attributes:
        paragraph: index of the paragraph in the section and its subsections; sentence: running number of the sentence.
        start, end: span in the original text.
        mention: the figure, None for a comparison in words (持平, 决算数大于预算数).
        topic: index of the value statement it speaks of (the part of a share, this year's figure of a change).
        whole: index of the value statement that 其中 divides and this is a part of.
        whole_said: what a share or completion rate says it is of (本年支出合计), "" where it does not.
        against: "year" or "budget" for comparisons, else ""; direction: 增加, 减少, 持平, 大于, 小于, 等于, 不同.
        concept, subject: as for mentions.
        budget: 年初 or 全年 for budget figures that say so.
        division: the number of the division it is a part in, 0 where it is no part.
    """

    paragraph: int
    sentence: int
    start: int
    end: int
    mention: Mention | None
    topic: int | None = None
    whole: int | None = None
    whole_said: str = ""
    against: str = ""
    direction: str = ""
    concept: str = ""
    subject: str = ""
    budget: str = ""
    division: int = 0

    @property
    def role(self) -> MentionRole | None:
        """The role of its figure, None without one."""
        return self.mention.role if self.mention is not None else None


def latest_value(statements: Sequence[Statement], concept: str, paragraph: int) -> int | None:
    """Return the index of the last value statement of a concept: the paragraph's own, else one that no item states."""
    for index in range(len(statements) - 1, -1, -1):
        said = statements[index]
        near = said.paragraph == paragraph or not said.subject
        if near and said.concept == concept and said.role in VALUES:
            return index
    return None


def latest_head(statements: Sequence[Statement], sentence: int) -> int | None:
    """Return the index of a sentence's latest value that is no part of another: what a 其中 after a ； divides."""
    for index in range(len(statements) - 1, -1, -1):
        statement = statements[index]
        if statement.sentence == sentence and statement.whole is None and statement.role in VALUES:
            return index
    return None


def latest_of_side(statements: Sequence[Statement], paragraph: int, side: str) -> int | None:
    """Return the index of a paragraph's latest undivided value of one side, 收入 or 支出."""
    for index in range(len(statements) - 1, -1, -1):
        statement = statements[index]
        if statement.paragraph != paragraph:
            break
        if side in statement.concept and statement.whole is None and statement.role in VALUES:
            return index
    return None


def divisible(statements: Sequence[Statement], values: Sequence[int], paragraph: int) -> int | None:
    """Return which of the values spoken of a 其中 in a paragraph divides: the last, None where it is unclear.

    It is unclear where an earlier paragraph states them beside other values: 基本支出…；项目支出…。 其中：….
    """
    value = values[-1] if values else None
    if value is None or statements[value].paragraph == paragraph:
        return value
    stated = {
        s.mention.amount.value
        for s in statements
        if s.paragraph == statements[value].paragraph and s.mention and s.role in VALUES and s.whole is None
    }
    return value if len(stated) == 1 else None


def stands_elsewhere(statements: Sequence[Statement], concept: str, whole: int) -> bool:
    """Tell whether a part was first named as a part of something else (其他用车 of 车辆, then of 购置车辆)."""
    for statement in statements:
        if statement.concept == concept and statement.role in VALUES and not statement.subject:
            other = statement.whole
            return other is not None and statements[other].concept != statements[whole].concept
    return False


def sums_parts(words: str) -> bool:
    """Tell whether the words before a figure make it the sum of a list of parts: 其中甲1万元，乙2万元，合计3万元."""
    return bool(_SUM_OF_PARTS.fullmatch(words))
