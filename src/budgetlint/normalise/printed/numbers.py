"""Find the printed figures of a paragraph: number, unit, precision and where each stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from budgetlint.document import Amount
from budgetlint.document.amount import MONEY_UNITS, amount_of, parse_number

#: What the reader of a paragraph never needs: spaces and the remains of Markdown emphasis.
_DROPPED = re.compile(r"[\s\u200b\ufeff*$\\]")
_PUNCTUATION = str.maketrans(
    {"(": "（", ")": "）", ":": "：", ";": "；", "［": "〔", "］": "〕", "[": "〔", "]": "〕"}
)


class FoldedText(Struct, frozen=True):
    """A paragraph as it is analysed: widths folded, spaces and emphasis marks gone.

    ``offsets[i]`` is where the i-th character of ``text`` stands in the original; one more marks its end.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original text of ``text[start:end]``."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


def _fold_character(char: str, before: str, after: str) -> str:
    if char in "，。；：、（）“”‘’《》【】":
        return char
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) != 1:
        return char
    if folded == ",":
        return "," if before.isdigit() and after.isdigit() else "，"
    return folded.translate(_PUNCTUATION)


def fold(original: str) -> FoldedText:
    """Fold a paragraph for analysis and remember where every character came from.

    A space between two digits stays: it separates two numbers.
    """
    kept = [i for i, char in enumerate(original) if not _DROPPED.match(char)]
    chars: list[str] = []
    offsets: list[int] = []
    for n, i in enumerate(kept):
        before = original[kept[n - 1]] if n else ""
        after = original[kept[n + 1]] if n + 1 < len(kept) else ""
        if n and i - kept[n - 1] > 1 and before.isdigit() and original[i].isdigit():
            chars.append(" ")
            offsets.append(kept[n - 1] + 1)
        chars.append(_fold_character(original[i], before, after))
        offsets.append(i)
    return FoldedText("".join(chars), (*offsets, len(original)))


#: Units of money printed without their 元.
_CUT = ("万", "亿")


class Figure(Struct, frozen=True):
    """A printed figure at ``start``..``end`` of the folded text (its unit and a trailing 左右 included)."""

    start: int
    end: int
    amount: Amount


class FigureScanner:
    """Finds figures; built once for the count units of a vocabulary, and for the words before an amount of money."""

    def __init__(self, count_units: Iterable[str], money_names: Iterable[str] = ()) -> None:
        names = "|".join(map(re.escape, money_names)) or "(?!)"
        self._of_money = re.compile(rf"(?:{names})(?:为|共|约|数|总额|合计)?$")
        counts = "|".join(sorted(map(re.escape, count_units), key=len, reverse=True)) or "(?!)"
        money = "|".join(sorted(MONEY_UNITS, key=len, reverse=True))
        self._figure = re.compile(
            rf"""(?<![\d.,A-Za-z〔第-])(?P<sign>-)?
                 (?P<digits>\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?(?!\.?\d))
                 (?P<more>余|多)?
                 (?P<unit>(?:个)?百分点|%|(?:{money})(?:/[人月年次户个平方米天]+)*|万?(?:{counts})(?!月|工作日|年|钟|之|百分点)|[万亿](?=[，。；、：（）]|$))?
                 (?P<variant>（[套辆台]）)?
                 (?P<about>左右|上下)?""",
            re.VERBOSE,
        )
        #: “单价100万元（含）以上设备”: the figure belongs to the name of what is counted.
        self._threshold = re.compile(r"(?:（不?含[^）]{0,6}）)?[及和或]?以[上下内](?![，。；、：）)]|$)")
        self._about = re.compile(r"(?:大约|将近|(?<![节集预契公合制])约|(?<![最附接])近|逾)$")

    def scan(self, text: str) -> tuple[Figure, ...]:
        """Return the figures of a folded text in printed order.

        A number without a unit counts only with decimals (an amount whose unit was forgotten); years, dates,
        numbering and document numbers have no unit and are no figures.
        """
        found: list[Figure] = []
        for match in self._figure.finditer(text):
            unit = match["unit"]
            following = text[match.end() : match.end() + 1]
            if unit in _CUT:
                # 30万 may be people or trees; with decimals, or after words of money, it is 万元 cut short.
                if "." not in match["digits"] and not self._of_money.search(text, 0, match.start()):
                    continue
                unit = f"{unit}元"
            if unit is None and ("." not in match["digits"] or following in set("年月日号期、）")):
                continue
            if self._threshold.match(text, match.end()):
                continue
            parsed = parse_number((match["sign"] or "") + match["digits"].replace("，", ","))
            if parsed is None:
                continue
            about = bool(
                match["more"]
                or match["about"]
                or self._about.search(text[max(0, match.start() - 3) : match.start()])
            )
            found.append(Figure(match.start(), match.end(), amount_of(*parsed, unit, about)))
        return tuple(found)
