"""Shows how a sentence was read: what each name came to, then one instance of each verdict with its figures."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from budgetlint.checking.checks.sensitive import mask
from budgetlint.checking.judging.masking import masked_under
from budgetlint.checking.judging.tracing import CheckTrace, Instance, Meaning, Trace
from budgetlint.reporters.words import VERDICTS, Words

_KINDS = {
    "table": ("表", "table"),
    "section": ("章节", "section"),
    "column": ("列", "column"),
    "row": ("行", "row"),
}
_MOST_PLACES, _MOST_FIGURES = 6, 50


def trace_of(traced: Trace, words: Words) -> Iterator[str]:
    """Yield a trace as markup, everything masked."""
    for check in traced.checks:
        yield f"<p><code>{escape(mask(check.sentence))}</code></p>\n"
        yield from _names(check, words)
        yield "<p>" + "  ·  ".join(
            f"{words.of(VERDICTS[verdict])} {check.counts.get(verdict, 0)}" for verdict in VERDICTS
        )
        yield "</p>\n"
        for instance in check.shown:
            yield from _instance(instance, words)


def _names(check: CheckTrace, words: Words) -> Iterator[str]:
    if not check.names:
        return
    kind, said, means = words("种类", "kind"), words("写的名称", "name"), words("读到的是", "was read as")
    yield f'<table class="names">\n<thead><tr><th scope="col">{kind}</th><th scope="col">{said}</th><th scope="col">{means}</th></tr></thead>\n<tbody>\n'
    for name in check.names:
        yield (
            f'<tr><td>{words(*_KINDS[name.kind])}</td><th scope="row">{escape(mask(name.said))}</th>'
            f"<td>{escape(mask(_meant(name, words)))}</td></tr>\n"
        )
    yield "</tbody></table>\n"


def _meant(name: Meaning, words: Words) -> str:
    if not name.means:
        near = words("，相近的有：", "; near: ") + "、".join(name.near) if name.near else ""
        return words("没有找到", "not found") + near
    more = len(name.means) - _MOST_PLACES
    rest = words(f" …… 共 {len(name.means)} 处", f" … {len(name.means)} in all") if more > 0 else ""
    return "；".join(name.means[:_MOST_PLACES]) + rest


def _instance(instance: Instance, words: Words) -> Iterator[str]:
    reason = f"（{instance.reason}）" if instance.reason else ""
    head = f"{words.of(VERDICTS[instance.verdict])}{reason}：{instance.about}"
    yield f"<section><h5>{escape(mask(head))}</h5>\n<ul>"
    for read in instance.read[:_MOST_FIGURES]:
        where = "，".join(part for part in (read.at, read.where) if part)
        text = masked_under(read.printed, read.name, read.at)
        yield f"<li>{escape(mask(read.name))} <b>{escape(text)}</b> <small>{escape(mask(where))}</small></li>"
    if (more := len(instance.read) - _MOST_FIGURES) > 0:
        yield f"<li>{words(f'…… 另有 {more} 个数字', f'… {more} more figures')}</li>"
    yield from (f"<li>{escape(mask(line))}</li>" for line in instance.arithmetic)
    yield "</ul>\n"
    if instance.said:
        yield f"<p>{escape(mask(instance.said))}</p>\n"
    if instance.near:
        said = words("相近的名称：", "near names: ")
        yield f"<p>{said}{escape(mask('、'.join(instance.near)))}</p>\n"
    yield "</section>\n"
