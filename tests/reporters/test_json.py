"""The JSON report keeps to its published schema, and its amounts are exact strings."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetlint.reporters
from budgetlint import Report, check
from budgetlint.reporters.json import decimal_text, to_data, write

SCHEMA = json.loads(
    (Path(budgetlint.reporters.__file__).parent / "report.schema.json").read_text(encoding="utf-8")
)


def _valid(report: Report) -> dict:
    data = json.loads(json.dumps(to_data(report)))
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    return data


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.usefixtures("no_bundled_rules")
def test_a_report_keeps_to_the_schema(flawed: Path, rules: Path) -> None:
    data = _valid(check([flawed, flawed.parent / "none.txt"], rules=(str(rules),)))
    assert [document["path"] for document in data["documents"]] == [
        str(flawed),
        str(flawed.parent / "none.txt"),
    ]
    assert data["documents"][0]["verdicts"]["fails"] == 1
    assert data["documents"][0]["coverage"]["contradicted"] > 0


def test_reports_of_the_examples_keep_to_the_schema() -> None:
    _valid(check(Path(__file__).parents[2] / "examples"))


def test_an_empty_report_keeps_to_the_schema() -> None:
    stream = io.StringIO()
    write(Report("1"), stream, "zh")
    jsonschema.validate(json.loads(stream.getvalue()), SCHEMA)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_amounts_are_exact_and_plain(value: Decimal) -> None:
    text = decimal_text(value)
    assert text is not None and Decimal(text) == value
    assert ("E" not in text and not text.startswith("-0")) or value < 0


def test_nothing_is_null() -> None:
    assert decimal_text(None) is None
