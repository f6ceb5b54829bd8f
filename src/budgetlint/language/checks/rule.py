"""Checks a parsed rule against the vocabulary before any document is read: everything that can be known without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from budgetlint.language.checks.examples import example_errors
from budgetlint.language.checks.names import name_errors
from budgetlint.language.checks.units import unit_errors
from budgetlint.language.errors import RuleError, error_at, shown_in
from budgetlint.language.functions import Function
from budgetlint.language.naming import Names, meant
from budgetlint.language.syntax import (
    ColumnRef,
    EachMention,
    Label,
    Ref,
    RowRef,
    Rule,
    Span,
    Test,
    TestKind,
    Text,
)
from budgetlint.language.walk import depth, nodes
from budgetlint.vocabulary import Vocabulary

#: How deep a rule's nodes may stand one inside the other (parentheses are limited to 32 by the scanner).
DEPTH_LIMIT = 150

_ID = re.compile(r"[A-Z]{2,4}[0-9]{3}")
_HOLE = re.compile(r"\{([^{}]*)\}")
_HOLE_WORDS = {
    "left",
    "左",
    "right",
    "右",
    "diff",
    "差",
    "tolerance",
    "容差",
    "row",
    "行",
    "table",
    "表",
    "section",
    "章节",
    "paragraph",
    "段落",
}
_HOLE_ENDINGS = {"printed", "原文", "where", "位置"}
_KINDS = ("预算", "决算", "部门预算", "部门决算", "单位预算", "单位决算")


def check_rule(
    rule: Rule,
    vocabulary: Vocabulary,
    functions: Mapping[str, Function] | None = None,
    source: str | None = None,
) -> list[RuleError]:
    """Return everything wrong with a rule, in the order of its text.

    Args:
        rule: the rule.
        vocabulary: of the rule's pack and the packs it builds on.
        functions: what plugins registered, by name.
        source: the text of the rule's file, so that errors can show the line.
    """
    names = Names(vocabulary, functions or {})
    if depth(rule) > DEPTH_LIMIT:
        found = [error_at(rule.span, "式子套得太深", "the rule nests too deep")]
    else:
        found = [
            *_header_errors(rule, source or ""),
            *name_errors(rule, names),
            *unit_errors(rule, names),
            *_pattern_errors(rule),
            *_hole_errors(rule, names, source or ""),
            *example_errors(rule, names),
        ]
    found.sort(key=lambda error: (error.line, error.column))
    return [_placed(error, rule, source) for error in dict.fromkeys(found)]


def _placed(error: RuleError, rule: Rule, source: str | None) -> RuleError:
    return shown_in(replace(error, rule=rule.id), source or "")


def _header_errors(rule: Rule, source: str) -> Iterator[RuleError]:
    if not _ID.fullmatch(rule.id):
        yield error_at(
            _place_of(rule.id, rule, source),
            f"编号“{rule.id}”应为两到四个大写字母加三位数字，如 AB101",
            f"the id {rule.id!r} is not two to four capitals and three digits, such as AB101",
        )
    if not rule.basis:
        yield error_at(
            rule.span,
            "缺少“依据”：写文件名和条款，或“勾稽关系”",
            "the basis is missing: cite a document, or write consistency",
        )
    for kind in rule.scope.kinds:
        if kind not in _KINDS:
            yield error_at(
                _place_of(kind, rule, source),
                f"没有“{kind}”这种公开类型",
                f"there is no kind of document {kind!r}",
                suggestion=meant(kind, _KINDS),
            )
    years = rule.scope.years
    if years and years.first and years.last and years.first > years.last:
        yield error_at(
            _place_of(str(years.first), rule, source),
            "适用年度的起止颠倒了",
            "the years end before they begin",
        )


# ------------------------------------------------------------------ regular expressions


def _pattern_errors(rule: Rule) -> Iterator[RuleError]:
    for node in nodes(rule):
        if isinstance(node, Test) and node.kind is TestKind.MATCHES:
            for argument in node.arguments:
                if not isinstance(argument, Text):
                    yield error_at(node.span, "“匹配”之后要写“正则表达式”", "matches needs a “pattern”")
                elif problem := _pattern_problem(argument.text):
                    yield error_at(
                        argument.span,
                        f"正则表达式不合 RE2 语法（不能用反向引用、环视）：{problem}",
                        f"not an RE2 pattern (no back-references, no look-around): {problem}",
                    )


def _pattern_problem(pattern: str) -> str:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        detail = error.args[0] if error.args else error
        return detail.decode() if isinstance(detail, bytes) else str(detail)
    return ""


# ------------------------------------------------------------------ messages


def _hole_errors(rule: Rule, names: Names, source: str) -> Iterator[RuleError]:
    known = _operand_names(rule, names)
    messages = (rule.message, rule.suggest, *(check.message for check in rule.checks))
    for message in messages:
        if {"{", "}"} & set(_HOLE.sub("", message or "")):
            yield error_at(
                _place_of("{", rule, source),
                "说明中的 { 和 } 不成对",
                "{ and } do not pair in the message",
            )
    for hole in (hole for message in messages for hole in _HOLE.findall(message or "")):
        name, _, ending = hole.strip().partition(".")
        if ending and ending not in _HOLE_ENDINGS:
            yield error_at(
                _place_of(f"{{{hole}}}", rule, source),
                f"说明中的 {{{hole}}}：点号后面只能是 原文 或 位置",
                f"in the message {{{hole}}}: only printed or where may follow the dot",
            )
        elif name not in _HOLE_WORDS and name not in known:
            yield error_at(
                _place_of(f"{{{hole}}}", rule, source),
                f"说明中的 {{{hole}}} 不是这条规则里的名称",
                f"in the message {{{hole}}} is no name of this rule",
                suggestion=meant(name, [*_HOLE_WORDS, *known]),
            )


def _place_of(words: str, rule: Rule, source: str) -> Span:
    """Return where some words stand in the text of a rule; the rule's own place where the text is not at hand."""
    lines = source.split("\n")
    for number in range(rule.span.line, min(rule.span.end_line, len(lines)) + 1):
        column = lines[number - 1].find(words)
        if column >= 0:
            return Span(rule.span.file, number, column, number, column + len(words))
    return rule.span


def _operand_names(rule: Rule, names: Names) -> set[str]:
    """What a hole may name: every name the checks read, and the properties of their mentions."""
    known = {let.name for let in rule.lets} | set(names.facts())
    for node in nodes(rule):
        label: Label | None = None
        if isinstance(node, Ref):
            label = node.item
        elif isinstance(node, RowRef | ColumnRef):
            label = node.label
        if isinstance(node, EachMention):
            known |= {node.label.text, *names.properties(node.label.text)}
        if label is not None:
            known |= {label.text, label.text.rpartition("/")[2]}
    return known
