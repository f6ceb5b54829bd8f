"""Take the page out of a “single file web page” (mht), a mail message by its form, as Word and browsers save it."""

from __future__ import annotations

import email

from budgetlint.document import ReadError


def page_of(path: str, data: bytes) -> bytes:
    """Return the page a message wraps, marked as UTF-8 where the message says how it is written.

    Raises:
        ReadError: BL904, there is no page in it.
    """
    message = email.message_from_bytes(data.lstrip())
    for part in message.walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes):
            charset = part.get_content_charset() or ""
            try:
                return b"\xef\xbb\xbf" + content.decode(charset).removeprefix("\ufeff").encode()
            except (LookupError, UnicodeDecodeError):
                return content
    raise ReadError("BL904", path, cause="mht")
