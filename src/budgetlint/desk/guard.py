"""Who may talk to the desk: only pages of its own, under a name it answers to, with the key where one is needed."""

from __future__ import annotations

import hmac
import ipaddress
import socket
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY = "budgetlint-key"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # With no-referrer a browser sends "null" as the origin of its own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Door(Struct, frozen=True):
    """What the desk answers to: its port, the names of this machine it may be called by, and the key it asks for."""

    port: int
    names: tuple[str, ...] = _LOOPBACK
    key: str = ""

    def called(self, host: str) -> bool:
        """Tell whether a Host header names this desk: a foreign name that leads here is another page's trick."""
        try:
            parts = urlsplit(f"//{host}")
            name, port = parts.hostname or "", parts.port or 80
        except ValueError:
            return False
        if port != self.port:
            return False
        return name in self.names or ("*" in self.names and _is_address(name))

    def own(self, origin: str, host: str) -> bool:
        """Tell whether an Origin header is the desk's own page."""
        return origin == f"http://{host}"


def door_for(host: str, port: int, key: str) -> Door:
    """Return the door of a desk that listens on an address."""
    if host in _LOOPBACK:
        return Door(port)
    everywhere = host in ("0.0.0.0", "::", "")
    return Door(port, (*_LOOPBACK, socket.gethostname(), *(("*",) if everywhere else (host,))), key)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """Lets in what comes from the desk's own pages, and says on every answer what a browser may do with it."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        heads = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self._refused(scope, heads)
        if refused is not None:
            await _answer(send, *refused)
            return
        if self._door.key and (given := _asked_key(scope)) is not None:
            await _answer(send, *self._entered(given))
            return
        if self._door.key and not _same(_cookie(heads.get("cookie", "")), self._door.key):
            await _answer(
                send,
                403,
                "需要启动时给出的地址（带 key） / open the address printed at the start, with its key",
            )
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *_heads(HEADERS, present)]
            await send(message)

        await self._app(scope, receive, guarded)

    def _refused(self, scope: Scope, heads: dict[str, str]) -> tuple[int, str] | None:
        host = heads.get("host", "")
        if not self._door.called(host):
            return 421, "不认识的主机名 / not this desk's name"
        if scope["method"] in ("GET", "HEAD"):
            if heads.get("sec-fetch-site") == "cross-site" and heads.get("sec-fetch-mode") != "navigate":
                return 403, "不接受别的网页的请求 / asked by another page"
            return None
        if scope["method"] != "POST":
            return 405, "不支持 / not supported"
        if not self._door.own(heads.get("origin", ""), host):
            return 403, "不接受别的网页的请求 / asked by another page"
        return None

    def _entered(self, given: str) -> tuple[int, str, dict[str, str]]:
        if not _same(given, self._door.key):
            return 403, "key 不对 / wrong key", {}
        cookie = f"{KEY}={self._door.key}; HttpOnly; SameSite=Strict; Path=/"
        return 303, "", {"location": "/", "set-cookie": cookie}


def _asked_key(scope: Scope) -> str | None:
    found = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("key")
    return found[0] if found else None


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(KEY)
    except CookieError:
        return ""
    return found.value if found else ""


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _heads(heads: dict[str, str], present: Iterable[bytes] = ()) -> list[tuple[bytes, bytes]]:
    return [
        (name.encode(), value.encode("latin-1"))
        for name, value in heads.items()
        if name.encode() not in present
    ]


async def _answer(send: Send, status: int, said: str, heads: dict[str, str] | None = None) -> None:
    body = said.encode()
    more = {"content-type": "text/plain; charset=utf-8", "content-length": str(len(body)), **(heads or {})}
    await send({"type": "http.response.start", "status": status, "headers": _heads({**HEADERS, **more})})
    await send({"type": "http.response.body", "body": body})
