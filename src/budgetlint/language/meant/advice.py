"""Lets only such advice stand as works when it is typed in: each “是不是要写” is put into the text and read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from budgetlint.language.errors import RuleError, RuleProblem
from budgetlint.language.meant.gluing import unglued
from budgetlint.language.scanner import Chunk
from budgetlint.language.syntax import Rule

#: Reads one rule, and checks one that was read with its text.
Parse = Callable[[Chunk, str], Rule]
Check = Callable[[Rule, str], list[RuleError]]


class Adviser:
    """Tries advice out on the rule it is about.

    Args:
        parse, check: how rules are read and checked here.
        names: every name of the vocabulary, for words that are glued together.
    """

    def __init__(self, parse: Parse, check: Check, names: Callable[[], Iterable[str]]) -> None:
        self._parse, self._check, self._names_of = parse, check, names
        self._names: tuple[str, ...] | None = None

    def proved(self, error: RuleError, chunk: Chunk, source: str) -> RuleError:
        """Return an error with the first advice that works; without advice where none does.

        Args:
            error: what is wrong, with what else might be meant.
            chunk: the rule it stands in.
            source: the whole text of its file.
        """
        for candidate in self._candidates(error, source):
            if candidate.suggestion and self._mends(candidate, chunk, source):
                return replace(candidate, others=())
        bare = next((other for other in (error, *error.others) if not other.suggestion), error)
        return replace(bare, suggestion="", others=())

    def _candidates(self, error: RuleError, source: str) -> Iterator[RuleError]:
        yield from (error, *error.others)
        for known in (error, *error.others):
            word = _word_of(known, source)
            parts = self._unglued(word) if word else ""
            if parts:
                glued = replace(
                    known,
                    zh=f"“{word}”里的词要用空格隔开",
                    en=f"the words of “{word}” need spaces between them",
                    suggestion=parts,
                )
                yield glued
                yield replace(glued, suggestion=f"检查 {parts}")

    def _unglued(self, word: str) -> str:
        if self._names is None:
            self._names = tuple(self._names_of())
        return unglued(word, self._names)

    def _mends(self, error: RuleError, chunk: Chunk, source: str) -> bool:
        """Tell whether a rule reads further than the place of an error once its advice is put in."""
        lines = source.split("\n")
        number, start = error.line - 1, error.column - 1
        if not 0 <= number < len(lines):
            return False
        line = lines[number]
        lines[number] = line[:start] + error.suggestion + line[start + error.width :]
        first = chunk.line - 1
        changed = "\n".join(lines[first : first + len(chunk.text.split("\n"))])
        text = "\n".join(lines)
        try:
            rule = self._parse(Chunk(changed, chunk.line), text)
        except RuleProblem as problem:
            return all(other.line > error.line for other in problem.errors)
        end = start + len(error.suggestion)
        return not any(
            (other.line == error.line and start <= other.column - 1 <= end and other.zh != error.zh)
            or (other.line, other.column, other.zh) == (error.line, error.column, error.zh)
            for other in self._check(rule, text)
        )


def _word_of(error: RuleError, source: str) -> str:
    """Return the glued text around the place of an error: up to the next blank on either side."""
    lines = source.split("\n")
    if not 0 < error.line <= len(lines):
        return ""
    return lines[error.line - 1][error.column - 1 : error.column - 1 + error.width].strip()


def in_order(errors: Sequence[RuleError]) -> tuple[RuleError, ...]:
    """Return errors as they stand in their files, each once."""
    return tuple(sorted(dict.fromkeys(errors), key=lambda error: (error.file, error.line, error.column)))
