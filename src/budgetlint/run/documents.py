"""Makes documents of files: read, structured, classified, put together where several files are one, and named."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.config import Settings
from budgetlint.document import Classification, Document, ReadError, Source
from budgetlint.packs.load import PackSet
from budgetlint.plugins.hints import Hints
from budgetlint.plugins.manager import Brought, Plugins
from budgetlint.readers.safe.isolate import Limits
from budgetlint.run.contents import Contents
from budgetlint.run.examining import internal_error
from budgetlint.run.gather import Input
from budgetlint.run.joining import Piece, merge, piece_of
from budgetlint.run.limited import TimeUp, limited
from budgetlint.run.reading import OFFICE_STARTS, read_content
from budgetlint.run.stages import UNHEARD, Stages


class ReadFile(Struct, frozen=True):
    """A file that was read, or why it was not.

    Where it may be part of a document in several files, ``piece`` is what it shows, ``source`` what was read and
    ``structured`` the document before names were given.
    """

    answer: Document | ReadError
    piece: Piece | None = None
    source: Source | None = None
    structured: Document | None = None


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

    @property
    def longest(self) -> float:
        """So many seconds reading and structuring one file may take at the very most."""
        return OFFICE_STARTS + 4 * self.limits.seconds + self.settings.check_seconds

    def source(self, given: Input) -> Source:
        """Return the blocks of a file.

        Raises:
            ReadError: it cannot be read; BL983 where it is a tree, which has none.
        """
        source = self._blocks(given, Contents(self.limits))
        if isinstance(source, Document):
            raise ReadError("BL983", given.path)
        return source

    def source_of(self, path: str, content: bytes) -> Source:
        """Return the blocks of a file's content.

        Raises:
            ReadError: as ``source``.
        """
        source = self._read(path, content)
        if isinstance(source, Document):
            raise ReadError("BL983", path)
        return source

    def tree(self, source: Source) -> Document:
        """Return the normalised tree of blocks that a reader gave."""
        return self._named(self._structured(source))

    def read(self, number: int, given: Input, contents: Contents, stages: Stages = UNHEARD) -> ReadFile:
        """Read one file, the so-manieth of the run; what goes wrong is its answer."""
        try:
            with stages.stage("read"):
                source = self._blocks(given, contents)
            if isinstance(source, Document):
                return ReadFile(source)
            with limited(self.settings.check_seconds):
                with stages.stage("structure"):
                    document = self._structured(source)
                piece = piece_of(number, document, given.group)
                with stages.stage("name"):
                    named = self._named(document)
            return ReadFile(named, piece, source, document) if piece.partial else ReadFile(named)
        except ReadError as error:
            return ReadFile(error)
        except (Exception, TimeUp) as error:
            return ReadFile(self._misread(given.path, error))

    def merged(self, files: Sequence[ReadFile]) -> ReadFile:
        """Put together the files that make one document, of which the first leads."""
        path = files[0].piece.path if files[0].piece else ""
        try:
            with limited(self.settings.check_seconds):
                pieces = [(one.source, one.structured) for one in files if one.source and one.structured]
                return ReadFile(self.tree(merge(pieces, self.packs.vocabulary_for(None).words)))
        except (Exception, TimeUp) as error:
            return ReadFile(self._misread(path, error))

    def too_long(self, path: str) -> ReadError:
        """Return what is said of a document that took longer than it may (BL991)."""
        return ReadError("BL991", path, seconds=str(self.settings.check_seconds))

    def _blocks(self, given: Input, contents: Contents) -> Source | Document:
        if given.error is not None or given.location is None:
            raise given.error or ReadError("BL980", given.path)
        return self._read(given.path, contents.of(given.location))

    def _read(self, path: str, content: bytes) -> Source | Document:
        settings = self.settings
        return read_content(
            path,
            content,
            self.readers,
            self.plugins.failed,
            settings.reader,
            settings.convert,
            self.limits,
        )

    def _misread(self, path: str, error: BaseException) -> ReadError:
        if isinstance(error, TimeUp):
            return self.too_long(path)
        if isinstance(error, MemoryError):
            return ReadError("BL912", path)
        return ReadError("BL990", path, cause=internal_error(error, self.settings.lang))

    def _structured(self, source: Source) -> Document:
        from budgetlint.normalise import structure

        words = self.packs.vocabulary_for(None).words
        document = structure(source, words)
        known = self._classify(document)
        of_place = self.packs.vocabulary_for(known.region).words
        if of_place.groups != words.groups:
            document = structure(source, of_place)
        return replace(document, classification=known)

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
        told = {"region_by": "指定"} if "region" in said else {}
        return replace(answer or Classification(), **said, **told)
