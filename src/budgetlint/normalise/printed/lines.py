"""What a printed line is by its form, told once: heading, table number, head field, note, title or plain prose."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from msgspec import Struct

from budgetlint.document.amount import MONEY_UNITS
from budgetlint.document.text import squeeze
from budgetlint.vocabulary import ReadingWords

_NUMERAL = "一二三四五六七八九十百零〇"
#: 第一部分, 第二章, and Ⅰ, Ⅱ … (folded to I, II …) before Chinese words.
_PART = re.compile(
    rf"^(?:第[{_NUMERAL}\d]{{1,4}}(?:部分|章|篇)|(?:VI{{0,3}}|I[VX]|I{{1,3}})(?=[、.．:：一-鿿]|20\d\d年))[、.．:：]?"
)
_ANNEX = re.compile(rf"^附(?:件|录|表)?[{_NUMERAL}\d]{{0,3}}[:：]")
_LEVELS = (
    (1, _PART),
    (1, _ANNEX),
    (2, re.compile(rf"^(?:[{_NUMERAL}]+[、.．]|第[{_NUMERAL}\d]+节[、.．:：]?)")),
    (3, re.compile(rf"^\([{_NUMERAL}]+\)[、.．]?")),
    (4, re.compile(r"^(?:\d{1,3}[、.．](?!\d(?!\d{3}年))|\(\d{1,3}\)[、.．]?|\d{1,3}\)|[①-⑳])")),
)
_SENTENCE = re.compile(r"[。；;！？!?，,]")
#: 三、上年结转结余12.72万元 gives a figure; a heading gives none.
_STATES_AMOUNT = re.compile(r"\d(?:\.\d+)?[百千万亿]*元$")
_END = re.compile(r"[。；;：:！？!?…]$")
_TITLE_UNIT = re.compile(r"[（(]?\s*(?:金额)?单位\s*[:：]\s*(?:人民币)?[百千万亿]*元\s*[）)]?")
_YEAR = re.compile(r"^[(（]?(?:19|20)\d\d年?度?[)）]?$")
_DATE = re.compile(r"^(?:(?:19|20)\d\d|二[〇○零0]二[一-鿿])年\d{0,2}[一-鿿]{0,3}月?(?:\d{1,2}日)?$")
_PAGE = re.compile(r"^(?:第?\d{1,4}页?(?:[/／共]\d{1,4}页?)?|[-—–－·]+\d{1,4}[-—–－·]+)$")
_FIELD = re.compile(r"([一-鿿()（）/、]{2,14}?)\s*[:：]\s*(.*)$")
_UNIT = re.compile(
    r"(?:单位|金额|货币)[:：]?(?:人民币)?[:：]?("
    + "|".join(sorted(MONEY_UNITS, key=len, reverse=True))
    + r")"
)
_UNIT_FIRST = re.compile(r"^[（(]?\s*(?:金额|货币|计量)?单位")
#: A department with or without its code.
_OWNER = re.compile(r"^(?:\d{3,12}[-_—]?)?(?!.*(?:表$|[预决]算))[一-鿿（()）]{4,40}$")
_APART = re.compile(r"\s{2,}|\t|　+(?=[^\s：:]{2,8}[:：])|(?<=\S)\s(?=(?:金额)?单位\s*[:：])")
_TITLE_END = re.compile(r"(?:表|表格)(?:\([^()]{1,30}\))?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?$")


class Field(Struct, frozen=True):
    """A head field ``name：value`` of a table; ``text`` is the part of the line that printed it."""

    name: str
    value: str
    text: str


class LineWords(Struct, frozen=True, eq=False):
    """The searches that reading.yaml completes: numbers of tables, notes, names of head fields."""

    table_number: re.Pattern[str]
    title_number: re.Pattern[str]
    note: re.Pattern[str]
    field_name: re.Pattern[str]
    answers: re.Pattern[str]

    @classmethod
    def of(cls, words: ReadingWords) -> LineWords:
        """Compile the words of a pack."""
        numbers = rf"(?:\d+|[{_NUMERAL}]+)(?:[-－—.]\d+)*"
        offices = words.any_of("表头栏目/部门")
        kinds = words.any_of("表头栏目/部门之前")
        printed = words.any_of("表头栏目/部门之后")
        sealed = words.any_of("表头栏目/部门括号")
        named = (
            rf"{kinds}?{offices}{printed}?(?:\({sealed}\))?(?:名称)?|{offices}[/、(]?{offices}?\)?(?:名称)?"
        )
        return cls(
            table_number=re.compile(
                rf"^[(（【]?[一-鿿]{{0,8}}?{words.any_of('表号/单独成行')}[-－—]?{numbers}(?:号?表)?[)）】]?[:：]?$"
            ),
            title_number=re.compile(
                rf"^({words.any_of('表号/表题之前')}\s*{numbers}\s*(?:号?表)?)(?:[\s　:：、.]+)(?=\S{{3}})"
            ),
            note=re.compile(rf"^[*※]?{words.any_of('表注')}\d?[:：]"),
            field_name=re.compile(rf"{words.label('表头栏目')}|^(?:{named})$"),
            answers=re.compile(rf"^[一-鿿]{{2,4}}{words.any_of('表头栏目/归口')}$"),
        )


class PrintedLine(Struct, frozen=True, eq=False, dict=True):
    """One printed line; what it is, is found when it is first asked and then kept."""

    text: str
    words: LineWords

    @cached_property
    def squeezed(self) -> str:
        """The line without spaces, widths folded."""
        return squeeze(self.text)

    @cached_property
    def _numbering(self) -> tuple[int, str] | None:
        """The level its numbering gives, and the numbering as squeezed."""
        matches = ((level, pattern.match(self.squeezed)) for level, pattern in _LEVELS)
        return next(((level, match[0]) for level, match in matches if match), None)

    @property
    def level(self) -> int | None:
        """The level its numbering gives: 1 第一部分 and 附件：, 2 一、, 3 （一）, 4 1.; None without numbering."""
        return self._numbering[0] if self._numbering else None

    @cached_property
    def part(self) -> bool:
        """Whether it begins with 第一部分 or its like."""
        return bool(_PART.match(self.squeezed))

    @cached_property
    def bare_part(self) -> bool:
        """Whether it holds nothing but 第一部分: its title stands on the next line."""
        match = _PART.match(self.squeezed)
        return match is not None and match.end() == len(self.squeezed)

    @cached_property
    def number(self) -> str:
        """Its numbering without punctuation (六, 第二部分), "" without."""
        return re.sub(r"[、.．:：()（）]", "", self._numbering[1]) if self._numbering else ""

    @cached_property
    def title(self) -> str:
        """What stands after its numbering, as printed."""
        if self._numbering is None:
            return self.text.strip()
        return _drop(self.text, len(self._numbering[1])).strip(" 　")

    @cached_property
    def closed(self) -> bool:
        """Whether it ends as a sentence or a lead-in does."""
        return bool(_END.search(self.squeezed.rstrip('”"』」')))

    @cached_property
    def heading(self) -> bool:
        """Whether it is numbered, and short and plain enough for a heading (a full stop at its end is allowed)."""
        if self.level is None or len(self.squeezed) > (80 if self.level == 1 else 50):
            return False
        inner = self.squeezed.rstrip("。.")
        if self.level == 1 and (match := _ANNEX.match(inner)):
            inner = inner[match.end() :]
        return not _SENTENCE.search(inner) and ":" not in inner and not _STATES_AMOUNT.search(inner)

    @cached_property
    def table_number(self) -> str | None:
        """The number of a table that the line is (预算01表, 表1-1, 附表一), squeezed; None for anything else."""
        if len(self.squeezed) <= 16 and self.words.table_number.match(self.squeezed):
            return self.squeezed.strip("()【】:")
        return None

    @cached_property
    def titled(self) -> tuple[str | None, str]:
        """The table number a title begins with (表三, 附表2-1), and the title without it and without its unit."""
        said = _TITLE_UNIT.sub("", self.text).strip(" 　")
        match = self.words.title_number.match(said)
        return (squeeze(match[1]), said[match.end() :]) if match else (None, said)

    @cached_property
    def year(self) -> bool:
        """Whether it holds nothing but a year: 2023年度, （2024 年度）."""
        return bool(_YEAR.match(self.squeezed))

    @cached_property
    def date(self) -> bool:
        """Whether it holds nothing but a date: 2024 年 2 月, 二〇二四年九月."""
        return bool(_DATE.match(self.squeezed))

    @cached_property
    def page_number(self) -> bool:
        """Whether it is a stray page number: 28, - 3 -, 第 4 页."""
        return bool(_PAGE.match(self.squeezed))

    @cached_property
    def note(self) -> bool:
        """Whether it begins 注：, 备注：, 说明：."""
        return bool(self.words.note.match(self.squeezed))

    @cached_property
    def unit(self) -> str | None:
        """The money unit that a 单位：万元 line or a head cell states, None without."""
        if match := _UNIT.search(self.squeezed):
            return match[1]
        ends = self.squeezed.endswith("元")
        return next((field.value for field in self.fields if field.name == "单位"), None) if ends else None

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields of a head line (部门名称：…    单位：万元), () where any part of it is not a field.

        The department may stand first without its name, and the unit last: 301-示例区某局    预算年度：2024    万元.
        """
        found = [self._field(part) for part in self._parts()]
        return () if None in found else tuple(item for item in found if item is not None)

    def _parts(self) -> list[str]:
        """Return the parts of a head line that stand apart, a name with its value."""
        parts = _APART.split(self.text.strip())
        for index in range(len(parts) - 2, -1, -1):
            if parts[index].endswith((":", "：")) and self._field(parts[index + 1]) is None:
                parts[index : index + 2] = [parts[index] + parts[index + 1]]
        if len(parts) > 1 and squeeze(parts[-1]) in MONEY_UNITS:
            parts[-1] = f"单位：{parts[-1]}"
        if len(parts) > 1 and self._field(parts[0]) is None and _OWNER.match(squeeze(parts[0])):
            parts[0] = f"部门名称：{parts[0]}"
        return parts

    def _field(self, part: str) -> Field | None:
        said = part.strip()
        match = _FIELD.match(said)
        name = squeeze(match[1]) if match else ""
        known = self.words.field_name.match(name) or self.words.answers.match(name)
        if match and known and len(match[2]) <= 60:
            return Field(name, match[2].strip(), said)
        if match and len(name) <= 4 and squeeze(match[2]) in MONEY_UNITS:
            return Field("单位", squeeze(match[2]), said)  # whatever misprint stands for 单位
        unit = _UNIT.search(squeeze(said))
        if unit and _UNIT_FIRST.match(said) and len(squeeze(said)) <= 14:
            return Field("单位", unit[1], said)
        return None

    @cached_property
    def names_field(self) -> bool:
        """Whether it is the name of a head field, with or without its colon: 项目名称, 部门名称：, 实施单位."""
        return bool(self.words.field_name.match(self.squeezed.rstrip(":")))

    @cached_property
    def ends_as_table(self) -> bool:
        """Whether its words end as the title of a table does."""
        return bool(_TITLE_END.search(self.squeezed))

    @cached_property
    def title_like(self) -> bool:
        """Whether it may be the title over a table: short, no sentence, no field, no note, no date."""
        return (
            1 < len(self.squeezed) <= 100
            and not _END.search(self.squeezed)
            and not re.search(r"[。；;]", self.squeezed)
            and not (self.note or self.fields or self.year or self.date or self.page_number)
            and self.table_number is None
            and not self.bare_part
        )


def _drop(text: str, squeezed: int) -> str:
    """Drop from printed text as many characters as its first ``squeezed`` squeezed ones."""
    seen = 0
    for index, char in enumerate(text):
        if seen >= squeezed:
            return text[index:]
        seen += len(squeeze(char))
    return ""


class Lines:
    """Printed lines as a pack's words read them; a text that comes again is the same line."""

    def __init__(self, words: ReadingWords) -> None:
        known = words.made(LineWords.of)
        self.of = lru_cache(maxsize=1 << 14)(lambda text: PrintedLine(text, known))


def lines_of(words: ReadingWords) -> Lines:
    """Return the lines that some words read."""
    return words.made(Lines)
