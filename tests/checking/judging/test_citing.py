"""Findings about prose say which section they are in and quote the sentence, whatever the format knows of places."""

from __future__ import annotations

from msgspec.structs import replace
from tests.checking.build import VOCABULARY, document, mention, paragraph, section

from budgetlint.checking.engine.evaluate import evaluate
from budgetlint.checking.judging.diagnose import diagnose
from budgetlint.checking.kernels.ledger import Ledger
from budgetlint.document import Bundle, Document, Paragraph, Place
from budgetlint.language.compile import compile_rule
from budgetlint.language.parser import parse_sentence
from budgetlint.results.findings import Finding

SAID = "本年收支平衡。收入总计5.00万元，支出总计6.00万元。另行说明。"


def found(sentence: str, whole: Document | None = None) -> Finding:
    rule = parse_sentence(sentence)
    whole = whole or spoken(Place("示例.docx", paragraph=7))
    outcomes = evaluate([compile_rule(rule)], Bundle(whole), VOCABULARY)
    (finding,) = diagnose(Ledger(outcomes), {rule.id: rule}, whole)
    return finding


def spoken(place: Place) -> Document:
    figures = mention("收入总计", "5.00 万元"), mention("支出总计", "6.00 万元", at=20)
    placed = tuple(replace(figure, place=place, text=figure.text.replace(" ", "")) for figure in figures)
    said: Paragraph = replace(paragraph(SAID, *placed), place=place)
    return document(section("一", "收支情况", said))


def test_a_place_without_line_or_page_names_the_section_and_quotes_the_sentence() -> None:
    finding = found("检查 第一节 收入总计 应等于 第一节 支出总计")
    assert {place.section for place in finding.locations} == {"一、收支情况"}
    assert {operand.place.section for operand in finding.operands} == {"一、收支情况"}
    assert finding.texts == ("收入总计5.00万元，支出总计6.00万元。",)
    assert "5.00万元" in finding.message and "6.00万元" in finding.message


def test_a_position_that_no_format_gave_is_not_taken_for_anothers() -> None:
    finding = found("检查 第一节 收入总计 应等于 第一节 支出总计", spoken(Place("示例.docx")))
    assert [place.section for place in finding.locations] == [None]


def test_a_section_that_is_no_figure_is_named_and_has_one_fingerprint() -> None:
    first, second = found("检查 第一节 大于 0"), found("检查 第一节 大于 0")
    assert first.fingerprint == second.fingerprint and first.message == second.message


def test_sentences_of_the_command_line_are_told_apart_by_what_they_say() -> None:
    one, two = (found(f"检查 第一节 收入总计 等于 {n} 万元") for n in (7, 8))
    again = found("检查 第一节 收入总计   等于 7 万元")
    assert one.fingerprint == again.fingerprint != two.fingerprint
