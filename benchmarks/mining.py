"""Which national sums and ties of tables ``mine`` proposes again, with the rules hidden, and how long a corpus takes.

    uv run python benchmarks/mining.py FOLDER… [--jobs 2] [--rules CN2,CN3] [--clean examples/text]

A check counts where it holds in five or more instances of the corpus. It is proposed again where at least half of these
tie the cells that some proposal ties, or follow from proposals. Prints both lists, the proposals that fail in a clean
example, and the seconds taken.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Hashable
from pathlib import Path

from budgetlint.checking.case import Case
from budgetlint.checking.kernels.deciding import ledger_of
from budgetlint.config import Settings
from budgetlint.language.compile import compile_rule
from budgetlint.language.reading import read_sentence
from budgetlint.packs.select import select_rules
from budgetlint.results.findings import Verdict
from budgetlint.run.opening import open_session
from budgetlint.run.session import Session
from budgetlint.workbench.mining.corpus import Corpus, Kept
from budgetlint.workbench.mining.relations import Thresholds, relations_of, tie_of
from budgetlint.workbench.mining.span import Span

FEWEST = 5
AGREES = (Verdict.HOLDS, Verdict.ROUNDS)


def compared(
    session: Session, task: tuple[Kept, tuple[str, ...], tuple[str, ...]]
) -> Counter[tuple[str, str]]:
    """Return by check how many instances a document has, ties by the same cells, and by what follows."""
    kept, sentences, letters = task
    document = kept.document()
    vocabulary = session.packs.vocabulary_for(document.classification.region)
    case = Case(document)
    proposed = [compile_rule(read_sentence(s, session.packs.vocabulary_of_all())) for s in sentences]
    cells: set[frozenset[Hashable]] = set()
    span = Span()
    for outcome in ledger_of(proposed, case, vocabulary, session.functions).everything():
        if outcome.verdict in AGREES:
            linear, tied = tie_of(outcome)
            cells.add(tied)
            if linear:
                span.add(linear)
    rules = [
        compile_rule(rule)
        for rule in select_rules(session.packs, document, session.choice)
        if rule.id.startswith(letters)
    ]
    counts: Counter[tuple[str, str]] = Counter()
    for outcome in ledger_of(rules, case, vocabulary, session.functions).everything():
        linear, tied = tie_of(outcome)
        if outcome.verdict in AGREES and tied:
            check = f"{outcome.rule}.{outcome.check}" if outcome.check else outcome.rule
            counts[check, "held"] += 1
            counts[check, "same"] += tied in cells
            counts[check, "again"] += tied in cells or bool(linear and span.follows(linear))
    return counts


def main() -> None:
    """Print the two lists."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rules", default="CN2,CN3")
    parser.add_argument("--clean", nargs="*", default=[])
    options = parser.parse_args()
    session = open_session(Settings())
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(session, Path(folder), options.jobs)
        began = time.monotonic()
        kept = corpus.read(options.paths)
        read = time.monotonic() - began
        found = relations_of(corpus, kept, Thresholds(), known_rules=False)
        mined = time.monotonic() - began - read
        print(
            f"{len(kept)} documents: reading {read:.0f} s, mining {mined:.0f} s; {len(found.relations)} relations"
        )
        sentences = tuple(relation.sentence for relation in found.relations)
        letters = tuple(options.rules.split(","))
        total: Counter[tuple[str, str]] = Counter()
        for counts in corpus.each(compared, [(one, sentences, letters) for one in kept]):
            total += counts
        lists: dict[bool, list[str]] = defaultdict(list)
        for (check, kind), held in sorted(total.items()):
            if kind == "held" and held >= FEWEST:
                again = total[check, "again"]
                lists[2 * again >= held].append(
                    f"{check}: {held} instances, {total[check, 'same']} by the same cells, {again} again"
                )
        for told, again in (("proposed again", True), ("not proposed again", False)):
            print(f"\n{told}: {len(lists[again])}")
            print("\n".join(f"  {line}" for line in lists[again]))
        wrong = failing(session, sentences, options.clean)
        print(f"\nfail in a clean example: {len(wrong)}")
        print("\n".join(f"  {line}" for line in wrong))


def failing(session: Session, sentences: tuple[str, ...], clean: list[str]) -> list[str]:
    """Return the sentences that fail in some document, each with it."""
    rules = {s: compile_rule(read_sentence(s, session.packs.vocabulary_of_all())) for s in sentences}
    found = []
    for path in clean:
        document = session.read(path)
        vocabulary = session.packs.vocabulary_for(document.classification.region)
        for sentence, rule in rules.items():
            outcomes = ledger_of([rule], Case(document), vocabulary, session.functions).outcomes
            if any(outcome.verdict is Verdict.FAILS for outcome in outcomes):
                found.append(f"{sentence}  {path}")
    return found


if __name__ == "__main__":
    main()
