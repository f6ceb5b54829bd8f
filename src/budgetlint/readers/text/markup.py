"""Take the marks of other formats (Markdown, LaTeX, HTML, Word bookmarks) off a line of text."""

from __future__ import annotations

import re

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_FORMULA = re.compile(r"\$([^$\n]{1,80})\$")
_COMMANDS = {
    r"\geq": "≥",
    r"\ge": "≥",
    r"\leq": "≤",
    r"\le": "≤",
    r"\times": "×",
    r"\div": "÷",
    r"\pm": "±",
    r"\sim": "~",
    r"\approx": "≈",
    r"\neq": "≠",
    r"\%": "%",
    r"\cdot": "·",
}
_COMMAND = re.compile("|".join(re.escape(command) for command in sorted(_COMMANDS, key=len, reverse=True)))
_WRAPPER = re.compile(r"\\(?:text|mathrm|mathbf|rm)\s*\{([^{}]*)\}")


def heading_level(line: str) -> int | None:
    """Return the level of a Markdown heading line, None for any other line."""
    match = _HEADING.match(_BOOKMARK.sub("", line))
    return len(match[1]) if match else None


def plain(text: str) -> str:
    """Return a line or cell without markup; white space at both ends is kept as it is."""
    if "[bookmark:" in text:
        text = _BOOKMARK.sub("", text)
    if "#" in text and (heading := _HEADING.match(text)):
        text = heading[2]
    if "**" in text or "__" in text:
        text = _STRONG.sub(r"\2", text)
    if "$" in text:
        text = _FORMULA.sub(_formula, text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        from html import unescape

        text = unescape(text)
    return text


def _formula(match: re.Match[str]) -> str:
    inner = _WRAPPER.sub(r"\1", match[1])
    inner = _COMMAND.sub(lambda command: _COMMANDS[command.group(0)], inner)
    return match.group(0) if "\\" in inner else re.sub(r"\s+|[{}]", "", inner)
