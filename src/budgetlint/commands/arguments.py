"""What may stand on the command line: every command with its arguments."""

from __future__ import annotations

import argparse

from budgetlint.commands.season.arguments import add_season_commands
from budgetlint.commands.showing.workbench import add_workbench_commands
from budgetlint.resources import version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _processes(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"进程数应为 0 或正整数 / must be 0 or more: {text}")
    return int(text)


def _left_out(text: str) -> str:
    if not text.startswith("no:") or len(text) == len("no:"):
        raise argparse.ArgumentTypeError(f"写成 no:插件名 / must be no:NAME: {text}")
    return text.removeprefix("no:")


def _year(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"年度应为四位数字 / must be a year: {text}")
    return int(text)


#: Options of ``check`` that are settings: option → (setting, how argparse takes it).
_CHECK: dict[str, dict[str, Any]] = {
    "--select": {
        "action": "append",
        "metavar": "ID",
        "help": "只用这些规则：编号 CN201、一类 CN2、字母 CN 或名称 / only these rules",
    },
    "--ignore": {"action": "append", "metavar": "ID", "help": "不用这些规则 / leave these rules out"},
    "--exclude": {
        "action": "append",
        "metavar": "PATTERN",
        "help": "略过这样的文件，如 *草稿* / pass over files of such names",
    },
    "--rules": {
        "action": "append",
        "metavar": "DIR",
        "help": "另加一个规则文件夹 / a further folder of rules",
    },
    "--rule": {
        "action": "append",
        "dest": "rule_texts",
        "metavar": "TEXT",
        "help": "另加一条写成一句话的规则 / a rule given as one sentence",
    },
    "--profile": {"action": "append", "dest": "profiles", "metavar": "NAME", "help": "检查方案 / profile"},
    "--region": {"metavar": "省/市", "help": "地区（默认由文本判断） / region (else told from the text)"},
    "--kind": {"metavar": "KIND", "help": "公开类型，如 部门预算 / kind of document"},
    "--year": {"type": _year, "metavar": "YYYY", "help": "年度 / year"},
    "--reader": {
        "metavar": "NAME",
        "help": "用哪个读取器（默认看内容） / which reader (else told from the content)",
    },
    "--previous": {
        "action": "append",
        "metavar": "FILE",
        "help": "本单位更早的文本：上年预算，或决算对应的年初预算 / an earlier document of the unit",
    },
    "--previous-store": {
        "metavar": "DIR",
        "help": "上年的结果库：按单位和公开类型找到上年的文本 / a store earlier documents are found in by unit",
    },
    "--uncovered": {
        "action": "store_true",
        "default": None,
        "help": "列出没有规则核对到的数字 / list figures no check saw",
    },
    "--convert": {
        "action": "store_true",
        "default": None,
        "help": "旧格式先用 LibreOffice 转换 / convert old formats",
    },
    "--jobs": {
        "type": _processes,
        "metavar": "N",
        "help": "同时用几个进程，0 为处理器个数 / how many processes at once (0: one a processor)",
    },
}
FAIL_ON = ("error", "warning", "notice", "undetermined")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="budgetlint",
        description="部门预算、决算公开文本的合规检查 / compliance linter for budget disclosure documents",
    )
    parser.add_argument("--version", action="version", version=f"budgetlint {version()}")
    # Without a name it asks the terminal for one, which takes as long as all the rest.
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog="budgetlint")
    check = _command(commands, "check", "检查文件、文件夹或压缩包 / check files, folders, zips")
    check.add_argument("paths", nargs="+", metavar="PATH")
    _formats(
        check,
        "text、json、html、sarif、xlsx、docx、concise、junit、github、gitlab、csv，可加 :FILE，可重复"
        " / a report format, repeatable",
    )
    for name, shown, help in (
        ("-q", "quiet", "只说合计 / totals only"),
        ("-v", "text", "每一份都列出全部问题 / everything about every document"),
        ("--statistics", "statistics", "每条规则有多少问题 / findings counted by rule"),
    ):
        check.add_argument(name, action="store_const", const=shown, dest="shown", help=help)
    for option, how in _CHECK.items():
        check.add_argument(option, **how)
    check.add_argument(
        "--fail-on", action="append", choices=FAIL_ON, help="从哪一级起退出码为 1 / what ends in exit code 1"
    )
    check.add_argument("--allow-broken-plugins", action="store_true", default=None)
    check.add_argument("--timing", action="store_true", help="各步用了多长时间 / how long each stage took")
    check.add_argument(
        "--trace",
        action="store_true",
        help="说明 --rule 的句子读到了什么 / show what the sentences of --rule read",
    )
    check.add_argument(
        "--annotate", metavar="DIR", help="把问题标在原文件的副本里 / marked copies of the originals"
    )
    check.add_argument(
        "--list",
        dest="handed",
        metavar="FILE.xlsx",
        help="发下去又收回的问题清单：说明哪些已改、哪些仍在、哪些新出现"
        " / a list that was handed out: what is mended, kept or new",
    )
    check.add_argument("--waivers", metavar="FILE", help="豁免文件 / the waivers file")
    check.add_argument(
        "--store",
        metavar="DIR",
        help="结果写入结果库，已核对过的不再读 / keep results, and skip what is known",
    )
    check.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="在集群上核对：调度器地址，或 local:进程数；要有 --store / on a Dask cluster, or local:N",
    )
    check.add_argument(
        "--again", action="store_true", help="结果库里有的也重新核对 / check also what the store knows"
    )
    parse = _command(commands, "parse", "规则所见的文本结构 / the document as rules see it")
    parse.add_argument("path", metavar="PATH")
    for option in ("--region", "--kind", "--year", "--reader", "--convert"):
        parse.add_argument(option, **_CHECK[option])
    parse.add_argument("--format", choices=("text", "yaml", "json"), default="text")
    parse.add_argument(
        "--names",
        action="store_true",
        help="规则里能说的名称：表、列、章节、概念 / the names rules may use here",
    )
    trying = _command(
        commands, "try", "写一句检查，看它在文本里读到什么 / what a sentence reads in a document"
    )
    trying.add_argument("path", metavar="PATH")
    trying.add_argument("sentences", nargs="*", metavar="SENTENCE")
    trying.add_argument("--format", choices=("text", "json"), default="text")
    for option in ("--region", "--kind", "--year", "--reader", "--convert", "--previous", "--rules"):
        trying.add_argument(option, **_CHECK[option])
    names = _command(
        commands, "names", "规范表、列和编号，连同别名和出处 / canonical tables, columns and ids"
    )
    names.add_argument("table", nargs="?", metavar="TABLE", help="只看这张表（编号或名称） / only this table")
    names.add_argument("--format", choices=("text", "json"), default="text")
    names.add_argument("--rules", **_CHECK["--rules"])
    test = _command(commands, "test", "运行规则的示例 / run the examples of rules")
    test.add_argument("path", nargs="?", metavar="PATH", help="规则文件夹或文件（默认全部规则包）")
    for option in ("--select", "--ignore"):
        test.add_argument(option, **_CHECK[option])
    validate = _command(commands, "validate", "检查规则文件有没有写错 / find errors in rule files")
    validate.add_argument("path", nargs="?", metavar="PATH", help="规则文件夹或文件（默认全部规则包）")
    validate.add_argument("--format", choices=("text", "json"), default="text")
    _add_rule_commands(commands)
    add_workbench_commands(commands, _command, _CHECK)
    _add_waiver_commands(commands)
    _add_desk_commands(commands)
    _add_other_commands(commands)
    add_season_commands(commands, _command)
    return parser


def _add_rule_commands(commands: Any) -> None:
    rules = _command(commands, "rules", "列出规则 / list the rules")
    explain = _command(commands, "explain", "一条规则的全部内容 / everything about one rule")
    explain.add_argument("id", metavar="ID")
    explain.add_argument(
        "file", nargs="?", metavar="FILE", help="看它在这份文本里读到什么 / what it reads here"
    )
    explain.add_argument("--format", choices=("text", "json"), default="text")
    explain.add_argument("--plan", action="store_true", help="连同执行计划 / with its plan")
    for command in (rules, explain):
        command.add_argument("--rules", **_CHECK["--rules"])
    for option in ("--select", "--ignore"):
        rules.add_argument(option, **_CHECK[option])
    rules.add_argument("--format", choices=("text", "json"), default="text")
    rules.add_argument(
        "--export",
        metavar="FILE",
        help="写成一张表（.xlsx，一行一条规则，可以用 --rules 再读回来）或规则文件（.rule） / as a workbook or a rule file",
    )
    fmt = _command(commands, "fmt", "整理规则文件的写法 / print rule files in their usual form")
    translate = _command(
        commands, "translate", "换成另一种语言的关键词 / print keywords in the other language"
    )
    translate.add_argument("--to", choices=("zh", "en"), required=True)
    for name, help in (
        ("check", "只说哪些文件要整理，有则退出码为 1 / name files that would change, exit code 1"),
        ("diff", "只显示要改什么 / show what would change"),
    ):
        fmt.add_argument(f"--{name}", action="store_const", const=name, dest="only", help=help)
    for command in (fmt, translate):
        command.add_argument("files", nargs="+", metavar="FILE")
        command.add_argument("--write", action="store_true", help="写回文件 / write the files back")


def _add_waiver_commands(commands: Any) -> None:
    waive = _command(commands, "waive", "豁免一个已核实的问题 / waive one finding")
    waive.add_argument("fingerprint", nargs="?", metavar="FINGERPRINT", help="报告中的标识")
    waive.add_argument("--because", metavar="TEXT", help="理由")
    waive.add_argument(
        "--prune", action="store_true", help="去掉已到期的豁免 / take out waivers whose last day has passed"
    )
    unwaive = _command(commands, "unwaive", "收回豁免 / take waivers back")
    unwaive.add_argument("fingerprints", nargs="+", metavar="FINGERPRINT", help="报告中的标识")
    unwaive.set_defaults(home="waive")
    waive.add_argument("--until", metavar="YYYY-MM-DD", help="到哪一天为止（默认不限）")
    baseline = _command(commands, "baseline", "把现有的问题全部记为已知 / waive all present findings")
    baseline.add_argument("paths", nargs="+", metavar="PATH")
    baseline.add_argument("--because", default="建立基线时已有", metavar="TEXT")
    for command in (waive, unwaive, baseline):
        command.add_argument("--waivers", metavar="FILE", help="豁免文件 / the waivers file")


def _add_other_commands(commands: Any) -> None:
    plugins = _command(commands, "plugins", "列出插件、钩子和规则包 / list plugins, hooks and packs")
    plugins.add_argument("--format", choices=("text", "json"), default="text")
    _command(commands, "config", "列出各项设置和来源 / list settings and where they come from")
    new = _command(commands, "new", "新建规则包、读取器或规则的骨架 / start a pack, a reader or a rule")
    new.add_argument("what", choices=("pack", "reader", "rule"))
    new.add_argument(
        "name",
        metavar="NAME",
        help="文件夹或文件的名称，用小写字母、数字和连字符；规则的编号写在文件里（ZZ001 起第一个没有用过的），请改成自己的"
        " / name of the folder or file; the rule's id (the first free one from ZZ001) stands in the file and is yours to change",
    )
    new.add_argument("--in", dest="folder", default=".", metavar="DIR")
    compare = _command(
        commands,
        "compare",
        "两份文本相差什么，有不同时退出码为 1 / what differs between two documents; exit code 1 where anything does",
    )
    compare.add_argument("old", metavar="OLD")
    compare.add_argument("new", metavar="NEW")
    lsp = _command(commands, "lsp", "规则文件的语言服务器（标准输入输出） / a language server for rule files")
    lsp.add_argument(
        "--document",
        metavar="FILE",
        help="悬停时显示规则在这份文本里读到什么 / show what rules read in this document",
    )
    docs = _command(commands, "docs", "生成规则目录等文档 / write the generated pages")
    docs.add_argument("folder", nargs="?", default="docs", metavar="DIR")


def _add_desk_commands(commands: Any) -> None:
    packs = _command(
        commands, "packs", "规则包：列出、加上一个压缩包、移除 / rule packs: list, add a zip, remove"
    )
    packs.add_argument("action", choices=("list", "add", "remove"), nargs="?", default="list")
    packs.add_argument(
        "what",
        nargs="*",
        metavar="FILE.zip|NAME",
        help="要加的压缩包，或要移除的包名 / what to add or remove",
    )
    serve = _command(
        commands,
        "serve",
        "核对台：在浏览器里拖文件核对，只在本机 / the desk: drop files on a page of this machine",
    )
    serve.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="监听的地址，默认只对本机；别的地址要凭 key 进入 / where to listen; other than loopback asks for a key",
    )
    serve.add_argument(
        "--port", type=int, default=8765, metavar="N", help="端口，0 为任意空闲的 / port, 0: any free"
    )
    serve.add_argument("--key", metavar="TEXT", help="进入用的 key（默认随机） / the key (else a random one)")
    serve.add_argument("--state", metavar="DIR", help="文件和结果放在哪里 / where files and results are kept")
    serve.add_argument("--no-browser", action="store_true", help="不打开浏览器 / open no browser")


def _command(commands: Any, name: str, help: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    command.add_argument("--lang", choices=("zh", "en"), help="提示语言 / language of messages")
    command.add_argument("--config", metavar="FILE", help="配置文件 / configuration file")
    command.add_argument(
        "-p",
        action="append",
        dest="without",
        type=_left_out,
        metavar="no:NAME",
        help="不用这个插件 / leave a plugin out",
    )
    return command


def _formats(command: argparse.ArgumentParser, help: str) -> None:
    command.add_argument("--format", action="append", dest="formats", metavar="FORMAT[:FILE]", help=help)
