"""Old and foreign office files (doc, RTF, WPS, mht): recognised, refused with advice, or converted by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from budgetlint.document import ReadError, Source
from budgetlint.readers.bundled import OFFICE
from budgetlint.readers.cfb import is_cfb, streams_of

_PROGRAMS = ("soffice", "libreoffice")


def read(path: str, data: bytes) -> Source:
    """Refuse.

    Raises:
        ReadError: BL905 (encrypted), else BL909: only a conversion (``--convert``) makes it readable.
    """
    if is_cfb(data) and "EncryptedPackage" in streams_of(data):
        raise ReadError("BL905", path)
    raise ReadError("BL909", path)


def converted(path: str, data: bytes, seconds: float = 120.0) -> bytes:
    """Return the file as docx, converted by LibreOffice in a folder of its own.

    Raises:
        ReadError: BL903 (LibreOffice is not installed), BL910 (it took too long), BL904 (it could not read the file).
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise ReadError("BL903", path, format="doc", command="apt-get install libreoffice")
    with tempfile.TemporaryDirectory(prefix="budgetlint-") as name:
        folder = Path(name)
        suffix = ".rtf" if data.startswith(b"{\\rtf") else ".doc"
        (folder / f"document{suffix}").write_bytes(data)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(folder / f"document{suffix}"),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            raise ReadError("BL910", path, seconds=str(round(seconds))) from None
        target = folder / "document.docx"
        if not target.is_file():
            raise ReadError("BL904", path, cause="LibreOffice")
        return target.read_bytes()


READER = OFFICE
