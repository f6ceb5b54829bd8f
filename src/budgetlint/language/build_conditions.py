"""Builds expressions and conditions from what the parser has matched: one method a grammar rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from budgetlint.language.build_references import (
    Part,
    ReferenceBuilder,
    name_text,
    number_parts,
    string_text,
)
from budgetlint.language.syntax import (
    Aggregate,
    Aggregation,
    And,
    Binary,
    Call,
    Compare,
    Condition,
    IfThen,
    Not,
    Number,
    Operator,
    Or,
    Relation,
    Slack,
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


class ConditionBuilder(ReferenceBuilder):
    """Methods named like the rules of ``condition.lark`` and ``expression.lark``."""

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


def _arguments(inner: Any) -> tuple[Any, ...]:
    return inner.value if isinstance(inner, Part) else (inner,)
