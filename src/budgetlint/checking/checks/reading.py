"""What readers noticed on the way, in words: hidden content, changes not accepted, what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetlint.checking.check import check
from budgetlint.document import Bundle
from budgetlint.document.keys import cause_of
from budgetlint.results.findings import Outcome, Reason, Severity, Verdict
from budgetlint.said import Said
from budgetlint.vocabulary import Vocabulary

#: What readers and the normaliser notice, in words; the facts of the notice fill the holes.
_NOTICES = {
    "BL103": Said(
        "工作表“{sheet}”有隐藏的{what}，其中有数据；公开前请核实",
        "the sheet “{sheet}” has hidden {what} with data in it",
    ),
    "BL104": Said(
        "单元格显示的数“{shown}”与存储的数“{stored}”不同",
        "a cell shows “{shown}” and stores “{stored}”",
    ),
    "BL105": Said(
        "文件中有未接受的修订或划掉的文字，已按接受修订、去掉划掉的文字核对；公开前请清理",
        "the file holds changes not accepted or text struck out; it was checked with them accepted and left out",
    ),
    "BL106": Said(
        "第 {page} 页没有可读取的文字（可能是扫描件），这一页没有核对",
        "page {page} has no text that can be read (a scan?) and was not checked",
    ),
    "BL107": Said(
        "文件中有隐藏的文字，没有核对；公开前请删除",
        "the file holds hidden text, which was not checked; delete it before publishing",
    ),
    "BL108": Said(
        "工作表“{sheet}”的公式（{cell}）没有计算结果，这些单元格没有核对；请在办公软件中打开并保存后再核对",
        "formulas of the sheet “{sheet}” ({cell}) have no results and were not checked; open and save the file first",
    ),
    "BL109": Said(
        "第 {page} 页的字体没有字符对应表，文字读不出来，这一页没有核对",
        "the fonts of page {page} do not say which characters they draw; the page was not checked",
    ),
    "BL111": Said(
        "{what}（{part}）里的文字和数字没有读，没有核对；其中有表格或数字的，请改成文字和表格后再核对",
        "{what} ({part}): its text and figures were not read and not checked; put tables in as tables",
    ),
    "BL112": Said(
        "文件缺少它自己列出的部件 {part}，这一部分没有读，没有核对；请在办公软件中打开原文件重新保存",
        "the part {part}, which the file lists, is missing: it was not read and not checked; save the file anew",
    ),
    "BL113": Said(
        "{part}不完整（{cause}），这一部分没有读全，没有核对；请换成完整的文件",
        "{part} is not whole ({cause}): it was not read to its end and not checked; get the whole file",
    ),
    "BL115": Said(
        "第 {page} 页有 {count} 个字的字体没有字符对应表，读不出来（文中以 � 表示），所在的格和语句没有核对",
        "{count} characters of page {page} are of fonts that do not say what they draw (� in the text): not checked",
    ),
    "BL116": Said(
        "文件是旧格式（{from}），由 {program} 转成 docx 后核对；转换可能改变或丢失自动编号的写法、域的结果、"
        "文本框和图形里的文字、嵌入的表格，有疑问的请在原程序中另存为 docx 再核对",
        "an old format ({from}), checked as {program} converted it: the conversion may change or lose automatic "
        "numbers, results of fields, text in boxes and drawings, embedded tables; save as docx where in doubt",
    ),
}
#: What the reader of a plugin did not read, and we have no words for.
_OTHER = Said("文件有一部分没有读，没有核对", "a part of the file was not read and not checked")
#: What notices name, in English.
_ENGLISH = {
    "工作表": "a sheet",
    "行": "rows",
    "列": "columns",
    "图片": "a picture",
    "图表": "a chart",
    "图形": "a diagram",
    "嵌入的对象": "an embedded object",
    "嵌入的文档": "an embedded document",
    "文本框": "a text box",
    "表单": "a form",
    "批注": "an annotation",
    "网页": "the page",
    "没有结束标记": "no end tag",
    "文件": "the file",
    "内容流解不开": "a content stream does not inflate",
    "字体解不开": "a font does not inflate",
    "用到的字体或图形不在文件里": "a font or form it draws with is not in the file",
    "对象的位置与内容不符，是按内容找回的": "its objects do not lie where it says and were searched for",
    "页数与所列的不符": "it has another number of pages than it says",
}


_PAGES = re.compile(r"第 (\d+)(?: 至 (\d+))? 页")


def _in_english(fact: str) -> str:
    pages = _PAGES.fullmatch(fact)
    if pages is None:
        return _ENGLISH.get(fact, fact)
    return f"page {pages[1]}" if pages[2] is None else f"pages {pages[1]} to {pages[2]}"


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


@check(
    "BL110",
    Said("读取提示", "what reading noticed"),
    Severity.NOTICE,
    Said(
        "读取文件时看到的隐藏内容、未接受的修订、不可读取的页",
        "hidden content, changes not accepted, pages that cannot be read",
    ),
)
def reader_notices(bundle: Bundle, vocabulary: Vocabulary) -> Iterator[Outcome]:
    for notice in bundle.document.notices:
        template = _NOTICES.get(notice.id, _OTHER if notice.unread else None)
        if template is None:
            continue
        facts = dict(notice.facts)
        english = {key: _in_english(value) for key, value in facts.items()}
        yield Outcome(
            reader_notices.id,
            Verdict.UNDETERMINED if notice.unread else Verdict.FAILS,
            reason=Reason.NOT_READ if notice.unread else None,
            severity=reader_notices.severity,
            instance=f"{notice.id}|{'|'.join(facts.values())}",
            cause=cause_of("notice", notice.id, "|".join(facts.values())) if notice.unread else "",
            message=Said(template.zh.format_map(_Facts(facts)), template.en.format_map(_Facts(english))),
            places=(notice.place,),
        )
