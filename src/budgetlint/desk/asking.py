"""Who asks the desk for something: which session, which run of it, in which language; and the frame of every answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from budgetlint.desk import pages
from budgetlint.desk.guard import Door
from budgetlint.desk.state import Run, Session, State
from budgetlint.desk.uploads import Allowed
from budgetlint.reporters.words import Words

SESSION, _LANGUAGE = "budgetlint-session", "budgetlint-lang"
_A_YEAR = 365 * 24 * 3600


class Options(Struct, frozen=True):
    """How a desk is set up."""

    state: Path
    door: Door
    allowed: Allowed = Allowed()
    at_once: int | None = None
    seconds: float = 600.0
    language: str = "zh"


class Asking:
    """What every page of a desk needs to know of a request."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._state = State(options.state)

    def session(self, request: Request) -> tuple[str, Session]:
        """Return the session of a browser and the secret name it goes by, a new one for a new browser."""
        return self._state.session(request.cookies.get(SESSION))

    def words(self, request: Request) -> Words:
        """Return the words of the language a browser asked for, else of the desk's."""
        asked = request.query_params.get("lang") or request.cookies.get(_LANGUAGE) or self._options.language
        return Words("en" if asked == "en" else "zh")

    def run(self, request: Request) -> tuple[Session, Run | None]:
        """Return the session and its run that the address names, None where it has none of that name."""
        _, session = self.session(request)
        return session, session.run(request.path_params["run"])

    def page(self, request: Request, title: str, inner: Any, head: str = "", status: int = 200) -> Response:
        """Return a page of the desk, which remembers who asked and in what language."""
        words = self.words(request)
        response = HTMLResponse(pages.page(title, inner, words, head), status)
        name, _ = self.session(request)
        self.remember(response, SESSION, name)
        if "lang" in request.query_params:
            self.remember(response, _LANGUAGE, words.language)
        return response

    @staticmethod
    def remember(response: Response, cookie: str, value: str) -> None:
        """Set a cookie that no script and no other page can use."""
        response.set_cookie(cookie, value, max_age=_A_YEAR, httponly=True, samesite="strict", path="/")

    def lost(self, request: Request) -> Response:
        """Return the page for what is not there, or not this browser's."""
        words = self.words(request)
        said = words("没有这次核对，或不是您上传的。", "There is no such upload of yours.")
        return self.page(request, said, [f'<main><p class="alarm">{said}</p></main>'], status=404)
