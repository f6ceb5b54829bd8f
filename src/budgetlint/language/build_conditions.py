"""Builds references, expressions and conditions from what the parser has matched: one method a grammar rule."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from budgetlint.document.text import squeeze
from budgetlint.language.errors import RuleProblem, error_at
from budgetlint.language.keywords import keywords
from budgetlint.language.syntax import (
    Aggregate,
    Aggregation,
    And,
    Binary,
    Call,
    ColumnRef,
    Compare,
    Condition,
    IfThen,
    Label,
    Not,
    Number,
    Operator,
    Or,
    OtherDocument,
    Ref,
    Relation,
    RowChoice,
    RowRef,
    SectionRef,
    Slack,
    Span,
    TableRef,
    Test,
    TestKind,
    Text,
    Time,
    Year,
)

OPERATORS = {
    "PLUS": Operator.PLUS,
    "MINUS": Operator.MINUS,
    "TIMES": Operator.TIMES,
    "DIVIDED": Operator.DIVIDED,
}
RELATIONS = {
    "EQUALS": Relation.EQUALS,
    "EXACTLY_EQUALS": Relation.EQUALS,
    "NOT_EQUALS": Relation.NOT_EQUALS,
    "AT_MOST": Relation.AT_MOST,
    "AT_LEAST": Relation.AT_LEAST,
    "LESS": Relation.LESS,
    "MORE": Relation.MORE,
}
#: Token of a test: its kind and whether it says no.
TESTS = {
    "EXISTS": (TestKind.EXISTS, False),
    "NOT_EXISTS": (TestKind.EXISTS, True),
    "MISSING": (TestKind.MISSING, False),
    "IS_BLANK": (TestKind.BLANK, False),
    "NOT_BLANK": (TestKind.BLANK, True),
    "IS_ZERO": (TestKind.ZERO, False),
    "NOT_ZERO": (TestKind.ZERO, True),
    "IS_INTEGER": (TestKind.INTEGER, False),
    "IS_UNIQUE": (TestKind.UNIQUE, False),
    "RUNS_ON": (TestKind.RUNS_ON, False),
    "CONTAINS": (TestKind.CONTAINS, False),
    "NOT_CONTAINS": (TestKind.CONTAINS, True),
    "STARTS_WITH": (TestKind.STARTS, False),
    "AT_START": (TestKind.STARTS, False),
    "ENDS_WITH": (TestKind.ENDS, False),
    "AT_END": (TestKind.ENDS, False),
    "READS_AS": (TestKind.READS_AS, False),
    "MATCHES": (TestKind.MATCHES, False),
}
FUNCTIONS = {
    "ABS": "abs",
    "LEVEL": "level",
    "LENGTH": "length",
    "OFFICIAL_NAME": "official-name",
    "NUMBER_IN": "number-in",
    "UNIT_IN": "unit-in",
}
#: Tests that a word behind "or" may go on with.
_CONTINUED = {TestKind.ONE_OF, TestKind.CONTAINS, TestKind.STARTS, TestKind.ENDS, TestKind.MATCHES}
_NUMERALS = "零一二三四五六七八九"
_STEPS = re.compile(r"【[^】]*】|「[^」]*」|[^/／]+")


@dataclass(frozen=True, slots=True)
class Part:
    """Something matched that is no node of its own, with its place."""

    value: Any
    span: Span


class ConditionBuilder:
    """Methods named like the rules of ``condition.lark`` and ``expression.lark``."""

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
        span, last, part = self.span(children), children[-1], None
        first = children[0]
        if first.type == "PART_NUMBER":
            part = _chinese_numeral(unicodedata.normalize("NFKC", first)[1:-2])
        elif first.type == "PART":
            part = _chinese_numeral(name_text(children[1]))
        if isinstance(last, Label):
            number = None if last.printed else _chinese_numeral(last.text)
            return SectionRef(None, number, part, span) if number else SectionRef(last, part=part, span=span)
        return SectionRef(None, _chinese_numeral(unicodedata.normalize("NFKC", last)[1:-1]), part, span)

    def table(self, children: list[Any]) -> TableRef:
        return TableRef(children[1], children[0].type == "EACH_TABLE", self.span(children))

    def row(self, children: list[Any]) -> RowRef:
        choice = {"SAME_ROW": RowChoice.SAME, "CHILDREN": RowChoice.CHILDREN}.get(
            children[0].type, RowChoice.NAMED
        )
        return RowRef(choice, self._named(children[1]) if len(children) > 1 else None, self.span(children))

    def column(self, children: list[Any]) -> ColumnRef:
        return ColumnRef(self._named(children[1]) if len(children) > 1 else None, self.span(children))

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

    # ------------------------------------------------------------ expressions

    def literal(self, children: list[Any]) -> Number:
        digits, unit = number_parts(children[-1])
        value = Decimal(digits)
        return Number(-value if len(children) > 1 else value, unit, self.span(children))

    def text(self, children: list[Any]) -> Text:
        return Text(string_text(children[0]), self.span(children))

    def year(self, children: list[Any]) -> Year:
        time = Time.THIS_YEAR if children[0].type == "THIS_YEAR" else Time.LAST_YEAR
        return Year(time, self.span(children))

    def grouped(self, children: list[Any]) -> Any:
        return replace(children[1], span=self.span(children))

    def binary(self, children: list[Any]) -> Binary:
        left, operator, right = children
        return Binary(OPERATORS[operator.type], left, right, self.span(children))

    def elements(self, children: list[Any]) -> Part:
        return Part(tuple(children[::2]), self.span(children))

    def listed_sum(self, children: list[Any]) -> Aggregate:
        listed = next(child for child in children if isinstance(child, Part))
        return Aggregate(Aggregation.SUM, listed.value, span=self.span(children))

    def aggregate(self, children: list[Any]) -> Aggregate:
        function, (_, *inner, _) = Aggregation(children[0].type.lower()), children[1:]
        where = inner[1].value if len(inner) > 1 else None
        return Aggregate(function, _arguments(inner[0]), where, self.span(children))

    def call(self, children: list[Any]) -> Call:
        name, (_, *inner, _) = children[0], children[1:]
        function = FUNCTIONS.get(name.type) or name_text(name)
        return Call(function, _arguments(inner[0]) if inner else (), self.span(children))

    # ------------------------------------------------------------ conditions

    def where(self, children: list[Any]) -> Part:
        return Part(children[1], self.span(children))

    def slack(self, children: list[Any]) -> Part:
        value = children[1] if len(children) > 1 else None
        return Part((children[0].type, value), self.span(children))

    def compare(self, children: list[Any]) -> Compare:
        left, relation, right, *allowed = children
        said = dict(part.value for part in allowed)
        slacks = [token for token in said if token in {"WITHIN_ROUNDING", "EXACTLY", "WITHIN"}]
        if len(said) < len(allowed) or len(slacks) > 1:
            raise self.problem(allowed[-1], "容差只能写一次", "the tolerance is given twice")
        slack = Slack.ROUNDING
        if relation.type == "EXACTLY_EQUALS" or "EXACTLY" in said:
            slack = Slack.EXACT
        if "WITHIN" in said:
            slack = Slack.WITHIN
        return Compare(
            RELATIONS[relation.type],
            left,
            right,
            slack,
            said.get("WITHIN"),
            "BLANK_NOT_ZERO" in said,
            "UNLISTED_AS_ZERO" in said,
            self.span(children),
        )

    def simple_test(self, children: list[Any]) -> Any:
        return children[0]

    def test(self, children: list[Any]) -> Test:
        kind, negated = TESTS[children[1].type]
        return Test(kind, children[0], (), negated, self.span(children))

    def text_test(self, children: list[Any]) -> Test:
        kind, negated = TESTS[children[1].type]
        return Test(kind, children[0], (children[2],), negated, self.span(children))

    def end_test(self, children: list[Any]) -> Test:
        kind, negated = TESTS[children[3].type]
        return Test(kind, children[0], (children[2],), negated, self.span(children))

    def list_test(self, children: list[Any]) -> Test:
        return Test(TestKind.IN_LIST, children[0], (children[2],), False, self.span(children))

    def word(self, children: list[Any]) -> Text | Number:
        token = children[0]
        if token.type == "NUMBER":
            return self.literal(children)
        return Text(string_text(token) if token.type == "STRING" else name_text(token), self.span(children))

    def word_test(self, children: list[Any]) -> Test:
        return Test(TestKind.ONE_OF, children[0], tuple(children[2::2]), False, self.span(children))

    def there_test(self, children: list[Any]) -> Test:
        return Test(
            TestKind.THERE_IS, children[1], (), children[0].type == "THERE_IS_NO", self.span(children)
        )

    def negate(self, children: list[Any]) -> Not:
        return Not(children[1], self.span(children))

    def both(self, children: list[Any]) -> And:
        return And(tuple(children[::2]), self.span(children))

    def if_then(self, children: list[Any]) -> IfThen:
        return IfThen(children[1], children[3], self.span(children))

    def more_words(self, children: list[Any]) -> Part:
        return Part((children[0], children[2::2]), self.span(children))

    def either(self, children: list[Any]) -> Condition:
        parts: list[Condition] = []
        for child in children[::2]:
            if isinstance(child, Part):
                parts[-1] = self._continued(parts[-1], child)
            else:
                parts.append(child)
        return parts[0] if len(parts) == 1 else Or(tuple(parts), self.span(children))

    def _continued(self, condition: Condition, part: Part) -> Condition:
        """Add one more word to the last test of a condition, and what "and" joins to it behind."""
        word, joined = part.value
        before = condition.parts if isinstance(condition, And) else (condition,)
        test = before[-1]
        if not isinstance(test, Test) or test.kind not in _CONTINUED:
            raise self.problem(part, "“或”之后不是完整的判断", "what stands behind “or” is no condition")
        span = self.span([condition, part])
        parts = (*before[:-1], replace(test, arguments=(*test.arguments, word)), *joined)
        return parts[0] if len(parts) == 1 else And(parts, span)


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


def _chinese_numeral(text: str) -> str | None:
    """Return 六 for 六 or 6 and 十二 for 12; None where the text is no numeral."""
    if text.isdecimal() and 0 < int(text) < 100:
        tens, ones = divmod(int(text), 10)
        head = "" if not tens else ("十" if tens == 1 else _NUMERALS[tens] + "十")
        return head + (_NUMERALS[ones] if ones else "")
    return text if text and all(char in "一二三四五六七八九十百" for char in text) else None


def _arguments(inner: Any) -> tuple[Any, ...]:
    return inner.value if isinstance(inner, Part) else (inner,)
