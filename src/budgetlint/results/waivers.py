"""Waivers: findings a person has looked at and accepted, in a file whose comments survive every change.

``waivers.yaml`` is a list of ``fingerprint``, ``because``, and optionally ``until`` (a day), ``rule`` and ``what`` (the
document: who published it, its year and kind). An expired waiver and one that no finding answers to are findings
themselves (BL301, BL302).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from budgetlint.config import ConfigError
from budgetlint.disk import read_regular, written
from budgetlint.document import Place
from budgetlint.results.findings import Finding, Severity, Verdict, Waived, fingerprint
from budgetlint.said import Said

_HEAD = "# 已核实并豁免的问题：fingerprint 是报告中的标识，because 是理由，until 是到期日（可不写）。\n"
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


class WaiverError(ConfigError):
    """The waivers file cannot be read; ``file`` is where it is."""


class Waiver(Struct, frozen=True):
    """One waived finding.

    ``until`` is its last day; ``rule`` and ``what`` say for people, and for judging whether it is still needed, which
    rule and which document it is about ("" where nobody said); ``line`` is where it stands in the file.
    """

    fingerprint: str
    because: str
    until: date | None = None
    rule: str = ""
    what: str = ""
    line: int | None = None

    def expired(self, today: date) -> bool:
        """Say whether the last day has passed."""
        return self.until is not None and self.until < today

    @property
    def waived(self) -> Waived:
        """What a waived finding carries."""
        return Waived(self.because, self.until)


class Waivers(Struct, frozen=True):
    """The sound entries of a waivers file, and what is wrong with the others."""

    entries: tuple[Waiver, ...] = ()
    errors: tuple[WaiverError, ...] = ()


def read_waivers(file: Path) -> Waivers:
    """Read the waivers file; one that does not exist waives nothing, a wrong entry costs itself.

    Raises:
        WaiverError: it is no YAML list.
    """
    if not os.path.isfile(file):
        return Waivers()
    entries, errors = [], []
    for item in _load(file):
        try:
            entries.append(_waiver(file, item))
        except WaiverError as error:
            errors.append(error)
    return Waivers(tuple(entries), tuple(errors))


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
                finding = replace(finding, waived=waiver.waived)
        marked.append(finding)
    return tuple(marked), frozenset(used)


def stale(
    file: str,
    waivers: Iterable[Waiver],
    used: frozenset[str],
    checked: frozenset[str],
    today: date,
    language: str,
) -> tuple[Finding, ...]:
    """Return a notice for every waiver that expired (BL301) or that no finding answers to (BL302).

    Args:
        used: fingerprints that a finding answered to.
        checked: the documents that were checked; a waiver that is about another one is not judged.
    """
    found = []
    for waiver in waivers:
        elsewhere = bool(waiver.what) and waiver.what not in checked
        if waiver.expired(today):
            zh = f"豁免 {waiver.fingerprint} 已于 {waiver.until} 到期：{waiver.because}"
            en = f"the waiver {waiver.fingerprint} expired on {waiver.until}: {waiver.because}"
            found.append(_notice("BL301", "豁免已到期", en if language == "en" else zh, file, waiver))
        elif waiver.fingerprint not in used and not elsewhere:
            zh = f"豁免 {waiver.fingerprint} 在这次核对的文本中没有对应的问题：{waiver.because}"
            en = f"nothing in the documents checked answers to the waiver {waiver.fingerprint}: {waiver.because}"
            found.append(_notice("BL302", "豁免没有用到", en if language == "en" else zh, file, waiver))
    return tuple(found)


def add_waivers(file: Path, waivers: Sequence[Waiver], today: date) -> tuple[int, int]:
    """Write waivers into the file, comments kept; one that is already there is renewed with what is new in it.

    Returns:
        How many were added, and how many that were there say something new.

    Raises:
        WaiverError: the file cannot be read or written, a fingerprint is none, a reason is empty, or a last day has passed.
    """
    for waiver in waivers:
        _refuse(file, waiver, today)
    entries = _load(file) if os.path.isfile(file) else []
    present = {str(item.get("fingerprint")): item for item in entries if isinstance(item, dict)}
    added = renewed = 0
    for waiver in waivers:
        entry = _entry(waiver)
        known = present.get(waiver.fingerprint)
        if known is None:
            entries.append(entry)
            added += 1
        elif any(known.get(key) != entry.get(key) for key in ("because", "until")):
            known.update(entry)
            if waiver.until is None:
                known.pop("until", None)
            renewed += 1
    if added or renewed:
        head = "" if os.path.isfile(file) else _HEAD
        try:
            with written(file) as stream:
                stream.write(head)
                _yaml().dump(entries, stream)
        except OSError as error:
            said = error.strerror or type(error).__name__
            raise WaiverError(
                str(file),
                Said(
                    f"豁免没有写成，文件保持原样：{said}",
                    f"the waivers were not written, the file is as it was: {said}",
                ),
            ) from error
    return added, renewed


def remove_waivers(file: Path, fingerprints: Sequence[str]) -> int:
    """Take waivers out of the file, comments kept; return how many there were.

    Raises:
        WaiverError: the file cannot be read.
    """
    entries = _load(file) if file.is_file() else []
    gone = [
        number
        for number, item in enumerate(entries)
        if isinstance(item, dict) and str(item.get("fingerprint")) in fingerprints
    ]
    for number in reversed(gone):
        del entries[number]
    if gone:
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            _yaml().dump(entries, stream)
    return len(gone)


def _refuse(file: Path, waiver: Waiver, today: date) -> None:
    """Raise what is wrong with a waiver before it is written."""
    name = waiver.fingerprint
    if not _FINGERPRINT.fullmatch(name):
        zh, en = f"{name} 不是报告中的标识（十二位十六进制数）", f"{name} is no fingerprint (12 hex digits)"
    elif not waiver.because.strip():
        zh, en = "豁免要写明理由（--because）", "a waiver needs a reason (--because)"
    elif waiver.expired(today):
        zh, en = f"到期日 {waiver.until} 已经过去", f"the last day {waiver.until} has passed"
    else:
        return
    raise WaiverError(str(file), Said(zh, en))


def _entry(waiver: Waiver) -> dict[str, Any]:
    said = {"until": waiver.until, "rule": waiver.rule, "what": waiver.what}
    return {"fingerprint": waiver.fingerprint, "because": waiver.because} | {
        k: v for k, v in said.items() if v
    }


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


def _waiver(file: Path, item: Any) -> Waiver:
    data = item if isinstance(item, dict) else {}
    line = item.lc.line + 1 if hasattr(item, "lc") else None
    where = f"{file}:{line}" if line else str(file)
    name, because = data.get("fingerprint"), data.get("because")
    if name is None or not str(because or "").strip():
        raise WaiverError(
            where,
            Said(
                "这条豁免缺少 fingerprint 或 because，没有采用",
                "this waiver lacks fingerprint or because and is not used",
            ),
        )
    rule, what = str(data.get("rule") or ""), str(data.get("what") or "")
    return Waiver(str(name), str(because), _day(where, data.get("until")), rule, what, line)


def _day(where: str, said: Any) -> date | None:
    """Return a day written as a YAML date, with a time, or as a string."""
    if isinstance(said, datetime):
        return said.date()
    if said is None or isinstance(said, date):
        return said
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        raise WaiverError(
            where,
            Said(
                f"这条豁免的 until 不是日期（YYYY-MM-DD），没有采用：{said}",
                f"until is no day (YYYY-MM-DD); this waiver is not used: {said}",
            ),
        ) from None


def _load(file: Path) -> Any:
    from ruamel.yaml.error import YAMLError

    try:
        data = _yaml().load(read_regular(file).decode("utf-8-sig"))
    except (OSError, ValueError, YAMLError, RecursionError) as error:
        said = str(error).replace("\n", " ")
        raise WaiverError(
            str(file), Said(f"豁免文件无法读取：{said}", f"the waivers file cannot be read: {said}")
        ) from error
    if data is None:
        return []
    if not isinstance(data, list):
        raise WaiverError(str(file), Said("豁免文件应为列表", "the waivers file must be a list"))
    return data


def _yaml() -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import RoundTripConstructor

    class Constructor(RoundTripConstructor):
        """Leaves a day that does not exist as it is written: it costs its own entry, not the file."""

        def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
            try:
                return super().construct_yaml_timestamp(node, values)
            except ValueError:
                return node.value

    Constructor.add_constructor("tag:yaml.org,2002:timestamp", Constructor.construct_yaml_timestamp)
    yaml = YAML()
    yaml.Constructor = Constructor
    yaml.allow_unicode = True
    yaml.width = 4096
    return yaml
