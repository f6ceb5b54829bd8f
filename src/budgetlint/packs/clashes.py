"""Finds what packs say of tables that cannot be meant: a title two tables claim, an id that is another's misspelt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from budgetlint.language.meant.nearness import edit_distance, nearest
from budgetlint.packs.manifest import Manifest, PackError
from budgetlint.said import Said
from budgetlint.vocabulary import TableTerm, Vocabulary
from budgetlint.vocabulary.titles import clean_title

_SHORTEST = 5
_FILES = ("tables.yaml", "vocabulary.yaml")


def table_errors(
    folder: Path, manifest: Manifest, own: Vocabulary, others: Sequence[tuple[Manifest, Vocabulary]]
) -> Iterator[PackError]:
    """Yield what is wrong with the tables of a pack beside those of packs that may serve the same document.

    Args:
        folder, manifest, own: the pack with what it says itself.
        others: the packs read before it.
    """
    beside = [(m, v) for m, v in others if _may_meet(m.region, manifest.region)]
    known = {id for _, vocabulary in beside for id in vocabulary.tables}
    for table in own.tables.values():
        if table.id not in known and (near := _misspelt(table.id, known)):
            yield _error(
                folder,
                table.id,
                f"没有编号为 {table.id} 的规范表，是不是 {near}？真是另一张表时换一个不相近的编号",
                f"there is no table {table.id}; is it {near}? give a new table an id that is not so near",
            )
        for title in (table.name, *table.aliases):
            for owner, vocabulary in beside:
                other = _claimed(title, table, vocabulary)
                if other is not None:
                    yield _error(
                        folder,
                        title,
                        f"表名“{title}”已经属于规则包 {owner.name} 的 {other.id}（{other.name}）："
                        f"是同一张表就写 id: {other.id}，不是就换一个表名",
                        f"the title {title!r} is already that of {other.id} in the pack {owner.name}: "
                        f"write id: {other.id} if it is the same table, else another title",
                    )


def _misspelt(id: str, known: Collection[str]) -> str:
    """Return the id one sign away in the same family (``b.expens``: b.expense), "" where there is none."""
    family, dot, _ = id.rpartition(".")
    kin = [other for other in known if other.rpartition(".")[0] == family] if dot else list(known)
    near = nearest(id, kin)
    return near if near and edit_distance(id, near) == 1 and len(id) > _SHORTEST else ""


def _claimed(title: str, table: TableTerm, vocabulary: Vocabulary) -> TableTerm | None:
    """Return the other table of a vocabulary that a title names in documents of the same kind."""
    wanted = clean_title(title)
    for other in vocabulary.tables.values():
        kinds = not other.kinds or not table.kinds or set(other.kinds) & set(table.kinds)
        if (
            other.id != table.id
            and kinds
            and wanted in {clean_title(n) for n in (other.name, *other.aliases)}
        ):
            return other
    return None


def _may_meet(one: str | None, other: str | None) -> bool:
    """Tell whether a document may be of both regions."""
    first, second = (region.split("/") if region else [] for region in (one, other))
    shared = min(len(first), len(second))
    return first[:shared] == second[:shared]


def _error(folder: Path, words: str, zh: str, en: str) -> PackError:
    for name in _FILES:
        file = folder / name
        lines = file.read_text(encoding="utf-8-sig").splitlines() if file.is_file() else []
        for number, line in enumerate(lines, 1):
            if words in line:
                return PackError(str(file), number, Said(zh, en))
    return PackError(str(folder), 0, Said(zh, en))
