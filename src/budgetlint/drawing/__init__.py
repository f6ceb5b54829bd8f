"""Draws a checked document: what it prints in its own order, each figure with what the checks said of it."""

from budgetlint.drawing.build import draw as draw
