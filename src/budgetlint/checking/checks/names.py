"""Checks of names: other departments named as if they were this one, units and projects named in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from budgetlint.checking.case import case_of
from budgetlint.checking.check import check
from budgetlint.checking.checks.passages import HEADING, prose_of
from budgetlint.document import Bundle, Cell, Document, Table
from budgetlint.document.text import squeeze
from budgetlint.results.findings import Operand, Outcome, Severity
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

_UNIT_SECTIONS = frozenset({"机构设置", "部门所属预算单位构成"})
_OWNERS = ("部门名称", "部门", "编制部门", "编制单位", "单位名称", "填报单位", "填报部门")
_LEADING_CODE = re.compile(r"^[\dA-Z]+[-—_]?")
_BEFORE = re.compile(r"(?:结合|根据|按照|依据|围绕|加强|我们|为|是|由|与|和|及|、|，|。|；|^)")
#: What may differ between two writings of one name: numbers (phases, years), brackets and quotation marks.
_UNIMPORTANT = re.compile(r"[\d一二三四五六七八九十]|[^\w]")
_REGION = re.compile(r"[省市区县旗州]")
_LONGEST_NAME = 30
_SHORTEST_PROJECT = 12
_SHINGLE = 6
_SHORTEST_UNIT = 3
_LIKE = 0.86


def own_names(document: Document) -> tuple[str, ...]:
    """Return the names of the unit and the department that publish."""
    known = document.classification
    return tuple(squeeze(name) for name in (known.unit, known.department) if name)


def abbreviates(short: str, name: str) -> bool:
    """Tell whether a name is short for another: its characters stand in the other in this order (区人社局)."""
    rest = iter(name)
    return all(char in rest for char in short)


def ending_of(vocabulary: Vocabulary) -> str:
    """Return the alternatives that names of offices end with, as a regular expression, the longest first; "" for none."""
    endings = vocabulary.lists.get("机构名称结尾", ())
    return "|".join(sorted(map(re.escape, endings), key=len, reverse=True))


def is_own(name: str, own: Iterable[str]) -> bool:
    """Tell whether a name is the own one, in full or short."""
    return any(abbreviates(name, mine) or mine in name for mine in own)


@check(
    "BL501",
    Said("没有外来的部门名称", "no stranger's name for the department"),
    Severity.WARNING,
    Said(
        "写“本部门”“部门预算”时所称的部门就是本部门",
        "where the text says “this department” it names the department itself",
    ),
)
def foreign_names(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """“某局本部门”, “某局2024年部门预算”: the subject of such words is the department itself."""
    own = own_names(bundle.document)
    ending = ending_of(vocabulary)
    if not own or not ending:
        return
    subject = re.compile(
        rf"([\u4e00-\u9fff]{{0,{_LONGEST_NAME}}}?(?:{ending}))"
        r"(?:本部门|本单位|20\d\d年(?:度)?(?:部门|单位)(?:预算|决算)|(?:部门|单位)20\d\d年)"
    )
    units = units_text(bundle.document)
    for passage in prose_of(bundle.document):
        for match in subject.finditer(passage.squeezed):
            name = _BEFORE.split(match[1])[-1] or match[1]
            foreign = not is_own(name, own) and name not in units and len(name) > 2
            message = Said(
                f"“{match[0]}”写的是其他部门的名称，本部门是“{own[0]}”，疑为其他部门文本的残留",
                f"“{match[0]}” names another department, this one is “{own[0]}”: perhaps left over from another text",
            )
            instance = f"{name}|{passage.squeezed[:30]}"
            yield foreign_names.judged(instance, message if foreign else None, passage.place)


@check(
    "BL502",
    Said("表头单位与本部门一致", "heads of tables name the department"),
    Severity.WARNING,
    Said(
        "各表表头的部门（单位）名称是本部门或所属单位",
        "the department or unit at the head of a table is this one or one of its units",
    ),
)
def heads_of_tables(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """The unit named at the head of a table is the department (or a unit of it)."""
    own = own_names(bundle.document)
    units = units_text(bundle.document)
    office = re.compile(rf".+{vocabulary.words.any_of('分类/机构结尾')}(?:\(.*\))?")
    for table in bundle.document.tables:
        for head in _OWNERS:
            cell = table.facts.get(head)
            name = _LEADING_CODE.sub("", squeeze(cell.text)) if cell else ""
            if not own or cell is None or len(name) < 4 or not office.fullmatch(name):
                continue
            other = not is_own(name, own) and name not in units
            message = Said(
                f"表头的{head}写“{name}”，与本部门名称“{own[0]}”不同，请核对",
                f"{head} at the head of the table reads “{name}”, this department is “{own[0]}”",
            )
            place = cell.place.within(table=table.title, row=head)
            yield heads_of_tables.judged(f"{table.id}|{table.key}|{name}", message if other else None, place)


def units_text(document: Document) -> str:
    """Return the text of the sections and tables that list the units of a department."""
    parts = [
        squeeze(paragraph.text)
        for section in document.sections()
        if section.name in _UNIT_SECTIONS
        for below in section.walk()
        for paragraph in below.paragraphs
    ]
    listing = {
        number
        for section in document.sections()
        if section.name in _UNIT_SECTIONS
        for below in section.walk()
        for number in below.tables
    }
    parts += [
        squeeze(row.label)
        for number, table in enumerate(document.tables)
        if table.id == "b.org" or number in listing
        for row in table.rows
    ]
    return "\n".join(parts)


@check(
    "BL503",
    Said("实施单位在单位名单之内", "units that carry out projects are listed"),
    Severity.WARNING,
    Said(
        "绩效表的实施单位都在机构设置所列的单位之中",
        "the units that carry out projects are among those the text lists",
    ),
)
def unlisted_units(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """Units that carry out projects are listed among the department's; one outcome a name."""
    document = bundle.document
    units, own = units_text(document), own_names(document)
    named: dict[str, list[tuple[Table, Cell]]] = defaultdict(list)
    for table in document.tables:
        cell = table.facts.get("实施单位")
        if cell is not None and squeeze(cell.text):
            named[squeeze(cell.text)].append((table, cell))
    inside = {name for name in named if _listed(name, units) or _listed_as(name, own)}
    if not any(_listed(name, units) for name in inside):
        return
    for name, cells in named.items():
        unknown = name not in inside
        operands = tuple(
            Operand("实施单位", cell.text, place=cell.place, fact=f"{table.key}") for table, cell in cells
        )
        places = [cell.place.within(table=table.title, row="实施单位") for table, cell in cells]
        message = Said(
            f"实施单位“{name}”（{len(cells)} 处）不在机构设置所列的单位之中，请核对名称",
            f"the unit “{name}” ({len(cells)} places) is not among the units that the text lists",
        )
        yield unlisted_units.judged(name, message if unknown else None, *places, operands=operands)


def _listed(name: str, units: str) -> bool:
    """Tell whether a list of units names one, its region before it or not (示例区种子站, 种子站)."""
    short = (name[region.end() :] for region in _REGION.finditer(name))
    return name in units or any(len(rest) > _SHORTEST_UNIT and rest in units for rest in short)


def _listed_as(name: str, own: Iterable[str]) -> bool:
    return any(name == mine or mine in name for mine in own)


@check(
    "BL504",
    Said("项目名称前后一致", "projects have one name"),
    Severity.WARNING,
    Said(
        "正文所写的项目名称与项目表相同",
        "a project is named in prose as in its sheet",
    ),
)
def project_names(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A project that prose names in nearly the words of its sheet is named in exactly those."""
    projects = {
        squeeze(cell.text): cell
        for table in bundle.document.tables
        if (cell := table.facts.get("项目名称")) is not None and len(squeeze(cell.text)) >= _SHORTEST_PROJECT
    }
    prose = [p for p in prose_of(bundle.document) if p.kind != HEADING]
    for name, cell in projects.items():
        if any(name in passage.squeezed for passage in prose):
            yield project_names.judged(name, None, cell.place)
            continue
        found = next(
            ((near, p) for p in prose for near in _near(name, p.squeezed) if near not in projects), None
        )
        if found is not None:
            near, passage = found
            message = Said(
                f"正文写项目“{near}”，项目表写“{name}”，两处名称不一致，请核对",
                f"prose names the project “{near}”, its sheet “{name}”",
            )
            yield project_names.judged(name, message, passage.place, cell.place)


def _near(name: str, text: str) -> Iterator[str]:
    """Yield a stretch of a text that reads nearly like a name, differing in more than digits."""
    start = text.find(name[:_SHINGLE])
    if start < 0:
        return
    end = re.search(r"[，。；、”“：:;,）)]", text[start + _SHINGLE :])
    whole = text[start : start + _SHINGLE + end.start()] if end else text[start:]
    for length in range(len(name) - 3, len(name) + 4):
        near = whole[:length]
        if len(near) < length or near[-2:] != name[-2:]:
            continue
        if _UNIMPORTANT.sub("", near) != _UNIMPORTANT.sub("", name) and _ratio(near, name) >= _LIKE:
            yield near
            return


def _ratio(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@check(
    "BL505",
    Said("部门用全称", "the department has its full name"),
    Severity.NOTICE,
    Said(
        "正文称本部门时用全称",
        "prose calls the department by its full name",
    ),
)
def short_names(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """“人社局部门”: a short name where the department's own stands in full."""
    own = own_names(bundle.document)
    short = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,5}(?:局|委|办))部门(?!预算|决算)")
    for passage in case_of(bundle).passages if own else ():
        for match in short.finditer(passage.squeezed):
            mine = is_own(match[1], own) and match[1] not in own
            message = Said(
                f"“{match[0]}”用了简称，公开文本宜用全称“{own[0]}”",
                f"“{match[0]}” is short; what is published should say “{own[0]}”",
            )
            yield short_names.judged(match[0], message if mine else None, passage.place)


NAMES_CHECKS = (
    foreign_names,
    heads_of_tables,
    unlisted_units,
    project_names,
    short_names,
)
