"""Transformations of OFD (GB/T 33190, CTM): six numbers a b c d e f, x' = ax + cy + e, y' = bx + dy + f, y downwards."""

from __future__ import annotations

from math import atan2, degrees

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(values: list[float]) -> Matrix:
    """Return the transformation six numbers say, none where they are not six."""
    if len(values) != 6:
        return IDENTITY
    a, b, c, d, e, f = values
    return (a, b, c, d, e, f)


def then(first: Matrix, second: Matrix) -> Matrix:
    """Return the transformation that does one thing and then another."""
    if second == IDENTITY:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def moved(x: float, y: float) -> Matrix:
    """Return a shift."""
    return (1.0, 0.0, 0.0, 1.0, x, y)


def applied(matrix: Matrix, x: float, y: float) -> Point:
    """Return where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def clockwise(matrix: Matrix) -> int:
    """Return how far a transformation turns what is written to the right, in degrees clockwise."""
    return round(degrees(atan2(matrix[1], matrix[0]))) % 360
