"""Turn the text corpus into docx and pdf, and compare what the checks come to with what they come to in the text.

Run: ``uv run python benchmarks/corpus_formats.py [NAME…]`` (the pdf is made by LibreOffice; without it, docx alone).
The docx is written from the blocks of the text, so a difference lies in a reader, or in what only a text tells:
where a text prints each merged head once (layout B), the blanks that would keep it over its columns are not there.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from examples.formats import docx  # noqa: E402
from examples.formats.items import Cell, Item, Table  # noqa: E402

from budgetlint.config import Settings  # noqa: E402
from budgetlint.document import GridBlock, Source  # noqa: E402
from budgetlint.opening import open_session  # noqa: E402
from budgetlint.readers.text import READER  # noqa: E402
from budgetlint.report import DocumentReport  # noqa: E402

#: The widest page Word knows has room for so much text, in twentieths of a point: no figure is cut.
WIDE = 28_000
CORPUS = ROOT.parent / "shared" / "corpus"


def items_of(source: Source) -> Iterator[Item]:
    """Yield paragraphs and grids as they stand in the text: merged cells are blanks there, so they are here."""
    for block in source.blocks:
        if isinstance(block, GridBlock):
            width = max(len(row) for row in block.rows)
            blanks = (Cell(""),) * width
            rows = tuple((*(Cell(cell.text) for cell in row), *blanks)[:width] for row in block.rows)
            yield Table((), rows)
        else:
            yield block.text


def to_pdf(file: Path) -> Path | None:
    """Print a Word file with LibreOffice."""
    command = [
        "soffice", f"-env:UserInstallation={(file.parent / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", str(file.parent), str(file),
    ]  # fmt: skip
    try:
        subprocess.run(command, capture_output=True, check=True, timeout=300)
    except OSError:
        return None
    return file.with_suffix(".pdf")


def verdicts(report: DocumentReport) -> str:
    counts = report.counts
    return (
        f"通过 {counts.holds} 尾差 {counts.rounds} 不符 {counts.fails} 不适用 {counts.skipped} "
        f"无法核对 {counts.undetermined}，表 {len(report.tables)}，数字 "
        f"{report.coverage.numbers if report.coverage else 0}"
    )


def told(report: DocumentReport) -> Counter[tuple[str, str]]:
    return Counter((finding.rule, finding.severity.value) for finding in report.findings)


def main() -> None:
    session = open_session(Settings())
    with tempfile.TemporaryDirectory() as name:
        for text in sorted(CORPUS.glob("*.txt")):
            if sys.argv[1:] and text.stem not in sys.argv[1:]:
                continue
            word = Path(name) / f"{text.stem}.docx"
            word.write_bytes(docx.write(list(items_of(READER.read(text.name, text.read_bytes()))), WIDE))
            files = [text, word, *filter(None, [to_pdf(word)])]
            reports = [session.check([str(file)]).documents[0] for file in files]
            for file, report in zip(files, reports, strict=True):
                print(f"{file.name}: {verdicts(report)}", flush=True)
                more, less = told(report) - told(reports[0]), told(reports[0]) - told(report)
                print(
                    "".join(f"  + {rule} {grave} ×{n}\n" for (rule, grave), n in sorted(more.items())), end=""
                )
                print(
                    "".join(f"  − {rule} {grave} ×{n}\n" for (rule, grave), n in sorted(less.items())), end=""
                )


if __name__ == "__main__":
    main()
