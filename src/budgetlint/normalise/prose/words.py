"""The phrases of a vocabulary compiled into the searches that reading prose needs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from budgetlint.vocabulary import Vocabulary

YEAR = r"(?:19|20)\d\d年度?"


def _any(words: Iterable[str]) -> str:
    """Return an alternation, longest first; of no words one that never matches."""
    alternatives = sorted(map(re.escape, words), key=len, reverse=True)
    return "(?:" + "|".join(alternatives) + ")" if alternatives else "(?!)"


class ProseWords(Struct, frozen=True):
    """Compiled phrases; every search runs on the words of one clause (folded text).

    Attributes:
        verb_before: a verb of change right before a figure; groups ``up`` or ``down``.
        verb: the same anywhere.
        compared: 与2023年预算相比, 比上年, 较年初预算数: groups ``year``, ``last`` and ``budget`` tell with what.
        flat, relation: 持平 …; 大于, 小于, 等于 (groups ``more``, ``less``, ``same``, ``differs``).
        share: 占本年支出合计的, group ``whole``; completion: 完成年初预算的, 预算执行率为.
        deviation: 预决算差异率, a rate of change against the budget whose sign is printed.
        budget: the words before a figure say that it is a budget; group ``whole_year`` for 全年预算.
        reason: where the reason of a change begins.
        among: a 其中 that divides what was said before; comprises: words that open a list of parts; grouped: by what parts are told (按功能分类).
        list_intro: words that open a list of things counted before.
        previous: a year-before word that is not part of a name such as 上年结转.
        adjusted: the comparison is on another basis than the printed figure's (同口径).
        planned: what is counted is to be bought, not held.
        at_end, reports: what stands after a year where it tells a point of time, or whose figures are told.
        listed_units: units of what can be listed; vehicles, people and times are counted, not listed.
        own_noun: how words end that can be the name of a figure although the vocabulary does not know them.
        named_before, named_after: what stands around a year that is part of the name of a notice or fund.
    """

    verb_before: re.Pattern[str]
    verb: re.Pattern[str]
    compared: re.Pattern[str]
    flat: re.Pattern[str]
    relation: re.Pattern[str]
    share: re.Pattern[str]
    completion: re.Pattern[str]
    deviation: re.Pattern[str]
    budget: re.Pattern[str]
    reason: re.Pattern[str]
    among: re.Pattern[str]
    comprises: re.Pattern[str]
    grouped: re.Pattern[str]
    list_intro: re.Pattern[str]
    previous: re.Pattern[str]
    adjusted: re.Pattern[str]
    planned: re.Pattern[str]
    at_end: re.Pattern[str]
    named_before: re.Pattern[str]
    named_after: re.Pattern[str]
    reports: re.Pattern[str]
    listed_units: frozenset[str]
    own_noun: re.Pattern[str]

    @staticmethod
    def direction(relation: re.Match[str]) -> str:
        """Return 大于, 小于, 等于 or 不同 for a match of ``relation``."""
        names = {"more": "大于", "less": "小于", "same": "等于", "differs": "不同"}
        return names[relation.lastgroup or "differs"]


def words_of(vocabulary: Vocabulary) -> ProseWords:
    """Compile the phrases of a vocabulary."""

    def group(*names: str) -> str:
        return _any([word for name in names for word in vocabulary.phrases.get(name, ())])

    words = vocabulary.words
    up, down = group("increase", "increase-noun"), group("decrease", "decrease-noun")
    base = group("year-start-budget", "whole-year-budget")
    last = group("previous-year")
    compared = _any(word for word in vocabulary.phrases.get("compared-with", ()) if len(word) > 1)
    degree = r"(?:（[^）]*）)?(?:了|幅度|比例|率|额|数)?(?:为|是|达到?|约|近)?"
    basis = rf"(?:(?P<year>{YEAR})|(?P<last>{last})|(?P<budget>{base}数?|预算数?))"
    whose, of_what, done = (words.any_of(f"正文/相比的数/{part}") for part in ("哪时", "何种", "何事"))
    tail = rf"{whose}?{of_what}?{done}?(?:数|情况)?的?"
    return ProseWords(
        verb_before=re.compile(rf"(?:(?P<up>{up})|(?P<down>{down})){degree}$"),
        verb=re.compile(rf"(?P<up>{up})|(?P<down>{down})"),
        # 2021年和2022年 are two years, 2022年与2021年相比 a comparison.
        compared=re.compile(
            rf"(?:[较比]|(?<!年)(?<!年度)[与和同跟]|[与和同跟](?={YEAR}[^，。；]{{0,16}}?{compared}))"
            rf"{basis}(?:[^，。；]{{0,12}}?{compared}|{tail})"
        ),
        # 基本持平 is nearly so, and lets a small change stand beside it.
        flat=re.compile(rf"(?<!基本)(?<!大致)(?<!大体)(?<!总体){group('flat')}"),
        relation=re.compile(
            rf"(?P<more>{group('greater')})|(?P<less>{group('less')})|(?P<same>{group('equal')})|(?P<differs>{group('difference')})"
        ),
        share=re.compile(r"占(?P<whole>.*?)(?:的(?:比重|比例|比)?|比重?|比例)?(?:为|达到?|是|约)?$"),
        completion=re.compile(
            r"(?:完成(?P<base>.*?)(?:的|率为?|比例为?)?|执行率(?:为|达到?|是)?|完成率(?:为|达到?|是)?|为(?P<base2>[^，]*预算数?)的)$"
        ),
        deviation=re.compile(r"差异率(?:为|是)?$"),
        budget=re.compile(
            rf"(?:(?P<year_start>{group('year-start-budget')})|(?P<whole_year>{group('whole-year-budget')})|预算)(?:批复)?(?:数|额)?(?:安排)?(?:为|是)?$"
        ),
        reason=re.compile(group("reason")),
        among=re.compile(group("among")),
        comprises=re.compile(rf"{group('comprises')}$"),
        grouped=re.compile(group("grouped")),
        list_intro=re.compile(rf"{group('list-intro')}$"),
        previous=re.compile(
            rf"{last}(?!度?(?:年?末|年?底|期末)|[^，。；、]{{0,8}}{words.any_of('正文/上年留下的')})"
        ),
        adjusted=re.compile(group("adjusted-basis")),
        planned=re.compile(group("planned")),
        at_end=re.compile(rf"度?{words.any_of('正文/年份时点')}|度?12月31日"),
        named_before=re.compile(rf"{words.any_of('正文/年份属于名称')}[^，。；]{{0,4}}$"),
        named_after=re.compile(
            rf"度?[^，。；“”]{{0,30}}{words.any_of('正文/文件资金名称')}|度?第[一二三四]批"
        ),
        reports=re.compile(
            rf"度?(?:全年)?{words.any_of('正文/年份之后的主语')}?(?:年初|综合)?{words.any_of('正文/年份所讲')}"
        ),
        listed_units=frozenset(words.group("正文/可列举的单位")),
        own_noun=re.compile(f"{words.any_of('正文/数的名目')}$"),
    )
