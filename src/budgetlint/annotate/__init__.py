"""Hands the original back with the findings marked in it, by the annotator of its format; as a page where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path, PurePath

from budgetlint.annotate.annotator import Annotator
from budgetlint.annotate.bundled import ANNOTATORS
from budgetlint.annotate.marks import marks_of
from budgetlint.annotate.page import write as write_page
from budgetlint.disk import written
from budgetlint.document import Source
from budgetlint.readers.bundled import READERS, TEXT
from budgetlint.readers.reader import Reader
from budgetlint.results.findings import Finding

#: A reader so sure of some bytes reads them.
_SURE = 0.7


def annotate(
    source_path: str,
    data: bytes,
    report_findings: Iterable[Finding],
    out_dir: str | Path,
    read: Callable[[], Source] | None = None,
    readers: Sequence[Reader] = READERS,
    annotators: Sequence[Annotator] = ANNOTATORS,
) -> Path:
    """Write an annotated copy of a document into a folder and return where; the original is not touched.

    Args:
        source_path: the file as the user named it (``a.zip!b.docx`` for a member of an archive).
        data: its content.
        report_findings: what to mark; waived findings are left out, those without a place stand at the beginning.
        read: how to read the file; by default as its format's own reader does, and as text where none knows it.
        readers, annotators: those of a session; by default the core's own.
        out_dir: made if it is not there. The copy is named ``文件-批注.docx``, numbered where that exists.

    Raises:
        ReadError: the document cannot be read, or BL903 where the extra ``annotate`` is missing.
        OSError: the copy cannot be written.
    """
    marks = marks_of(report_findings)
    reader = next((reader for reader in readers if reader.sniff(data) >= _SURE), TEXT)
    annotator = next((one for one in annotators if one.name == reader.name), None)
    read = read or partial(reader.read, source_path, data)
    name = PurePath(source_path.rpartition("!")[2].replace("\\", "/"))
    stem = name.stem
    if annotator is not None:
        suffix = f".{reader.name}" if name.suffix.lower() not in (".xlsm",) else name.suffix
        content = annotator.copy(source_path, data, marks, read)
    else:
        suffix, content = ".html", write_page(read(), marks)
        if name.suffix.lower() not in (".html", ".htm", ""):
            stem = f"{stem}（{name.suffix[1:]}）"
    folder = Path(out_dir)
    folder.mkdir(parents=True, exist_ok=True)
    return _written(folder, f"{stem}-批注", suffix, content)


def _written(folder: Path, stem: str, suffix: str, content: bytes) -> Path:
    number = 1
    while True:
        target = folder / (f"{stem}{suffix}" if number == 1 else f"{stem}{number}{suffix}")
        try:
            target.open("xb").close()
        except FileExistsError:
            number += 1
            continue
        try:
            with written(target, binary=True) as stream:
                stream.write(content)
        except BaseException:
            # Nobody should take the empty name for a copy.
            target.unlink(missing_ok=True)
            raise
        return target
