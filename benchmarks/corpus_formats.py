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
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from examples.formats import docx  # noqa: E402
from examples.formats.items import Cell, Item, Table  # noqa: E402

from budgetlint.config import Settings  # noqa: E402
from budgetlint.document import GridBlock, GridCell  # noqa: E402
from budgetlint.normalise.forms import is_form, list_head  # noqa: E402
from budgetlint.normalise.grids import body_of  # noqa: E402
from budgetlint.normalise.headers import fold, header_depth  # noqa: E402
from budgetlint.opening import open_session  # noqa: E402
from budgetlint.readers.text import READER  # noqa: E402
from budgetlint.readers.text_grids import Line, one_cell_a_line  # noqa: E402
from budgetlint.report import DocumentReport  # noqa: E402

#: The widest page Word knows has room for so much text, in twentieths of a point: no figure is cut.
WIDE = 28_000
CORPUS = ROOT.parent / "shared" / "corpus"


def items_of(text: Path) -> Iterator[Item]:
    """Yield the paragraphs and grids of a text as an office file would hold them, with the merged cells it cannot state."""
    content = text.read_text()
    listed_once = one_cell_a_line([Line(number, line) for number, line in enumerate(content.split("\n"))])
    for block in READER.read(text.name, content.encode()).blocks:
        if isinstance(block, GridBlock):
            yield Table((), tuple(_rows_of(block, listed_once)))
        else:
            yield block.text


def _rows_of(block: GridBlock, listed_once: bool) -> Iterator[tuple[Cell | None, ...]]:
    """Yield the rows of a grid; where merged cells are listed once, each is laid over the columns it takes or heads."""
    width = max(len(row) for row in block.rows)
    body = body_of(block)
    above = next((at for at, row in enumerate(block.rows) if body.lines and row is body.lines[0]), 0)
    depth = 0 if is_form(body.lines) else header_depth(body.lines)
    header = body.lines[:depth]
    packed = any(len(line) < width for line in header) and listed_once
    for row in block.rows[:above]:
        yield _filled_up(row, width, 0, listed_once)
    if packed:
        yield from _header_of(fold(header, width, spans_known=False))
    listed = list_head(body.lines)
    least = 0
    for at, row in enumerate(block.rows[above + depth if packed else above :]):
        least = len(row) if at == listed else least
        yield _filled_up(row, width, least, listed_once)


def _filled_up(row: Sequence[GridCell], width: int, least: int, listed_once: bool) -> tuple[Cell | None, ...]:
    """Return a row as wide as its table.

    One with fewer cells than ``least`` has lost the blanks at its left that stood for merged cells. What is missing
    at the right are blanks, or columns that the last cell takes where merged cells are listed once.
    """
    cells: list[Cell | None] = [Cell("")] * (least - len(row)) + [Cell(cell.text) for cell in row]
    missing = width - len(cells)
    if missing and cells and listed_once:
        cells[-1] = Cell(row[-1].text, 1, missing + 1)
        return (*cells, *(None,) * missing)
    return (*cells, *(Cell(""),) * missing)


def _header_of(paths: Sequence[tuple[str, ...]]) -> Iterator[tuple[Cell | None, ...]]:
    """Yield header rows with one cell for each label, over all the columns and rows it heads."""
    height = max(map(len, paths))
    for level in range(height):
        line: list[Cell | None] = []
        heads = [(path[: level + 1], level >= len(path) and _heads_more(paths, path)) for path in paths]
        for (head, blank), columns in ((head, len(list(run))) for head, run in groupby(heads)):
            if blank:
                line += [Cell("")] * columns
                continue
            rows = 1 if _heads_more(paths, head) else height - level
            begins = Cell(head[level], rows, columns) if level < len(head) else None
            line += [begins, *[None] * (columns - 1)]
        yield tuple(line)


def _heads_more(paths: Sequence[tuple[str, ...]], head: tuple[str, ...]) -> bool:
    """Tell whether a label stands over others."""
    return any(len(path) > len(head) and path[: len(head)] == head for path in paths)


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
            word.write_bytes(docx.write(list(items_of(text)), WIDE))
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
