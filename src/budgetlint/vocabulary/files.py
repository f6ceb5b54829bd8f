"""Read a pack's vocabulary from its folder: ``vocabulary.yaml``, ``tables.yaml``, ``reading.yaml`` …

Beside them ``review.yaml``, ``codes/*.csv``, ``pairs/*.csv`` and ``regions.csv``, the administrative divisions.

``tables.yaml`` holds ``titles`` (filler, synonyms, owners), ``columns``, ``rows`` (of every table) and ``tables``;
``vocabulary.yaml`` holds ``sections``, ``concepts``, ``phrases``, ``lists``, ``facts`` and ``patterns``, and may hold
the former too. A term is a name alone or a mapping with ``name``, ``aliases`` and what else it has. A code list is
named by its file: header ``code,name,level,confidence[,since,until]``; a list of pairs likewise (its first two
columns; each pair is an item ``30101/50101`` of the list). ``review.yaml`` maps a kind (所有, 预算, 部门决算 …) to what
people must check themselves; it becomes the lists ``人工复核/kind``. ``reading.yaml`` holds the words by which the
normaliser reads, as lists under headings of any depth (``列: {金额: [支出, 收入]}`` is the group ``列/金额``).

VocabularyError
└ raised for whatever a file says that no vocabulary can mean; it knows file and line
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from budgetlint.document import Role
from budgetlint.said import Said, SaidError
from budgetlint.vocabulary.lexicon import Vocabulary
from budgetlint.vocabulary.reading import ReadingWords
from budgetlint.vocabulary.terms import (
    CodeEntry,
    ColumnTerm,
    ConceptTerm,
    RowTerm,
    SectionTerm,
    ShapeTerm,
    TableTerm,
    TitleWords,
)

T = TypeVar("T")
#: What the kinds of a table may be.
_KINDS = ("预算", "决算")
Path_ = tuple["str | int", ...]


REVIEW = "review.yaml"
READING = "reading.yaml"
REGIONS = "regions.csv"


class VocabularyError(SaidError):
    """A vocabulary file says something no vocabulary can mean.

    Attributes:
        file: the file as opened; line: 1-based, or None where the file has no such place.
    """

    def __init__(self, file: str, line: int | None, said: Said) -> None:
        super().__init__(file, line, said)
        self.file = file
        self.line = line


def load_folder(folder: Path) -> Vocabulary:
    """Return the vocabulary of one pack's folder; what it does not hold is empty.

    Raises:
        VocabularyError: a file cannot be read as the vocabulary it should be.
    """
    vocabulary = Vocabulary()
    for name in ("vocabulary.yaml", "tables.yaml"):
        if (folder / name).is_file():
            vocabulary = vocabulary.merged(_YamlFile(folder / name).vocabulary())
    if (folder / REVIEW).is_file():
        vocabulary = vocabulary.merged(Vocabulary(lists=_YamlFile(folder / REVIEW).review()))
    if (folder / READING).is_file():
        vocabulary = vocabulary.merged(Vocabulary(reading=_YamlFile(folder / READING).reading()))
    if (folder / REGIONS).is_file():
        vocabulary = vocabulary.merged(Vocabulary(regions=_read_codes(folder / REGIONS)))
    codes = {path.stem: _read_codes(path) for path in sorted((folder / "codes").glob("*.csv"))}
    pairs = {path.stem: _read_pairs(path) for path in sorted((folder / "pairs").glob("*.csv"))}
    return vocabulary.merged(Vocabulary(codes=codes, lists=pairs)) if codes or pairs else vocabulary


@cache
def national_words() -> ReadingWords:
    """Return the words of the bundled national pack alone: what reads a document where no packs were chosen."""
    from budgetlint.resources import rules_folder

    return ReadingWords(_YamlFile(rules_folder() / "national" / READING).reading())


class _YamlFile:
    """One YAML file on its way to terms; knows where it is, for errors."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = self._load("safe")

    def vocabulary(self) -> Vocabulary:
        data = self.mapping(self.data, ())
        known = {
            "titles",
            "tables",
            "sections",
            "concepts",
            "rows",
            "columns",
            "phrases",
            "lists",
            "facts",
            "patterns",
        }
        self.only(data, known, ())
        titles = self.mapping(data.get("titles"), ("titles",))
        self.only(titles, {"filler", "synonyms", "owners"}, ("titles",))
        synonyms = self.mapping(titles.get("synonyms"), ("titles", "synonyms"))
        return Vocabulary(
            tables={table.id: table for table in self.each(data, "tables", self.table)},
            sections={term.name: term for term in self.each(data, "sections", self.section)},
            concepts={term.name: term for term in self.each(data, "concepts", self.concept)},
            rows={term.name: term for term in self.each(data, "rows", self.row)},
            columns={term.name: term for term in self.each(data, "columns", self.column)},
            lists=self.word_groups(data, "lists"),
            phrases=self.word_groups(data, "phrases"),
            facts=self.words(data.get("facts"), ("facts",)),
            patterns=self.word_groups(data, "patterns"),
            titles=TitleWords(
                self.words(titles.get("filler"), ("titles", "filler")),
                tuple((str(printed), str(meant or "")) for printed, meant in synonyms.items()),
                self.words(titles.get("owners"), ("titles", "owners")),
            ),
        )

    def review(self) -> dict[str, tuple[str, ...]]:
        kinds = self.mapping(self.data, ())
        return {f"人工复核/{kind}": self.words(items, (kind,)) for kind, items in kinds.items()}

    def reading(self) -> dict[str, tuple[str, ...]]:
        """Return the groups of words under their path of headings."""
        groups: dict[str, tuple[str, ...]] = {}

        def gather(value: Any, at: Path_) -> None:
            if isinstance(value, dict):
                for key, below in value.items():
                    gather(below, (*at, str(key)))
            else:
                groups["/".join(map(str, at))] = self.words(value, at)

        gather(self.mapping(self.data, ()), ())
        return groups

    # ------------------------------------------------------------ terms

    def table(self, item: Any, at: Path_) -> TableTerm:
        item = self.term(
            item, at, {"id", "name", "kinds", "aliases", "many", "form", "columns", "rows", "shapes"}
        )
        if not item.get("id"):
            self.fail(at, "规范表缺少 id", "a table needs an id")
        return TableTerm(
            id=self.word(item["id"], (*at, "id")),
            name=item["name"],
            kinds=self.kinds(item.get("kinds"), (*at, "kinds")),
            aliases=self.words(item.get("aliases"), (*at, "aliases")),
            many=self.flag(item.get("many"), (*at, "many")),
            form=self.flag(item.get("form"), (*at, "form")),
            columns=tuple(self.each(item, "columns", self.column, at)),
            rows=tuple(self.each(item, "rows", self.row, at)),
            shapes=tuple(self.each(item, "shapes", self.shape, at)),
        )

    def kinds(self, value: Any, at: Path_) -> tuple[str, ...]:
        kinds = self.words(value, at)
        for kind in kinds:
            if kind not in _KINDS:
                known = "、".join(_KINDS)
                self.fail(
                    at,
                    f"没有“{kind}”这种公开类型（可用：{known}）",
                    f"no kind of document {kind!r} (known: {known})",
                )
        return kinds

    def shape(self, item: Any, at: Path_) -> ShapeTerm:
        item = self.mapping(item, at)
        self.only(item, set(ShapeTerm.__struct_fields__), at)
        lists = {
            key: self.words(value, (*at, key)) for key, value in item.items() if key not in ("codes", "sides")
        }
        codes = str(item.get("codes") or "")
        if codes not in ("", "功能", "经济"):
            self.fail((*at, "codes"), "codes 应为 功能 或 经济", "codes must be 功能 or 经济")
        return ShapeTerm(**lists, codes=codes, sides=self.flag(item.get("sides"), (*at, "sides")))

    def column(self, item: Any, at: Path_) -> ColumnTerm:
        item = self.term(item, at, {"name", "aliases", "role"})
        role = item.get("role", Role.AMOUNT.value)
        if role not in {known.value for known in Role}:
            self.fail((*at, "role"), f"不认识的列类型“{role}”", f"unknown column role {role!r}")
        return ColumnTerm(item["name"], self.words(item.get("aliases"), (*at, "aliases")), Role(role))

    def row(self, item: Any, at: Path_) -> RowTerm:
        item = self.term(item, at, {"name", "aliases"})
        return RowTerm(item["name"], self.words(item.get("aliases"), (*at, "aliases")))

    def section(self, item: Any, at: Path_) -> SectionTerm:
        item = self.term(item, at, {"name", "aliases", "concept"})
        return SectionTerm(
            item["name"], self.words(item.get("aliases"), (*at, "aliases")), item.get("concept")
        )

    def concept(self, item: Any, at: Path_) -> ConceptTerm:
        item = self.term(item, at, {"name", "aliases"})
        return ConceptTerm(item["name"], self.words(item.get("aliases"), (*at, "aliases")))

    # ------------------------------------------------------------ shapes

    def term(self, item: Any, at: Path_, keys: set[str]) -> dict[str, Any]:
        if isinstance(item, str):
            return {"name": item}
        item = self.mapping(item, at)
        self.only(item, keys, at)
        if not item.get("name"):
            self.fail(at, "缺少 name", "a term needs a name")
        return {**item, "name": self.word(item["name"], (*at, "name"))}

    def each(self, data: Any, key: str, make: Callable[[Any, Path_], T], at: Path_ = ()) -> list[T]:
        items = data.get(key) or []
        if not isinstance(items, list):
            self.fail((*at, key), f"{key} 应为列表", f"{key} must be a list")
        return [make(item, (*at, key, number)) for number, item in enumerate(items)]

    def mapping(self, value: Any, at: Path_) -> dict[Any, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fail(at, "此处应为“键: 值”", "a mapping is expected here")
        return value

    def only(self, value: dict[Any, Any], keys: set[str], at: Path_) -> None:
        for key in value:
            if key not in keys:
                known = "、".join(sorted(keys))
                self.fail(
                    (*at, key), f"不认识的键“{key}”（可用：{known}）", f"unknown key {key!r}, not of: {known}"
                )

    def words(self, value: Any, at: Path_) -> tuple[str, ...]:
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fail(at, "此处应为词语列表", "a list of words is expected here")
        return tuple(self.word(item, (*at, number)) for number, item in enumerate(value))

    def word_groups(self, data: dict[Any, Any], key: str) -> dict[str, tuple[str, ...]]:
        groups = self.mapping(data.get(key), (key,))
        return {str(name): self.words(words, (key, name)) for name, words in groups.items()}

    def word(self, value: Any, at: Path_) -> str:
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            self.fail(at, "此处应为词语", "a word is expected here")
        return str(value)

    def flag(self, value: Any, at: Path_) -> bool:
        if value not in (None, True, False):
            self.fail(at, "此处应为 true 或 false", "true or false is expected here")
        return bool(value)

    # ------------------------------------------------------------ reading

    def _load(self, kind: str) -> Any:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            return YAML(typ=kind).load(self.path.read_text(encoding="utf-8"))
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else None
            raise VocabularyError(
                str(self.path), line, Said(f"YAML 写法有误：{error.problem}", str(error.problem))
            ) from error
        except (YAMLError, UnicodeDecodeError) as error:
            raise VocabularyError(str(self.path), None, Said(f"无法读取：{error}", str(error))) from error

    def fail(self, at: Path_, message: str, english: str) -> NoReturn:
        """Raise the error at the place a path of keys leads to (the file is read once more for its line)."""
        node, line = self._load("rt"), 1
        for step in at:
            try:
                line = node.lc.key(step)[0] + 1 if isinstance(step, str) else node.lc.item(step)[0] + 1
                node = node[step]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        raise VocabularyError(str(self.path), line, Said(message, english))


def _read_codes(path: Path) -> tuple[CodeEntry, ...]:
    import csv

    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if not {"code", "name"} <= set(reader.fieldnames or ()):
            raise VocabularyError(
                str(path), 1, Said("科目表首行须有 code,name", "a code list needs the columns code,name")
            )
        return tuple(_code_entry(row, path, reader.line_num) for row in reader)


def _code_entry(row: dict[str, str | None], path: Path, line: int) -> CodeEntry:
    code, name = (row.get("code") or "").strip(), (row.get("name") or "").strip()
    years = [(row.get(key) or "").strip() for key in ("since", "until")]
    if not code or not name or any(year and not year.isdigit() for year in years):
        raise VocabularyError(
            str(path), line, Said("此行缺少编码、名称，或年份不是整数", "code, name or year is wrong")
        )
    since, until = (int(year) if year else None for year in years)
    confidence = (row.get("confidence") or "certain").strip()
    return CodeEntry(code, name, (row.get("level") or "").strip(), confidence, since, until)


def _read_pairs(path: Path) -> tuple[str, ...]:
    import csv

    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    for number, row in enumerate(rows, start=1):
        if len(row) < 2 or not all(row[:2]):
            raise VocabularyError(str(path), number, Said("对应表的每行至少两列", "a pair needs two columns"))
    return tuple(dict.fromkeys(f"{first}/{second}" for first, second, *_ in rows[1:]))
