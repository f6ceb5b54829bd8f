"""Read the paragraphs of one section into statements: what each figure is of what, and what is said without a figure."""

from __future__ import annotations

import re

from msgspec import field
from msgspec.structs import replace

from budgetlint.document import Dimension, MentionRole, Paragraph
from budgetlint.document.amount import Amount
from budgetlint.normalise.printed.numbers import Figure, FigureScanner, fold
from budgetlint.normalise.prose.book import Said
from budgetlint.normalise.prose.clauses import Clause, clauses
from budgetlint.normalise.prose.focus import Series
from budgetlint.normalise.prose.frames import INCLUDES, Frames, leads_parts, lists_parts
from budgetlint.normalise.prose.items import item_of, numbering, style_of
from budgetlint.normalise.prose.names import Name
from budgetlint.normalise.prose.naming import NamingBook
from budgetlint.normalise.prose.statements import (
    REASON,
    VALUES,
    Statement,
    divisible,
    latest_head,
    latest_of_side,
    sums_parts,
)
from budgetlint.normalise.prose.years import speaks_of_previous, year_said

_INSIDE = re.compile(r"中$")


def signed(amount: Amount, decrease: bool) -> Amount:
    """Return the amount of a change: a decrease is printed without its sign."""
    return replace(amount, value=-amount.value) if decrease else amount


class SectionReader(NamingBook, kw_only=True):
    """Reads the paragraphs of a section and its subsections in order.

    Attributes:
        figures: finds figures in a text.
        final: the document is a final account.
    """

    figures: FigureScanner
    final: bool
    _level: int = 0
    _series: Series = field(default_factory=Series)
    _frames: Frames = field(default_factory=Frames)
    _divides: bool = False
    _announced: int | None = None
    _before: str = ""
    _ended: str = ""
    _head: str = ""

    def start_section(self, heading: str, level: int, fallback: tuple[Name, ...]) -> None:
        """Go on in a subsection: its heading is the head of an item, and ends what a sibling's text announced."""
        self._new_sentence()
        self._frames.start_section(level)
        self._level = level
        self.fallback = fallback
        self._start_item(fold(heading).text, ())

    def read(self, paragraph: Paragraph) -> None:
        """Read the next paragraph."""
        self._paragraph += 1
        self._folded, self._text = fold(paragraph.text), paragraph
        text = self._folded.text
        figures = self.figures.scan(text)
        self._new_sentence()
        begin = self._start_item(text, figures)
        self._focus.named = ()
        if self._item is not None and self._item.names:
            self._focus.main = ()
        self._frames.open_carried(begin == 0)
        for clause in clauses(text, tuple(f for f in figures if f.start >= begin), begin):
            self._read_clause(clause)
        style = style_of(numbering(text))
        # The last of a list (…；…：) says nothing of what the list's parts divide into.
        if text.endswith("：") and self._divides and (style or not self._before.endswith("；")):
            self._carry(style)
        self._frames.end_paragraph(style, text)
        self._divides, self._announced, self._before = False, None, text

    def _carry(self, style: str) -> None:
        """Divide what the paragraph states in the paragraphs to come, unless it has done so or states several things."""
        value = self._announced
        if value is None:
            value = divisible(self.statements, self._focus.values, self._paragraph)
        said = {s.concept for s in self.statements if s.paragraph == self._paragraph and s.role in VALUES}
        divided = value is not None and any(statement.whole == value for statement in self.statements)
        if value is not None and not divided and len(said) <= 1:
            self._frames.carry(value, style, self._level, self._folded.text)

    def _start_item(self, text: str, figures: tuple[Figure, ...]) -> int:
        """Recognise the head of an item; return where the paragraph's sentences begin."""
        style = style_of(numbering(text))
        item = item_of(text, figures[0].start if figures else None, self.names)
        previous = self.statements[-1].paragraph if self.statements else -1
        self._frames.start_paragraph(style, text)
        if item is not None or style or (not self._frames.carries and previous == self._paragraph - 1):
            self._item = item
        return item.end if item else len(numbering(text))

    def _new_sentence(self) -> None:
        self._sentence += 1
        self._focus.next_sentence(self._frames.end_sentence())

    def _read_clause(self, clause: Clause) -> None:
        self._enter(clause)
        words = clause.words
        reason = self.words.reason.search(words)
        if reason and not self._focus.reason:
            end = clause.start + reason.start()
            self._say_without_figure(self._compare(words[: reason.start()]), replace(clause, end=end))
            self._focus.reason = True
        if reason:
            words = words[reason.end() :]
        if not self._focus.reason:
            words = self._compare(words)
        words = self._divide(words, clause)
        self._focus.planned |= bool(self.words.planned.search(words))
        if clause.figure is not None:
            words = self._series.words_for(words, self.names, self._spoken_so_far)
            self._say_figure(words, clause, clause.figure)
            self._ended, self._head = words, ""
        elif not self._focus.reason:
            self._say_without_figure(words, clause)
            if clause.closing == "：":
                self._focus.named = self.names.known(words) or self._focus.named
            self._head = words if clause.closing == "：" else ""

    def _enter(self, clause: Clause) -> None:
        if clause.mark == "。" and clause.depth == 0:
            self._new_sentence()
        elif clause.mark == "。":
            self._focus.against, self._focus.reason = "", False
        self._focus.at_depth(clause.depth)
        if clause.mark == "；" and self._is_new_subject(clause.words, self._frames.divided):
            self._frames.turn()
        divided = self._frames.enter(clause, self.statements)
        if divided is not None and not self._focus.reason:
            value = self.statements[divided].role in VALUES
            self._focus.return_to(divided, self._name_at(divided), value)
        if self._focus.reason and self._turns(clause):
            self._focus.reason = False
        if clause.mark == "；" and clause.depth == 0:
            self._focus.against, self._focus.compared_year = "", None
            compares = self.words.compared.search(clause.words)
            states = clause.figure and not self.words.verb_before.search(clause.words)
            if compares or (states and self.names.known(clause.words)):
                self._focus.reason = False

    def _compare(self, words: str) -> str:
        """Note with what the words compare (与上年相比); return them without it."""
        self._focus.adjusted |= bool(self.words.adjusted.search(words))
        match = self.words.compared.search(words)
        if match is None:
            return words
        self._focus.compare(match, self.year)
        self._focus.changed = self.names.known(words[: match.start()]) or self._focus.changed
        return words[: match.start()] + words[match.end() :]

    def _divide(self, words: str, clause: Clause) -> str:
        """Open a division where the words say that parts follow; return the words after it."""
        among = self.words.among.search(words)
        comprises = self.words.comprises.search(words) if clause.closing == "：" else None
        at_end = clause.figure is None and clause.end >= len(self._folded.text) - 1
        last = self.statements[-1] if self.statements else None
        runs_on = last is not None and last.sentence == self._sentence and not self._focus.reason
        begins = last is not None and (last.sentence, last.paragraph) == (self._sentence - 1, self._paragraph)
        lists = begins and lists_parts(clause, self._folded.text, self.words.grouped)
        goes_on = lists or bool(runs_on and last and self._leads_parts(clause, last))
        if not among and goes_on and self._focus.values:
            self._divides = True
            self._frames.open(self._focus.values[-1], clause, lists)
            return INCLUDES.sub("", words)
        if among or comprises:
            self._divides = True
            said = words[: comprises.start()] if comprises and not among else ""
            anew = among is not None and clause.mark == "；"
            whole = latest_head(self.statements, self._sentence) if anew else self._divided(said, clause)
            if whole is not None and not at_end:
                self._frames.open(whole, clause)
            elif self.names.known(said):
                self._announced = whole
            return words[among.end() :].lstrip("，：") if among else words
        if clause.figure is None and clause.closing in ("，", "：") and _INSIDE.search(words):
            known = self.names.known(words[:-1])
            whole = self._find_value(known[0].concept) if known else None
            if whole is not None:
                self._frames.open(whole, clause)
        return words

    def _leads_parts(self, clause: Clause, last: Statement) -> bool:
        start, _ = self._folded.span(clause.start, clause.end)
        return clause.figure is not None and leads_parts(clause, start, last)

    def _divided(self, words: str, clause: Clause) -> int | None:
        """Return the value that parts follow of: the one named by the words (收入 of both sides), else the last.

        A bracket right after a budget figure divides the budget: 支出预算7.50万元（其中：…）.
        """
        if clause.mark == "（" and self.statements and self.statements[-1].role is MentionRole.BUDGET:
            return len(self.statements) - 1
        side = words if words in ("收入", "支出") else ""
        named = self.names.known(words)
        if side:
            return latest_of_side(self.statements, self._paragraph, side)
        if named:
            return self._find_value(named[0].concept)
        return divisible(self.statements, self._focus.values, self._paragraph)

    def _say_without_figure(self, words: str, clause: Clause) -> None:
        flat = self.words.flat.search(words)
        said = flat or self.words.relation.search(words)
        about_budget = self._focus.against == "budget" or (
            "预算" in words and ("决算" in words or "执行" in words)
        )
        if said is None or not (about_budget or (flat and self._focus.against)):
            return
        direction = "持平" if flat else self.words.direction(said)
        for topic, name in self._spoken_of(self.names.known(words[: said.start()])):
            against = "budget" if about_budget else "year"
            self._add(clause, None, Said(topic=topic, against=against, direction=direction, name=name))

    def _say_figure(self, words: str, clause: Clause, figure: Figure) -> None:
        amount = figure.amount
        verb = self.words.verb_before.search(words)
        if amount.unit == "%":
            if clause.mark == "" and words.startswith("的"):  # 完成预算9万元的90%, 占总支出9万元的90%
                words = self._ended + words
            share = self.words.share.search(words)
            completion = self.words.completion.search(words)
            if completion:
                base = completion["base"] or completion["base2"] or ""
                return self._refer(clause, figure, "", Said(role=MentionRole.COMPLETION, whole_said=base))
            if share:
                said = Said(role=MentionRole.SHARE, whole_said=share["whole"])
                return self._refer(clause, figure, words[: share.start()], said)
            if verb:
                return self._change(clause, figure, MentionRole.RATE, verb)
            if self.words.deviation.search(words):
                up = "减少" if amount.value < 0 else "增加"
                said = Said(role=MentionRole.RATE, direction=up, against="budget")
                return self._refer(clause, figure, "", said)
            return self._ratio(words, clause, figure)
        elif verb:
            return self._change(clause, figure, MentionRole.CHANGE, verb)
        self._value(words, clause, figure)

    def _ratio(self, words: str, clause: Clause, figure: Figure) -> None:
        """Add a percentage that says neither share nor change: a rate in the bracket after its change, else a rate of its own."""
        last = self.statements[-1] if self.statements else None
        change = last.mention if last and clause.mark == "（" and not words else None
        if last is not None and change is not None and last.role is MentionRole.CHANGE:
            said = Said(direction=last.direction, against=last.against, topic=last.topic)
            amount = signed(figure.amount, change.amount.value < 0)
            said = replace(
                said, role=MentionRole.RATE, amount=amount, name=self._name_at(len(self.statements) - 1)
            )
            self._add(clause, figure, said)
            return
        name = Name(f"{self.names.bare(words) or words}（%）", False)
        self._add(clause, figure, Said(name=name))

    def _change(self, clause: Clause, figure: Figure, role: MentionRole, verb: re.Match[str]) -> None:
        direction = "增加" if verb["up"] else "减少"
        amount = signed(figure.amount, direction == "减少")
        compared = self.words.compared.search(clause.words)
        words = clause.words[: verb.start()] if verb.end() == len(clause.words) else clause.words
        if compared and compared.end() <= len(words):
            words = words[: compared.start()] + words[compared.end() :]
        words = self.words.verb_before.sub("", words)
        among = self.words.among.search(words)
        words = words[among.end() :] if among else words
        against = self._focus.against or "year"
        self._refer(
            clause, figure, words, Said(role=role, amount=amount, direction=direction, against=against)
        )

    def _refer(self, clause: Clause, figure: Figure, own: str, said: Said) -> None:
        """Add a figure that speaks of another one (a share, a change, a rate, a completion), by its own words."""
        named = self.names.known(own) if own else ()
        if not named and own:
            bare = self.names.bare(own)
            if bare and (self._focus.reason or self.words.own_noun.search(bare) or not (self._focus.values)):
                named = (Name(bare, False),)
        if self._focus.reason and not named:
            named = (Name(own or REASON, False),)
        if said.role in (MentionRole.CHANGE, MentionRole.RATE) and not self._focus.reason:
            named = self._focus.changed = named or self._focus.changed
        if named and not self._focus.reason:
            self._focus.named = named
        spoken = (self._of_side(own) if not named else []) or self._spoken_of(named)
        changes = said.role in (MentionRole.CHANGE, MentionRole.RATE) and not self._focus.reason
        if (
            changes
            and not named
            and (whole := self._frames.listed(self.statements, clause.depth)) is not None
        ):
            spoken = [(whole, None)]
            self._focus.changed = (self._name_at(whole),)
        for topic, name in spoken:
            about = None if changes and self._focus.adjusted else topic
            name = name or (self._name_at(topic) if topic is not None else None)
            self._add(clause, figure, replace(said, topic=about, name=name))

    def _value(self, words: str, clause: Clause, figure: Figure) -> None:
        role = MentionRole.COUNT if figure.amount.dimension is Dimension.COUNT else MentionRole.VALUE
        budget = self.words.budget.search(words)
        kind = ""
        if budget and role is MentionRole.VALUE and self.final:
            role = MentionRole.BUDGET
            kind = "全年" if budget["whole_year"] else "年初" if budget["year_start"] else ""
        if not words and clause.mark == "：":  # 上年：9万元
            words = self._head
        year = year_said(words)
        generic = not self.names.of(words)
        if role is MentionRole.VALUE and speaks_of_previous(
            words, generic, self.year, self._folded.text, self.words
        ):
            role = MentionRole.PREVIOUS
        if role is MentionRole.VALUE and self._is_base(clause):
            role = MentionRole.BUDGET if self._focus.against == "budget" else MentionRole.PREVIOUS
            year = self._focus.compared_year
        part = role in VALUES and not self._focus.reason and not sums_parts(words)
        whole, number = (self._frames.division(clause.depth) if part else None) or (None, 0)
        if whole is not None and self.statements[whole].role is MentionRole.BUDGET:
            role = MentionRole.BUDGET
        names = tuple(self._to_be_bought(name) for name in self._names_of_value(words, clause, figure))
        same = whole is not None and any(name.concept == self.statements[whole].concept for name in names)
        if same and self._frames.end_carried():
            whole, number = None, 0
        elif same:
            # A part is not its whole: 收入预算合计…，包括本年收入….
            names = (Name(self.names.bare(words) or words or names[0].concept, False),)
        said = Said(role=role, whole=whole, division=number, year=year, budget=kind)
        indexes = [self._add(clause, figure, replace(said, name=name)) for name in names]
        whole_of_share = figure.amount.unit != "%" and self.words.share.fullmatch(words.lstrip("，；"))
        if not self._focus.reason and not whole_of_share:
            self._focus.named, self._focus.changed = names, ()
            self._focus.topics = tuple(indexes) if role in VALUES else self._focus.topics
