"""Change and add parts of an Office package; every other part stays as it is, byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from itertools import chain, count
from typing import Any

from budgetlint.readers.safe.xmlsafe import parse_xml
from budgetlint.readers.safe.zipsafe import Package, part_name

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_PART = "[Content_Types].xml"


class Changes:
    """The parts of a package that are changed or new."""

    def __init__(self, path: str, data: bytes) -> None:
        self.package = Package(path, data)
        self._path = path
        self._data = data
        self._trees: dict[str, Any] = {}
        self._added: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.package or name in self._trees or name in self._added

    def tree(self, name: str) -> Any:
        """Return the root element of a part, to be changed in place."""
        name = self.package.stored_name(name)
        if name not in self._trees:
            self._trees[name] = parse_xml(self._path, name, self.package.read(name))
        return self._trees[name]

    def content(self, name: str) -> bytes:
        """Return a part that is no XML for us, with what was written into it before."""
        return self._added[name] if name in self._added else self.package.read(name)

    def write(self, name: str, content: bytes) -> None:
        """Write such a part anew."""
        self._added[name] = content

    def free_name(self, pattern: str) -> str:
        """Return a name no part has, by a pattern with a hole for a number if need be: ``xl/comments{}.xml``."""
        names = (pattern.format(number) for number in chain([""], count(1)))
        return next(name for name in names if name not in self)

    def add(self, name: str, root: Any, content_type: str) -> None:
        """Add a part and declare its content type."""
        from lxml import etree

        self._trees[name] = root
        if _TYPES_PART in self.package:
            said = {"PartName": f"/{name}", "ContentType": content_type}
            etree.SubElement(self.tree(_TYPES_PART), f"{{{_TYPES}}}Override", said)

    def declare_suffix(self, suffix: str, content_type: str) -> None:
        """Declare the content type of all parts with a suffix, where it is not."""
        from lxml import etree

        if _TYPES_PART not in self.package:
            return
        types = self.tree(_TYPES_PART)
        if not any((one.get("Extension") or "").lower() == suffix for one in types):
            types.insert(
                0,
                etree.Element(f"{{{_TYPES}}}Default", {"Extension": suffix, "ContentType": content_type}),
            )

    def related(self, source: str, kind: str, key: str | None = None) -> tuple[str, str] | None:
        """Return the id and the name of a part that a part names by a relation, None where there is none.

        Args:
            source: the part that names.
            kind: the relation's type, or its last step with the slash before (``/styles``).
            key: the relation's id; without, the first of its type.
        """
        name = _relations_of(source)
        if name not in self:
            return None
        for relation in self._trees[name] if name in self._trees else self._read(name):
            target = _target(source, relation)
            fits = str(relation.get("Type")).endswith(kind) and key in (None, relation.get("Id"))
            if fits and target in self:
                return str(relation.get("Id")), target
        return None

    def relate(self, source: str, kind: str, target: str) -> str:
        """Let one part name another and return the relation's id."""
        from lxml import etree

        name = _relations_of(source)
        if name not in self:
            self._trees[name] = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
        relations = self.tree(name)
        taken = {relation.get("Id") for relation in relations}
        key = next(key for key in (f"rIdBudgetlint{number}" for number in count(1)) if key not in taken)
        relative = posixpath.relpath(target, posixpath.dirname(source))
        etree.SubElement(
            relations, f"{{{_RELATIONS}}}Relationship", {"Id": key, "Type": kind, "Target": relative}
        )
        return key

    def packed(self) -> bytes:
        """Return the package with the changes."""
        from lxml import etree

        def text_of(root: Any) -> bytes:
            content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            return content

        changed = {name: text_of(root) for name, root in self._trees.items()} | self._added
        stream = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._data)) as old,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                name = part_name(info)
                if name not in self.package:
                    continue
                content = changed.pop(name) if name in changed else self.package.read(name)
                new.writestr(info, content, zipfile.ZIP_DEFLATED)
            for name, content in changed.items():
                new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return stream.getvalue()

    def _read(self, name: str) -> Any:
        return parse_xml(self._path, name, self.package.read(name))


def _relations_of(part: str) -> str:
    return f"{posixpath.dirname(part)}/_rels/{posixpath.basename(part)}.rels"


def _target(source: str, relation: Any) -> str:
    target = str(relation.get("Target"))
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(f"{posixpath.dirname(source)}/{target}")


def printable(text: str) -> str:
    """Return a text without the characters XML cannot hold."""
    return "".join(char for char in text if (char >= " " or char in "\t\n") and char not in "\ufffe\uffff")
