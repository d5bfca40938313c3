"""The epics on the sheet Funding: cost, approval, what remains, and the money of their MVPs."""

from __future__ import annotations

from portfolio.domain import Epic
from portfolio.results.funding import EpicFunding
from portfolio.workbook.inputs.input_areas import in_progress
from portfolio.workbook.layout import Layout
from portfolio.workbook.sheets.funding_areas import EPICS, FundingAreas
from portfolio.xlsx.write.area import quoted
from portfolio.xlsx.write.book import Page

_REMAINING = (
    "Remaining cost is that of epics that run, or whose Start is decided: their effort and external cost are what is "
    "still to do."
)


def write_epics(page: Page, areas: FundingAreas) -> None:
    """Writes a row per epic, in the order of its sheet."""
    table, figures = areas.epics, areas.layout.figures
    page.text(table.first - 2, 0, "By epic", "bold")
    page.text(table.first - 2, 4, _REMAINING, "note")
    for key, heading in EPICS.items():
        page.text(table.first - 1, table.columns[key], heading, "heading", "centre")
    page.sheet.set_row(table.first - 1, 32)
    page.sheet.repeat_rows(table.first - 1)
    lines = {line.id: line for line in figures.funding.epics}
    for row, epic in zip(table.rows, figures.portfolio.epics, strict=True):
        _identity(page, areas, row, epic)
        _money(page, areas, row, epic, lines[epic.id])
    column = table.columns["approval"]
    page.when(
        (table.first, column, table.last, column), f'={table.here("approval", table.first)}="needs approval"', "tight"
    )
    column = table.columns["decision"]
    page.when((table.first, column, table.last, column), f'={table.here("decision", table.first)}="start"', "good")


def _identity(page: Page, areas: FundingAreas, row: int, epic: Epic) -> None:
    """Who it is and whether it starts."""
    table, layout = areas.epics, areas.layout
    inputs, plan = layout.inputs.epics, layout.table("Plan")
    found = layout.row_in(inputs, "id", table.here("id", row))
    page.text(row, table.columns["id"], epic.id, "cell", "label", "bold")
    for key, value in (("title", epic.title), ("fund", epic.fund)):
        page.formula(row, table.columns[key], f'=INDEX({inputs.column(key)},{found})&""', value or "", "cell")
    decision = plan.at("decision", plan.first + layout.plan_place[epic.id] - 1)
    line = layout.figures.epic_lines.get(epic.id)
    decided = line.decision if line else "wait"
    page.formula(row, table.columns["decision"], f"={decision}", decided, "cell", "centre")


def _money(page: Page, areas: FundingAreas, row: int, epic: Epic, line: EpicFunding) -> None:
    """Cost and approval, what remains, and MVP money; nothing where it needs no effort."""
    table, layout = areas.epics, areas.layout
    work, inputs, rows = layout.table("Work"), layout.inputs.epics, layout.work_rows.get(epic.id)
    if rows is None:
        for key in ("cost", "approval", "remaining", "mvp", "rest", "money", "decide"):
            page.put(row, table.columns[key], None, "cell")
        return
    found = work.at("row", rows[0])

    def write(key: str, formula: str, value: str | float | None, *styles: str) -> None:
        page.formula(row, table.columns[key], f"={formula}", "" if value is None else value, "cell", *styles)

    def given(key: str) -> str:
        return f"INDEX({inputs.column(key)},{found})"

    cost, limit, pace = (
        table.here("cost", row),
        layout.inputs.setting("epic_threshold"),
        work.at("mvp_periods", rows[0]),
    )
    write("cost", f"SUM({work.part('spend', rows[0], rows[-1])})", line.cost, "figure")
    asks = f'IF({given("approved")}="yes","approved","needs approval")'
    free = f'OR({limit}="",{cost}<=N({limit})*(1+1E-9))'
    write("approval", f'IF({free},"not needed",{asks})', line.approval, "centre")
    write("remaining", f'IF({in_progress(layout.inputs.portfolio, given)},{cost},"")', line.remaining, "figure")
    write("mvp", f'IF({pace}>0,{given("mvp_cost")},"")', line.mvp, "figure")
    write("rest", f'IF({pace}>0,{cost}-{table.here("mvp", row)},"")', line.rest, "figure")
    starts = epic.id in layout.figures.plan
    state = ("released" if line.released else "reserved") if starts else ""
    released = f'IF({is_released(layout, work.at("state", rows[0]))}=1,"released","reserved")'
    first = work.at("start", rows[0])
    write("money", f'IF(AND({pace}>0,{first}>0),{released},"")', None if line.mvp is None else state, "centre")
    label = f"INDEX({layout.inputs.periods},{first}+{pace}-1)"
    write("decide", f'IF(AND({pace}>0,{first}>0),{label}&"","")', line.decide_after, "centre")


def is_released(layout: Layout, state: str) -> str:
    """1 where a state says that the money after the MVP is free, else 0; for one cell or a column of them."""
    words = [f"({state}={quoted(word)})" for word in layout.figures.model.categories.released]
    return f"({'+'.join(words)})" if words else "0"
