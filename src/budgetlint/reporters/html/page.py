"""The frame of a page: its head, its style and its one script, inlined with their hashes or linked."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def asset(name: str) -> str:
    """Return the text of the page's style (``desk.css``) or script (``desk.js``)."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def inlined(title: str, body: Iterable[str], language: str) -> Iterator[str]:
    """Yield a page that stands alone: style and script stand in it, and its policy allows those two and nothing else."""
    style, script = asset("desk.css"), asset("desk.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<style>{style}</style>\n'
    yield from framed(title, head, body, f"<script>{script}</script>\n", language)


def framed(title: str, head: str, body: Iterable[str], foot: str, language: str) -> Iterator[str]:
    """Yield a page from its parts; ``head`` and ``foot`` bring style and script."""
    tongue = "en" if language == "en" else "zh-CN"
    yield f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
    yield f"{head}<title>{escape(title)}</title>\n</head>\n<body>\n"
    yield from body
    yield f"{foot}</body>\n</html>\n"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"
