"""Makes documents of files: read, structured, classified, put together where several files are one, and named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.config import Settings
from budgetlint.document import Classification, Document, ReadError, Source
from budgetlint.packs.load import PackSet
from budgetlint.plugins.hints import Hints
from budgetlint.plugins.manager import Brought, Plugins
from budgetlint.readers.safe.isolate import Limits
from budgetlint.run.examining import internal_error
from budgetlint.run.gather import Input
from budgetlint.run.joining import Piece, joined, merge
from budgetlint.run.reading import read_input


class ReadFile(Struct, frozen=True):
    """A file that was read, or why it was not; ``piece`` where it may be part of a document in several files."""

    path: str
    group: str
    answer: Document | ReadError
    piece: Piece | None = None


class Whole(Struct, frozen=True):
    """A document with the files it was read from, or a file that could not be read; ``group`` is their folder."""

    files: tuple[str, ...]
    group: str
    answer: Document | ReadError


class Documents(Struct, frozen=True):
    """What reading takes: the settings, what plugins bring, and the vocabulary of the packs."""

    settings: Settings
    plugins: Plugins
    packs: PackSet
    readers: Sequence[Brought]

    @property
    def limits(self) -> Limits:
        """What reading one file may take."""
        return Limits(self.settings.read_megabytes, float(self.settings.read_seconds))

    def source(self, given: Input) -> Source:
        """Return the blocks of a file.

        Raises:
            ReadError: it cannot be read; BL983 where it is a tree, which has none.
        """
        source = self._blocks(given)
        if isinstance(source, Document):
            raise ReadError("BL983", given.path)
        return source

    def tree(self, source: Source) -> Document:
        """Return the normalised tree of blocks that a reader gave."""
        return self._named(self._structured(source))

    def read(self, given: Input) -> ReadFile:
        """Read one file; what goes wrong is its answer."""
        try:
            source = self._blocks(given)
            if isinstance(source, Document):
                return ReadFile(given.path, given.group, source)
            document = self._structured(source)
            piece = Piece(source, document, given.group)
            return ReadFile(given.path, given.group, self._named(document), piece if piece.partial else None)
        except ReadError as error:
            return ReadFile(given.path, given.group, error)
        except Exception as error:
            return ReadFile(given.path, given.group, self._misread(given.path, error))

    def wholes(self, read: Iterable[ReadFile]) -> list[Whole]:
        """Put together the files that make one document, each document where its first file stands."""
        read = tuple(read)
        sets = {id(pieces[0]): pieces for pieces in joined([one.piece for one in read if one.piece])}
        wholes = []
        for one in read:
            if one.piece is None:
                wholes.append(Whole((one.path,), one.group, one.answer))
            elif pieces := sets.get(id(one.piece)):
                answer = self._merged(pieces) if len(pieces) > 1 else one.answer
                wholes.append(Whole(tuple(piece.source.path for piece in pieces), one.group, answer))
        return wholes

    def _blocks(self, given: Input) -> Source | Document:
        settings = self.settings
        return read_input(
            given, self.readers, self.plugins.failed, settings.reader, settings.convert, self.limits
        )

    def _merged(self, pieces: Sequence[Piece]) -> Document | ReadError:
        try:
            return self.tree(merge(pieces))
        except Exception as error:
            return self._misread(pieces[0].source.path, error)

    def _misread(self, path: str, error: Exception) -> ReadError:
        return ReadError("BL990", path, cause=internal_error(error, self.settings.lang))

    def _structured(self, source: Source) -> Document:
        from budgetlint.normalise import structure

        document = structure(source)
        return replace(document, classification=self._classify(document))

    def _named(self, document: Document) -> Document:
        from budgetlint.normalise import name

        return name(document, self.packs.vocabulary_for(document.classification.region))

    def _classify(self, document: Document) -> Classification:
        said = {
            key: value
            for key in ("kind", "year", "region")
            if (value := getattr(self.settings, key)) is not None
        }
        vocabulary = self.packs.vocabulary_for(None)
        vocabulary = replace(vocabulary, lists={**vocabulary.lists, "regions": self.packs.places})
        answer = self.plugins.first(
            "classify_document", Classification, document=document, hints=Hints(vocabulary, **said)
        )
        return replace(answer or Classification(), **said)
