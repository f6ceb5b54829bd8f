"""The tables of a store and their version: every column has its type at birth, every amount is a decimal.

A reader that meets a newer version refuses the store; columns are only ever added, at the end.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

VERSION = 1
#: Digits of a value, and those behind the point: 元 to a hundred-millionth, far beyond what is printed anywhere.
PRECISION, SCALE = 38, 8
DOCUMENTS, FINDINGS, FIGURES = "documents", "findings", "figures"
TABLES = (DOCUMENTS, FINDINGS, FIGURES)
#: What names a batch: rows of other tables count once the batch's documents are written.
BATCH = "batch"


@lru_cache(maxsize=1)
def schemas() -> dict[str, Any]:
    """Return the Arrow schema of every table (pyarrow is loaded here, and only where a store is used)."""
    import pyarrow as pa

    text, number = pa.string(), pa.int32()
    named = pa.dictionary(pa.int32(), pa.string())
    places = [("page", number), ("line", number), ("sheet", text), ("cell", text)]
    whose = [(BATCH, text), ("document", text)]
    known = [("unit", text), ("department", text), ("kind", named), ("year", number), ("region", named)]
    return {
        DOCUMENTS: pa.schema(
            [
                *whose,
                ("path", text),
                ("files", pa.list_(pa.struct([("path", text), ("sha256", text)]))),
                ("stamp", text),
                ("checked_at", pa.timestamp("s", tz="UTC")),
                *known,
                ("title", text),
                ("format", named),
                ("bytes", pa.int64()),
                ("read", pa.bool_()),
                ("holds", number),
                ("rounds", number),
                ("fails", number),
                ("skipped", number),
                ("undetermined", number),
                ("decided", number),
                ("reasons", pa.list_(pa.struct([("reason", text), ("number", number)]))),
                ("numbers", number),
                ("verified", number),
                ("contradicted", number),
                ("errors", number),
                ("warnings", number),
                ("notices", number),
                ("waived", number),
                ("tables", pa.list_(pa.struct([("id", text), ("title", text), ("state", text)]))),
                ("neighbours", text),
            ]
        ),
        FINDINGS: pa.schema(
            [
                *whose,
                ("rule", named),
                ("name", named),
                ("severity", named),
                ("verdict", named),
                ("reason", named),
                ("message", text),
                ("fingerprint", text),
                ("waived", pa.bool_()),
                ("printed", text),
                ("proposed", text),
                ("difference", pa.decimal128(PRECISION, SCALE)),
                ("table", text),
                ("row", text),
                ("column", text),
                ("section", text),
                *places,
                ("basis", text),
            ]
        ),
        FIGURES: pa.schema(
            [
                *whose,
                *known,
                ("table", named),
                ("title", named),
                ("section", named),
                ("row", text),
                ("code", named),
                ("column", named),
                ("printed", text),
                ("value", pa.decimal128(PRECISION, SCALE)),
                ("unit_printed", named),
                ("state", named),
                *places,
                ("column_name", named),
                ("row_kind", named),
            ]
        ),
    }


def conformed(table: str, part: Any) -> Any:
    """Return an Arrow table with the types the schema gives its columns; those an older version did not write are empty."""
    import pyarrow as pa

    schema = schemas()[table]
    for name in schema.names:
        if name not in part.column_names:
            part = part.append_column(name, pa.nulls(len(part), schema.field(name).type))
    return part.select(schema.names).cast(schema)


def storable(value: Decimal | None) -> Decimal | None:
    """Return a value as the store keeps it, None where it would not be exact: a figure is never rounded."""
    if value is None or not value.is_finite():
        return None
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    behind = max(-exponent, 0)
    before = max(len(digits) + exponent, 0)
    return value if behind <= SCALE and before <= PRECISION - SCALE else None
