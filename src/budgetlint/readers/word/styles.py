"""What Word's styles and numbering say of a paragraph: its outline level and the number printed before it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "ideographDigital",
    }
    | {"chineseLegalSimplified", "taiwaneseCountingThousand", "japaneseDigitalTenThousand"}
)
_LEGAL = str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰")
#: Deeper chains of basedOn are loops.
_LONGEST_CHAIN = 20


class Style(Struct):
    """A paragraph style, its own settings only."""

    name: str
    based_on: str | None
    level: int | None
    numbering: tuple[str, int] | None


class Level(Struct):
    """One level of a list: its format, the text around the numbers and where it starts."""

    format: str
    text: str
    start: int


class Styles(Struct):
    """The styles and lists of a document; counts list items as the document is read from the top."""

    styles: dict[str, Style] = field(default_factory=dict)
    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    default: str | None = None
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def level(self, properties: Any) -> int | None:
        """Return the outline level (1 = top) of a paragraph, None for body text."""
        if properties is not None:
            own = _integer(properties.find(f"{W}outlineLvl"))
            if own is not None:
                return own + 1 if 0 <= own < 9 else None
        for style in self._chain(properties):
            if style.level is not None:
                return style.level if style.level > 0 else None
        return None

    def number(self, properties: Any) -> str:
        """Return the list number printed before a paragraph, "" for none, and count it."""
        numbering = _numbering(properties)
        if numbering is None:
            numbering = next((style.numbering for style in self._chain(properties) if style.numbering), None)
        if numbering is None or numbering[0] not in self.lists:
            return ""
        shared, levels = self.lists[numbering[0]]
        depth = numbering[1]
        level = levels.get(depth)
        if level is None or level.format in ("bullet", "none"):
            return ""
        counts = self._counts.setdefault(shared, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        text = level.text
        for other in range(depth + 1):
            if f"%{other + 1}" in text:
                at = levels.get(other, level)
                text = text.replace(f"%{other + 1}", formatted(counts.get(other, at.start), at.format))
        return text

    def _chain(self, properties: Any) -> list[Style]:
        named = properties.find(f"{W}pStyle") if properties is not None else None
        style = self.styles.get((named.get(f"{W}val") if named is not None else self.default) or "")
        chain: list[Style] = []
        while style is not None and len(chain) < _LONGEST_CHAIN:
            chain.append(style)
            style = self.styles.get(style.based_on or "")
        return chain


def read_styles(styles: Any, numbering: Any) -> Styles:
    """Read the roots of styles.xml and numbering.xml; either may be None."""
    read = Styles()
    for element in styles.iter(f"{W}style") if styles is not None else ():
        if element.get(f"{W}type") not in (None, "paragraph"):
            continue
        name = _value(element.find(f"{W}name")) or ""
        properties = element.find(f"{W}pPr")
        level = _integer(properties.find(f"{W}outlineLvl")) if properties is not None else None
        heading = name.lower().removeprefix("heading ")
        if level is None and heading != name.lower() and heading.isdigit():
            level = int(heading) - 1
        key = element.get(f"{W}styleId") or ""
        shown = None if level is None else (level + 1 if 0 <= level < 9 else 0)
        read.styles[key] = Style(name, _value(element.find(f"{W}basedOn")), shown, _numbering(properties))
        if element.get(f"{W}default") in ("1", "true"):
            read.default = key
    if numbering is not None:
        abstract = {
            element.get(f"{W}abstractNumId"): _levels(element)
            for element in numbering.iter(f"{W}abstractNum")
        }
        for element in numbering.iter(f"{W}num"):
            shared = _value(element.find(f"{W}abstractNumId")) or ""
            levels = dict(abstract.get(shared, {}))
            key = element.get(f"{W}numId") or ""
            overrides = element.findall(f"{W}lvlOverride")
            for override in overrides:
                depth = int(override.get(f"{W}ilvl") or 0)
                start = _integer(override.find(f"{W}startOverride"))
                if start is not None and depth in levels:
                    levels[depth] = Level(levels[depth].format, levels[depth].text, start)
            read.lists[key] = (f"{shared}/{key}" if overrides else shared, levels)
    return read


def formatted(number: int, form: str) -> str:
    """Write a list number the way a Word number format does."""
    if form in _CHINESE:
        text = chinese(number)
        return text.translate(_LEGAL) if form == "chineseLegalSimplified" else text
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= number <= 39:
        roman = (
            "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        )
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)


def chinese(number: int) -> str:
    """Write 1–999 as 一, 十三, 二十, 一百零五."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _levels(element: Any) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for level in element.findall(f"{W}lvl"):
        start = _integer(level.find(f"{W}start"))
        levels[int(level.get(f"{W}ilvl") or 0)] = Level(
            _value(level.find(f"{W}numFmt")) or "decimal",
            _value(level.find(f"{W}lvlText")) or "",
            1 if start is None else start,
        )
    return levels


def _numbering(properties: Any) -> tuple[str, int] | None:
    element = properties.find(f"{W}numPr") if properties is not None else None
    if element is None:
        return None
    key = _value(element.find(f"{W}numId"))
    return (key, _integer(element.find(f"{W}ilvl")) or 0) if key else None


def _value(element: Any) -> str | None:
    return element.get(f"{W}val") if element is not None else None


def _integer(element: Any) -> int | None:
    value = _value(element)
    try:
        return int(value) if value is not None else None
    except ValueError:
        return None
