"""Put statements of prose together into the mention patterns that rules quantify over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from budgetlint.document import Dimension, Mention, MentionRole, Paragraph, Pattern
from budgetlint.normalise.printed.numbers import fold
from budgetlint.normalise.prose.bases import bases_of
from budgetlint.normalise.prose.counts import count_patterns
from budgetlint.normalise.prose.items import numbering
from budgetlint.normalise.prose.statements import REASON, VALUES, Statement
from budgetlint.normalise.prose.words import ProseWords
from budgetlint.normalise.prose.years import year_patterns

#: Paragraph, start in its text, pattern.
_Found = tuple[int, int, Pattern]
#: Answers what the words after 占 name: the figure printed for it, if one is.
WholeFinder = Callable[[str, Statement], "Mention | None"]


def patterns_of(
    statements: Sequence[Statement],
    paragraphs: Sequence[Paragraph],
    words: ProseWords,
    find_whole: WholeFinder,
) -> dict[int, tuple[Pattern, ...]]:
    """Return the patterns of a section by the number of their paragraph, in printed order.

    Only what is printed goes into ``values``; what arithmetic can derive is the engine's business.
    """
    found: list[_Found] = []
    found += _shares(statements, find_whole)
    found += _changes(statements, paragraphs, words)
    found += _completions(statements, paragraphs, words)
    found += _breakdowns(statements)
    found += count_patterns(statements, paragraphs, words)
    for number, printed in enumerate(paragraphs):
        found += [
            (number, start, pattern) for start, pattern in year_patterns(fold(printed.text), printed, words)
        ]
    by_paragraph: dict[int, list[tuple[int, Pattern]]] = defaultdict(list)
    for paragraph, start, pattern in found:
        by_paragraph[paragraph].append((start, pattern))
    return {
        n: tuple(p for _, p in sorted(items, key=lambda item: item[0])) for n, items in by_paragraph.items()
    }


def _one(**values: Mention | None) -> dict[str, tuple[Mention, ...]]:
    return {name: (mention,) for name, mention in values.items() if mention is not None}


def _mention(statements: Sequence[Statement], index: int | None) -> Mention | None:
    return statements[index].mention if index is not None else None


def _shares(statements: Sequence[Statement], find_whole: WholeFinder) -> list[_Found]:
    found: list[_Found] = []
    wholes: dict[int, Mention | None] = {}
    for index, statement in enumerate(statements):
        if statement.role is not MentionRole.SHARE:
            continue
        whole = find_whole(statement.whole_said, statement) if statement.whole_said else None
        if not statement.whole_said and statement.topic is not None:
            whole = _mention(statements, statements[statement.topic].whole)
        wholes[index] = whole
    orphans = [i for i, whole in wholes.items() if whole is None and not statements[i].whole_said]
    wholes |= bases_of(statements, orphans)
    for index, whole in wholes.items():
        statement = statements[index]
        mention = statement.mention
        assert mention is not None
        values = _one(部分=_mention(statements, statement.topic), 总额=whole, 占比=mention)
        said = {"总额": statement.whole_said} if statement.whole_said and whole is None else {}
        pattern = Pattern("占比", mention.concept, mention.subject, values, said, mention.place, mention.text)
        found.append((statement.paragraph, statement.start, pattern))
    return found


def _changes(
    statements: Sequence[Statement], paragraphs: Sequence[Paragraph], words: ProseWords
) -> list[_Found]:
    found: list[_Found] = []
    for group in _change_groups(statements):
        first = statements[group[0]]
        values: dict[str, Mention | None] = {"本年数": None, "上年数": None, "增减额": None, "增减率": None}
        for index in group:
            mention = statements[index].mention
            if mention is not None:
                values["增减率" if mention.role is MentionRole.RATE else "增减额"] = mention
        values["本年数"] = _changed(statements, first, values["增减额"], values["增减率"])
        values["上年数"] = _base(statements, group[0])
        flat = any(statements[index].direction == "持平" for index in group)
        said = {
            "方向": "持平" if flat else first.direction,
            "原因": _reason(statements, group, paragraphs, words),
        }
        if first.against == "budget":
            said["基数"] = "预算"
        found.append(_pattern("增减", first, values, said, statements, group, paragraphs))
    return found


def _changed(
    statements: Sequence[Statement], said: Statement, change: Mention | None, rate: Mention | None
) -> Mention | None:
    """Return the figure that changed: what was spoken of last, where the rate fits it or nothing better.

    After a part it may be the whole, and after a list whatever its paragraph stated before: the total it begins with.
    """
    topic = _mention(statements, said.topic)
    if topic is None or change is None or rate is None or _fits(topic, change, rate):
        return topic
    whole = _mention(statements, statements[said.topic].whole) if said.topic is not None else None
    before = [
        statement.mention
        for statement in statements[: said.topic]
        if statement.paragraph == said.paragraph
        and statement.role in VALUES
        and statement.mention is not None
    ]
    candidates = [*([whole] if whole is not None else []), *before]
    return next((value for value in candidates if _fits(value, change, rate)), topic)


def _fits(value: Mention, change: Mention, rate: Mention) -> bool:
    """Tell whether a rate is a change's, as far as it is printed."""
    before = value.amount.value - change.amount.value
    if value.amount.dimension is not change.amount.dimension or before <= 0:
        return False
    return abs(change.amount.value / before * 100 - rate.amount.value) <= rate.amount.quantum


def _change_groups(statements: Sequence[Statement]) -> list[list[int]]:
    """Put an amount of change, its rate and 持平 of one thing in one sentence together."""
    groups: list[list[int]] = []
    open_groups: dict[tuple[int, str, str, int | None], list[int]] = {}
    for index, statement in enumerate(statements):
        mention = statement.mention
        changes = mention is not None and mention.role in (MentionRole.CHANGE, MentionRole.RATE)
        if not changes and not (mention is None and statement.against == "year"):
            continue
        key = (statement.sentence, statement.concept, statement.subject, statement.topic)
        group = open_groups.get(key)
        roles = {statements[i].role for i in group or ()}
        if group is None or mention is None or mention.role in roles:
            group = open_groups[key] = []
            groups.append(group)
        group.append(index)
    return groups


def _base(statements: Sequence[Statement], index: int) -> Mention | None:
    """Return the printed figure that a change is measured against, if the paragraph prints it."""
    statement = statements[index]
    role = MentionRole.BUDGET if statement.against == "budget" else MentionRole.PREVIOUS
    return _latest(statements, index, statement, role)


def _latest(
    statements: Sequence[Statement], index: int, like: Statement, role: MentionRole, budget: str = ""
) -> Mention | None:
    for other in reversed(statements[:index]):
        if other.paragraph != like.paragraph:
            return None
        same = other.concept == like.concept and other.subject == like.subject and not _is_rate(other)
        if same and other.mention and other.mention.role is role and (budget == other.budget or not budget):
            return other.mention
    return None


def _is_rate(statement: Statement) -> bool:
    return statement.mention is not None and statement.mention.amount.dimension is Dimension.PERCENT


def _reason(
    statements: Sequence[Statement], group: Sequence[int], paragraphs: Sequence[Paragraph], words: ProseWords
) -> str:
    """Return the reason printed after a statement and before the next one, "" where none is."""
    last = statements[group[-1]]
    text = paragraphs[last.paragraph].text
    stop = len(text)
    for other in statements[group[-1] + 1 :]:
        if other.paragraph != last.paragraph:
            break
        if other.start >= last.end and not other.subject.endswith(REASON):
            stop = other.start
            break
    match = words.reason.search(text, last.end, stop)
    if match is not None and "。" in text[last.end : match.start()] and _changed_before(statements, group[0]):
        return ""  # a sentence of its own after several changes speaks of all of them
    if match is None and stop == len(text):
        text = _following(statements, last.paragraph, paragraphs)
        match = words.reason.search(text)
    if match is None:
        return ""
    sentence = re.match(r"(?:的?主?要?原因)?[是为系：:，,\s]*([^。]*)", text[match.end() :])
    return sentence.group(1).strip() if sentence else ""


def _changed_before(statements: Sequence[Statement], index: int) -> bool:
    """Tell whether the paragraph stated another change before one."""
    own = statements[index]
    return any(
        statement.paragraph == own.paragraph
        and statement.start < own.start
        and statement.role in (MentionRole.CHANGE, MentionRole.RATE)
        for statement in statements[:index]
    )


def _following(statements: Sequence[Statement], number: int, paragraphs: Sequence[Paragraph]) -> str:
    """Return the paragraph after one, where it only goes on: without a number and without a figure."""
    after = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
    stated = any(s.paragraph == number + 1 and s.mention is not None for s in statements)
    return "" if stated or numbering(fold(after).text) else after


def _completions(
    statements: Sequence[Statement], paragraphs: Sequence[Paragraph], words: ProseWords
) -> list[_Found]:
    groups: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for index, statement in enumerate(statements):
        mention = statement.mention
        compares = mention is None and statement.against == "budget"
        if compares or (mention and mention.role in (MentionRole.BUDGET, MentionRole.COMPLETION)):
            groups[statement.paragraph, statement.concept, statement.subject].append(index)
    return [_completion(statements, group, paragraphs, words) for group in groups.values()]


def _completion(
    statements: Sequence[Statement], group: list[int], paragraphs: Sequence[Paragraph], words: ProseWords
) -> _Found:
    rates = [i for i in group if statements[i].role is MentionRole.COMPLETION]
    compares = [i for i in group if statements[i].mention is None]
    anchor = (rates or compares or group)[0]
    said = statements[(rates or compares or group)[-1]]
    kind = (
        "全年"
        if "全年" in said.whole_said or "调整" in said.whole_said
        else "年初"
        if "年初" in said.whole_said
        else ""
    )
    first, end = statements[group[0]], len(statements)
    after = end_of(statements, anchor)
    budget = _latest(statements, after, first, MentionRole.BUDGET, kind)
    if budget is None and not any(statements[i].budget for i in group):
        budget = _latest(statements, after, first, MentionRole.BUDGET)
    values = {
        "预算数": budget,
        "决算数": _latest(statements, end_of(statements, anchor), first, MentionRole.VALUE)
        or _topic_value(statements, rates, compares),
        "完成率": _mention(statements, rates[0]) if rates else None,
    }
    comparison = statements[compares[0]].direction if compares else ""
    said_words = {"比较": comparison, "原因": _reason(statements, group, paragraphs, words)}
    return _pattern("完成", first, values, said_words, statements, group[:end], paragraphs)


def end_of(statements: Sequence[Statement], index: int) -> int:
    """Return the index after the last statement of a statement's paragraph."""
    paragraph = statements[index].paragraph
    while index < len(statements) and statements[index].paragraph == paragraph:
        index += 1
    return index


def _topic_value(
    statements: Sequence[Statement], rates: Sequence[int], compares: Sequence[int]
) -> Mention | None:
    for index in (*rates, *compares):
        mention = _mention(statements, statements[index].topic)
        if mention is not None:
            return mention
    return None


def _pattern(
    kind: str,
    first: Statement,
    values: dict[str, Mention | None],
    said: dict[str, str],
    statements: Sequence[Statement],
    group: Sequence[int],
    paragraphs: Sequence[Paragraph],
) -> _Found:
    paragraph = paragraphs[first.paragraph]
    start, end = min(statements[i].start for i in group), max(statements[i].end for i in group)
    pattern = Pattern(
        kind, first.concept, first.subject, _one(**values), said, paragraph.place, paragraph.text[start:end]
    )
    return first.paragraph, start, pattern


def _breakdowns(statements: Sequence[Statement]) -> list[_Found]:
    # One part alone (其中：小微企业 x 万元) is an excerpt: it is at most the whole, several may add up to it.
    parts: dict[tuple[int, int], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.whole is None or statement.mention is None:
            continue
        if statement.role in VALUES or statement.role is statements[statement.whole].role:
            parts[statement.whole, statement.division].append(statement)
    found: list[_Found] = []
    for (index, _), items in parts.items():
        whole = statements[index]
        if whole.mention is None:
            continue
        unit, dimension = whole.mention.amount.unit, whole.mention.amount.dimension
        mentions = tuple(
            s.mention
            for s in items
            if s.mention
            and s.mention.amount.dimension is dimension
            and (whole.mention.role is MentionRole.VALUE or s.mention.amount.unit == unit)
        )
        named = [m.concept for m in mentions if m.known]
        twice = "、".join(dict.fromkeys(name for name in named if named.count(name) > 1))
        if mentions:
            pattern = Pattern(
                "其中",
                whole.concept,
                whole.subject,
                {"总额": (whole.mention,), "各项": mentions},
                {"项数": "多项" if len(mentions) > 1 else "单项", **({"重复项": twice} if twice else {})},
                whole.mention.place,
                whole.mention.text,
            )
            found.append((whole.paragraph, whole.start, pattern))
    return found
