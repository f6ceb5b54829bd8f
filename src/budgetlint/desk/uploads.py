"""Takes in what a browser sends: so many files, so many bytes, in so much time, and not one more."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from urllib.parse import parse_qsl

from msgspec import Struct
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from budgetlint.desk.names import Upload, in_order, shown, stored
from budgetlint.said import Said, SaidError

_MEGABYTE = 1 << 20
_FIELDS = 20


class Allowed(Struct, frozen=True):
    """What one upload may be: files, bytes in all, seconds until it is here."""

    files: int = 200
    megabytes: int = 400
    seconds: float = 300.0


class UploadError(SaidError):
    """An upload was refused; ``status`` is the HTTP status."""

    def __init__(self, status: int, said: Said) -> None:
        super().__init__(status, said)
        self.status = status


async def received(request: Request, allowed: Allowed) -> FormData:
    """Return the form a request carries.

    Raises:
        UploadError: it is too large, too slow, has too many files, or is no form.
    """
    try:
        return await asyncio.wait_for(_parsed(request, allowed), allowed.seconds)
    except asyncio.TimeoutError:
        raise UploadError(
            408, Said(f"上传超过 {allowed.seconds:g} 秒，已停止", "the upload took too long")
        ) from None
    except (MultiPartException, HTTPException, ValueError) as error:
        said = getattr(error, "message", "") or getattr(error, "detail", "")
        raise UploadError(
            400,
            Said(
                f"上传的内容不对，或文件多于 {allowed.files} 个：{said}",
                f"no proper upload, or more than {allowed.files} files: {said}",
            ),
        ) from None


async def _parsed(request: Request, allowed: Allowed) -> FormData:
    most = allowed.megabytes * _MEGABYTE
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > most:
        raise _too_large(allowed)
    multipart = request.headers.get("content-type", "").startswith("multipart/form-data")
    most = most if multipart else _MEGABYTE

    async def counted() -> AsyncGenerator[bytes, None]:
        seen = 0
        async for chunk in request.stream():
            seen += len(chunk)
            if seen > most:
                raise _too_large(allowed)
            yield chunk

    if not multipart:
        body = b"".join([chunk async for chunk in counted()])
        return FormData(dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=_FIELDS)))

    parser = MultiPartParser(
        request.headers, counted(), max_files=allowed.files, max_fields=_FIELDS, max_part_size=_MEGABYTE
    )
    return await parser.parse()


def _too_large(allowed: Allowed) -> UploadError:
    return UploadError(
        413,
        Said(f"上传超过 {allowed.megabytes} MB，没有接收", f"more than {allowed.megabytes} MB: not taken"),
    )


def kept(form: FormData, folder: Path) -> tuple[Upload, ...]:
    """Write the files of a form under names of the desk's own; what they are called is only remembered.

    Raises:
        UploadError: there is none.
    """
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
    if not files:
        raise UploadError(400, Said("没有选择文件", "no file was chosen"))
    names = [shown(file.filename or "") for file in files]
    groups = {
        group: number for number, group in enumerate(dict.fromkeys(name.rpartition("/")[0] for name in names))
    }
    uploads = []
    for number, at in enumerate(in_order(names), 1):
        path = stored(number, groups[names[at].rpartition("/")[0]], names[at])
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            shutil.copyfileobj(files[at].file, stream)
        uploads.append(Upload(names[at], path))
    return tuple(uploads)
