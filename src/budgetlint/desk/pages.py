"""The desk's own pages around the redrawn document: where files are dropped, how far they are, what can be done with the result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from budgetlint.desk.state import Run, Session
from budgetlint.desk.traces import trace_of
from budgetlint.desk.work import Result, Tried
from budgetlint.reporters.html.findings import Actions
from budgetlint.reporters.html.overview import Line, line_of, table_of
from budgetlint.reporters.html.page import framed
from budgetlint.reporters.html.report import Head, body, title_of
from budgetlint.reporters.words import Words
from budgetlint.results.checklist import Handed, Progress, progress
from budgetlint.results.findings import Finding
from budgetlint.results.report import Report

HEAD = '<link rel="stylesheet" href="/static/desk.css">\n<link rel="stylesheet" href="/static/serve.css">\n'
FOOT = '<script src="/static/desk.js"></script>\n<script src="/static/serve.js"></script>\n'


def page(title: str, inner: Iterator[str], words: Words, head: str = "") -> str:
    """Return a page of the desk."""
    return "".join(framed(title, HEAD + head, _with_bar(inner, words), FOOT, words.language))


def _with_bar(inner: Iterator[str], words: Words) -> Iterator[str]:
    other = words('<a href="?lang=en" lang="en">English</a>', '<a href="?lang=zh" lang="zh-CN">中文</a>')
    home = words("budgetlint 核对台", "budgetlint desk")
    local = words(
        "文件只在这台电脑上处理，不会传到任何地方。",
        "Files are worked on by this machine alone; nothing leaves it.",
    )
    yield f'<nav class="bar-top" aria-label="{home}"><a href="/"><b>{home}</b></a> <span class="local">{local}</span> {other}</nav>\n'
    yield from inner


def home(session: Session, words: Words, said: str = "") -> Iterator[str]:
    """Yield the page where files are dropped, and the uploads there were."""
    yield f"<main><h1>{words('核对预决算公开文本', 'Check budget disclosure documents')}</h1>\n"
    if said:
        yield f'<p class="alarm" role="alert">{escape(said)}</p>\n'
    hint = words(
        "把要公开的文件拖到这里：说明和表格可以分成几个文件一起拖，也可以拖文件夹或 zip；上年的、年初的文本放在一起，就和它对照。",
        "Drop the files to be published here: text and tables may be several files, or a folder or zip; "
        "put last year's with them to have it compared.",
    )
    formats = words(
        "docx、xlsx、xls、pdf、ofd、html、txt、zip；改完再拖，会和上次比；发下去的问题清单（xlsx）一起拖回来，会标出哪些已改。",
        "docx, xlsx, xls, pdf, ofd, html, txt, zip; drop mended files again to compare with last time; "
        "a list of problems that was handed out may come back with them.",
    )
    yield f'<form class="drop" id="drop" action="/check" method="post" enctype="multipart/form-data">\n<p>{hint}</p>\n'
    yield f'<p><label>{words("选择文件", "choose files")} <input type="file" name="files" id="files" multiple></label> '
    yield f'<label class="scripted">{words("选择文件夹", "choose a folder")} <input type="file" id="folder" webkitdirectory></label></p>\n'
    yield f'<p><button type="submit">{words("开始核对", "check")}</button></p>\n<p><small>{formats}</small></p>\n'
    yield '<p id="said" role="status"></p></form>\n'
    yield from _earlier(session, words)
    yield "</main>\n"


def _earlier(session: Session, words: Words) -> Iterator[str]:
    lines: list[Line] = []
    for run in session.runs():
        if run.ready:
            report = session.waived(run.result().report)
            lines += [
                line_of(document, f"/run/{run.name}#d{at}") for at, document in enumerate(report.documents, 1)
            ]
    if not lines:
        return
    yield f"<h2>{words('核对过的', 'Checked before')}</h2>\n"
    yield from table_of(lines, words)
    gone = words("删除我上传的全部文件和结果", "delete all my files and results")
    yield f'<form action="/forget" method="post"><button type="submit">{gone}</button></form>\n'


def waiting(run: Run, words: Words) -> Iterator[str]:
    """Yield the page that shows how far an upload is."""
    yield f"<main><h1>{words('正在核对', 'Checking')}</h1>\n<ul>"
    yield from (f"<li>{escape(upload.name)}</li>" for upload in run.made.files)
    yield f'</ul>\n<p id="progress" role="status" data-run="{run.name}">{words("已收到，等候开始", "received, waiting")}</p>\n'
    yield '<progress id="bar" max="1" value="0"></progress></main>\n'


def failed(run: Run, error: str, words: Words) -> Iterator[str]:
    """Yield the page of an upload that could not be worked on."""
    why = words("用时超过上限，已停止", "it took too long and was ended") if error == "time" else error
    yield f'<main><h1>{words("没有核对成", "Not checked")}</h1>\n<p class="alarm" role="alert">{escape(why)}</p>\n<ul>'
    yield from (f"<li>{escape(upload.name)}</li>" for upload in run.made.files)
    yield "</ul></main>\n"


class ResultPage:
    """The result of an upload: the report with what can be done to each finding."""

    def __init__(self, session: Session, run: Run, result: Result, words: Words) -> None:
        self._session, self._run, self._words = session, run, words
        self._lists = result.lists
        self._written = {row.fingerprint: row for rows in result.lists.values() for row in rows}
        self.report: Report = session.waived(result.report)
        self._before = [
            session.before(run, document) if document.read else None for document in self.report.documents
        ]
        self._changes = [self._change(at) for at in range(len(self.report.documents))]

    @property
    def title(self) -> str:
        """The page's title."""
        return title_of(self.report, self._words)

    def inner(self) -> Iterator[str]:
        """Yield the page."""
        actions: Actions = self._actions
        head: Head = self._head
        yield from body(self.report, self._words, actions, head)

    def _change(self, at: int) -> tuple[dict[str, Progress], tuple[Handed, ...]]:
        document = self.report.documents[at]
        handed = [row for rows in self._lists.values() for row in rows]
        earlier = self._before[at]
        if not handed and earlier is not None:
            handed = [Handed(one.fingerprint, one.rule, one.message) for one in earlier[1].findings]
        elif not handed:
            return {}, ()
        return progress(handed, document.findings)

    def _head(self, number: int) -> str:
        return "".join((*self._downloads(number), *self._compared(number), *self._trial(number)))

    def _downloads(self, number: int) -> Iterator[str]:
        if number > 1:
            return
        words, base = self._words, f"/run/{self._run.name}"
        yield f'<p class="actions downloads">{words("下载：", "download: ")}'
        for path, said in (
            ("list.xlsx", words("问题清单（Excel）", "list of findings (Excel)")),
            ("record.docx", words("核对记录（Word）", "record (Word)")),
            ("report.html", words("这份报告（网页）", "this report (a page)")),
        ):
            yield f'<a href="{base}/{path}" download>{said}</a> '
        for at, upload in enumerate(self._run.made.files):
            if upload.name not in self._lists and not upload.stored.endswith(".zip"):
                said = words(f"批注的原文：{upload.name}", f"{upload.name}, annotated")
                yield f'<a href="{base}/annotated/{at}" download>{escape(said)}</a> '
        yield "</p>\n"

    def _compared(self, number: int) -> Iterator[str]:
        states, gone = self._changes[number - 1]
        if not states:
            return
        words = self._words
        earlier = self._before[number - 1]
        since = words("发下去的问题清单", "the list that was handed out")
        if not self._lists and earlier is not None:
            at = datetime.fromtimestamp(earlier[0].made.at).strftime("%Y-%m-%d %H:%M")
            since = words(f"上次上传（{at}）", f"the last upload ({at})")
        counts = [sum(state is one for state in states.values()) for one in Progress]
        said = words(
            f"与{since}相比：已改 {counts[0]}，仍在 {counts[1]}，新出现 {counts[2]}",
            f"Since {since}: mended {counts[0]}, kept {counts[1]}, new {counts[2]}",
        )
        yield f'<section class="compared"><h3>{escape(said)}</h3>\n'
        if gone:
            yield "<ul>"
            for row in gone:
                done = _written(row)
                yield f"<li>✓ {escape(row.rule)} {escape(row.message)}{escape(done)}</li>"
            yield "</ul>"
        yield "</section>\n"

    def _trial(self, number: int) -> Iterator[str]:
        if number > 1 or not any(document.read for document in self.report.documents):
            return
        words = self._words
        label = words("规则试写", "Try a rule")
        example = words("检查 表 部门支出总表 行 合计 列 合计 等于 表 部门收入总表 行 合计 列 合计", "")
        hint = words(
            "写一句规则，看它在这份文本里读到什么。",
            "Write a sentence and see what it reads in this document.",
        )
        yield f'<details class="actions trial"><summary>{label}</summary>\n<p>{hint}</p>\n'
        yield f'<form action="/run/{self._run.name}/try" method="post" class="try">'
        yield f'<label>{words("一句规则", "a sentence")} <textarea name="sentence" rows="2" cols="60" required placeholder="{example}"></textarea></label> '
        yield f'<button type="submit">{words("试一试", "try")}</button></form>\n<div class="tried" aria-live="polite"></div></details>\n'

    def _actions(self, number: int, finding: Finding) -> str:
        words, base = self._words, f"/run/{self._run.name}"
        state = self._changes[number - 1][0].get(finding.fingerprint)
        said = {
            Progress.KEPT: words("上次就有", "was there before"),
            Progress.NEW: words("新出现", "new"),
        }
        wrote = escape(_written(self._written.get(finding.fingerprint, Handed(""))))
        known = state is not None and state in said
        tag = f'<p class="state {state.value}">{said[state]}{wrote}</p>\n' if state and known else ""
        if not finding.fingerprint or not self.report.documents[number - 1].read:
            return tag
        hidden = f'<input type="hidden" name="fingerprint" value="{finding.fingerprint}">'
        if finding.waived is not None:
            back = words("收回豁免", "take the waiver back")
            return f'{tag}<form class="actions" action="{base}/unwaive" method="post">{hidden}<button type="submit">{back}</button></form>\n'
        return (
            f'{tag}<details class="actions"><summary>{words("已核实，豁免", "verified: waive")}</summary>'
            f'<form action="{base}/waive" method="post">{hidden}'
            f'<input type="hidden" name="document" value="{number}">'
            f'<label>{words("理由", "reason")} <input name="because" required maxlength="500"></label> '
            f'<label>{words("到哪天为止（可不填）", "until (may be left out)")} <input type="date" name="until"></label> '
            f'<button type="submit">{words("豁免", "waive")}</button></form></details>\n'
        )


def _written(row: Handed) -> str:
    """Return what the section in charge wrote beside a finding."""
    said = " ".join(part for part in (row.section, row.done) if part)
    return f"（{said}）" if said else ""


def tried(answer: Tried, words: Words) -> Iterator[str]:
    """Yield what a sentence read in the documents (each name, each figure), or what is wrong with it."""
    for error in answer.errors:
        yield f'<pre class="alarm">{escape(error)}</pre>\n'
    for name, traced in answer.traces:
        yield f"<h4>{escape(name)}</h4>\n"
        yield from trace_of(traced, words)
    for said in answer.unread:
        yield f'<p class="alarm">{escape(said)}</p>\n'
