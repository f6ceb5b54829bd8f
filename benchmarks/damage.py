"""Damage sound files a little, in every format, and count what comes of it: refused, told, the same, or silently different.

Run: ``uv run python benchmarks/damage.py [--number 600] [--only docx,pdf] [--seed 1] [--results FILE]``. Every damage
(a bit, a byte, a loss, a doubling, a cut, a member left out) follows from seed, format, file and number; what was done
before stands in the file of results and is not done again. Silent is a difference in figures or tables without a
refusal, a notice or a doubt; ``misnamed`` counts refusals that call the damage a fault of the reader, ``blames`` silent
differences that add an error, which blames the author for the damage.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from budgetlint.config import Settings  # noqa: E402
from budgetlint.document import Document, ReadError  # noqa: E402
from budgetlint.run.limited import TimeUp, limited  # noqa: E402
from budgetlint.run.opening import open_session  # noqa: E402
from budgetlint.run.session import Session  # noqa: E402

FORMATS = ("text", "html", "docx", "xlsx", "xls", "ofd", "pdf", "pdf-packed", "pdf-office", "zip")
#: What LibreOffice makes of the examples of another format, where it is installed.
CONVERTED = {"xls": ("xlsx", "xls"), "pdf-office": ("docx", "pdf")}
PACKAGES = frozenset({"docx", "xlsx", "ofd", "zip"})
KINDS = ("bit", "byte", "loss", "doubling", "cut", "member")
OUTCOMES = ("ended", "hung", "misnamed", "refused", "told", "same", "figures", "tables", "blames")
#: Damage is no fault of a reader's or of the program's.
FAULTS_OF_OURS = frozenset({"BL986", "BL990"})
#: Longer than every limit of a run together.
HUNG = 120.0


def sound_files(format: str, folder: Path) -> list[tuple[str, bytes]]:
    """Return three sound documents in a format; what is made with another program lies in a folder from then on."""
    source, suffix = CONVERTED.get(format, ({"pdf-packed": "pdf", "zip": "docx"}.get(format, format), ""))
    files = [path for path in sorted((ROOT / "examples" / source).iterdir()) if path.is_file()][:3]
    if suffix:
        return [converted(path, suffix, folder) for path in files]
    make: Callable[[Path], tuple[str, bytes]] = {"pdf-packed": packed, "zip": zipped}.get(format, plain)
    return [make(path) for path in files]


def converted(path: Path, suffix: str, folder: Path) -> tuple[str, bytes]:
    """What LibreOffice makes of a file: its fonts are in the file, and everything is compressed."""
    made = folder / f"{path.stem}.{suffix}"
    if not made.is_file():
        folder.mkdir(exist_ok=True)
        command = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
        command += ["--convert-to", suffix, "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return made.name, made.read_bytes()


def plain(path: Path) -> tuple[str, bytes]:
    return path.name, path.read_bytes()


def packed(path: Path) -> tuple[str, bytes]:
    """A pdf as most programs write it: streams and objects compressed."""
    import pikepdf

    stream = io.BytesIO()
    with pikepdf.open(path) as document:
        document.save(
            stream, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )  # fmt: skip
    return path.name, stream.getvalue()


def zipped(path: Path) -> tuple[str, bytes]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return f"{path.stem}.zip", stream.getvalue()


def damaged(content: bytes, kind: str, chance: random.Random) -> bytes:
    """Return a file's content with one damage."""
    at = chance.randrange(len(content))
    length = chance.choice((1, 2, 4, 16, 64, 512))
    if kind == "bit":
        return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
    if kind == "byte":
        return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
    if kind == "loss":
        return content[:at] + content[at + length :]
    if kind == "doubling":
        return content[: at + length] + content[at:]
    if kind == "cut":
        return content[: max(1, at)]
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        left_out = chance.choice(old.namelist())
        for info in old.infolist():
            if info.filename != left_out:
                new.writestr(info, old.read(info))
    return stream.getvalue()


def figures(document: Document) -> Counter[str]:
    """Return the figures a document prints, in tables and prose, however far apart their characters stand."""
    found = Counter(
        _closed(cell.text) for table in document.tables for row in table.rows for cell in row.cells.values() if cell.amount
    )  # fmt: skip
    paragraphs = [
        *document.root.paragraphs,
        *(p for section in document.sections() for p in section.paragraphs),
    ]
    found.update(_closed(mention.text) for paragraph in paragraphs for mention in paragraph.mentions)
    return found


def _closed(text: str) -> str:
    return "".join(text.split())


def titles(document: Document) -> Counter[str]:
    """Return the titles of the tables that are there, with their numbers of lines."""
    return Counter(table.title for table in document.tables if table.lines)


def tells(found: Document, sound: Document) -> bool:
    """Tell whether a document's reader says more of its own accord: a notice, a table or a cell it is not sure of."""
    return bool(set(found.notices) - set(sound.notices)) or _doubts(found) > _doubts(sound)


def _doubts(document: Document) -> int:
    unsure = sum(table.unsure for table in document.tables)
    return unsure + sum(
        not c.sure for table in document.tables for row in table.rows for c in row.cells.values()
    )


def errors(session: Session, document: Document) -> int:
    findings = session.check_tree(document).findings
    return sum(finding.severity.value == "error" for finding in findings)


def outcome(session: Session, path: Path, sound: Document) -> str:
    """Return what comes of a damaged file."""
    try:
        with limited(HUNG):
            found = session.read(str(path))
    except ReadError as error:
        return "misnamed" if error.id in FAULTS_OF_OURS else "refused"
    except TimeUp:
        return "hung"
    except Exception as error:
        print(f"{path.name}: {type(error).__name__}: {error}", file=sys.stderr)
        return "ended"
    if figures(found) == figures(sound) and titles(found) == titles(sound):
        return "same"
    if tells(found, sound):
        return "told"
    if errors(session, found) > errors(session, sound):
        return "blames"
    return "tables" if titles(found).total() < titles(sound).total() else "figures"


def done_before(results: Path) -> dict[str, str]:
    if not results.is_file():
        return {}
    return dict(json.loads(line) for line in results.read_text(encoding="utf-8").splitlines())


def tasks(format: str, number: int) -> Iterator[tuple[int, int, str]]:
    """Yield file, number and kind of every damage of a format."""
    kinds = KINDS if format in PACKAGES else KINDS[:-1]
    for at in range(number):
        yield at % 3, at, kinds[at // 3 % len(kinds)]


def main() -> None:
    """Do the damages that are not done yet, and print the table of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=600, help="damages a format")
    parser.add_argument("--only", default=",".join(FORMATS), metavar="FORMAT,…")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, help="what was done before, and is done now")
    options = parser.parse_args()
    results = options.results or Path(tempfile.gettempdir()) / f"budgetlint-damage-{options.seed}.jsonl"
    session = open_session(Settings(read_seconds=30, check_seconds=60))
    known = done_before(results)
    table: dict[str, Counter[str]] = {}
    slowest = 0.0
    with tempfile.TemporaryDirectory() as name, results.open("a", encoding="utf-8") as stream:
        for format in options.only.split(","):
            if format in CONVERTED and shutil.which("soffice") is None:
                print(f"{format}: LibreOffice is not installed", file=sys.stderr)
                continue
            files = sound_files(format, results.with_suffix(".sound"))
            trees: dict[int, Document] = {}
            counts = table[format] = Counter()
            for file, at, kind in tasks(format, options.number):
                key = f"{options.seed}/{format}/{file}/{kind}/{at}"
                if key not in known:
                    path = Path(name) / files[file][0]
                    if file not in trees:
                        path.write_bytes(files[file][1])
                        trees[file] = session.read(str(path))
                    path.write_bytes(damaged(files[file][1], kind, random.Random(key)))
                    began = time.monotonic()
                    known[key] = outcome(session, path, trees[file])
                    slowest = max(slowest, time.monotonic() - began)
                    stream.write(json.dumps([key, known[key]]) + "\n")
                    stream.flush()
                counts[known[key]] += 1
            print(f"{format}: {dict(counts)}", file=sys.stderr, flush=True)
    print(f"| format | damages | {' | '.join(OUTCOMES)} |\n|---|{'---|' * (len(OUTCOMES) + 1)}")
    for format, counts in table.items():
        print(f"| {format} | {counts.total()} | {' | '.join(str(counts[one]) for one in OUTCOMES)} |")
    print(f"slowest of this run: {slowest:.1f} s; results: {results}")


if __name__ == "__main__":
    main()
