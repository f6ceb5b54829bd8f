"""Checks on wording: doubled words and clauses, repeated paragraphs, unpaired brackets and quotation marks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from budgetlint.checking.check import PythonCheck, judged, once_where_clear
from budgetlint.checking.checks.passages import FACT, Passage, passages, prose_of
from budgetlint.document import Bundle, Place
from budgetlint.document.text import chinese_number, numbering_of
from budgetlint.language.syntax import Basis
from budgetlint.results.findings import Outcome, Severity, Verdict
from budgetlint.vocabulary import Vocabulary

_BASIS = (Basis(consistency=True),)
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


def _doubled_words(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    legitimate = vocabulary.lists.get("可以重复的字样", ())
    words = vocabulary.lists.get("末字易重的词", ())
    tied = re.compile("|".join(re.escape(word + word[-1]) for word in words) or r"(?!)")
    for passage in _worded(bundle):
        found = [*_doubled(passage.squeezed, legitimate), *_last_twice(passage.squeezed, tied, legitimate)]
        yield _outcome("BL401", passage, found, "字词重复：{found}，请核对是否多写")


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


def _doubled_clauses(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for passage in _worded(bundle):
        found = []
        for sentence in _SENTENCE.split(passage.squeezed):
            clauses = [part.strip("“”\"'") for part in _CLAUSE.split(sentence)]
            for before, after in pairwise(clauses):
                if before == after and len(after) >= _SHORTEST_CLAUSE and not after.isascii():
                    found.append(after)
        yield _outcome("BL402", passage, found, "分句重复：“{found}”，请核对是否多写")


def _repeated_paragraphs(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """Two paragraphs or headings in a row that read the same; 17、 and 18、 of one name are two things."""
    before: Passage | None = None
    for passage in prose_of(bundle.document):
        text = _unnumbered(passage)
        same = (
            before is not None
            and len(text) >= _SHORTEST_PARAGRAPH
            and text == _unnumbered(before)
            and not (passage.number and before.number)
        )
        outcome = _outcome("BL403", passage, [_short(text)] * same, "这一段与上一段相同：“{found}”")
        yield outcome if before is None or not same else _also_at(outcome, before.place)
        before = passage


def _unnumbered(passage: Passage) -> str:
    text = passage.squeezed
    return text[len(numbering_of(text)) :]


def _doubled_numbering(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """``1.1.…2.2.…`` without 1.2.: every number was written twice."""
    for passage in _worded(bundle):
        text = passage.squeezed
        twice = [
            number for number in range(1, 10) if re.search(rf"(?<![\d.]){number}\.{number}\.(?!\d)", text)
        ]
        doubled = twice[:2] == [1, 2] and not re.search(r"(?<![\d.])1\.2\.", text)
        yield _outcome("BL405", passage, ["1.1.", "2.2."] * doubled, "序号重复书写：{found}")


def _unpaired(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for passage in _worded(bundle):
        if not _finished(passage):
            continue
        found = _unpaired_in(passage.squeezed)
        yield _outcome("BL404", passage, found, "括号、引号或书名号不配对：{found}", passage.squeezed)


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


def _mixed_widths(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """Brackets that pair only when widths are set aside; one outcome for the document, for there are many or none."""
    places = [
        passage.place
        for passage in _worded(bundle)
        if passage.text.count("（") - passage.text.count("）")
        == passage.text.count(")") - passage.text.count("(")
        != 0
    ]
    outcome = Outcome("BL406", Verdict.HOLDS, severity=Severity.NOTICE, instance="widths")
    message = f"有 {len(places)} 处括号一半全角、一半半角，请统一"
    yield (
        replace(outcome, verdict=Verdict.FAILS, message=message, places=tuple(places)) if places else outcome
    )


def _wrong_words(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    wrong = [pair.partition("/")[::2] for pair in vocabulary.lists.get("常见错写", ())]
    for passage in _worded(bundle):
        text = passage.squeezed
        found = [f"“{written}”应为“{meant}”" for written, meant in wrong if written in text]
        yield _outcome("BL407", passage, found, "{found}，请核对")


def _counted(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """“德、能、勤、绩、廉五个方面”: as many items as the number says; 和 and 等 in a list leave it open."""
    for passage in _worded(bundle):
        found = []
        for match in _COUNTED.finditer(passage.squeezed):
            number = chinese_number(match[2])
            if number is not None and not _OPEN_LIST.search(match[1]) and match[1].count("、") + 1 != number:
                found.append(f"“{match[0]}”列了 {match[1].count('、') + 1} 项")
        yield _outcome("BL408", passage, found, "{found}，与所写的数不符，请核对顿号和项数")


def _one_reason_for_all(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    """The same reason given, word for word, three times and more for changes of different figures."""
    said: dict[str, list[Place]] = defaultdict(list)
    for passage in prose_of(bundle.document):
        for match in _REASON.finditer(passage.squeezed):
            said[match[1]].append(passage.place)
    for reason, places in said.items():
        again = len(places) >= _OFTEN and len(reason) >= _SHORTEST_PARAGRAPH
        message = f"{len(places)} 处增减原因逐字相同（“{_short(reason)}”），请核对是否分别说明了各自的原因"
        yield judged("BL409", reason, message if again else None, *places, severity=Severity.NOTICE)


def _worded(bundle: Bundle) -> Iterator[Passage]:
    return (passage for passage in passages(bundle.document) if len(passage.text) > 1)


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def _outcome(id: str, passage: Passage, found: list[str], message: str, around: str | None = None) -> Outcome:
    if not found:
        return _clear(id)
    said = "、".join(dict.fromkeys(found))
    words = message.replace("{found}", said) + (f"（“{_short(around)}”）" if around else "")
    instance = f"{said}|{passage.squeezed[:40]}"
    return judged(id, instance, words, passage.place, severity=Severity.NOTICE)


@lru_cache
def _clear(id: str) -> Outcome:
    """One outcome for every passage without a finding: thousands are looked at."""
    return Outcome(id, Verdict.HOLDS, severity=Severity.NOTICE)


def _also_at(outcome: Outcome, place: Place) -> Outcome:
    return replace(outcome, places=(*outcome.places, place))


WORDING_CHECKS = tuple(
    PythonCheck(id, name, Severity.NOTICE, _BASIS, sentence, once_where_clear(run))
    for id, name, sentence, run in (
        (
            "BL401",
            "字词不重复",
            "正文和表中的词语没有连写两遍的；本来如此的字样（博士博士后）除外",
            _doubled_words,
        ),
        ("BL402", "分句不重复", "一句话里没有相邻两个分句或两个列项逐字相同的", _doubled_clauses),
        ("BL403", "段落不重复", "没有接连两段或两个标题逐字相同的", _repeated_paragraphs),
        ("BL404", "括号引号配对", "写完的段落里，括号、引号、书名号成对", _unpaired),
        ("BL406", "括号全角半角统一", "成对的括号同为全角或同为半角", _mixed_widths),
        ("BL407", "没有常见错写", "没有词汇表“常见错写”所列的写法", _wrong_words),
        ("BL408", "列举与个数一致", "写明几个方面的，所列项数与之相同", _counted),
        ("BL409", "增减原因分别说明", "不同金额的增减原因没有三处以上逐字相同的", _one_reason_for_all),
        ("BL405", "序号不重复书写", "没有把序号写两遍的（1.1.、2.2.）", _doubled_numbering),
    )
)
