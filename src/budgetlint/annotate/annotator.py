"""What an annotator is: the name of a format, and how a copy of a file of it gets its marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from budgetlint.annotate.marks import Mark
from budgetlint.document import Source


class Annotator(Struct, frozen=True):
    """Marks findings in copies of one format, registered through ``register_annotators``.

    Attributes:
        name: of the reader whose files it marks (``docx``, ``ofd``).
        write: given the path as the user named it, the file's content, the marks and a function that reads the file,
            returns the content of the marked copy; everything that is not a mark stays as it was. Raises ReadError
            where the file cannot be marked.
    """

    name: str
    write: Callable[[str, bytes, Sequence[Mark], Callable[[], Source]], bytes]

    def copy(self, path: str, content: bytes, marks: Sequence[Mark], read: Callable[[], Source]) -> bytes:
        """Write, and see that what comes back is a file's content.

        Raises:
            ReadError: as ``write``.
            TypeError: the annotator returned something else.
        """
        marked = self.write(path, content, marks, read)
        if not isinstance(marked, bytes):
            raise TypeError(f"bytes expected, not {type(marked).__name__}")
        return marked
