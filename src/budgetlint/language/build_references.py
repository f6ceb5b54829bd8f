"""Builds names and references from what the parser has matched, and reads the tokens they are made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.document.text import squeeze
from budgetlint.language.errors import RuleProblem, error_at
from budgetlint.language.keywords import keywords
from budgetlint.language.syntax import (
    ColumnRef,
    Label,
    OtherDocument,
    Ref,
    RowChoice,
    RowRef,
    SectionRef,
    Span,
    TableRef,
)

_NUMERALS = "一二三四五六七八九十百"
_STEPS = re.compile(r"【[^】]*】|「[^」]*」|[^/／]+")


class Part(Struct, frozen=True):
    """Something matched that is no node of its own, with its place."""

    value: Any
    span: Span


class ReferenceBuilder:
    """Methods named like the rules of references in ``expression.lark``."""

    file: str = ""

    def span(self, children: Sequence[Any]) -> Span:
        """Return the place from the first to the last child."""
        first, last = self.place(children[0]), self.place(children[-1])
        return Span(self.file, first.line, first.column, last.end_line, last.end_column)

    def place(self, child: Any) -> Span:
        """Return the place of a token, a node or a part."""
        if hasattr(child, "end_column") and hasattr(child, "type"):
            return Span(self.file, child.line, child.column - 1, child.end_line, child.end_column - 1)
        place: Span = child.span
        return place

    def problem(self, child: Any, zh: str, en: str) -> RuleProblem:
        """Return the exception for something that parses but has no meaning."""
        return RuleProblem(error_at(self.place(child), zh, en))

    # ------------------------------------------------------------ names and references

    def label(self, children: list[Any]) -> Label:
        token = children[0]
        if token.type == "STRING":
            return Label(squeezed_string(token), True, self.span(children))
        return Label(name_text(token), False, self.span(children))

    def item(self, children: list[Any]) -> Part:
        token = children[0]
        if token.type in {"PARAGRAPH", "TOTAL"}:
            return Part(token.type, self.span(children))
        return Part(self._named(token), self.span(children))

    def printed_item(self, children: list[Any]) -> Part:
        return Part(Label(squeezed_string(children[0]), True, self.span(children)), self.span(children))

    def _named(self, child: Any) -> Label:
        """The label a step names: a label, a code, or the printed word of a keyword (合计, 年度)."""
        if isinstance(child, Label):
            return child
        span = self.place(child)
        if child.type == "NAME":
            return Label(name_text(child), False, span)
        if child.type == "NUMBER":
            return Label(number_text(child), False, span)
        return Label(keywords().printed(child.type, "zh"), False, span)

    def other_document(self, children: list[Any]) -> Part:
        which = OtherDocument.LAST_YEAR if children[0].type == "LAST_YEARS" else OtherDocument.BUDGET
        return Part(which, self.span(children))

    def section(self, children: list[Any]) -> SectionRef:
        span, first, last = self.span(children), children[0], children[-1]
        part = None
        if first.type == "PART_NUMBER":
            part = _numeral(unicodedata.normalize("NFKC", first)[1:-2])
        elif first.type == "PART":
            part = _numeral(name_text(children[1]))
        if not isinstance(last, Label):
            ordinal = unicodedata.normalize("NFKC", last).removeprefix("第").removesuffix("节")
            return SectionRef(None, _numeral(ordinal), part, span)
        if not last.printed and set(last.text) <= set(_NUMERALS):
            return SectionRef(None, last.text, part, span)
        return SectionRef(last, None, part, span)

    def table(self, children: list[Any]) -> TableRef:
        return TableRef(children[1], children[0].type == "EACH_TABLE", self.span(children))

    def row(self, children: list[Any]) -> RowRef:
        choice = {"SAME_ROW": RowChoice.SAME, "CHILDREN": RowChoice.CHILDREN}.get(
            children[0].type, RowChoice.NAMED
        )
        return RowRef(choice, self._step_label(children), self.span(children))

    def column(self, children: list[Any]) -> ColumnRef:
        return ColumnRef(self._step_label(children), self.span(children))

    def _step_label(self, children: list[Any]) -> Label | None:
        """The label of a row or column; None for 对应行, 下级科目, 本列."""
        if len(children) == 1:
            return None
        label = self._named(children[1])
        if children[0].type not in ("ROW_NUMBER", "COLUMN_NUMBER"):
            return label
        if not label.text.isdigit() or not 0 < int(label.text) < 1000:
            raise self.problem(
                children[1],
                "行次、栏次是从 1 到 999 的整数",
                "the number of a row or column is a whole number from 1 to 999",
            )
        return replace(label, text=str(int(label.text)), numbered=True)

    def reference(self, children: list[Any]) -> Ref:
        steps: dict[str, Any] = {}
        for child in children:
            key, value = self._slot(child, bool(steps))
            if key in steps:
                raise self.problem(child, "同一个位置写了两次", "this step stands twice in one reference")
            steps[key] = value
        return Ref(**steps, span=self.span(children))

    def _slot(self, child: Any, after_locator: bool) -> tuple[str, Any]:
        match child:
            case SectionRef():
                return "section", child
            case TableRef():
                return "table", child
            case RowRef():
                return "row", child
            case ColumnRef():
                return "column", child
            case Part(value=OtherDocument()):
                return "document", child.value
            case Part(value="PARAGRAPH"):
                return "paragraph", True
            case Part(value="TOTAL"):
                printed = Label(keywords().printed("TOTAL", "zh"), span=child.span)
                return ("total", True) if after_locator else ("item", printed)
            case Part():
                return "item", child.value
            case _:
                return "table", TableRef(None, True, self.place(child))


def name_text(token: str) -> str:
    r"""Return the text of a NAME token: folded, without spaces and 【】, a / inside 【】 kept as ``\/``."""
    steps = []
    for step in _STEPS.findall(token):
        if step[0] in "【「":
            step = squeeze(step[1:-1]).replace("/", "\\/")
        steps.append(squeeze(step))
    return "/".join(steps)


def squeezed_string(token: str) -> str:
    """Return a STRING token as a printed label is compared: folded, without spaces."""
    return squeeze(string_text(token))


def string_text(token: str) -> str:
    """Return what a STRING token says, without its quotes."""
    return str(token)[1:-1]


def number_text(token: str) -> str:
    """Return a NUMBER as half-width digits without thousands commas."""
    return unicodedata.normalize("NFKC", token).replace(",", "")


def number_parts(token: str) -> tuple[str, str | None]:
    """Return the digits and the canonical unit of a NUMBER or QUANTITY token."""
    text = number_text(token)
    match = re.match(r"[\d.]+", text)
    assert match is not None
    unit = " ".join(text[match.end() :].split()).casefold()
    return match.group(), keywords().units()[unit] if unit else None


def _numeral(text: str) -> str:
    """Return 六 for 六 or 6 and 十二 for 12."""
    if not text.isdecimal() or not 0 < int(text) < 100:
        return text
    tens, ones = divmod(int(text), 10)
    head = "" if not tens else "十" if tens == 1 else _NUMERALS[tens - 1] + "十"
    return head + (_NUMERALS[ones - 1] if ones else "")
