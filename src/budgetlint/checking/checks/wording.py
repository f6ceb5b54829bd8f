"""Checks on wording: doubled words and clauses, repeated paragraphs, unpaired brackets and quotation marks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from budgetlint.checking.case import case_of
from budgetlint.checking.check import PythonCheck, check
from budgetlint.checking.checks.passages import FACT, Passage, prose_of
from budgetlint.document import Bundle, Place
from budgetlint.document.text import chinese_number, numbering_of
from budgetlint.results.findings import Outcome, Severity
from budgetlint.said import Said, Wording, told
from budgetlint.vocabulary import Vocabulary

#: A word of two to eight characters said twice, a closing quotation mark between allowed.
_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,8})[”’」]?\1")
_SENTENCE = re.compile(r"[。；;！？\n]")
_CLAUSE = re.compile(r"[，,、：:]")
_SHORTEST_CLAUSE = 6
_SHORTEST_PARAGRAPH = 10
_PAIRS = {")": "(", "”": "“", "》": "《", "】": "【", "」": "「"}
_OPENING = frozenset(_PAIRS.values())
#: 1） a) （1） at the start of an item: the bracket belongs to the number.
_ITEM = re.compile(r"(?:^|(?<=[\s，。；;、：:]))[0-9a-zA-Z一二三四五六七八九十]{1,3}\)")
_QUOTED = 24
_COUNTED = re.compile(
    r"((?:[^，。；：、“”()]{1,10}、)+[^，。；：、“”()]{1,10}?)([二三四五六七八九十]|\d+)个?(?:方面|环节|阶段|层面|维度)"
)
_OPEN_LIST = re.compile(r"[和及与或等以][^、]*$|[和及与或]")
_REASON = re.compile(r"主要原因(?:是|为|有)?[：:]?([^。；]+)[。；]")
_OFTEN = 3


@check(
    "BL401",
    Said("字词不重复", "no word is written twice in a row"),
    Severity.NOTICE,
    Said(
        "正文和表中的词语没有连写两遍的；本来如此的字样（博士博士后）除外",
        "no word of prose or tables stands twice in a row, but for those that are meant to",
    ),
    once=True,
)
def doubled_words(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    legitimate = vocabulary.lists.get("可以重复的字样", ())
    words = vocabulary.lists.get("末字易重的词", ())
    tied = re.compile("|".join(re.escape(word + word[-1]) for word in words) or r"(?!)")
    for passage in _worded(bundle):
        found = [*_doubled(passage.squeezed, legitimate), *_last_twice(passage.squeezed, tied, legitimate)]
        yield _outcome(
            doubled_words,
            passage,
            found,
            Said("字词重复：{found}，请核对是否多写", "written twice: {found}; please check"),
        )


def _doubled(text: str, legitimate: Iterable[str]) -> Iterator[str]:
    for match in _DOUBLED.finditer(text):
        if len(set(match[1])) > 1 and not _inside(text, match.start(), match.end(), legitimate):
            yield match[0]


def _last_twice(text: str, tied: re.Pattern[str], legitimate: Iterable[str]) -> Iterator[str]:
    """Find a word whose last character is said twice, as page breaks do (单位位)."""
    for match in tied.finditer(text):
        if not _inside(text, match.start(), match.end(), legitimate):
            yield match[0]


def _inside(text: str, start: int, end: int, words: Iterable[str]) -> bool:
    """Tell whether a legitimate wording covers or touches the doubled place."""
    return any(word in text[max(0, start - len(word) + 1) : end + len(word) - 1] for word in words)


@check(
    "BL402",
    Said("分句不重复", "no clause is written twice"),
    Severity.NOTICE,
    Said(
        "一句话里没有相邻两个分句或两个列项逐字相同的",
        "no two clauses or items next to one another read the same",
    ),
    once=True,
)
def doubled_clauses(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for passage in _worded(bundle):
        found = []
        for sentence in _SENTENCE.split(passage.squeezed):
            clauses = [part.strip("“”\"'") for part in _CLAUSE.split(sentence)]
            for before, after in pairwise(clauses):
                if before == after and len(after) >= _SHORTEST_CLAUSE and not after.isascii():
                    found.append(after)
        yield _outcome(
            doubled_clauses,
            passage,
            found,
            Said("分句重复：“{found}”，请核对是否多写", "a clause is written twice: “{found}”; please check"),
        )


@check(
    "BL403",
    Said("段落不重复", "no paragraph is repeated"),
    Severity.NOTICE,
    Said("没有接连两段或两个标题逐字相同的", "no two paragraphs or headings in a row read the same"),
    once=True,
)
def repeated_paragraphs(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """Two paragraphs or headings in a row that read the same; 17、 and 18、 of one name are two things."""
    before: Passage | None = None
    tables = frozenset(table.place.page for table in bundle.document.tables if table.place.page)
    for passage in prose_of(bundle.document):
        text = _unnumbered(passage)
        same = (
            before is not None
            and len(text) >= _SHORTEST_PARAGRAPH
            and text == _unnumbered(before)
            and not (passage.number and before.number)
            and not _table_between(before, passage, tables)
        )
        outcome = _outcome(
            repeated_paragraphs,
            passage,
            [_short(text)] * same,
            Said("这一段与上一段相同：“{found}”", "this paragraph repeats the one before: “{found}”"),
        )
        yield outcome if before is None or not same else _also_at(outcome, before.place)
        before = passage


def _table_between(before: Passage, passage: Passage, tables: frozenset[int]) -> bool:
    """Tell whether a table stands between two paragraphs, by the pages that tables begin on: each has its own remark."""
    first, last = before.at.page or 0, passage.at.page or 0
    return last - first > 1 or (first < last and last in tables)


def _unnumbered(passage: Passage) -> str:
    text = passage.squeezed
    return text[len(numbering_of(text)) :]


@check(
    "BL405",
    Said("序号不重复书写", "no number is written twice"),
    Severity.NOTICE,
    Said("没有把序号写两遍的（1.1.、2.2.）", "no item's number is written twice (1.1., 2.2.)"),
    once=True,
)
def doubled_numbering(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """``1.1.…2.2.…`` without 1.2.: every number was written twice."""
    for passage in _worded(bundle):
        text = passage.squeezed
        twice = [
            number for number in range(1, 10) if re.search(rf"(?<![\d.]){number}\.{number}\.(?!\d)", text)
        ]
        doubled = twice[:2] == [1, 2] and not re.search(r"(?<![\d.])1\.2\.", text)
        yield _outcome(
            doubled_numbering,
            passage,
            ["1.1.", "2.2."] * doubled,
            Said("序号重复书写：{found}", "numbers are written twice: {found}"),
        )


@check(
    "BL404",
    Said("括号引号配对", "brackets and quotation marks are paired"),
    Severity.NOTICE,
    Said(
        "写完的段落里，括号、引号、书名号成对",
        "in a finished paragraph brackets, quotation and title marks are paired",
    ),
    once=True,
)
def unpaired_marks(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for passage in _worded(bundle):
        if not _finished(passage):
            continue
        found = _unpaired_in(passage.squeezed)
        message = Said(
            "括号、引号或书名号不配对：{found}",
            "brackets, quotation or title marks without a partner: {found}",
        )
        yield _outcome(unpaired_marks, passage, found, message, passage.squeezed)


def _finished(passage: Passage) -> bool:
    """Tell whether a passage is whole: one cut off by a page or a cell ends anywhere."""
    return passage.squeezed.endswith(("。", "；", ";", "”", "》", ")", "！")) or passage.kind == FACT


def _unpaired_in(text: str) -> list[str]:
    """Return the marks without a partner, in printed order; item numbers such as 1） are left out."""
    text = _ITEM.sub("", text)
    waiting: list[str] = []
    alone: list[str] = []
    for char in text:
        if char in _OPENING:
            waiting.append(char)
        elif char in _PAIRS:
            if _PAIRS[char] in waiting:
                while waiting and waiting.pop() != _PAIRS[char]:
                    pass
            else:
                alone.append(char)
    return [*alone, *waiting]


@check(
    "BL406",
    Said("括号全角半角统一", "brackets are all full-width or all half-width"),
    Severity.NOTICE,
    Said("成对的括号同为全角或同为半角", "the two brackets of a pair have one width"),
    once=True,
)
def mixed_widths(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """Brackets that pair only when widths are set aside; one outcome for the document, for there are many or none."""
    places = [
        passage.place
        for passage in _worded(bundle)
        if passage.text.count("（") - passage.text.count("）")
        == passage.text.count(")") - passage.text.count("(")
        != 0
    ]
    message = Said(
        f"有 {len(places)} 处括号一半全角、一半半角，请统一",
        f"{len(places)} pairs of brackets are half full-width, half half-width",
    )
    yield mixed_widths.judged("widths", message if places else None, *places)


@check(
    "BL407",
    Said("没有常见错写", "no common slips of the pen"),
    Severity.WARNING,
    Said("没有词汇表“常见错写”所列的写法", "none of the slips that the vocabulary lists (常见错写)"),
    once=True,
)
def wrong_words(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    wrong = [pair.partition("/")[::2] for pair in vocabulary.lists.get("常见错写", ())]
    for passage in _worded(bundle):
        text = passage.squeezed
        found = [
            Said(f"“{written}”应为“{meant}”", f"“{written}” should read “{meant}”")
            for written, meant in wrong
            if written in text
        ]
        message = Said("{found}，请核对", "{found}; please check")
        yield _outcome(wrong_words, passage, found, message)


@check(
    "BL408",
    Said("列举与个数一致", "as many items as the text counts"),
    Severity.NOTICE,
    Said("写明几个方面的，所列项数与之相同", "where a list states its number, as many items are listed"),
    once=True,
)
def counted_items(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """“德、能、勤、绩、廉五个方面”: as many items as the number says; 和 and 等 in a list leave it open."""
    for passage in _worded(bundle):
        found: list[Said] = []
        for match in _COUNTED.finditer(passage.squeezed):
            number = chinese_number(match[2])
            if number is not None and not _OPEN_LIST.search(match[1]) and match[1].count("、") + 1 != number:
                listed = match[1].count("、") + 1
                found.append(Said(f"“{match[0]}”列了 {listed} 项", f"“{match[0]}” lists {listed}"))
        message = Said(
            "{found}，与所写的数不符，请核对顿号和项数",
            "{found}, not the number it states; please check the marks between the items",
        )
        yield _outcome(counted_items, passage, found, message)


@check(
    "BL409",
    Said("增减原因分别说明", "each change has its own reason"),
    Severity.NOTICE,
    Said(
        "不同金额的增减原因没有三处以上逐字相同的",
        "no three changes of different figures give one reason word for word",
    ),
    once=True,
)
def one_reason_for_all(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """The same reason given, word for word, three times and more for changes of different figures."""
    said: dict[str, list[Place]] = defaultdict(list)
    for passage in prose_of(bundle.document):
        for match in _REASON.finditer(passage.squeezed):
            said[match[1]].append(passage.place)
    for reason, places in said.items():
        again = len(places) >= _OFTEN and len(reason) >= _SHORTEST_PARAGRAPH
        message = Said(
            f"{len(places)} 处增减原因逐字相同（“{_short(reason)}”），请核对是否分别说明了各自的原因",
            f"{len(places)} changes give the same reason word for word (“{_short(reason)}”)",
        )
        yield one_reason_for_all.judged(reason, message if again else None, *places)


def _worded(bundle: Bundle) -> Iterator[Passage]:
    return (passage for passage in case_of(bundle).passages if len(passage.text) > 1)


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def _outcome(
    check: PythonCheck, passage: Passage, found: Sequence[Wording], message: Said, around: str | None = None
) -> Outcome:
    """Return what a check says of a passage; ``{found}`` in its message is what it found there."""
    if not found:
        return check.judged("", None)
    zh, en = ("、".join(dict.fromkeys(told(one, language) for one in found)) for language in ("zh", "en"))
    quoted = f"（“{_short(around)}”）" if around else ""
    words = Said(message.zh.replace("{found}", zh) + quoted, message.en.replace("{found}", en) + quoted)
    return check.judged(f"{zh}|{passage.squeezed[:40]}", words, passage.place)


def _also_at(outcome: Outcome, place: Place) -> Outcome:
    return replace(outcome, places=(*outcome.places, place))


WORDING_CHECKS = (
    doubled_words,
    doubled_clauses,
    repeated_paragraphs,
    unpaired_marks,
    mixed_widths,
    wrong_words,
    counted_items,
    one_reason_for_all,
    doubled_numbering,
)
