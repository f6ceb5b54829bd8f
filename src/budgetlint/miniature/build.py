"""Builds the miniature documents that a rule's examples describe."""

from __future__ import annotations

from itertools import count

from budgetlint.document import Bundle, Classification, ContentsItem, Document, Place, Section, Table
from budgetlint.language.syntax import EachItem, Example, OtherDocument, Rule
from budgetlint.miniature.prose import sections_of, with_figures
from budgetlint.miniature.sorting import Draft, sort_bindings
from budgetlint.miniature.tables import example_table, printed_value
from budgetlint.normalise import name
from budgetlint.vocabulary import Vocabulary

_YEAR = 2024
_UNIT = "示例市示例区某局"
_KINDS = {"预算": "部门预算", "决算": "部门决算"}


def miniature(rule: Rule, example: Example, vocabulary: Vocabulary, region: str | None = None) -> Bundle:
    """Return the bundle that an example describes, named by the same normaliser as a read document.

    Args:
        rule: the rule the example stands in; what it applies to gives kind, year and region.
        example: the example.
        vocabulary: what names mean.
        region: where the rule names none.
    """
    drafts = sort_bindings(rule, example, vocabulary)
    main, *others = (
        _document(
            rule, example if other is None else Example(example.verdict), other, draft, vocabulary, region
        )
        for other, draft in drafts.items()
    )
    return Bundle(main, tuple(others))


def _document(
    rule: Rule,
    example: Example,
    other: OtherDocument | None,
    draft: Draft,
    vocabulary: Vocabulary,
    region: str | None,
) -> Document:
    known = _classification(rule, other, draft, region)
    quantifier = rule.checks[0].quantifier
    lines = count(1000, 1000)
    words = vocabulary.words
    tables = [sheet.table(line, words) for sheet, line in zip(draft.sheets.values(), lines, strict=False)]
    tables += _pipe_tables(example, lines, vocabulary)
    document = Document(
        f"示例{other.value if other else ''}",
        title=_title(known, draft),
        classification=known,
        contents=_contents(draft) if isinstance(quantifier, EachItem) else (),
        root=Section("", "", 0, sections=sections_of(draft)),
        tables=tuple(tables),
    )
    return with_figures(name(document, vocabulary), draft, quantifier, vocabulary)


def _title(known: Classification, draft: Draft) -> str:
    if "标题" in draft.facts:
        return printed_value(draft.facts["标题"])
    year = printed_value(draft.facts["标题年度"]) if "标题年度" in draft.facts else str(known.year)
    return f"{year.removesuffix('年')}年{known.department}{known.kind}公开"


def _classification(
    rule: Rule, other: OtherDocument | None, draft: Draft, region: str | None
) -> Classification:
    scope = rule.scope
    said = {name: printed_value(binding) for name, binding in draft.facts.items()}
    kind = said.get("公开类型") or (_KINDS.get(scope.kinds[0], scope.kinds[0]) if scope.kinds else "部门预算")
    bounds = (scope.years.last, scope.years.first) if scope.years else ()
    year = int(said.get("年度", "").removesuffix("年") or next((y for y in bounds if y is not None), _YEAR))
    if other is OtherDocument.LAST_YEAR and "年度" not in said:
        year -= 1
    if other is OtherDocument.BUDGET and "公开类型" not in said:
        kind = kind.replace("决算", "预算")
    region = said.get("地区") or (scope.regions[0] if scope.regions else region)
    return Classification(
        kind, year, region, said.get("部门名称", _UNIT), said.get("单位名称"), said.get("范围")
    )


def _pipe_tables(example: Example, lines: count[int], vocabulary: Vocabulary) -> list[Table]:
    titles = []
    for given in example.tables:
        term = None if given.label.printed else vocabulary.table_named(given.label.text)
        titles.append(term.name if term is not None else given.label.text)
    return [
        example_table(
            given,
            title,
            f"示例{number}" if titles.count(title) > 1 else None,
            next(lines),
            vocabulary.words,
        )
        for number, (given, title) in enumerate(zip(example.tables, titles, strict=True), 1)
    ]


def _contents(draft: Draft) -> tuple[ContentsItem, ...]:
    said = {name: printed_value(binding) for name, binding in draft.properties.items()}
    return (ContentsItem(said.get("序号", ""), said.get("标题", ""), 1, Place(line=2)),) if said else ()
