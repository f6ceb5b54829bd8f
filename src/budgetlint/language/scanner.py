"""Splits a rule file into its rules, so that a broken rule costs itself only, and holds files to their limits."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from budgetlint.language.errors import RuleError, error_at
from budgetlint.language.keywords import keywords
from budgetlint.language.syntax import Span

#: So long a file and a rule may be, in bytes of UTF-8: what is longer is no text of a person.
FILE_LIMIT = 4 * 1024 * 1024
RULE_LIMIT = 8 * 1024
#: How deep parentheses may nest.
DEPTH_LIMIT = 32

_SET_ASIDE = re.compile(
    r"“(?:[^“”\n]|“[^“”\n]*”)*”|\"[^\"\n]*\"|【[^】\n]*】|「[^」\n]*」|[#＃][^\n]*|^\s*[|｜][^\n]*", re.M
)


class Chunk(Struct, frozen=True):
    """The text of one rule and the 1-based line it starts on."""

    text: str
    line: int


def split_rules(text: str, file: str) -> tuple[list[Chunk], list[RuleError]]:
    """Split a file at every line that starts with 规则 or rule.

    Returns the rules within the limits and one error for each text that is none: what stands before the first
    rule (comments may), and what is too large or nested too deep.
    """
    if len(text.encode()) > FILE_LIMIT:
        return [], [error_at(Span(file, 1), "规则文件超过 4 MB", "the rule file is larger than 4 MB")]
    starts = [match.start() for match in _rule_start().finditer(text)]
    head = text[: starts[0]] if starts else text
    errors = [error for error in (_stray(head, file),) if error]
    chunks = []
    for begin, end in pairwise((*starts, len(text))):
        chunk = Chunk(text[begin:end], text.count("\n", 0, begin) + 1)
        error = limit_error(chunk, file)
        if error is None:
            chunks.append(chunk)
        else:
            errors.append(error)
    return chunks, errors


def limit_error(chunk: Chunk, file: str) -> RuleError | None:
    """Return what is wrong with a rule's size or nesting, or None."""
    span = Span(file, chunk.line)
    if len(chunk.text.encode()) > RULE_LIMIT:
        return error_at(span, "一条规则超过 8 KB", "the rule is larger than 8 KB")
    depth = 0
    for char in _SET_ASIDE.sub("", chunk.text):
        depth += (char in "(（") - (char in ")）")
        if depth > DEPTH_LIMIT:
            return error_at(span, "括号套了 32 层以上", "parentheses nest deeper than 32")
    return None


def comments_of(text: str) -> list[tuple[int, str, bool]]:
    """Return each comment: how many lines below the text's start, its words, and whether it stands alone."""
    found = []
    for match in _SET_ASIDE.finditer(text):
        if match.group()[0] in "#＃":
            before = text[: match.start()]
            alone = not before.rpartition("\n")[2].strip()
            found.append((before.count("\n"), match.group().rstrip(), alone))
    return found


def _stray(head: str, file: str) -> RuleError | None:
    """The error for text before the first rule, or None where there is nothing but comments."""
    for number, line in enumerate(head.split("\n"), 1):
        words = line.lstrip("\ufeff").strip()
        if words and words[0] not in "#＃":
            column = line.index(words[0])
            span = Span(file, number, column, number, column + len(words))
            return error_at(
                span, "每条规则以“规则 编号 “名称””开始", "a rule starts with: rule ID “name”", source=head
            )
    return None


@lru_cache(maxsize=1)
def _rule_start() -> re.Pattern[str]:
    return re.compile(rf"^[ \t\u3000\ufeff]*(?={keywords().words['RULE'].pattern()})", re.M)
