"""Parse the XML of a document without trusting it: no DOCTYPE, no entities, no network, no endless depth."""

from __future__ import annotations

from typing import Any

from budgetlint.document import ReadError


def parse_xml(path: str, part: str, data: bytes) -> Any:
    """Return the root element of a part.

    Raises:
        ReadError: BL908 where it declares a DOCTYPE, BL904 where it is not well formed or nested too deep.
    """
    from lxml import etree

    if b"<!DOCTYPE" in data[:4096] or "<!DOCTYPE".encode("utf-16-le") in data[:4096]:
        raise ReadError("BL908", path, part=part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("BL904", path, cause=f"{part}: {error}") from None
    if root.getroottree().docinfo.doctype:
        raise ReadError("BL908", path, part=part)
    return root
