"""Turns a file that could not be read into a finding, so that it can never end as a pass."""

from __future__ import annotations

from budgetlint.document import Place, ReadError
from budgetlint.results.findings import Finding, Severity, Verdict, fingerprint

#: id → (name, what is said in Chinese, in English); the facts of the error fill the holes.
_CAUSES: dict[str, tuple[str, str, str]] = {
    "BL901": ("空文件", "文件没有内容，未核对", "the file is empty; nothing was checked"),
    "BL902": (
        "编码无法识别",
        "文字编码无法识别，未核对",
        "the text is in no known encoding; nothing was checked",
    ),
    "BL914": (
        "文字是乱码",
        "文字读出来是乱码（原来的编码：{encoding}），未核对；用原来的程序打开，另存为 UTF-8 再核对",
        "the text is garbled (its encoding was {encoding}); nothing was checked; save it as UTF-8 from where it was written",
    ),
    "BL903": (
        "缺少读取组件",
        "读 {format} 格式的组件没有安装，未核对；安装：{command}",
        "what reads {format} is not installed; nothing was checked; install it with: {command}",
    ),
    "BL904": (
        "文件损坏",
        "文件损坏或不完整，未核对：{cause}",
        "the file is damaged or incomplete; nothing was checked: {cause}",
    ),
    "BL905": (
        "文件已加密",
        "文件加了密，去掉密码后再核对",
        "the file is encrypted; remove the password first",
    ),
    "BL906": (
        "压缩结构异常",
        "压缩结构异常（{cause}），为安全起见没有打开",
        "the archive's structure is suspicious ({cause}); it was not opened",
    ),
    "BL907": (
        "超出上限",
        "超出上限（{what} {count}，上限 {limit}），未核对",
        "over the limit ({what} {count}, limit {limit}); nothing was checked",
    ),
    "BL908": (
        "含有实体声明",
        "文件里有 DOCTYPE 或实体声明（{part}），为安全起见没有读",
        "the file declares a DOCTYPE or entities ({part}); it was not read",
    ),
    "BL909": (
        "旧格式",
        "旧格式（doc、WPS 文字、RTF 等）不能直接读，未核对；加 --convert（需要 LibreOffice），或另存为 docx",
        "this old format cannot be read; nothing was checked; use --convert (needs LibreOffice) or save it as docx",
    ),
    "BL910": (
        "读取超时",
        "读取超过 {seconds} 秒，已停止，未核对",
        "reading took longer than {seconds} seconds; nothing was checked",
    ),
    "BL911": (
        "读取中断",
        "读取的进程中途结束（{cause}），未核对；可能是文件损坏、内存不足，或被人结束",
        "the process that read it died ({cause}); nothing was checked; the file may be damaged, memory short, or someone ended it",
    ),
    "BL912": (
        "内存超限",
        "读取或核对所用的内存超过上限，未核对（上限见设置 read-megabytes）",
        "it took more memory than allowed; nothing was checked (see the setting read-megabytes)",
    ),
    "BL913": (
        "系统资源不足",
        "系统没有给出读取所要的资源（{cause}），未核对；关闭别的程序，或减少 --jobs 后再试",
        "the system refused what reading takes ({cause}); nothing was checked; close other programs or use fewer --jobs",
    ),
    "BL980": (
        "文件无法打开",
        "文件不存在、没有权限，或正被别的程序占用：{cause}",
        "the file does not exist, may not be read, or is in use by another program: {cause}",
    ),
    "BL981": (
        "没有可核对的文件",
        "文件夹或压缩包里没有可核对的文件",
        "the folder or archive holds no document that can be checked",
    ),
    "BL982": (
        "压缩包套得太深",
        "压缩包层层相套，超过 {limit} 层，没有打开；请解压后再核对",
        "archives within archives, more than {limit} deep: not opened; unpack it first",
    ),
    "BL983": (
        "格式无法识别",
        "文件格式无法识别，未核对（budgetlint plugins 列出可读的格式）",
        "the file format is not recognised; nothing was checked (budgetlint plugins lists the formats)",
    ),
    "BL984": (
        "多个读取器同样合适",
        "多个读取器同样合适：{readers}；请用 --reader 指定",
        "several readers fit equally well: {readers}; choose one with --reader",
    ),
    "BL985": (
        "没有这个读取器",
        "没有名为 {reader} 的读取器；可用：{known}",
        "there is no reader named {reader}; known: {known}",
    ),
    "BL986": (
        "读取器出错",
        "读取器 {reader} 出错：{cause}",
        "the reader {reader} failed: {cause}",
    ),
    "BL987": ("文本树无效", "不是有效的文本树 YAML：{cause}", "not a valid document tree in YAML: {cause}"),
    "BL988": (
        "压缩格式不能读",
        "这种压缩格式（rar、7z）不能直接读，请解压或改用 zip",
        "archives of this kind (rar, 7z) cannot be read; unpack it or use zip",
    ),
    "BL989": (
        "不读标准输入",
        "不从标准输入读文本：请先存成文件，再给出文件名",
        "nothing is read from standard input: save the document to a file and name the file",
    ),
    "BL990": (
        "文本结构整理出错",
        "文件读出来了，整理文本结构时程序出错，未核对，请报告给我们：{cause}",
        "the file was read, but its structure could not be made out; nothing was checked, please report it: {cause}",
    ),
    "BL991": (
        "核对超时",
        "整理结构或核对超过 {seconds} 秒，已停止，等于没有核对；请拆分文件，或放宽设置 check-seconds，并请报告给我们",
        "structuring or checking took longer than {seconds} seconds and was stopped; nothing counts as checked; "
        "split the file or raise the setting check-seconds, and please report it",
    ),
    "BL992": (
        "不是普通文件",
        "这里是管道、设备或套接字，不是普通文件，没有打开",
        "this is a pipe, a device or a socket and no regular file; it was not opened",
    ),
}
_OTHER = ("无法读取", "文件无法读取：{facts}", "the file cannot be read: {facts}")


def unread_finding(error: ReadError, language: str) -> Finding:
    """Return the finding that says why a file could not be read."""
    name, zh, en = _CAUSES.get(error.id, _OTHER)
    said = error.facts.get("message") if error.id not in _CAUSES else None
    facts = "，".join(f"{key} {value}" for key, value in error.facts.items()) or error.id
    template = en if language == "en" else zh
    message = said or template.format_map(_Facts({**error.facts, "facts": facts}))
    return Finding(
        rule=error.id,
        name=name,
        severity=Severity.ERROR,
        verdict=Verdict.UNDETERMINED,
        message=message,
        fingerprint=fingerprint(error.id, error.path),
        locations=(Place(path=error.path),),
    )


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"
