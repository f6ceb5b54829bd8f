"""Old and foreign office files (doc, RTF, WPS, odt): recognised, refused with advice, or converted by LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

from budgetlint.document import Notice, Place, ReadError, Source
from budgetlint.readers.bundled import OFFICE
from budgetlint.readers.safe.cfb import is_cfb, streams_of
from budgetlint.readers.safe.programs import ran

_PROGRAMS = ("soffice", "libreoffice")
#: Name and version of the program, as it writes them into what it makes.
_APPLICATION = re.compile(rb"<Application>([^<$]{1,80})")


def read(path: str, data: bytes) -> Source:
    """Refuse.

    Raises:
        ReadError: BL905 (encrypted), else BL909: only a conversion (``--convert``) makes it readable.
    """
    if is_cfb(data) and "EncryptedPackage" in streams_of(data):
        raise ReadError("BL905", path)
    raise ReadError("BL909", path)


def converted(path: str, data: bytes, seconds: float = 120.0) -> bytes:
    """Return the file in a format that can be read: docx, by LibreOffice in a folder of its own.

    Raises:
        ReadError: BL903 (LibreOffice is not installed), BL910 (it took too long), BL904 (it could not read the file),
            BL905 (encrypted).
    """
    if is_cfb(data) and "EncryptedPackage" in streams_of(data):
        raise ReadError("BL905", path)
    suffix = _suffix(data)
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise ReadError(
            "BL903", path, format=suffix.lstrip("."), command="apt-get install libreoffice-writer"
        )
    with tempfile.TemporaryDirectory(prefix="budgetlint-") as name:
        folder = Path(name)
        (folder / f"document{suffix}").write_bytes(data)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(folder / f"document{suffix}"),
        ]  # fmt: skip
        if not ran(command, seconds):
            raise ReadError("BL910", path, seconds=f"{seconds:g}")
        target = folder / "document.docx"
        if not target.is_file():
            raise ReadError("BL904", path, cause="LibreOffice")
        return target.read_bytes()


def conversion_notice(path: str, data: bytes, made: bytes) -> Notice:
    """Return what is to be said of a file that was converted: from what, and by which program as that itself says.

    Args:
        path: the file.
        data: what it holds.
        made: what the program made of it.
    """
    program = "LibreOffice"
    try:
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            said = _APPLICATION.search(archive.read("docProps/app.xml"))
        program = said[1].decode("utf-8", "replace").replace("/", " ") if said is not None else program
    except (zipfile.BadZipFile, KeyError, OSError):
        pass  # it says no version
    return Notice("BL116", Place(path), (("from", _suffix(data).lstrip(".")), ("program", program)))


def _suffix(data: bytes) -> str:
    """Return the suffix of what the file really is, whatever it is called."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"PK\x03\x04"):
        return ".odt"
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return ".xml"
    return ".doc"


READER = OFFICE
