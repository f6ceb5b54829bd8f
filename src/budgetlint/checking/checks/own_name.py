"""Checks of the names sentences begin with: the department's own in two forms, and a stranger's left in the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from budgetlint.checking.check import check
from budgetlint.checking.checks.names import abbreviates, ending_of, is_own, own_names, units_text
from budgetlint.checking.checks.passages import prose_of
from budgetlint.document import Bundle, Document, Place
from budgetlint.document.text import squeeze
from budgetlint.results.findings import Outcome, Severity
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

_LONGEST_NAME = 30
_SHORTEST_NAME = 6
#: So many characters may be missing or too many for a name still to be the same one.
_OWN_FIGURES = "(?:收入|支出|收支|预算|决算|机关运行经费|一般公共预算|“三公”经费|基本支出|项目支出)"
_SLIPS = 2
_BEGINNING, _END = 3, 2


@check(
    "BL506",
    Said("本部门名称前后一致", "the department's name is one"),
    Severity.NOTICE,
    Said(
        "本部门的名称在正文里没有多字、少字的写法",
        "the department's name is nowhere written with characters missing or too many",
    ),
)
def one_form(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """A name that is the own one but for one or two characters left out or added; a short form is none."""
    units = _named_elsewhere(bundle.document)
    for name in dict.fromkeys(own_names(bundle.document)):
        if len(name) < _SHORTEST_NAME:
            continue
        found: dict[str, list[Place]] = defaultdict(list)
        near = re.compile(
            rf"{re.escape(name[:_BEGINNING])}[\u4e00-\u9fff]{{1,{len(name)}}}?{re.escape(name[-_END:])}"
        )
        for passage in prose_of(bundle.document):
            for match in near.finditer(passage.squeezed):
                if _slip(match[0], name) and match[0] not in units:
                    found[match[0]].append(passage.place)
        for other, places in found.items():
            message = Said(
                f"正文写“{other}”（{len(places)} 处），本部门的名称是“{name}”，请统一",
                f"the text says “{other}” at {len(places)} places; the department is called “{name}”",
            )
            yield one_form.judged(f"{name}|{other}", message, *places)
        if not found:
            yield one_form.judged(name, None)


def _slip(one: str, other: str) -> bool:
    """Tell whether one name is the other with at most two characters left out or added."""
    short, long = sorted((one, other), key=len)
    return one != other and len(long) - len(short) <= _SLIPS and abbreviates(short, long)


@check(
    "BL507",
    Said("句首的单位是本部门", "sentences about money begin with the department's own name"),
    Severity.WARNING,
    Said(
        "“某单位某年度预算（收入、支出、经费）……”的句子，开头的单位是本部门或所属单位",
        "a sentence “so-and-so's budget of the year …” begins with the department or a unit of it",
    ),
)
def strangers(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """甲乙市丙丁委员会2025年机关运行经费支出预算20.00万元 in another office's text; a name said often is a unit of it."""
    own = own_names(bundle.document)
    ending = ending_of(vocabulary)
    if not own or not ending:
        return
    name = rf"([\u4e00-\u9fff]{{2,{_LONGEST_NAME}}}[省市区县旗州镇乡][\u4e00-\u9fff]{{0,{_LONGEST_NAME}}}?(?:{ending}))(?:\(汇总\)|\(本级\))?"
    subject = re.compile(
        rf"(?:^|(?<=[。；;])){name}20\d\d年(?:度)?[^,，。;；:：]{{0,24}}?(?:预算|决算|收入|支出|经费|拨款)[^,，。;；:：]{{0,8}}?\d"
    )
    # The year first: only where the name's own figures follow at once, not what that office gives.
    dated = re.compile(
        rf"(?:^|[。；;])20\d\d年(?:度)?[,，]?{name}(?:部门|单位)?{_OWN_FIGURES}[^,，。;；:：]{{0,10}}?\d"
    )
    units = units_text(bundle.document) + _named_elsewhere(bundle.document)
    said: dict[str, list[Place]] = defaultdict(list)
    for passage in prose_of(bundle.document):
        for match in (*subject.finditer(passage.squeezed), *dated.finditer(passage.squeezed)):
            said[match[1]].append(passage.place)
    times = Counter({name: len(places) for name, places in said.items()})
    for name, places in said.items():
        foreign = not is_own(name, own) and name not in units and times[name] <= _SLIPS
        message = Said(
            f"句首写的是“{name}”，本部门是“{own[0]}”，疑为其他部门文本的残留",
            f"the sentence begins with “{name}”, but the department is “{own[0]}”",
        )
        yield strangers.judged(name, message if foreign else None, *places)


def _named_elsewhere(document: Document) -> str:
    """Return what tables call their rows and heads: units that are listed there are the department's."""
    labels = (squeeze(row.label) for table in document.tables for row in table.rows)
    heads = (squeeze(cell.text) for table in document.tables for cell in table.facts.values())
    return "\n".join((*labels, *heads))


OWN_NAME_CHECKS = (one_form, strangers)
