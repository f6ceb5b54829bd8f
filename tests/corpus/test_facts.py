"""The figures that a careful auditor noted in the prose of real documents are found as mentions."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from budgetlint.document import Classification, Document, Mention, Paragraph, Section
from budgetlint.document.text import squeeze
from budgetlint.normalise.prose.mentions import add_mentions
from budgetlint.vocabulary import Vocabulary, load_folder

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
GOLD = sorted((SHARED / "gold").glob("*.json"))

_HEADING = re.compile(r"^(?:\[[^\]]*\])?[一二三四五六七八九十]+、\s*\S{2,40}$")
_NUMBERED = re.compile(r"^(?:\d+[.、]|[（(][一二三四五六七八九十\d]+[)）]|-)")
#: Words by which the gold says which figure of a concept it means.
_ROLE_WORDS = re.compile(r"(?:年初预算|预算|决算|合计|下限|支出)$")


def prose_of(path: Path) -> tuple[Section, ...]:
    """Cut a text into sections of paragraphs, good enough to read prose without the structural normaliser."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        text = line.strip()
        if not text or "\t" in line.rstrip("\n"):
            continue
        paragraphs = sections[-1][1]
        if _HEADING.match(text):
            sections.append((text.split("、", 1)[1], []))
        elif paragraphs and not re.search("[。：:；]$", paragraphs[-1]) and len(paragraphs[-1]) > 60:
            paragraphs[-1] += text
        else:
            paragraphs.append(text)
    return tuple(
        Section("", title, 1, part="explanation", paragraphs=tuple(map(Paragraph, paragraphs)))
        for title, paragraphs in sections
    )


def variants(subject: str, vocabulary: Vocabulary) -> set[str]:
    """Return what a mention of the gold's subject may be called."""
    names = {squeeze(subject), squeeze(subject).replace("(类)", "")}
    while True:
        shorter = {_ROLE_WORDS.sub("", name) for name in names} - {""}
        if shorter <= names:
            break
        names |= shorter
    terms = [vocabulary.concept_said(name) for name in names]
    both = [name.replace("收支", side) for name in names for side in ("收入", "支出") if "收支" in name]
    return names | {squeeze(term.name) for term in terms if term} | set(both)


def means(mention: Mention, names: set[str], vocabulary: Vocabulary) -> bool:
    concept, subject = squeeze(mention.concept), squeeze(mention.subject)
    return any(
        name == concept or name in subject.split("/") or (len(name) > 3 and name in concept) for name in names
    )


@pytest.mark.corpus
@pytest.mark.skipif(not GOLD, reason="the shared corpus is not here")
@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_facts_of_the_prose_are_found(gold: Path) -> None:
    vocabulary = load_folder(ROOT / "rules" / "national")
    final = "final" in gold.stem
    year = int(re.search(r"20\d\d", gold.stem).group())  # type: ignore[union-attr]
    sections = prose_of(SHARED / "corpus" / f"{gold.stem}.txt")
    kind = "部门决算" if final else "部门预算"
    document = Document(
        gold.stem, classification=Classification(kind, year), root=Section("", "", 0, sections=sections)
    )
    paragraphs = [p for s in add_mentions(document, vocabulary).sections() for p in s.paragraphs]
    printed = [squeeze(p.text).replace("*", "") for p in paragraphs]
    asked = found = 0
    for fact in json.loads(gold.read_text(encoding="utf-8"))["facts"]:
        quote = squeeze(re.sub(r"（[一二三四五六七八九十]、[^）]*）$", "", fact["quote"]))
        here = [n for n, text in enumerate(printed) if quote in text]
        if not here and fact["table"].startswith(("项目单位自评表", "第五部分")):
            continue
        asked += 1
        names = variants(fact["subject"], vocabulary)
        value = Decimal(fact["value"].replace(",", ""))
        mentions = [m for n in here for m in paragraphs[n].mentions]
        if any(
            abs(m.amount.value) == value * m.amount.factor
            and m.amount.unit == fact["unit"]
            and means(m, names, vocabulary)
            for m in mentions
        ):
            found += 1
        else:
            heard = [(m.concept, m.text) for m in mentions if abs(m.amount.value) == value * m.amount.factor]
            print(f"miss\t{fact['quote']}\t{fact['subject']}\t{fact['value']}{fact['unit']}\t{heard}")
    print(f"{gold.stem}: {found} of {asked} facts found")
    assert asked >= 15
    assert found >= Decimal("0.95") * asked
