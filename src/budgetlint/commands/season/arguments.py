"""What may stand on the command line of the commands that work on a store."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable
    from typing import Any


def add_season_commands(commands: Any, command: Callable[[Any, str, str], ArgumentParser]) -> None:
    """Add the commands.

    Args:
        commands: where argparse keeps them.
        command: makes one, with the options that all have.
    """

    def made(name: str, help: str) -> ArgumentParser:
        parser = command(commands, name, help)
        parser.set_defaults(home=f"season.{name}")
        parser.add_argument("store", metavar="DIR", help="结果库 / the store")
        return parser

    query = made("query", "用 SQL 查结果库 / ask a store in SQL")
    query.add_argument(
        "sql", metavar="SQL", help="视图：文本、问题、数字 / tables: documents, findings, figures"
    )
    query.add_argument(
        "--format",
        default="text",
        metavar="FORMAT[:FILE]",
        help="text、csv，或 csv:FILE、xlsx:FILE、parquet:FILE / text, csv, or to a file",
    )
    overview = made("overview", "结果库的总览 / what a store holds, on one page")
    overview.add_argument(
        "--format",
        default="text",
        metavar="FORMAT[:FILE]",
        help="text、html:FILE、xlsx:FILE / text, html:FILE or xlsx:FILE",
    )
    overview.add_argument(
        "--roster",
        metavar="FILE",
        help="名单：单位、批复日期、公开日期…… / who has to publish, replied to and published when",
    )
    overview.add_argument(
        "--approved", metavar="FILE", help="批复表：单位、科目、金额…… / the approved figures"
    )
    overview.add_argument(
        "--columns", metavar="FILE", help="两张表的列名另有叫法时，写在这个 yaml 里 / names of their columns"
    )
    overview.add_argument(
        "--sums",
        action="store_true",
        help="各单位之和与部门的差额表 / where units do not add up to their department",
    )
