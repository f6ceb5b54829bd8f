"""Nothing of a finding that a report may print holds a number that identifies somebody."""

from __future__ import annotations

from budgetlint.checking.judging.masking import masked
from budgetlint.document import Place
from budgetlint.results.findings import Finding, Operand, Severity, Suggestion, Verdict

PHONE = "13800001234"
LED = f"联系电话{PHONE}"


def test_every_part_of_a_finding_is_masked() -> None:
    """Each field is filled with the number where its kind allows: one added later fails here until it is masked."""
    place = Place("示例.txt", line=1).labelled(LED, LED, LED)
    operand = Operand(LED, LED, place=place)
    finding = Finding(
        "CN201",
        "示例",
        Severity.ERROR,
        Verdict.FAILS,
        LED,
        locations=(place,),
        operands=(operand,),
        suggestion=Suggestion(place, LED, LED, LED),
        texts=(LED,),
        unsaid=(operand,),
    )
    said = str(masked(finding))
    assert PHONE in str(finding) and PHONE not in said
    filled = {name for name in finding.__struct_fields__ if PHONE in str(getattr(finding, name))}
    texts = {"message", "locations", "operands", "suggestion", "texts", "unsaid"}
    assert filled == texts, "a new field of Finding that holds text belongs here and into masked()"
