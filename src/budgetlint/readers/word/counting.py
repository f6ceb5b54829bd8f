"""Write a list's number in one of Word's number formats (ECMA-376-1, 17.18.59), as Word itself prints it.

Where LibreOffice and Word differ (it counts 十 for ``ideographDigital``), Word is followed; labels of Word were seen
in the tables of two public programs that were checked against it.
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS, _RING_DIGITS = "〇一二三四五六七八九", "○一二三四五六七八九"
_LEGAL, _LEGAL_TRADITIONAL, _LEGAL_JAPANESE = (
    "零壹贰叁肆伍陆柒捌玖",
    "零壹貳參肆伍陸柒捌玖",
    "零壱弐参四伍六七八九",
)
#: Formats that write each digit by itself.
_BY_DIGIT = {
    "ideographDigital": _DIGITS,
    "japaneseDigitalTenThousand": _DIGITS,
    "taiwaneseDigital": _RING_DIGITS,
    "koreanDigital2": "零一二三四五六七八九",
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
}
#: Formats with one mark a number, which end with the last mark: the number itself is printed beyond.
_MARKS = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
#: How a format is named that fills numbers up with noughts, to so many digits: ``padded3``.
PADDED = "padded"
_STEMS, _BRANCHES = _MARKS["ideographTraditional"], _MARKS["ideographZodiac"]


def formatted(number: int, form: str) -> str:
    """Write a list number the way a Word number format does; one it cannot write is printed in Arabic digits."""
    if number <= 0:
        return str(number)
    if form in _BY_DIGIT:
        return "".join(_BY_DIGIT[form][int(digit)] for digit in str(number))
    if form in _MARKS:
        marks = _MARKS[form]
        return marks[number - 1] if number <= len(marks) else str(number)
    if form.startswith(PADDED):
        return str(number).zfill(int(form[len(PADDED) :]))
    write = _WRITERS.get(form)
    return write(number) if write is not None else str(number)


def _short(digits: str) -> Callable[[int], str]:
    """Count to 99, from 100 on digit by digit."""
    return lambda number: (
        counted(number) if number < 100 else "".join(digits[int(digit)] for digit in str(number))
    )


def counted(
    number: int, digits: str = _DIGITS, units: str = "十百千", one_ten: bool = False, one: bool = True
) -> str:
    """Count with units, as people read a number aloud: 十三, 一百〇一.

    Args:
        number: below 10,000; any larger is returned in Arabic digits.
        digits: the ten digits; nought fills a gap.
        units: ten, hundred, thousand.
        one_ten: 10 to 19 begin with a one (壹拾).
        one: other units have their one (一百, not 百).
    """
    if number >= 10_000:
        return str(number)
    text = ""
    gap = False
    for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit = number // power % 10
        if not digit:
            gap = gap or bool(text)
            continue
        if gap and one:
            text += digits[0]
        gap = False
        bare = digit == 1 and unit and (not one or (power == 10 and not text and not one_ten))
        text += ("" if bare else digits[digit]) + unit
    return text


def _letters(number: int) -> str:
    """Write a … z, then aa, bb …: the letter once more each time round."""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number <= 780 else str(number)


def _roman(number: int) -> str:
    if number >= 4000:
        return str(number)
    text = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), _ROMAN.split(), strict=True
    ):
        text += letters * (number // value)
        number %= value
    return text


_ROMAN = "M CM D CD C XC L XL X IX V IV I"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 // 10 != 1 else "th"
    return f"{number}{ending}"


_WRITERS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _short(_RING_DIGITS),
    "taiwaneseCounting": _short(_RING_DIGITS),
    "chineseCountingThousand": counted,
    "taiwaneseCountingThousand": counted,
    "japaneseCounting": lambda number: counted(number, one=False),
    "koreanCounting": lambda number: counted(number, one=False),
    "chineseLegalSimplified": lambda number: counted(number, _LEGAL, "拾佰仟", True),
    "ideographLegalTraditional": lambda number: counted(number, _LEGAL_TRADITIONAL, "拾佰仟", True),
    "japaneseLegal": lambda number: counted(number, _LEGAL_JAPANESE, "拾百阡", True),
    "ideographZodiacTraditional": lambda number: _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12],
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "ordinal": _ordinal,
}
