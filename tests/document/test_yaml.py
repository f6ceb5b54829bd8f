"""The YAML form holds the whole tree."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from budgetlint.document import Document, Mention, Paragraph, Place, ReadError, Row, Section, Table
from budgetlint.document.plain import PlainError, from_data, to_data
from budgetlint.document.yaml import dump_document, load_document

st.register_type_strategy(
    str, st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8)
)
st.register_type_strategy(Decimal, st.decimals(-(10**9), 10**9, places=2))
st.register_type_strategy(float, st.integers(0, 999).map(float))
st.register_type_strategy(Section, st.builds(Section, sections=st.just(())))


PARAGRAPHS = st.builds(
    Paragraph, mentions=st.lists(st.builds(Mention), max_size=1).map(tuple), patterns=st.just(())
)
TABLES = st.builds(
    Table,
    rows=st.lists(st.builds(Row), max_size=2).map(tuple),
    notes=st.just(()),
)
SECTIONS = st.builds(
    Section,
    paragraphs=st.lists(PARAGRAPHS, max_size=1).map(tuple),
    sections=st.just(()),
    tables=st.just((0,)),
)
DOCUMENTS = st.builds(
    Document,
    root=st.builds(Section, sections=st.lists(SECTIONS, max_size=2).map(tuple), paragraphs=st.just(())),
    tables=st.lists(TABLES, max_size=1).map(tuple),
    notices=st.just(()),
)


@given(DOCUMENTS)
@settings(max_examples=40)
def test_a_document_survives_the_round_trip(document: Document) -> None:
    assert load_document(dump_document(document)) == document


@given(DOCUMENTS)
@settings(max_examples=20)
def test_plain_data_holds_no_nodes(document: Document) -> None:
    def walk(data: object) -> None:
        assert not isinstance(data, Struct)
        for item in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
            walk(item)

    walk(to_data(document))


def test_defaults_are_left_out() -> None:
    assert to_data(Place(line=3)) == {"line": 3}
    assert len(Place._fields) > 1


def test_a_hand_written_document_takes_the_path_as_its_source() -> None:
    text = "budgetlint-document: 1\ntitle: 示例\nclassification: {kind: 部门预算, year: 2024}\n"
    document = load_document(text, "example.yaml")
    assert (document.source, document.kind, document.year) == ("example.yaml", "部门预算", 2024)


@pytest.mark.parametrize(
    "text", ["", "[", "title: x", "budgetlint-document: 1\ntables: 3\n", "budgetlint-document: 1\nx: 3\n"]
)
def test_what_is_no_document_says_so(text: str) -> None:
    with pytest.raises(ReadError) as error:
        load_document(text, "bad.yaml")
    assert error.value.id == "BL987"


def test_errors_name_the_path_to_the_wrong_value() -> None:
    with pytest.raises(PlainError, match=r"Document\.tables\[0\]"):
        from_data({"source": "x", "tables": [{"title": 3}]}, Document)


@pytest.mark.parametrize(
    "text",
    ["?0", "? 甲", "- 乙", "一：二", ": 丙", "a: b", "#1", "&锚", "*别名", "%", "~", "null", "1e3", "…"],
)
def test_texts_that_look_like_yaml_stay_texts(text: str) -> None:
    row = Row(0, 0, text, (text, text), {})
    document = Document(source=text, title=text, tables=(Table(title=text, rows=(row,)),))
    assert load_document(dump_document(document)) == document
