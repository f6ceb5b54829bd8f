"""``budgetlint sample``: documents for people to review, and the share of false alarms their judgements show."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from budgetlint.bureau.sampling import Share, documents_by, judged, sampled, shares_of, write_sample
from budgetlint.commands.season.asking import over, unreadable
from budgetlint.config import ConfigError, Settings
from budgetlint.disk import read_regular, written
from budgetlint.document import ReadError
from budgetlint.reporters.words import Words
from budgetlint.results.report import Exit
from budgetlint.said import Said


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """Write a sample of ``options.store`` into ``options.out``, or say what ``options.judged`` holds."""
    words = Words(settings.lang)
    if options.judged:
        try:
            found = shares_of(judged(options.judged, read_regular(options.judged)))
        except ReadError as error:
            return unreadable(error, settings)
        except OSError as error:
            sys.stderr.write(f"{options.judged}: {error.strerror}\n")
            return Exit.USAGE
        sys.stdout.writelines(f"{line}\n" for line in _lines(found, words))
        return Exit.CLEAN
    if not options.out:
        raise ConfigError("--out", Said("要写明文件：--out 抽样.xlsx", "name a file: --out SAMPLE.xlsx"))

    def work(connection: Any) -> str:
        keys = sampled(documents_by(connection, options.by), options.sample, options.seed)
        with written(options.out, binary=True) as stream:
            number = write_sample(connection, keys, stream, words)
        return words(
            f"抽了 {len(keys)} 份文本，{number} 个问题：{options.out}；填好“判断”一列后，用 --judged {options.out} 算误报率",
            f"{len(keys)} documents, {number} findings: {options.out}; fill in the judgements, then --judged {options.out}",
        )

    return over(options.store, settings, work)


def _lines(found: Sequence[Share], words: Words) -> Iterator[str]:
    yield words(
        "误报率（95% 区间，Wilson；按一个个问题独立计算，同一份文本里的问题相互有关时实际范围更宽）",
        "Share of false alarms (95 %, Wilson; findings taken as independent: wider where they hang together)",
    )
    for one in found:
        name = " ".join(part for part in (one.severity, one.rule) if part) or words("全部", "all")
        indent = "  " * (bool(one.severity) + bool(one.rule))
        if not one.judged:
            yield indent + words(f"{name}：{one.open} 个还没有判断", f"{name}: {one.open} not judged")
            continue
        share = _percent(Decimal(one.false) / one.judged)
        yield indent + words(
            f"{name}：判断 {one.judged} 个，误报 {one.false} 个，{share}（{_percent(one.low)}–{_percent(one.high)}）"
            + (f"，另有 {one.open} 个没有判断" if one.open else ""),
            f"{name}: {one.false} of {one.judged} false, {share} ({_percent(one.low)}–{_percent(one.high)})"
            + (f", {one.open} not judged" if one.open else ""),
        )


def _percent(share: Decimal) -> str:
    return f"{(share * 100).quantize(Decimal('0.1'))}%"
