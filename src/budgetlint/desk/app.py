"""The desk as an application: which page answers what, each session seeing its own work only."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from msgspec import json as msgspec_json
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp

from budgetlint.desk import pages
from budgetlint.desk.asking import SESSION, Asking, Options
from budgetlint.desk.downloads import Downloads
from budgetlint.desk.guard import Guard
from budgetlint.desk.jobs import Jobs, Running
from budgetlint.desk.state import Made, Run, Session
from budgetlint.desk.uploads import UploadError, kept, received
from budgetlint.desk.work import TRIED, Job, Tried
from budgetlint.reporters.html.page import asset
from budgetlint.reporters.words import Words
from budgetlint.resources import version
from budgetlint.results.report import Report
from budgetlint.results.waivers import Waiver, WaiverError, add_waivers, remove_waivers

_POLL, _TRY_SECONDS = 0.1, 120.0


def build(options: Options) -> ASGIApp:
    """Return the application behind its guard."""
    desk = Desk(options)

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        yield
        desk.jobs.close()

    run = "/run/{run}"
    routes = [
        Route("/", desk.home),
        Route("/static/{name}", desk.static),
        Route("/favicon.ico", desk.no_icon),
        Route("/check", desk.check, methods=["POST"]),
        Route("/forget", desk.forget, methods=["POST"]),
        Route(run, desk.result),
        Route(f"{run}/events", desk.events),
        Route(f"{run}/waive", desk.waive, methods=["POST"]),
        Route(f"{run}/unwaive", desk.unwaive, methods=["POST"]),
        Route(f"{run}/try", desk.try_rule, methods=["POST"]),
        Route(f"{run}/list.xlsx", desk.downloads.listed),
        Route(f"{run}/record.docx", desk.downloads.record),
        Route(f"{run}/report.html", desk.downloads.report),
        Route(f"{run}/annotated/{{file:int}}", desk.downloads.annotated),
    ]
    return Guard(Starlette(routes=routes, lifespan=living), options.door)


class Desk:
    """The pages; ``jobs`` are what is under way."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self.asking = Asking(options)
        self.jobs = Jobs(options.at_once, options.seconds)
        self.downloads = Downloads(self.asking, self.jobs)
        self._running: dict[str, Running] = {}

    # ------------------------------------------------------------ pages

    async def home(self, request: Request) -> Response:
        """Show where files are dropped."""
        words = self.asking.words(request)
        _, session = self.asking.session(request)
        inner = await asyncio.to_thread(lambda: list(pages.home(session, words)))
        return self.asking.page(request, words("预决算公开文本核对", "Budget disclosure check"), inner)

    async def static(self, request: Request) -> Response:
        """Serve the style and the script."""
        name = request.path_params["name"]
        kinds = {
            "desk.css": "text/css",
            "serve.css": "text/css",
            "desk.js": "text/javascript",
            "serve.js": "text/javascript",
        }
        if name not in kinds:
            return PlainTextResponse("", 404)
        text = asset(name) if name.startswith("desk") else (Path(__file__).parent / name).read_text("utf-8")
        return Response(text, media_type=kinds[name])

    async def no_icon(self, request: Request) -> Response:
        """Answer browsers that ask for an icon on their own."""
        return Response(status_code=204)

    async def check(self, request: Request) -> Response:
        """Take files in and begin their check."""
        words = self.asking.words(request)
        name, session = self.asking.session(request)
        self._running = {known: job for known, job in self._running.items() if not job.ended}
        run = session.new_run(self._running)
        try:
            form = await received(request, self._options.allowed)
            files = await asyncio.to_thread(kept, form, run.folder)
            await form.close()
        except UploadError as error:
            return await self._refused(request, session, error.message(words.language), error.status)
        made = Made(files, time.time(), words.language, version())
        (run.folder / "made.json").write_bytes(msgspec_json.encode(made))
        self._running[run.name] = self.jobs.start(Job("check", str(run.folder), files, words.language))
        response: Response = RedirectResponse(f"/run/{run.name}", 303)
        if "application/json" in request.headers.get("accept", ""):
            response = Response(json.dumps({"run": run.name}), media_type="application/json")
        self.asking.remember(response, SESSION, name)
        return response

    async def _refused(self, request: Request, session: Session, said: str, status: int) -> Response:
        if "application/json" in request.headers.get("accept", ""):
            return Response(
                json.dumps({"error": said}, ensure_ascii=False), status, media_type="application/json"
            )
        words = self.asking.words(request)
        inner = await asyncio.to_thread(lambda: list(pages.home(session, words, said)))
        return self.asking.page(request, words("没有接收", "Not taken"), inner, status=status)

    async def result(self, request: Request) -> Response:
        """Show the result, or how far it is."""
        words = self.asking.words(request)
        session, run = self.asking.run(request)
        if run is None:
            return self.asking.lost(request)
        if run.ready:
            found = await asyncio.to_thread(lambda: self._drawn(session, run, words))
            return self.asking.page(request, *found)
        running = self._running.get(run.name)
        if running is None or running.state == "failed":
            error = (
                running.error if running else words("没有结果，请再上传一次", "no result: upload it again")
            )
            return self.asking.page(
                request, words("没有核对成", "Not checked"), pages.failed(run, error, words)
            )
        again = '<noscript><meta http-equiv="refresh" content="2"></noscript>\n'
        return self.asking.page(request, words("正在核对", "Checking"), pages.waiting(run, words), again)

    @staticmethod
    def _drawn(session: Session, run: Run, words: Words) -> tuple[str, list[str]]:
        page = pages.ResultPage(session, run, run.result(), words)
        return page.title, list(page.inner())

    async def events(self, request: Request) -> Response:
        """Tell how far a check is, as it goes (server-sent events)."""
        _, run = self.asking.run(request)
        if run is None:
            return PlainTextResponse("", 404)
        running = self._running.get(run.name)
        return StreamingResponse(_told(request, running), media_type="text/event-stream")

    async def forget(self, request: Request) -> Response:
        """Delete what this session has uploaded."""
        _, session = self.asking.session(request)
        await asyncio.to_thread(session.forget)
        response = RedirectResponse("/", 303)
        response.delete_cookie(SESSION, path="/")
        return response

    # ------------------------------------------------------------ what is done to findings

    async def waive(self, request: Request) -> Response:
        """Waive a finding, with a reason and perhaps a last day."""
        words = self.asking.words(request)
        session, run = self.asking.run(request)
        if run is None:
            return self.asking.lost(request)
        form = await received(request, self._options.allowed)
        name, because = str(form.get("fingerprint", "")), str(form.get("because", "")).strip()
        try:
            until = date.fromisoformat(str(form["until"])) if form.get("until") else None
            found = _finding_of(run.result().report, name)
            rule, what = found if found is not None else ("", "")
            session.folder.mkdir(parents=True, exist_ok=True)
            add_waivers(session.waivers, [Waiver(name, because, until, rule, what)], date.today())
        except ValueError:
            return PlainTextResponse(words("日期应为 YYYY-MM-DD", "the day must be YYYY-MM-DD"), 400)
        except WaiverError as error:
            return PlainTextResponse(error.message(words.language), 400)
        return RedirectResponse(f"/run/{run.name}", 303)

    async def unwaive(self, request: Request) -> Response:
        """Take a waiver back."""
        session, run = self.asking.run(request)
        if run is None:
            return self.asking.lost(request)
        form = await received(request, self._options.allowed)
        try:
            remove_waivers(session.waivers, [str(form.get("fingerprint", ""))])
        except WaiverError as error:
            return PlainTextResponse(error.message(self.asking.words(request).language), 400)
        return RedirectResponse(f"/run/{run.name}", 303)

    async def try_rule(self, request: Request) -> Response:
        """Say what a sentence reads in the uploaded documents."""
        words = self.asking.words(request)
        _, run = self.asking.run(request)
        if run is None:
            return self.asking.lost(request)
        form = await received(request, self._options.allowed)
        sentence = str(form.get("sentence", "")).strip()
        job = Job("try", str(run.folder), run.made.files, words.language, sentence)
        if not sentence or not await self.jobs.finished(job, _TRY_SECONDS):
            inner = [f'<p class="alarm">{words("没有试成", "could not be tried")}</p>']
        else:
            inner = await asyncio.to_thread(lambda: list(pages.tried(_pickled(run.folder / TRIED), words)))
        if request.headers.get("x-part") == "1":
            return HTMLResponse("".join(inner))
        return self.asking.page(request, words("规则试写", "Try a rule"), ["<main>", *inner, "</main>"])


def _pickled(file: Path) -> Tried:
    import pickle

    answer: Tried = pickle.loads(file.read_bytes())
    return answer


def _finding_of(report: Report, name: str) -> tuple[str, str] | None:
    return next(
        (
            (finding.rule, document.called)
            for document in report.documents
            for finding in document.findings
            if finding.fingerprint == name
        ),
        None,
    )


async def _told(request: Request, running: Running | None) -> AsyncIterator[str]:
    """Yield what a job tells, until it ended or nobody listens."""
    at = 0
    while running is not None and not await request.is_disconnected():
        while at < len(running.told):
            yield f"data: {json.dumps(running.told[at])}\n\n"
            at += 1
        if running.ended:
            break
        await asyncio.sleep(_POLL)
    yield "event: end\ndata: {}\n\n"
