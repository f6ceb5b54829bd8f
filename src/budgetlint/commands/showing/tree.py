"""Prints a document's tree for people: classification, outline with figures, tables with their rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from budgetlint.document import (
    Cell,
    Document,
    Mention,
    MentionRole,
    Paragraph,
    Role,
    RowKind,
    Section,
    Table,
)

_STATES = {
    "full": "有数据",
    "empty-with-note": "空表（有说明）",
    "empty-without-note": "空表（无说明）",
    "missing": "有表题，无表体",
}


#: What rules call a figure of a concept.
_ROLES = {
    MentionRole.VALUE: "本年数",
    MentionRole.BUDGET: "预算数",
    MentionRole.CHANGE: "增减额",
    MentionRole.RATE: "增减率",
    MentionRole.PREVIOUS: "上年数",
    MentionRole.SHARE: "占比",
    MentionRole.COMPLETION: "完成率",
    MentionRole.COUNT: "数量",
}
_COLUMNS = {
    Role.CODE: "编码",
    Role.NAME: "名称",
    Role.AMOUNT: "金额",
    Role.PERCENTAGE: "百分数",
    Role.COUNT: "数量",
    Role.ORDINAL: "序号",
    Role.TEXT: "文字",
}
_ROWS = {
    RowKind.DATA: "数据",
    RowKind.TOTAL: "合计",
    RowKind.SUBTOTAL: "小计",
    RowKind.AMONG: "其中",
    RowKind.HEADER: "标题",
}


def print_tree(document: Document, stream: TextIO) -> None:
    """Write the whole tree."""
    known = document.classification
    facts = (known.kind, known.year, known.region, known.department, known.unit, known.scope)
    stream.write(f"{document.source}  {document.title}\n")
    stream.write(f"  {'  '.join(str(fact) for fact in facts if fact is not None) or '（未能识别）'}\n")
    _print_paragraphs(document.root.paragraphs, 1, stream)
    for section in document.root.sections:
        _print_section(section, 1, stream)
    for number, table in enumerate(document.tables):
        _print_table(number, table, stream)
    for notice in document.notices:
        facts_said = "，".join(f"{key} {value}" for key, value in notice.facts)
        stream.write(f"提示 {notice.id}{_line(notice.place.line)} {facts_said}\n")


def _print_section(section: Section, depth: int, stream: TextIO) -> None:
    name = f"  → {section.name}" if section.name else ""
    tables = f"  表 {'、'.join(map(str, section.tables))}" if section.tables else ""
    stream.write(
        f"{'  ' * depth}§ {section.number} {section.title}{name}{tables}{_line(section.place.line)}\n"
    )
    _print_paragraphs(section.paragraphs, depth + 1, stream)
    for child in section.sections:
        _print_section(child, depth + 1, stream)


def _print_paragraphs(paragraphs: Iterable[Paragraph], depth: int, stream: TextIO) -> None:
    indent = "  " * depth
    for paragraph in paragraphs:
        text = paragraph.text if len(paragraph.text) <= 60 else paragraph.text[:59] + "…"
        stream.write(f"{indent}{text}{_line(paragraph.place.line)}\n")
        for mention in paragraph.mentions:
            subject = f"{mention.subject} › " if mention.subject else ""
            year = f" {mention.year}年" if mention.year else ""
            unknown = "" if mention.known else "?"
            stream.write(
                f"{indent}  · {subject}{mention.concept}{unknown} {_ROLES[mention.role]}{year} = {_figure(mention)}\n"
            )
        for pattern in paragraph.patterns:
            values = "，".join(
                f"{name} {'、'.join(mention.text for mention in mentions)}"
                for name, mentions in pattern.values.items()
            )
            stream.write(f"{indent}  ~ {pattern.kind} {pattern.concept}：{values}\n")


def _print_table(number: int, table: Table, stream: TextIO) -> None:
    name = f"{table.name}（{table.id}）" if table.id else "（未识别）"
    if table.by_shape:
        name += "，按表样认出"
    elif table.could_be:
        name = f"（未能认定，可能是{'、'.join(table.could_be)}）"
    realigned = ("，已复位" if table.realigned else "") + ("，列位没有把握" if table.unsure else "")
    key = f"  [{table.key}]" if table.key else ""
    stream.write(f"\n表 {number}  {table.title}{key}  → {name}{_line(table.place.line)}\n")
    state = _STATES[table.state.value]
    stream.write(f"  {state}{realigned}，{table.lines} 行，单位 {table.unit or '未知'}\n")
    for label, cell in table.facts.items():
        stream.write(f"  {label}：{cell.text}\n")
    for index, column in enumerate(table.columns):
        meaning = f" → {column.name}" if column.name else ""
        stream.write(f"  列{index} [{_COLUMNS[column.role]}] {'/'.join(column.path)}{meaning}\n")
    for row in table.rows:
        indent = "  " * row.level
        code = f"{row.code}{'*' if row.code_inferred else ''} " if row.code else ""
        cells = " | ".join(f"{index}:{_cell(cell)}" for index, cell in sorted(row.cells.items()))
        stream.write(f"  {_ROWS[row.kind]}  {indent}{code}{row.label}{_line(row.place.line)}  {cells}\n")
    for note in table.notes:
        stream.write(f"  注 {note.text}\n")


def _cell(cell: Cell) -> str:
    return cell.text.replace("\n", " ") + ("" if cell.sure else "?")


def _line(line: int | None) -> str:
    return f"  @{line}" if line is not None else ""


def _figure(mention: Mention) -> str:
    """Return a figure as printed, with the sign that rules see where the words before it carry it (减少, 下降)."""
    negative = mention.amount.value < 0 and not mention.text.lstrip().startswith(("-", "－", "−"))
    return f"-{mention.text}" if negative else mention.text
