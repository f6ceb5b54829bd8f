"""Checks of codes beside one another: economic codes of two classifications, lengths of project codes, one number one name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from budgetlint.checking.check import PythonCheck, judged
from budgetlint.checking.checks.miscoded import one_digit_off
from budgetlint.document import Bundle, Cell, Document, Place, Row, RowKind, Table
from budgetlint.document.text import bare_label, chinese_number, squeeze
from budgetlint.language.syntax import Basis
from budgetlint.results.findings import Operand, Outcome, Severity
from budgetlint.vocabulary import Vocabulary

_BASIS = (Basis(consistency=True),)
_CLASSIFICATION = (Basis("《政府收支分类科目》（财政部制定，文本年度）"),)
_PAIRS = "经济科目对应"
_ECONOMIC = re.compile(r"3\d{4}|5\d{4}")
_ECONOMIC_SHAPE = re.compile(r"\d{3}(\d\d)?")
#: So many codes of one length make that length the rule of a table.
_USUAL = 4
_TOTALS = (("b.total", "b.fiscal"), ("f.total", "f.fiscal"))
_ORDINAL = re.compile(r"^[(（]?([一二三四五六七八九十]+)[)）、.]")
_MOSTLY = 10


def _column(table: Table, name: str) -> int | None:
    return next((i for i, column in enumerate(table.columns) if column.name == name), None)


def _body(table: Table) -> Iterator[Row]:
    return (row for row in table.rows if row.kind is not RowKind.HEADER)


def _paired_codes(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A department's economic code stands beside a government's that the list of pairs knows for it."""
    governments: dict[str, set[str]] = defaultdict(set)
    for pair in vocabulary.lists.get(_PAIRS, ()):
        department, _, government = pair.partition("/")
        governments[department].add(government)
    for table in bundle.document.tables:
        beside = _column(table, "政府科目编码")
        for row in _body(table) if beside is not None else ():
            cell = row.cells.get(beside) if beside is not None else None
            code = squeeze(cell.text) if cell else ""
            known = governments.get(row.code or "")
            if cell is None or not known or not _ECONOMIC.fullmatch(code):
                continue
            message = (
                f"部门经济科目 {row.code} 通常对应政府经济科目 {'、'.join(sorted(known))}，表中对应 {code}，请核对"
                if code not in known
                else None
            )
            yield _outcome("BL711", table, row, cell, message)


def _named_codes(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A government's economic code has the name that the classification gives it."""
    year = bundle.document.year
    for table in bundle.document.tables:
        codes, names = _column(table, "政府科目编码"), _column(table, "政府科目名称")
        for row in _body(table) if codes is not None and names is not None else ():
            cell, name = row.cells.get(codes or 0), row.cells.get(names or 0)
            if cell is None or name is None or not _ECONOMIC_SHAPE.fullmatch(squeeze(cell.text)):
                continue
            code, printed = squeeze(cell.text), squeeze(name.text)
            official = vocabulary.official_name(code, year, certain=True)
            likely = [c for c in one_digit_off(code) if vocabulary.official_name(c, year) == printed]
            message = None
            if official is None and likely:
                message = f"政府经济科目中没有编码 {code}，“{name.text}”的编码是 {likely[0]}，请核对"
            elif official is not None and squeeze(official) != printed:
                message = f"政府经济科目 {code} 的名称是“{official}”，表中写“{name.text}”，请核对"
            yield _outcome("BL716", table, row, cell, message, Severity.WARNING)


def _code_lengths(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """The project codes of one table have one length; codes of units between them have their own."""
    for table in bundle.document.tables:
        column = _column(table, "项目编码")
        if column is None:
            continue
        coded = [(row, row.cells[column]) for row in _body(table) if column in row.cells]
        lengths = Counter(len(squeeze(cell.text)) for _, cell in coded if squeeze(cell.text))
        usual, often = lengths.most_common(1)[0] if lengths else (0, 0)
        for row, cell in coded if often >= _USUAL else ():
            code = squeeze(cell.text)
            if not code or abs(len(code) - usual) > 2:
                continue
            message = (
                f"项目编码 {code} 有 {len(code)} 位，本表其他项目编码是 {usual} 位，请核对是否漏位、多位"
                if len(code) != usual
                else None
            )
            yield _outcome("BL712", table, row, cell, message)


def _numbered_names(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """Classes of functions under one number bear one name in the two total tables of a document."""
    for first, second in _TOTALS:
        one, other = (_classes(bundle.document, id) for id in (first, second))
        both = one.keys() & other.keys()
        same = [number for number in both if one[number][0] == other[number][0]]
        if len(same) < _MOSTLY:
            continue
        for number in sorted(both):
            (name, place), (twin, beside) = one[number], other[number]
            message = (
                f"第 {number} 项在两张总表中名称不同：“{name}”和“{twin}”，请按现行科目统一"
                if name != twin
                else None
            )
            yield judged("BL713", f"{first}|{number}", message, beside, place, severity=Severity.NOTICE)
        beyond = sorted(other.keys() - one.keys())
        last = max(one)
        for number in beyond:
            message = (
                f"财政拨款总表列有第 {number} 项“{other[number][0]}”，收支总表只列到第 {last} 项，请核对"
            )
            yield judged(
                "BL713",
                f"{first}|{number}",
                message if number > last else None,
                other[number][1],
                severity=Severity.NOTICE,
            )


def _classes(document: Document, id: str) -> dict[int, tuple[str, Place]]:
    """Return the names of numbered classes of functions of one table by their numbers (支出 at the end set aside)."""
    found: dict[int, tuple[str, Place]] = {}
    for table in document.tables:
        for row in _body(table) if table.id == id else ():
            match = _ORDINAL.match(squeeze(row.label))
            number = chinese_number(match[1]) if match and row.code_inferred else None
            if number is not None:
                name = bare_label(row.label).removesuffix("支出")
                found.setdefault(number, (name, row.place.within(table=table.title, row=row.label)))
    return found


def _units_of_goods(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """Goods of one catalogue number are counted in one unit."""
    for table in bundle.document.tables:
        goods, unit = _column(table, "政府采购目录序号"), _column(table, "计量单位")
        if goods is None or unit is None:
            continue
        seen: dict[str, dict[str, Place]] = defaultdict(dict)
        for row in _body(table):
            code, counted = (squeeze(row.cells[i].text) if i in row.cells else "" for i in (goods, unit))
            if code and counted:
                place = row.cells[unit].place.within(table=table.title, row=row.label)
                seen[code].setdefault(counted, place)
        for code, units in seen.items():
            message = (
                f"采购目录 {code} 的计量单位有 {'、'.join(units)} 几种写法，请统一"
                if len(units) > 1
                else None
            )
            yield judged("BL714", f"{table.id}|{code}", message, *units.values(), severity=Severity.NOTICE)


def _outcome(
    id: str, table: Table, row: Row, cell: Cell, message: str | None, severity: Severity = Severity.NOTICE
) -> Outcome:
    place = cell.place.within(table=table.title, row=row.label)
    instance = f"{table.id}|{table.key}|{row.code}|{row.label}"
    code = Operand("编码", cell.text, place=place, fact=f"{table.id}|{row.line}")
    return judged(id, instance, message, place, operands=(code,), severity=severity)


CODES_CHECKS = tuple(
    PythonCheck(id, name, severity, basis, sentence, run)
    for id, name, severity, basis, sentence, run in (
        (
            "BL711",
            "部门经济科目与政府经济科目对应",
            Severity.NOTICE,
            _CLASSIFICATION,
            "同列两种经济分类科目的表，每行的两个编码在对应关系表之内",
            _paired_codes,
        ),
        ("BL712", "项目编码位数一致", Severity.NOTICE, _BASIS, "同一张表的项目编码位数相同", _code_lengths),
        (
            "BL713",
            "两张总表的科目同序同名",
            Severity.NOTICE,
            _BASIS,
            "收支总表与财政拨款收支总表同一序号的支出科目名称相同",
            _numbered_names,
        ),
        (
            "BL716",
            "政府经济科目编码与名称相符",
            Severity.WARNING,
            _CLASSIFICATION,
            "政府预算支出经济分类科目的编码在《政府收支分类科目》中，名称与编码相符",
            _named_codes,
        ),
        (
            "BL714",
            "同一采购目录用同一计量单位",
            Severity.NOTICE,
            _BASIS,
            "政府采购预算表中同一目录序号的计量单位相同",
            _units_of_goods,
        ),
    )
)
