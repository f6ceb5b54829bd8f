"""Evaluates expressions to linear forms over facts, to quotients and products of them, or to texts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from budgetlint.checking.engine.context import Context
from budgetlint.checking.engine.facts import (
    HUNDRED,
    ONE,
    Fact,
    Linear,
    Nonlinear,
    NothingToCheck,
    Quantity,
    Undetermined,
    Words,
    about,
)
from budgetlint.checking.engine.printed import amount_in, unit_in
from budgetlint.checking.engine.references import fact_of_ref, facts_of
from budgetlint.checking.engine.spots import fact_at, spots
from budgetlint.document import Dimension
from budgetlint.document.amount import MONEY_UNITS, dimension_of
from budgetlint.document.keys import FactKey, NumberKey, cause_of
from budgetlint.document.text import squeeze
from budgetlint.language.functions import Value, function_named
from budgetlint.language.syntax import (
    Aggregate,
    Aggregation,
    Binary,
    Call,
    Condition,
    Expression,
    Label,
    Number,
    Operator,
    Ref,
    Text,
    Time,
    Year,
)
from budgetlint.results.findings import Reason, Verdict

#: How a property that a sentence does not print follows from two that it does: name → (one, sign of the other, other).
_DERIVED = {
    "上年数": ("本年数", -ONE, "增减额"),
    "本年数": ("上年数", ONE, "增减额"),
    "增减额": ("本年数", -ONE, "上年数"),
}
LEVELS = {"类": 1, "款": 2, "项": 3}

#: Decides a ``where`` for the row or sheet a context is at, on printed values.
Selector = Callable[[Condition, Context], Verdict]


class Evaluation:
    """Evaluates the expressions of one comparison and remembers every fact it read.

    Attributes:
        facts: every fact read so far by identity, in the order of the rule's text.
        counted: an aggregate counted rows or sheets, so the comparison speaks of something even without figures.
    """

    def __init__(
        self, context: Context, select: Selector, unlisted_as_zero: bool = False, certain: bool = True
    ) -> None:
        self.context = context
        self.facts: dict[FactKey, Fact] = {}
        self.counted = False
        self._select = select
        self._unlisted_as_zero = unlisted_as_zero
        self._certain = certain

    # ------------------------------------------------------------ values

    def value(self, node: Expression) -> Quantity | Words:
        """Return what an expression is; a reference to a cell that prints words is Words."""
        match node:
            case Text(text=text):
                return Words(squeeze(text))
            case Ref():
                return self._reference(node)
            case Call():
                return self._call(node)
            case _:
                return self.quantity(node)

    def quantity(self, node: Expression) -> Quantity:
        """Return an expression as a quantity; words are not a number."""
        match node:
            case Number(value=value, unit=unit):
                return Linear({}, *literal(value, unit))
            case Year(time=time):
                return self._year(time)
            case Binary():
                return self._binary(node)
            case Aggregate():
                return self._aggregate(node)
            case _:
                found = self.value(node)
                if isinstance(found, Words):
                    raise Undetermined(Reason.NOT_A_NUMBER, cause_of("number", found.text))
                return found

    def words(self, node: Expression) -> Words:
        """Return an expression as text: what a cell, a section or a paragraph prints."""
        match node:
            case Text(text=text):
                return Words(squeeze(text))
            case Ref():
                fact = fact_of_ref(node, self.context, self._unlisted_as_zero)
                self._note(fact)
                return Words(squeeze(fact.printed), fact.blank)
            case _:
                found = self.value(node)
                if isinstance(found, Words):
                    return found
                assert isinstance(found, Linear)
                return Words(str(found.constant))

    def _note(self, fact: Fact) -> None:
        """Remember a fact that was read."""
        if not fact.sure:
            raise Undetermined(Reason.UNSURE_EXTRACTION, cause_of("layout", fact.table or ""), fact.place)
        self.facts.setdefault(fact.identity, fact)

    def _remember(self, fact: Fact) -> Linear:
        self._note(fact)
        return Linear({fact.identity: ONE})

    def _reference(self, node: Ref) -> Quantity | Words:
        derived = self._derived(node)
        if derived is not None:
            return derived
        fact = fact_of_ref(node, self.context, self._unlisted_as_zero)
        linear = self._remember(fact)
        return linear if fact.amount is not None or fact.blank else Words(squeeze(fact.printed))

    def _derived(self, node: Ref) -> Quantity | None:
        """上年数 = 本年数 − 增减额 and its kin, where the sentence does not print the property itself."""
        pattern, rule = self.context.pattern, derivation(node, self.context)
        if pattern is None or rule is None:
            return None
        one, sign, other = rule
        if not (pattern.values.get(one) and pattern.values.get(other)):
            name = node.bare.text if node.bare else ""
            raise Undetermined(
                Reason.MISSING_ROW, cause_of("prose", pattern.kind, squeeze(name)), pattern.place
            )
        both = [facts_of(Ref(item=Label(part)), self.context)[0] for part in (one, other)]
        return self._remember(both[0]).plus(self._remember(both[1]), sign)

    def _year(self, time: Time) -> Linear:
        year = self.context.world.main.document.year
        if year is None:
            raise Undetermined(Reason.MISSING_ROW, cause_of("fact", "年度"))
        return Linear({}, Decimal(year if time is Time.THIS_YEAR else year - 1), Dimension.COUNT)

    # ------------------------------------------------------------ arithmetic

    def _binary(self, node: Binary) -> Quantity:
        left, right = self.quantity(node.left), self.quantity(node.right)
        if isinstance(left, Linear) and isinstance(right, Linear):
            match node.operator:
                case Operator.PLUS:
                    return left.plus(right)
                case Operator.MINUS:
                    return left.plus(right, -ONE)
                case Operator.TIMES if left.exact and not _is_amount(left, right):
                    return right.scaled(left.constant)
                case Operator.TIMES if right.exact:
                    return left.scaled(right.constant)
        return Nonlinear(node.operator, left, right)

    def _aggregate(self, node: Aggregate) -> Quantity:
        if node.function is Aggregation.COUNT:
            self.counted = True
            return Linear(
                {},
                Decimal(sum(self._count(argument, node.where) for argument in node.arguments)),
                Dimension.COUNT,
            )
        parts = [part for argument in node.arguments for part in self._parts(argument, node.where)]
        if not parts:
            raise NothingToCheck
        if node.function is Aggregation.SUM:
            return _total(parts)
        chosen = max if node.function is Aggregation.MAX else min
        return chosen(parts, key=self.printed_value)

    def _parts(self, argument: Expression, where: Condition | None) -> list[Quantity]:
        if not isinstance(argument, Ref):
            return [self.quantity(argument)]
        if self._derived(argument) is not None:
            return [self.quantity(argument)]
        parts: list[Quantity] = []
        for spot in spots(argument, self.context, self._unlisted_as_zero, self._selects(where)):
            fact = fact_at(spot, argument, self.context)
            linear = self._remember(fact)
            if fact.amount is None and not fact.blank:
                raise Undetermined(Reason.NOT_A_NUMBER, about("number", fact), fact.place)
            parts.append(linear)
        return parts

    def _selects(self, where: Condition | None) -> Callable[[Context], bool] | None:
        return None if where is None else lambda inside: self._select(where, inside) is Verdict.HOLDS

    def _count(self, argument: Expression, where: Condition | None) -> int:
        if not isinstance(argument, Ref):
            raise Undetermined(Reason.NOT_A_NUMBER, cause_of("count"))
        return sum(1 for _ in spots(argument, self.context, selects=self._selects(where)))

    def printed_value(self, quantity: Quantity) -> Decimal:
        """Return what the printed figures give, inexact only where a division is."""
        if isinstance(quantity, Linear):
            return sum((k * self.facts[f].value for f, k in quantity.terms.items()), quantity.constant)
        left, right = self.printed_value(quantity.left), self.printed_value(quantity.right)
        match quantity.operator:
            case Operator.PLUS:
                return left + right
            case Operator.MINUS:
                return left - right
            case Operator.TIMES:
                return left * right
            case Operator.DIVIDED:
                if right == 0:
                    raise Undetermined(Reason.ZERO_DENOMINATOR, cause_of("division"))
                return left / right

    # ------------------------------------------------------------ functions

    def _call(self, node: Call) -> Quantity | Words:
        match node.function:
            case "abs":
                inner = self.quantity(node.arguments[0])
                negative = self.printed_value(inner) < 0
                return _added(Linear(), inner, -ONE) if negative else inner
            case "level":
                code = self.words(node.arguments[0]).text
                level = {3: 1, 5: 2, 7: 3}.get(len(code)) if code.isdigit() else LEVELS.get(code)
                if level is None:
                    raise NothingToCheck
                return Linear({}, Decimal(level), Dimension.COUNT)
            case "length":
                return Linear({}, Decimal(len(self.words(node.arguments[0]).text)), Dimension.COUNT)
            case "official-name":
                return self._official_name(self.words(node.arguments[0]).text)
            case "number-in":
                return self._number_in(node.arguments[0])
            case "unit-in":
                return Words(unit_in(self.words(node.arguments[0]).text))
            case name:
                return self._plugin_function(name, node)

    def _official_name(self, code: str) -> Words:
        world = self.context.world
        name = world.vocabulary.official_name(code, world.main.document.year, self._certain)
        if name is None:
            raise NothingToCheck
        return Words(squeeze(name))

    def _number_in(self, node: Expression) -> Linear:
        if not isinstance(node, Ref):
            raise Undetermined(Reason.NOT_A_NUMBER, cause_of("number-in"))
        fact = fact_of_ref(node, self.context)
        amount = amount_in(fact.printed)
        if amount is None:
            raise Undetermined(Reason.NOT_A_NUMBER, about("number", fact), fact.place)
        scale = HUNDRED if amount.dimension is Dimension.PERCENT else ONE
        return self._remember(
            Fact(
                fact.name,
                NumberKey(fact.identity),
                fact.printed,
                amount,
                amount.value / scale,
                amount.quantum / scale,
                amount.dimension,
                fact.place,
                fact.table,
                sure=fact.sure,
            )
        )

    def _plugin_function(self, name: str, node: Call) -> Quantity | Words:
        function = function_named(name, self.context.world.functions)
        arguments: list[Value] = []
        for kind, argument in zip(function.parameters, node.arguments, strict=True):
            arguments.append(
                self.words(argument).text if kind == "text" else self.printed_value(self.quantity(argument))
            )
        try:
            result = function.call(*arguments)
        except ValueError as error:
            raise Undetermined(Reason.NOT_A_NUMBER, cause_of("function", name)) from error
        return Words(squeeze(result)) if isinstance(result, str) else Linear({}, Decimal(result))


def derivation(node: Ref, context: Context) -> tuple[str, Decimal, str] | None:
    """Return how a property that a sentence does not print follows from two others, None where it prints it."""
    if context.pattern is None or node.bare is None:
        return None
    name = squeeze(node.bare.text)
    return None if context.pattern.values.get(name) else _DERIVED.get(name)


def literal(value: Decimal, unit: str | None) -> tuple[Decimal, Dimension | None]:
    """Return a literal in the scale of arithmetic (元, ratios) and its dimension; 0 is nothing of any kind."""
    if unit is None:
        return value, Dimension.COUNT if value else None
    dimension = dimension_of(unit)
    if dimension is Dimension.PERCENT:
        return value / HUNDRED, dimension
    return value * MONEY_UNITS.get(unit, ONE), dimension


def _is_amount(left: Linear, right: Linear) -> bool:
    """Tell whether of two numbers the left one is what is multiplied: 6 万元 乘 3, 6 万元 乘 5%."""
    if not right.exact:
        return False
    return left.dimension is Dimension.MONEY or right.dimension is not Dimension.MONEY


def _total(parts: list[Quantity]) -> Quantity:
    """Add up many parts at once: their number may be that of a table's rows."""
    total: Quantity = Linear.total(part for part in parts if isinstance(part, Linear))
    for part in parts:
        if isinstance(part, Nonlinear):
            total = _added(total, part)
    return total


def _added(left: Quantity, right: Quantity, sign: Decimal = ONE) -> Quantity:
    if isinstance(left, Linear) and isinstance(right, Linear):
        return left.plus(right, sign)
    return Nonlinear(Operator.PLUS if sign > 0 else Operator.MINUS, left, right)
