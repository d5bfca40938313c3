"""Which columns of a table of changes are the epic, its new state and the day, by their headings in whatever language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from portfolio.domain.spelling import nearest
from portfolio.intake.columns import EPICS, Sheet
from portfolio.intake.evidence_columns import EVIDENCE_SHEETS
from portfolio.intake.headings.names import beside, matches
from portfolio.intake.history.days_column import read_days
from portfolio.intake.languages import Section, vocabulary
from portfolio.intake.tables.find_tables import find_table
from portfolio.intake.tables.grid import Grid

HISTORY: Sheet = next(sheet for sheet in EVIDENCE_SHEETS if sheet.field == "evidence.history")
FIELDS = tuple(column.field for column in HISTORY.columns)
NEEDED = FIELDS[:3]
CHANGED_FIELD = "changed_field"
"""The column that says what was changed, where a tool lists changes of everything."""
FIRST = 20
"""So many cells are enough to see that most columns hold no days."""


@dataclass(frozen=True)
class HistoryColumns:
    """The header of a table of changes: its row, counted from 0, and the position of the column of each field."""

    header: int
    places: dict[str, int]

    @property
    def missing(self) -> list[str]:
        """The fields without which there is no change of state."""
        return [field for field in NEEDED if field not in self.places]


def history_columns(rows: Sequence[Sequence[str]]) -> HistoryColumns:
    """The header of a table, wherever it is among its first rows; what it is not found by is missing.

    What no heading says by itself may be said by some of its words, and a day by what stands below.
    """
    width = max(map(len, rows), default=0)
    padded: list[list[object]] = [[*row, *[""] * (width - len(row))] for row in rows]
    table = find_table(Grid("", padded, 1, 1, {}), HISTORY)
    header = 0 if table is None else table.header
    headings = [str(cell) for cell in (table.headings if table is not None else padded[0] if padded else ())]
    places = {} if table is None else {column.field: place for column, place in table.columns.items()}
    found = _Headings(headings, rows[header + 1 :], places)
    found.take(CHANGED_FIELD, "others", CHANGED_FIELD)
    found.take("epic", "naming", "id")
    found.take("epic", "naming", "title")
    if CHANGED_FIELD in places:
        found.take("entered", "others", "created")
    if table is not None:
        found.take_days()
        found.take_begin()
        found.take_by_words("epic", "naming", "id")
        found.take_by_words("state", "headings.evidence", "state")
    return HistoryColumns(header, places)


class _Headings:
    """Gives columns to fields that have none by the words of other sections, by some of their words, by what they hold."""

    def __init__(self, headings: Sequence[str], below: Sequence[Sequence[str]], places: dict[str, int]) -> None:
        self._headings, self._below, self._places = headings, below, places

    def take(self, field: str, section: Section, name: str) -> None:
        """The first free column whose heading means something."""
        self._take(field, lambda place: _means(self._headings[place], section, name))

    def take_by_words(self, field: str, section: Section, name: str) -> None:
        """The first free column some of whose words mean something, and that holds no days: `Identyfikator zadania`."""
        self._take(
            field,
            lambda place: (
                not holds_days(self._below, place)
                and any(_means(word, section, name) for word in _parts(self._headings[place]))
            ),
        )

    def take_days(self) -> None:
        """The only column of days that is not known to be another day."""
        if "entered" in self._places:
            return
        days = [
            place
            for place in self._free()
            if holds_days(self._below, place) and not is_other_day(self._headings[place])
        ]
        if len(days) == 1:
            self._places["entered"] = days[0]

    def take_begin(self) -> None:
        """Where each row has the day a state began and the one it ended, the first: `Start` and `End`, `From` and `To`."""

        def is_begin(place: int) -> bool:
            heading = self._headings[place]
            is_called_so = _means(heading, "times", "begin") or _means(heading, "headings.evidence", "since")
            return is_called_so and holds_days(self._below, place)

        self._take("entered", is_begin)

    def _take(self, field: str, fits: Callable[[int], bool]) -> None:
        if field not in self._places and (found := next(filter(fits, self._free()), None)) is not None:
            self._places[field] = found

    def _free(self) -> list[int]:
        taken = set(self._places.values())
        return [place for place in range(len(self._headings)) if place not in taken and self._headings[place]]


def _means(heading: str, section: Section, name: str) -> bool:
    return any(meaning.name == name for meaning in vocabulary().meanings(section, heading))


def _parts(heading: str) -> list[str]:
    """Some of the words of a heading that follow each other, more of them first."""
    words = heading.split()
    lengths = range(len(words) - 1, 0, -1)
    return [" ".join(words[start : start + length]) for length in lengths for start in range(len(words) - length + 1)]


def is_other_day(heading: str) -> bool:
    """Whether a column of days says something of an epic besides its states: when it was created, when it is due."""
    if vocabulary().state(heading) is not None:
        return False
    known = (vocabulary().meaning("others", heading), vocabulary().meaning("jira", heading))
    return any(known) or bool(matches(heading, EPICS.columns)) or beside(heading) is not None


def holds_days(rows: Iterable[Sequence[str]], column: int) -> bool:
    """Whether a column holds days and blanks only, and at least one day."""
    cells = [text for row in rows if column < len(row) and (text := row[column].strip())]
    return bool(cells) and _are_days(cells[:FIRST]) and _are_days(cells)


def _are_days(cells: list[str]) -> bool:
    import pandas as pd

    days = read_days(pd.Series(cells, dtype="str"), None)
    return bool((days.known | days.unclear).all())


def is_about_states(word: object) -> bool:
    """Whether what was changed is a state, where a table has changes of everything: `status`, `Stan`, `État`."""
    found = matches(str(word), HISTORY.columns)
    return bool(found) and found[0].column.field == "state"


def not_history(name: str, rows: Sequence[Sequence[str]], missing: Sequence[str]) -> str:
    """Why a table is none of history: Jira's own CSV has states and no changes of them."""
    headings = [" ".join(cell.split()) for cell in next((row for row in rows if any(row)), ())]

    def is_jira(field: str) -> Callable[[str], bool]:
        return lambda heading: any(meaning.name == field for meaning in vocabulary().meanings("jira", heading))

    if all(any(map(is_jira(field), headings)) for field in ("issue_key", "status")):
        return f"{name} has the states of today and no history; export the changelog of the issues as JSON (expand=changelog)."
    words = [HISTORY.column(field).heading for field in missing]
    near = nearest(words[0], headings)
    advice = f" Is {near} meant?" if near else ""
    return f"{name} has no column {' and no column '.join(words)}; a change of state needs Epic, State and Entered.{advice}"
