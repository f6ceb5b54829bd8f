"""What the stored cells of a workbook show: shared strings looked up, numbers printed as their formats say."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from budgetlint.document.amount import NOT_COMPUTED, parse_number
from budgetlint.readers.sheets.a1 import column_of, whole_number
from budgetlint.readers.sheets.blocks import SheetCell
from budgetlint.readers.sheets.date_places import day_of
from budgetlint.readers.sheets.escapes import unescaped
from budgetlint.readers.sheets.number_format import (
    Digits,
    digits_of,
    displayed,
    padded,
    prints_date,
    shows_text_bare,
    text_shown,
)
from budgetlint.readers.sheets.xlsx_parts import Workbook
from budgetlint.readers.sheets.xlsx_rows import RawCell, style_and_kind

#: Told of what is odd about a cell: the notice's id, the cell's column, whether it is unread, the facts.
Odd = Callable[[str, int, bool, dict[str, str]], None]


#: What WPS stores in a cell that shows a picture.
_CELL_PICTURE = "=DISPIMG("
#: Units a format may scale to: the stored one, 千, 万, 百万, 亿.
_POWERS = (0, -3, -4, -6, -8)
_TOLERANCE = Decimal("1e-9")


class _Printing(NamedTuple):
    """How the cells with the same attributes are shown."""

    kind: str
    form: str
    digits: Digits | None
    bare: bool
    struck: bool


class Shown:
    """What cells show, for all sheets of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._epoch_1904 = workbook.epoch_1904
        self._uncalculated = workbook.uncalculated
        self._formats = workbook.formats
        self._struck = workbook.struck
        self._printings: dict[str, _Printing] = {}
        #: whether a cell names a style that the workbook does not have: figures may be shown otherwise.
        self.unstyled = False
        self._known = frozenset(map(str, range(len(workbook.strings))))
        texts = ((number, text.strip()) for number, text in enumerate(workbook.strings))
        self._strings = {str(number): SheetCell(text) for number, text in texts if text}

    def row(self, raw: list[RawCell], odd: Odd, zeros: bool = True) -> dict[int, SheetCell]:
        """Return the cells of a row that show anything, by column; ``zeros`` says whether the sheet shows a nought."""
        cells: dict[int, SheetCell] = {}
        if self._uncalculated:
            raw = [(*cell[:3], "") if cell[2] else cell for cell in raw]
        make, printings, strings = tuple.__new__, self._printings, self._strings
        for letters, attributes, formula, value in raw:
            printing = printings.get(attributes) or self._printing(attributes)
            kind, _, digits, _, struck = printing
            if kind == "s":
                shown = strings.get(value)
                if shown is None and value and value not in self._known:
                    odd("BL112", column_of(letters), True, {"part": "sharedStrings.xml"})
            elif kind == "n" and value:
                text = padded(value, digits) if digits is not None else None
                shown = make(SheetCell, (text, value)) if text is not None else None
                if shown is None:
                    shown = self._number(letters, printing, value, odd)
            elif value or formula:
                shown = self._other(letters, printing, formula, value, odd)
            else:
                continue
            if struck:
                odd("BL105", column_of(letters), False, {})
            elif shown is not None and (
                printing.bare or shown.stored is not None or shown.text == NOT_COMPUTED
            ):
                cells[column_of(letters)] = shown
            elif shown is not None and (said := text_shown(shown.text, printing.form).strip()):
                cells[column_of(letters)] = SheetCell(said)
        return cells if zeros else {at: cell for at, cell in cells.items() if not _is_nought(cell)}

    def _printing(self, attributes: str) -> _Printing:
        style, kind = style_and_kind(attributes)
        index = whole_number(style, 0)
        form = self._formats[index] if index < len(self._formats) else "General"
        self.unstyled = self.unstyled or index >= len(self._formats)
        printing = self._printings[attributes] = _Printing(
            kind, form, digits_of(form), shows_text_bare(form), index in self._struck
        )
        return printing

    def _number(self, letters: str, printing: _Printing, value: str, odd: Odd) -> SheetCell | None:
        """Return what a number shows under a format; where what is stored differs beyond rounding, that is noted."""
        try:
            number = Decimal(value)
        except InvalidOperation:
            return SheetCell(value.strip())
        if number.adjusted() > 30 or not number.is_finite():
            return SheetCell(value)
        form = printing.form
        text = displayed(number, form, self._epoch_1904).strip()
        if not text:
            return None
        exact = printing.digits is not None and printing.digits.always
        if not exact and not prints_date(form) and not _shows(text, number):
            odd("BL104", column_of(letters), False, {"shown": text, "stored": value})
        return SheetCell(text, format(number, "f"))

    def _day(self, text: str, form: str) -> SheetCell | None:
        """Return what a day written as ISO 8601 shows."""
        try:
            number = day_of(text)
        except ValueError:
            return SheetCell(text)
        shown = displayed(number, form).strip()
        return SheetCell(shown, format(number, "f")) if shown else None

    def _other(
        self, letters: str, printing: _Printing, formula: str, value: str, odd: Odd
    ) -> SheetCell | None:
        """Return what a cell of another kind than a number or a shared string shows."""
        kind = printing.kind
        if formula and not value and kind not in ("str", "inlineStr"):
            odd("BL108", column_of(letters), True, {})
            return SheetCell(NOT_COMPUTED, "")
        text = unescaped(value).strip()
        if text.startswith(_CELL_PICTURE):
            odd("BL111", column_of(letters), True, {"what": "图片", "part": text})
            return None
        if kind == "d" and text:
            return self._day(text, printing.form)
        if kind == "b" and text:
            text = "TRUE" if text == "1" else "FALSE"
        return SheetCell(text) if text else None


def _is_nought(cell: SheetCell) -> bool:
    """Tell a cell that stores the number 0."""
    return bool(cell.stored) and not (cell.stored or "").strip("-0.")


def _shows(text: str, number: Decimal) -> bool:
    """Tell whether a cell shows the number it stores, rounded, perhaps in a larger unit; what is no number does."""
    read = parse_number(text)
    if read is None:
        return True
    shown, quantum = read
    powers = (2,) if "%" in text else _POWERS
    return any(abs(shown - number.scaleb(power)) <= quantum / 2 + _TOLERANCE for power in powers)
