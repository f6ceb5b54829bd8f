"""The command line: which command runs with which settings, and the exit code; no logic."""

from __future__ import annotations

import argparse
import atexit
import errno
import gc
import os
import sys
from importlib import import_module
from io import TextIOBase, TextIOWrapper

from budgetlint.commands.arguments import build_parser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from budgetlint.config import Settings

_USAGE, _INTERNAL, _INTERRUPTED = 2, 3, 130
#: Trees and outcomes hold hardly any cycles: looking for them a hundred times a second only costs time.
_YOUNG_OBJECTS = 200_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    gc.set_threshold(_YOUNG_OBJECTS)
    _have_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that cannot show Chinese must not end a check
            stream.reconfigure(errors="backslashreplace")
    # At its end the interpreter would look through all objects once more, a fifteenth of a short run.
    atexit.register(gc.freeze)
    parser = build_parser()
    given = sys.argv[1:] if arguments is None else list(arguments)
    if meant := _misspelt_command(parser, given):
        sys.stderr.write(meant)
        return _USAGE
    options = parser.parse_args(given)
    if options.command is None:
        parser.print_help()
        return _USAGE
    from budgetlint.config import ConfigError

    try:
        settings = _settings(options)
        code = int(
            import_module(f"budgetlint.commands.{getattr(options, 'home', options.command)}").run(
                options, settings
            )
        )
        return _flushed(code)
    except ConfigError as error:
        language = options.lang or "zh"
        sys.stderr.write(f"{error.file}{': ' if language == 'en' else '：'}{error.message(language)}\n")
        return _USAGE
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the interpreter flushes stdout once more at exit
        return _USAGE
    except KeyboardInterrupt:
        sys.stderr.write("\n按 Ctrl-C 中断 / interrupted\n")
        return _INTERRUPTED
    except OutputError as error:
        sys.stderr.write(f"{error.strerror}\n")
        return _USAGE
    except Exception:
        import traceback

        sys.stderr.write(traceback.format_exc())
        sys.stderr.write("内部错误，请把以上内容报告给我们 / internal error, please report the lines above\n")
        return _INTERNAL


def _flushed(code: int) -> int:
    """Return an exit code once everything is written; the interpreter, at its end, would only complain."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the process
        sys.stderr.write(f"{error.strerror}\n")
        return _USAGE
    return code


class OutputError(OSError):
    """There is no standard output, and something had to be written there."""


class _Nowhere(TextIOBase):
    def write(self, text: str) -> int:
        raise OutputError(
            errno.EBADF, "没有标准输出，报告可用 --format 格式:文件 写到文件 / standard output is closed"
        )


def _have_streams() -> None:
    """See that the three standard descriptors are open: a file opened later must not take the place of one."""
    missing = sys.stdout is None, sys.stderr is None
    if any(missing) or sys.stdin is None:
        while os.open(os.devnull, os.O_RDWR) <= 2:
            pass
    if missing[0]:
        sys.stdout = _Nowhere()
    if missing[1]:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the process


def _misspelt_command(parser: argparse.ArgumentParser, given: Sequence[str]) -> str:
    """Return what is said of a command there is not, "" where there is one or none is named."""
    known = next((a.choices for a in parser._actions if isinstance(a.choices, dict)), {})
    if not given or given[0].startswith("-") or given[0] in known:
        return ""
    from budgetlint.language.meant.nearness import nearest

    near = nearest(given[0], known)
    zh = f"没有命令 {given[0]}" + (f"，是不是 {near}？" if near else "") + f"可用：{'、'.join(known)}"
    en = (
        f"no command {given[0]}" + (f"; did you mean {near}?" if near else "") + f" known: {', '.join(known)}"
    )
    asked = given[given.index("--lang") + 1 :][:1] if "--lang" in given else []
    said = {"en": (en,), "zh": (zh,)}.get(asked[0] if asked else "", (zh, en))
    return "".join(f"{line}\n" for line in said)


def _settings(options: argparse.Namespace) -> Settings:
    """Lay the command line over the configuration file."""
    from pathlib import Path

    from budgetlint.config import DEFAULT, Settings, find_file, read_settings

    file = Path(options.config) if options.config else find_file(Path.cwd())
    said = {
        name: tuple(value) if isinstance(value, list) else value
        for name in Settings.__struct_fields__
        if (value := getattr(options, name, None)) is not None
    }
    settings = read_settings(file).overridden("命令行", **said)
    here = Path.cwd()
    above = find_file(here, settings.waivers) if settings.origin("waivers") == DEFAULT else None
    if above is not None and above.parent != here:
        settings = settings.overridden("上级文件夹", waivers=str(above))
    return settings
