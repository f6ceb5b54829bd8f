"""Faults of prose that a reader sees at once, each in several phrasings, and the sound twin of each."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.kinds.tried import BUDGET, FINAL, UNIT_BUDGET, checked, found

from budgetlint.results.findings import Verdict

#: Kind: the rules one of which must speak, the passages with the fault, the passages without.
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "parts above their total": (
        ("CN510", "CN528"),
        (
            BUDGET + "四、项目情况\n\n示例项目预算30.00万元，其中：设备20.00万元，培训15.00万元。\n",
            BUDGET + "四、资产情况\n\n共有车辆5辆，其中：机要通信用车4辆，应急保障用车3辆。\n",
            BUDGET
            + "四、资产情况\n\n房屋面积900.00平方米，其中：办公用房800.00平方米，业务用房300.00平方米。\n",
            BUDGET + "四、项目情况\n\n示例项目安排50.50万，其中甲类30.00万、乙类25.00万。\n",
        ),
        (
            BUDGET + "四、项目情况\n\n示例项目预算30.00万元，其中：设备20.00万元，培训10.00万元。\n",
            BUDGET + "四、资产情况\n\n共有车辆5辆，其中：机要通信用车4辆，应急保障用车1辆。\n",
            BUDGET
            + "四、项目情况\n\n示例项目预算30.00万元，其中设备20.00万元，培训10.00万元，合计30.00万元。\n",
        ),
    ),
    "changes that cannot be": (
        ("CN525", "CN526", "CN527", "CN502", "CN503"),
        (
            BUDGET + "四、会议费\n\n2026年会议费预算0万元，较上年增加1.50万元。\n",
            BUDGET + "四、公务接待费\n\n公务接待费预算2.00万元，比2025年预算增加3.00万元。\n",
            BUDGET + "四、培训费\n\n培训费预算4.00万元，较上年减少2.00万元，下降120.00%。\n",
        ),
        (
            BUDGET + "四、会议费\n\n2026年会议费预算0万元，较上年减少1.50万元。\n",
            BUDGET + "四、公务接待费\n\n公务接待费预算3.00万元，比2025年预算增加3.00万元，上年没有安排。\n",
        ),
    ),
    "reasons against the sign": (
        ("CN531",),
        (
            BUDGET + "四、会议费\n\n会议费预算3.00万元，比上年增加1.00万元，主要原因是压减会议支出。\n",
            BUDGET
            + "四、培训费\n\n培训费预算3.00万元，比上年减少1.00万元，下降25.00%。主要是培训任务增加。\n",
            BUDGET
            + "四、公务接待费\n\n公务接待费预算3.00万元，较2025年预算减少1.00万元，原因是新增接待项目。\n",
        ),
        (
            BUDGET + "四、会议费\n\n会议费预算3.00万元，比上年减少1.00万元，主要原因是压减会议支出。\n",
            BUDGET + "四、培训费\n\n培训费预算3.00万元，比上年减少1.00万元，主要是上年增加了一次性培训。\n",
            BUDGET + "四、人员\n\n基本支出预算30.00万元，比上年减少1.00万元，主要原因是退休人员增加。\n",
            BUDGET
            + "四、会议费\n\n会议费预算3.00万元，比上年增加1.00万元，主要原因是会议规模扩大，一般性会议减少。\n",
        ),
    ),
    "compared with its own year": (
        ("CN529",),
        (
            BUDGET + "五、收入情况\n\n2026年收入预算50.00万元，较2026年预算增加5.00万元。\n",
            BUDGET + "五、支出情况\n\n支出预算50.00万元，与2026年相比减少5.00万元。\n",
            BUDGET + "五、支出情况\n\n2026年支出预算50.00万元，比2026年度增长10.00%。\n",
        ),
        (
            BUDGET + "五、收入情况\n\n2026年收入预算50.00万元，较2025年预算增加5.00万元。\n",
            BUDGET + "五、支出情况\n\n2026年支出预算50.00万元，比2025年度增长10.00%。\n",
        ),
    ),
    "another year's period": (
        ("BL804",),
        (
            BUDGET + "四、项目情况\n\n五、实施周期\n\n2025年1月1日至2025年12月31日\n",
            BUDGET + "四、项目情况\n\n五、实施期限\n\n2024年1月-2025年12月\n",
            BUDGET + "四、项目情况\n\n实施周期：2025年1月1日—2025年12月31日。\n",
        ),
        (
            BUDGET + "四、项目情况\n\n五、实施周期\n\n2026年1月1日至2026年12月31日\n",
            BUDGET + "四、项目情况\n\n五、实施期限\n\n2025年1月-2026年12月\n",
        ),
    ),
    "a neighbour's name": (
        ("BL507",),
        (
            BUDGET + "三、机关运行经费\n\n示范市示范县某委员会2026年机关运行经费预算9.00万元。\n",
            BUDGET + "五、支出情况\n\n2026年示范市某管理局支出预算50.00万元。\n",
        ),
        (
            BUDGET + "三、机关运行经费\n\n示例市示例区某局2026年机关运行经费预算9.00万元。\n",
            BUDGET + "三、机关运行经费\n\n某局2026年机关运行经费预算9.00万元。\n",
            BUDGET + "三、机关运行经费\n\n本部门2026年机关运行经费预算9.00万元。\n",
        ),
    ),
    "words of the template": (
        ("CN952", "CN951", "BL416"),
        (
            BUDGET + "四、会议费\n\n会议费预算比上年增加（减少）3.00%。\n",
            BUDGET + "四、会议费\n\n会议费预算XX万元，比上年增加XX万元。\n",
            BUDGET + "四、国有资产情况（请按实际填写）\n\n共有车辆2辆。\n",
            BUDGET + "四、会议费\n\n会议费预算3.00万元，比上年增加/减少1.00万元。\n",
            BUDGET + "四、会议费\n\n会议费预算3.00万元，增长（下降）主要原因是：……。\n",
        ),
        (
            BUDGET + "四、会议费\n\n会议费预算3.00万元，比上年增加（含结转）1.00万元。\n",
            BUDGET + "四、会议费\n\n会议费预算3.00万元。\n",
        ),
    ),
    "blanks left": (
        ("CN956",),
        (
            BUDGET + "五、收入情况\n\n事业收入5.00万元，占 %，比上年减少 万元。\n",
            BUDGET + "五、收入情况\n\n事业收入 万元，占收入的5.00%。\n",
            BUDGET + "五、收入情况\n\n事业收入5.00万元，比上年增长___%。\n",
        ),
        (BUDGET + "五、收入情况\n\n事业收入5.00万元，占5.00 %，比上年减少 1.00 万元。\n",),
    ),
    "万 without 元": (
        ("CN958",),
        (
            BUDGET + "四、项目情况\n\n示例项目安排30.50万，用于示例。\n",
            BUDGET + "四、项目情况\n\n示例项目经费30万。\n",
            BUDGET + "四、项目情况\n\n示例项目安排1.25亿，用于示例。\n",
        ),
        (
            BUDGET + "四、项目情况\n\n示例项目安排30.50万元，服务群众30万人次。\n",
            BUDGET + "四、项目情况\n\n示例项目服务群众约30万，示例用。\n",
        ),
    ),
    "rates without %": (
        ("CN955",),
        (
            BUDGET + "五、收入情况\n\n收入预算比上年增加5.00万元，增长5.25。\n",
            BUDGET + "五、收入情况\n\n收入预算比上年减少5.00万元，下降5.25，主要是项目减少。\n",
            BUDGET + "五、收入情况\n\n事业收入5.00万元，占比5.25。\n",
        ),
        (BUDGET + "五、收入情况\n\n收入预算比上年增加5.00万元，增长5.25%。\n",),
    ),
    "部门 and 单位 mixed up": (
        ("CN961",),
        (
            UNIT_BUDGET + "五、国有资产\n\n2026年部门预算安排车辆0辆。\n",
            UNIT_BUDGET + "五、收入情况\n\n2026年部门预算收入50.00万元。\n",
        ),
        (
            UNIT_BUDGET + "五、国有资产\n\n2026年单位预算安排车辆0辆。\n",
            UNIT_BUDGET + "五、说明\n\n本单位的预算按部门预算管理的有关规定编制。\n",
            BUDGET + "五、国有资产\n\n2026年部门预算安排车辆0辆。\n",
        ),
    ),
    "field codes": (
        ("CN957", "BL428"),
        (
            BUDGET + "五、收入情况\n\n收入预算5.00万元 MERGEFIELD 收入 \\* MERGEFORMAT 。\n",
            BUDGET + '五、收入情况\n\nHYPERLINK \\l "_Toc12345" 收入预算5.00万元。\n',
            BUDGET + "五、收入情况\n\n见第 PAGEREF _Toc10001 \\h 页，收入预算5.00万元。\n",
        ),
        (BUDGET + "五、收入情况\n\n收入预算5.00万元，由OA系统导出。\n",),
    ),
    "counts missing in 三公": (
        ("FA901", "FA903", "FA905"),
        (
            FINAL + "七、“三公”经费支出决算情况\n\n因公出国（境）费支出决算为3.00万元，用于出访。\n",
            FINAL + "七、“三公”经费支出决算情况\n\n公务接待费支出决算为1.00万元，用于接待。\n",
            FINAL + "七、“三公”经费支出决算情况\n\n公务用车运行维护费支出决算为2.00万元，用于燃油。\n",
        ),
        (
            FINAL + "七、“三公”经费支出决算情况\n\n公务接待费支出决算为1.00万元，接待3批次、20人次。\n",
            FINAL
            + "七、“三公”经费支出决算情况\n\n公务用车运行维护费支出决算为2.00万元，公务用车保有量2辆。\n",
            FINAL + "七、“三公”经费支出决算情况\n\n因公出国（境）费支出决算为0万元。\n",
        ),
    ),
    "gaps without a reason": (
        ("FA155", "FA151"),
        (
            FINAL
            + "五、支出决算情况\n\n1.教育支出（类）普通教育（款）小学教育（项）。年初预算为100.00万元，支出决算为130.00万元，完成年初预算的130.00%。\n",
            FINAL
            + "五、支出决算情况\n\n教育支出（类）普通教育（款）小学教育（项）年初预算100.00万元，决算数60.00万元，完成年初预算的60.00%。\n",
            FINAL
            + "五、支出决算情况\n\n（1）教育支出（类）普通教育（款）小学教育（项）。年初预算数为50.00万元，支出决算为80.00万元，完成年初预算的160.00%，用于办学。\n",
        ),
        (
            FINAL
            + "五、支出决算情况\n\n1.教育支出（类）普通教育（款）小学教育（项）。年初预算为100.00万元，支出决算为130.00万元，完成年初预算的130.00%，决算数大于预算数的主要原因是年中追加。\n",
            FINAL
            + "五、支出决算情况\n\n1.教育支出（类）普通教育（款）小学教育（项）。年初预算为100.00万元，支出决算为98.00万元，完成年初预算的98.00%。\n",
        ),
    ),
    "元 for 万元": (
        ("CN523",),
        (
            BUDGET
            + "五、收入情况\n\n收入预算50.00元，其中：一般公共预算拨款收入40.00万元、事业收入10.00万元。\n",
            BUDGET + "五、支出情况\n\n支出预算90.00元，其中：基本支出60.00万元、项目支出30.00万元。\n",
            BUDGET
            + "七、“三公”经费\n\n“三公”经费预算3.00元，其中：公务接待费1.00万元，公务用车运行维护费2.00万元。\n",
        ),
        (BUDGET + "五、支出情况\n\n支出预算900000元，其中：基本支出60.00万元、项目支出30.00万元。\n",),
    ),
}
SOUND = [(kind, text) for kind, (_, _, texts) in KINDS.items() for text in texts]
WRONG = [(rules, text) for rules, texts, _ in KINDS.values() for text in texts]


@pytest.mark.parametrize(("rules", "text"), WRONG)
def test_the_fault_is_found(tmp_path: Path, rules: tuple[str, ...], text: str) -> None:
    report = checked(tmp_path, text)
    assert set(rules) & {f.rule.partition(".")[0] for f in report.findings if f.verdict is Verdict.FAILS}


@pytest.mark.parametrize(("kind", "text"), SOUND)
def test_its_sound_twin_passes(tmp_path: Path, kind: str, text: str) -> None:
    assert not found(checked(tmp_path, text))
