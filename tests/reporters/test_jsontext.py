"""JSON stays JSON whatever the stream's encoding lacks."""

from __future__ import annotations

import io
import json

import pytest

from budgetlint.reporters.jsontext import dump


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "latin-1", "ascii"])
def test_what_an_encoding_lacks_is_escaped_as_json_does(encoding: str) -> None:
    data = {"路径": "示例区\u202e\xe9😀\ud800 “x”\n"}
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="backslashreplace", newline="\n")
    dump(data, stream)
    stream.flush()
    assert json.loads(raw.getvalue().decode(encoding)) == data
    if encoding == "gbk":
        assert "示例区".encode("gbk") in raw.getvalue()
