"""The sheet `Plan`: the roadmap, epics by periods, grouped by value stream and coloured by it."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from portfolio.domain import Epic
from portfolio.domain.validation import plannable
from portfolio.results.epic_decisions import HEADINGS
from portfolio.workbook.layout import Layout, ResultSheet
from portfolio.workbook.sheets.as_planned import EpicChanges, say_changes
from portfolio.workbook.sheets.plan_calendar import (
    draw_dependencies,
    write_calendar,
    write_days,
    write_predecessors,
)
from portfolio.xlsx.write.area import quoted
from portfolio.xlsx.write.book import Book, Page
from portfolio.xlsx.write.styles import STREAM_COLOURS, lighter

_SHOWN = {
    "stream": "Value stream",
    "id": HEADINGS["id"],
    "title": "Title",
    **{
        key: HEADINGS[key] for key in ("rank", "decision", "start", "finish", "periods", "value", "delay_cost", "spend")
    },
}
_DATES = {"begins": "Begins", "ends": "Ends"}
_AFTER = {"after": "After"}
"""What an epic has to wait for: each predecessor with when it is done."""
_HELPERS = {
    "row": "Epics row",
    "first": "Start no.",
    "last": "Finish no.",
    "earliest": "Earliest no.",
    "latest": "Latest no.",
    "in_dates": "Within its dates",
    "now": "Starts now, no.",
    "changed": "Changed since, no.",
}
_EARLY = {"early": "Before what it waits for"}
_COMMITTED = {"committed": "Committed to until no."}
BAR = "■"
AFTER = "after the plan"
DRAWN = " Lines are drawn to what begins after, as it was planned."
_ONE_PAGE = 80
"""So many epics and fewer are printed on one page."""


def shown(layout: Layout) -> dict[str, str]:
    """The columns left of the periods with their headings: dates where the plan has a start, predecessors where there are any."""
    portfolio = layout.figures.portfolio
    columns: dict[str, str] = {}
    for key, heading in _SHOWN.items():
        columns[key] = heading
        if key == "finish":
            columns |= _DATES if portfolio.calendar.start is not None else {}
            columns |= _AFTER if portfolio.dependencies else {}
    return columns


def _helpers(layout: Layout) -> dict[str, str]:
    """The columns that only serve formulas, with their headings; how long a start is committed to, where states say it."""
    portfolio = layout.figures.portfolio
    return _HELPERS | (_EARLY if portfolio.dependencies else {}) | (_COMMITTED if portfolio.commitment.settled else {})


def write_roadmap(book: Book, layout: Layout) -> None:
    """Writes the roadmap; change `Planned start` on `Epics` or `Periods` here, and everything follows."""
    area, periods = layout.table("Plan"), layout.figures.periods
    page = book.page(layout.name("Plan"))
    page.title(
        "Plan",
        f"Change {layout.start_column}, or Periods here (blue), and all follows. Delay cost includes an epic's own duration."
        f"{DRAWN if layout.figures.portfolio.dependencies else ''}",
    )
    headings = [*shown(layout).values(), *periods, *_helpers(layout).values()]
    page.headings(area.first - 1, headings, spoken=layout.spoken)
    for number in range(1, len(periods) + 1):
        page.put(area.first - 2, area.columns[f"period {number}"], number, "helper", "centre")
    say_changes(page, layout)
    write_calendar(page, layout)
    changes = EpicChanges(layout)
    for row, line in zip(area.rows, layout.figures.roadmap, strict=True):
        epic = layout.figures.epic(line.epic)
        page.text(row, area.columns["stream"], line.stream or "", "cell", "label")
        _line(page, layout, row, epic, changes)
        _dates(page, layout, row, epic)
        write_days(page, layout, row, epic)
        write_predecessors(page, layout, row, epic)
        _bars(page, layout, row, epic)
        if "committed" in area.columns:
            until = layout.figures.portfolio.commitment.committed_until(None if epic.start else epic.state)
            page.put(row, area.columns["committed"], min(until or 0, len(periods)), "helper")
    draw_dependencies(page, layout)
    _looks(page, layout)
    _fold_unknown(page, layout)


def _fold_unknown(page: Page, layout: Layout) -> None:
    """Folds away value where an order alone decides, and spend where nothing costs money."""
    answer = layout.figures.answer
    unknown = [*([] if answer.shows_value else ["value", "delay_cost"]), *([] if answer.shows_money else ["spend"])]
    for key in unknown:
        page.fold(layout.table("Plan").columns[key])


def _line(page: Page, layout: Layout, row: int, epic: Epic, changes: EpicChanges) -> None:
    area, epics, figures = layout.table("Plan"), layout.inputs.epics, layout.figures
    found, first, last = (area.here(key, row) for key in ("row", "first", "last"))
    line, start = figures.epic_lines.get(epic.id), figures.start(epic)

    def write(key: str, formula: str, value: str | float | None, *styles: str) -> None:
        page.formula(row, area.columns[key], f"={formula}", value, "cell", *styles)

    page.text(row, area.columns["id"], epic.id, "cell", "label", "bold")
    write(
        "row",
        layout.row_in(epics, "id", area.here("id", row)),
        figures.portfolio.epic_index[epic.id] + 1,
        "helper",
    )
    write("title", f'INDEX({epics.column("title")},{found})&""', epic.title)
    write("rank", f"INDEX({epics.column('rank')},{found})", figures.ranking.by_id[epic.id].rank, "centre")
    running = f'IF({first}=0,"stop",IF({first}=1,"continue","pause"))'
    decided = running if epic.id in figures.running else f'IF({first}>0,"start","wait")'
    write("decision", decided, line.decision if line else "wait")
    if layout.starts_on_plan:
        page.put(row, area.columns["start"], line.start if line else None, "cell", "input", "label")
    else:
        write("start", f'INDEX({epics.column("planned_start")},{found})&""', line.start if line else "")
    write(
        "finish",
        f'IF({last}>0,IFERROR(INDEX({layout.inputs.periods},{last}),"{AFTER}"),"")',
        line.finish if line else "",
    )
    page.put(row, area.columns["periods"], figures.duration(epic), "cell", "input", "centre")
    _money(page, layout, row, epic)
    write("changed", changes.formula(epic, lambda key: f"INDEX({epics.column(key)},{found})"), 0.0, "helper")
    _now(page, layout, row, epic)
    label = area.here("start", row)
    write(
        "first",
        f'IF({label}="",0,IFERROR({layout.find(layout.inputs.periods, label, across=True)},0))',
        start,
        "helper",
    )
    write(
        "last",
        f"IF({first}>0,{first}+{area.here('periods', row)}-1,0)",
        start + figures.duration(epic) - 1 if start else 0,
        "helper",
    )


def _now(page: Page, layout: Layout, row: int, epic: Epic) -> None:
    """Which of the epics it is that start in the first period, in the order of the roadmap; 0 for every other."""
    area, starting = layout.table("Plan"), layout.figures.starts_now
    until = [area.span(key, key, area.first, row) for key in ("first", "decision")]
    counted = f'SUMPRODUCT(({until[0]}=1)*({until[1]}="start"))'
    formula = f'=IF(AND({area.here("first", row)}=1,{area.here("decision", row)}="start"),{counted},0)'
    place = float(starting.index(epic.id) + 1) if epic.id in starting else 0.0
    page.formula(row, area.columns["now"], formula, place, "cell", "helper")


def _money(page: Page, layout: Layout, row: int, epic: Epic) -> None:
    """What the epic earns, what waiting costs and what it spends."""
    area, first, line = (
        layout.table("Plan"),
        layout.table("Plan").here("first", row),
        layout.figures.epic_lines.get(epic.id),
    )

    def write(key: str, formula: str, value: float) -> None:
        page.formula(row, area.columns[key], f"={formula}", value, "cell", "figure")

    value, earned = layout.table("Value"), layout.find(layout.table("Value").column("id"), area.here("id", row))
    write("value", f"INDEX({value.column('value')},{earned})", line.value if line else 0.0)
    if line is None or line.delay_cost is None:
        page.put(row, area.columns["delay_cost"], None, "cell")
    else:
        write("delay_cost", f"INDEX({value.column('delay_cost')},{earned})", line.delay_cost)
    write("spend", f"IF({first}>0,{_cost(layout, epic)},0)", line.spend if line else 0.0)


def _cost(layout: Layout, epic: Epic) -> str:
    """What an epic spends in all, by its rows of `Work`."""
    rows = layout.work_rows.get(epic.id)
    return f"SUM({layout.table('Work').part('spend', rows[0], rows[-1])})" if rows else "0"


def _dates(page: Page, layout: Layout, row: int, epic: Epic) -> None:
    """Whether the epic's own dates and durations are kept; a blank date allows the whole plan."""
    area, epics, count = layout.table("Plan"), layout.inputs.epics, len(layout.figures.periods)
    found, first, last, periods = (area.here(key, row) for key in ("row", "first", "last", "periods"))
    calendar = layout.figures.portfolio.calendar
    for key, label, default in (("earliest", epic.earliest, 1), ("latest", epic.latest, count)):
        given = f"INDEX({epics.column(key)},{found})"
        place = layout.find(layout.inputs.periods, given, across=True)
        formula = f'=IF({given}="",{default},IFERROR({place},{default}))'
        page.formula(
            row, area.columns[key], formula, default if label is None else calendar.index(label) + 1, "cell", "helper"
        )
    if plannable(epic, layout.figures.portfolio) is not None:
        kept = "FALSE"
    else:
        least, most, fixed = (f"INDEX({epics.column(key)},{found})" for key in ("min_periods", "max_periods", "start"))
        kept = (
            f"AND({first}>={area.here('earliest', row)},{last}<={area.here('latest', row)},"
            f"{periods}>=MAX(1,{least}),{periods}<=MAX(1,{least},{most}),"
            f'OR({fixed}="",{area.here("start", row)}={fixed}))'
        )
    outside = epic.id in layout.figures.outside_dates
    page.formula(
        row, area.columns["in_dates"], f"=IF({first}=0,1,IF({kept},1,0))", float(not outside), "cell", "helper"
    )


def _bars(page: Page, layout: Layout, row: int, epic: Epic) -> None:
    area, start = layout.table("Plan"), layout.figures.start(epic)
    first, last, mvp = area.here("first", row), area.here("last", row), epic.mvp_periods or 1
    for number in range(1, len(layout.figures.periods) + 1):
        column = area.columns[f"period {number}"]
        head = area.fixed(f"period {number}", area.first - 2)
        inside = bool(start) and start <= number < start + layout.figures.duration(epic)
        bar = _bar(epic.mvp_cost is not None, head, first, mvp)
        word = "MVP" if epic.mvp_cost is not None and number < start + mvp else BAR
        page.formula(
            row, column, f'=IF(AND({head}>={first},{head}<={last}),{bar},"")', word if inside else "", "cell", "centre"
        )


def _bar(has_mvp: bool, head: str, first: str, mvp: int) -> str:
    """What a bar's cell says: `MVP` in the periods in which it is built and judged."""
    return f'IF({head}<{first}+{mvp},"MVP","{BAR}")' if has_mvp else f'"{BAR}"'


def _looks(page: Page, layout: Layout) -> None:
    area, streams = layout.table("Plan"), layout.figures.portfolio.value_streams
    grid = (area.first, area.columns["period 1"], area.last, area.columns[f"period {len(layout.figures.periods)}"])
    top = xl_rowcol_to_cell(area.first, grid[1])
    committed = layout.figures.portfolio.commitment.committed_periods
    for number, stream in enumerate(streams):
        colour = STREAM_COLOURS[number % len(STREAM_COLOURS)]
        of_stream = f"{area.here('stream', area.first)}={quoted(stream.id)}"
        if committed is not None:
            until = area.here("committed", area.first) if "committed" in area.columns else str(committed)
            forecast, pale = f"{of_stream},{area.here('first', area.first)}>{until}", lighter(colour)
            page.when(grid, f'=AND({forecast},{top}="{BAR}")', {"bg_color": pale, "font_color": pale})
            page.when(grid, f'=AND({forecast},{top}="MVP")', {"bg_color": pale, "font_color": colour, "bold": True})
        page.when(grid, f'=AND({of_stream},{top}="{BAR}")', {"bg_color": colour, "font_color": colour})
        page.when(grid, f'=AND({of_stream},{top}="MVP")', {"bg_color": colour, "font_color": "#FFFFFF", "bold": True})
        page.when((area.first, 0, area.last, 0), f"={of_stream}", {"font_color": colour, "bold": True})
    page.when(
        (area.first, 1, area.last, area.columns["spend"]), f"={_waits(area.here('decision', area.first))}", "waiting"
    )
    page.when((area.first, 0, area.last, area.columns["in_dates"]), f"={area.here('in_dates', area.first)}=0", "bad")
    if "after" in area.columns:
        after = area.columns["after"]
        page.when((area.first, after, area.last, after), f"={area.here('early', area.first)}=1", "bad")
    page.when((area.first, 1, area.last, 1), f"={area.here('changed', area.first)}>0", "tight")
    page.separate(area, "stream", f"period {len(layout.figures.periods)}")
    if layout.table("Plan").count <= _ONE_PAGE:
        page.sheet.fit_to_pages(1, 1)
    widths = {"after": 24.0, "stream": 14.0, "id": 10.0, "title": 44.0, "rank": 7.0, "decision": 9.0, "periods": 9.0}
    page.widths(*(widths.get(key, 11.0) for key in shown(layout)), *(9.0 for _ in layout.figures.periods))
    page.sheet.freeze_panes(area.first, area.columns["title"] + 1)
    page.helpers(area.columns["row"], max(area.columns.values()))
    page.sheet.print_area(0, 0, _legend(page, layout), grid[3])


def _waits(decision: str) -> str:
    """Whether an epic is not in the plan, by its decision."""
    return f'OR({decision}="wait",{decision}="stop")'


def _legend(page: Page, layout: Layout) -> int:
    """Says below the roadmap which colour is which value stream; gives back its last row."""
    row = layout.table("Plan").last + 2
    page.text(row, 0, "Colours", "note")
    terms = layout.figures.portfolio.commitment
    if count := terms.committed_periods:
        why = f"is before {terms.point}" if terms.settled else f"begins after {layout.figures.periods[:count][-1]}"
        page.text(row, 1, f"paler: {terms.word('forecast')}, since it {why} and is not committed to", "note")
    for number, stream in enumerate(layout.figures.portfolio.value_streams, start=1):
        page.text(row + number, 0, stream.id, "cell", "label", "bold", f"stream {(number - 1) % len(STREAM_COLOURS)}")
        page.text(row + number, 1, stream.title)
    return row + len(layout.figures.portfolio.value_streams)


SHEET = ResultSheet(
    "Plan",
    write_roadmap,
    table=lambda layout: (
        len(layout.figures.roadmap),
        [*shown(layout), *layout.by_period("period"), *_helpers(layout)],
    ),
)
