"""The sheet `Work`: what each epic needs from each value stream, period by period; every guardrail sums over it."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.domain import LimitSpec
from portfolio.domain.limit_spec import EPIC_ATTRIBUTES
from portfolio.results.work import WorkLine
from portfolio.workbook.inputs.input_areas import in_progress
from portfolio.workbook.layout import WHEN, Layout, ResultSheet, accepts
from portfolio.xlsx.write.area import quoted
from portfolio.xlsx.write.book import Book, Page

ATTRIBUTES = tuple(name for name in EPIC_ATTRIBUTES if name != "epic")
_SHOWN = {
    "epic": "Epic",
    "stream": "Value stream",
    **{name: name.capitalize() for name in ATTRIBUTES},
    "effort": "Effort",
    "rate": "Cost per unit",
    "external": "External cost",
    "spend": "Spend",
    "capex": "CapEx share",
    "start": "Start no.",
    "periods": "Periods",
    "finish": "Finish no.",
}
_HELPERS = {"mvp_periods": "MVP periods", "mvp_part": "MVP part", "needed": "Needs effort", "once": "Counts its epic",
            "fixed": "In progress"}  # fmt: skip
_ROWS = {"row": "Epics row", "plan_row": "Plan row"}


def filters(layout: Layout) -> dict[int, str]:
    """For each mix limit with a filter, the column that says which rows it counts."""
    return {number: f"filter {number}" for number, limit in enumerate(layout.limits) if set(limit.where) - WHEN}


def distinct(layout: Layout) -> dict[int, str]:
    """For each filtered mix limit that counts epics across value streams, the column that counts each epic once."""
    limits = layout.limits
    return {
        number: f"once {number}"
        for number in filters(layout)
        if "value stream" not in limits[number].per and limits[number].measure in {"epics", "starts"}
    }


def write_work(book: Book, layout: Layout) -> None:
    """Writes a row for each epic and value stream, from the epic's row on `Epics` and its bar on `Plan`."""
    area, periods = layout.table("Work"), layout.figures.periods
    page = book.page(layout.name("Work"))
    page.title(
        "Work", "One row per epic and value stream: what it needs in all, and in each period where the plan puts it."
    )
    counted = [f"Counts for {layout.limits[number].name}" for number in filters(layout)]
    counted += [f"Counts its epic for {layout.limits[number].name}" for number in distinct(layout)]
    headings = [*_SHOWN.values(), *periods, *periods, *_HELPERS.values(), *counted, *_ROWS.values()]
    page.headings(area.first - 1, headings, spoken=layout.spoken)
    for word in ("effort", "spend"):
        page.text(area.first - 3, area.columns[f"{word} 1"], f"{word.capitalize()} in each period", "bold")
        for number in range(1, len(periods) + 1):
            page.put(area.first - 2, area.columns[f"{word} {number}"], number, "helper", "centre")
    columns = filters(layout), distinct(layout)
    for row, line in zip(area.rows, layout.figures.work, strict=True):
        _WorkRow(page, layout, row, line, *columns).write()
    page.widths(*([12.0] * len(_SHOWN)), *([10.0] * (2 * len(periods))))
    page.sheet.autofilter(area.first - 1, 0, area.last, area.columns["plan_row"])
    page.sheet.freeze_panes(area.first, 2)
    page.helpers(area.columns["mvp_periods"], area.columns["plan_row"], 11)


class _WorkRow:
    """One epic's row for one value stream; `mine` are all lines of the epic, of which this is number `turn`."""

    def __init__(
        self,
        page: Page,
        layout: Layout,
        row: int,
        line: WorkLine,
        filters: Mapping[int, str],
        distinct: Mapping[int, str],
    ) -> None:
        self.page, self.layout, self.row, self.line = page, layout, row, line
        self.area, self.inputs, self.figures = layout.table("Work"), layout.inputs, layout.figures
        self.epic, self.mine = self.figures.epic(line.epic), self.figures.work_of[line.epic]
        self.filters, self.distinct = filters, distinct
        self.turn = self.mine.index(line)
        self.rows = layout.work_rows[line.epic]

    def write(self) -> None:
        """Writes what the epic needs, when the plan puts it, and which guardrails count it."""
        self._attributes()
        self._needs()
        self._times()
        self._by_period()
        self._counts()

    def here(self, key: str) -> str:
        """A cell of this row."""
        return self.area.here(key, self.row)

    def put(self, key: str, formula: str, value: str | float | None, *styles: str) -> None:
        """Writes a formula of this row."""
        self.page.formula(self.row, self.area.columns[key], f"={formula}", value, "cell", *styles)

    def given(self, key: str) -> str:
        """What the sheet `Epics` says of this epic."""
        return f"INDEX({self.inputs.epics.column(key)},{self.here('row')})"

    def _attributes(self) -> None:
        """Which epic it is, and what it can be filtered by."""
        self.page.text(self.row, self.area.columns["epic"], self.epic.id, "cell", "label", "bold")
        place = self.layout.row_in(self.inputs.epics, "id", self.here("epic"))
        self.put("row", place, self.figures.portfolio.epic_index[self.epic.id] + 1, "helper")
        for name in ATTRIBUTES:
            field, blank = name.replace(" ", "_"), "standard" if name == "urgency" else ""
            given = self.given(field)
            formula = f'IF({given}="","{blank}",{given})' if blank else f'{given}&""'
            self.put(name, formula, getattr(self.epic, field) or blank)

    def _needs(self) -> None:
        """What the epic needs from this value stream in all."""
        inputs, line, epic = self.inputs, self.line, self.epic
        own = inputs.own_effort.get(epic.id)
        named, needed = self.given("value_stream"), self.given("effort")
        if own and len(self.mine) == 1:
            self.put("stream", f'{named}&""', line.stream)
            self.put("effort", needed, line.effort, "amount")
        else:
            listed, stream = inputs.effort, self.here("stream")
            self.put("stream", f'{named}&""' if own == line.stream else self._listed(), line.stream)
            mine = f"({listed.column('epic')}={self.here('epic')})*({listed.column('value_stream')}={stream})"
            beside = f"+IF({named}={stream},{needed},0)" if own else ""
            summed = f"SUMPRODUCT({mine}*{listed.column('effort')}){beside}"
            if self.turn:
                earlier = f"({self.area.span('stream', 'stream', self.rows[0], self.row - 1)}={stream})"
                summed = f"IF(SUMPRODUCT(--{earlier})>0,0,{summed})"
            self.put("effort", summed, line.effort, "amount")
        place = self.layout.row_in(inputs.streams, "id", self.here("stream"))
        rate = f"IFERROR(INDEX({inputs.streams.column('cost_per_unit')},{place}),0)"
        portfolio = self.figures.portfolio
        funded = portfolio.value_streams[portfolio.stream_index[line.stream]]
        self.put("rate", rate, funded.cost_per_unit or 0.0, "figure")
        self.put("external", self._external(), line.external, "figure")
        effort, external = self.here("effort"), self.here("external")
        self.put("spend", f"IF({effort}>0,{effort}*{self.here('rate')}+{external},0)", line.spend, "figure")
        self.put("capex", self.given("capex_share"), line.capex_share, "used share")

    def _listed(self) -> str:
        """The value stream of a row of `Effort`: as it was, else what stands in that row now; rows may have been sorted."""
        listed, was, epic = self.inputs.effort, quoted(self.line.stream), self.here("epic")
        place = self.layout.effort_place[self.epic.id, self.line.stream]
        there = f"SUMPRODUCT(({listed.column('epic')}={epic})*({listed.column('value_stream')}={was}))>0"
        now = f'INDEX({listed.column("value_stream")},{place})&""'
        return f"IF({there},{was},IF(INDEX({listed.column('epic')},{place})={epic},{now},{was}))"

    def _external(self) -> str:
        """External cost belongs to the value stream with the largest effort, in equal parts where several have it."""
        cost = self.given("external_cost")
        if len(self.mine) == 1:
            return cost
        efforts = self.area.span("effort", "effort", self.rows[0], self.rows[-1])
        own, most = self.here("effort"), f"MAX({efforts})"
        return f"IF(AND({own}>0,{own}={most}),{cost}/COUNTIF({efforts},{most}),0)"

    def _times(self) -> None:
        """Where the plan puts it, and the pace at which its MVP spends."""
        plan, figures, start = self.layout.table("Plan"), self.figures, self.figures.start(self.epic)
        taken, place = figures.duration(self.epic), self.here("plan_row")
        found = self.layout.find(plan.column("id"), self.here("epic"))
        self.put("plan_row", found, self.layout.plan_place[self.epic.id], "helper")
        for key, source, value in (
            ("start", "first", start),
            ("periods", "periods", taken),
            ("finish", "last", start + taken - 1 if start else 0),
        ):
            self.put(key, f"INDEX({plan.column(source)},{place})", value, "figure")
        cost, length, periods, spend = (
            self.given("mvp_cost"),
            self.given("mvp_periods"),
            self.here("periods"),
            self.here("spend"),
        )
        total = f"SUM({self.area.span('spend', 'spend', self.rows[0], self.rows[-1])})"
        paced = f'AND({cost}<>"",{total}>0,{periods}>MAX(1,{length}))'
        self.put("mvp_periods", f"IF({paced},MAX(1,{length}),0)", self.line.mvp_periods, "helper")
        part = f"IF({self.here('mvp_periods')}>0,{cost}*{spend}/{total},0)"
        self.put("mvp_part", part, self.line.mvp_spend, "helper")

    def _by_period(self) -> None:
        """The effort and spend of each period."""
        start, finish, periods, pace, part = (
            self.here(key) for key in ("start", "finish", "periods", "mvp_periods", "mvp_part")
        )
        effort, spend = self.here("effort"), self.here("spend")
        amounts = zip(self.line.effort_by_period, self.line.spend_by_period, strict=True)
        for number, (done, spent) in enumerate(amounts, start=1):
            head = self.area.fixed(f"effort {number}", self.area.first - 2)
            inside = f"AND({head}>={start},{head}<={finish})"
            self.put(f"effort {number}", f"IF({inside},{effort}/{periods},0)", done, "amount")
            head = self.area.fixed(f"spend {number}", self.area.first - 2)
            later = f"({spend}-{part})/({periods}-{pace})"
            formula = f"IF(OR({head}<{start},{head}>{finish}),0,IF({head}<{start}+{pace},{part}/{pace},{later}))"
            self.put(f"spend {number}", formula, spent, "figure")

    def _counts(self) -> None:
        """Which guardrails count this row: 1 or 0; an epic of several value streams counts once where epics are counted."""
        line, earlier, limits = self.line, self.mine[: self.turn], self.layout.limits
        self.put("needed", f"IF({self.here('effort')}>0,1,0)", float(line.effort > 0), "helper")
        first = line.effort > 0 and not any(other.effort > 0 for other in earlier)
        self.put("once", self._once("once", "needed"), float(first), "helper")
        begun = in_progress(self.inputs.portfolio, self.given)
        self.put("fixed", f"IF({begun},1,0)", float(self.inputs.portfolio.is_in_progress(self.epic)), "helper")
        for number, key in self.filters.items():
            limit = limits[number]
            self.put(key, self._filter(limit), float(self._passes(line, limit)), "helper")
            if number in self.distinct:
                once = self.distinct[number]
                first = self._passes(line, limit) and not any(self._passes(other, limit) for other in earlier)
                self.put(once, self._once(once, key), float(first), "helper")

    def _once(self, key: str, counted: str) -> str:
        """1 in the first of the epic's rows that count."""
        if self.turn == 0:
            return self.here(counted)
        return f"IF(SUM({self.area.span(key, key, self.rows[0], self.row - 1)})>0,0,{self.here(counted)})"

    def _filter(self, limit: LimitSpec) -> str:
        """1 where the row needs effort and every dimension has one of the accepted words."""
        tests = [f"{self.here('needed')}=1"]
        for dimension, accepted in limit.where.items():
            if dimension in WHEN:
                continue
            cell = self.here({"value stream": "stream"}.get(dimension, dimension))
            words = [f"{cell}={quoted(word.strip())}" for word in accepted]
            tests.append(words[0] if len(words) == 1 else f"OR({','.join(words)})")
        return f"IF(AND({','.join(tests)}),1,0)"

    def _passes(self, line: WorkLine, limit: LimitSpec) -> bool:
        """Whether a mix limit counts a line of this epic."""
        words = {"value stream": line.stream, "epic": line.epic, "urgency": self.epic.urgency or "standard"}
        return line.effort > 0 and all(
            accepts(words.get(dimension) or getattr(self.epic, dimension.replace(" ", "_"), None), accepted)
            for dimension, accepted in limit.where.items()
            if dimension not in WHEN
        )


def _columns(layout: Layout) -> list[str]:
    counted = [*filters(layout).values(), *distinct(layout).values()]
    return [*_SHOWN, *layout.by_period("effort"), *layout.by_period("spend"), *_HELPERS, *counted, *_ROWS]


SHEET = ResultSheet("Work", write_work, table=lambda layout: (len(layout.figures.work), _columns(layout)), serves=True)
