"""What may stand on the command line of the commands that work on a store."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable
    from typing import Any

#: What a sample may be spread over (``bureau.sampling.GROUPS``, which loading would slow down every command).
_GROUPS = ("部门", "地区", "公开类型", "格式", "department", "region", "kind", "format")


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
    opinion = made("opinion", "每个单位一份核查意见书（docx） / the opinion on each unit, a Word file")
    opinion.add_argument("folder", metavar="FOLDER", help="写到哪个文件夹 / where to write them")
    opinion.add_argument(
        "--template", metavar="FILE", help="本单位的模板：带字段的 docx / an office's own form with fields"
    )
    ledger = made("ledger", "整改台账（xlsx） / the ledger of corrections, a workbook")
    ledger.add_argument("file", metavar="FILE", help="写到哪个文件 / where to write it")
    for parser in (opinion, ledger):
        parser.add_argument(
            "--unit",
            action="append",
            metavar="NAME",
            help="只要这个单位，可重复 / this unit only, repeatable",
        )
    sample = made(
        "sample", "抽样复核，算误报率 / a sample for people to review, and the share of false alarms"
    )
    sample.add_argument("--sample", type=int, default=30, metavar="N", help="抽几份 / how many documents")
    sample.add_argument("--seed", type=int, default=1, metavar="N", help="换一个数换一批 / another sample")
    sample.add_argument(
        "--by",
        default="",
        choices=["", *_GROUPS],
        metavar="GROUP",
        help="按什么分层：部门、地区、公开类型、格式 / spread over department, region, kind or format",
    )
    sample.add_argument("--out", metavar="FILE", help="写到这个 xlsx / the workbook to write")
    sample.add_argument("--judged", metavar="FILE", help="填好判断的 xlsx / the workbook with judgements")
