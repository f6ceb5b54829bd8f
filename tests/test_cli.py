"""What the command line promises: exit codes, streams, and clear words for what goes wrong."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from budgetlint.cli import main

pytestmark = pytest.mark.usefixtures("no_bundled_rules")


def _check(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict]:
    code = main(["check", "--format", "json", *map(str, arguments)])
    return code, json.loads(capsys.readouterr().out)


def test_a_document_without_findings_ends_in_0(clean: Path, rules: Path, capsys) -> None:
    code, report = _check(capsys, "--rules", rules, "--select", "ZZ", clean)
    assert code == 0
    assert report["documents"][0]["verdicts"]["holds"] == 5
    assert report["documents"][0]["findings"] == []


def test_a_failing_check_ends_in_1_and_names_its_place(flawed: Path, rules: Path, capsys) -> None:
    code, report = _check(capsys, "--rules", rules, "--select", "ZZ001", flawed)
    assert code == 1
    (finding,) = report["documents"][0]["findings"]
    line = 1 + flawed.read_text(encoding="utf-8").splitlines().index(
        next(line for line in flawed.read_text(encoding="utf-8").splitlines() if "21.00" in line)
    )
    assert finding["rule"] == "ZZ001"
    assert finding["difference"] in {"10000", "-10000"}
    assert line in {place["line"] for place in finding["locations"]}
    assert "21.00" in {operand["printed"] for operand in finding["operands"]}


def test_the_users_own_sentence_is_a_rule(clean: Path, capsys) -> None:
    code, report = _check(
        capsys,
        "--select",
        "CLI",
        "--rule",
        "table 部门支出总表 row 合计 column 合计 equals 120.00 wan yuan",
        clean,
    )
    assert code == 0, report
    assert report["documents"][0]["verdicts"]["holds"] == 1


def test_a_wrong_sentence_ends_in_2_and_the_rest_is_still_checked(clean: Path, rules: Path, capsys) -> None:
    code, report = _check(capsys, "--rules", rules, "--select", "ZZ", "--rule", "检查 检查", clean)
    assert code == 2
    assert report["errors"]
    assert report["documents"][0]["verdicts"]["holds"] == 5


def test_a_missing_file_ends_in_4_and_others_go_on(clean: Path, rules: Path, capsys) -> None:
    code, report = _check(capsys, "--rules", rules, "--select", "ZZ", clean.parent / "none.txt", clean)
    assert code == 4
    assert [document["verdicts"]["holds"] for document in report["documents"]] == [0, 5]
    assert report["documents"][0]["findings"][0]["rule"].startswith("BL9")


@pytest.mark.parametrize("content", ["", " \n\n"])
def test_an_empty_file_ends_in_4(tmp_path: Path, content: str, capsys) -> None:
    file = tmp_path / "empty.txt"
    file.write_text(content)
    code, report = _check(capsys, file)
    assert code == 4
    assert report["documents"][0]["findings"]


def test_a_folder_without_documents_ends_in_4(tmp_path: Path, capsys) -> None:
    code, report = _check(capsys, tmp_path)
    assert code == 4
    assert report["documents"][0]["findings"]


def test_a_document_nothing_could_be_checked_in_ends_in_4(tmp_path: Path, rules: Path, capsys) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("今天天气很好。\n", encoding="utf-8")
    code, report = _check(capsys, "--rules", rules, "--select", "ZZ", file)
    assert code == 4
    assert report["documents"][0]["verdicts"]["holds"] == 0


def test_an_unknown_rule_ends_in_2(clean: Path, capsys) -> None:
    code, report = _check(capsys, "--select", "QQ999", clean)
    assert code == 2
    assert [error["path"] for error in report["errors"]] == ["QQ999"]
    assert main(["explain", "QQ999"]) == 2


def test_an_unknown_format_ends_in_2_before_anything_is_read(clean: Path, capsys) -> None:
    assert main(["check", "--format", "papyrus", str(clean)]) == 2
    output = capsys.readouterr()
    assert output.out == "" and "papyrus" in output.err


def test_fail_on_decides_what_counts(flawed: Path, rules: Path, capsys) -> None:
    own = rules / "own.rule"
    own.write_text(own.read_text(encoding="utf-8").replace("级别 错误", "级别 提醒"), encoding="utf-8")
    assert _check(capsys, "--rules", rules, "--select", "ZZ", flawed)[0] == 0
    assert _check(capsys, "--rules", rules, "--select", "ZZ", "--fail-on", "notice", flawed)[0] == 1


def test_several_formats_are_written_at_once(clean: Path, rules: Path, tmp_path: Path, capsys) -> None:
    html, sarif = tmp_path / "report.html", tmp_path / "report.sarif"
    formats = [f"html:{html}", f"sarif:{sarif}", "text"]
    asked = [word for name in formats for word in ("--format", name)]
    code = main(["check", "--rules", str(rules), "--select", "ZZ", *asked, str(clean)])
    assert code == 0
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads(sarif.read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert "人工复核" in capsys.readouterr().out


def test_the_same_input_gives_the_same_bytes(flawed: Path, capsys) -> None:
    main(["check", "--format", "json", str(flawed)])
    first = capsys.readouterr().out
    main(["check", "--format", "json", str(flawed)])
    assert capsys.readouterr().out == first


def test_parse_shows_the_tree_in_every_form(clean: Path, capsys) -> None:
    from budgetlint.document.yaml import load_document

    assert main(["parse", str(clean)]) == 0
    assert "部门支出总表" in capsys.readouterr().out
    assert main(["parse", "--format", "yaml", str(clean)]) == 0
    document = load_document(capsys.readouterr().out)
    assert document.tables and document.year == 2024
    assert main(["parse", "--format", "json", str(clean)]) == 0
    assert json.loads(capsys.readouterr().out)["source"] == str(clean)


def test_a_tree_in_yaml_is_checked_like_its_file(clean: Path, rules: Path, tmp_path: Path, capsys) -> None:
    main(["parse", "--format", "yaml", str(clean)])
    tree = tmp_path / "tree.yaml"
    tree.write_text(capsys.readouterr().out, encoding="utf-8")
    code, report = _check(capsys, "--rules", rules, "--select", "ZZ", tree)
    assert code == 0
    assert report["documents"][0]["verdicts"]["holds"] == 5


def test_lists_are_one_json_array(capsys) -> None:
    assert main(["rules", "--format", "json"]) in (0, 2)
    listed = json.loads(capsys.readouterr().out)
    assert {"BL101", "BL201"} <= {rule["id"] for rule in listed}
    assert all({"id", "name", "severity", "basis"} <= set(rule) for rule in listed)
    assert main(["plugins", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["name"] == "budgetlint"


def test_waiving_takes_a_finding_out_of_the_exit_code(
    flawed: Path, rules: Path, tmp_path: Path, capsys
) -> None:
    waivers = tmp_path / "waivers.yaml"
    options = ("--rules", rules, "--select", "ZZ", "--waivers", waivers, flawed)
    _, report = _check(capsys, *options)
    name = report["documents"][0]["findings"][0]["fingerprint"]
    assert main(["waive", name, "--because", "已核实", "--waivers", str(waivers)]) == 0
    capsys.readouterr()
    code, report = _check(capsys, *options)
    assert code == 0
    assert report["documents"][0]["findings"][0]["waived"]["because"] == "已核实"


def test_compare_shows_the_changed_cell(clean: Path, flawed: Path, capsys) -> None:
    assert main(["compare", str(clean), str(clean)]) == 0
    capsys.readouterr()
    assert main(["compare", str(clean), str(flawed)]) == 1
    assert "20.00 → 21.00" in capsys.readouterr().out


def test_messages_come_in_english_too(tmp_path: Path, capsys) -> None:
    main(["check", "--lang", "en", str(tmp_path / "none.txt")])
    assert "does not exist" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_light_commands_import_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom budgetlint.cli import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        "print(sorted({'lark','lxml','ruamel','rich','pluggy','re2'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_what_new_writes_works_as_it_stands(tmp_path: Path, capsys) -> None:
    folder = tmp_path / "own"
    assert main(["new", "rule", "first", "--in", str(folder)]) == 0
    assert main(["test", str(folder)]) == 0
    assert main(["new", "rule", "first", "--in", str(folder)]) == 2
    assert main(["new", "pack", "some-county", "--in", str(tmp_path)]) == 0
    pack = tmp_path / "budgetlint-some-county" / "src" / "budgetlint_some_county" / "pack"
    assert main(["test", str(pack)]) == 0
    assert main(["validate", str(pack)]) == 0
    assert (pack / "tables.yaml").is_file() and (pack.parents[2] / "README.md").is_file()
    written = (pack.parents[2] / "tests" / "test_pack.py").read_text(encoding="utf-8")
    compile(written, "test_pack.py", "exec")
    assert "budgetlint_some_county" in written
    assert main(["new", "reader", "Bad Name", "--in", str(tmp_path)]) == 2
    assert main(["new", "reader", "made", "--in", str(tmp_path)]) == 0
    for module in tmp_path.rglob("__init__.py"):
        compile(module.read_text(encoding="utf-8"), str(module), "exec")


def test_the_catalogue_holds_every_rule(rules: Path, tmp_path: Path, capsys) -> None:
    config = tmp_path / "budgetlint.toml"
    config.write_text(f"rules = [{str(rules)!r}]\n", encoding="utf-8")
    assert main(["docs", str(tmp_path / "docs"), "--config", str(config)]) == 0
    page = (tmp_path / "docs" / "规则目录.md").read_text(encoding="utf-8")
    assert "ZZ001" in page and "BL101" in page


def test_figures_nobody_checked_are_listed(clean: Path, rules: Path, capsys) -> None:
    _, report = _check(capsys, "--rules", rules, "--select", "ZZ", "--uncovered", clean)
    covered = report["documents"][0]["coverage"]
    assert len(covered["unchecked"]) == covered["numbers"] - covered["verified"] > 0


def test_fmt_and_translate_keep_the_rule(rules: Path, capsys) -> None:
    file = rules / "own.rule"
    assert main(["translate", "--to", "en", "--write", str(file)]) == 0
    assert "for each row" in file.read_text(encoding="utf-8")
    assert main(["fmt", "--write", str(file)]) == 0
    assert main(["translate", "--to", "zh", str(file)]) == 0
    assert "每一行" in capsys.readouterr().out
    assert main(["test", str(rules)]) == 0


def test_marked_copies_are_handed_back(flawed: Path, rules: Path, tmp_path: Path, capsys) -> None:
    before = flawed.read_bytes()
    code, _ = _check(capsys, "--rules", rules, "--select", "ZZ", "--annotate", tmp_path / "marked", flawed)
    (copy,) = (tmp_path / "marked").iterdir()
    assert code == 1 and "ZZ001" in copy.read_text(encoding="utf-8")
    assert flawed.read_bytes() == before


def test_a_single_rule_file_is_validated_and_tested(tmp_path: Path, capsys) -> None:
    for name in ("one", "two"):
        assert main(["new", "rule", name, "--in", str(tmp_path)]) == 0
    capsys.readouterr()
    for command in ("validate", "test"):
        assert main([command, str(tmp_path / "two.rule")]) == 0
    assert main(["validate", str(tmp_path)]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["1", "示例", "2"]
    assert main(["validate", str(tmp_path / "没有.rule")]) == 2
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    assert main(["validate", str(tmp_path / "x.txt")]) == 2


def test_the_tree_speaks_the_words_of_the_rules(tmp_path: Path, capsys) -> None:
    file = tmp_path / "a.txt"
    text = "2024年示例市示例区某局部门预算\n第三部分 2024年部门预算情况说明\n一、收支总体情况说明\n"
    file.write_text(f"{text}2024年收入总计5.20万元，比2023年减少0.30万元，下降5.45%。\n", encoding="utf-8")
    assert main(["parse", str(file)]) == 0
    said = capsys.readouterr().out
    assert (
        "增减额 2023年 = -0.30万元" in said and "增减率 2023年 = -5.45%" in said and "本年数 2024年" in said
    )


def test_sarif_names_files_as_uris_and_one_place_a_result(
    flawed: Path, rules: Path, tmp_path: Path, capsys
) -> None:
    spaced = tmp_path / "示例 区.txt"
    spaced.write_bytes(flawed.read_bytes())
    out = tmp_path / "out.sarif"
    main(["check", "--rules", str(rules), "--select", "ZZ", "--format", f"sarif:{out}", str(spaced)])
    (result,) = json.loads(out.read_text(encoding="utf-8"))["runs"][0]["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"].isascii()
    assert " " not in location["physicalLocation"]["artifactLocation"]["uri"]
    assert result["relatedLocations"]


def test_problems_of_the_run_stand_before_the_documents(clean: Path, rules: Path, capsys) -> None:
    assert main(["check", "--rules", str(rules), "--rule", "检查 什么", str(clean)]) == 2
    said = capsys.readouterr().out
    assert said.index("--rule") < said.index(str(clean))


def test_a_terminal_that_cannot_show_chinese_ends_no_check(clean: Path, rules: Path, monkeypatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["check", "--rules", str(rules), "--select", "ZZ", str(clean)]) == 0
