"""A desk for tests: the application behind its guard, spoken to as a browser's own page would."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra web")
pytest.importorskip("python_multipart", reason="needs the extra web")
pytest.importorskip("httpx", reason="the test client needs httpx")

from starlette.testclient import TestClient

from budgetlint.desk.app import build
from budgetlint.desk.asking import Options
from budgetlint.desk.guard import Door

PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"
OWN = {"origin": HOME}


@pytest.fixture
def app(tmp_path: Path):
    """Return a desk that keeps its work in a folder of the test's."""
    return build(Options(tmp_path / "state", Door(PORT), at_once=2, seconds=120))


@pytest.fixture
def open_client(app) -> Iterator[Callable[[], TestClient]]:
    """Return what opens a browser of its own: a client with its own cookies."""
    opened: list[TestClient] = []

    def new() -> TestClient:
        client = TestClient(app, base_url=HOME, headers=OWN, follow_redirects=False)
        client.__enter__()
        opened.append(client)
        return client

    yield new
    for client in opened[:1]:
        client.__exit__(None, None, None)


@pytest.fixture
def client(open_client: Callable[[], TestClient]) -> TestClient:
    """Return a browser."""
    return open_client()


def upload(client: TestClient, *files: tuple[str, bytes]) -> str:
    """Upload files and return the address of their run."""
    answer = client.post("/check", files=[("files", file) for file in files])
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def finished(client: TestClient, run: str, seconds: float = 120) -> str:
    """Return the page of a run once it is finished, whatever came of it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        page = client.get(run).text
        if 'id="progress"' not in page:
            return page
        time.sleep(0.2)
    raise AssertionError(f"{run} did not end in {seconds} s")


def findings(page: str) -> dict[str, str]:
    """Return the findings a page lists that are open: fingerprint → rule."""
    return {
        name: rule
        for css, rule, name in re.findall(
            r'<article class="([^"]*)"[^>]*data-rule="([^"]*)".*?<code>([0-9a-f]{12})</code>', page, re.DOTALL
        )
        if "waived" not in css
    }
