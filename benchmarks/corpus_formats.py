"""Turn the text corpus into other formats and page layouts, and compare what the checks come to with the text's.

Run: ``uv run python benchmarks/corpus_formats.py [--only FORMAT,…] [NAME…]``. Word, workbook, page and OFD are written
from the blocks of the text, with the merged cells a text cannot state; LibreOffice, where there is one, turns the Word
file into pdf and doc and the workbook into xls. ``pages-…`` are pdf files set the ways offices set them. A difference
lies in a reader, or in the normaliser.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from examples.formats import docx, html, ofd, pdf, xlsx  # noqa: E402
from examples.formats.items import Cell, Item, Table  # noqa: E402
from examples.formats.layout import Style  # noqa: E402

from budgetlint.config import Settings  # noqa: E402
from budgetlint.document import GridBlock, GridCell  # noqa: E402
from budgetlint.normalise.forms.fields import is_form, list_head  # noqa: E402
from budgetlint.normalise.structure.sheets import Claims  # noqa: E402
from budgetlint.normalise.tables.grids import body_of  # noqa: E402
from budgetlint.normalise.tables.headers import fold, header_depth  # noqa: E402
from budgetlint.readers.text.grids import Line, one_cell_a_line  # noqa: E402
from budgetlint.readers.text.plain import READER  # noqa: E402
from budgetlint.results.report import DocumentReport  # noqa: E402
from budgetlint.run.opening import open_session  # noqa: E402

#: The widest page Word knows has room for so much text, in twentieths of a point: no figure is cut.
WIDE = 28_000
CORPUS = Path(os.environ.get("BUDGETLINT_CORPUS", ROOT.parent / "shared" / "corpus"))
EXAMPLES = ROOT / "examples" / "text"
STYLES = {
    "pages": Style(indented=True),
    "pages-flush": Style(),
    "pages-landscape": Style(indented=True, width=842.0, height=595.0, repeats=True, centred=True),
    "pages-small": Style(indented=True, size=5.5, running=True),
    "pages-rows": Style(indented=True, rules="rows", centred=True),
    "pages-double": Style(indented=True, rules="double", shaded=True, repeats=True),
    "pages-bars": Style(indented=True, rules="bars", running=True, cuts=True),
    "pages-open": Style(indented=True, rules="open", repeats=True, running=True, centred=True),
    "pages-none": Style(indented=True, rules="none", centred=True),
}


def items_of(text: Path) -> Iterator[Item]:
    """Yield the paragraphs and grids of a text as an office file would hold them, with the merged cells it cannot state."""
    content = text.read_text()
    listed_once = one_cell_a_line([Line(number, line) for number, line in enumerate(content.split("\n"))])
    blocks = READER.read(text.name, content.encode()).blocks
    claimed = Claims(blocks).claimed
    heads: list[str] = []
    for index, block in enumerate(blocks):
        if isinstance(block, GridBlock):
            yield Table(tuple(heads), tuple(_rows_of(block, listed_once)), form=is_form(body_of(block).lines))
            heads = []
            continue
        if index not in claimed:
            yield from heads
            heads = []
        heads.append(block.text)
        if index not in claimed:
            yield heads.pop()
    yield from heads


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


def office(file: Path, suffix: str) -> bytes | None:
    """Return a file turned into another format by LibreOffice, None without it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "soffice", f"-env:UserInstallation={Path(tempfile.gettempdir(), 'corpus-formats-profile').as_uri()}",
            "--headless", "--convert-to", suffix, "--outdir", folder, str(file),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=300)
        except OSError:
            return None
        return Path(folder, file.stem).with_suffix(f".{suffix}").read_bytes()


def made(text: Path, folder: Path, only: Sequence[str]) -> Iterator[Path]:
    """Yield the text in every format."""
    items = list(items_of(text))

    def written(name: str, suffix: str, content: bytes | None) -> Iterator[Path]:
        file = folder / f"{text.stem}.{name}.{suffix}"
        if content is not None:
            file.write_bytes(content)
            yield file

    def wanted(name: str) -> bool:
        return not only or name in only

    word, book = folder / f"{text.stem}.docx", folder / f"{text.stem}.xlsx"
    word.write_bytes(docx.write(items, WIDE))
    book.write_bytes(xlsx.write(items))
    for name, write in (("html", html.write), ("ofd", ofd.write)):
        if wanted(name):
            yield from written(name, name, write(items))
    for name, source in (("docx", word), ("xlsx", book)):
        if wanted(name):
            yield source
    for name, source in (("pdf", word), ("doc", word), ("xls", book)):
        if wanted(name):
            yield from written("office", name, office(source, name))
    for name, style in STYLES.items():
        if wanted(name):
            yield from written(name, "pdf", pdf.write(items, style))


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
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    only = [name for name in given.only.split(",") if name]
    session = open_session(replace(Settings(), convert=True))
    texts = [text for folder in (CORPUS, EXAMPLES) for text in sorted(folder.glob("*.txt"))]
    with tempfile.TemporaryDirectory() as name:
        for text in texts:
            if given.names and not any(part in text.stem for part in given.names):
                continue
            expected = session.check([str(text)]).documents[0]
            print(f"{text.name}: {verdicts(expected)}", flush=True)
            for file in made(text, given.keep or Path(name), only):
                report = session.check([str(file)]).documents[0]
                same = verdicts(report) == verdicts(expected) and told(report) == told(expected)
                print(
                    f"  {file.name.removeprefix(text.stem)}: {'相同' if same else verdicts(report)}",
                    flush=True,
                )
                more, less = told(report) - told(expected), told(expected) - told(report)
                for sign, findings in (("+", more), ("−", less)):
                    for (rule, grave), count in sorted(findings.items()):
                        print(f"    {sign} {rule} {grave} ×{count}")


if __name__ == "__main__":
    main()
