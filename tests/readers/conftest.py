"""What the readers' tests share: the corpus, and office programs where they are installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.fixture
def corpus_pdf() -> Callable[[str], bytes]:
    def load(part_of_name: str) -> bytes:
        for file in sorted(CORPUS.glob("*.pdf")) if CORPUS.is_dir() else ():
            if part_of_name in file.name:
                return file.read_bytes()
        pytest.skip("corpus not at hand")

    return load


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str, str], bytes]:
    """Convert with LibreOffice: content, its suffix, the wanted suffix."""
    program = shutil.which("soffice")
    folder = tmp_path_factory.mktemp("office")

    def convert(content: bytes, suffix: str, wanted: str) -> bytes:
        if program is None:
            pytest.skip("LibreOffice not installed")
        source = folder / f"document.{suffix}"
        source.write_bytes(content)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        subprocess.run(
            [*command, "--convert-to", wanted, "--outdir", str(folder), str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (folder / f"document.{wanted}").read_bytes()

    return convert
