"""The example documents are what make.py writes; the clean ones are clean, and every planted error is found in place."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from examples import make
from examples.content.budget import budget
from examples.content.final_account import final_account
from examples.content.flaws import BUDGET_FLAWS, FINAL_FLAWS, planted

from budgetlint import Report, Severity, check
from budgetlint.annotate.marks import key_of
from budgetlint.document import GridBlock, Source
from budgetlint.plugins.manager import load_plugins
from budgetlint.results.report import DocumentReport

FORMATS = ("text", *make.WRITERS)
#: More than this no example may hold, in bytes.
LARGEST = 100_000


@pytest.fixture(scope="module")
def report() -> Report:
    """Check the whole folder once."""
    return check(make.FOLDER, jobs=2)


def _of(report: Report, format: str, name: str) -> DocumentReport:
    return next(
        d for d in report.documents if Path(d.path).parent.name == format and Path(d.path).stem == name
    )


def _parts(content: bytes) -> object:
    """Return what a file holds: packed bytes depend on the packer's version."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_files_are_what_make_writes() -> None:
    made = make.files()
    assert made == make.files()
    kept = {
        file.relative_to(make.FOLDER).as_posix(): file.read_bytes()
        for file in make.FOLDER.rglob("*.*")
        if file.suffix not in (".py", ".pyc")
    }
    assert set(kept) == set(made)
    for name, content in made.items():
        assert _parts(kept[name]) == _parts(content), f"run python -m examples.make: {name}"
        assert len(kept[name]) <= LARGEST


def test_the_clean_documents_are_clean(report: Report) -> None:
    clean = [document for document in report.documents if "有错" not in document.path]
    assert len(clean) == 2 * len(FORMATS) + 2
    for document in clean:
        graver = [(f.rule, f.message) for f in document.findings if f.severity is not Severity.NOTICE]
        assert (document.path, graver) == (document.path, [])
        assert document.counts.holds > 200


def test_prose_and_tables_apart_are_checked_as_one(report: Report) -> None:
    (apart,) = [document for document in report.documents if len(document.files) > 1]
    whole = _of(report, "text", "示例区某局-2024年部门预算")
    assert (apart.counts.holds, apart.counts.fails) == (whole.counts.holds, whole.counts.fails)


def test_two_budgets_in_one_file_are_each_checked(report: Report) -> None:
    whole = _of(report, "text", "示例区某局-2024年部门预算")
    both = _of(report, make.TWO_BUDGETS, "示例区某局和本级-2024年部门预算")
    assert both.counts.holds > 1.8 * whole.counts.holds
    assert not both.counts.undetermined


def test_errors_in_the_second_of_two_budgets_are_found(report: Report) -> None:
    def graver(document: DocumentReport) -> list[str]:
        return sorted(f.rule for f in document.findings if f.severity is Severity.ERROR)

    flawed = _of(report, make.TWO_BUDGETS, "示例区某局和本级-2024年部门预算（有错）")
    assert graver(flawed) == graver(_of(report, "text", "示例区某局-2024年部门预算（有错）"))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", list(make.documents()))
def test_findings_are_the_same_in_every_format(report: Report, format: str, name: str) -> None:
    def findings(of: str) -> list[tuple[object, ...]]:
        document = _of(report, of, name)
        return sorted((f.rule, f.severity.value, f.fingerprint, f.difference) for f in document.findings)

    assert findings(format) == findings("text")
    document, text = _of(report, format, name), _of(report, "text", name)
    assert document.counts == text.counts
    assert document.coverage == text.coverage


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    """Read every flawed document again, to see what stands where."""
    readers = {brought.thing.name: brought.thing for brought in load_plugins().collect("register_readers")}
    return {
        str(file): readers[file.parent.name].read(str(file), file.read_bytes())
        for file in make.FOLDER.rglob("*（有错）.*")
        if file.parent.name in FORMATS
    }


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("name", "clean", "flaws"),
    [("2024年部门预算", budget, BUDGET_FLAWS), ("2023年部门决算", final_account, FINAL_FLAWS)],
)
def test_all_planted_errors_are_found_where_they_are(
    report: Report, sources: dict[str, Source], format: str, name: str, clean: object, flaws: object
) -> None:
    assert callable(clean) and isinstance(flaws, tuple) and len(flaws) >= 10
    document = _of(report, format, f"示例区某局-{name}（有错）")
    shown = _shown(sources[document.path])
    marked = [
        shown[key_of(place)] for f in document.findings for place in f.locations if key_of(place) in shown
    ]
    text = clean()
    missed = [
        printed
        for after, printed, instead in flaws
        if not any(_changed(text, planted(text, [(after, printed, instead)]), words) for words in marked)
    ]
    assert missed == []


def _shown(source: Source) -> dict[object, str]:
    """Return what a source shows at every place."""
    shown: dict[object, str] = {}
    for block in source.blocks:
        if isinstance(block, GridBlock):
            shown |= {key_of(cell.place): cell.text for row in block.rows for cell in row if cell.text}
        else:
            shown[key_of(block.place)] = block.text
    return shown


def _changed(clean: str, flawed: str, words: str) -> bool:
    """Tell whether some words are, or hold, a line or cell that stands in the flawed document alone."""
    cells = {cell for line in flawed.split("\n") for cell in line.split("\t")}
    before = clean.replace("\t", "\n").split("\n")
    after = flawed.replace("\t", "\n").split("\n")
    new = [one for one in cells if one and after.count(one) > before.count(one)]
    return any(one == words or (len(one) > 8 and one in words) for one in new)
