"""The sheet `Work`: what each epic needs from each value stream, period by period; every guardrail sums over it."""

from __future__ import annotations

from portfolio.domain import LimitSpec
from portfolio.workbook.figures import WorkLine
from portfolio.workbook.layout import ATTRIBUTES, WHEN, Layout, accepts
from portfolio.xlsx.write.area import quoted
from portfolio.xlsx.write.book import Book, Page

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
            "fixed": "Start is decided"}  # fmt: skip
_ROWS = {"row": "Epics row", "plan_row": "Plan row"}


def write_work(book: Book, layout: Layout) -> None:
    """Writes a row for each epic and value stream, from the epic's row on `Epics` and its bar on `Plan`."""
    area, periods = layout.work, layout.figures.periods
    page = book.page(layout.name("Work"))
    page.title(
        "Work", "One row per epic and value stream: what it needs in all, and in each period where the plan puts it."
    )
    counted = [f"Counts for {layout.limits[number].name}" for number in layout.filters]
    counted += [f"Counts its epic for {layout.limits[number].name}" for number in layout.distinct]
    headings = [*_SHOWN.values(), *periods, *periods, *_HELPERS.values(), *counted, *_ROWS.values()]
    page.headings(area.first - 1, headings, spoken=layout.spoken)
    for word in ("effort", "spend"):
        page.text(area.first - 3, area.columns[f"{word} 1"], f"{word.capitalize()} in each period", "bold")
        for number in range(1, len(periods) + 1):
            page.put(area.first - 2, area.columns[f"{word} {number}"], number, "helper", "centre")
    for row, line in zip(area.rows, layout.figures.work, strict=True):
        _needs(page, layout, row, line)
        _times(page, layout, row, line)
        _counts(page, layout, row, line)
    page.widths(*([12.0] * len(_SHOWN)), *([10.0] * (2 * len(periods))))
    page.sheet.autofilter(area.first - 1, 0, area.last, area.columns["plan_row"])
    page.sheet.freeze_panes(area.first, 2)
    page.helpers(area.columns["mvp_periods"], area.columns["plan_row"], 11)


def _needs(page: Page, layout: Layout, row: int, line: WorkLine) -> None:
    """The epic's attributes, and what it needs from this value stream in all."""
    area, inputs, epic = layout.work, layout.inputs, line.epic
    found = area.here("row", row)

    def write(key: str, formula: str, value: str | float | None, *styles: str) -> None:
        page.formula(row, area.columns[key], f"={formula}", value, "cell", *styles)

    page.text(row, area.columns["epic"], epic.id, "cell", "label", "bold")
    write(
        "row",
        layout.row_in(inputs.epics, "id", area.here("epic", row)),
        layout.figures.portfolio.epic_index[epic.id] + 1,
        "helper",
    )
    for name in ATTRIBUTES:
        field = name.replace(" ", "_")
        given = f"INDEX({inputs.epics.column(field)},{found})"
        formula = f'IF({given}="","standard",{given})' if name == "urgency" else f'{given}&""'
        write(name, formula, getattr(epic, field) or ("standard" if name == "urgency" else ""))
    own = inputs.own_effort.get(epic.id)
    named, needed = (f"INDEX({inputs.epics.column(key)},{found})" for key in ("value_stream", "effort"))
    if own and line.lines == 1:
        write("stream", f'{named}&""', line.stream)
        write("effort", needed, line.effort, "amount")
    else:
        page.text(row, area.columns["stream"], line.stream, "cell", "label")
        listed, stream = inputs.effort, area.here("stream", row)
        mine = f"({listed.column('epic')}={area.here('epic', row)})*({listed.column('value_stream')}={stream})"
        beside = f"+IF({named}={stream},{needed},0)" if own else ""
        write("effort", f"SUMPRODUCT({mine}*{listed.column('effort')}){beside}", line.effort, "amount")
    place = layout.row_in(inputs.streams, "id", area.here("stream", row))
    rate = f"IFERROR(INDEX({inputs.streams.column('cost_per_unit')},{place}),0)"
    funded = layout.figures.portfolio.value_streams[layout.figures.portfolio.stream_index[line.stream]]
    write("rate", rate, funded.cost_per_unit or 0.0, "figure")
    write("external", _external(layout, row, line), line.external, "figure")
    effort, external = area.here("effort", row), area.here("external", row)
    write("spend", f"IF({effort}>0,{effort}*{area.here('rate', row)}+{external},0)", line.spend, "figure")
    write("capex", f"INDEX({inputs.epics.column('capex_share')},{found})", epic.capex_share or 0.0, "used share")


def _external(layout: Layout, row: int, line: WorkLine) -> str:
    """External cost belongs to the value stream with the largest effort, the first of equals."""
    cost = f"INDEX({layout.inputs.epics.column('external_cost')},{layout.work.here('row', row)})"
    if line.lines == 1:
        return cost
    rows = layout.work_rows[line.epic.id]
    efforts = layout.work.span("effort", "effort", rows[0], rows[-1])
    return f"IF(MATCH(MAX({efforts}),{efforts},0)={line.turn + 1},{cost},0)"


def _times(page: Page, layout: Layout, row: int, line: WorkLine) -> None:
    """Where the plan puts it, and the effort and spend of each period."""
    area, plan, epics = layout.work, layout.plan, layout.inputs.epics
    place, found = area.here("plan_row", row), area.here("row", row)
    start, finish, periods, pace, part = (
        area.here(key, row) for key in ("start", "finish", "periods", "mvp_periods", "mvp_part")
    )
    effort, spend = area.here("effort", row), area.here("spend", row)

    def write(key: str, formula: str, value: float, *styles: str) -> None:
        page.formula(row, area.columns[key], f"={formula}", value, "cell", *styles)

    write("plan_row", layout.find(plan.column("id"), area.here("epic", row)), layout.plan_place[line.epic.id], "helper")
    for key, source, value in (
        ("start", "first", line.start),
        ("periods", "periods", line.periods),
        ("finish", "last", line.finish),
    ):
        write(key, f"INDEX({plan.column(source)},{place})", value, "figure")
    cost, length = (f"INDEX({epics.column(key)},{found})" for key in ("mvp_cost", "mvp_periods"))
    rows = layout.work_rows[line.epic.id]
    total = f"SUM({area.span('spend', 'spend', rows[0], rows[-1])})"
    paced = f'AND({cost}<>"",{total}>0,{periods}>MAX(1,{length}))'
    write("mvp_periods", f"IF({paced},MAX(1,{length}),0)", line.mvp_periods, "helper")
    write("mvp_part", f"IF({pace}>0,{cost}*{spend}/{total},0)", line.mvp_part, "helper")
    for number in range(1, len(layout.figures.periods) + 1):
        head = area.fixed(f"effort {number}", area.first - 2)
        write(
            f"effort {number}",
            f"IF(AND({head}>={start},{head}<={finish}),{effort}/{periods},0)",
            line.effort_in(number),
            "amount",
        )
        head = area.fixed(f"spend {number}", area.first - 2)
        later = f"({spend}-{part})/({periods}-{pace})"
        spent = f"IF(OR({head}<{start},{head}>{finish}),0,IF({head}<{start}+{pace},{part}/{pace},{later}))"
        write(f"spend {number}", spent, line.spend_in(number), "figure")


def _counts(page: Page, layout: Layout, row: int, line: WorkLine) -> None:
    """Which guardrails count this row: 1 or 0; an epic of several value streams counts once where epics are counted."""
    area = layout.work
    mine = layout.figures.work_of[line.epic.id]

    def write(key: str, formula: str, value: float) -> None:
        page.formula(row, area.columns[key], f"={formula}", value, "cell", "helper")

    def once(key: str, counted: str) -> str:
        rows = layout.work_rows[line.epic.id]
        earlier = area.span(key, key, rows[0], row - 1)
        return area.here(counted, row) if line.turn == 0 else f"IF(SUM({earlier})>0,0,{area.here(counted, row)})"

    write("needed", f"IF({area.here('effort', row)}>0,1,0)", float(line.effort > 0))
    write(
        "once",
        once("once", "needed"),
        float(line.effort > 0 and not any(other.effort > 0 for other in mine[: line.turn])),
    )
    decided = f"INDEX({layout.inputs.epics.column('start')},{area.here('row', row)})"
    write("fixed", f'IF({decided}<>"",1,0)', float(line.epic.start is not None))
    for number, key in layout.filters.items():
        limit = layout.limits[number]
        write(key, _filter(layout, row, limit), float(passes(line, limit)))
        if number in layout.distinct:
            first = passes(line, limit) and not any(passes(other, limit) for other in mine[: line.turn])
            write(layout.distinct[number], once(layout.distinct[number], key), float(first))


def _filter(layout: Layout, row: int, limit: LimitSpec) -> str:
    """1 where the row needs effort and every dimension has one of the accepted words."""
    area = layout.work
    tests = [f"{area.here('needed', row)}=1"]
    for dimension, accepted in limit.where.items():
        if dimension in WHEN:
            continue
        cell = area.here({"value stream": "stream"}.get(dimension, dimension), row)
        words = [f"{cell}={quoted(word.strip())}" for word in accepted]
        tests.append(words[0] if len(words) == 1 else f"OR({','.join(words)})")
    return f"IF(AND({','.join(tests)}),1,0)"


def passes(line: WorkLine, limit: LimitSpec) -> bool:
    """Whether a mix limit counts this work."""
    words = {"value stream": line.stream, "epic": line.epic.id, "urgency": line.epic.urgency or "standard"}
    return line.effort > 0 and all(
        accepts(words.get(dimension) or getattr(line.epic, dimension.replace(" ", "_"), None), accepted)
        for dimension, accepted in limit.where.items()
        if dimension not in WHEN
    )
