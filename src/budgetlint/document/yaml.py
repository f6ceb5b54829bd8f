"""The YAML form of the tree, both ways: fixtures, bug reports and diffs are written in it."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import Any

from budgetlint.document.blocks import ReadError
from budgetlint.document.plain import PlainError, from_data, to_data
from budgetlint.document.tree import Document

_HEAD = "budgetlint-document"
_VERSION = 1
#: Texts that need no quotes, whatever stands beside them; the emitter still quotes those that look like numbers.
_PLAIN = re.compile(r"[\w（）“”、。，；：《》]+")


def dump_document(document: Document) -> str:
    """Return a document as YAML text."""
    stream = io.StringIO()
    _yaml().dump({_HEAD: _VERSION, **to_data(document)}, stream)
    return stream.getvalue()


def load_document(text: str, path: str = "") -> Document:
    """Return the document that YAML text describes.

    Args:
        text: what :func:`dump_document` wrote, or a person by hand.
        path: the file it came from; it becomes the document's source where the text names none.

    Raises:
        ReadError: BL987, the text is no YAML or describes no document.
    """
    from ruamel.yaml.error import YAMLError

    try:
        data = _yaml().load(text)
    except YAMLError as error:
        raise ReadError("BL987", path, cause=str(error).replace("\n", " ")) from error
    if not isinstance(data, dict) or data.pop(_HEAD, None) != _VERSION:
        raise ReadError("BL987", path, cause=f"{_HEAD}: {_VERSION}")
    try:
        return from_data({"source": path, **data}, Document)
    except PlainError as error:
        raise ReadError("BL987", path, cause=str(error)) from error


@lru_cache(maxsize=1)
def _representer() -> Any:
    """Return a representer that quotes every text YAML might take for something else.

    The emitter of ruamel.yaml leaves some plain that its own parser then reads as keys or errors (``?0`` in a flow).
    """
    from ruamel.yaml.representer import SafeRepresenter

    class Quoting(SafeRepresenter):
        def represent_text(self, text: str) -> Any:
            style = None if _PLAIN.fullmatch(text) else '"'
            return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    Quoting.add_representer(str, Quoting.represent_text)
    return Quoting


def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.Representer = _representer()
    yaml.allow_unicode = True
    yaml.default_flow_style = None
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.width = 110
    return yaml
