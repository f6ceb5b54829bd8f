"""The language server, driven by a real client over standard input and output."""

from __future__ import annotations

import asyncio
import sys

import pytest

pytest.importorskip("pygls")
types = pytest.importorskip("lsprotocol.types")

URI = "file:///示例.rule"
WRONG = """\
规则 ZZ001 “合计等于两列之和 𠀀”
  级别 错误
  依据 勾稽关系
  对 表 部门支出总表 的 每一行，检查 列 合计 应等于 列 基本支岀
结束
"""


async def talk() -> tuple[
    list[types.Diagnostic], types.CompletionList, types.Hover | None, list[types.CodeAction]
]:
    from pygls.lsp.client import LanguageClient

    client = LanguageClient("test", "1")
    published: asyncio.Future[list[types.Diagnostic]] = asyncio.get_running_loop().create_future()

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def told(params: types.PublishDiagnosticsParams) -> None:
        if not published.done():
            published.set_result(list(params.diagnostics))

    await client.start_io(
        sys.executable, "-c", "from budgetlint.cli import main; raise SystemExit(main(['lsp']))"
    )
    try:
        capabilities = types.ClientCapabilities()
        await client.initialize_async(types.InitializeParams(capabilities=capabilities, root_uri=None))
        client.initialized(types.InitializedParams())
        item = types.TextDocumentItem(URI, "budgetlint", 1, WRONG)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        diagnostics = await asyncio.wait_for(published, 120)
        named = types.TextDocumentIdentifier(URI)
        at = types.Position(3, WRONG.split("\n")[3].index("基本支岀") + 2)
        completions = await client.text_document_completion_async(types.CompletionParams(named, at))
        hover = await client.text_document_hover_async(types.HoverParams(named, types.Position(2, 3)))
        around = types.Range(types.Position(3, 0), types.Position(3, 1))
        actions = await client.text_document_code_action_async(
            types.CodeActionParams(named, around, types.CodeActionContext([]))
        )
        await client.shutdown_async(None)
        client.exit(None)
    finally:
        await client.stop()
    return diagnostics, completions, hover, list(actions or ())


def test_an_editor_is_answered() -> None:
    diagnostics, completions, hover, actions = asyncio.run(talk())
    (diagnostic,) = diagnostics
    column = WRONG.split("\n")[3].index("基本支岀")
    assert (diagnostic.range.start.line, diagnostic.range.start.character) == (3, column)
    assert diagnostic.range.end.character == column + 4
    assert "基本支出" in [item.label for item in completions.items]
    assert hover is not None
    (action,) = actions
    assert action.edit is not None and action.edit.changes is not None
    assert [edit.new_text for edit in action.edit.changes[URI]] == ["基本支出"]
