"""``check --timing``: how long each stage of a document took, and its share, for those who wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from budgetlint.reporters.words import Words
from budgetlint.run.stages import STAGES, Step, Told

_NAMES = {
    "read": ("读取", "read"),
    "structure": ("还原结构", "structure"),
    "name": ("认名称", "names"),
    "rules": ("规则与核对", "rules"),
    "diagnose": ("归因", "diagnosis"),
    "report": ("写报告", "report"),
}


class Timing:
    """Adds up the seconds of every stage, by document, and passes each step on."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._seconds: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._report = 0.0

    def told(self, step: Step) -> None:
        """Take down a step that ended."""
        if step.seconds is not None and step.stage in _NAMES:
            self._seconds[step.path][step.stage] += step.seconds
        self._told(step)

    def reported(self, seconds: float) -> None:
        """Take down how long the reports of all documents took."""
        self._report += seconds

    def lines(self, words: Words) -> Iterator[str]:
        """Yield a line a document and stage: seconds, share of the document's whole."""
        for path, stages in self._seconds.items():
            whole = sum(stages.values())
            yield f"{path}  {whole:.2f} {words('秒', 's')}"
            for stage in STAGES:
                if stage in stages:
                    yield self._line(stage, stages[stage], whole, words)
        everything = self._report + sum(sum(stages.values()) for stages in self._seconds.values())
        yield words("全部文件", "all files") + f"  {everything:.2f} {words('秒', 's')}"
        yield self._line("report", self._report, everything, words)

    @staticmethod
    def _line(stage: str, seconds: float, whole: float, words: Words) -> str:
        share = round(100 * seconds / whole) if whole else 0
        return f"  {words(*_NAMES[stage])}  {seconds:.2f} {words('秒', 's')}  {share}%"
