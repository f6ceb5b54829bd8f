"""Take the layers of a pdf that are off out of it (ISO 32000-1, 8.11: optional content is then neither shown nor printed)."""

from __future__ import annotations

from typing import Any

#: Forms within forms, and expressions within expressions, this deep at most.
DEEPEST = 6


def inherited(page: Any, key: str) -> Any:
    """Return what a page says, or the nodes above it (7.7.3.4); an empty dictionary where none does."""
    for _ in range(50):
        if page is None or key in page:
            break
        page = page.get("/Parent")
    return page.get(key, {}) if page is not None else {}


class Layers:
    """The groups of optional content that are off, and what belongs to them."""

    def __init__(self, pikepdf: Any, document: Any) -> None:
        self._pikepdf = pikepdf
        self._document = document
        properties = document.Root.get("/OCProperties")
        config = properties.get("/D", {}) if properties is not None else {}
        groups = {group.objgen for group in (properties or {}).get("/OCGs", ())}
        off = {group.objgen for group in config.get("/OFF", ())}
        if str(config.get("/BaseState", "/ON")) == "/OFF":
            off |= groups - {group.objgen for group in config.get("/ON", ())}
        for said in config.get("/AS", ()):
            if str(said.get("/Event", "")) == "/View":
                off = self._by_usage(said, off)
        self._off = off
        self._seen: set[tuple[int, int]] = set()

    @property
    def any_hidden(self) -> bool:
        """Whether any group is off."""
        return bool(self._off)

    @staticmethod
    def _by_usage(said: Any, off: set[tuple[int, int]]) -> set[tuple[int, int]]:
        """Return the groups that are off once those of a usage have taken the state it gives them (8.11.4.5)."""
        off = set(off)
        for group in said.get("/OCGs", ()):
            for category in said.get("/Category", ()):
                name = str(category)
                state = group.get("/Usage", {}).get(name, {}).get(f"{name}State")
                if state is not None:
                    (off.add if str(state) == "/OFF" else off.discard)(group.objgen)
        return off

    def strip(self) -> bool:
        """Take what is not shown out of all pages; tell whether anything was."""
        changed = [self._of_page(page.obj) for page in self._document.pages]
        return any(changed)

    def _hides(self, group: Any) -> bool:
        """Tell whether a group, or what a membership says of its groups (8.11.2.2), is off."""
        if group is None:
            return False
        if str(group.get("/Type", "")) != "/OCMD":
            return group.objgen in self._off
        if "/VE" in group:
            return not self._holds(group["/VE"], 0)
        held = group.get("/OCGs", ())
        members = list(held) if isinstance(held, self._pikepdf.Array) else [held]
        off = [one.objgen in self._off for one in members]
        if not off:
            return False
        policy = str(group.get("/P", "/AnyOn"))
        shown = {"/AllOn": not any(off), "/AnyOff": any(off), "/AllOff": all(off)}.get(policy, not all(off))
        return not shown

    def _holds(self, expression: Any, depth: int) -> bool:
        """Tell whether a visibility expression holds: a group that is on, or And, Or, Not of others."""
        if not isinstance(expression, self._pikepdf.Array):
            return expression.objgen not in self._off
        if depth > DEEPEST or not len(expression):
            return True
        held = [self._holds(one, depth + 1) for one in list(expression)[1:]]
        word = str(expression[0])
        return not any(held) if word == "/Not" else any(held) if word == "/Or" else all(held)

    def _of_page(self, page: Any) -> bool:
        changed = self._of_content(page, page, inherited(page, "/Resources"), 0)
        annotations = page.get("/Annots")
        if annotations is not None:
            kept = [one for one in annotations if not self._hides(one.get("/OC"))]
            if len(kept) < len(annotations):
                page["/Annots"] = self._pikepdf.Array(kept)
                changed = True
        return changed

    def _of_content(self, holder: Any, content: Any, resources: Any, depth: int) -> bool:
        """Strip a page or a form: the content of hidden groups, and drawings that belong to one."""
        names = {name for name, group in resources.get("/Properties", {}).items() if self._hides(group)}
        drawings = resources.get("/XObject", {})
        drawn = {name for name, item in drawings.items() if self._hides(item.get("/OC"))}
        changed = False
        if names or drawn:
            kept = self._kept(content, names, drawn)
            if holder is content and "/Contents" in holder:
                holder["/Contents"] = self._document.make_stream(kept)
            else:
                content.write(kept)
            changed = True
        for item in drawings.values() if depth < DEEPEST else ():
            if str(item.get("/Subtype", "")) == "/Form" and item.objgen not in self._seen:
                self._seen.add(item.objgen)
                changed = (
                    self._of_content(item, item, item.get("/Resources", resources), depth + 1) or changed
                )
        return changed

    def _kept(self, content: Any, names: set[str], drawn: set[str]) -> bytes:
        kept: list[Any] = []
        depth = 0
        for operands, operator in self._pikepdf.parse_content_stream(content):
            word = str(operator)
            if depth:
                depth += (word in ("BDC", "BMC")) - (word == "EMC")
                continue
            if word == "BDC" and str(operands[0]) == "/OC" and str(operands[1]) in names:
                depth = 1
            elif not (word == "Do" and str(operands[0]) in drawn):
                kept.append((operands, operator))
        return bytes(self._pikepdf.unparse_content_stream(kept))
