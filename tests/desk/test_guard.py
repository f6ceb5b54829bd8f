"""Only the desk's own pages may drive it, under a name it answers to, with the key where one is needed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra web")

from starlette.testclient import TestClient
from tests.desk.conftest import HOME, OWN, PORT

from budgetlint.desk.app import build
from budgetlint.desk.asking import Options
from budgetlint.desk.guard import door_for


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1:1",
        "127.0.0.1.evil.example:8765",
        "",
        "[::1",
        "a:b:c",
    ],
)
def test_a_foreign_name_that_leads_here_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"[::1]:{PORT}"])
def test_this_machines_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8765", "http://127.0.0.1:1", ""]
)
@pytest.mark.parametrize("path", ["/check", "/forget", "/run/x/waive"])
def test_another_page_cannot_drive_it(client: TestClient, origin: str, path: str) -> None:
    answer = client.post(path, headers={"origin": origin}, data={"fingerprint": "0" * 12})
    assert answer.status_code == 403


def test_a_request_without_an_origin_changes_nothing(app) -> None:
    with TestClient(app, base_url=HOME) as client:
        assert client.post("/forget").status_code == 403


def test_another_page_cannot_read_it_in_the_background(client: TestClient) -> None:
    heads = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert client.get("/", headers=heads).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/").status_code == 405


@pytest.mark.parametrize("path", ["/", "/static/desk.js", "/run/none", "/nothing"])
def test_every_answer_says_what_a_browser_may_do_with_it(client: TestClient, path: str) -> None:
    heads = client.get(path).headers
    policy = heads["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert heads["x-content-type-options"] == "nosniff" and heads["cache-control"] == "no-store"


def test_no_script_and_no_style_stands_in_a_page(client: TestClient) -> None:
    page = client.get("/").text
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
    assert "<style" not in page and " style=" not in page and not re.search(r"\son\w+=", page)


def test_a_session_cookie_is_kept_from_scripts_and_other_pages(client: TestClient) -> None:
    cookie = client.get("/").headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie


class TestWithAKey:
    """A desk that others can reach asks for its key."""

    @pytest.fixture
    def reached(self, tmp_path: Path):
        app = build(Options(tmp_path / "state", door_for("0.0.0.0", PORT, "the-key")))
        with TestClient(app, base_url=f"http://192.0.2.7:{PORT}", follow_redirects=False) as client:
            yield client

    def test_nothing_is_shown_without_it(self, reached: TestClient) -> None:
        assert reached.get("/").status_code == 403
        assert reached.get("/?key=another").status_code == 403
        assert reached.get("/", headers={"cookie": "budgetlint-key=another"}).status_code == 403

    def test_the_address_with_the_key_opens_it_and_hides_the_key(self, reached: TestClient) -> None:
        answer = reached.get("/?key=the-key")
        assert answer.status_code == 303 and answer.headers["location"] == "/"
        assert reached.get("/").status_code == 200

    def test_foreign_names_are_refused_even_so(self, reached: TestClient) -> None:
        heads = {"host": f"evil.example:{PORT}", "cookie": "budgetlint-key=the-key"}
        assert reached.get("/", headers=heads).status_code == 421

    def test_loopback_asks_for_none(self) -> None:
        assert door_for("127.0.0.1", PORT, "").key == ""


def test_own_pages_are_heard(client: TestClient) -> None:
    assert client.post("/forget", headers=OWN).status_code == 303
