"""CONTRIBUTING.md does what it says: its rule passes its own examples, its check runs, what it names is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from tests.normalise.documents import read

from budgetlint import said
from budgetlint.checking import check as checks
from budgetlint.cli import main
from budgetlint.document import Bundle
from budgetlint.results import findings
from budgetlint.vocabulary import Vocabulary

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_rule_of_the_page_passes_its_examples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (rule,) = re.findall(r"```\n(规则 .*?)```", PAGE, re.S)
    (tmp_path / "一条.rule").write_text(rule, encoding="utf-8")
    assert main(["test", str(tmp_path / "一条.rule"), "--select", "CN999"]) == 0
    assert "示例 2 个符合，0 个不符合" in capsys.readouterr().out


def test_the_check_of_the_page_tells_a_table_without_a_title() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    names: dict[str, object] = {**vars(findings), **vars(said), **vars(checks), "Bundle": Bundle}
    exec(f"from __future__ import annotations\n{code}", names)
    check = names["titled_tables"]
    assert isinstance(check, checks.PythonCheck)
    rows = "科目编码\t科目名称\t合计\n201\t一般公共服务支出\t5.00\n"

    def verdicts(text: str) -> list[findings.Verdict]:
        return [outcome.verdict for outcome in check.run(Bundle(read(text)), Vocabulary())]

    assert verdicts(f"部门支出总表\n\n{rows}") == [findings.Verdict.HOLDS]
    assert verdicts(rows) == [findings.Verdict.FAILS]


def test_the_files_and_folders_that_the_page_names_are_there() -> None:
    named = re.findall(r"`([\w/.*-]+(?:\.py|\.txt|\.yaml|\.md|/))`", PAGE)
    made = {"rules/checks/BL999.txt"}  # what the reader is about to write
    bases = (ROOT, ROOT / "src" / "budgetlint", ROOT / "rules" / "national")
    missing = [name for name in set(named) - made if not any(any(base.glob(name)) for base in bases)]
    assert len(named) > 8 and missing == []


def test_the_commands_that_the_page_gives_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    given = {shlex.split(line)[0] for line in re.findall(r"budgetlint ([a-z][^`&]*)`", PAGE)}
    assert len(given) > 5
    for command in given:
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
