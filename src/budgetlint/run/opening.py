"""Opens a session: plugins, functions, packs and the rules the user wrote, with everything wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from budgetlint.config import Settings
from budgetlint.language.meant.nearness import nearest
from budgetlint.language.syntax import Rule
from budgetlint.packs.load import PackSource, load_packs
from budgetlint.packs.manifest import PackError, RulePack, read_manifest
from budgetlint.plugins.manager import Plugins, load_plugins
from budgetlint.results.report import Exit, Problem
from budgetlint.run.added import with_added
from budgetlint.run.session import Session
from budgetlint.run.unknown_settings import known_settings
from budgetlint.said import told

if TYPE_CHECKING:
    from budgetlint.checking.judging.diagnose import AnyRule
    from budgetlint.language.errors import RuleError


def open_session(settings: Settings, plugins: Plugins | None = None) -> Session:
    """Load plugins, functions, packs and the user's own rules.

    Everything wrong with them is collected in the session's ``problems``; the sound rest works.
    """
    plugins = plugins or load_plugins(without=settings.without)
    functions = {brought.thing.name: brought.thing for brought in plugins.collect("register_functions")}
    sources = [
        PackSource(brought.thing, brought.plugin.distribution, brought.plugin.version)
        for brought in plugins.collect("register_rule_packs")
    ]
    sources = with_added(sources)
    for path in settings.rules:
        sources = _with_own(sources, RulePack(Path(path)))
    packs = load_packs(sources, functions)
    settings, unknown = known_settings(settings, packs)
    checks = [brought.thing for brought in plugins.collect("register_checks")]
    names = _ids_by_name([*packs.rules, *checks])
    settings = replace(
        settings, select=_as_ids(settings.select, names), ignore=_as_ids(settings.ignore, names)
    )
    session = Session(
        settings,
        plugins,
        packs,
        plugins.collect("register_readers"),
        checks,
        functions,
    )
    session.problems += unknown
    for name in plugins.unknown:
        zh, en = f"没有叫 {name} 的插件", f"there is no plugin {name}"
        session.problems.append(Problem(f"-p no:{name}", en if settings.lang == "en" else zh, Exit.USAGE))
    session.problems += [rule_problem(error, settings.lang) for error in packs.errors]
    session.sentences = tuple(_sentences(session))
    known = {rule.id for rule in (*packs.rules, *session.sentences)} | {check.id for check in session.checks}
    for wanted in session.choice.unknown(known):
        near = nearest(wanted, (*known, *names))
        zh = f"没有编号或名称为 {wanted} 的规则" + (f"，是不是 {near}？" if near else "")
        en = f"there is no rule {wanted}" + (f"; did you mean {near}?" if near else "")
        session.problems.append(Problem(wanted, en if settings.lang == "en" else zh, Exit.USAGE))
    return session


def _ids_by_name(rules: Iterable[AnyRule]) -> dict[str, tuple[str, ...]]:
    """Return the ids of rules by what the rules are called in either language."""
    ids: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        for name in {told(rule.name, "zh"), told(rule.name, "en")}:
            ids[name] = (*ids.get(name, ()), rule.id)
    return ids


def _as_ids(wanted: Iterable[str], names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return chosen rules with those that are chosen by name as their ids."""
    return tuple(id for one in wanted for id in names.get(one, (one,)))


def _sentences(session: Session) -> Iterator[Rule]:
    """Yield the sound rules given as a sentence, numbered CLI001, CLI002 …"""
    if not session.settings.rule_texts:
        return
    from budgetlint.language.errors import RuleProblem
    from budgetlint.language.reading import read_sentence

    vocabulary = session.packs.vocabulary_of_all()
    for number, text in enumerate(session.settings.rule_texts, 1):
        try:
            yield replace(read_sentence(text, vocabulary, session.functions), id=f"CLI{number:03}")
        except RuleProblem as problem:
            session.problems += [rule_problem(error, session.settings.lang) for error in problem.errors]


def rule_problem(error: RuleError | PackError, language: str) -> Problem:
    """Return an error of a rule or pack as a problem that leads to exit code 2."""
    lines = [error.message(language)]
    if isinstance(error, PackError):
        return Problem(error.place, lines[0], Exit.USAGE)
    lines += [error.excerpt] if error.excerpt else []
    if error.suggestion:
        asked = "did you mean: " if language == "en" else "是不是要写："
        lines.append(f"{asked}{error.suggestion}")
    return Problem(error.place, "\n".join(lines), Exit.USAGE)


def _with_own(sources: list[PackSource], own: RulePack) -> list[PackSource]:
    """Return the packs with one the user names: the folder of an installed pack takes that pack's place."""
    name = _pack_name(own)
    for at, source in enumerate(sources):
        if name is not None and name == _pack_name(source.pack):
            return [*sources[:at], replace(source, pack=own), *sources[at + 1 :]]
    return [*sources, PackSource(own)]


def _pack_name(pack: RulePack) -> str | None:
    """Return the name a pack's pack.toml says, None where there is none that can be read."""
    try:
        return read_manifest(pack).name if (pack.folder / "pack.toml").is_file() else None
    except PackError:
        return None
