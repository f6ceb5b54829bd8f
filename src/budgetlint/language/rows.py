"""Rules as rows of a sheet, one row a rule: what stands in which column, and the rule's text made of a row again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from budgetlint.language.keywords import Tongue, keywords
from budgetlint.language.printer import RulePrinter
from budgetlint.language.syntax import Example, Rule
from budgetlint.results.findings import Verdict


class RuleColumn(Struct, frozen=True):
    """A column of the sheet: its heading in both languages and how wide it is, in characters.

    ``token`` is the word of the language that its clause begins with, "" where the cell is the clause itself.
    """

    key: str
    zh: str
    en: str
    wide: int
    token: str = ""


COLUMNS = (
    RuleColumn("id", "编号", "id", 9),
    RuleColumn("name", "名称", "name", 30),
    RuleColumn("severity", "级别", "severity", 8, "SEVERITY"),
    RuleColumn("scope", "适用", "applies to", 24, "APPLIES_TO"),
    RuleColumn("basis", "依据", "basis", 24, "BASIS"),
    RuleColumn("check", "检查", "check", 60),
    RuleColumn("message", "说明", "message", 36, "MESSAGE"),
    RuleColumn("suggest", "怎样改", "suggestion", 24, "SUGGEST"),
    RuleColumn("replaces", "替代", "replaces", 9, "REPLACES"),
    RuleColumn("holds", "通过样例", "examples that hold", 44),
    RuleColumn("fails", "不符样例", "examples that fail", 44),
    RuleColumn("others", "其他样例", "other examples", 30),
    RuleColumn("comment", "备注", "comment", 30),
)
#: What a sheet must have to be one of rules.
NEEDED = ("id", "name", "severity", "basis", "check")
_QUOTED = frozenset({"message", "suggest"})
#: Stands for an example that says nothing of its document.
_NOTHING = "-"
_VERDICTS = {Verdict.HOLDS: "HOLDS", Verdict.FAILS: "FAILS"}


class Line(Struct, frozen=True):
    """A line of a rule's text, the column and line of the cell it comes from, and how many signs stand before that."""

    text: str
    column: str
    line: int = 0
    before: int = 0


def column_titled(title: str) -> str | None:
    """Return the column a heading names, in either language."""
    squeezed = re.sub(r"\s+", "", title).casefold()
    for column in COLUMNS:
        if squeezed in (column.zh, re.sub(r"\s+", "", column.en)):
            return column.key
    return None


def row_of(rule: Rule, to: Tongue = "zh", comment: str = "") -> dict[str, str]:
    """Return the cells of a rule's row, those without content left out."""
    printer = RulePrinter(to)
    body = []
    for let in rule.lets:
        named = (
            printer.word("LET"),
            printer.named(let.name),
            printer.word("BE"),
            printer.expression(let.value),
        )
        body.append(" ".join(named))
    for check in rule.checks:
        body.append(printer.check(check))
        if check.message is not None:
            body.append(f"{printer.word('MESSAGE')} {printer.string(check.message)}")
    others = [e for e in rule.examples if e.verdict not in _VERDICTS]
    cells = {
        "id": rule.id,
        "name": rule.name,
        "severity": printer.word(rule.severity.value.upper()),
        "scope": printer.scope(rule.scope),
        "basis": "、".join(map(printer.basis, rule.basis)),
        "check": "\n".join(body),
        "message": rule.message or "",
        "suggest": rule.suggest or "",
        "replaces": rule.replaces or "",
        "holds": _examples(printer, [e for e in rule.examples if e.verdict is Verdict.HOLDS]),
        "fails": _examples(printer, [e for e in rule.examples if e.verdict is Verdict.FAILS]),
        "others": "\n\n".join("\n".join(_said(printer, e)) for e in others),
        "comment": comment,
    }
    return {key: text for key, text in cells.items() if text}


def lines_of(cells: Mapping[str, str], to: Tongue = "zh") -> Iterator[Line]:
    """Yield the lines of the rule that a row says; parsed they give the rule :func:`row_of` was made of."""
    printer = RulePrinter(to)
    head = f"{printer.word('RULE')} {cells.get('id', '').strip()} "
    yield Line(head + printer.string(cells.get("name", "").strip()), "id", 0, len(head))
    for column in COLUMNS:
        if column.token and (text := cells.get(column.key, "").strip()):
            said = printer.string(" ".join(text.splitlines())) if column.key in _QUOTED else text
            for number, line in enumerate(said.splitlines()):
                lead = f"  {printer.word(column.token)} " if number == 0 else "    "
                yield Line(lead + line, column.key, number, len(lead))
    for number, line in enumerate(cells.get("check", "").splitlines()):
        if line.strip():
            yield Line(f"  {line}", "check", number, 2)
    for column_key, token in (("holds", "HOLDS"), ("fails", "FAILS"), ("others", "")):
        yield from _example_lines(printer, cells.get(column_key, ""), column_key, token)
    yield Line(printer.word("END"), "check")


def _examples(printer: RulePrinter, examples: list[Example]) -> str:
    """Return examples of one verdict, which the column says: a blank line between two."""
    told = []
    for example in examples:
        first, *rest = _said(printer, example)
        first = re.split(r"[：:]\s*", first, maxsplit=1)[1] if re.search("[：:]", first) else ""
        told.append("\n".join([first, *rest] if first else rest) or _NOTHING)
    return "\n\n".join(told)


def _said(printer: RulePrinter, example: Example) -> list[str]:
    first, *rest = printer.example(example)
    return [first.removeprefix(printer.word("EXAMPLE")).strip(), *(line.strip() for line in rest)]


def _example_lines(printer: RulePrinter, cell: str, column: str, token: str) -> Iterator[Line]:
    begun = False
    for number, line in enumerate(cell.splitlines()):
        if not line.strip():
            begun = False
            continue
        lead = "    "
        if not begun:
            verdict = f"{printer.word(token)}{'：' if printer.to == 'zh' else ': '}" if token else ""
            lead = f"  {printer.word('EXAMPLE')} {verdict}"
            if _begins_a_table(line):
                yield Line(lead.rstrip(), column, number)
                lead = "    "
            begun = True
        said = "" if line.strip() == _NOTHING else line.strip()
        yield Line(lead + said, column, number, len(lead))


def _begins_a_table(line: str) -> bool:
    return line.lstrip().startswith(("|", "｜")) or bool(_table_head().match(line.strip()))


def _table_head() -> re.Pattern[str]:
    """Return what a pipe table of an example begins with: the word for table, a name, a colon at the end."""
    return re.compile(rf"(?:{keywords().words['TABLE'].pattern()})\s*\S.*[：:]\s*\S*$")
