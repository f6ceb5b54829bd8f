"""``budgetlint test``: run the examples of rules."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from msgspec.structs import replace

from budgetlint.config import Settings
from budgetlint.packs.load import LoadedPack
from budgetlint.results.findings import Verdict
from budgetlint.results.report import Exit, worst
from budgetlint.results.wording import about
from budgetlint.run.check_examples import CheckResult, run_examples
from budgetlint.run.examples import ExampleResult, run_pack, without_examples
from budgetlint.run.opening import open_session

_VERDICTS = {
    Verdict.HOLDS: "通过",
    Verdict.ROUNDS: "尾差",
    Verdict.FAILS: "不符",
    Verdict.SKIPPED: "不适用",
    Verdict.UNDETERMINED: "无法核对",
}


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Run the examples of every pack, or of the folder or file ``options.path``."""
    if options.path is not None:
        settings = replace(settings, rules=(*settings.rules, options.path))
    session = open_session(settings)
    codes = [problem.exit for problem in session.problems]
    for problem in session.problems:
        sys.stdout.write(f"{about(problem.path, problem.message, settings.lang)}\n")
    chosen = [pack for pack in session.packs.packs if _chosen(pack, options.path)]
    passed = failed = 0
    for pack in chosen:
        for result in run_pack(session.packs, pack, session.functions):
            if not session.choice.takes(result.rule.id):
                continue
            passed, failed = passed + result.passed, failed + (not result.passed)
            if not result.passed:
                sys.stdout.write(_failure(result))
        for rule in without_examples(pack.rules):
            if session.choice.takes(rule.id):
                failed += 1
                place = f"{rule.span.file}:{rule.span.line}"
                zh = f"{place} {rule.id}：至少要有一个“通过”和一个“不符”的示例\n"
                en = f"{place} {rule.id}: needs at least one example that holds and one that fails\n"
                sys.stdout.write(en if settings.lang == "en" else zh)
    if options.path is None:
        vocabulary = session.packs.vocabulary_for(None)
        for check in session.checks:
            for told in run_examples(check, vocabulary) if session.choice.takes(check.id) else ():
                passed, failed = passed + told.passed, failed + (not told.passed)
                if not told.passed:
                    sys.stdout.write(_check_failure(told))
    english = f"{passed} examples as expected, {failed} not\n"
    sys.stdout.write(english if settings.lang == "en" else f"示例 {passed} 个符合，{failed} 个不符合\n")
    return worst([*codes, Exit.USAGE if failed or not passed else Exit.CLEAN])


def _chosen(pack: LoadedPack, path: str | None) -> bool:
    return path is None or pack.source.pack.folder == Path(path)


def _check_failure(result: CheckResult) -> str:
    example = result.example
    actual = _VERDICTS[result.actual] if result.actual else result.error
    wanted = _VERDICTS[example.verdict]
    return f"{example.file}:{example.line} {example.check}：应为 {wanted}，实为 {actual}\n"


def _failure(result: ExampleResult) -> str:
    span = result.example.span
    place = f"{span.file or result.rule.span.file}:{span.line or result.rule.span.line}"
    wanted = _VERDICTS[result.example.verdict]
    actual = _VERDICTS[result.actual] if result.actual else result.error
    lines = [f"{place} {result.rule.id} 示例{result.number}：应为 {wanted}，实为 {actual}"]
    for outcome in result.outcomes:
        if outcome.verdict is result.actual:
            reason = f" {outcome.reason.value} {outcome.cause}" if outcome.reason else ""
            facts = "；".join(f"{o.name}={o.printed or '空白'}" for o in outcome.operands)
            lines.append(f"    {outcome.instance}{reason} {facts}")
    return "\n".join(lines) + "\n"
