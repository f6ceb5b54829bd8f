"""Measure how the readers' time and memory grow with the document: eight times the cells, at most ten times the time.

Run: ``uv run python benchmarks/read_growth.py [--factor 8]``. Memory is what a process that reads takes at its peak
beyond what it took before reading.
"""

from __future__ import annotations

import argparse
import multiprocessing
from pathlib import Path

from read_document import READERS, files, generated, seconds_of


def memory_of(format: str, data: bytes) -> float:
    """Megabytes that reading takes at its peak, measured in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_peak, (format, data))


def _peak(format: str, data: bytes) -> float:
    # A first small read, so that imports do not count.
    READERS["html"]("文", b"<table><tr><td>1</td></tr></table>")
    before = _highest()
    READERS[format]("文", data)
    return _highest() - before


def _highest() -> float:
    """The most megabytes this process has held (Linux tells; what getrusage tells, a child inherits)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--factor", type=int, default=8, help="so many times the rows")
    factor = parser.parse_args().factor
    small, large = files(generated(1)), files(generated(factor))
    print(
        f"{'format':<8}{'1x':>10}{f'{factor}x':>11}{'growth':>9}{'bar':>6}{'memory 1x':>12}{f'{factor}x':>10}"
    )
    for format, data in small.items():
        read = READERS[format]
        one = seconds_of(lambda read=read, data=data: read("文", data))  # type: ignore[misc]
        many = seconds_of(lambda read=read, data=large[format]: read("文", data))  # type: ignore[misc]
        peaks = [memory_of(format, content) for content in (data, large[format])]
        print(
            f"{format:<8}{one * 1000:>7.0f} ms{many * 1000:>8.0f} ms{many / one:>8.1f}x{1.25 * factor:>5.0f}x"
            f"{peaks[0]:>9.0f} MB{peaks[1]:>7.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
