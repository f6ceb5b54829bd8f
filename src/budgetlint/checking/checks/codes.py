"""Checks of codes beside one another: economic codes of two classifications, lengths of project codes, one number one name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from budgetlint.checking.check import PythonCheck, check
from budgetlint.checking.checks.miscoded import one_digit_off
from budgetlint.document import Bundle, Cell, Document, Place, Row, RowKind, Table
from budgetlint.document.text import bare_label, chinese_number, squeeze
from budgetlint.language.syntax import Basis
from budgetlint.results.findings import Operand, Outcome, Severity
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

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


@check(
    "BL711",
    Said("部门经济科目与政府经济科目对应", "economic codes of the two classifications pair"),
    Severity.NOTICE,
    Said(
        "同列两种经济分类科目的表，每行的两个编码在对应关系表之内",
        "where a row bears codes of both economic classifications, the list of pairs knows them",
    ),
    basis=_CLASSIFICATION,
)
def paired_codes(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
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
            usual = "、".join(sorted(known))
            message = Said(
                f"部门经济科目 {row.code} 通常对应政府经济科目 {usual}，表中对应 {code}，请核对",
                f"the department's economic code {row.code} usually pairs with the government's {usual}, here with {code}",
            )
            yield _outcome(paired_codes, table, row, cell, None if code in known else message)


@check(
    "BL716",
    Said("政府经济科目编码与名称相符", "government economic codes have their names"),
    Severity.WARNING,
    Said(
        "政府预算支出经济分类科目的编码在《政府收支分类科目》中，名称与编码相符",
        "a government economic code stands in the classification, with the name it has there",
    ),
    basis=_CLASSIFICATION,
)
def named_codes(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
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
            if likely and vocabulary.official_name(code, year) is None:
                message = Said(
                    f"政府经济科目中没有编码 {code}，“{name.text}”的编码是 {likely[0]}，请核对",
                    f"there is no government economic code {code}; “{name.text}” is {likely[0]}",
                )
            elif official is not None and squeeze(official).replace("的", "") != printed.replace("的", ""):
                message = Said(
                    f"政府经济科目 {code} 的名称是“{official}”，表中写“{name.text}”，请核对",
                    f"the government economic code {code} is “{official}”, the table says “{name.text}”",
                )
            yield _outcome(named_codes, table, row, cell, message)


@check(
    "BL712",
    Said("项目编码位数一致", "project codes have one length"),
    Severity.NOTICE,
    Said(
        "同一张表的项目编码位数相同",
        "the project codes of one table have as many digits",
    ),
)
def code_lengths(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
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
            message = Said(
                f"项目编码 {code} 有 {len(code)} 位，本表其他项目编码是 {usual} 位，请核对是否漏位、多位",
                f"the project code {code} has {len(code)} digits, the others of this table have {usual}",
            )
            yield _outcome(code_lengths, table, row, cell, None if len(code) == usual else message)


@check(
    "BL713",
    Said("两张总表的科目同序同名", "the two total tables name classes alike"),
    Severity.NOTICE,
    Said(
        "收支总表与财政拨款收支总表同一序号的支出科目名称相同",
        "classes under one number have one name in both tables of totals",
    ),
)
def numbered_names(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """Classes of functions under one number bear one name in the two total tables of a document."""
    for first, second in _TOTALS:
        one, other = (_classes(bundle.document, id) for id in (first, second))
        both = one.keys() & other.keys()
        same = [number for number in both if one[number][0] == other[number][0]]
        if len(same) < _MOSTLY:
            continue
        for number in sorted(both):
            (name, place), (twin, beside) = one[number], other[number]
            message = Said(
                f"第 {number} 项在两张总表中名称不同：“{name}”和“{twin}”，请按现行科目统一",
                f"number {number} has two names in the two tables of totals: “{name}” and “{twin}”",
            )
            instance = f"{first}|{number}"
            yield numbered_names.judged(instance, None if name == twin else message, beside, place)
        beyond = sorted(other.keys() - one.keys())
        last = max(_ordinals(bundle.document, first), default=max(one))
        for number in beyond:
            message = Said(
                f"财政拨款总表列有第 {number} 项“{other[number][0]}”，收支总表只列到第 {last} 项，请核对",
                f"the fiscal table lists number {number} “{other[number][0]}”, the table of totals ends at {last}",
            )
            instance, place = f"{first}|{number}", other[number][1]
            yield numbered_names.judged(instance, message if number > last else None, place)


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


def _ordinals(document: Document, id: str) -> Iterator[int]:
    """Yield the numbers of all rows of one table, those that are no class (对附属单位补助支出) as well."""
    for table in document.tables:
        for row in _body(table) if table.id == id else ():
            match = _ORDINAL.match(squeeze(row.label))
            number = chinese_number(match[1]) if match else None
            if number is not None:
                yield number


@check(
    "BL714",
    Said("同一采购目录用同一计量单位", "goods of one catalogue number have one unit"),
    Severity.NOTICE,
    Said(
        "政府采购预算表中同一目录序号的计量单位相同",
        "one catalogue number of the procurement table is counted in one unit",
    ),
)
def units_of_goods(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
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
            listed = "、".join(units)
            message = Said(
                f"采购目录 {code} 的计量单位有 {listed} 几种写法，请统一",
                f"catalogue number {code} is counted in {listed}",
            )
            one = len(units) == 1
            yield units_of_goods.judged(f"{table.id}|{code}", None if one else message, *units.values())


def _outcome(check: PythonCheck, table: Table, row: Row, cell: Cell, message: Said | None) -> Outcome:
    place = cell.place.within(table=table.title, row=row.label)
    instance = f"{table.id}|{table.key}|{row.code}|{row.label}"
    code = Operand("编码", cell.text, place=place, fact=f"{table.id}|{row.line}")
    return check.judged(instance, message, place, operands=(code,))


CODES_CHECKS = (
    paired_codes,
    code_lengths,
    numbered_names,
    named_codes,
    units_of_goods,
)
