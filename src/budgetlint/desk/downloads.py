"""What can be taken from the desk: the list of problems, the record, the report as a page, the annotated originals."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from budgetlint.desk.asking import Asking
from budgetlint.desk.jobs import Jobs
from budgetlint.desk.work import ANNOTATED, Job
from budgetlint.results.report import Report

_ANNOTATE_SECONDS = 180.0
_OFFICE = "application/vnd.openxmlformats-officedocument"


class Downloads:
    """The files a desk makes of a result, with the waivers as they are now."""

    def __init__(self, asking: Asking, jobs: Jobs) -> None:
        self._asking = asking
        self._jobs = jobs

    async def listed(self, request: Request) -> Response:
        """Give the list of problems."""
        from budgetlint.reporters.xlsx import write

        return await self._made(request, write, "问题清单.xlsx", f"{_OFFICE}.spreadsheetml.sheet")

    async def record(self, request: Request) -> Response:
        """Give the record of the check."""
        from budgetlint.reporters.docx import write

        _, run = self._asking.run(request)
        if run is None:
            return self._asking.lost(request)
        hashes = {
            upload.name: sha256((run.folder / upload.stored).read_bytes()).hexdigest()
            for upload in run.made.files
        }

        def written(report: Report, stream: io.BytesIO, language: str) -> None:
            write(report, stream, language, hashes=hashes)

        return await self._made(request, written, "核对记录.docx", f"{_OFFICE}.wordprocessingml.document")

    async def report(self, request: Request) -> Response:
        """Give the report as a page that stands alone."""
        from budgetlint.reporters.html import write

        def written(report: Report, stream: io.BytesIO, language: str) -> None:
            text = io.StringIO()
            write(report, text, language)
            stream.write(text.getvalue().encode())

        return await self._made(request, written, "核对报告.html", "application/octet-stream")

    async def _made(
        self, request: Request, write: Callable[[Report, io.BytesIO, str], None], name: str, kind: str
    ) -> Response:
        words = self._asking.words(request)
        session, run = self._asking.run(request)
        if run is None or not run.ready:
            return self._asking.lost(request)

        def made() -> bytes:
            stream = io.BytesIO()
            write(session.waived(run.result().report), stream, words.language)
            return stream.getvalue()

        return Response(await asyncio.to_thread(made), media_type=kind, headers=_attached(name))

    async def annotated(self, request: Request) -> Response:
        """Give an uploaded file with its findings marked in it."""
        words = self._asking.words(request)
        session, run = self._asking.run(request)
        file = request.path_params["file"]
        if run is None or not run.ready or file >= len(run.made.files):
            return self._asking.lost(request)
        name = run.made.files[file].name
        waived = frozenset(
            finding.fingerprint
            for document in session.waived(run.result().report).documents
            for finding in document.findings
            if finding.waived is not None
        )
        job = Job(
            "annotate", str(run.folder), run.made.files, words.language, file=file, waived=tuple(waived)
        )
        if not await self._jobs.finished(job, _ANNOTATE_SECONDS):
            said = words(f"{name}：不能在原文上批注", f"{name}: cannot be annotated")
            return PlainTextResponse(said, 422)
        (made,) = (run.folder / ANNOTATED / str(file)).iterdir()
        stem = name.rpartition("/")[2].rpartition(".")[0] or name
        return FileResponse(
            made, media_type="application/octet-stream", headers=_attached(f"{stem}-批注{made.suffix}")
        )


def _attached(name: str) -> dict[str, str]:
    """Return the heads of a download: its name, and one in ASCII for those who read no other."""
    suffix = name.rpartition(".")[2]
    return {
        "content-disposition": f"attachment; filename=\"budgetlint.{suffix}\"; filename*=UTF-8''{quote(name)}"
    }
