"""Arguments of the commands for those who write rules: formulas taken over, relations found."""

from __future__ import annotations

import argparse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def _whole(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"应为正整数 / must be a whole number above 0: {text}")
    return int(text)


def add_workbench_commands(commands: Any, command: Callable[..., Any], options: Mapping[str, Any]) -> None:
    """Add ``import`` and ``mine``; ``options`` are those of ``check``."""
    taking = command(
        commands,
        "import",
        "把报表的行列公式写成规则 / take the formulas of the Ministry's forms over as rules",
    )
    taking.add_argument(
        "file", metavar="FILE", help="公式：文本或 .xlsx，连同所属的表（财决01表） / a text or a workbook"
    )
    taking.add_argument(
        "--forms",
        action="append",
        default=[],
        metavar="FILE",
        help="印有行次、栏次的报表：规则按名称写 / forms that name what the numbers are",
    )
    taking.add_argument("--write", metavar="FILE.rule", help="写到哪里（默认显示） / where to (else shown)")
    taking.add_argument(
        "--letters", default="CJ", metavar="XX", help="规则编号的字母 / what the ids begin with"
    )
    taking.add_argument("--basis", metavar="TEXT", help="依据的文件和条款 / the legal basis")
    mine = command(
        commands,
        "mine",
        "找出许多文本里都成立、还没有规则的关系 / find relations that hold in a corpus and no rule says",
    )
    mine.add_argument("paths", nargs="+", metavar="FOLDER")
    mine.add_argument(
        "--support",
        type=_whole,
        default=3,
        metavar="N",
        help="至少在几份文本里成立（默认 3） / documents it takes",
    )
    mine.add_argument(
        "--agree",
        type=_whole,
        default=95,
        metavar="N",
        help="在印有它的文本中至少百分之几成立（默认 95） / per cent of the documents that print it",
    )
    mine.add_argument("--all", action="store_true", help="已有规则说到的也列出 / also what known rules say")
    mine.add_argument("--format", choices=("text", "json"), default="text")
    for option in ("--jobs", "--exclude", "--rules"):
        mine.add_argument(option, **options[option])
