"""Rows of a store as tests write them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

AT = datetime(2024, 3, 1, tzinfo=timezone.utc)


def document(number: int, **more: Any) -> dict[str, Any]:
    key = f"d{number}"
    return {
        "document": key,
        "path": f"{key}.pdf",
        "files": [],
        "stamp": "s",
        "checked_at": AT,
        "unit": "示例市示例区某局",
        "department": "示例市示例区某局",
        "kind": "部门预算",
        "year": 2024,
        "read": True,
        "decided": 10,
        **dict.fromkeys(("errors", "warnings", "notices", "undetermined", "verified", "contradicted"), 0),
        "numbers": 100,
        **more,
    }


def finding(number: int, rule: str = "CN201", severity: str = "error", **more: Any) -> dict[str, Any]:
    said = {
        "name": "合计等于其下各科目之和",
        "message": "两者相差 2 万元 <b>",
        "verdict": "fails",
        "waived": False,
    }
    return {
        "document": f"d{number}",
        "rule": rule,
        "severity": severity,
        "fingerprint": "f" * 12,
        **said,
        **more,
    }
