"""Sorts what an example says: which value goes into which document, table, section or fact."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from budgetlint.language.compile import compile_rule
from budgetlint.language.syntax import (
    Binding,
    ColumnRef,
    EachItem,
    EachMention,
    EachParagraph,
    EachRow,
    EachTable,
    Example,
    Label,
    OtherDocument,
    Ref,
    RowChoice,
    Rule,
    SectionRef,
    TableRef,
    Text,
)
from budgetlint.language.walk import nodes
from budgetlint.miniature.tables import (
    CODE_COLUMN,
    COLUMN,
    COLUMN_NUMBER,
    ROW,
    ROW_NUMBER,
    Sheet,
    printed_value,
)
from budgetlint.vocabulary import Vocabulary

_CODE = "208"
_FACTS = frozenset({"标题", "标题年度", "年度", "公开类型", "地区", "部门名称", "单位名称", "范围"})


class Draft(Struct):
    """What an example says of one document, sorted by where it goes.

    ``texts`` and ``figures`` are by section, ``properties`` those of the mention or item a quantifier is at.
    """

    sheets: dict[str, Sheet] = field(default_factory=dict)
    texts: dict[SectionRef, list[str]] = field(default_factory=dict)
    figures: dict[SectionRef, list[Binding]] = field(default_factory=dict)
    properties: dict[str, Binding] = field(default_factory=dict)
    facts: dict[str, Binding] = field(default_factory=dict)


def sort_bindings(rule: Rule, example: Example, vocabulary: Vocabulary) -> dict[OtherDocument | None, Draft]:
    """Return a draft for every document an example speaks of; None is the one that is checked."""
    return _Sorter(rule, example, vocabulary).drafts


class _Sorter:
    def __init__(self, rule: Rule, example: Example, vocabulary: Vocabulary) -> None:
        self.drafts: dict[OtherDocument | None, Draft] = {None: Draft()}
        self._example = example
        self._vocabulary = vocabulary
        self._quantifier = rule.checks[0].quantifier
        self._tables = _tables_of(rule)
        self._last: Ref | None = None
        self._lets = {let.name: let.value for let in rule.lets}
        self._section_of = dict(_sections_of_items(rule))
        for binding in example.bindings:
            self._place(self._resolved(binding))

    def _resolved(self, binding: Binding) -> Binding:
        name = binding.target.bare
        meant = self._lets.get(name.text) if name is not None else None
        return replace(binding, target=meant) if isinstance(meant, Ref) else binding

    def _place(self, binding: Binding) -> None:
        ref = binding.target
        draft = self.drafts.setdefault(ref.document, Draft())
        quantifier = self._quantifier
        if ref.section is not None or (ref.paragraph and isinstance(quantifier, EachParagraph | EachMention)):
            self._place_in_section(draft, ref.section or getattr(quantifier, "section", None), binding)
        elif ref.table is not None or ref.row is not None or ref.column is not None:
            self._place_in_table(draft, binding)
        elif ref.item is not None:
            self._place_item(draft, ref.item.text, binding)
        if ref.section is not None or ref.table is not None:
            self._last = ref

    def _place_item(self, draft: Draft, item: str, binding: Binding) -> None:
        quantifier = self._quantifier
        if item in _FACTS:
            draft.facts[item] = binding
            return None
        if isinstance(quantifier, EachRow):
            return self._place_in_table(draft, replace(binding, target=Ref(column=_column(item))))
        if isinstance(quantifier, EachTable):
            for sheet in self._sheets(draft, binding.target):
                _put_fact(sheet, item, binding)
            return None
        if isinstance(quantifier, EachMention | EachItem):
            draft.properties[item] = binding
            return None
        near = self._last
        if near is not None and near.table is not None:
            where = replace(near, column=_column(item) if near.row else None, row=near.row)
            return self._place_in_table(draft, replace(binding, target=where))
        section = near.section if near is not None else self._section_of.get(item)
        if section is not None:
            self._place_in_section(draft, section, binding)
            return None
        draft.facts[item] = binding
        return None

    @staticmethod
    def _place_in_section(draft: Draft, section: SectionRef | None, binding: Binding) -> None:
        where = section or SectionRef()
        target = binding.target
        if target.item is None and not target.total:
            draft.texts.setdefault(where, []).append(printed_value(binding))
        else:
            draft.figures.setdefault(where, []).append(binding)

    def _place_in_table(self, draft: Draft, binding: Binding) -> None:
        ref = binding.target
        column = ref.column.label if ref.column is not None else ref.item
        for sheet in self._sheets(draft, ref):
            if ref.row is None and ref.column is None and ref.item is None and not ref.total:
                sheet.note = printed_value(binding)
            else:
                head = column.called(COLUMN_NUMBER) if column else COLUMN
                sheet.put(self._row_label(ref, sheet), head, binding)

    def _row_label(self, ref: Ref, sheet: Sheet) -> str:
        if ref.row is None or ref.row.choice is RowChoice.SAME:
            return "合计" if ref.total or self._speaks_of_whole(ref, sheet) else ROW
        if ref.row.choice is RowChoice.CHILDREN:
            sheet.children += 1
            code = f"{_CODE}{sheet.children:02}"
            self._put_code(sheet, ROW, _CODE)
            self._put_code(sheet, code, code)
            return code
        assert ref.row.label is not None
        label = ref.row.label.called(ROW_NUMBER)
        if label.isdigit() and len(label) >= 3:
            self._put_code(sheet, label, label)
        return label

    def _speaks_of_whole(self, ref: Ref, sheet: Sheet) -> bool:
        """Say whether a value without a row belongs to the table's total rather than to its only row."""
        quantified = isinstance(self._quantifier, EachRow) and ref.table is None
        others = any(
            binding.target.table == ref.table and binding.target.row is not None and ref.row is None
            for binding in self._example.bindings
        )
        return others and not quantified

    @staticmethod
    def _put_code(sheet: Sheet, row: str, code: str) -> None:
        if CODE_COLUMN not in sheet.rows.get(row, {}):
            sheet.put(row, CODE_COLUMN, Binding(Ref(), Text(code)))

    def _sheets(self, draft: Draft, ref: Ref) -> list[Sheet]:
        """Return the table a value is for: the one it names, else every one that a check of the rule ranges over."""
        tables = (ref.table,) if ref.table is not None else self._tables
        return [draft.sheets.setdefault(title, Sheet(title)) for title in map(self._title, tables)]

    def _title(self, table: TableRef) -> str:
        if table.label is None:
            return "示例表"
        term = None if table.label.printed else self._vocabulary.table_named(table.label.text)
        return term.name if term is not None else table.label.text


def _put_fact(sheet: Sheet, name: str, binding: Binding) -> None:
    """Write what an example says of a table as a whole: its title, else a field of its head."""
    if name == "表题":
        sheet.title = printed_value(binding)
    else:
        sheet.facts[name] = binding


def _tables_of(rule: Rule) -> tuple[TableRef, ...]:
    """Return the tables the rule's checks range over; one without a name where they range over none."""
    quantifiers = (check.quantifier for check in rule.checks)
    ranged = [q.table for q in quantifiers if isinstance(q, EachRow | EachTable)]
    return tuple(dict.fromkeys(ranged)) or (TableRef(None),)


def _column(label: str) -> ColumnRef:
    return ColumnRef(Label(label))


def _sections_of_items(rule: Rule) -> Iterator[tuple[str, SectionRef]]:
    """Yield the sections in which a rule's own text reads its bare names."""
    for plan in compile_rule(rule).plans:
        for node in nodes(plan.body):
            if isinstance(node, Ref) and node.item is not None and node.section is not None:
                yield node.item.text, node.section
