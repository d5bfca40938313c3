"""The layout of a result workbook: where every table stands, so that any sheet's formulas can point to any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from portfolio.domain import LimitSpec
from portfolio.domain.limit_spec import EPIC_ATTRIBUTES
from portfolio.intake.scenario_columns import ScenarioRow
from portfolio.workbook.figures import Figures
from portfolio.workbook.inputs.input_areas import PLANNED, RANKED, InputAreas
from portfolio.xlsx.write.area import Area, area

FIRST = 4
"""First row of data on result sheets: a title, a note, a line for groups of columns and the headings come before."""
ATTRIBUTES = tuple(name for name in EPIC_ATTRIBUTES if name != "epic")
WHEN = frozenset({"period", "budget period"})
"""What picks columns of `Work`; everything else picks rows."""
LONGEST_LOOKUP = 255
"""The longest text that MATCH looks for."""

Run = tuple[int, int]
"""Neighbouring periods, first and last, counted from 1."""


@dataclass(frozen=True)
class Layout:
    """Where the tables of one answer stand."""

    figures: Figures
    given: InputAreas | None = None
    """Where the inputs stand if not on the input sheets."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What sheets are called whose usual name is taken."""
    starts_on_plan: bool = False
    """Whether an epic's start is chosen on `Plan`; else it is chosen beside the epic."""
    scenarios: tuple[ScenarioRow, ...] | None = None
    """The rows of the sheet `Scenarios`, if there is one."""

    @cached_property
    def inputs(self) -> InputAreas:
        """The inputs, with result columns beside the epics."""
        portfolio = self.figures.portfolio
        results = (*RANKED, *(PLANNED if portfolio.can_plan else ()))
        return self.given or InputAreas(portfolio, results, scenarios=self.scenarios)

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

    @cached_property
    def ranking(self) -> Area:
        """`Ranking`: a row per epic, best first."""
        scores = [component.field for component in self.figures.model.scoring.components]
        money = ["benefit", "weeks", "cd3"] if self.ranks_money else []
        other = ["wsjf_rank"] if self.figures.ranking.method == "cd3" else ["cd3_rank"] * self.ranks_money
        decided = ["decision", "start"] if self.plans else []
        keys = ["rank", "id", "title", *scores, "cost_of_delay", "size", "wsjf", *money, *other, *decided, "row"]
        return area(self.name("Ranking"), FIRST, len(self.figures.ranking.epics), keys)

    @property
    def ranks_money(self) -> bool:
        """Whether the money ranking stands beside the relative one."""
        return any(epic.cost_of_delay_per_week is not None for epic in self.figures.ranking.epics)

    @cached_property
    def plan_place(self) -> Mapping[str, int]:
        """Each epic's place on `Plan`, counted from 1."""
        return {line.epic: place for place, line in enumerate(self.figures.roadmap, start=1)}

    @cached_property
    def plan(self) -> Area:
        """`Plan`: a row per epic, a column per period."""
        shown = [
            "stream",
            "id",
            "title",
            "rank",
            "decision",
            "start",
            "finish",
            "periods",
            "value",
            "delay_cost",
            "spend",
        ]
        helpers = ["row", "first", "last", "earliest", "latest", "in_dates"]
        return area(self.name("Plan"), FIRST, len(self.figures.roadmap), [*shown, *self._numbered("period"), *helpers])

    @cached_property
    def work(self) -> Area:
        """`Work`: a row per epic and value stream."""
        shown = [
            "epic",
            "stream",
            *ATTRIBUTES,
            "effort",
            "rate",
            "external",
            "spend",
            "capex",
            "start",
            "periods",
            "finish",
        ]
        grid = [*self._numbered("effort"), *self._numbered("spend")]
        helpers = [
            "mvp_periods",
            "mvp_part",
            "needed",
            "once",
            "fixed",
            *self.filters.values(),
            *self.distinct.values(),
            "row",
            "plan_row",
        ]
        return area(self.name("Work"), FIRST, len(self.figures.work), [*shown, *grid, *helpers])

    @cached_property
    def work_rows(self) -> Mapping[str, range]:
        """The rows of `Work` that belong to each epic."""
        numbered = groupby(enumerate(self.figures.work, start=self.work.first), key=lambda pair: pair[1].epic)
        return {epic: range(rows[0], rows[-1] + 1) for epic, lines in numbered if (rows := [row for row, _ in lines])}

    @cached_property
    def filters(self) -> Mapping[int, str]:
        """For each mix limit with a filter, the column of `Work` that says which rows it counts."""
        return {number: f"filter {number}" for number, limit in enumerate(self.limits) if set(limit.where) - WHEN}

    @cached_property
    def distinct(self) -> Mapping[int, str]:
        """For each filtered mix limit that counts epics across value streams, the column that counts each once."""
        return {
            number: f"once {number}"
            for number in self.filters
            if "value stream" not in self.limits[number].per and self.limits[number].measure in {"epics", "starts"}
        }

    @property
    def limits(self) -> Sequence[LimitSpec]:
        """The portfolio's mix limits, in the order of their sheet."""
        return self.figures.portfolio.guardrails

    @cached_property
    def allocation(self) -> Area:
        """`Allocation`: a row per value stream and period."""
        keys = [
            "stream",
            "name",
            "period",
            "budget_period",
            "capacity",
            "shift",
            "funded_capacity",
            "effort",
            "used",
            "wip",
            "wip_limit",
            "budget",
            "funded",
            "spend",
        ]
        count = len(self.figures.portfolio.value_streams) * len(self.figures.periods)
        return area(self.name("Allocation"), FIRST, count, keys)

    def allocation_row(self, stream: int, period: int) -> int:
        """The row of `Allocation` for a value stream and a period, both counted from 0."""
        return self.allocation.first + stream * len(self.figures.periods) + period

    @cached_property
    def status(self) -> Area:
        """`Guardrail status`: a row per guardrail and place, and one for the epics' own dates."""
        shown = [
            "name",
            "stream",
            "period",
            "group",
            "used",
            "at_least",
            "at_most",
            "left",
            "met",
            "binding",
            "unit",
            "enforce",
        ]
        return area(
            self.name("Guardrail status"),
            FIRST,
            len(self.figures.guardrails),
            [*shown, "amount", "of", "from", "to", "tolerance"],
        )

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

    @cached_property
    def _odd_labels(self) -> bool:
        portfolio = self.figures.portfolio
        labels = [*portfolio.epic_index, *portfolio.stream_index, *portfolio.calendar.periods]
        return any(len(label) > LONGEST_LOOKUP or any(letter in label for letter in "*?~") for label in labels)

    def _numbered(self, word: str) -> list[str]:
        return [f"{word} {number}" for number in range(1, len(self.figures.periods) + 1)]


def accepts(word: str | None, accepted: Sequence[str]) -> bool:
    """Whether a filter accepts a word, whatever the case of its letters."""
    return (word or "").lower() in {each.strip().lower() for each in accepted}
