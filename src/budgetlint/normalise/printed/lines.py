"""What a printed line is by its form: heading, table number, head field, note, title or plain prose."""

from __future__ import annotations

import re

from msgspec import Struct

from budgetlint.document.amount import MONEY_UNITS
from budgetlint.document.text import squeeze

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
_END = re.compile(r"[。；;：:！？!?…]$")
_TABLE_NUMBER = re.compile(
    rf"^[(（【]?[一-鿿]{{0,8}}?(?:附表|附件|公开|预算|决算|预决算|财决|财预|表)[-－—]?(?:\d+|[{_NUMERAL}]+)(?:[-－—.]\d+)*(?:号?表)?[)）】]?[:：]?$"
)
_TITLE_NUMBER = re.compile(
    rf"^((?:(?:预算|决算|附)?表|附件|公开|预算|决算)\s*(?:\d+|[{_NUMERAL}]+)(?:[-－—.]\d+)*\s*(?:号?表)?)(?:[\s　:：、.]+)(?=\S{{3}})"
)
_TITLE_UNIT = re.compile(r"[（(]?\s*(?:金额)?单位\s*[:：]\s*(?:人民币)?[百千万亿]*元\s*[）)]?")
_YEAR = re.compile(r"^[(（]?(?:19|20)\d\d年?度?[)）]?$")
_DATE = re.compile(r"^(?:(?:19|20)\d\d|二[〇○零0]二[一-鿿])年\d{0,2}[一-鿿]{0,3}月?(?:\d{1,2}日)?$")
_PAGE = re.compile(r"^(?:第?\d{1,4}页?(?:[/／共]\d{1,4}页?)?|[-—–－·]+\d{1,4}[-—–－·]+)$")
_NOTE = re.compile(r"^[*※]?(?:注|备注|说明|注释)\d?[:：]")
_FIELD = re.compile(r"([一-鿿()（）/、]{2,14}?)\s*[:：]\s*(.*)$")
_FIELD_NAMES = re.compile(
    r"^(?:(?:金额|货币|计量|计价)?单位|(?:预算|决算)?(?:年度|年份)|(?:截止|填报|编制|批复|报送)?(?:时间|日期)|"
    r"(?:填报|编制|公开|预算|决算|主管|实施|填制|所属|申报|预算主管)?(?:部门|单位)(?:名称|代码|编码)?(?:\((?:单位|部门|盖章|公章)\))?(?:名称)?|"
    r"(?:部门|单位)[/、(]?(?:部门|单位)?\)?(?:名称)?|项目(?:名称|编码|代码|类别)|表号|所属(?:年度|区划)|财政区划)$"
)
_UNIT = re.compile(
    r"(?:单位|金额|货币)[:：]?(?:人民币)?[:：]?("
    + "|".join(sorted(MONEY_UNITS, key=len, reverse=True))
    + r")"
)
#: Who answers for a table, whatever the office is called: 资金主管部门, 归口处室.
_ANSWERS = re.compile(r"^[一-鿿]{2,4}(?:部门|单位|处室|机构)$")
#: A department with or without its code.
_OWNER = re.compile(r"^(?:\d{3,12}[-_—]?)?(?!.*(?:表$|[预决]算))[一-鿿（()）]{4,40}$")
_APART = re.compile(r"\s{2,}|\t|　+(?=[^\s：:]{2,8}[:：])|(?<=\S)\s(?=(?:金额)?单位\s*[:：])")
_TITLE_END = re.compile(r"(?:表|表格)(?:\([^()]{1,30}\))?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?$")


class Field(Struct, frozen=True):
    """A head field ``name：value`` of a table; ``text`` is the part of the line that printed it."""

    name: str
    value: str
    text: str


def heading_level_of(text: str) -> int | None:
    """Return the level a numbering gives: 1 第一部分 and 附件：, 2 一、, 3 （一）, 4 1.; None without numbering."""
    words = squeeze(text)
    return next((level for level, pattern in _LEVELS if pattern.match(words)), None)


def is_part(text: str) -> bool:
    """True for 第一部分 and its like."""
    return bool(_PART.match(squeeze(text)))


def bare_part(text: str) -> bool:
    """True for a line that holds nothing but 第一部分: its title stands on the next line."""
    words = squeeze(text)
    match = _PART.match(words)
    return bool(match) and not words[match.end() :] if match else False


def split_number(text: str) -> tuple[str, str]:
    """Return a heading's numbering without its punctuation (六, 第二部分) and its title, both as printed."""
    words = squeeze(text)
    for _, pattern in _LEVELS:
        if match := pattern.match(words):
            number = re.sub(r"[、.．:：()（）]", "", match.group(0))
            return number, _drop(text, len(match.group(0))).strip(" 　")
    return "", text.strip()


def _drop(text: str, squeezed: int) -> str:
    """Drop from printed text as many characters as its first ``squeezed`` squeezed ones."""
    seen = 0
    for index, char in enumerate(text):
        if seen >= squeezed:
            return text[index:]
        seen += len(squeeze(char))
    return ""


def closed(text: str) -> bool:
    """True where a line ends as a sentence or a lead-in does."""
    return bool(_END.search(squeeze(text).rstrip('”"』」')))


def heading_like(text: str) -> bool:
    """True for a numbered line short and plain enough for a heading (a full stop at its end is allowed)."""
    level = heading_level_of(text)
    words = squeeze(text)
    if level is None or len(words) > (80 if level == 1 else 50):
        return False
    inner = words.rstrip("。.")
    if level == 1 and (match := _ANNEX.match(inner)):
        inner = inner[match.end() :]
    return not _SENTENCE.search(inner) and ":" not in inner


def table_number(text: str) -> str | None:
    """Return the squeezed number line of a table (预算01表, 表1-1, 附表一), None for anything else."""
    words = squeeze(text)
    return words.strip("()【】:") if len(words) <= 16 and _TABLE_NUMBER.match(words) else None


def titled(text: str) -> tuple[str | None, str]:
    """Return the table number a title begins with (表三, 附表2-1), and the title without it and without its unit."""
    words = _TITLE_UNIT.sub("", text).strip(" 　")
    match = _TITLE_NUMBER.match(words)
    return (squeeze(match[1]), words[match.end() :]) if match else (None, words)


def year_line(text: str) -> bool:
    """True for a line that holds nothing but a year: 2023年度, （2024 年度）."""
    return bool(_YEAR.match(squeeze(text)))


def date_line(text: str) -> bool:
    """True for a line that holds nothing but a date: 2024 年 2 月, 二〇二四年九月."""
    return bool(_DATE.match(squeeze(text)))


def page_number(text: str) -> bool:
    """True for a stray page number: 28, - 3 -, 第 4 页."""
    return bool(_PAGE.match(squeeze(text)))


def note_line(text: str) -> bool:
    """True for 注：, 备注：, 说明：."""
    return bool(_NOTE.match(squeeze(text)))


def unit_said(text: str) -> str | None:
    """Return the money unit a 单位：万元 line or head cell states, None without."""
    match = _UNIT.search(squeeze(text))
    return match[1] if match else None


def head_fields(text: str) -> tuple[Field, ...]:
    """Return the fields of a head line (部门名称：…    单位：万元), () where any part of it is not a field.

    The department may stand first without its name: 301 示例区某局    预算年度：2024    单位：万元.
    """
    fields = []
    for part in _parts(text):
        field = _field(part)
        if field is None:
            return ()
        fields.append(field)
    return tuple(fields)


def _parts(text: str) -> list[str]:
    """Return the parts of a head line that stand apart, a name with its value."""
    parts = _APART.split(text.strip())
    for index in range(len(parts) - 2, -1, -1):
        if parts[index].endswith((":", "：")) and _field(parts[index + 1]) is None:
            parts[index : index + 2] = [parts[index] + parts[index + 1]]
    if len(parts) > 1 and _field(parts[0]) is None and _OWNER.match(squeeze(parts[0])):
        parts[0] = f"部门名称：{parts[0]}"
    return parts


def _field(part: str) -> Field | None:
    words = part.strip()
    match = _FIELD.match(words)
    name = squeeze(match[1]) if match else ""
    if match and (_FIELD_NAMES.match(name) or _ANSWERS.match(name)) and len(match[2]) <= 60:
        return Field(name, match[2].strip(), words)
    if match and len(name) <= 4 and squeeze(match[2]) in MONEY_UNITS:
        return Field("单位", squeeze(match[2]), words)  # whatever misprint stands for 单位
    if (
        unit_said(words)
        and re.match(r"^[（(]?\s*(?:金额|货币|计量)?单位", words)
        and len(squeeze(words)) <= 14
    ):
        return Field("单位", unit_said(words) or "", words)
    return None


def field_name(text: str) -> bool:
    """True for the name of a head field, with or without its colon: 项目名称, 部门名称：, 实施单位."""
    return bool(_FIELD_NAMES.match(squeeze(text).rstrip(":")))


def ends_as_table(text: str) -> bool:
    """True for words that end as the title of a table does."""
    return bool(_TITLE_END.search(squeeze(text)))


def title_like(text: str) -> bool:
    """True for a line that may be the title over a table: short, no sentence, no field, no note, no date."""
    words = squeeze(text)
    return (
        1 < len(words) <= 100
        and not _END.search(words)
        and not re.search(r"[。；;]", words)
        and not (
            note_line(text) or head_fields(text) or year_line(text) or date_line(text) or page_number(text)
        )
        and table_number(text) is None
        and not bare_part(text)
    )
