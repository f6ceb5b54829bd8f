"""Starts the desk: listens on this machine, says where, and opens the browser there."""

from __future__ import annotations

import secrets
import socket
import sys
import threading
import webbrowser
from pathlib import Path

from msgspec import Struct

from budgetlint.desk.guard import door_for

_STOP_SECONDS = 3


class Place(Struct, frozen=True):
    """Where a desk listens and keeps what it is given; port 0 takes any that is free."""

    host: str = "127.0.0.1"
    port: int = 0
    state: Path = Path()
    key: str = ""
    browser: bool = True
    language: str = "zh"


def default_state() -> Path:
    """Return the folder a desk keeps its work in where none is said."""
    return Path.home() / "budgetlint-核对台"


def serve(place: Place) -> None:
    """Serve until it is ended (Ctrl-C).

    Raises:
        OSError: the port is taken.
    """
    import uvicorn

    from budgetlint.desk.app import build
    from budgetlint.desk.asking import Options

    listening = _listening(place.host, place.port)
    port = listening.getsockname()[1]
    door = door_for(place.host, port, "")
    if place.host not in ("127.0.0.1", "localhost", "::1"):
        door = door_for(place.host, port, place.key or secrets.token_urlsafe(24))
    shown = socket.gethostname() if place.host in ("0.0.0.0", "::", "") else place.host
    name = f"[{shown}]" if ":" in shown else shown
    address = f"http://{name}:{port}/{f'?key={door.key}' if door.key else ''}"
    zh = f"核对台在 {address} （按 Ctrl-C 结束）\n文件和结果在 {place.state}，删除这个文件夹就都没有了。\n"
    en = f"The desk is at {address} (Ctrl-C ends it)\nFiles and results are in {place.state}; delete it and they are gone.\n"
    sys.stdout.write(en if place.language == "en" else zh)
    sys.stdout.flush()
    options = Options(place.state, door, language=place.language)
    config = uvicorn.Config(
        build(options),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
    if place.browser:
        threading.Timer(0.5, webbrowser.open, (address,)).start()
    uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    return listening
