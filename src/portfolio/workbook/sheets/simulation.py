"""The sheet `Simulation`: chances beside the plan, and the fan of spend, with charts; written by `portfolio simulate`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portfolio.results.simulated.chance import Chance
from portfolio.results.simulated.epic_chances import DONE_85, DONE_HALF, HEADINGS, MEAN_VALUE
from portfolio.results.simulated.simulation import NOT_A_PROMISE, Simulation
from portfolio.workbook.sheets.chances import chance_format, put_chance
from portfolio.workbook.sheets.choices import write_choices_sheet
from portfolio.workbook.sheets.ranks import write_ranks_sheet
from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.write.area import sheet_name
from portfolio.xlsx.write.book import Book, Page
from portfolio.xlsx.write.styles import GREY, STREAM_COLOURS

SIMULATION = "Simulation"
_TOP = 8
_FIRST_CHANCE = 5
_P50, _P85, _VALUE, _PLANNED = (_FIRST_CHANCE + len(HEADINGS) + place for place in range(4))
_CHART = 1250
"""Pixels that a chart is wide."""
MOST_BARS = 40
"""More epics would not be read in a chart."""


def write_simulation_sheets(book: Book, simulation: Simulation) -> None:
    """Writes the chances of the plan, and the ranks in many futures where they were asked for."""
    write_simulation_sheet(book, simulation)
    if simulation.ranks is not None:
        write_ranks_sheet(book, simulation.ranks)
    if simulation.anew or simulation.information or simulation.robust:
        write_choices_sheet(book, simulation)


def write_simulation_sheet(book: Book, simulation: Simulation) -> None:
    """Writes what the figures say, the plan with its chances beside it, and what is spent."""
    page = book.page(SIMULATION)
    page.title(f"{simulation.portfolio.name or 'Portfolio'}: how sure the plan is", simulation.headline)
    for row, sentence in enumerate((*simulation.sentences, NOT_A_PROMISE), start=3):
        page.text(row, 0, sentence)
    page.widths(10, 32, 13, 10, 12, *[12] * len(HEADINGS), 12, 12, 12, 12)
    last = _epics(page, simulation)
    first_spend = last + 3
    end = _spend(page, simulation, first_spend)
    page.break_before(first_spend - 1)
    page.break_before(end + 2)
    below = _chance_chart(page, simulation, end + 2)
    _fan(page, simulation, first_spend + 1, below)
    page.sheet.freeze_panes(0, 2)


@dataclass(frozen=True)
class Beside:
    """A figure of each planned epic that may stand beside the epics in people's own workbook, and where it stands here."""

    heading: str
    column: int
    last: int
    values: Mapping[str, str | float | date]
    """By the epic's ID; an epic that is not here has nothing to say."""

    @property
    def number_format(self) -> str:
        """How its cells are shown where there is no look of their own."""
        if self.heading in HEADINGS.values():
            return chance_format(*(value for value in self.values.values() if isinstance(value, float)))
        if self.heading == MEAN_VALUE:
            return "#,##0"
        return "yyyy-mm-dd" if any(isinstance(value, date) for value in self.values.values()) else "0.0"

    def formula(self, sheet: str, cell: str) -> str:
        """The figure of the epic that a cell names, from this sheet; blank where there is none."""
        ids, here = (self._range(sheet, column) for column in (0, self.column))
        place = f"MATCH({cell},{ids},0)"
        if any(letter in name for name in self.values for letter in "*?~") or any(
            len(name) > 255 for name in self.values
        ):
            first = ids.partition(":")[0]
            place = f"1/(1/SUMPRODUCT(({ids}={cell})*(ROW({ids})-ROW({first})+1)))"
        found = f"INDEX({here},{place})"
        return f'IFERROR(IF({found}="","",{found}),"")'

    def _range(self, sheet: str, column: int) -> str:
        letters = column_letters(column + 1)
        return f"{sheet_name(sheet)}!${letters}${_TOP + 2}:${letters}${self.last + 1}"


def beside(simulation: Simulation) -> tuple[Beside, ...]:
    """What may stand beside the epics: each figure that any epic has."""
    last = _TOP + len(simulation.epics)
    figures: dict[str, tuple[int, dict[str, str | float | date]]] = {
        heading: (
            _FIRST_CHANCE + turn,
            {line.id: line.chances[name].share for line in simulation.epics if name in line.chances},
        )
        for turn, (name, heading) in enumerate(HEADINGS.items())
    }
    figures[DONE_HALF] = _P50, {line.id: _or_later(line.p50_done) for line in simulation.epics}
    figures[DONE_85] = _P85, {line.id: _or_later(line.p85_done) for line in simulation.epics}
    figures[MEAN_VALUE] = _VALUE, {line.id: line.value for line in simulation.epics}
    return tuple(Beside(heading, column, last, values) for heading, (column, values) in figures.items() if values)


def _or_later(day: date | float | None) -> str | float | date:
    return "later" if day is None else day


def _epics(page: Page, simulation: Simulation) -> int:
    """The plan with the chances of each epic beside it; returns the last row."""
    headings = ["ID", "Title", "Start", "Finish", "Done as planned, day", *HEADINGS.values()]
    page.headings(_TOP, [*headings, DONE_HALF, DONE_85, MEAN_VALUE, "Value as planned"], repeat=False)
    row = _TOP
    for row, line in enumerate(simulation.epics, start=_TOP + 1):
        page.text(row, 0, line.id, "cell", "label")
        page.text(row, 1, line.title or "", "cell", "label")
        page.text(row, 2, line.start, "cell", "label")
        page.text(row, 3, line.finish, "cell", "label")
        _day(page, row, 4, line.planned_done)
        for column, name in enumerate(HEADINGS, start=_FIRST_CHANCE):
            _share(page, row, column, line.chances.get(name))
        _day(page, row, _P50, line.p50_done, "later")
        _day(page, row, _P85, line.p85_done, "later")
        page.put(row, _VALUE, line.value, "cell", "worth")
        page.put(row, _PLANNED, line.planned_value, "cell", "worth")
    return row


def _share(page: Page, row: int, column: int, chance: Chance | None) -> None:
    put_chance(page, row, column, None if chance is None else chance.share)


def _day(page: Page, row: int, column: int, day: date | float | None, otherwise: str = "") -> None:
    if isinstance(day, date):
        page.put(row, column, day, "cell", "date")
    elif day is None:
        page.text(row, column, otherwise, "cell", "label", "right")
    else:
        page.put(row, column, day, "cell", "limit")


def _spend(page: Page, simulation: Simulation, top: int) -> int:
    """What is spent by value stream and budget period, all together first; returns the last row."""
    page.text(top - 1, 0, f"Spend, {simulation.portfolio.money_unit}", "bold")
    headings = ["Value stream", "Title", "Budget period", "Budget", "Planned", "Mean", "Half", "85%", "Above budget"]
    page.headings(top, headings, repeat=False)
    row = top
    titles = {"": "All value streams"} | {stream.id: stream.title for stream in simulation.portfolio.value_streams}
    ordered = sorted(simulation.spend, key=lambda line: line.id != "")
    for row, line in enumerate(ordered, start=top + 1):
        page.text(row, 0, line.id or "All", "cell", "label")
        page.text(row, 1, titles.get(line.id, ""), "cell", "label")
        page.text(row, 2, line.budget_period, "cell", "label")
        page.put(row, 3, line.funded, "cell", "worth")
        for column, figure in enumerate((line.planned, line.mean.value, line.p50.value, line.p85.value), start=4):
            page.put(row, column, figure, "cell", "worth")
        _share(page, row, 8, line.above_budget)
    return row


def _chance_chart(page: Page, simulation: Simulation, row: int) -> int:
    """How sure each epic is to be done as planned, every one of them named; returns the row below it."""
    height = 100 + 18 * min(len(simulation.epics), MOST_BARS)
    last = _TOP + min(len(simulation.epics), MOST_BARS)
    chart = page.book.workbook.add_chart({"type": "bar"})
    column = _FIRST_CHANCE + list(HEADINGS).index("done_by_planned_finish")
    chart.add_series(
        {
            "name": "Done as planned",
            "categories": [page.name, _TOP + 1, 0, last, 0],
            "values": [page.name, _TOP + 1, column, last, column],
            "fill": {"color": STREAM_COLOURS[0]},
            "gap": 40,
        }
    )
    chart.set_title({"name": "Chance to be done by the planned finish", "name_font": {"size": 13}})
    chart.set_y_axis({"reverse": True, "interval_unit": 1})
    chart.set_x_axis({"min": 0, "max": 1, "num_format": "0%"})
    chart.set_legend({"none": True})
    chart.set_size({"width": _CHART, "height": height})
    page.sheet.insert_chart(row, 0, chart)
    return row + height // 20 + 2


def _fan(page: Page, simulation: Simulation, first: int, row: int) -> None:
    """Spend of all value streams by budget period: planned, half of the futures, and 85 of 100."""
    count = sum(line.id == "" for line in simulation.spend)
    chart = page.book.workbook.add_chart({"type": "line"})
    looks = {
        4: ("Planned", {"color": GREY, "dash_type": "dash", "width": 1.5}),
        6: ("Half of the futures", {"color": STREAM_COLOURS[0], "width": 2.25}),
        7: ("85 of 100 futures", {"color": STREAM_COLOURS[1], "width": 2.25}),
    }
    for column, (name, line) in looks.items():
        chart.add_series(
            {
                "name": name,
                "categories": [page.name, first, 2, first + count - 1, 2],
                "values": [page.name, first, column, first + count - 1, column],
                "line": line,
                "marker": {"type": "circle", "size": 5},
            }
        )
    chart.set_title({"name": f"Spend at most, {simulation.portfolio.money_unit}", "name_font": {"size": 13}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": _CHART, "height": 380})
    page.sheet.insert_chart(row, 0, chart)
