"""Prints rules in either vocabulary; what is printed parses back to an equal rule."""

from __future__ import annotations

import re

from budgetlint.language.build_rules import VERDICTS
from budgetlint.language.grammar import name_pattern
from budgetlint.language.keywords import Tongue
from budgetlint.language.print_conditions import ConditionPrinter
from budgetlint.language.syntax import (
    Basis,
    Binding,
    Blank,
    Check,
    EachItem,
    EachMention,
    EachParagraph,
    EachRow,
    EachTable,
    Example,
    ExampleTable,
    IfThen,
    Number,
    Quantifier,
    Rule,
    Scope,
    Text,
    YearRange,
)
from budgetlint.results.findings import Verdict

_CITATION = re.compile(r"《[^》\n]+》(?:[（(〔][^）)〕\n]*[）)〕])*[\w（()）〔〕]*")
_INDENT = "  "


def print_rule(rule: Rule, to: Tongue = "zh", source: str | None = None) -> str:
    """Return a rule's text.

    Args:
        rule: the rule.
        to: the vocabulary to print it in.
        source: the text of the file it was read from: names stay exactly as written there.
    """
    return "\n".join(line for _, line in rule_lines(rule, to, source)) + "\n"


def print_check(check: Check, to: Tongue = "zh") -> str:
    """Return the sentence of one check."""
    return RulePrinter(to).check(check)


def rule_lines(rule: Rule, to: Tongue, source: str | None = None) -> list[tuple[int, str]]:
    """Return a rule's lines, each with the line of the source it comes from."""
    return RulePrinter(to, source).rule(rule)


class RulePrinter(ConditionPrinter):
    """Prints whole rules."""

    def rule(self, rule: Rule) -> list[tuple[int, str]]:
        head = rule.span.line
        lines = [(head, f"{self.word('RULE')} {rule.id} {self.string(rule.name)}")]

        def clause(line: int, text: str) -> None:
            lines.append((line, _INDENT + text))

        clause(head, f"{self.word('SEVERITY')} {self.word(rule.severity.value.upper())}")
        if rule.basis:
            clause(head, f"{self.word('BASIS')} {'、'.join(map(self.basis, rule.basis))}")
        if scope := self.scope(rule.scope):
            clause(head, f"{self.word('APPLIES_TO')} {scope}")
        if rule.replaces:
            clause(head, f"{self.word('REPLACES')} {rule.replaces}")
        for let in rule.lets:
            name = f"{self.word('LET')} {self.named(let.name)} {self.word('BE')}"
            clause(let.span.line or head, f"{name} {self.expression(let.value)}")
        own = any(check.message for check in rule.checks)
        if rule.message is not None and own:
            clause(head, self._said("MESSAGE", rule.message))
        last = head
        for check in rule.checks:
            last = check.span.line or last
            clause(last, self.check(check))
            if check.message is not None:
                clause(last, self._said("MESSAGE", check.message))
        if rule.message is not None and not own:
            clause(last, self._said("MESSAGE", rule.message))
        if rule.suggest is not None:
            clause(last, self._said("SUGGEST", rule.suggest))
        for example in rule.examples:
            for text in self.example(example):
                clause(example.span.line or last, text)
        lines.append((rule.span.end_line or last, self.word("END")))
        return lines

    def _said(self, token: str, text: str) -> str:
        return f"{self.word(token)} {self.string(text)}"

    def named(self, text: str) -> str:
        """Return a name of the rule's own, in 【】 where it could not stand bare."""
        return text if name_pattern().fullmatch(text) else f"【{text}】"

    def basis(self, basis: Basis) -> str:
        """Return a legal basis as it is cited."""
        if basis.consistency:
            return self.word("CONSISTENCY")
        return basis.text if _CITATION.fullmatch(basis.text) else self.string(basis.text)

    def scope(self, scope: Scope) -> str:
        """Return what stands behind 适用于, "" where a rule applies to all."""
        said = []
        for token, names in (
            ("KIND", scope.kinds),
            ("YEAR", ()),
            ("REGION", scope.regions),
            ("FORMAT", scope.formats),
            ("PROFILE", scope.profiles),
        ):
            if names:
                written = (n if name_pattern().fullmatch(n) else self.string(n) for n in names)
                said.append(f"{self.word(token)} {'、'.join(written)}")
            elif token == "YEAR" and scope.years and scope.years != YearRange():
                said.append(f"{self.word(token)} {self._years(scope.years)}")
        return " ".join(said)

    def _years(self, years: YearRange) -> str:
        if years.first is None:
            return f"{self.word('AT_MOST')} {years.last}"
        if years.last is None:
            return f"{self.word('AT_LEAST')} {years.first}"
        same = years.first == years.last
        return str(years.first) if same else f"{years.first} {self.word('TO')} {years.last}"

    # ------------------------------------------------------------ checks

    def check(self, check: Check) -> str:
        """Return a check's sentence."""
        comma = "，" if self.to == "zh" else " "
        quantifier = self._quantifier(check.quantifier) + comma if check.quantifier else ""
        body = check.body
        if isinstance(body, IfThen) and not isinstance(body.condition, IfThen):
            before = f"{self.word('IF')} {self.condition(body.condition)} {self.word('THEN')} "
            return f"{quantifier}{before}{self.word('CHECK')} {self.condition(body.then, True)}"
        return f"{quantifier}{self.word('CHECK')} {self.condition(body, True)}"

    def _quantifier(self, node: Quantifier) -> str:
        ranged = self._ranged_zh(node) if self.to == "zh" else self._ranged_en(node)
        said = f"{self.word('FOR')} {ranged}"
        if node.where is None:
            return said
        return f"{said}{'，' if self.to == 'zh' else ' '}{self.where(node.where)}"

    def _ranged_zh(self, node: Quantifier) -> str:
        of = f" {self.word('OF')} "
        match node:
            case EachRow():
                amounts = of + self.word("EACH_AMOUNT_COLUMN") if node.amount_columns else ""
                return f"{self.table(node.table)}{of}{self.word('EACH_ROW')}{amounts}"
            case EachTable():
                return self.table(node.table)
            case EachParagraph():
                where = self.section(node.section) + of if node.section else ""
                return f"{where}{self.word('EACH_PARAGRAPH')}"
            case EachMention():
                where = self.section(node.section) + of if node.section else ""
                return f"{where}{self.word('EACH_MENTION')} {self.label(node.label)}"
            case EachItem():
                return f"{self.label(node.label)}{of}{self.word('EACH_ITEM')}"

    def _ranged_en(self, node: Quantifier) -> str:
        of, within = f" {self.word('OF')} ", f" {self.word('IN')} "
        match node:
            case EachRow():
                amounts = self.word("EACH_AMOUNT_COLUMN") + of if node.amount_columns else ""
                return f"{amounts}{self.word('EACH_ROW')}{within}{self.table(node.table)}"
            case EachTable():
                return self.table(node.table)
            case EachParagraph():
                where = within + self.section(node.section) if node.section else ""
                return f"{self.word('EACH_PARAGRAPH')}{where}"
            case EachMention():
                where = within + self.section(node.section) if node.section else ""
                return f"{self.word('EACH_MENTION')}{of}{self.label(node.label)}{where}"
            case EachItem():
                return f"{self.word('EACH_ITEM')}{of}{self.label(node.label)}"

    # ------------------------------------------------------------ examples

    def example(self, example: Example) -> list[str]:
        """Return the lines of an example."""
        verdict = next(token for token, one in VERDICTS.items() if one is Verdict(example.verdict))
        colon, comma = ("：", "，") if self.to == "zh" else (": ", ", ")
        bindings = comma.join(self._binding(binding) for binding in example.bindings)
        lines = [f"{self.word('EXAMPLE')} {self.word(verdict)}{colon}{bindings}".rstrip()]
        for table in example.tables:
            lines += [_INDENT + line for line in self._table_lines(table)]
        return lines

    def _binding(self, binding: Binding) -> str:
        target, value = self.reference(binding.target), binding.value
        if isinstance(value, Blank) and self.to == "en":
            return f"{target} {self.word('IS_BLANK')}"
        return f"{target} {self.word('IS')} {self._value(value)}"

    def _value(self, value: object) -> str:
        if isinstance(value, Blank):
            return self.word("EMPTY")
        if isinstance(value, Number):
            return self.number(value)
        if isinstance(value, Text):
            return self.string(value.text)
        return self.expression(value)  # type: ignore[arg-type]

    def _table_lines(self, table: ExampleTable) -> list[str]:
        head = f"{self.word('TABLE')} {self.label(table.label)}：{table.unit or ''}"
        return [head, *(f"| {' | '.join(line)} |" for line in table.lines)]
