"""Read odd inputs of every format: no crash, no hang, no memory beyond the cap, no refusal without a number, no figure
that is not printed.

Run: ``nice uv run python benchmarks/fuzz.py [--number 100000] [--only docx,pdf] [--seeds FOLDER …] [--keep FOLDER]``.
Inputs are numbered, and each follows from format and number; what was done stands in ``FOLDER/done.json`` and is not
done again, inputs that failed lie beside it with what was seen. With ``--guided`` and atheris installed (``uv run
--with atheris``) the same changes are tried where they reach code that was not reached before.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import re
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from fuzz_inputs import LARGEST_SEED, changed, seeds

from budgetlint.document import GridBlock, ReadError, Source

FORMATS = ("text", "html", "docx", "xlsx", "ofd", "xls", "pdf")
#: What a reading may take: seconds, and bytes of memory beside what the process has.
SECONDS, MEMORY = 20, 1_500_000_000
BATCH = 500
#: A reader that fails on its own account.
OURS = frozenset({"BL986", "BL990"})
_FIGURE = re.compile(r"\d+\.\d\d")
#: Formats whose files hold every figure as it is shown.
LITERAL = frozenset({"text"})


class TooLong(Exception):
    """A reading took longer than it may."""


def reader_of(format: str) -> Any:
    """Return what reads a format."""
    from budgetlint_ofd import register_readers

    from budgetlint.readers.bundled import READERS

    return next(one for one in [*READERS, *register_readers()] if one.name == format)


def fault_of(reader: Any, data: bytes) -> str:
    """Read an input and return what is wrong with how that went, "" for nothing."""
    try:
        source = reader.source("文件", data)
    except ReadError as error:
        return f"refused as {error.id}" if error.id in OURS else ""
    except TooLong:
        return f"longer than {SECONDS} s"
    except MemoryError:
        return "memory"
    except Exception:
        return "".join(traceback.format_exc().splitlines(keepends=True)[-6:])
    return _invented(source, data) if reader.name in LITERAL else ""


def _invented(source: Source, data: bytes) -> str:
    """Return a figure of a text that does not stand in it."""
    printed = re.sub(r"[\s,，]", "", data.decode("utf-8", "replace"))
    texts = [
        cell.text for one in source.blocks if isinstance(one, GridBlock) for row in one.rows for cell in row
    ]
    for figure in _FIGURE.findall(" ".join(texts).replace(",", "")):
        if figure not in printed and data[:2] != b"\xff\xfe":
            return f"figure {figure} is not printed"
    return ""


def work(format: str, held: list[bytes], first: int, last: int, at: Any, faults: Any) -> None:
    """Read some inputs in a process of their own; ``at`` tells which one it is at."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY + 1_000_000_000,) * 2)

    def stop(*_: Any) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, stop)
    reader = reader_of(format)
    for number in range(first, last):
        at.value = number
        data = made(format, held, number)
        signal.alarm(SECONDS)
        fault = fault_of(reader, data)
        signal.alarm(0)
        if fault:
            faults.put((number, fault))
    at.value = last


def made(format: str, held: list[bytes], number: int) -> bytes:
    """Return the input of a number."""
    chance = random.Random(f"{format} {number}")
    return changed(chance.choice(held), chance)


def tried(format: str, held: list[bytes], first: int, last: int, keep: Path) -> int:
    """Try some inputs, one process after another where one dies; return how many failed."""
    failed = 0
    while first < last:
        at, faults = multiprocessing.Value("q", first), multiprocessing.SimpleQueue()
        worker = multiprocessing.Process(target=work, args=(format, held, first, last, at, faults))
        worker.start()
        worker.join(SECONDS * 3 + (last - first))
        alive = worker.is_alive()
        if alive:
            worker.kill()
            worker.join()
        found = []
        while not faults.empty():
            found.append(faults.get())
        if at.value < last:
            found.append((at.value, "hung" if alive else f"ended by {worker.exitcode}"))
        for number, fault in found:
            failed += 1
            (keep / f"{format}-{number}").write_bytes(made(format, held, number))
            (keep / f"{format}-{number}.why").write_text(fault, "utf-8")
        first = at.value + 1 if at.value < last else last
    return failed


def guided(format: str, held: list[bytes], keep: Path, number: int) -> None:
    """Let atheris choose: inputs that reach new code are changed further."""
    import atheris

    with atheris.instrument_imports(include=["budgetlint"]):
        reader = reader_of(format)
        reader.source("文件", held[0])
    corpus = keep / f"corpus-{format}"
    corpus.mkdir(exist_ok=True)
    for at, data in enumerate(held):
        (corpus / f"seed-{at}").write_bytes(data)

    def one(data: bytes) -> None:
        fault = fault_of(reader, data)
        if fault:
            raise RuntimeError(fault)

    def mutate(data: bytes, largest: int, seed: int) -> bytes:
        return changed(bytes(data), random.Random(seed))[:largest]

    options = [
        f"-runs={number}",
        f"-max_len={LARGEST_SEED}",
        f"-timeout={SECONDS}",
        f"-artifact_prefix={keep}/",
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *options], one, custom_mutator=mutate)
    atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=100_000)
    parser.add_argument("--only", default=",".join(FORMATS))
    parser.add_argument("--seeds", type=Path, nargs="*", default=[])
    parser.add_argument("--keep", type=Path, default=Path("fuzz"))
    parser.add_argument("--guided", action="store_true")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    book = options.keep / "done.json"
    done: Counter[str] = Counter(json.loads(book.read_text()) if book.is_file() else {})
    for format in options.only.split(","):
        held = seeds(format, options.seeds)
        if not held:
            print(f"{format:6} no seeds: name folders that hold some with --seeds")
            continue
        if options.guided:
            guided(format, held, options.keep, options.number)
            continue
        started, failed = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]), 0
        while done[format] < options.number:
            last = min(done[format] + BATCH, options.number)
            failed += tried(format, held, done[format], last, options.keep)
            done[format] = last
            book.write_text(json.dumps(done))
        spent = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - started
        kept = len(list(options.keep.glob(f"{format}-*.why")))
        print(
            f"{format:6} {done[format]:7} inputs, {len(held)} seeds, {kept} failed ({failed} now), {spent:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
