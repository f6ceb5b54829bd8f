"""The JSON report, schema version 1: keys are only ever added, amounts are strings, same input gives same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Context, Decimal
from typing import Any, TextIO

from msgspec.structs import replace

from budgetlint.document import Place
from budgetlint.reporters.jsontext import write_text
from budgetlint.results.findings import Finding, Operand, Suggestion, Waived
from budgetlint.results.report import Counts, DocumentReport, Report

SCHEMA_VERSION = 1
_FINEST, _WIDE = Decimal("0.000001"), Context(prec=999)


def to_data(report: Report) -> dict[str, Any]:
    """Return the report as plain data, exactly as the JSON report holds it."""
    return {
        "version": SCHEMA_VERSION,
        "tool": {
            "name": "budgetlint",
            "version": report.version,
            "packs": [
                {
                    "name": pack.name,
                    "title": pack.title,
                    "version": pack.version,
                    "letters": list(pack.letters),
                    "rules": pack.rules,
                }
                for pack in report.packs
            ],
            "plugins": [
                {"name": plugin.name, "version": plugin.version, "status": plugin.status}
                for plugin in report.plugins
            ],
        },
        "documents": [_document(document) for document in report.documents],
        "passed_over": list(report.passed_over),
        "errors": [{"path": problem.path, "message": problem.message} for problem in report.problems],
    }


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write the report as JSON; the language is the messages' own."""
    write_text(_parts(report), stream)


def _parts(report: Report) -> Iterator[str]:
    """Yield the text document by document: a report on thousands is never held as a whole."""
    before, mark, after = json.dumps(
        to_data(replace(report, documents=())), ensure_ascii=False, indent=1
    ).partition('\n "documents": [')
    yield before + mark
    for number, document in enumerate(report.documents):
        text = json.dumps(_document(document), ensure_ascii=False, indent=1)
        # No string of JSON holds a line end of its own.
        yield ("," if number else "") + "\n  " + text.replace("\n", "\n  ")
    yield ("\n " if report.documents else "") + after + "\n"


def _document(document: DocumentReport) -> dict[str, Any]:
    known = document.classification
    data: dict[str, Any] = {
        "path": document.path,
        "files": list(document.files or (document.path,)),
        "kind": known.kind,
        "year": known.year,
        "region": known.region,
        "region_by": known.region_by,
        "department": known.department,
        "tables": [
            {
                "id": table.id,
                "title": table.title,
                "state": table.state,
                "rows": table.rows,
                "columns": table.columns,
                "line": table.line,
            }
            for table in document.tables
        ],
        "verdicts": _verdicts(document.counts),
        "findings": [_finding(finding) for finding in document.findings],
        "review": list(document.review),
        "uncompared": document.uncompared,
    }
    if document.coverage is not None:
        data["coverage"] = {
            "numbers": document.coverage.numbers,
            "verified": document.coverage.verified,
            "contradicted": document.coverage.contradicted,
            "tables": [
                {"table": of.table, "numbers": of.numbers, "looked_at": of.looked_at}
                for of in document.coverage.tables
            ],
        }
        if document.coverage.unchecked:
            data["coverage"]["unchecked"] = [
                {**_location(amount.place, amount.printed), "table": amount.table}
                for amount in document.coverage.unchecked
            ]
    return data


def _verdicts(counts: Counts) -> dict[str, Any]:
    return {
        "holds": counts.holds,
        "rounds": counts.rounds,
        "fails": counts.fails,
        "skipped": counts.skipped,
        "undetermined": {reason.value: number for reason, number in counts.reasons.items()},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    texts = finding.texts + ("",) * (len(finding.locations) - len(finding.texts))
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "verdict": finding.verdict.value,
        "reason": finding.reason.value if finding.reason else None,
        "message": finding.message,
        "basis": list(finding.basis),
        "fingerprint": finding.fingerprint,
        "locations": [_location(place, text) for place, text in zip(finding.locations, texts, strict=False)],
        "operands": [_operand(operand) for operand in finding.operands],
        "difference": decimal_text(_rounded(finding.difference)),
        "tolerance": decimal_text(_rounded(finding.tolerance)),
        "suggestion": _suggestion(finding.suggestion),
        "waived": _waived(finding.waived),
    }


def _waived(waived: Waived | None) -> dict[str, str | None] | None:
    if waived is None:
        return None
    return {"because": waived.because, "until": waived.until.isoformat() if waived.until else None}


def _location(place: Place, text: str) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.line,
        "end_line": place.end_line,
        **_spot(place),
        "text": text or None,
    }


def _spot(place: Place) -> dict[str, Any]:
    """Return where on a page or in a sheet something stands, and what people call that place."""
    return {
        "page": place.page,
        "sheet": place.sheet,
        "cell": place.cell,
        "section": place.section,
        "table": place.table,
        "row": place.row,
        "column": place.column,
    }


def _operand(operand: Operand) -> dict[str, Any]:
    place, amount = operand.place, operand.amount
    return {
        "name": operand.name,
        "printed": operand.printed,
        "value": decimal_text(amount.value) if amount else None,
        "unit": amount.unit if amount else None,
        "coefficient": decimal_text(operand.coefficient),
        "line": place.line,
        **_spot(place),
    }


def _suggestion(suggestion: Suggestion | None) -> dict[str, Any] | None:
    if suggestion is None:
        return None
    return {
        "line": suggestion.place.line,
        "from": suggestion.printed,
        "to": suggestion.proposed,
        "why": suggestion.why,
    }


def _rounded(value: Decimal | None) -> Decimal | None:
    """Cut what a division made endless: nothing is printed in more than six decimals."""
    return value and _WIDE.quantize(value, _FINEST)


def decimal_text(value: Decimal | None) -> str | None:
    """Return an exact decimal in plain digits, without an exponent or trailing zeros."""
    if value is None:
        return None
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
