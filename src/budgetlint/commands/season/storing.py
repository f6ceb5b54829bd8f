"""``budgetlint check --store``: check into a store, and say in a few lines what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from budgetlint.bureau.season import Season, check_into
from budgetlint.bureau.store import StoreError, open_store
from budgetlint.commands.showing.progress import ProgressLine
from budgetlint.results.report import Exit
from budgetlint.results.wording import about
from budgetlint.run.session import Session


def check_and_store(
    session: Session, address: str, paths: Iterable[str], *, again: bool, cluster: str | None = None
) -> Exit:
    """Check documents into the store at an address and print the counts."""
    language = session.settings.lang
    try:
        store = open_store(address, create=True)
    except StoreError as error:
        sys.stderr.write(f"{error.message(language)}\n")
        return Exit.USAGE
    line = ProgressLine(sys.stderr, language)
    try:
        if cluster is None:
            season = check_into(session, store, paths, again=again, told=line.told)
        else:
            from budgetlint.bureau.cluster import check_on_cluster

            season = check_on_cluster(session, store, paths, cluster, again=again, told=line.told)
    except StoreError as error:
        sys.stderr.write(f"{error.message(language)}\n")
        return Exit.USAGE
    except OSError as error:
        said = error.strerror or str(error)
        zh = f"结果库“{address}”写不进去：{said}；已写入的仍在，解决后再运行同一条命令，从断处接着核对"
        en = f"the store {address!r} cannot be written: {said}; what was written stays, run the command again to go on"
        sys.stderr.write(f"{en if language == 'en' else zh}\n")
        return Exit.PLUGIN
    finally:
        line.close()
    for problem in season.problems:
        sys.stderr.write(f"{about(problem.path, problem.message, language)}\n")
    sys.stdout.write(f"{_said(season, address, language)}\n")
    return season.exit_code()


def _said(season: Season, address: str, language: str) -> str:
    if language == "en":
        return (
            f"{season.kept} documents checked, {season.known} files known before, {season.unread} not read, "
            f"{season.unchecked} not checked by any rule\n"
            f"errors {season.errors}  doubts {season.warnings}  notices {season.notices}\n"
            f"store: {address}"
        )
    return (
        f"核对 {season.kept} 份文本，另有 {season.known} 个文件以前核对过，没有重复核对；"
        f"没有读成 {season.unread} 份，没有一条规则得出结论 {season.unchecked} 份\n"
        f"错误（须改正） {season.errors}  疑点（须核实或说明） {season.warnings}  提醒 {season.notices}\n"
        f"结果库：{address}"
    )
