"""The pytest plugin: rule files are test files, and each example of a rule is a test.

It is there wherever budgetlint is installed, so that a plugin's rules get the same tests as the core's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from budgetlint.language.syntax import Rule
    from budgetlint.packs.load import LoadedPack
    from budgetlint.run.examples import ExampleResult
    from budgetlint.run.session import Session

#: The line and column behind a file in a problem's place.
_PLACE = re.compile(r"(?::\d+){1,2}$")
_SESSIONS: pytest.StashKey[dict[Path, Session]] = pytest.StashKey()


class RuleFailure(Exception):
    """A rule file is wrong, or an example does not reach its verdict."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> RuleFile | None:
    """Collect rule files."""
    if file_path.suffix == ".rule":
        return RuleFile.from_parent(parent, path=file_path)
    return None


class RuleFile(pytest.File):
    """A file of rules."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield one test for the file as a whole, and one for each rule's example."""
        session, pack = _pack_of(self.path, self.config)
        errors = [
            problem.message for problem in session.problems if Path(_PLACE.sub("", problem.path)) == self.path
        ]
        yield FileItem.from_parent(self, name="sound", errors=errors)
        for rule in pack.rules if pack is not None else ():
            if Path(rule.span.file) != self.path:
                continue
            yield RuleItem.from_parent(self, name=f"{rule.id}-examples", rule=rule)
            for number, example in enumerate(rule.examples, 1):
                name = f"{rule.id}-{number}-{example.verdict.value}"
                yield ExampleItem.from_parent(
                    self, name=name, rule=rule, number=number, opened=session, pack=pack
                )


class _Item(pytest.Item):
    """What the items share: failures without a Python traceback, and the file as their place."""

    def repr_failure(  # type: ignore[override]
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> object:
        """Show the message of a rule failure alone."""
        if isinstance(excinfo.value, RuleFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Name the rule file."""
        return self.path, None, self.name


class FileItem(_Item):
    """The file can be read: every rule in it is sound."""

    def __init__(self, *, errors: list[str], **given: object) -> None:
        super().__init__(**given)  # type: ignore[arg-type]
        self._errors = errors

    def runtest(self) -> None:
        """Fail with every error of the file."""
        if self._errors:
            raise RuleFailure("\n".join(self._errors))


class RuleItem(_Item):
    """The rule has an example that holds and one that fails."""

    def __init__(self, *, rule: Rule, **given: object) -> None:
        super().__init__(**given)  # type: ignore[arg-type]
        self._rule = rule

    def runtest(self) -> None:
        """Fail where an example is missing."""
        from budgetlint.run.examples import without_examples

        if without_examples([self._rule]):
            raise RuleFailure(f"{self._rule.id}：至少要有一个“通过”和一个“不符”的示例")


class ExampleItem(_Item):
    """One example reaches the verdict it announces."""

    def __init__(
        self, *, rule: Rule, number: int, opened: Session, pack: LoadedPack, **given: object
    ) -> None:
        super().__init__(**given)  # type: ignore[arg-type]
        self._rule = rule
        self._number = number
        self._opened = opened
        self._pack = pack

    def runtest(self) -> None:
        """Run the example."""
        from budgetlint.run.examples import run_example, vocabulary_of

        vocabulary = vocabulary_of(self._opened.packs, self._pack)
        region = self._pack.manifest.region
        result = run_example(self._rule, self._number, vocabulary, self._opened.functions, region)
        if not result.passed:
            raise RuleFailure(_said(result))


def _said(result: ExampleResult) -> str:
    actual = result.actual.value if result.actual else result.error
    lines = [f"{result.rule.id} 示例{result.number}：应为 {result.example.verdict.value}，实为 {actual}"]
    for outcome in result.outcomes:
        facts = "；".join(f"{operand.name} = {operand.printed or '空白'}" for operand in outcome.operands)
        lines.append(f"  {outcome.verdict.value} {outcome.instance} {outcome.cause} {facts}")
    return "\n".join(lines)


def _pack_of(file: Path, config: pytest.Config) -> tuple[Session, LoadedPack | None]:
    """Return the pack a rule file belongs to: the nearest folder with a pack.toml, else its own folder."""
    from budgetlint.config import Settings
    from budgetlint.run.opening import open_session

    folder = next((above for above in file.parents if (above / "pack.toml").is_file()), file.parent)
    sessions = config.stash.setdefault(_SESSIONS, {})
    installed = sessions.setdefault(Path(), _opened(sessions.get(Path())))
    pack = _loaded(installed, folder)
    if pack is not None:
        return installed, pack
    if folder not in sessions:
        sessions[folder] = open_session(Settings(rules=(str(folder),)))
    return sessions[folder], _loaded(sessions[folder], folder)


def _opened(session: Session | None) -> Session:
    from budgetlint.config import Settings
    from budgetlint.run.opening import open_session

    return session or open_session(Settings())


def _loaded(session: Session, folder: Path) -> LoadedPack | None:
    return next(
        (pack for pack in session.packs.packs if pack.source.pack.folder.resolve() == folder.resolve()), None
    )
