"""Plans: names put in, negation moved inward, paths completed."""

from __future__ import annotations

from budgetlint.language import syntax
from budgetlint.language.compile import CompiledRule, compile_rule, inward
from budgetlint.language.parser import parse_file, parse_sentence
from budgetlint.language.syntax import (
    And,
    Compare,
    IfThen,
    Label,
    Not,
    Number,
    Or,
    Ref,
    Relation,
    Rule,
)


def body(sentence: str):  # type: ignore[no-untyped-def]
    (plan,) = compile_rule(parse_sentence(sentence)).plans
    return plan.body


def rule_of(text: str) -> Rule:
    parsed = parse_file(f"规则 ZZ001 “示例”\n级别 错误\n依据 勾稽关系\n{text}\n结束\n", "示例.rule")
    assert not parsed.errors
    return parsed.rules[0]


def compiled(text: str) -> CompiledRule:
    return compile_rule(rule_of(text))


class TestLets:
    def test_a_name_is_what_it_stands_for(self) -> None:
        by_name = compiled("设 某数 为 表 甲表 行 子 列 合计\n检查 某数 等于 1 万元")
        (plan,) = by_name.plans
        assert plan.body == body("检查 表 甲表 行 子 列 合计 等于 1 万元")

    def test_a_name_may_stand_in_another(self) -> None:
        text = "设 子数 为 表 甲表 行 子 列 合计\n设 丑数 为 子数 加 表 甲表 行 丑 列 合计\n检查 丑数 等于 1 万元"
        (plan,) = compiled(text).plans
        assert plan.body == body("检查 表 甲表 行 子 列 合计 加 表 甲表 行 丑 列 合计 等于 1 万元")

    def test_also_in_a_where_and_an_aggregate(self) -> None:
        text = "设 限额 为 表 乙表 行 子 列 合计\n对 表 甲表 的 每一行 当 列 合计 大于 限额 时，检查 求和（下级科目 列 合计） 大于 限额"
        (plan,) = compiled(text).plans
        assert "限额" not in repr(plan)

    def test_a_column_of_that_name_is_no_let(self) -> None:
        (plan,) = compiled("设 某数 为 表 甲表 行 子 列 合计\n检查 表 甲表 行 丑 列 某数 等于 1 万元").plans
        assert plan.body == body("检查 表 甲表 行 丑 列 某数 等于 1 万元")


class TestNegation:
    A = Compare(Relation.EQUALS, Ref(item=Label("甲")), Number(1))  # type: ignore[arg-type]
    B = syntax.Test(syntax.TestKind.BLANK, Ref(item=Label("乙")))

    def test_comparisons_turn_round_and_tests_are_flagged(self) -> None:
        opposite = {
            Relation.EQUALS: Relation.NOT_EQUALS,
            Relation.AT_MOST: Relation.MORE,
            Relation.AT_LEAST: Relation.LESS,
        }
        for one, other in [*opposite.items(), *((b, a) for a, b in opposite.items())]:
            node = Compare(one, self.A.left, self.A.right)
            assert inward(Not(node)) == Compare(other, self.A.left, self.A.right)
        assert inward(Not(self.B)) == syntax.Test(syntax.TestKind.BLANK, self.B.subject, negated=True)
        assert inward(Not(Not(self.A))) == self.A

    def test_de_morgan(self) -> None:
        assert inward(Not(And((self.A, self.B)))) == Or((inward(Not(self.A)), inward(Not(self.B))))
        assert inward(Not(Or((self.A, self.B)))) == And((inward(Not(self.A)), inward(Not(self.B))))
        assert inward(Not(IfThen(self.A, self.B))) == And((self.A, inward(Not(self.B))))

    def test_no_not_is_left_however_deep(self) -> None:
        deep = Not(And((Or((Not(self.A), IfThen(Not(self.B), Not(self.A)))), Not(Not(self.B)))))
        assert "Not(" not in repr(inward(deep))


class TestPaths:
    def test_names_hang_on_the_section(self) -> None:
        assert body("检查 第六节 合计 等于 人员经费 加 公用经费") == body(
            "检查 第六节 合计 等于 第六节 人员经费 加 第六节 公用经费"
        )

    def test_columns_hang_on_the_table_and_row_nearest_to_their_left(self) -> None:
        short = "检查 表 甲表 行 子 列 合计 等于 列 基本支出 加 行 丑 列 合计 加 列 项目支出"
        whole = "检查 表 甲表 行 子 列 合计 等于 表 甲表 行 子 列 基本支出 加 表 甲表 行 丑 列 合计 加 表 甲表 行 丑 列 项目支出"
        assert body(short) == body(whole)

    def test_under_a_row_nothing_hangs(self) -> None:
        (plan,) = compile_rule(
            parse_sentence("对 表 甲表 的 每一行，检查 表 乙表 对应行 列 合计 等于 列 基本支出")
        ).plans
        assert isinstance(plan.body, Compare)
        assert isinstance(plan.body.right, Ref) and plan.body.right.table is None

    def test_under_a_mention_columns_hang_but_names_are_its_own(self) -> None:
        sentence = "对 每处 占比，检查 部分 等于 表 甲表 行 子 列 合计 且 占比 等于 列 占比"
        whole = "对 每处 占比，检查 部分 等于 表 甲表 行 子 列 合计 且 占比 等于 表 甲表 行 子 列 占比"
        assert body(sentence) == body(whole)

    def test_the_condition_of_an_if_stands_to_the_left_of_what_follows(self) -> None:
        short = "检查 如果 第六节 人员经费 存在 那么 公用经费 大于 0"
        assert body(short) == body("检查 如果 第六节 人员经费 存在 那么 第六节 公用经费 大于 0")


def test_several_checks_are_numbered() -> None:
    both = compiled("检查 表 甲表 存在\n检查 表 乙表 存在")
    assert [plan.number for plan in both.plans] == [1, 2]
    assert [plan.number for plan in compiled("检查 表 甲表 存在").plans] == [0]
