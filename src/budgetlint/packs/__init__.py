"""Rule packs: folders of text with a pack.toml that are found, read, checked, cached and selected from."""

from budgetlint.packs.manifest import Manifest, PackError, RulePack

__all__ = ["Manifest", "PackError", "RulePack"]
