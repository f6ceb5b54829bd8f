"""Builds small documents by hand: tables from pipe lines, figures of prose, a vocabulary of a few names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgetlint.checking.case import Case
from budgetlint.checking.judging.passes import Judging, judged
from budgetlint.checking.kernels.deciding import ledger_of
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import (
    NOWHERE,
    Amount,
    Bundle,
    Cell,
    Classification,
    Column,
    ContentsItem,
    Document,
    Mention,
    MentionRole,
    Paragraph,
    Pattern,
    Place,
    Role,
    Row,
    RowKind,
    Section,
    Table,
    TableState,
)
from budgetlint.document.amount import amount_of, parse_number
from budgetlint.document.text import bare_label
from budgetlint.language.compile import CompiledRule, compile_rule
from budgetlint.language.functions import Function
from budgetlint.language.parser import parse_file, parse_sentence
from budgetlint.results.findings import Outcome, Reason, Verdict
from budgetlint.results.report import Counts
from budgetlint.vocabulary import CodeEntry, ConceptTerm, SectionTerm, TableTerm, Vocabulary

_ROLES = {
    "科目编码": Role.CODE,
    "科目名称": Role.NAME,
    "项目": Role.NAME,
    "序号": Role.ORDINAL,
    "占比": Role.PERCENTAGE,
    "备注": Role.TEXT,
    "数量": Role.COUNT,
}
_UNITS = {Role.PERCENTAGE: "%", Role.COUNT: "个"}
TABLES = {"甲表": "t.a", "乙表": "t.b", "丙表": "t.c", "单表": "t.sheet", "空表": "t.none"}

VOCABULARY = Vocabulary(
    tables={id: TableTerm(id, name, many=name == "单表") for name, id in TABLES.items()},
    sections={
        "收支情况": SectionTerm("收支情况", ("收支总体情况",), "收入总计"),
        "经费情况": SectionTerm("经费情况"),
        "没有的情况": SectionTerm("没有的情况"),
    },
    concepts={
        name: ConceptTerm(name, aliases)
        for name, aliases in {
            "收入总计": ("总收入",),
            "人员经费": (),
            "公用经费": ("日常公用经费",),
            "基本支出": (),
        }.items()
    },
    codes={
        "功能分类科目": (
            CodeEntry("208", "社会保障和就业支出", "类"),
            CodeEntry("20801", "人力资源和社会保障管理事务", "款"),
            CodeEntry("2080101", "行政运行", "项"),
            CodeEntry("2080199", "其他人力资源事务支出", "项", confidence="likely"),
        )
    },
    lists={"表格清单": ("甲表", "乙表")},
)


def table(
    lines: str,
    title: str = "甲表",
    unit: str | None = "万元",
    key: str | None = None,
    state: TableState = TableState.FULL,
    first_line: int = 10,
) -> Table:
    """Build a table from pipe lines, the first being the header.

    ``基本支出/小计`` is a column path; ``收入:金额`` a column of the block 收入 (then ``项目`` columns may repeat, one a block);
    a cell that begins with ``?`` is unsure; a row label decides the row's kind, its code or its place its parent.
    """
    printed = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines.strip().splitlines()
    ]
    columns, header = [], printed[0]
    group = -1 if header.count("项目") > 1 else 0
    for name in header:
        group += header.count("项目") > 1 and name == "项目"
        side, _, path = name.rpartition(":")
        steps = tuple(path.split("/"))
        role = _ROLES.get(steps[-1], Role.AMOUNT)
        columns.append(Column((side, *steps) if side else steps, role=role, group=group))
    rows: list[Row] = []
    for number, texts in enumerate(printed[1:]):
        for block in range(group + 1):
            inside = [i for i, column in enumerate(columns) if column.group == block and i < len(texts)]
            place = Place("示例.txt", line=first_line + number)
            cells = {i: cell(texts[i], columns[i].role, unit, place.within(grid_column=i)) for i in inside}
            code = next((texts[i] for i in inside if columns[i].role is Role.CODE), "") or None
            label = next((texts[i] for i in inside if columns[i].role is Role.NAME), "")
            if not any(texts[i] for i in inside):
                continue
            head = next((columns[i].path[0] for i in inside if len(columns[i].path) > 1 and group), "")
            path = (head, label) if head else (label,)
            rows.append(Row(number, block, label, path, cells, code, kind=_kind(label), place=place))
    parents = [_parent(rows, i) for i in range(len(rows))]
    rows = [_with_parent(row, parent) for row, parent in zip(rows, parents, strict=True)]
    return Table(
        title,
        TABLES.get(title),
        title if title in TABLES else None,
        key=key,
        unit=unit,
        state=state,
        place=Place("示例.txt", line=first_line - 2),
        columns=tuple(columns),
        rows=tuple(rows),
        lines=len(printed) - 1,
    )


def cell(text: str, role: Role = Role.AMOUNT, unit: str | None = "万元", place: Place = NOWHERE) -> Cell:
    """Build a cell; amounts, percentages and counts are read, ``?`` marks it unsure."""
    sure, text = not text.startswith("?"), text.lstrip("?")
    amount = None
    if role not in (Role.CODE, Role.NAME, Role.ORDINAL):
        number = parse_number(text.removesuffix("元").removesuffix("万"))
        own = (
            "万元"
            if text.endswith("万元")
            else "元"
            if text.endswith("元")
            else "%"
            if text.endswith("%")
            else None
        )
        if number is not None:
            amount = amount_of(*number, own or _UNITS.get(role, unit))
    return Cell(text, amount, place, sure)


def _kind(label: str) -> RowKind:
    name = bare_label(label)
    if label.startswith("其中"):
        return RowKind.AMONG
    if name in ("合计", "总计") or name.endswith(("总计", "收入合计", "支出合计")):
        return RowKind.TOTAL
    return RowKind.SUBTOTAL if name.endswith("小计") else RowKind.DATA


def _parent(rows: Sequence[Row], at: int) -> int | None:
    row = rows[at]
    if row.kind is RowKind.TOTAL:
        return None
    if row.kind is RowKind.AMONG:
        return next((i for i in range(at - 1, -1, -1) if rows[i].kind is RowKind.DATA), None)
    above = [
        i
        for i, r in enumerate(rows)
        if r.code and row.code and row.code.startswith(r.code) and r.code != row.code
    ]
    if above:
        return max(above, key=lambda i: len(rows[i].code or ""))
    if row.kind is RowKind.DATA and not row.code:
        subtotal = next((i for i in range(at - 1, -1, -1) if rows[i].kind is not RowKind.DATA), None)
        if subtotal is not None and rows[subtotal].kind is RowKind.SUBTOTAL:
            return subtotal
    return next((i for i, r in enumerate(rows) if r.label == "合计" and r.group == row.group), None)


def _with_parent(row: Row, parent: int | None) -> Row:
    return Row(
        row.line,
        row.group,
        row.label,
        row.path,
        row.cells,
        row.code,
        kind=row.kind,
        parent=parent,
        place=row.place,
    )


# ---------------------------------------------------------------- prose


def amount(text: str) -> Amount:
    """Read ``12.30 万元``, ``48.01 %``, ``3 辆``; 约 before it makes it approximate."""
    rough = text.startswith("约")
    figure, _, unit = text.removeprefix("约").strip().partition(" ")
    number = parse_number(figure)
    assert number is not None
    return amount_of(*number, unit or None, rough)


def mention(
    concept: str,
    text: str,
    role: MentionRole = MentionRole.VALUE,
    subject: str = "",
    year: int | None = None,
    line: int = 1,
    at: int = 0,
) -> Mention:
    """Build a figure of prose."""
    known = concept in VOCABULARY.concepts
    return Mention(
        concept,
        amount(text),
        role,
        known,
        subject,
        year,
        text,
        (at, at + len(text)),
        Place("示例.txt", line=line),
    )


def pattern(kind: str, values: dict[str, str], words: dict[str, str] | None = None, **more: str) -> Pattern:
    """Build a mention pattern from its printed properties."""
    figures = {
        name: tuple(mention(name, text, at=100 * i + j) for j, text in enumerate(texts.split("、")))
        for i, (name, texts) in enumerate(values.items())
    }
    return Pattern(kind, values=figures, words=words or {}, place=Place("示例.txt", line=1), **more)


def paragraph(
    text: str = "", *figures: Mention, patterns: Sequence[Pattern] = (), line: int = 1
) -> Paragraph:
    """Build a paragraph with its figures."""
    return Paragraph(text, Place("示例.txt", line=line), figures, tuple(patterns))


def section(
    number: str,
    title: str,
    *paragraphs: Paragraph,
    sections: Sequence[Section] = (),
    part: str = "explanation",
    level: int = 1,
) -> Section:
    """Build a section; its canonical name is the vocabulary's."""
    term = VOCABULARY.section_titled(title)
    return Section(number, title, level, term.name if term else None, part, paragraphs, (), tuple(sections))


def document(
    *parts: Table | Section,
    kind: str = "部门预算",
    year: int | None = 2024,
    title: str = "2024年示例市示例区某局部门预算",
    contents: Sequence[tuple[str, str]] = (),
) -> Document:
    """Build a document of tables and sections."""
    tables = tuple(part for part in parts if isinstance(part, Table))
    sections = tuple(part for part in parts if isinstance(part, Section))
    return Document(
        "示例.txt",
        title=title,
        classification=Classification(kind, year, "示例省/示例市", "示例市示例区某局"),
        contents=tuple(ContentsItem(number, text, 1) for number, text in contents),
        root=Section("", "", 0, sections=sections),
        tables=tables,
    )


# ---------------------------------------------------------------- evaluating


def check(
    sentence: str,
    *parts: Table | Section | Document,
    others: Sequence[Document] = (),
    functions: Sequence[Function] = (),
    severity: str = "错误",
    lets: str = "",
) -> list[Outcome]:
    """Evaluate one sentence of the rule language on a document of these parts."""
    known = {function.name: function for function in functions}
    if lets or severity != "错误":
        parsed = parse_file(
            f"规则 ZZ001 “示例”\n级别 {severity}\n依据 勾稽关系\n{lets}\n{sentence}\n结束\n", "示例.rule"
        )
        assert not parsed.errors, parsed.errors
        (rule,) = parsed.rules
    else:
        rule = parse_sentence(sentence)
    whole = parts[0] if parts and isinstance(parts[0], Document) else document(*parts)  # type: ignore[arg-type]
    return judgement([compile_rule(rule)], Bundle(whole, tuple(others)), known)


def judgement(
    rules: Sequence[CompiledRule], bundle: Bundle, functions: Mapping[str, Function] | None = None
) -> list[Outcome]:
    """Return what compiled rules come to on a bundle, after all passes: the same whichever way they are decided."""

    def ledger(kernels: bool) -> Ledger:
        of = Case(bundle.document, bundle.others)
        return judged(
            Judging(of, VOCABULARY, lambda case: ledger_of(rules, case, VOCABULARY, functions, kernels))
        )

    by_kernels, explained = ledger(kernels=True), ledger(kernels=False)
    assert known_by(by_kernels) == known_by(explained)
    return list(explained.outcomes)


def known_by(ledger: Ledger) -> tuple[Counts, list[str], list[str]]:
    """Return all that is known of a ledger: counts, what is told in its order, and what holds."""
    told = [repr(o) for o in ledger.outcomes if o.verdict not in (Verdict.HOLDS, Verdict.SKIPPED)]
    holds = [repr(o) for o in ledger.everything() if o.verdict is Verdict.HOLDS]
    for held in ledger.held():
        outcome = held.outcome()
        assert (outcome.verdict, outcome.instance) == (Verdict.HOLDS, held.instance)
        assert [operand.fact for operand in outcome.operands] == list(held.reads)
    return ledger.counts, told, sorted(holds)


def verdicts(outcomes: Sequence[Outcome]) -> list[Verdict]:
    """Return just the verdicts."""
    return [outcome.verdict for outcome in outcomes]


def verdict(sentence: str, *parts: Table | Section | Document, **more: object) -> Verdict:
    """Return the verdict of a sentence that has one instance."""
    (outcome,) = check(sentence, *parts, **more)  # type: ignore[arg-type]
    return outcome.verdict


def reason(sentence: str, *parts: Table | Section | Document, **more: object) -> Reason | None:
    """Return why a sentence of one instance cannot be decided; it must not be decided."""
    (outcome,) = check(sentence, *parts, **more)  # type: ignore[arg-type]
    assert outcome.verdict is Verdict.UNDETERMINED, outcome
    return outcome.reason
