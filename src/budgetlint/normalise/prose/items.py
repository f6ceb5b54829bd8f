"""Read the head of a numbered item: the 类款项 path or the concept that everything under it is about."""

from __future__ import annotations

import re

from msgspec import Struct

from budgetlint.normalise.prose.names import Name, Names

_NUMBERING = re.compile(
    r"^(?:（[一二三四五六七八九十百\d]+）|[一二三四五六七八九十百]+[、.．]|\d+[、.．](?!\d)|\d+）|[①-⑳]|第[一二三四五六七八九十\d]+[,，、]|[一二三四五六七八九十]+是)[、.．，]?"
)
_STEP = re.compile(r"（(?:类|款|项|\d{3,7}类?|\d{2,7}[款项]|(?P<pair>\d\d))）(?:类|款|项)?")
_TOP = re.compile(r"（(?:类|\d{3}类?)）")
_INLINE_CLASS = re.compile(
    r"((?:[^，。；：、（）]|（(?!类|\d)[^）]*）)+（(?:类|\d{3}类?)）(?:支出)?)(?!.*（\d*[款项]）)"
)
#: The code and name of a 项 before its figure: 2101102事业单位医疗38.87万元.
_CODED = re.compile(r"\d{7}([^\d，。；：（）]{2,40}?)(?=(?:支出决算数?|决算数?)?(?:为|共计?)?\d)")
_HEAD_END = re.compile("[，。；：]")
_LONGEST_HEAD = 60


class Item(Struct, frozen=True):
    """The head of an item.

    Attributes:
        style: its numbering with every number made one (``1.``, ``（一）``); items of one style are siblings.
        subject: the path of a 类款项 heading joined by ``/``, else the concept's name.
        names: what the item's figures are figures of.
        end: where the head's numbering and 类款项 path end in the folded text.
    """

    style: str
    subject: str
    names: tuple[Name, ...]
    end: int
    classified: bool = False


def numbering(text: str) -> str:
    """Return the numbering a folded paragraph starts with, "" without."""
    match = _NUMBERING.match(text)
    return match.group() if match else ""


def style_of(number: str) -> str:
    """Return the style of a numbering: （一）, 1、 and （1） are three levels."""
    style = re.sub(r"[①-⑳]", "①", number)
    return re.sub(r"[一二三四五六七八九十百]+", "一", re.sub(r"\d+", "1", style))


def depth_of(style: str) -> int:
    """Return how deep a style of numbering stands, as official documents count: 一、（一）1.（1）① (GB/T 9704, 7.3.3)."""
    kind = next((depth for sign, depth in (("一", 0), ("1", 2), ("①", 4)) if sign in style), 0)
    return kind + (kind < 4 and style.startswith(("(", "（")))


def class_path(text: str) -> tuple[tuple[str, ...], int] | None:
    """Read ``甲支出（类）乙（款）丙（项）`` at the start of a text; return its steps and where it ends."""
    steps: list[str] = []
    start, top = 0, False
    for match in _STEP.finditer(text):
        step = text[start : match.start()].strip('“”"：:、')
        if match["pair"] and not steps:  # （05）行政单位离退休（01） stands only after its class (208)
            break
        if not step or re.search("[，。；]", step) or len(step) > _LONGEST_HEAD or len(steps) == 3:
            break
        steps.append(step)
        start, top = match.end(), bool(_TOP.match(match.group()))
    if not steps:
        return None
    tail = re.match(r"支出(?=[\d，。：；”为]|$|预算|决算|年初|20)", text[start:])
    if len(steps) == 1 and top and tail and not steps[0].endswith("支出"):
        steps[0] += "支出"
    end = start + (tail.end() if tail else 0)
    while end < len(text) and text[end] in "”。：:，":
        end += 1
    return tuple(steps), end


def class_step(words: str) -> str:
    """Return the printed words of one 类 in a sentence (教育（类）支出, 教育支出（类）), "" where there is none."""
    match = _INLINE_CLASS.search(words)
    return match.group(1) if match else ""


def class_name(step: str) -> str:
    """Return the name of the class that ``class_step`` found: 教育支出."""
    name = _TOP.sub("", step)
    return name if name.endswith("支出") else f"{name}支出"


def item_of(text: str, first_figure: int | None, names: Names) -> Item | None:
    """Return the item a folded paragraph is, None where it has no number and no 类款项 path."""
    number = numbering(text)
    begin = len(number)
    path = class_path(text[begin:])
    if path is not None:
        steps, end = path
        name = names.exactly(steps[-1]) or Name(steps[-1], True)
        if len(steps) > 1 or number:
            return Item(style_of(number), "/".join(steps), (name,), begin + end, True)
    if not number:
        return None
    coded = _CODED.match(text, begin)
    if coded is not None:
        return Item(style_of(number), coded[1], (Name(coded[1], True),), coded.end(), True)
    stop = _HEAD_END.search(text, begin)
    head_end = min(
        len(text), stop.start() if stop else len(text), len(text) if first_figure is None else first_figure
    )
    head = text[begin:head_end]
    known = names.known(head[:_LONGEST_HEAD])
    if not known:
        known = names.known(
            re.sub(r"(?:的)?(?:支出)?(?:预算|决算)?(?:总体|具体)?情况(?:说明)?$", "", head[:_LONGEST_HEAD])
        )
    subject = known[0].concept if known else ""
    return Item(style_of(number), subject, known, begin)
