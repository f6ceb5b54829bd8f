"""A clerk's way in a real Chromium: the page works, leads from figures to checks, prints, and asks no other host for anything."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="needs playwright")
pytest.importorskip("uvicorn", reason="needs the extra web")

from playwright import sync_api as api
from tests.conftest import CLEAN

from budgetlint import check
from budgetlint.desk.app import build
from budgetlint.desk.asking import Options
from budgetlint.desk.guard import Door
from budgetlint.reporters import html

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (.ci/run installs Debian's)"),
]
FLAWED = CLEAN.replace("行政管理事务\t20.00", "行政管理事务\t21.00")
ROOT = Path(__file__).parents[2]
_SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def browser() -> Iterator[api.Browser]:
    # Chromium refuses to be root's with its sandbox; containers have nobody else.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.fixture
def said() -> list[str]:
    """Return what a page said to the console: its own policy's refusals, too."""
    return []


@pytest.fixture
def page(browser: api.Browser, said: list[str]) -> Iterator[api.Page]:
    context = browser.new_context(viewport={"width": 1300, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report of two documents as a file."""
    folder = tmp_path_factory.mktemp("report")
    for name, text in (("有错.txt", FLAWED), ("无误.txt", CLEAN)):
        (folder / name).write_text(text, encoding="utf-8")
    made = folder / "报告.html"
    with made.open("w", encoding="utf-8") as stream:
        html.write(check([folder / "有错.txt", folder / "无误.txt"], draw=True), stream, "zh")
    return made


def _violations(page: api.Page) -> list[tuple[str, str]]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe").Axe()
    found = axe.run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in _SERIOUS]


@pytest.mark.parametrize(("wide", "media"), [(1300, "screen"), (390, "screen"), (800, "print")])
def test_everybody_can_read_the_report(
    wide: int, media: str, report: Path, page: api.Page, said: list[str]
) -> None:
    page.set_viewport_size({"width": wide, "height": 850})
    page.goto(report.as_uri())
    page.emulate_media(media=media)
    assert _violations(page) == []
    if media == "screen":
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert said == []


def test_findings_and_figures_lead_to_each_other(report: Path, page: api.Page, said: list[str]) -> None:
    page.goto(report.as_uri())
    page.keyboard.press("n")
    first = page.locator("article.now").get_attribute("id")
    page.keyboard.press("n")
    assert page.locator("article.now").get_attribute("id") != first
    page.keyboard.press("p")
    assert page.locator("article.now").get_attribute("id") == first
    page.locator('article[data-rule^="CN201"] h5').first.click()
    assert page.locator("td.lit").count() >= 2
    page.locator("td.f.v").first.click()
    assert page.locator(".panel li").count() >= 1
    page.keyboard.press("Escape")
    assert page.locator(".panel").count() == 0
    page.locator(".paper td.f").first.locator("xpath=ancestor::div[@role='group']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.locator(".panel").count() == 1
    assert said == []


def test_findings_are_filtered_and_documents_sorted(report: Path, page: api.Page) -> None:
    page.goto(report.as_uri())
    shown = page.locator("#d1 .findings article:visible")
    everything = shown.count()
    page.locator("#d1 .by-text").fill("CN201")
    assert 0 < shown.count() < everything
    page.locator("#d1 .by-text").fill("")
    for box in page.locator("#d1 .by-severity").all():
        box.uncheck()
    assert shown.count() == 0
    heads = page.locator(".sortable th button")
    heads.filter(has_text="文件").click()
    rows = page.locator(".sortable tbody th").all_inner_texts()
    heads.filter(has_text="文件").click()
    assert page.locator(".sortable tbody th").all_inner_texts() == rows[::-1]


def test_it_says_the_same_without_a_script(report: Path, browser: api.Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator("article").count() >= 1
    assert page.locator("td.f.x a").first.get_attribute("href").startswith("#d1k")
    assert not page.locator(".filters").first.is_visible()
    context.close()


def test_it_prints_on_a4_with_page_numbers(report: Path, page: api.Page, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="needs the extra pdf")
    page.goto(report.as_uri())
    page.pdf(path=tmp_path / "p.pdf", prefer_css_page_size=True)
    made = pdfium.PdfDocument(tmp_path / "p.pdf")
    for number, sheet in enumerate(made, 1):
        assert {round(size) for size in sheet.get_size()} == {595, 842}
        assert f"{number} / {len(made)}" in sheet.get_textpage().get_text_bounded()


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report that has a picture of income and expenditure."""
    made = tmp_path_factory.mktemp("pictured") / "报告.html"
    with made.open("w", encoding="utf-8") as stream:
        html.write(check([ROOT / "examples/text/示例区某局-2024年部门预算.txt"], draw=True), stream, "zh")
    return made


@pytest.mark.parametrize("wide", [1300, 390])
def test_pictures_are_legible_and_their_names_stay_inside(
    wide: int, pictured: Path, page: api.Page, said: list[str]
) -> None:
    page.set_viewport_size({"width": wide, "height": 850})
    page.goto(pictured.as_uri())
    pictures = page.locator("svg.picture")
    assert pictures.count() >= 1
    for picture in pictures.all():
        frame = picture.bounding_box()
        words = [text.bounding_box() for text in picture.locator("text").all() if text.text_content()]
        assert frame and words
        for word in filter(None, words):
            assert word["height"] >= 10
            assert frame["x"] <= word["x"] and word["x"] + word["width"] <= frame["x"] + frame["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert _violations(page) == []
    assert said == []


def test_a_printed_picture_has_its_figures_below(pictured: Path, page: api.Page) -> None:
    page.goto(pictured.as_uri())
    page.emulate_media(media="print")
    total = page.locator(".pictures tr.total td").last
    assert total.is_visible() and total.inner_text() == "530.00"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[str]:
    """Serve a desk on a free port."""
    import uvicorn

    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(
            build(Options(tmp_path / "state", Door(port))), log_level="error", timeout_graceful_shutdown=1
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def test_a_clerk_finds_mends_waives_and_hands_out(
    desk: str, page: api.Page, said: list[str], tmp_path: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wrong, right = tmp_path / "预算.txt", tmp_path / "预算（改）.txt"
    wrong.write_text(FLAWED, encoding="utf-8")
    right.write_text(CLEAN, encoding="utf-8")

    def checked(file: Path) -> None:
        page.goto(desk)
        page.set_input_files("#files", file)
        page.click("#drop button")
        page.wait_for_selector(".document", timeout=120_000)

    checked(wrong)
    assert page.locator('article[data-rule^="CN201"]').count() == 1
    assert "21.00" in page.locator("td.f.s").first.inner_text()
    checked(right)
    assert page.locator('article[data-rule^="CN201"]').count() == 0
    assert "已改 1" in page.locator(".compared h3").inner_text()
    waived = page.locator("article").first
    name = waived.locator("code").text_content()
    waived.locator("summary", has_text="豁免").click()
    waived.locator("input[name=because]").fill("表另行公开")
    waived.locator("form button").click()
    page.wait_for_selector("article.waived")
    assert name in page.locator("article.waived code").all_text_contents()
    assert _violations(page) == []
    with page.expect_download() as download:
        page.locator('a[href$="report.html"]').click()
    assert download.value.suggested_filename == "核对报告.html"
    page.locator(".trial summary").click()
    page.locator(".trial textarea").fill(
        "对 表 部门支出总表 的 每一行，检查 列 合计 应等于 列 基本支出 加 列 项目支出"
    )
    page.locator(".trial button").click()
    page.wait_for_selector(".tried li", timeout=60_000)
    assert asked and all(url.startswith(f"{desk}/") for url in asked)
    assert said == []
