"""Print a number in the digit places of a number format, literals among them and thousands grouped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

_PLACES = frozenset("#0?")


def filled(value: Decimal, tokens: Sequence[str]) -> str:
    """Return what one section of a format, cut into tokens, prints for a number; it holds at least one digit place.

    A place takes one digit, the first of a whole number all that are left; commas behind the last place part off
    thousands.
    """
    last = max(at for at, token in enumerate(tokens) if token in _PLACES)
    first = min(at for at, token in enumerate(tokens) if token in _PLACES)
    point = next((at for at, token in enumerate(tokens) if token == "."), None)
    whole, broken = (tokens, ()) if point is None else (tokens[:point], tokens[point + 1 :])
    whole_places = [at for at, token in enumerate(whole) if token in _PLACES]
    end = whole_places[-1] if whole_places else -1
    grouped = any(token == "," for token in whole[first:end] if whole_places)
    thousands = _commas(whole[end + 1 :]) + (_commas(tokens[last + 1 :]) if point is not None else 0)
    percent = sum(token == "%" for token in tokens)
    decimals = sum(token in _PLACES for token in broken)
    scaled = value.scaleb(2 * percent - 3 * thousands)
    power = next((token for token in tokens if token in ("E+", "E-")), None)
    if power is not None:
        return _scientific(scaled, len(whole_places), broken, power)
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    digits, _, fraction = format(abs(rounded), "f").partition(".")
    text = _whole(digits.lstrip("0"), whole, grouped)
    if point is not None:
        text += "." + _fraction(fraction, broken)
    return ("-" + text if rounded < 0 else text).strip()


def _commas(tokens: Iterable[str]) -> int:
    """Return how many commas stand at the start of some tokens."""
    count = 0
    for token in tokens:
        if token != ",":
            break
        count += 1
    return count


def _whole(digits: str, tokens: Sequence[str], grouped: bool) -> str:
    """Fill the places before the point, from the right."""
    left = [at for at, token in enumerate(tokens) if token in _PLACES]
    parts: list[str] = []
    written = 0
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token not in _PLACES:
            parts.append(literal(token))
            continue
        taken = digits if at == left[0] else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        for digit in reversed(taken or ("0" if token == "0" else "")):
            if grouped and written and written % 3 == 0:
                parts.append(",")
            parts.append(digit)
            written += 1
    return "".join(reversed(parts)) if left else digits + "".join(reversed(parts))


def _fraction(fraction: str, tokens: Sequence[str]) -> str:
    """Fill the places behind the point, from the left; zeros in the last ``#`` places are not printed."""
    kept = fraction.rstrip("0")
    parts: list[str] = []
    used = 0
    for token in tokens:
        if token in _PLACES:
            if used < len(kept) or token == "0":
                parts.append(fraction[used])
            used += 1
        else:
            parts.append(literal(token))
    return "".join(parts)


def _scientific(value: Decimal, whole: int, tokens: Sequence[str], power: str) -> str:
    """Return a number as mantissa and power of ten; with several places before the point the power is a multiple of them.

    ``tokens`` are those behind the point.
    """
    at = tokens.index(power) if power in tokens else 0
    decimals = sum(token in _PLACES for token in tokens[:at])
    exponent = value.adjusted() // max(whole, 1) * max(whole, 1) if value else 0
    rounded = value.scaleb(-exponent).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if abs(rounded) >= Decimal(10) ** max(whole, 1):
        exponent += max(whole, 1)
        rounded = value.scaleb(-exponent).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    width = sum(token in _PLACES for token in tokens[at + 1 :])
    sign = "-" if exponent < 0 else power[1].replace("-", "")
    return f"{rounded:f}E{sign}{abs(exponent):0{width}d}"


def literal(token: str) -> str:
    """Return what a token outside the digit places prints."""
    if token[0] == '"':
        return token[1:-1]
    if token[0] in "\\!" and len(token) == 2:
        return token[1]
    if token[0] == "[":
        return token[2:-1].partition("-")[0] if token.startswith("[$") else ""
    if token[0] in "_*" and len(token) == 2:
        return ""
    return "" if token in ("#", "?", "@", ",", "General") else token
