"""What every example of the bundled rules and every example document is known by: texts of keys, and fingerprints.

Waivers name findings by these, so they must outlive a change of the code. ``python -m tests.checking.fingerprints``
writes tests/fixtures/fingerprints.json anew where a rule or a document was changed on purpose.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import budgetlint
from budgetlint.checking.judging.diagnose import diagnose
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.config import Settings
from budgetlint.miniature import miniature
from budgetlint.results.findings import Outcome
from budgetlint.run.examples import run_pack, vocabulary_of
from budgetlint.run.opening import open_session

FOLDER = Path(__file__).parents[2]
KEPT = FOLDER / "tests" / "fixtures" / "fingerprints.json"
#: Where in a file a part of a rule stands says nothing of what it means, nor do fields of nodes that came later.
_SPAN = re.compile(r"Span\(.*?\)|, numbered=False")
DOCUMENTS = sorted((FOLDER / "examples" / "text").glob("*有错*.txt"))


def digest(*parts: object) -> str:
    """Return some hex digits that tell texts apart."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:10]


def of_rules() -> Iterator[tuple[str, str]]:
    """Yield for every example of a rule what it and its rule say, and what its outcomes and findings are known by."""
    session = open_session(Settings())
    for pack in session.packs.packs:
        vocabulary = vocabulary_of(session.packs, pack)
        for result in run_pack(session.packs, pack, session.functions):
            rule = result.rule
            bundle = miniature(rule, result.example, vocabulary, pack.manifest.region)
            findings = diagnose(Ledger(result.outcomes), {rule.id: rule}, bundle.document)
            said = digest(rule.id, *(_SPAN.sub("", repr(part)) for part in (rule.checks, result.example)))
            yield said, digest(*map(_key, result.outcomes), *sorted(f.fingerprint for f in findings))


def _key(outcome: Outcome) -> str:
    facts = [str(operand.fact) for operand in outcome.operands]
    return "\x1e".join((str(outcome.instance), str(outcome.cause), *facts))


def of_documents() -> Iterator[tuple[str, list[str]]]:
    """Yield the fingerprints of every example document by its name."""
    for path in DOCUMENTS:
        (document,) = budgetlint.check(path).documents
        yield path.name, sorted(finding.fingerprint for finding in document.findings)


def main() -> None:
    """Write the fixture."""
    kept = {"rules": dict(of_rules()), "documents": dict(of_documents())}
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
