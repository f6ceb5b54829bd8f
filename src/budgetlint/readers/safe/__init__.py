"""Guards around strangers' bytes: archives, XML, compound files, the child process.

Public, for plugins that read formats kept in zip packages of XML: ``Package`` opens an archive under caps of members,
sizes and ratios; ``parse_xml`` parses a part without DOCTYPE, entities, network or endless depth.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from budgetlint.readers.safe.xmlsafe import parse_xml
    from budgetlint.readers.safe.zipsafe import Package

_HOME_OF = {"Package": "zipsafe", "parse_xml": "xmlsafe"}

__all__ = ["Package", "parse_xml"]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
