"""Builds the miniature documents that a rule's examples describe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from budgetlint.document import (
    Bundle,
    Classification,
    ContentsItem,
    Document,
    Mention,
    MentionRole,
    Paragraph,
    Pattern,
    Place,
    Section,
)
from budgetlint.document.amount import amount_of
from budgetlint.language.compile import compile_rule
from budgetlint.language.syntax import (
    Binding,
    Blank,
    Check,
    ColumnRef,
    EachItem,
    EachMention,
    EachParagraph,
    EachRow,
    EachTable,
    Example,
    Label,
    Number,
    OtherDocument,
    Ref,
    RowChoice,
    Rule,
    SectionRef,
    Text,
)
from budgetlint.language.walk import nodes
from budgetlint.miniature_tables import (
    CODE_COLUMN,
    COLUMN,
    ROW,
    Sheet,
    example_table,
    printed_value,
)
from budgetlint.normalise import name
from budgetlint.vocabulary import Vocabulary

_YEAR = 2024
_UNIT = "示例市示例区某局"
_CODE = "208"
_KINDS = {"预算": "部门预算", "决算": "部门决算"}
_PATTERNS = frozenset({"占比", "增减", "完成", "其中", "年份", "计数"})
_FACTS = frozenset({"标题", "标题年度", "年度", "公开类型", "地区", "部门名称", "单位名称", "范围"})
#: Last step of ``概念/角色`` and which of a concept's figures it is.
_ROLES = {
    "预算数": MentionRole.BUDGET,
    "增减额": MentionRole.CHANGE,
    "增减率": MentionRole.RATE,
    "上年数": MentionRole.PREVIOUS,
    "占比": MentionRole.SHARE,
    "完成率": MentionRole.COMPLETION,
    "数量": MentionRole.COUNT,
}


@dataclass(slots=True)
class _Draft:
    """What an example says of one document, sorted by where it goes."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    texts: dict[SectionRef, list[str]] = field(default_factory=dict)
    figures: dict[SectionRef, list[Binding]] = field(default_factory=dict)
    properties: dict[str, Binding] = field(default_factory=dict)
    facts: dict[str, Binding] = field(default_factory=dict)


class Miniature:
    """Sorts an example's bindings into documents and builds them."""

    def __init__(self, rule: Rule, example: Example, vocabulary: Vocabulary, region: str | None) -> None:
        self._rule = rule
        self._example = example
        self._vocabulary = vocabulary
        self._region = region
        self._check: Check = rule.checks[0]
        self._drafts: dict[OtherDocument | None, _Draft] = {None: _Draft()}
        self._last: Ref | None = None
        self._lets = {let.name: let.value for let in rule.lets}
        self._section_of = dict(_sections_of_items(rule))

    def bundle(self) -> Bundle:
        """Return the bundle the example describes."""
        for binding in self._example.bindings:
            self._place(self._resolved(binding))
        main, *others = (self._document(other, draft) for other, draft in self._drafts.items())
        return Bundle(main, tuple(others))

    # ------------------------------------------------------------ where a value goes

    def _resolved(self, binding: Binding) -> Binding:
        item = binding.target.item
        meant = self._lets.get(item.text) if item is not None and binding.target == Ref(item=item) else None
        return replace(binding, target=meant) if isinstance(meant, Ref) else binding

    def _place(self, binding: Binding) -> None:
        ref = binding.target
        draft = self._drafts.setdefault(ref.document, _Draft())
        quantifier = self._check.quantifier
        if ref.section is not None or (ref.paragraph and isinstance(quantifier, EachParagraph | EachMention)):
            self._place_in_section(draft, ref.section or getattr(quantifier, "section", None), binding)
        elif ref.table is not None or ref.row is not None or ref.column is not None:
            self._place_in_table(draft, binding)
        elif ref.item is not None:
            self._place_item(draft, ref.item.text, binding)
        if ref.section is not None or ref.table is not None:
            self._last = ref

    def _place_item(self, draft: _Draft, item: str, binding: Binding) -> None:
        quantifier = self._check.quantifier
        if isinstance(quantifier, EachRow):
            return self._place_in_table(draft, replace(binding, target=Ref(column=_column(item))))
        if isinstance(quantifier, EachTable):
            self._sheet(draft, binding.target).facts[item] = binding
            return None
        if isinstance(quantifier, EachMention | EachItem):
            draft.properties[item] = binding
            return None
        if item in _FACTS:
            draft.facts[item] = binding
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
    def _place_in_section(draft: _Draft, section: SectionRef | None, binding: Binding) -> None:
        where = section or SectionRef()
        target = binding.target
        if target.item is None and not target.total:
            draft.texts.setdefault(where, []).append(printed_value(binding))
        else:
            draft.figures.setdefault(where, []).append(binding)

    def _place_in_table(self, draft: _Draft, binding: Binding) -> None:
        ref = binding.target
        sheet = self._sheet(draft, ref)
        if ref.row is None and ref.column is None and ref.item is None and not ref.total:
            sheet.note = printed_value(binding)
            return
        column = (
            ref.column.label.text
            if ref.column and ref.column.label
            else ref.item.text
            if ref.item
            else COLUMN
        )
        row = self._row_label(ref, sheet)
        sheet.put(row, column, binding)

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
        label = ref.row.label.text
        if label.isdigit() and len(label) >= 3:
            self._put_code(sheet, label, label)
        return label

    def _speaks_of_whole(self, ref: Ref, sheet: Sheet) -> bool:
        """Say whether a value without a row belongs to the table's total rather than to its only row."""
        quantified = isinstance(self._check.quantifier, EachRow) and ref.table is None
        others = any(
            binding.target.table == ref.table and binding.target.row is not None and ref.row is None
            for binding in self._example.bindings
        )
        return others and not quantified

    @staticmethod
    def _put_code(sheet: Sheet, row: str, code: str) -> None:
        if CODE_COLUMN not in sheet.rows.get(row, {}):
            sheet.put(row, CODE_COLUMN, Binding(Ref(), Text(code)))

    def _sheet(self, draft: _Draft, ref: Ref) -> Sheet:
        quantifier = self._check.quantifier
        table = ref.table or getattr(quantifier, "table", None)
        label = table.label if table is not None else None
        title = label.text if label is not None else "示例表"
        if label is not None and not label.printed:
            term = self._vocabulary.table_named(title)
            title = term.name if term is not None else title
        return draft.sheets.setdefault(title, Sheet(title))

    # ------------------------------------------------------------ documents

    def _document(self, other: OtherDocument | None, draft: _Draft) -> Document:
        known = self._classification(other, draft)
        title = f"{known.year}年{known.department}{known.kind}公开"
        if "标题年度" in draft.facts:
            title = f"{printed_value(draft.facts['标题年度'])}年{known.department}{known.kind}公开"
        if "标题" in draft.facts:
            title = printed_value(draft.facts["标题"])
        tables = [
            sheet.table(line)
            for line, sheet in zip(range(1000, 10**6, 1000), draft.sheets.values(), strict=False)
        ]
        if other is None:
            tables += self._pipe_tables(len(tables))
        sections = tuple(
            Section(
                section.number or "",
                section.label.text if section.label else "",
                1,
                part="explanation",
                paragraphs=tuple(
                    Paragraph(text, Place(line=next_line)) for text in draft.texts.get(section, ())
                ),
                place=Place(line=next_line),
            )
            for next_line, section in enumerate(dict.fromkeys([*draft.texts, *draft.figures]), 10)
        )
        document = Document(
            f"示例{other.value if other else ''}",
            title=title,
            classification=known,
            contents=self._contents(draft),
            root=Section("", "", 0, sections=sections),
            tables=tuple(tables),
        )
        return self._with_figures(name(document, self._vocabulary), draft)

    def _classification(self, other: OtherDocument | None, draft: _Draft) -> Classification:
        scope = self._rule.scope
        kind = _KINDS.get(scope.kinds[0], scope.kinds[0]) if scope.kinds else "部门预算"
        years = scope.years
        year = next((y for y in (years.last, years.first) if y is not None), _YEAR) if years else _YEAR
        region = scope.regions[0] if scope.regions else self._region
        said = {name: printed_value(binding) for name, binding in draft.facts.items()}
        year = int(said.get("年度", "").removesuffix("年") or year)
        kind = said.get("公开类型", kind)
        if other is OtherDocument.LAST_YEAR and "年度" not in said:
            year -= 1
        if other is OtherDocument.BUDGET and "公开类型" not in said:
            kind = kind.replace("决算", "预算")
        department = said.get("部门名称", _UNIT)
        return Classification(
            kind, year, said.get("地区", region), department, said.get("单位名称"), said.get("范围")
        )

    def _pipe_tables(self, before: int) -> list[Any]:
        titles = []
        for given in self._example.tables:
            term = None if given.label.printed else self._vocabulary.table_named(given.label.text)
            titles.append(term.name if term is not None else given.label.text)
        return [
            example_table(
                given, title, f"示例{number}" if titles.count(title) > 1 else None, 1000 * (before + number)
            )
            for number, (given, title) in enumerate(zip(self._example.tables, titles, strict=True), 1)
        ]

    def _contents(self, draft: _Draft) -> tuple[ContentsItem, ...]:
        if not isinstance(self._check.quantifier, EachItem):
            return ()
        said = {name: printed_value(binding) for name, binding in draft.properties.items()}
        return (ContentsItem(said.get("序号", ""), said.get("标题", ""), 1, Place(line=2)),) if said else ()

    # ------------------------------------------------------------ figures of prose

    def _with_figures(self, document: Document, draft: _Draft) -> Document:
        sections = list(document.root.sections)
        for index, where in enumerate(dict.fromkeys([*draft.texts, *draft.figures])):
            section = sections[index]
            mentions = tuple(
                self._mention(binding, section, Place(line=100 * (index + 1) + number))
                for number, binding in enumerate(draft.figures.get(where, ()))
                if not isinstance(binding.value, Blank)
            )
            if mentions:
                stated = Paragraph("".join(m.text for m in mentions), section.place, mentions)
                sections[index] = replace(section, paragraphs=(*section.paragraphs, stated))
        quantifier = self._check.quantifier
        if isinstance(quantifier, EachMention) and draft.properties:
            stated = self._quantified(quantifier, draft)
            where = quantifier.section or SectionRef()
            title = where.label.text if where.label else ""
            holder = Section(
                where.number or "", title, 1, None, "explanation", (stated,), place=Place(line=5)
            )
            sections.append(holder)
        root = replace(document.root, sections=tuple(sections))
        document = replace(document, root=root)
        return document if not draft.properties else _named_sections(document, self._vocabulary)

    def _quantified(self, quantifier: EachMention, draft: _Draft) -> Paragraph:
        place = Place(line=6)
        label = quantifier.label.text
        words = {n: b.value.text for n, b in draft.properties.items() if isinstance(b.value, Text)}
        figures: dict[str, tuple[Mention, ...]] = {
            n: (self._mention(b, None, place.within(line=7 + i)),)
            for i, (n, b) in enumerate(draft.properties.items())
            if isinstance(b.value, Number)
        }
        if label in _PATTERNS:
            pattern = Pattern(label, "示例事项", "", figures, words, place, "示例句")
            return Paragraph(
                "示例句", place, tuple(m for found in figures.values() for m in found), (pattern,)
            )
        return Paragraph("示例句", place, tuple(m for found in figures.values() for m in found))

    def _mention(self, binding: Binding, section: Section | None, place: Place) -> Mention:
        target, value = binding.target, binding.value
        said = target.item.text if target.item is not None else "合计"
        concept, role = said, MentionRole.VALUE
        head, _, last = said.rpartition("/")
        if last in _ROLES:
            concept, role = head, _ROLES[last]
        if target.total and section is not None and section.name:
            term = self._vocabulary.sections.get(section.name)
            concept = (term.concept if term else None) or concept
        known = self._vocabulary.concept_said(concept)
        number = value if isinstance(value, Number) else Number(Decimal(0))
        digits = (binding.printed or str(number.value)).removesuffix(number.unit or "")
        exponent = Decimal(digits.replace(",", "") or "0").as_tuple().exponent
        quantum = Decimal(1).scaleb(min(int(exponent), 0))
        amount = amount_of(number.value, quantum, number.unit)
        return Mention(
            known.name if known else concept,
            amount,
            role,
            known is not None,
            text=printed_value(binding),
            place=place,
        )


def _column(label: str) -> ColumnRef:
    return ColumnRef(Label(label))


def _named_sections(document: Document, vocabulary: Vocabulary) -> Document:
    def named(section: Section) -> Section:
        term = vocabulary.section_titled(section.title) if section.title else None
        return replace(section, name=term.name if term else section.name)

    return replace(document, root=replace(document.root, sections=tuple(map(named, document.root.sections))))


def _sections_of_items(rule: Rule) -> Iterator[tuple[str, SectionRef]]:
    """Yield the sections in which a rule's own text reads its bare names."""
    for plan in compile_rule(rule).plans:
        for node in nodes(plan.body):
            if isinstance(node, Ref) and node.item is not None and node.section is not None:
                yield node.item.text, node.section
