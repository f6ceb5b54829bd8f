"""Read the paragraphs of one section into statements: what each figure is of what, and what is said without a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetlint.document import Dimension, Mention, MentionRole, Paragraph
from budgetlint.document.amount import Amount
from budgetlint.normalise.numbers import Figure, FigureScanner, FoldedText, fold
from budgetlint.normalise.prose_clauses import Clause, clauses
from budgetlint.normalise.prose_items import Item, item_of, numbering, style_of
from budgetlint.normalise.prose_names import Name, Names
from budgetlint.normalise.prose_words import ProseWords

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_AT_YEAR_END = re.compile(r"^度?(?:期末|年末|末|年底|底|结转|结余)|^度?12月31日")
_NOUN = re.compile(r"[^，。；：、（）“”\d]{1,12}")
_INSIDE = re.compile(r"中$")
_OWN_NOUN = re.compile(r"(?:费|支出|收入|拨款|总计|合计|预算|资金|金额|总额|经费|人员|人数|结转|结余)$")
#: Last step of the subject of figures that only explain another one.
REASON = "原因"
VALUES = frozenset({MentionRole.VALUE, MentionRole.COUNT})


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure, or one comparison without a figure, and what it refers to.

    Attributes:
        paragraph: index of the paragraph in the section; sentence: running number of the sentence.
        start, end: span in the original text.
        mention: the figure, None for a comparison in words (持平, 决算数大于预算数).
        topic: index of the value statement it speaks of (the part of a share, this year's figure of a change).
        whole: index of the value statement that 其中 divides and this is a part of.
        whole_said: what a share or completion rate says it is of (本年支出合计), "" where it does not.
        against: "year" or "budget" for comparisons, "" else; direction: 增加, 减少, 持平, 大于, 小于, 等于.
        names, subject: as for mentions, for statements without a figure.
        budget: 年初 or 全年 or "" for budget figures.
    """

    paragraph: int
    sentence: int
    start: int
    end: int
    mention: Mention | None
    topic: int | None = None
    whole: int | None = None
    whole_said: str = ""
    against: str = ""
    direction: str = ""
    concept: str = ""
    subject: str = ""
    budget: str = ""


@dataclass(slots=True)
class _Frame:
    """An open 其中: the statement it divides, and how deep it was opened."""

    whole: int
    depth: int
    enumerated: bool | None = None


@dataclass(slots=True)
class SectionReader:
    """Reads one section's paragraphs in order; collects statements."""

    words: ProseWords
    names: Names
    figures: FigureScanner
    year: int | None
    final: bool
    fallback: tuple[Name, ...] = ()
    statements: list[Statement] = field(default_factory=list)
    _paragraph: int = 0
    _sentence: int = 0
    _place: Paragraph = field(default_factory=lambda: Paragraph(""))
    _folded: FoldedText = field(default_factory=lambda: fold(""))
    _item: Item | None = None
    _outer: Item | None = None
    _topics: tuple[int, ...] = ()
    _main: tuple[int, ...] = ()
    _frames: list[_Frame] = field(default_factory=list)
    _carried: tuple[int, str] | None = None
    _against: str = ""
    _compared_year: int | None = None
    _reason: bool = False
    _pending: str = ""

    def read(self, paragraphs: Sequence[Paragraph]) -> list[Statement]:
        """Return the statements of a section's own paragraphs."""
        for number, paragraph in enumerate(paragraphs):
            self._paragraph = number
            self._read_paragraph(paragraph)
        return self.statements

    # ------------------------------------------------------------ paragraphs and sentences

    def _read_paragraph(self, paragraph: Paragraph) -> None:
        folded = fold(paragraph.text)
        figures = self.figures.scan(folded.text)
        self._folded, self._place = folded, paragraph
        self._start_item(folded.text, figures)
        begin = self._item.end if self._item and self._item.classified else len(numbering(folded.text))
        self._new_sentence()
        if self._item is not None and (self._item.names or self._item.classified):
            self._main = ()
        for clause in clauses(folded.text, tuple(f for f in figures if f.start >= begin), begin):
            self._read_clause(clause)
        self._carry(folded.text)

    def _start_item(self, text: str, figures: tuple[Figure, ...]) -> None:
        style = style_of(numbering(text)) if numbering(text) else ""
        if self._carried is not None and style and style == self._carried[1]:
            self._carried = None
        item = item_of(text, figures[0].start if figures else None, self.names)
        spoken = bool(self.statements) and self.statements[-1].paragraph == self._paragraph - 1
        if item is not None or style or (spoken and self._carried is None):
            self._item = item
        self._frames = []
        if self._carried is not None:
            self._frames.append(_Frame(self._carried[0], 0))

    def _carry(self, text: str) -> None:
        """Keep a 其中 that ends its paragraph open for the paragraphs that follow."""
        if text.endswith("：") and self._pending:
            whole = self._pending_whole()
            if whole is not None:
                style = style_of(numbering(text)) if numbering(text) else "-"
                self._carried = (whole, style)
        self._pending = ""

    def _new_sentence(self) -> None:
        self._sentence += 1
        if self._frames and self._frames[0].whole < len(self.statements) and not self._is_carried(self._frames[0]):
            self._main = self._group(self._frames[0].whole)
        elif self._topics:
            self._main = self._topics
        self._frames = [frame for frame in self._frames if self._is_carried(frame)]
        self._topics = ()
        self._against, self._compared_year, self._reason = "", None, False

    def _is_carried(self, frame: _Frame) -> bool:
        return self._carried is not None and frame.whole == self._carried[0]

    def _group(self, index: int) -> tuple[int, ...]:
        return (index,)

    # ------------------------------------------------------------ clauses

    def _read_clause(self, clause: Clause) -> None:
        self._enter(clause)
        words = clause.words
        reason = self.words.reason.search(words)
        if reason:
            self._reason = True
            words = words[reason.end() :]
        compared = self.words.compared.search(words)
        if compared and not self._reason:
            self._start_comparison(compared)
            words = words[: compared.start()] + words[compared.end() :]
        words = self._open_frames(words, clause)
        if clause.figure is None:
            if not self._reason:
                self._say_without_figure(words, clause)
        else:
            self._say_figure(words, clause, clause.figure)

    def _enter(self, clause: Clause) -> None:
        if clause.mark == "。" and clause.depth == 0:
            self._new_sentence()
        elif clause.mark == "。":
            self._against, self._reason = "", False
        self._frames = [frame for frame in self._frames if frame.depth <= clause.depth]
        if clause.mark == "；" and clause.depth == 0:
            self._against, self._compared_year, self._reason = "", None, self._reason
            inner = [frame for frame in self._frames if not self._is_carried(frame)]
            if inner and inner[-1].enumerated:
                self._frames.remove(inner[-1])
        if self._frames and clause.mark in ("、", "；") and self._frames[-1].enumerated is None:
            if self._statements_in(self._frames[-1].whole):
                self._frames[-1].enumerated = clause.mark == "、"

    def _statements_in(self, whole: int) -> bool:
        return bool(self.statements) and self.statements[-1].sentence == self._sentence and any(
            s.whole == whole for s in self.statements[-4:]
        )

    def _start_comparison(self, match: re.Match[str]) -> None:
        if match["budget"]:
            self._against, self._compared_year = "budget", self.year
            return
        self._against = "year"
        if match["year"]:
            self._compared_year = int(match["year"][:4])
        else:
            self._compared_year = self.year - 1 if self.year else None

    def _open_frames(self, words: str, clause: Clause) -> str:
        """Open a frame where the words say that what follows divides what was said; return the words after it."""
        among = self.words.among.search(words)
        if among:
            self._pending = "其中"
            words = words[among.end() :].lstrip("，：")
        elif clause.closing == "：" and self.words.comprises.search(words):
            self._pending = "构成"
        elif clause.closing in ("，", "：") and _INSIDE.search(words) and clause.figure is None:
            known = self.names.known(words[:-1])
            whole = self._find_value(known[0].concept) if known else None
            if whole is not None:
                self._frames.append(_Frame(whole, clause.depth))
            return ""
        if self._pending and (among or clause.closing == "："):
            whole = self._pending_whole()
            if whole is not None and not (clause.closing == "：" and clause.end >= len(self._folded.text) - 1):
                self._frames.append(_Frame(whole, clause.depth))
                self._pending = ""
        return words

    def _pending_whole(self) -> int | None:
        topics = self._topics or self._main
        return topics[-1] if topics else None

    # ------------------------------------------------------------ statements without a figure

    def _say_without_figure(self, words: str, clause: Clause) -> None:
        flat = self.words.flat.search(words)
        relation = self.words.relation.search(words) if not flat else None
        about_budget = self._against == "budget" or ("预算" in words and ("决算" in words or "执行" in words))
        if not flat and not (relation and about_budget):
            return
        if flat and not self._against and not about_budget:
            return
        direction = "持平"
        if relation:
            direction = "大于" if relation["more"] else "小于" if relation["less"] else "等于" if relation["same"] else "不同"
        against = "budget" if about_budget else "year"
        named = self.names.known(words[: (flat or relation).start()]) if (flat or relation) else ()  # type: ignore[union-attr]
        for topic, name in self._spoken_of(named):
            self._add(clause, None, topic=topic, against=against, direction=direction, name=name)

    def _spoken_of(self, named: tuple[Name, ...]) -> list[tuple[int | None, Name | None]]:
        """Return the value statements (and names) that words without their own figure are about."""
        if named:
            return [(self._find_value(name.concept), name) for name in named]
        topics = self._topics or self._main
        if topics:
            return [(topic, None) for topic in topics]
        if self._item and self._item.names:
            return [(None, name) for name in self._item.names]
        return [(None, name) for name in self.fallback[:1]]

    # ------------------------------------------------------------ figures

    def _say_figure(self, words: str, clause: Clause, figure: Figure) -> None:
        amount = figure.amount
        verb = self.words.verb_before.search(words)
        if amount.unit == "%":
            share = self.words.share.search(words)
            completion = self.words.completion.search(words)
            if completion:
                base = completion["base"] or completion["base2"] or ""
                return self._refer(clause, figure, MentionRole.COMPLETION, "", whole_said=base)
            if share:
                own = words[: share.start()]
                return self._refer(clause, figure, MentionRole.SHARE, own, whole_said=share["whole"])
            if verb:
                return self._change(clause, figure, MentionRole.RATE, verb)
        elif verb:
            return self._change(clause, figure, MentionRole.CHANGE, verb)
        self._value(words, clause, figure)

    def _change(self, clause: Clause, figure: Figure, role: MentionRole, verb: re.Match[str]) -> None:
        direction = "增加" if verb["up"] else "减少"
        amount = figure.amount
        if direction == "减少":
            amount = Amount(-amount.value, amount.unit, amount.quantum, amount.approximate)
        compared = self.words.compared.search(clause.words)
        words = clause.words[: verb.start()] if verb.end() == len(clause.words) else clause.words
        if compared and compared.end() <= len(words):
            words = words[: compared.start()] + words[compared.end() :]
        words = self.words.verb_before.sub("", words)
        among = self.words.among.search(words)
        words = words[among.end() :] if among else words
        self._refer(clause, figure, role, words, amount=amount, direction=direction, against=self._against or "year")

    def _refer(
        self,
        clause: Clause,
        figure: Figure,
        role: MentionRole,
        own: str,
        whole_said: str = "",
        amount: Amount | None = None,
        direction: str = "",
        against: str = "",
    ) -> None:
        """Add a figure that speaks of another one: a share, a change, a rate, a completion."""
        named = self.names.known(own) if own else ()
        if not named and own:
            bare = self.names.bare(own)
            if bare and (self._reason or _OWN_NOUN.search(bare) or not (self._topics or self._main)):
                named = (Name(bare, False),)
        if self._reason and not named:
            named = (Name(own or REASON, False),)
        for topic, name in self._spoken_of(named):
            self._add(
                clause,
                figure,
                role=role,
                amount=amount or figure.amount,
                topic=topic,
                name=name,
                whole_said=whole_said,
                against=against,
                direction=direction,
            )

    def _value(self, words: str, clause: Clause, figure: Figure) -> None:
        role = MentionRole.COUNT if figure.amount.dimension is Dimension.COUNT else MentionRole.VALUE
        budget = self.words.budget.search(words)
        kind = ""
        if budget and role is MentionRole.VALUE and self.final:
            role = MentionRole.BUDGET
            kind = "全年" if budget["whole_year"] else "年初" if budget["year_start"] else ""
        year = self._year_said(words)
        if role is MentionRole.VALUE and self._is_previous(words, year):
            role = MentionRole.PREVIOUS
        indexes: list[int] = []
        for name in self._names_of_value(words, clause, figure):
            whole = self._frames[-1].whole if self._frames and role in VALUES else None
            indexes.append(self._add(clause, figure, role=role, amount=figure.amount, name=name, whole=whole, year=year, budget=kind))
        if role in VALUES and not self._reason:
            self._topics = tuple(indexes)

    def _names_of_value(self, words: str, clause: Clause, figure: Figure) -> tuple[Name, ...]:
        counted = figure.amount.dimension is Dimension.COUNT
        named = self.names.known(words) or (self._counted(words, figure) if counted else ()) or self.names.of(words)
        if named:
            return named
        topics = self._topics or self._main
        if counted:
            heads = self._item.names if self._item else ()
            base = heads[0].concept if heads else self.statements[topics[-1]].concept if topics else ""
            return (self.names.exactly(base + (figure.amount.unit or "")) or Name(base + (figure.amount.unit or ""), False),)
        if self._item and self._item.names:
            return self._item.names
        if topics:
            return tuple(self._name_at(topic) for topic in topics)
        return self.fallback[:1] or (Name(clause.words, False),)

    def _counted(self, words: str, figure: Figure) -> tuple[Name, ...]:
        """Read the noun after a count (共9个项目); known names only, or the noun where no words stand before."""
        noun = _NOUN.match(self._folded.text, figure.end)
        if noun is None:
            return ()
        after = noun.group()
        known = self.names.exactly(after) or self.names.exactly((figure.amount.unit or "") + after)
        if known:
            return (known,)
        return () if self.names.bare(words) else (Name(after, False),)

    def _name_at(self, index: int) -> Name:
        mention = self.statements[index].mention
        return Name(self.statements[index].concept, mention.known if mention else False)

    def _year_said(self, words: str) -> int | None:
        years = list(_YEAR.finditer(words))
        return int(years[-1].group(1)) if years else None

    def _is_previous(self, words: str, year: int | None) -> bool:
        match = None
        for match in _YEAR.finditer(words):
            pass
        if match is not None and year is not None:
            before = self.year is not None and year < self.year
            return before and not _AT_YEAR_END.match(words[match.end() :])
        return bool(self.words.previous.search(words))

    def _find_value(self, concept: str) -> int | None:
        """Return the latest value statement of a concept in this section."""
        for index in range(len(self.statements) - 1, -1, -1):
            statement = self.statements[index]
            if statement.concept == concept and statement.mention and statement.mention.role in VALUES:
                return index
        return None

    def _add(
        self,
        clause: Clause,
        figure: Figure | None,
        role: MentionRole = MentionRole.VALUE,
        amount: Amount | None = None,
        topic: int | None = None,
        whole: int | None = None,
        name: Name | None = None,
        whole_said: str = "",
        against: str = "",
        direction: str = "",
        year: int | None = None,
        budget: str = "",
    ) -> int:
        if name is None and topic is not None:
            name = self._name_at(topic)
        name = name or Name("", False)
        subject, concept = self._subject(name), name.concept
        if budget == "全年":
            name = Name(f"{concept}全年预算", False)
        if year is None:
            year = self.year
        if role in (MentionRole.CHANGE, MentionRole.RATE):
            year = self._compared_year or (self.year - 1 if self.year else None)
        elif role is MentionRole.PREVIOUS and year == self.year:
            year = self.year - 1 if self.year else None
        end = figure.end if figure else clause.end
        start, stop = self._folded.span(figure.start if figure else clause.start, max(end, clause.start))
        mention = None
        if figure is not None and amount is not None:
            mention = Mention(
                concept=name.concept,
                amount=amount,
                role=role,
                known=name.known,
                subject=subject,
                year=year,
                text=self._place.text[start:stop],
                span=(start, stop),
                place=self._place.place,
            )
        self.statements.append(
            Statement(
                self._paragraph, self._sentence, start, stop, mention, topic, whole, whole_said, against, direction,
                concept, subject, budget,
            )
        )
        return len(self.statements) - 1

    def _subject(self, name: Name) -> str:
        steps = []
        if self._item and self._item.subject and (self._item.classified or not name.known):
            steps.append(self._item.subject)
        if self._reason:
            steps.append(REASON)
        return "/".join(steps)
