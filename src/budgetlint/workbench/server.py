"""The language server: what an editor asks by the Language Server Protocol, answered by a :class:`Workbench`.

Built on pygls. Lines are the protocol's own, not those of ``str.splitlines``, and the word under the cursor is found
here: pygls knows words of ASCII letters only.
"""

from __future__ import annotations

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from budgetlint.resources import version
from budgetlint.workbench.answers import Remark, Workbench
from budgetlint.workbench.lines import Lines

_KINDS = {
    "keyword": types.CompletionItemKind.Keyword,
    "table": types.CompletionItemKind.Class,
    "column": types.CompletionItemKind.Field,
    "row": types.CompletionItemKind.EnumMember,
    "section": types.CompletionItemKind.Module,
    "concept": types.CompletionItemKind.Value,
    "function": types.CompletionItemKind.Function,
}


def build(bench: Workbench) -> LanguageServer:
    """Return a server that answers with a workbench."""
    server = LanguageServer("budgetlint", version())

    def text_of(uri: str) -> str:
        return server.workspace.get_text_document(uri).source

    def place(uri: str, position: types.Position) -> tuple[str, int, int]:
        text = text_of(uri)
        return text, position.line, Lines.of(text).column(position.line, position.character)

    def publish(uri: str) -> None:
        text = text_of(uri)
        lines = Lines.of(text)
        found = [_diagnostic(remark, lines) for remark in bench.remarks(text, uri)]
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=[" ", "　", "“", "【", "（"]),
    )
    def complete(params: types.CompletionParams) -> types.CompletionList:
        text, line, column = place(params.text_document.uri, params.position)
        lines = Lines.of(text)
        items = [
            types.CompletionItem(
                offer.text,
                kind=_KINDS[offer.kind],
                detail=offer.detail,
                sort_text=f"{number:04}",
                filter_text=lines.line(line)[offer.start : offer.end] or offer.text,
                text_edit=types.TextEdit(_range(lines, line, offer.start, offer.end), offer.text),
            )
            for number, offer in enumerate(bench.offers(text, line, column))
        ]
        # What was typed decides anew at every sign: Chinese has no blank at which a word ends.
        return types.CompletionList(is_incomplete=True, items=items)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        uri = params.text_document.uri
        text, line, column = place(uri, params.position)
        found = bench.meaning(text, uri, line, column)
        if found is None:
            return None
        said = types.MarkupContent(types.MarkupKind.Markdown, found.text)
        return types.Hover(said, _range(Lines.of(text), line, found.start, found.end))

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatting(params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        uri = params.text_document.uri
        text = text_of(uri)
        made = bench.formatted(text, uri)
        if made is None or made == text:
            return None
        lines = Lines.of(text)
        last = len(lines.lines) - 1
        whole = types.Range(
            types.Position(0, 0), types.Position(last, lines.units(last, len(lines.line(last))))
        )
        return [types.TextEdit(whole, made)]

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def fixes(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        text = text_of(uri)
        lines = Lines.of(text)
        return [
            types.CodeAction(
                f"改为 {remark.suggestion} / change to {remark.suggestion}",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[_diagnostic(remark, lines)],
                edit=types.WorkspaceEdit(
                    {
                        uri: [
                            types.TextEdit(
                                _range(lines, remark.line, remark.start, remark.end), remark.suggestion
                            )
                        ]
                    }
                ),
            )
            for remark in bench.remarks(text, uri)
            if remark.suggestion and params.range.start.line <= remark.line <= params.range.end.line
        ]

    @server.feature(types.TEXT_DOCUMENT_RENAME)
    def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        uri = params.text_document.uri
        text, line, column = place(uri, params.position)
        places = bench.renamed(text, line, column, params.new_name)
        if places is None:
            return None
        lines = Lines.of(text)
        edits = [types.TextEdit(_range(lines, *where), params.new_name) for where in places]
        return types.WorkspaceEdit({uri: edits})

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> types.Location | None:
        from pathlib import Path

        text, line, column = place(params.text_document.uri, params.position)
        found = bench.definition(text, line, column)
        if found is None:
            return None
        start = types.Position(found[1], 0)
        return types.Location(Path(found[0]).as_uri(), types.Range(start, start))

    return server


def _range(lines: Lines, line: int, start: int, end: int) -> types.Range:
    return types.Range(
        types.Position(line, lines.units(line, start)), types.Position(line, lines.units(line, end))
    )


def _diagnostic(remark: Remark, lines: Lines) -> types.Diagnostic:
    more = f"（是不是要写：{remark.suggestion}）" if remark.suggestion else ""
    return types.Diagnostic(
        _range(lines, remark.line, remark.start, remark.end),
        remark.message + more,
        severity=types.DiagnosticSeverity.Error,
        source="budgetlint",
    )
