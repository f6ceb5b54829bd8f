"""Writes a trace for people: what each name came to, what was read, the arithmetic, the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from budgetlint.checking.judging.tracing import CheckTrace, Instance, Trace
from budgetlint.reporters.words import VERDICTS, Words

_KINDS = {
    "table": ("表", "table"),
    "section": ("章节", "section"),
    "column": ("列", "column"),
    "row": ("行", "row"),
}
_MOST = 6


def trace_lines(traced: Trace, words: Words) -> Iterator[str]:
    """Yield the lines of a trace."""
    for check in traced.checks:
        yield check.sentence
        yield from _names(check, words)
        counts = "  ".join(
            f"{words.of(VERDICTS[verdict])} {count}" for verdict, count in check.counts.items()
        )
        yield words(f"  结论  {counts}", f"  verdicts  {counts}")
        for instance in check.shown:
            yield from _instance(instance, words)


def _names(check: CheckTrace, words: Words) -> Iterator[str]:
    for name in check.names:
        kind = words(*_KINDS[name.kind])
        if name.means:
            more = (
                ""
                if len(name.means) <= _MOST
                else words(f" …… 共 {len(name.means)} 处", f" … {len(name.means)} in all")
            )
            yield f"  {kind} {name.said} → {'；'.join(name.means[:_MOST])}{more}"
        else:
            near = words("，相近的有：", "; near: ") + "、".join(name.near) if name.near else ""
            yield f"  {kind} {name.said} → {words('没有找到', 'not found')}{near}"


def _instance(instance: Instance, words: Words) -> Iterator[str]:
    head = f"  [{words.of(VERDICTS[instance.verdict])}] {instance.about}".rstrip()
    yield head + (f"  {instance.reason}" if instance.reason else "")
    for read in instance.read[: 2 * _MOST]:
        value = f" = {read.value}" if read.value is not None else ""
        step = (
            words(f"（末位 {read.step}）", f" (last digit {read.step})")
            if read.step not in (None, "0")
            else ""
        )
        where = "  ".join(part for part in (read.at, read.where) if part)
        yield f"    {read.name}  “{read.printed}”{value}{step}  {where}".rstrip()
    if (more := len(instance.read) - 2 * _MOST) > 0:
        yield words(f"    …… 另有 {more} 个数字", f"    … {more} more figures")
    yield from (f"    {line}" for line in instance.arithmetic)
    if instance.said:
        yield f"    {instance.said}"
    if instance.near:
        yield words("    相近的名称：", "    near names: ") + "、".join(instance.near)
