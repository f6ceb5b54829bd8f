"""Takes formulas over as rules: each is written, read back, checked and tried on its own examples before it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from budgetlint.language.printer import print_rule
from budgetlint.language.reading import read_rules
from budgetlint.run.examples import run_example
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary
from budgetlint.workbench.formulas.examples import examples_of
from budgetlint.workbench.formulas.forms import Form
from budgetlint.workbench.formulas.formula import Formula, Unreadable
from budgetlint.workbench.formulas.parsing import parse
from budgetlint.workbench.formulas.sources import Audit, Entry
from budgetlint.workbench.formulas.wording import Writer, plain

_SEVERITIES = {Audit.BALANCE: "错误", Audit.LOGIC: "错误", Audit.VERIFY: "疑点", None: "疑点"}
_LONGEST_NAME = 60
#: So many rules share their letters.
_MOST = 999


class Left(Struct, frozen=True):
    """A formula that was not taken over, and why."""

    entry: Entry
    reason: Said


class Taken(Struct, frozen=True):
    """The rules as text, how many there are, the formulas they come from, and those that were left."""

    text: str
    rules: int
    formulas: int
    left: tuple[Left, ...]


def take_over(
    entries: Iterable[Entry],
    known: Mapping[str, Form],
    vocabulary: Vocabulary,
    letters: str,
    basis: str | None = None,
) -> Taken:
    """Return the rules that formulas say.

    Args:
        entries: the formulas.
        known: forms whose rows and columns have names.
        vocabulary: what the rules are checked against.
        letters: what the rules' ids begin with; they are numbered from 001.
        basis: the legal basis of all of them; else they cite the form and the kind of audit.
    """
    texts: list[str] = []
    left: list[Left] = []
    formulas = 0
    for entry in entries:
        try:
            written = [
                _rule(formula, entry, known, vocabulary, f"{letters}{number:03}", basis)
                for number, formula in enumerate(_formulas(entry), len(texts) + 1)
            ]
            if len(texts) + len(written) > _MOST:
                raise Unreadable(f"一次最多 {_MOST} 条", f"there are at most {_MOST} rules in one file")
        except Unreadable as problem:
            left.append(Left(entry, problem.said))
            continue
        texts += written
        formulas += 1
    return Taken("\n".join(texts), len(texts), formulas, tuple(left))


def _formulas(entry: Entry) -> tuple[Formula, ...]:
    if not entry.form:
        raise Unreadable(
            "没有说是哪张表的公式（如 财决01表）", "it does not say which form it is about (such as 财决01表)"
        )
    return tuple(plain(formula, entry.form) for formula in parse(entry.text))


def _rule(
    formula: Formula,
    entry: Entry,
    known: Mapping[str, Form],
    vocabulary: Vocabulary,
    id: str,
    basis: str | None,
) -> str:
    audit = entry.audit.value if entry.audit is not None else "审核"
    said = " ".join(entry.text.split()).translate(str.maketrans('“”"', "「」'"))
    name = f"{entry.form}：{said}"
    name = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
    cited = basis or f"部门决算报表审核公式（{entry.form} {audit}）"
    text = (
        f"规则 {id} “{name}”\n  级别 {_SEVERITIES[entry.audit]}\n  依据 “{cited}”\n"
        f"  {Writer(entry.form, known).sentence(formula)}\n{examples_of(formula, entry.form, known)}\n结束\n"
    )
    read = read_rules(text, entry.place, vocabulary, {})
    if read.errors or len(read.rules) != 1:
        why = read.errors[0] if read.errors else None
        zh, en = (why.zh, why.en) if why is not None else ("", "")
        raise Unreadable(f"写成的规则不成立：{zh}", f"the rule it would be is wrong: {en}")
    (rule,) = read.rules
    for number in range(1, len(rule.examples) + 1):
        result = run_example(rule, number, vocabulary, {})
        if not result.passed:
            raise Unreadable("写成的规则在样例上试不通", "the rule it would be fails its own examples")
    return print_rule(rule)
