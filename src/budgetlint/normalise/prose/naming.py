"""Decide what a figure of prose is of, where its own words do not say: the item, the section, what was spoken of."""

from __future__ import annotations

import re

from budgetlint.document import Dimension, MentionRole
from budgetlint.normalise.printed.numbers import Figure
from budgetlint.normalise.prose.book import StatementBook
from budgetlint.normalise.prose.clauses import Clause
from budgetlint.normalise.prose.items import class_name, class_step
from budgetlint.normalise.prose.names import Name, name_of_count
from budgetlint.normalise.prose.statements import VALUES, latest_of_side
from budgetlint.normalise.prose.words import YEAR, ProseWords

_BARE_SIDE = re.compile(rf"[，；：]?(?:{YEAR})?(收入|支出)(?:为|共|共计)?")
_SIDE_OF_YEAR = re.compile(rf"[，；：]?(?:{YEAR})?本年(收入|支出)(?:为|共|共计|合计)?")
#: What money of a source is called: it has an income and an expenditure of its own.
_OF_SOURCE = re.compile(r"(?:预算|财政拨款)(?=(?:收入|支出)$)")
#: Before the name of what is to be bought.
PLANNED = "拟购置"


class NamingBook(StatementBook, kw_only=True):
    """A book of statements that knows what its section's words name.

    Attributes:
        words: the phrases of prose.
        fallback: the section's own concept, for sentences that name none.
    """

    words: ProseWords
    fallback: tuple[Name, ...] = ()

    def _spoken_of(self, named: tuple[Name, ...]) -> list[tuple[int | None, Name | None]]:
        """Return the value statements (and names) that words about another figure speak of."""
        if named:
            return [self._meant(name) for name in named]
        topics = self._focus.values
        if topics:
            return [(topic, None) for topic in topics]
        names = self._focus.named or (self._item.names if self._item else ()) or self.fallback[:1]
        return [(self._find_value(name.concept), name) for name in names]

    def _of_side(self, words: str) -> list[tuple[int | None, Name | None]]:
        """Return what a bare 收入 or 支出 speaks of: the paragraph's latest total of that side."""
        match = _BARE_SIDE.fullmatch(words)
        topic = latest_of_side(self.statements, self._paragraph, match.group(1)) if match else None
        return [(topic, None)] if topic is not None else []

    def _meant(self, name: Name) -> tuple[int | None, Name | None]:
        """Return the value a name speaks of: its own, else the value at hand whose name it is short for."""
        own = self._find_value(name.concept)
        if own is None and name.known:
            for topic in self._focus.values:
                if self.names.is_short_for(name.concept, self.statements[topic].concept):
                    return topic, None
        return own, name

    def _names_of_value(self, words: str, clause: Clause, figure: Figure) -> tuple[Name, ...]:
        heads = self._item.names if self._item else ()
        values = (
            topic for topic in self._focus.values if self.statements[topic].paragraph == self._paragraph
        )
        spoken = tuple(self._name_at(topic) for topic in values)
        if figure.amount.dimension is Dimension.COUNT:
            after = self._folded.text[figure.end :]
            here = self._focus.named if self._focus.topics else ()
            asked = (*self._counted_before(clause), *here, *(heads or spoken))
            return name_of_count(words, figure.amount.unit or "", after, self.names, asked)
        step = class_step(words)
        if step:
            return (Name(class_name(step), True),)
        return (
            self._side_of_source(words)
            or self.names.of(words)
            or (() if heads else self._side_of_section(words))
            or self._priced(clause)
            or self._focus.named
            or heads
            or spoken
            or self.fallback[:1]
            or tuple(self._name_at(topic) for topic in self._focus.values)
            or (Name(clause.words, False),)
        )

    def _priced(self, clause: Clause) -> tuple[Name, ...]:
        """Return what money right after a count is of: what the things counted cost (购置车辆2辆、40万元)."""
        last = self.statements[-1] if self.statements else None
        counted = last is not None and last.role is MentionRole.COUNT and last.sentence == self._sentence
        if last is None or not counted or clause.mark not in ("、", "，", "", "（"):
            return ()
        return (Name(f"{last.concept}金额", False),)

    def _to_be_bought(self, name: Name) -> Name:
        """Tell what is planned from what is held: 拟购置设备 0 台 beside 设备 6 台."""
        planned = self._focus.planned and self.names.is_stock(name.concept)
        return Name(f"{PLANNED}{name.concept}", False) if planned else name

    def _side_of_section(self, words: str) -> tuple[Name, ...]:
        """Return what a bare 收入 or 支出 is of where the section speaks of one: 政府性基金预算支出.

        In a section about totals it is not said whether the year's or the grand total is meant.
        """
        match = _BARE_SIDE.fullmatch(words)
        if match is None or not self.fallback:
            return ()
        concept, side = self.fallback[0].concept, match.group(1)
        if concept.endswith("总计"):
            return (Name(side, False),)
        other = "收入" if side == "支出" else "支出"
        name = self.names.exactly(concept if side in concept else concept.replace(other, side))
        return (name,) if name and side in name.concept else ()

    def _side_of_source(self, words: str) -> tuple[Name, ...]:
        """Return what 本年支出 is of in a sentence about one source's 本年收入: 财政拨款本年收入9万元；本年支出8万元."""
        match = _SIDE_OF_YEAR.fullmatch(words)
        if match is None or len(self._focus.topics) != 1:
            return ()
        concept = self._name_at(self._focus.topics[0]).concept
        if not _OF_SOURCE.search(concept):
            return ()
        name = self.names.exactly(concept[:-2] + match.group(1))
        return (name,) if name else ()

    def _counted_before(self, clause: Clause) -> tuple[Name, ...]:
        """Return what the clause before counted (0批次，0人次): the next count may be of the same guests."""
        last = self.statements[-1] if self.statements else None
        if last is None or last.role is not MentionRole.COUNT or last.sentence != self._sentence:
            return ()
        return self._focus.named[:1] if clause.mark == "，" else ()

    def _is_new_subject(self, words: str, whole: int | None) -> bool:
        """Tell whether words begin anew: with the office or a year, or with the other side of what is divided."""
        if self.names.words.new_subject.match(words):
            return True
        if whole is None:
            return False
        concept = self.statements[whole].concept
        other = concept.replace("收入", "支出") if "收入" in concept else concept.replace("支出", "收入")
        return other != concept and any(name.concept == other for name in self.names.known(words))

    def _turns(self, clause: Clause) -> bool:
        """Tell whether a clause ends a reason: it compares with something the sentence has not compared with yet."""
        compares = self.words.compared.match(clause.words) if clause.mark in ("，", "；") else None
        return compares is not None and self._focus.basis(compares, self.year) not in self._focus.compared

    def _spoken_so_far(self) -> list[str]:
        return [s.concept for s in self.statements if s.sentence == self._sentence and s.role in VALUES]

    def _is_base(self, clause: Clause) -> bool:
        """Tell whether the figure is what another is compared with (比2023年450.00万元增加)."""
        match = self.words.compared.search(clause.words)
        return match is not None and match.end() == len(clause.words)
