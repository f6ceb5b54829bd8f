"""Turns what Lark could not read into an error for people: what stood there, what was expected, what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from budgetlint.language.errors import RuleError, error_at
from budgetlint.language.keywords import Tongue, keywords
from budgetlint.language.meant.guess import Guess, guesses
from budgetlint.language.scanner import Chunk
from budgetlint.language.syntax import Span

#: Tokens that are no words, as people call them.
_THINGS = {
    "NAME": ("名称", "a name"),
    "STRING": ("“文字”", "a “text”"),
    "NUMBER": ("数字", "a number"),
    "QUANTITY": ("金额", "an amount"),
    "RULE_ID": ("规则编号（如 AB101）", "a rule id (such as AB101)"),
    "CITATION": ("《文件名》", "a 《title》"),
    "PIPE": ("| 表格行 |", "a | table line |"),
    "SECTION_NUMBER": ("第几节", "section and its number"),
    "PART_NUMBER": ("第几部分", "part and its number"),
    "OPEN": ("（", "("),
    "CLOSE": ("）", ")"),
    "COLON": ("：", ":"),
    "COLON_UNIT": ("：单位", ": and a unit"),
    "LIST_COMMA": ("顿号", "、"),
    "$END": ("结尾", "the end"),
}
#: Groups of words that are named together, with what people call them; most telling first.
_GROUPS = {
    "比较": ("比较（等于、不超过 …）", "a comparison (equals, is at most …)"),
    "判断": ("判断（存在、为空、包含 …）", "a test (exists, is blank, contains …)"),
    "计算": ("计算（加、减 …）", "a calculation (plus, minus …)"),
    "位置": ("位置（章节、表、行、列 …）", "a place (section, table, row, column …)"),
    "函数": ("函数（数值、级次 …）", "a function (number in, level …)"),
    "框架": ("规则的一项（级别、依据 …）", "a clause (severity, basis …)"),
}
_AT_MOST = 8
_NEXT_WORD = re.compile(r"\s+(\w+)")


def explain(unexpected: Any, chunk: Chunk, file: str, source: str) -> RuleError:
    """Return the error for Lark's UnexpectedToken or UnexpectedCharacters."""
    from lark.exceptions import UnexpectedCharacters

    if isinstance(unexpected, UnexpectedCharacters):
        return _strange_sign(unexpected, file, source)
    token = unexpected.token
    accepted = unexpected.interactive_parser.accepts()
    if token.type == "$END":
        lines = chunk.text.rstrip().split("\n")
        line = chunk.line + len(lines) - 1
        span = Span(file, line, len(lines[-1]), line, len(lines[-1]) + 1)
        found = ("结尾", "the end")
    else:
        span = Span(file, token.line, token.column - 1, token.end_line, token.end_column - 1)
        found = (f"“{token}”", f"“{token}”")
    written = source.split("\n")[span.line - 1]
    expected_zh, expected_en = (_expected(accepted, to) for to in ("zh", "en"))
    zh = f"{found[0]}不该在这里，此处可以是：{expected_zh}"
    en = f"{found[1]} cannot stand here; expected: {expected_en}"
    plain = error_at(span, zh, en, source=source)

    def guessed(one: Guess) -> RuleError:
        at, said = span, (zh, en)
        if one.word:
            at = Span(file, span.line, one.column, span.line, one.column + len(one.word))
            said = (
                f"读不懂“{one.word}”，此处可以是：{expected_zh}",
                f"“{one.word}” is not understood; expected: {expected_en}",
            )
        if one.unspaced:
            word = one.word or str(token)
            said = f"“{word}”里的词要用空格隔开", f"the words of “{word}” need spaces between them"
        return error_at(at, *(one.what or said), source=source, suggestion=one.meant)

    ideas = [guessed(one) for one in guesses(str(token), token.type, accepted, written, span.column)]
    return replace(ideas[0], others=(*ideas[1:], plain)) if ideas else plain


def _expected(accepted: Iterable[str], to: Tongue) -> str:
    """Name what may stand here: single things first, words by group where there are many."""
    words, index = keywords().words, 0 if to == "zh" else 1
    things = [names[index] for token, names in _THINGS.items() if token in accepted]
    groups: dict[str, list[str]] = {}
    for token, word in words.items():
        if token in accepted:
            groups.setdefault(word.group, []).append(word.printed(to))
    for group in sorted(groups, key=lambda g: list(_GROUPS).index(g) if g in _GROUPS else len(_GROUPS)):
        printed = groups[group]
        things += [_GROUPS[group][index]] if len(printed) > 2 and group in _GROUPS else printed
    rest = (" …" if to == "en" else "等") if len(things) > _AT_MOST else ""
    return (", " if to == "en" else "、").join(things[:_AT_MOST]) + rest


def _strange_sign(unexpected: Any, file: str, source: str) -> RuleError:
    line = source.split("\n")[unexpected.line - 1]
    column = unexpected.column - 1
    sign = line[column]
    span = Span(file, unexpected.line, column, unexpected.line, column + 1)
    meant = ""
    if sign in '“"＂':
        zh, en = "引号没有收住", "the quotation mark is not closed"
    elif sign in "【「":
        zh, en = f"{sign} 没有收住", f"{sign} is not closed"
    elif sign in "应须不":
        zh, en = (
            f"“{sign}”不能单独使用，要连着 等于、包含 之类的词",
            f"“{sign}” needs a relation or a test behind it",
        )
        meant, span = _joined(line, span)
    elif sign in "/／":
        zh, en = "/ 不是除号：相除写 除以，路径各级之间不留空格", "/ never divides: write ÷ or divided by"
    else:
        zh, en = (
            f"这里的“{sign}”读不懂；名称里有标点时写在【】中",
            f"“{sign}” cannot be read; quote names with 【】",
        )
    return error_at(span, zh, en, source=source, suggestion=meant)


def _joined(line: str, span: Span) -> tuple[str, Span]:
    """不 大于 for 不大于: the sign and the word behind it, where they are one word of the language."""
    behind = _NEXT_WORD.match(line, span.column + 1)
    if behind is None:
        return "", span
    word = line[span.column] + behind[1]
    known = any(
        word in one.zh or (one.should and word[0] in "应须" and word[1:] in one.zh)
        for one in keywords().words.values()
    )
    return (word, replace(span, end_column=behind.end())) if known else ("", span)
