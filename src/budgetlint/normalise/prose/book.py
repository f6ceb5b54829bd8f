"""Where a section's statements are written down, with what is known at the point of reading."""

from __future__ import annotations

from msgspec import Struct, field

from budgetlint.document import Mention, MentionRole, Paragraph
from budgetlint.document.amount import Amount
from budgetlint.normalise.printed.numbers import Figure, FoldedText, fold
from budgetlint.normalise.prose.clauses import Clause
from budgetlint.normalise.prose.focus import Focus
from budgetlint.normalise.prose.items import Item
from budgetlint.normalise.prose.names import Name, Names
from budgetlint.normalise.prose.statements import REASON, Statement, latest_value, stands_elsewhere


class Said(Struct, frozen=True, kw_only=True):
    """What the words of a clause say of its figure, or of what it compares without one; as in Statement and Mention.

    Attributes:
        amount: where it is not the figure's own: a decrease is printed without its sign.
        name: of what it is, None where it is of what the topic is of.
        year: None where the words name none.
    """

    role: MentionRole = MentionRole.VALUE
    amount: Amount | None = None
    topic: int | None = None
    whole: int | None = None
    division: int = 0
    name: Name | None = None
    whole_said: str = ""
    against: str = ""
    direction: str = ""
    year: int | None = None
    budget: str = ""


class StatementBook(Struct, kw_only=True):
    """Statements and the point of reading: paragraph, sentence, item, focus.

    Attributes:
        year: the document's year, None where it is unknown.
        names: what words name.
        statements: what was read, in printed order.
    """

    year: int | None
    names: Names
    statements: list[Statement] = field(default_factory=list)
    _paragraph: int = -1
    _sentence: int = 0
    _text: Paragraph = field(default_factory=lambda: Paragraph(""))
    _folded: FoldedText = field(default_factory=lambda: fold(""))
    _item: Item | None = None
    _focus: Focus = field(default_factory=Focus)

    def _name_at(self, index: int) -> Name:
        mention = self.statements[index].mention
        return Name(self.statements[index].concept, mention.known if mention else False)

    def _find_value(self, concept: str) -> int | None:
        return latest_value(self.statements, concept, self._paragraph)

    def _add(self, clause: Clause, figure: Figure | None, said: Said) -> int:
        """Write down what a clause says, with what is known at the point of reading; return its index."""
        name = said.name or (self._name_at(said.topic) if said.topic is not None else Name("", False))
        subject, concept = self._subject(name, said), name.concept
        if said.budget == "全年" and any(
            s.budget == "年初" and s.concept == concept for s in self.statements
        ):
            # Two budgets of one thing are two facts.
            name = Name(f"{concept}全年预算", False)
        end = figure.end if figure else clause.end
        span = self._folded.span(figure.start if figure else clause.start, max(end, clause.start))
        division = said.division
        if division and self.names.is_excerpt(concept):
            division = -len(self.statements)
        mention = None
        if figure is not None:
            mention = Mention(
                concept=name.concept,
                amount=said.amount or figure.amount,
                role=said.role,
                known=name.known,
                subject=subject,
                year=self._year_of(said),
                text=self._text.text[slice(*span)],
                span=span,
                place=self._text.place,
            )
        self.statements.append(
            Statement(
                self._paragraph,
                self._sentence,
                *span,
                mention,
                topic=said.topic,
                whole=said.whole,
                whole_said=said.whole_said,
                against=said.against,
                direction=said.direction,
                concept=concept,
                subject=subject,
                budget=said.budget,
                division=division,
            )
        )
        return len(self.statements) - 1

    def _year_of(self, said: Said) -> int | None:
        """Return the year a figure is of: the one compared with for a change, the one before for a previous figure."""
        before = self.year - 1 if self.year else None
        if said.role in (MentionRole.CHANGE, MentionRole.RATE):
            return self._focus.compared_year or (self.year if said.against == "budget" else before)
        year = self.year if said.year is None else said.year
        return before if said.role is MentionRole.PREVIOUS and year == self.year else year

    def _subject(self, name: Name, said: Said) -> str:
        steps, whole = [], said.whole
        if self._item and self._item.subject and (self._item.classified or not name.known):
            steps.append(self._item.subject)
        if whole is not None and steps and self.statements[whole].subject == steps[0]:
            steps.append(name.concept)  # 甲（类）乙（款）丙（项）10万元，其中：基本支出8万元
        elif whole is not None and (
            stands_elsewhere(self.statements, name.concept, whole)
            or self.names.fund_of(name.concept, self.statements[whole].concept)
        ):
            steps.append(self.statements[whole].concept)
        if self._focus.reason:
            steps.append(REASON)
        if self._focus.adjusted and said.role in (MentionRole.CHANGE, MentionRole.RATE):
            steps.append("同口径")
        return "/".join(steps)
