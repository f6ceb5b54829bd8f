"""Says which extra brings a library that a report format needs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from budgetlint.config import ConfigError
from budgetlint.said import Said


def needed(module: str, extra: str) -> Any:
    """Return a module of an extra.

    Raises:
        ConfigError: it is not installed; the message says how to install it.
    """
    try:
        return import_module(module)
    except ImportError:
        command = f"pip install 'budgetlint[{extra}]'"
        raise ConfigError(
            extra,
            Said(f"这项功能的组件没有安装；安装：{command}", f"what this needs is not installed: {command}"),
        ) from None
