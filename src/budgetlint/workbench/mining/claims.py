"""What may be claimed of documents, each kind with its sentence in the rule language."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct


class Across(Struct, frozen=True):
    """In every row of a table a column is the sum of others."""

    table: str
    whole: str
    parts: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The claim as a rule says it."""
        return f"对 表 {self.table} 的 每一行，检查 {self.whole} 应等于 {' 加 '.join(self.parts)}"


class Below(Struct, frozen=True):
    """Every amount of a table is the sum of those below it."""

    table: str
    parts: tuple[str, ...] = ("下级科目",)

    @property
    def sentence(self) -> str:
        """The claim as a rule says it."""
        return f"对 表 {self.table} 的 每一行 的 每一金额列，检查 本列 应等于 求和（下级科目 本列）"


class Like(Struct, frozen=True):
    """Rows of one code in two tables print the same figure, or one never more than the other."""

    table: str
    left: str
    other: str
    right: str
    equal: bool = True

    @property
    def parts(self) -> tuple[str, ...]:
        """What must print something."""
        return (self.left, self.right)

    @property
    def sentence(self) -> str:
        """The claim as a rule says it."""
        relation = "应等于" if self.equal else "应不超过"
        return (
            f"对 表 {self.table} 的 每一行，当 列 科目编码 存在 时，"
            f"检查 {self.left} {relation} 表 {self.other} 对应行 {self.right}"
        )


class Cells(Struct, frozen=True):
    """One figure, of a table or of prose, is another one, or the sum of others."""

    whole: str
    parts: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The claim as a rule says it."""
        return f"检查 {self.whole} 应等于 {' 加 '.join(self.parts)}"


Claim: TypeAlias = "Across | Below | Like | Cells"
