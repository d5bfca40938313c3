"""A column mapping: which headings of a tool's export mean which field of an epic, as data in one page of YAML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model, model_validator

from portfolio.domain import Epic
from portfolio.domain.spelling import nearest, shown
from portfolio.errors import WrongUseError
from portfolio.storage.read_yaml import read_yaml

FOLDER = Path(__file__).parent / "mappings"


class Closed(BaseModel):
    """Settings with a closed set of keys, so that a misspelt one is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _pattern(text: str) -> str:
    """A pattern that can be read, with one group: what is taken."""
    try:
        groups = re.compile(text).groups if text else 1
    except re.error:
        groups = 0
    if groups != 1:
        raise ValueError(r"write a pattern with one pair of brackets around what is taken, for example (\d+)FS")
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]
"""What is taken of an entry: the one group, where the pattern fits all of it; the entry as it is where it does not."""


class Source(Closed):
    """The headings that a field is read from, the best one first, and how several entries become one.

    `repeated` says what several filled columns mean: the first counts, or they are joined. `split` holds characters
    that separate words in one cell, `part` which part of a word counts, `only` the words that count, `words` what the
    tool's words are called here (nothing: as if it were blank), or which figure a size such as `M` is.
    """

    columns: tuple[str, ...] = Field(min_length=1)
    repeated: Literal["first", "join"] = "first"
    split: str = ""
    part: Pattern = ""
    only: tuple[str, ...] = ()
    words: dict[str, str | float] = {}

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        """`title: Summary` and `title: [Summary, Name]` mean columns."""
        if isinstance(value, str):
            return {"columns": [value]}
        return {"columns": value} if isinstance(value, list) else value


class Rows(Closed):
    """Which rows are epics: by the words of a type column, without rows of another kind, and without those that are done.

    `parts` are columns that are filled only in rows which are parts of another row, `blank` columns that are blank only
    in rows which are no epics, each with what such a row is called. Of `leave_out`, the word `*` is any entry.
    """

    columns: tuple[str, ...] = ()
    take: tuple[str, ...] = ()
    parts: dict[str, str] = {}
    blank: dict[str, str] = {}
    leave_out: dict[str, tuple[str, ...]] = {}


class Parent(Closed):
    """How a row names the row above it, and which field of an epic takes the parent's title.

    `columns` hold the parent's ID as it stands in one of `ids`. With `levels`, several filled title columns are the
    levels of a tree: a row belongs to the last row above it with a title further left.
    """

    columns: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    levels: bool = False
    field: Literal["theme", "category", "fund"] = "theme"


class Link(Closed):
    """Columns that name other rows; the other row is the predecessor or the successor of this one.

    `split` holds characters that separate several links in one cell, `part` which part of one is the other row's ID.
    """

    columns: tuple[str, ...] = Field(min_length=1)
    other: Literal["predecessor", "successor"]
    split: str = ",;"
    part: Pattern = ""


FIELDS = (*(name for name in Epic.model_fields if name != "criteria"), "value_stream")
"""What a mapping can fill: the fields of an epic, and the value stream that its effort is asked of."""

if TYPE_CHECKING:
    Fields = Closed
    FieldName = str
else:
    FieldName = Literal[FIELDS]
    Fields = create_model("Fields", __base__=Closed, **dict.fromkeys(FIELDS, (Source | None, None)))


class Mapping(Closed):
    """One tool's export: how it is recognised, which rows are epics, which column is which field, what its links mean.

    Each entry of `recognise` is a list of headings that only this tool's exports have together; of several tools, the
    one with the longest list counts. `wrapped` are patterns around a heading, such as `Custom field ({})`;
    `workbook_names` also accepts every heading that a workbook's sheet Epics does, and `workbook_fields` those of some
    fields, in any language. With `other_languages`, Jira's own headings, types and states may be in any language.
    """

    format: Literal[1]
    name: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    source: str
    recognise: tuple[tuple[str, ...], ...] = ()
    wrapped: tuple[str, ...] = ()
    workbook_names: bool = False
    workbook_fields: tuple[FieldName, ...] = ()
    other_languages: bool = False
    needs: tuple[Literal["id", "title"], ...] = ()
    rows: Rows = Rows()
    fields: Fields = Fields()
    parent: Parent = Parent()
    links: tuple[Link, ...] = ()
    decimal: Literal["auto", "point", "comma"] = "auto"
    dates: Literal["auto", "day first", "month first"] = "auto"

    @property
    def sources(self) -> dict[str, Source]:
        """The fields that have headings, with them."""
        named = {name: getattr(self.fields, name) for name in FIELDS}
        return {name: source for name, source in named.items() if source is not None}


def names() -> tuple[str, ...]:
    """The mappings that come with the program: one for each page of YAML in their folder."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def read_mapping(name_or_path: str | Path) -> Mapping:
    """The mapping of a tool's name (such as `jira`), or of a YAML file of one's own."""
    return read_yaml(mapping_path(name_or_path), Mapping, "column mapping")


def mapping_path(name_or_path: str | Path) -> Path:
    """Where a mapping stands; raises WrongUseError where there is none of that name."""
    text = str(name_or_path).strip()
    if text.casefold() in names():
        return FOLDER / f"{text.casefold()}.yaml"
    path = Path(name_or_path)
    if path.suffix.lower() in {".yaml", ".yml"}:
        if path.is_file():
            return path
        raise WrongUseError(f"{path} does not exist; a column mapping is a YAML file, or one of {', '.join(names())}.")
    meant = nearest(text, names())
    hint = f" Did you mean {meant}?" if meant else ""
    raise WrongUseError(f"There is no column mapping {shown(text)}; there are {', '.join(names())}.{hint}")
