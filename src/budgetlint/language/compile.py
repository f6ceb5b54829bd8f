"""Turns a parsed rule into a plan that only needs a document: names put in, negations moved inward, paths completed.

A plan is made of the same nodes as the syntax, so it prints, compares and caches like a rule; what changes is that no
``let`` name, no ``Not`` and no path that hangs on its left neighbour is left, and that nodes of one compiler that mean
the same are one object: what is found for one rule is found for all.
"""

from __future__ import annotations

from operator import is_
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.language.syntax import (
    Aggregate,
    And,
    Binary,
    Call,
    Check,
    Compare,
    Condition,
    EachRow,
    EachTable,
    Expression,
    IfThen,
    Label,
    Node,
    Not,
    Or,
    Quantifier,
    Ref,
    Relation,
    Rule,
    Test,
    compared_fields,
)

AnyNode = TypeVar("AnyNode", bound=Any)

_OPPOSITE = {
    Relation.EQUALS: Relation.NOT_EQUALS,
    Relation.NOT_EQUALS: Relation.EQUALS,
    Relation.AT_MOST: Relation.MORE,
    Relation.MORE: Relation.AT_MOST,
    Relation.AT_LEAST: Relation.LESS,
    Relation.LESS: Relation.AT_LEAST,
}


class Plan(Struct, frozen=True):
    """One check ready to evaluate. ``number`` is 0 where the rule has one check only."""

    number: int
    quantifier: Quantifier | None
    body: Condition
    message: str | None = None


class CompiledRule(Struct, frozen=True):
    """A rule with its plans."""

    rule: Rule
    plans: tuple[Plan, ...]


class Compiler:
    """Compiles rules, each once."""

    def __init__(self) -> None:
        self._compiled: dict[int, CompiledRule] = {}
        self._nodes: dict[tuple[object, ...], Any] = {}

    def compiled(self, rule: Rule) -> CompiledRule:
        """Return the rule's plans. The rule has passed the static check."""
        known = self._compiled.get(id(rule))
        if known is None or known.rule is not rule:
            self._compiled[id(rule)] = known = self._compile(rule)
        return known

    def _compile(self, rule: Rule) -> CompiledRule:
        lets: dict[str, Expression] = {}
        for let in rule.lets:
            lets[let.name] = _put_in(let.value, lets)
        several = len(rule.checks) > 1
        return CompiledRule(
            rule,
            tuple(
                self._plan(check, i if several else 0, lets, rule.message)
                for i, check in enumerate(rule.checks, 1)
            ),
        )

    def _plan(self, check: Check, number: int, lets: dict[str, Expression], message: str | None) -> Plan:
        quantifier = check.quantifier
        if quantifier is not None and quantifier.where is not None:
            quantifier = replace(quantifier, where=inward(_put_in(quantifier.where, lets)))
        body = inward(_put_in(check.body, lets))
        body = _Completion(quantifier).visit(body)
        return Plan(number, self._shared(quantifier), self._shared(body), check.message or message)

    def _shared(self, node: Any) -> Any:
        """Return the one node that stands for all that mean what this one means; it stands nowhere."""
        if isinstance(node, tuple):
            return tuple(self._shared(part) for part in node)
        if not isinstance(node, Node):
            return node
        parts = {name: self._shared(getattr(node, name)) for name in compared_fields(type(node))}
        key = type(node), *(_identity(part) for part in parts.values())
        if key not in self._nodes:
            self._nodes[key] = type(node)(**parts)
        return self._nodes[key]


def compile_rule(rule: Rule) -> CompiledRule:
    """Return the plans of a rule by itself. The rule has passed the static check."""
    return Compiler().compiled(rule)


def _identity(part: Any) -> object:
    """Return what tells a part of a node from others: shared nodes are one where they are equal."""
    if isinstance(part, Node):
        return id(part)
    if isinstance(part, tuple):
        return tuple(_identity(one) for one in part)
    # 1 and 1.0, 0.1 and 0.10 are equal, and are not written alike
    return type(part), str(part)


def _put_in(node: Any, lets: dict[str, Expression]) -> Any:
    """Replace bare let names by what they stand for."""
    if isinstance(node, Ref):
        name = node.bare
        return node if name is None or name.printed else lets.get(name.text, node)
    return _rebuilt(node, lambda part: _put_in(part, lets))


def inward(node: Condition) -> Condition:
    """Move negation inward (De Morgan); ``not equals`` becomes ``does not equal``, a test is flagged negated."""
    match node:
        case Not(part=part):
            return _negated(part)
        case And() | Or():
            return _with(node, parts=tuple(inward(part) for part in node.parts))
        case IfThen():
            return _with(node, condition=inward(node.condition), then=inward(node.then))
        case _:
            return node


def _negated(node: Condition) -> Condition:
    match node:
        case Not(part=part):
            return inward(part)
        case And(parts=parts, span=span):
            return Or(tuple(_negated(part) for part in parts), span)
        case Or(parts=parts, span=span):
            return And(tuple(_negated(part) for part in parts), span)
        case IfThen(condition=condition, then=then, span=span):
            return And((inward(condition), _negated(then)), span)
        case Compare():
            return replace(node, relation=_OPPOSITE[node.relation])
        case Test():
            return replace(node, negated=not node.negated)


def _rebuilt(node: Any, change: Any) -> Any:
    """Return a node with ``change`` applied to the expressions and conditions directly below it, left to right."""
    match node:
        case Binary() | Compare():
            left = change(node.left)
            return _with(node, left=left, right=change(node.right))
        case Aggregate():
            arguments = tuple(change(argument) for argument in node.arguments)
            return _with(node, arguments=arguments, where=node.where and change(node.where))
        case Call():
            return _with(node, arguments=tuple(change(argument) for argument in node.arguments))
        case Test():
            subject = change(node.subject)
            return _with(
                node,
                subject=subject,
                arguments=tuple(a if isinstance(a, Label) else change(a) for a in node.arguments),
            )
        case And() | Or():
            return _with(node, parts=tuple(change(part) for part in node.parts))
        case IfThen():
            condition = change(node.condition)
            return _with(node, condition=condition, then=change(node.then))
        case Not():
            return _with(node, part=change(node.part))
        case _:
            return node


def _with(node: AnyNode, **parts: Any) -> AnyNode:
    """Return a node with other parts; itself where they are the ones it has, as in most rules."""
    return (
        node
        if all(_same(getattr(node, name), part) for name, part in parts.items())
        else replace(node, **parts)
    )


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, tuple):
        return len(old) == len(new) and all(map(is_, old, new))
    return old is new


class _Completion:
    """Completes paths from the nearest locator to their left; under a quantifier they hang on what it is at.

    A quantifier over prose or a list is at no table, so that rows and columns still hang on the nearest one.
    """

    def __init__(self, quantifier: Quantifier | None) -> None:
        self._names_hang = quantifier is None
        self._cells_hang = not isinstance(quantifier, EachRow | EachTable)
        self._nearest: Ref | None = None

    def visit(self, node: Any) -> Any:
        if isinstance(node, Ref):
            return self._completed(node)
        return _rebuilt(node, self.visit)

    def _completed(self, ref: Ref) -> Ref:
        if ref.section is not None or ref.table is not None:
            self._nearest = ref
            return ref
        near = self._nearest
        hangs = self._cells_hang if ref.row or ref.column else self._names_hang
        if near is None or not hangs or ref.paragraph:
            return ref
        if ref.item is not None and near.section is not None:
            return replace(ref, document=near.document, section=near.section)
        if near.table is None or near.table.each:
            return ref
        row = ref.row or (near.row if ref.column or ref.item else None)
        completed = replace(ref, document=near.document, table=near.table, row=row)
        if ref.row is not None:
            self._nearest = completed
        return completed
