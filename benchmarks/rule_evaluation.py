"""Measure how many checks of a rule are evaluated in a second, beside plain Python and ``rule-engine`` in the same run.

Run: ``uv run --with rule-engine python benchmarks/rule_evaluation.py [--rows 5000]``; without rule-engine it is left
out. Each check compares a printed total with the sum of two printed parts; one row in fifty is wrong. What is measured
of us ends with an outcome for every wrong row (facts with names, places and identities, both sides, difference and
tolerance) and a ledger of those that hold; ``explaining`` gives every row an outcome, ``kernels alone`` has no row to
explain. Of the others it ends with the rows that are wrong. Processor time, best of three.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Sequence
from decimal import Decimal
from importlib import import_module
from time import process_time

from budgetlint.checking.case import Case
from budgetlint.checking.kernels.deciding import ledger_of
from budgetlint.document import Cell, Column, Document, Place, Role, Row, Table
from budgetlint.document.amount import amount_of
from budgetlint.language.compile import compile_rule
from budgetlint.language.parser import parse_sentence
from budgetlint.vocabulary import TableTerm, Vocabulary

TITLES = ("合计", "基本支出", "项目支出")
RULES = {
    "exact": "对 表 支出表 的 每一行，检查 列 合计 精确等于 列 基本支出 + 列 项目支出",
    "intervals": "对 表 支出表 的 每一行，检查 列 合计 应等于 列 基本支出 + 列 项目支出",
}
_STEP = Decimal("0.01")
_WRONG_EVERY = 50

Figures = Sequence[tuple[Decimal, Decimal, Decimal]]


def figures(rows: int) -> Figures:
    """Return total and parts of every row, in 万元."""
    parts = [(Decimal(n * 37 % 9973) / 100, Decimal(n * 91 % 7919) / 100) for n in range(rows)]
    return [(a + b + (n % _WRONG_EVERY == 0), a, b) for n, (a, b) in enumerate(parts)]


def document(printed: Figures) -> Document:
    """Return a document with one table that prints these figures."""
    columns = (
        Column(("科目名称",), role=Role.NAME),
        *(Column((title,), role=Role.AMOUNT) for title in TITLES),
    )
    rows = []
    for number, values in enumerate(printed):
        label, place = f"科目{number}", Place("表.txt", line=number + 5)
        cells = {0: Cell(label, place=place)}
        cells |= {i: Cell(str(v), amount_of(v, _STEP, "万元"), place) for i, v in enumerate(values, 1)}
        rows.append(Row(number, 0, label, (label,), cells, place=place))
    table = Table(
        "支出表", id="t", name="支出表", unit="万元", columns=columns, rows=tuple(rows), lines=len(rows)
    )
    return Document("表.txt", tables=(table,))


def ours(printed: Figures, sentence: str, kernels: bool = True) -> Callable[[], int]:
    """Return what decides our rule and counts the rows that fail; the index of the document is kept."""
    rule = compile_rule(parse_sentence(sentence))
    vocabulary = Vocabulary(tables={"t": TableTerm("t", "支出表", (), (), False, False, (), ())})
    case = Case(document(printed))
    return lambda: ledger_of([rule], case, vocabulary, kernels=kernels).counts.fails


def plain(printed: Figures, exact: bool) -> Callable[[], int]:
    """Return what does the same in plain Python, in decimals."""

    def intervals() -> int:
        failed = 0
        for total, a, b in printed:
            tolerance = (_STEP + _STEP + _STEP) / 2
            failed += abs(total - (a + b)) > tolerance
        return failed

    return (lambda: sum(total != a + b for total, a, b in printed)) if exact else intervals


def engine(printed: Figures, exact: bool) -> Callable[[], int] | None:
    """Return what does the same with rule-engine, if it is installed."""
    try:
        rule_engine = import_module("rule_engine")
    except ImportError:
        return None
    text = "total == a + b" if exact else "total - a - b <= 0.015 and a + b - total <= 0.015"
    rule = rule_engine.Rule(text)
    things = [{"total": total, "a": a, "b": b} for total, a, b in printed]
    return lambda: sum(not rule.matches(thing) for thing in things)


def seconds(work: Callable[[], int], wrong: int) -> float:
    """Processor time of the best of three runs, each of which must find all wrong rows and no other."""
    times = []
    for _ in range(3):
        start = process_time()
        found = work()
        times.append(process_time() - start)
        assert found == wrong, (found, wrong)
    return min(times)


def main() -> None:
    """Print one line a kind of check."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=5000)
    rows = parser.parse_args().rows
    printed = figures(rows)
    wrong = len(range(0, rows, _WRONG_EVERY))
    gc.disable()
    for kind, sentence in RULES.items():
        exact = kind == "exact"
        works = {
            "ours": ours(printed, sentence),
            "explaining": ours(printed, sentence, kernels=False),
            "plain Python": plain(printed, exact),
        }
        peer = engine(printed, exact)
        works |= {"rule-engine": peer} if peer else {}
        rates = {name: rows / seconds(work, wrong) / 1000 for name, work in works.items()}
        right = [(a + b, a, b) for _, a, b in printed]
        rates["kernels alone"] = rows / seconds(ours(right, sentence), 0) / 1000
        print(f"{kind:<10} " + "  ".join(f"{name} {rate:,.1f} k/s" for name, rate in rates.items()))


if __name__ == "__main__":
    main()
