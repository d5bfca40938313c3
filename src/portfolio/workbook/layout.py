"""The layout of a result workbook: which sheets it has and where every table stands, so that any formula can point to any."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from portfolio.domain import LimitSpec
from portfolio.intake.agreed_words import NO_WORDS, AgreedWords
from portfolio.intake.scenario_columns import ScenarioRow
from portfolio.results.replan_report import ReplanReport
from portfolio.workbook.figures import Figures
from portfolio.workbook.inputs.input_areas import PLANNED, RANKED, InputAreas
from portfolio.xlsx.write.area import Area, area
from portfolio.xlsx.write.book import Book

FIRST = 4
"""First row of data on result sheets: a title, a note, a line for groups of columns and the headings come before."""
WHEN = frozenset({"period", "budget period"})
"""What picks columns of `Work`; everything else picks rows."""
LONGEST_LOOKUP = 255
"""The longest text that MATCH looks for."""

Run = tuple[int, int]
"""Neighbouring periods, first and last, counted from 1."""


@dataclass(frozen=True)
class ResultSheet:
    """One sheet of an answer's results, declared once, in the file that writes it."""

    name: str
    write: Callable[[Book, Layout], None]
    wanted: Callable[[Layout], bool] = attrgetter("plans")
    """Whether a workbook has it; most sheets are there wherever there is a plan to show."""
    table: Callable[[Layout], tuple[int, Sequence[str]]] | None = None
    """Where it has one table that other sheets point to: how many rows that has, and the keys of its columns."""
    serves: bool = False
    """Whether it only serves formulas: it stands behind the inputs, and is hidden in people's own workbooks."""


@dataclass(frozen=True)
class Layout:
    """Where the tables of one answer stand; `sheets` are all there are, whether this answer has them or not."""

    figures: Figures
    sheets: Sequence[ResultSheet]
    given: InputAreas | None = None
    """Where the inputs stand if not on the input sheets."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What sheets are called whose usual name is taken."""
    starts_on_plan: bool = False
    """Whether an epic's start is chosen on `Plan`; else it is chosen beside the epic."""
    scenarios: tuple[ScenarioRow, ...] | None = None
    """The rows of the sheet `Scenarios`, if there is one."""
    counts_from_1904: bool = False
    """Whether the workbook counts days from 1904."""
    report: ReplanReport | None = None
    """What a stable re-plan kept of what was agreed."""
    words: AgreedWords = NO_WORDS
    """The figures of words that the workbook is to remember."""

    @cached_property
    def inputs(self) -> InputAreas:
        """The inputs, with result columns beside the epics."""
        portfolio = self.figures.portfolio
        results = (*RANKED, *(PLANNED if portfolio.can_plan else ()))
        criteria = self.figures.model.own_criteria
        return self.given or InputAreas(portfolio, results, scenarios=self.scenarios, criteria=criteria)

    @property
    def plans(self) -> bool:
        """Whether there is a plan to show, and not only a ranking."""
        return "decision" in self.inputs.results

    @property
    def start_column(self) -> str:
        """Where the start of an epic is chosen, in words."""
        return f"Start on {self.name('Plan')}" if self.starts_on_plan else f"a Planned start on {self.name('Epics')}"

    @property
    def spoken(self) -> Mapping[str, str]:
        """What the operating model calls the rows of results."""
        words = self.figures.model.vocabulary
        return {"Epic": words.epic.headed, "Epics": words.epic.many_headed, "Value stream": words.value_stream.headed}

    def name(self, sheet: str) -> str:
        """What a sheet is called in this workbook."""
        return self.names.get(sheet, sheet)

    def table(self, sheet: str) -> Area:
        """Where the table of a result sheet stands."""
        if sheet not in self._tables:
            size = next(each.table for each in self.sheets if each.name == sheet and each.table is not None)
            count, keys = size(self)
            self._tables[sheet] = area(self.name(sheet), FIRST, count, list(keys))
        return self._tables[sheet]

    @cached_property
    def _tables(self) -> dict[str, Area]:
        return {}

    def by_period(self, word: str) -> list[str]:
        """The keys of a group of columns, one for each period: `effort 1`, `effort 2`."""
        return [f"{word} {number}" for number in range(1, len(self.figures.periods) + 1)]

    @cached_property
    def plan_place(self) -> Mapping[str, int]:
        """Each epic's place on `Plan`, counted from 1."""
        return {line.epic: place for place, line in enumerate(self.figures.roadmap, start=1)}

    @cached_property
    def effort_place(self) -> Mapping[tuple[str, str], int]:
        """The row on `Effort` of what an epic needs from a value stream, counted from 1."""
        return {(epic.id, stream): place for place, (epic, stream, _) in enumerate(self.inputs.efforts, start=1)}

    @cached_property
    def work_rows(self) -> Mapping[str, range]:
        """The rows of `Work` that belong to each epic."""
        numbered = groupby(enumerate(self.figures.work, start=self.table("Work").first), key=lambda pair: pair[1].epic)
        return {epic: range(rows[0], rows[-1] + 1) for epic, lines in numbered if (rows := [row for row, _ in lines])}

    @property
    def limits(self) -> Sequence[LimitSpec]:
        """The portfolio's mix limits, in the order of their sheet."""
        return self.figures.portfolio.guardrails

    def allocation_row(self, stream: int, period: int) -> int:
        """The row of `Allocation` for a value stream and a period, both counted from 0."""
        return self.table("Allocation").first + stream * len(self.figures.periods) + period

    def runs(self, place: Mapping[str, str], where: Mapping[str, Sequence[str]] | None = None) -> list[Run]:
        """The periods of a place that pass a filter, as runs of neighbours."""
        calendar = self.figures.portfolio.calendar
        found: list[Run] = []
        for number, (label, budget_index) in enumerate(
            zip(calendar.periods, calendar.budget_index, strict=True), start=1
        ):
            words = {"period": label, "budget period": calendar.budget_labels[budget_index]}
            if any(place.get(name, word) != word for name, word in words.items()):
                continue
            if any(name in words and not accepts(words[name], accepted) for name, accepted in (where or {}).items()):
                continue
            joined = bool(found) and found[-1][1] == number - 1
            found[-1 if joined else len(found) :] = [(found[-1][0] if joined else number, number)]
        return found

    def row_in(self, table: Area, key: str, cell: str) -> str:
        """The row of a table that a cell's text names; the blank one below, where it has one, if that row is gone."""
        found = self.find(table.column(key), cell)
        if not table.spare:
            return found
        blank = table.count + 1
        return f"IF({found}>0,{found},{blank})" if self._odd_labels else f"IFERROR({found},{blank})"

    def find(self, where: str, cell: str, *, across: bool = False) -> str:
        """The position of a cell's text in a range; MATCH, unless some label means something else to it."""
        if not self._odd_labels:
            return f"MATCH({cell},{where},0)"
        first, number = where.split(":", maxsplit=1)[0], "COLUMN" if across else "ROW"
        return f"SUMPRODUCT(({where}={cell})*({number}({where})-{number}({first})+1))"

    def of_linked(self, column: str, cell: str, missing: str) -> str:
        """A figure on `Plan` of the epic that a cell names; what is `missing` where it names none."""
        plan = self.table("Plan")
        found = self.find(plan.column("id"), cell)
        if not self._odd_labels:
            return f"IFERROR(INDEX({plan.column(column)},{found}),{missing})"
        return f"IF({found}>0,INDEX({plan.column(column)},MAX(1,{found})),{missing})"

    def links_of(self, place: Mapping[str, str]) -> tuple[str, str] | None:
        """The cells on Dependencies that name the ends of a dependency, predecessor first; None for any other place."""
        line = self._link_lines.get((place.get("predecessor", ""), place.get("successor", "")))
        if line is None:
            return None
        links = self.inputs.dependencies
        first, then = (links.at(end, links.first + line) for end in ("predecessor", "successor"))
        return first, then

    @cached_property
    def places_before(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The dependencies of each epic that waits for another, by their ends."""
        found: dict[str, list[tuple[str, str]]] = {}
        for predecessor, successor in self._link_lines:
            found.setdefault(successor, []).append((predecessor, successor))
        return {successor: sorted(places, key=self._link_lines.__getitem__) for successor, places in found.items()}

    @cached_property
    def _link_lines(self) -> Mapping[tuple[str, str], int]:
        links = self.figures.portfolio.dependencies
        return {(link.predecessor, link.successor): line for line, link in reversed([*enumerate(links)])}

    @cached_property
    def breaches(self) -> Mapping[tuple[str, str], int]:
        """The row of `Guardrail status` that judges each dependency, by its ends."""
        first = self.table("Guardrail status").first
        return {
            (line.place["predecessor"], line.place["successor"]): first + number
            for number, line in enumerate(self.figures.guardrails)
            if "successor" in line.place
        }

    @cached_property
    def _odd_labels(self) -> bool:
        portfolio = self.figures.portfolio
        labels = [*portfolio.epic_index, *portfolio.stream_index, *portfolio.calendar.periods]
        return any(len(label) > LONGEST_LOOKUP or any(letter in label for letter in "*?~") for label in labels)


def accepts(word: str | None, accepted: Sequence[str]) -> bool:
    """Whether a filter accepts a word, whatever the case of its letters."""
    return (word or "").lower() in {each.strip().lower() for each in accepted}
