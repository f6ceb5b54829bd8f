"""Waivers: findings a person has looked at and accepted, in a file whose comments survive every change.

``waivers.yaml`` is a list of ``fingerprint``, ``because``, and optionally ``until`` (a day), ``rule`` and ``what``.
An expired waiver and one that no finding answers to are findings themselves (BL301, BL302).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.config import ConfigError
from budgetlint.document import Place
from budgetlint.findings import Finding, Severity, Verdict, fingerprint

_HEAD = "# 已核实并豁免的问题：fingerprint 是报告中的标识，because 是理由，until 是到期日（可不写）。\n"
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


class WaiverError(ConfigError):
    """The waivers file cannot be read; ``file``, and the message in ``zh`` and ``en``."""


class Waiver(Struct, frozen=True):
    """One waived finding; ``line`` is where it stands in the file."""

    fingerprint: str
    because: str
    until: date | None = None
    line: int | None = None

    def expired(self, today: date) -> bool:
        """Say whether the last day has passed."""
        return self.until is not None and self.until < today

    def as_data(self) -> dict[str, Any]:
        """Return what a waived finding carries."""
        return {"because": self.because, "until": self.until.isoformat() if self.until else None}


def read_waivers(file: Path) -> tuple[Waiver, ...]:
    """Read the waivers file; one that does not exist waives nothing.

    Raises:
        WaiverError: it is no YAML, or an entry lacks its fingerprint or reason.
    """
    if not file.is_file():
        return ()
    return tuple(_waiver(file, number, item) for number, item in enumerate(_load(file), 1))


def waive(
    findings: Sequence[Finding], waivers: Iterable[Waiver], today: date
) -> tuple[tuple[Finding, ...], frozenset[str]]:
    """Mark the findings that are waived and not expired.

    Returns:
        The findings in their order, and the fingerprints that a finding answered to.
    """
    by_fingerprint = {waiver.fingerprint: waiver for waiver in waivers}
    marked = []
    used = set()
    for finding in findings:
        waiver = by_fingerprint.get(finding.fingerprint)
        if waiver is not None:
            used.add(waiver.fingerprint)
            if not waiver.expired(today):
                finding = replace(finding, waived=waiver.as_data())
        marked.append(finding)
    return tuple(marked), frozenset(used)


def stale(
    file: str, waivers: Iterable[Waiver], used: frozenset[str], today: date, language: str
) -> tuple[Finding, ...]:
    """Return a notice for every waiver that expired (BL301) or that no finding answers to (BL302)."""
    found = []
    for waiver in waivers:
        if waiver.expired(today):
            zh = f"豁免 {waiver.fingerprint} 已于 {waiver.until} 到期：{waiver.because}"
            en = f"the waiver {waiver.fingerprint} expired on {waiver.until}: {waiver.because}"
            found.append(_notice("BL301", "豁免已到期", en if language == "en" else zh, file, waiver))
        elif waiver.fingerprint not in used:
            zh = f"豁免 {waiver.fingerprint} 没有对应的问题，可以删去：{waiver.because}"
            en = f"the waiver {waiver.fingerprint} waives nothing and can go: {waiver.because}"
            found.append(_notice("BL302", "豁免没有用到", en if language == "en" else zh, file, waiver))
    return tuple(found)


def add_waivers(file: Path, waivers: Sequence[Waiver]) -> int:
    """Append waivers to the file, comments kept, those already there left alone; return how many were added.

    Raises:
        WaiverError: the file cannot be read, or a fingerprint is none.
    """
    for waiver in waivers:
        if not _FINGERPRINT.fullmatch(waiver.fingerprint):
            raise WaiverError(
                str(file),
                f"{waiver.fingerprint} 不是报告中的标识（十二位十六进制数）",
                f"{waiver.fingerprint} is no fingerprint (12 hex digits)",
            )
    entries = _load(file) if file.is_file() else []
    present = {str(item.get("fingerprint")) for item in entries if isinstance(item, dict)}
    fresh = [waiver for waiver in waivers if waiver.fingerprint not in present]
    for waiver in fresh:
        entry = {"fingerprint": waiver.fingerprint, "because": waiver.because}
        entries.append(entry | ({"until": waiver.until} if waiver.until else {}))
    if fresh:
        head = "" if file.is_file() else _HEAD
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(head)
            _yaml().dump(entries, stream)
    return len(fresh)


def _notice(id: str, name: str, message: str, file: str, waiver: Waiver) -> Finding:
    return Finding(
        id,
        name,
        Severity.NOTICE,
        Verdict.FAILS,
        message,
        fingerprint=fingerprint(id, waiver.fingerprint),
        locations=(Place(path=file, line=waiver.line),),
    )


def _waiver(file: Path, number: int, item: Any) -> Waiver:
    data = item if isinstance(item, dict) else {}
    name, because, until = data.get("fingerprint"), data.get("because"), data.get("until")
    line = item.lc.line + 1 if hasattr(item, "lc") else None
    if name is None or not because:
        raise WaiverError(
            str(file),
            f"第 {number} 条豁免缺少 fingerprint 或 because",
            f"waiver {number} lacks fingerprint or because",
        )
    if until is not None and not isinstance(until, date):
        raise WaiverError(
            str(file), f"第 {number} 条豁免的 until 不是日期", f"until of waiver {number} is no day"
        )
    return Waiver(str(name), str(because), until, line)


def _load(file: Path) -> Any:
    from ruamel.yaml.error import YAMLError

    try:
        data = _yaml().load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        said = str(error).replace("\n", " ")
        raise WaiverError(
            str(file), f"豁免文件无法读取：{said}", f"the waivers file cannot be read: {said}"
        ) from error
    if data is None:
        return []
    if not isinstance(data, list):
        raise WaiverError(str(file), "豁免文件应为列表", "the waivers file must be a list")
    return data


def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.allow_unicode = True
    yaml.width = 4096
    return yaml
