"""The pytest plugin: rule files are test files, each example of a rule a test."""

from __future__ import annotations
