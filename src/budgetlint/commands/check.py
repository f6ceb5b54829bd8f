"""``budgetlint check``: check documents and write the reports that were asked for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from time import perf_counter

from budgetlint.commands.showing.handed import handed_out, progress_lines
from budgetlint.commands.showing.progress import ProgressLine
from budgetlint.commands.showing.timing import Timing
from budgetlint.config import ConfigError, Settings
from budgetlint.disk import written
from budgetlint.document import ReadError
from budgetlint.plugins.manager import Plugins, load_plugins
from budgetlint.reporters.reporter import Reporter
from budgetlint.reporters.words import Words
from budgetlint.results.checklist import Handed
from budgetlint.results.report import Exit, Report, worst
from budgetlint.results.unread import unread_finding
from budgetlint.run.examining import internal_error
from budgetlint.run.keeping import Earlier
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session
from budgetlint.said import Said


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Check ``options.paths`` and write every ``options.formats``."""
    plugins = load_plugins(without=settings.without)
    outputs = _outputs(options.formats or [options.shown or "brief"], plugins)
    if any(reporter.draws for reporter, _ in outputs):
        settings = settings.overridden("--format", draw=True)
    handed = _handed(options.handed, settings)
    session = open_session(settings, plugins)
    if options.store is not None:
        from budgetlint.commands.season.storing import check_and_store

        return check_and_store(
            session, options.store, options.paths, again=options.again, cluster=options.cluster
        )
    if options.cluster is not None:
        zh, en = (
            "用集群核对时要有 --store：结果写入结果库",
            "--cluster needs --store: results go into a store",
        )
        raise ConfigError("--cluster", Said(zh, en))
    line = ProgressLine(sys.stderr, settings.lang)
    timing = Timing(line.told)
    try:
        earlier = _earlier(settings)
        report = session.check(options.paths, timing.told if options.timing else line.told, earlier)
    finally:
        line.close()
    codes = [report.exit_code(settings.fail_on)]
    began = perf_counter()
    codes += [_written(reporter, report, file, settings) for reporter, file in outputs]
    if options.timing:
        timing.reported(perf_counter() - began)
        sys.stderr.writelines(f"{said}\n" for said in timing.lines(Words(settings.lang)))
    if handed is not None:
        # Not among the report: that may be a format for machines.
        said = progress_lines(handed, report, Words(settings.lang))
        sys.stderr.writelines(f"{line}\n" for line in said)
    if options.trace:
        codes += _traced(session, options.paths)
    if options.annotate is not None:
        from budgetlint.run.annotating import annotate_all

        codes += annotate_all(session, report, options.paths, options.annotate)
    return worst(codes)


def _handed(file: str | None, settings: Settings) -> tuple[Handed, ...] | None:
    """Return the list of problems that came back, read before anything else is: a wrong file costs no check."""
    if file is None:
        return None
    try:
        return handed_out(file)
    except ReadError as error:
        zh, en = (unread_finding(error, lang).message for lang in ("zh", "en"))
        raise ConfigError(f"--list {file}", Said(zh, en)) from error


def _earlier(settings: Settings) -> Earlier | None:
    """Return what finds the earlier documents of each unit, where the user named a store of them."""
    if settings.previous_store is None:
        return None
    from budgetlint.bureau.earlier import earlier_of
    from budgetlint.bureau.store import StoreError

    try:
        return earlier_of(settings)
    except StoreError as error:
        raise ConfigError("--previous-store", error.said) from error


def _traced(session: Session, paths: Sequence[str]) -> Iterator[Exit]:
    """Show what the user's own sentences read in every document."""
    from importlib import import_module

    from budgetlint.checking.judging.tracing import trace
    from budgetlint.commands.showing.following import trace_lines

    bundle_of = import_module("budgetlint.commands.try").bundle_of
    words = Words(session.settings.lang)
    for path in paths:
        try:
            bundle = bundle_of(session, path)
        except ReadError:
            continue  # the report says why
        vocabulary = session.packs.vocabulary_for(bundle.document.classification.region)
        sys.stdout.write(f"\n{path}\n")
        for rule in session.sentences:
            traced = trace(rule, bundle, vocabulary, session.functions, session.settings.lang)
            sys.stdout.writelines(f"{line}\n" for line in trace_lines(traced, words))
    yield Exit.CLEAN


def _written(reporter: Reporter, report: Report, file: str | None, settings: Settings) -> Exit:
    """Write a report; a reporter that raises costs its own output only."""
    try:
        if file is None:
            reporter.write(report, sys.stdout, settings.lang)
            sys.stdout.flush()
            return Exit.CLEAN
        with written(file, reporter.binary) as stream:
            reporter.write(report, stream, settings.lang)
        said = f"written: {file}" if settings.lang == "en" else f"已写入 {file}"
        sys.stderr.write(f"{said}\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        sys.stderr.write(f"{file or reporter.name}: {error.strerror}\n")
        return Exit.USAGE
    except Exception as error:
        sys.stderr.write(f"--format {reporter.name}: {internal_error(error, settings.lang)}\n")
        return Exit.PLUGIN
    return Exit.CLEAN


def _outputs(formats: list[str], plugins: Plugins) -> list[tuple[Reporter, str | None]]:
    reporters = {brought.thing.name: brought.thing for brought in plugins.collect("register_reporters")}
    outputs = []
    for wanted in formats:
        name, _, file = wanted.partition(":")
        if name not in reporters:
            known = "、".join(reporters)
            raise ConfigError(
                "--format", Said(f"没有格式 {name}；可用：{known}", f"no format {name}; known: {known}")
            )
        outputs.append((reporters[name], file or None))
    for reporter, target in outputs:
        if reporter.binary and target is None:
            zh = f"{reporter.name} 不是文本，要写明文件：--format {reporter.name}:文件{reporter.suffix}"
            en = f"{reporter.name} is no text: name a file, --format {reporter.name}:FILE{reporter.suffix}"
            raise ConfigError("--format", Said(zh, en))
    if sum(file is None for _, file in outputs) > 1:
        raise ConfigError(
            "--format", Said("只能有一种格式写到屏幕", "only one format can go to standard output")
        )
    return outputs
