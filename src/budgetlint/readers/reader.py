"""What a format reader is: a name, the suffixes it expects, how sure it is of some bytes, and how it reads them."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from budgetlint.document import GridBlock, ParagraphBlock, Source


class Reader(Struct, frozen=True):
    """A format reader, registered through ``register_readers``.

    Attributes:
        name: short format name (``text``, ``docx``), as ``--reader`` takes it.
        suffixes: lower-case file suffixes with their dot; a hint only, the content decides.
        sniff: given the whole content, returns confidence 0.0–1.0 that this reader can read it.
        read: given the path as the user named it and the content, returns the blocks with their places.
            Raises ReadError with a stable BL9xx id where it cannot.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], float]
    read: Callable[[str, bytes], Source]

    def source(self, path: str, content: bytes) -> Source:
        """Read, and see that what comes back are blocks.

        Raises:
            ReadError: as ``read``.
            TypeError: the reader returned something else.
        """
        source = self.read(path, content)
        blocks = source.blocks if isinstance(source, Source) else (source,)
        for block in blocks:
            if not isinstance(block, (ParagraphBlock, GridBlock)):
                raise TypeError(
                    f"a Source of ParagraphBlocks and GridBlocks expected, not {type(block).__name__}"
                )
        return source
