"""The sheet `Funding`: budget against planned spend by value stream and budget period, what kind of money it is, and who gives to whom."""

from __future__ import annotations

from portfolio.domain import ValueStream
from portfolio.results.funding import FundingLine
from portfolio.workbook.layout import Layout, ResultSheet, Run
from portfolio.workbook.sheets.allocation import can_shift
from portfolio.workbook.sheets.as_planned import say_changes
from portfolio.workbook.sheets.funding_areas import HELPERS, STREAMS, TOTALS, FundingAreas
from portfolio.workbook.sheets.funding_epics import is_released, write_epics
from portfolio.workbook.sheets.funding_funds import write_funds
from portfolio.xlsx.write.book import Book, Page

_SIZE = {"width": 900, "height": 360}


def write_funding(book: Book, layout: Layout) -> None:
    """Writes the totals with their chart, the value streams with who gives to whom, and the epics."""
    areas = FundingAreas(layout)
    page = book.page(layout.name("Funding"))
    page.title(
        "Funding",
        "Money by budget period. MVP money is a cap; the rest is reserved until pivot-or-persevere, then released.",
    )
    say_changes(page, layout, column=2)
    _totals(page, areas)
    _chart(page, areas)
    _streams(page, areas)
    write_funds(page, areas)
    write_epics(page, areas)
    page.widths(14, 40, *[13.0] * (len(STREAMS) - 2), *[13.0] * len(areas.movers))
    if areas.movers:
        page.helpers(areas.streams.columns["gives"], areas.streams.columns["taken"])
    page.sheet.freeze_panes(0, 2)


def _totals(page: Page, areas: FundingAreas) -> None:
    """A row per budget period: sums over its value streams."""
    table, figures = areas.totals, areas.layout.figures
    page.text(table.first - 2, 0, "By budget period", "bold")
    for key, heading in TOTALS.items():
        page.text(table.first - 1, table.columns[key], heading, "heading", "centre")
    page.sheet.set_row(table.first - 1, 32)
    count = len(figures.portfolio.value_streams)
    for turn, (row, line) in enumerate(zip(table.rows, figures.funding.totals, strict=True)):
        page.text(row, table.columns["budget_period"], line.budget_period, "cell", "label", "bold")
        for key in list(TOTALS)[1:]:
            part = areas.streams.span(key, key, areas.row(turn, 0), areas.row(turn, max(0, count - 1)))
            page.formula(row, table.columns[key], f"=SUM({part})", getattr(line, key), "cell", "figure")
    below = table.last + 1
    page.text(below, table.columns["budget_period"], "Total", "cell", "bold")
    for key in list(TOTALS)[1:]:
        total = sum(getattr(line, key) for line in figures.funding.totals)
        page.formula(below, table.columns[key], f"=SUM({table.own(key)})", total, "cell", "figure", "bold")


def _chart(page: Page, areas: FundingAreas) -> None:
    """Budget after shifts against planned spend, by budget period."""
    table = areas.totals
    chart = page.book.workbook.add_chart({"type": "column"})
    for key, colour in (("budget", "#A9C4EB"), ("funded", "#4E79A7"), ("spend", "#F28E2B")):
        chart.add_series(
            {
                "name": f"={table.at(key, table.first - 1)}",
                "categories": f"={table.column('budget_period')}",
                "values": f"={table.column(key)}",
                "fill": {"color": colour},
                "gap": 80,
            }
        )
    money = areas.layout.figures.portfolio.money_unit
    chart.set_title({"name": f"Budget against planned spend, {money}", "name_font": {"size": 13}})
    chart.set_y_axis(
        {"num_format": "#,##0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E3E6EC"}}}
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size(_SIZE)
    page.sheet.insert_chart(table.last + 3, 0, chart)


def _streams(page: Page, areas: FundingAreas) -> None:
    """A row per budget period and value stream."""
    table, portfolio = areas.streams, areas.layout.figures.portfolio
    word = areas.layout.figures.model.vocabulary.value_stream.one
    page.text(table.first - 2, 0, f"By {word}", "bold")
    headings = [*STREAMS.values()]
    if areas.movers:
        page.text(table.first - 2, table.columns[f"to {areas.movers[0]}"], f"Moves from this {word} to", "bold")
        headings += [*(portfolio.value_streams[index].id for index in areas.movers), *HELPERS.values()]
    page.headings(table.first - 1, headings, spoken=areas.layout.spoken)
    lines = areas.layout.figures.funding_lines
    for turn, label in enumerate(portfolio.calendar.budget_labels):
        for index, stream in enumerate(portfolio.value_streams):
            line = lines[stream.id, label]
            _given(page, areas, stream, turn, index, line)
            _kinds(page, areas, areas.row(turn, index), areas.layout.runs({"budget period": label}), line)
            if areas.movers:
                _moves(page, areas, turn, index)
    page.separate(table, "budget_period", "in_progress")


def _given(page: Page, areas: FundingAreas, stream: ValueStream, turn: int, index: int, line: FundingLine) -> None:
    """Budget, shift and spend, from `Allocation`."""
    table, allocation, row = areas.streams, areas.layout.table("Allocation"), areas.row(turn, index)
    page.text(row, table.columns["stream"], stream.id, "cell", "label", "bold")
    page.text(row, table.columns["budget_period"], line.budget_period, "cell", "label")
    runs = areas.layout.runs({"budget period": line.budget_period})
    rows = [[areas.layout.allocation_row(index, period - 1) for period in run] for run in runs]

    def total(key: str) -> str:
        return f"SUM({','.join(allocation.part(key, first, last) for first, last in rows)})"

    def write(key: str, formula: str, value: float | None) -> None:
        page.formula(row, table.columns[key], f"={formula}", value, "cell", "figure")

    write("spend", total("spend"), line.spend)
    if stream.budget is None:
        for key in ("budget", "shift", "funded", "left"):
            page.put(row, table.columns[key], None, "cell")
        return
    shift = allocation.at("shift", rows[0][0]) if can_shift(areas.layout, stream) else "0"
    write("budget", total("budget"), line.budget)
    write("shift", shift, line.shift)
    write("funded", f"{table.here('budget', row)}+{table.here('shift', row)}", line.funded)
    write("left", f"{table.here('funded', row)}-{table.here('spend', row)}", line.left)
    page.when((row, table.columns["left"], row, table.columns["left"]), f"={table.here('left', row)}<-0.001", "bad")


def _kinds(page: Page, areas: FundingAreas, row: int, runs: list[Run], line: FundingLine) -> None:
    """What kind of spend it is: sums over the rows of `Work` of this value stream, in the budget period's periods."""
    table, work = areas.streams, areas.layout.table("Work")
    mine = f"({work.column('stream')}={table.here('stream', row)})"
    mvp, start, pace = f"({work.column('mvp_periods')}>0)", work.column("start"), work.column("mvp_periods")
    released = is_released(areas.layout, work.column("state"))

    def total(*masks: str) -> str:
        parts = []
        for first, last in runs:
            columns = f"spend {first}", f"spend {last}"
            head = work.header(*columns, above=2)
            tests = "*".join(mask.replace("HEAD", head) for mask in (mine, *masks))
            parts.append(f"SUMPRODUCT({tests}*{work.block(*columns)})")
        return "+".join(parts)

    def write(key: str, formula: str) -> None:
        page.formula(row, table.columns[key], f"={formula}", getattr(line, key), "cell", "figure")

    write("capex", total(work.column("capex")))
    write("opex", f"{table.here('spend', row)}-{table.here('capex', row)}")
    write("mvp", total(mvp, f"(HEAD<{start}+{pace})"))
    write("reserved", total(mvp, f"(HEAD>={start}+{pace})", f"(1-{released})"))
    write("released", total(mvp, f"(HEAD>={start}+{pace})", released))
    write("in_progress", total(work.column("fixed")))


def _moves(page: Page, areas: FundingAreas, turn: int, index: int) -> None:
    """Who gives to whom: the first who gives fills up the first who takes."""
    table, figures, row = areas.streams, areas.layout.figures, areas.row(turn, index)
    streams, label = figures.portfolio.value_streams, figures.portfolio.calendar.budget_labels[turn]
    shifts = [figures.funding_lines[stream.id, label].shift for stream in streams]
    gives, takes = ([max(0.0, sign * shift) for shift in shifts] for sign in (-1, 1))
    shift = table.here("shift", row)

    def write(key: str, formula: str, value: float) -> None:
        page.formula(row, table.columns[key], f"={formula}", value, "cell", "figure")

    for key, sums, sign, amounts in (("gives", "given", "-", gives), ("takes", "taken", "", takes)):
        write(key, f"MAX(0,{sign}N({shift}))", amounts[index])
        write(sums, f"SUM({table.span(key, key, areas.row(turn, 0), row)})", sum(amounts[: index + 1]))
    moved = {move.target: move.amount for move in figures.funding.moves_from(streams[index].id, label)}
    for place in areas.movers:
        target = areas.row(turn, place)
        until = f"MIN({table.here('given', row)},{table.fixed('taken', target)})"
        before = f"{table.fixed('taken', target)}-{table.fixed('takes', target)}"
        begin = f"MAX({table.here('given', row)}-{table.here('gives', row)},{before})"
        write(f"to {place}", f"MAX(0,{until}-{begin})", moved.get(streams[place].id, 0.0))


def has_money(layout: Layout) -> bool:
    """Whether the portfolio has budgets or costs at all."""
    portfolio = layout.figures.portfolio
    return any(stream.budget is not None or stream.cost_per_unit for stream in portfolio.value_streams) or any(
        epic.external_cost or epic.mvp_cost for epic in portfolio.epics
    )


SHEET = ResultSheet("Funding", write_funding, wanted=lambda layout: layout.plans and has_money(layout))
"""Where there is no money there is nothing to fund."""
