"""Reads rules whole: parsed, checked against the vocabulary, with every error in its place and only advice that works."""

from __future__ import annotations

from collections.abc import Mapping

from budgetlint.language.checks.rule import check_rule
from budgetlint.language.errors import RuleError, RuleProblem
from budgetlint.language.functions import Function
from budgetlint.language.meant.advice import Adviser, in_order
from budgetlint.language.naming import Names
from budgetlint.language.parser import ParsedFile, parse_chunk, parse_sentence
from budgetlint.language.scanner import Chunk, split_rules
from budgetlint.language.syntax import Rule
from budgetlint.vocabulary import Vocabulary


def read_rules(
    text: str, file: str, vocabulary: Vocabulary, functions: Mapping[str, Function] | None = None
) -> ParsedFile:
    """Return the sound rules of a file, and everything wrong with the others in the order of its lines.

    Args:
        text: the file's text.
        file: how the file is called in spans and errors.
        vocabulary: of the rules' pack and the packs it builds on.
        functions: what plugins registered, by name.
    """
    chunks, errors = split_rules(text, file)
    adviser = _adviser("rule", file, vocabulary, functions or {})
    sound: list[Rule] = []
    for chunk in chunks:
        try:
            rule = parse_chunk(chunk, file, "rule", text)
            wrong = check_rule(rule, vocabulary, functions, text)
        except RuleProblem as problem:
            wrong = list(problem.errors)
        else:
            if not wrong:
                sound.append(rule)
        errors += [adviser.proved(error, chunk, text) for error in wrong]
    return ParsedFile(tuple(sound), in_order(errors))


def read_sentence(
    text: str, vocabulary: Vocabulary, functions: Mapping[str, Function] | None = None, file: str = "--rule"
) -> Rule:
    """Return the rule that one sentence is.

    Raises:
        RuleProblem: it cannot be read, or names what is not known.
    """
    adviser, chunk = _adviser("sentence", file, vocabulary, functions or {}), Chunk(text, 1)
    try:
        rule = parse_sentence(text, file)
        wrong = check_rule(rule, vocabulary, functions, text)
    except RuleProblem as problem:
        wrong = list(problem.errors)
    else:
        if not wrong:
            return rule
    raise RuleProblem(*in_order([adviser.proved(error, chunk, text) for error in wrong]))


def _adviser(start: str, file: str, vocabulary: Vocabulary, functions: Mapping[str, Function]) -> Adviser:
    def parse(chunk: Chunk, source: str) -> Rule:
        return parse_chunk(chunk, file, start, source)

    def check(rule: Rule, source: str) -> list[RuleError]:
        return check_rule(rule, vocabulary, functions, source)

    return Adviser(parse, check, lambda: Names(vocabulary, functions).all())
