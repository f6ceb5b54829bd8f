"""What may stand on the command line: every command with its arguments."""

from __future__ import annotations

import argparse
from typing import Any

from budgetlint.resources import version

#: Options of ``check`` that are settings: option → (setting, how argparse takes it).
_CHECK: dict[str, dict[str, Any]] = {
    "--select": {"action": "append", "metavar": "ID", "help": "只用这些规则（编号或编号字母） / only these rules"},
    "--ignore": {"action": "append", "metavar": "ID", "help": "不用这些规则 / leave these rules out"},
    "--rules": {"action": "append", "metavar": "DIR", "help": "另加一个规则文件夹 / a further folder of rules"},
    "--rule": {
        "action": "append",
        "dest": "rule_texts",
        "metavar": "TEXT",
        "help": "另加一条写成一句话的规则 / a rule given as one sentence",
    },
    "--profile": {"action": "append", "dest": "profiles", "metavar": "NAME", "help": "检查方案 / profile"},
    "--region": {"metavar": "省/市", "help": "地区（默认由文本判断） / region (else told from the text)"},
    "--kind": {"metavar": "KIND", "help": "公开类型，如 部门预算 / kind of document"},
    "--year": {"type": int, "metavar": "YYYY", "help": "年度 / year"},
    "--reader": {"metavar": "NAME", "help": "用哪个读取器（默认看内容） / which reader (else told from the content)"},
    "--previous": {
        "action": "append",
        "metavar": "FILE",
        "help": "本单位更早的文本：上年预算，或决算对应的年初预算 / an earlier document of the unit",
    },
    "--jobs": {"type": int, "metavar": "N", "help": "同时处理的文件数 / how many files at a time"},
}
FAIL_ON = ("error", "warning", "notice", "undetermined")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="budgetlint",
        description="部门预算、决算公开文本的合规检查 / compliance linter for budget disclosure documents",
    )
    parser.add_argument("--version", action="version", version=f"budgetlint {version()}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    check = _command(commands, "check", "检查文件、文件夹或压缩包 / check files, folders, zips")
    check.add_argument("paths", nargs="+", metavar="PATH")
    _formats(check, "text 或 json、html、sarif，可加 :FILE，可重复 / a report format, repeatable")
    for option, how in _CHECK.items():
        check.add_argument(option, **how)
    check.add_argument(
        "--fail-on", action="append", choices=FAIL_ON, help="从哪一级起退出码为 1 / what ends in exit code 1"
    )
    check.add_argument("--allow-broken-plugins", action="store_true", default=None)
    check.add_argument("--waivers", metavar="FILE", help="豁免文件 / the waivers file")
    parse = _command(commands, "parse", "规则所见的文本结构 / the document as rules see it")
    parse.add_argument("path", metavar="PATH")
    for option in ("--region", "--kind", "--year", "--reader"):
        parse.add_argument(option, **_CHECK[option])
    parse.add_argument("--format", choices=("text", "yaml", "json"), default="text")
    test = _command(commands, "test", "运行规则的示例 / run the examples of rules")
    test.add_argument("path", nargs="?", metavar="PATH", help="规则文件夹或文件（默认全部规则包）")
    for option in ("--select", "--ignore"):
        test.add_argument(option, **_CHECK[option])
    return parser


def _command(commands: Any, name: str, help: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    command.add_argument("--lang", choices=("zh", "en"), help="提示语言 / language of messages")
    command.add_argument("--config", metavar="FILE", help="配置文件 / configuration file")
    return command


def _formats(command: argparse.ArgumentParser, help: str) -> None:
    command.add_argument("--format", action="append", dest="formats", metavar="FORMAT[:FILE]", help=help)
