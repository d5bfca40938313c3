"""The sheet `Allocation`: what each value stream has in each period, and what the plan uses of it."""

from __future__ import annotations

from portfolio.domain import ValueStream
from portfolio.results.allocation import HEADINGS
from portfolio.workbook.layout import Layout, ResultSheet
from portfolio.workbook.sheets.as_planned import say_changes
from portfolio.xlsx.write.book import Book, Page

_HEADINGS = {
    "stream": HEADINGS["id"],
    "name": "Name",
    "period": HEADINGS["period"],
    "budget_period": "Budget period",
    "capacity": HEADINGS["capacity"],
    "shift": "Budget shift",
    "funded_capacity": "Funded capacity",
    **{key: HEADINGS[key] for key in ("effort", "used", "wip", "wip_limit", "budget", "funded", "spend")},
}


def write_allocation(book: Book, layout: Layout) -> None:
    """Writes a row for each value stream and period, by sums over `Work`."""
    area, portfolio = layout.table("Allocation"), layout.figures.portfolio
    page = book.page(layout.name("Allocation"))
    page.title(
        "Allocation",
        " ".join(
            filter(
                None,
                [
                    "What there is and what the plan uses. A budget shift (blue) moves money, and capacity follows.",
                    layout.figures.answer.reserve_words,
                ],
            )
        ),
    )
    page.headings(area.first - 1, list(_HEADINGS.values()), spoken=layout.spoken)
    say_changes(page, layout)
    for number, stream in enumerate(portfolio.value_streams):
        for period in range(len(layout.figures.periods)):
            row = layout.allocation_row(number, period)
            _given(page, layout, row, stream, period)
            _funded(page, layout, row, stream, period)
            _used(page, layout, row, stream, period)
    _looks(page, layout)
    answer = layout.figures.answer
    unknown = [*([] if answer.limits_progress else ["wip_limit"]), *([] if answer.shows_money else ["spend"])]
    for key in unknown:
        page.fold(area.columns[key])


def can_shift(layout: Layout, stream: ValueStream) -> bool:
    """Whether money may move into or out of a value stream's budget."""
    moved = any(line.id == stream.id for line in layout.figures.funding.shifted)
    return stream.budget is not None and (bool(stream.max_budget_shift) or moved)


def _given(page: Page, layout: Layout, row: int, stream: ValueStream, period: int) -> None:
    """What the input sheets say: capacity, WIP limit, budget."""
    area, inputs, calendar = layout.table("Allocation"), layout.inputs, layout.figures.portfolio.calendar
    own, label = area.here("stream", row), area.here("period", row)
    here = layout.row_in(inputs.streams, "id", own)
    across = layout.find(inputs.periods, label, across=True)
    last = f"period {len(layout.figures.periods)}"

    def write(key: str, formula: str, value: str | float | None, *styles: str) -> None:
        page.formula(row, area.columns[key], f"={formula}", value, "cell", *styles)

    page.text(row, area.columns["stream"], stream.id, "cell", "label", "bold")
    write("name", f'INDEX({inputs.streams.column("name")},{here})&""', stream.name)
    page.text(row, area.columns["period"], calendar.periods[period], "cell", "label")
    page.text(
        row, area.columns["budget_period"], calendar.budget_labels[calendar.budget_index[period]], "cell", "label"
    )
    place = layout.row_in(inputs.capacity, "value_stream", own)
    write(
        "capacity",
        f"INDEX({inputs.capacity.block('period 1', last)},{place},{across})",
        stream.capacity[period],
        "amount",
    )
    limit = f"INDEX({inputs.streams.column('wip_limit')},{here})"
    write("wip_limit", f'IF({limit}="","",{limit})', stream.wip_limit, "plain", "centre")
    if stream.budget is None:
        page.put(row, area.columns["budget"], None, "cell")
    else:
        place = layout.row_in(inputs.budget, "value_stream", own)
        write(
            "budget",
            f"INDEX({inputs.budget.block('period 1', last)},{place},{across})",
            stream.budget[period],
            "figure",
        )


def _funded(page: Page, layout: Layout, row: int, stream: ValueStream, period: int) -> None:
    """Budget and capacity after money has moved, spread evenly over the periods of the budget period."""
    area, figures, calendar = layout.table("Allocation"), layout.figures, layout.figures.portfolio.calendar
    line = figures.stream_lines[(stream.id, figures.periods[period])]
    capacity, shift, budget = (area.here(key, row) for key in ("capacity", "shift", "budget"))
    if not can_shift(layout, stream):
        page.put(row, area.columns["shift"], None, "cell")
        page.formula(row, area.columns["funded_capacity"], f"={capacity}", line.capacity, "cell", "amount")
        if stream.budget is None:
            page.put(row, area.columns["funded"], None, "cell")
        else:
            page.formula(row, area.columns["funded"], f"={budget}", line.funded, "cell", "figure")
        return
    members = [number for number, index in enumerate(calendar.budget_index) if index == calendar.budget_index[period]]
    moved = figures.funding_lines[stream.id, calendar.budget_labels[calendar.budget_index[period]]].shift
    if period == members[0]:
        page.put(row, area.columns["shift"], moved, "cell", "input", "figure")
    else:
        page.formula(
            row, area.columns["shift"], f"={area.here('shift', row - (period - members[0]))}", moved, "cell", "figure"
        )
    streams, labels = area.own("stream"), area.own("budget_period")
    shared = f"SUMPRODUCT(({streams}={area.here('stream', row)})*({labels}={area.here('budget_period', row)}))"
    inputs = layout.inputs.streams
    rate = f"INDEX({inputs.column('cost_per_unit')},{layout.row_in(inputs, 'id', area.here('stream', row))})"
    formula = f"={capacity}+IF({rate}>0,{shift}/{rate}/{shared},0)"
    page.formula(row, area.columns["funded_capacity"], formula, line.capacity, "cell", "amount")
    page.formula(row, area.columns["funded"], f"={budget}+{shift}/{shared}", line.funded, "cell", "figure")


def _used(page: Page, layout: Layout, row: int, stream: ValueStream, period: int) -> None:
    """What the plan uses: sums over the work of this value stream in this period."""
    area, work, figures = layout.table("Allocation"), layout.table("Work"), layout.figures
    line = figures.stream_lines[(stream.id, figures.periods[period])]
    mine = f"({work.column('stream')}={area.here('stream', row)})"
    last = len(figures.periods)

    def in_period(word: str, test: str = "") -> str:
        now = f"({work.header(f'{word} 1', f'{word} {last}')}={area.here('period', row)})"
        block = work.block(f"{word} 1", f"{word} {last}")
        return f"=SUMPRODUCT({mine}*{now}*{f'({block}{test})' if test else block})"

    page.formula(row, area.columns["effort"], in_period("effort"), line.effort, "cell", "amount")
    page.formula(row, area.columns["wip"], in_period("effort", ">0"), line.wip, "cell", "figure", "centre")
    page.formula(row, area.columns["spend"], in_period("spend"), line.spend, "cell", "figure")
    funded, effort = area.here("funded_capacity", row), area.here("effort", row)
    page.formula(row, area.columns["used"], f"=IF({funded}>0,{effort}/{funded},0)", line.used, "cell", "used share")


def _looks(page: Page, layout: Layout) -> None:
    area, streams = layout.table("Allocation"), layout.figures.portfolio.value_streams
    used = (area.first, area.columns["used"], area.last, area.columns["used"])
    over = f"{area.here('effort', area.first)}>{area.here('funded_capacity', area.first)}*1.000001"
    page.when(used, f"={over}", "bad")
    bar = {
        "type": "data_bar",
        "bar_color": "#A9C4EB",
        "bar_solid": True,
        "min_type": "num",
        "min_value": 0,
        "max_type": "num",
        "max_value": 1,
    }
    page.sheet.conditional_format(*used, bar)
    wip = (area.first, area.columns["wip"], area.last, area.columns["wip"])
    limit = area.here("wip_limit", area.first)
    page.when(wip, f'=AND({limit}<>"",{area.here("wip", area.first)}>{limit})', "bad")
    page.separate(area, "stream", "spend")
    page.widths(14, 26, 11, 13, *[12.0] * 10)
    page.sheet.autofilter(area.first - 1, 0, area.last, max(area.columns.values()))
    page.sheet.freeze_panes(area.first, 3)
    if not any(can_shift(layout, stream) for stream in streams):
        page.helpers(area.columns["shift"], area.columns["funded_capacity"])
    if not any(stream.budget is not None or stream.cost_per_unit for stream in streams):
        page.helpers(area.columns["budget"], area.columns["spend"])


SHEET = ResultSheet(
    "Allocation",
    write_allocation,
    table=lambda layout: (len(layout.figures.stream_lines), [*_HEADINGS]),
)
