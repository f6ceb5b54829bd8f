"""The 山东省 province pack of budgetlint: everything it knows stands as text in the folder pack."""

from pathlib import Path

from budgetlint import RulePack, hookimpl


@hookimpl
def register_rule_packs() -> list[RulePack]:
    """Return the 山东省 pack."""
    return [RulePack(Path(__file__).parent / "pack")]
