"""Last year's documents found in last year's store: by unit, kind and year instead of by file."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from budgetlint.bureau.identity import Hashes
from budgetlint.bureau.lists.stored import Stored, StoredDocument, stored_documents
from budgetlint.bureau.query import connected
from budgetlint.bureau.store import Store, open_store
from budgetlint.checking.engine.evaluate import fitting
from budgetlint.config import Settings
from budgetlint.document import Classification, Document
from budgetlint.results.report import Exit, Problem
from budgetlint.run.contents import Location
from budgetlint.run.gather import Input
from budgetlint.run.keeping import Earlier


class StoredEarlier(Earlier):
    """The documents of a store as what others are compared with.

    ``problems`` gets what is said of documents that are there and cannot be used.
    """

    def __init__(self, store: Store, language: str) -> None:
        with connected(store) as connection:
            self._stored = Stored([one for one in stored_documents(connection).documents if one.read])
            self._read_from = dict(connection.execute("SELECT document, files FROM documents").fetchall())
        self._hashes = Hashes()
        self._english = language == "en"
        self.problems: list[Problem] = []

    def of(self, document: Document) -> Sequence[Input]:
        """Return the files of the documents a document is compared with.

        Of several for one kind and year none is taken, and of files that changed since they were checked neither:
        both are problems.
        """
        known = document.classification
        name = known.unit or known.department
        found, _ = self._stored.of(name) if name else ((), False)
        by_role: dict[tuple[str, int | None], list[StoredDocument]] = {}
        for one in found:
            if fitting(_as_document(one), document):
                by_role.setdefault((one.kind, one.year), []).append(one)
        taken: list[Input] = []
        for (kind, year), several in by_role.items():
            if len({one.content for one in several}) > 1:
                self._say(
                    document,
                    f"上年的结果库里有 {len(several)} 份 {year}年度{kind}（{'、'.join(one.path for one in several)}），"
                    "不知道该用哪一份，没有对照；请用 --previous 指定",
                    f"the earlier store has {len(several)} documents {year} {kind} "
                    f"({', '.join(one.path for one in several)}); which is meant is not told, none was compared: "
                    "name one with --previous",
                )
                continue
            taken += self._files(several[0], document)
        return taken

    def _files(self, one: StoredDocument, document: Document) -> list[Input]:
        taken = []
        for file in self._read_from[one.document]:
            path, *members = file["path"].split("!")
            given = Input(file["path"], Location(path, tuple(members)), group=posixpath.dirname(path))
            if self._hashes.of(given).sha256 != file["sha256"]:
                self._say(
                    document,
                    f"上年的文本 {given.path} 已不在原处，或核对之后改过，没有对照；请放回原处，或用 --previous 指定",
                    f"the earlier document {given.path} is not where it was, or was changed since: not compared; "
                    "put it back, or name it with --previous",
                )
                return []
            taken.append(given)
        return taken

    def _say(self, document: Document, zh: str, en: str) -> None:
        self.problems.append(Problem(document.source, en if self._english else zh, Exit.UNREAD))


def earlier_of(settings: Settings) -> StoredEarlier | None:
    """Return what ``--previous-store`` names, open; None where it names nothing.

    Raises:
        StoreError: it is no store.
    """
    if settings.previous_store is None:
        return None
    return StoredEarlier(open_store(settings.previous_store), settings.lang)


def _as_document(one: StoredDocument) -> Document:
    return Document(one.path, classification=Classification(kind=one.kind, year=one.year))
