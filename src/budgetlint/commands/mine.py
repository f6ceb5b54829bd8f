"""``budgetlint mine``: relations that hold in nearly all documents of a corpus and that no known rule says."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from budgetlint.config import Settings
from budgetlint.document import Place
from budgetlint.reporters.jsontext import dump
from budgetlint.results.report import Exit
from budgetlint.results.wording import inside, position
from budgetlint.run.opening import open_session
from budgetlint.workbench.mining.corpus import Corpus
from budgetlint.workbench.mining.relations import Found, Relation, Thresholds, relations_of


def run(options: argparse.Namespace, settings: Settings) -> Exit:
    """List the relations, best supported first; exit code 4 where nothing could be read."""
    session = open_session(settings)
    with tempfile.TemporaryDirectory(prefix="budgetlint-") as folder:
        corpus = Corpus(session, Path(folder), settings.jobs)
        kept = corpus.read(options.paths)
        thresholds = Thresholds(options.support, Decimal(options.agree) / 100)
        found = relations_of(corpus, kept, thresholds, not options.all)
    if options.format == "json":
        dump(_as_data(found), sys.stdout)
    else:
        sys.stdout.writelines(f"{line}\n" for line in _told(found, settings.lang))
    return Exit.CLEAN if kept else Exit.UNREAD


def _told(found: Found, lang: str) -> Iterator[str]:
    en = lang == "en"
    for relation in found.relations:
        yield relation.sentence
        support, against = len(relation.support), len(relation.against)
        yield (
            f"    holds in {support} documents, contradicted in {against}"
            if en
            else f"    {support} 份文本成立，{against} 份不成立"
        )
        for word, places in (
            ("e.g." if en else "例", relation.places),
            ("but" if en else "反例", relation.contradictions),
        ):
            yield from (f"    {word} {_where(place, lang)}" for place in places)
    count = len(found.relations)
    yield (
        f"{count} relations in {found.documents} documents; {found.known} follow from known rules, "
        f"{found.follows} from other relations; these are proposals: read them before they become rules"
        if en
        else f"{found.documents} 份文本，{count} 条关系；另有 {found.known} 条已有规则说到，{found.follows} 条可由其他关系推出。"
        "这些只是建议，看过再写成规则"
    )
    for file in found.unread:
        yield f"not read: {file}" if en else f"没有读成：{file}"


def _where(place: Place, lang: str) -> str:
    return " ".join(part for part in (place.path or "", position(place, lang), inside(place, lang)) if part)


def _as_data(found: Found) -> dict[str, Any]:
    return {
        "documents": found.documents,
        "known": found.known,
        "follows": found.follows,
        "unread": list(found.unread),
        "relations": [_relation(relation) for relation in found.relations],
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "sentence": relation.sentence,
        "support": list(relation.support),
        "against": list(relation.against),
        "places": [_where(place, "zh") for place in relation.places],
        "contradictions": [_where(place, "zh") for place in relation.contradictions],
    }
