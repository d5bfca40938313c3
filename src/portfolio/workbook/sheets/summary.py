"""The sheet `Summary`: what was decided, how good it is, and what is tight. It opens first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portfolio.results.decision_page import decision_page, rules_words
from portfolio.results.epic_decisions import PLANNED
from portfolio.workbook.layout import Layout, ResultSheet
from portfolio.workbook.sheets.as_planned import message
from portfolio.workbook.sheets.claim import WORTH_ROW, claim_rows
from portfolio.workbook.sheets.guardrail_status import BROKEN, MET
from portfolio.xlsx.write.area import Area, area, quoted
from portfolio.xlsx.write.book import Book, Page, Value

_TOP = 3
_ALERT = "$A$3"
"""The cell that says what was changed since."""
_MOST_STARTS = 12
"""Epics that start now and are named; more are counted."""


def write_summary(book: Book, layout: Layout) -> None:
    """Writes the claim with its figures, then what to decide about, and utilisation by value stream and period; on one page."""
    figures = layout.figures
    page = book.page(layout.name("Summary"))
    page.title(figures.portfolio.name or "Portfolio", f"Operating model: {figures.model.title}")
    rows = _outcome(layout) + (_counts(layout) if layout.plans else [])
    for row, (label, value, formula, styles) in enumerate(rows, start=_TOP):
        page.text(row, 0, label, "cell", "bold")
        if formula:
            page.formula(row, 1, f"={formula}", value, "cell", "right", *styles)
        else:
            page.put(row, 1, value, "cell", "right", *styles)
    page.widths(56, 34)
    next_row = _TOP + len(rows) + 1
    if layout.plans:
        broken = _TOP + len(rows) - 1
        page.when((broken, 1, broken, 1), f"=$B${broken + 1}>0", "bad")
        page.when((broken, 1, broken, 1), f"=$B${broken + 1}=0", "good")
        _changed_since(page, layout, rows)
        next_row = _starts_now(page, layout, next_row)
        next_row = _parts(page, layout, next_row)
        next_row = _utilisation(page, layout, next_row + 2) + 2
    _legend(page, layout, next_row)
    page.sheet.set_portrait()
    page.sheet.fit_to_pages(1, 1)
    page.sheet.print_area(0, 0, next_row + 2, 1 + max(6, len(figures.periods)))
    page.sheet.activate()
    page.sheet.set_first_sheet()


def _changed_since(page: Page, layout: Layout, rows: Sequence[Row]) -> None:
    """Says so above everything where inputs or the plan were changed: first what is not followed, else what is only in words."""
    live = "counts, values" if layout.figures.answer.shows_value else "counts"
    told = f"Changed since it was computed: {live} and what starts now follow, the claim and the other lists do not."
    tests = [_is_other(number, rows) for number in range(len(rows)) if rows[number][2] is not None]
    moved = f'IF(OR({",".join(tests)}),"{told}","")'
    page.formula(2, 0, f'=IF({message(layout)}<>"",{message(layout)},{moved})', "", "bold", "alert")


def _is_other(number: int, rows: Sequence[Row]) -> str:
    """Whether a live figure is no longer what it was."""
    value = rows[number][1]
    assert isinstance(value, float | int)
    return f"ABS($B${_TOP + 1 + number}-{value!r})>{max(1.0, abs(value)) * 1e-6!r}"


def _starts_now(page: Page, layout: Layout, row: int) -> int:
    """The epics that start in the first period; live, so that they follow a plan that is changed by hand."""
    figures, plan = layout.figures, layout.table("Plan")
    if not figures.periods:
        return row
    began = figures.portfolio.calendar.start
    since = f", from {began}" if began is not None else ""
    page.text(row, 0, f"What starts now: {figures.periods[0]}{since}", "bold")
    page.text(row, 1, "Done by", "note")
    if figures.answer.shows_value:
        page.text(row, 2, "Value", "note", "right")
    count = min(_MOST_STARTS, max(1, len(figures.starts_now)))
    for turn in range(count):
        here = row + 1 + turn
        epic = figures.epic(figures.starts_now[turn]) if turn < len(figures.starts_now) else None
        line = figures.epic_lines[epic.id] if epic else None
        found = f"MATCH({turn + 1},{plan.column('now')},0)"
        name = f'INDEX({plan.column("id")},{found})&" "&INDEX({plan.column("title")},{found})'
        page.formula(here, 0, f'=IFERROR({name},"")', f"{epic.id} {epic.title or ''}" if epic else "", "plain")
        finish = f'=IFERROR(INDEX({plan.column("finish")},{found}),"")'
        page.formula(here, 1, finish, line.finish if line else "", "plain")
        value = f'=IFERROR(INDEX({plan.column("value")},{found}),"")'
        if figures.answer.shows_value:
            page.formula(here, 2, value, line.value if line else "", "figure")
    more = f"MAX({plan.column('now')})-{count}"
    left = len(figures.starts_now) - count
    shown = f"{left} more on {layout.name('Plan')}" if left > 0 else ""
    page.formula(
        row + 1 + count,
        0,
        f'=IF({more}>0,{more}&" more on {layout.name("Plan").replace(chr(34), chr(34) * 2)}","")',
        shown,
        "note",
    )
    return row + 2 + count


def _parts(page: Page, layout: Layout, row: int) -> int:
    """What stops, what slips, which deadlines are at risk, what is tight; as it was computed."""
    report = layout.report
    for part in decision_page(layout.figures.answer, None if report is None else report.effect):
        row += 1
        page.formula(row, 0, f'={quoted(part.title)}&IF({_ALERT}="",""," (as it was planned)")', part.title, "bold")
        for what, how in part.shown:
            row += 1
            page.text(row, 0, what, "left")
            page.text(row, 1, how, "left")
        row += 1
    return row


Row = tuple[str, Value, str | None, tuple[str, ...]]


def _outcome(layout: Layout) -> list[Row]:
    answer = layout.figures.answer
    portfolio = layout.figures.portfolio
    rows = claim_rows(answer.outcome, portfolio.value_unit, answer.model.goal(portfolio), answer.earlier_claim)
    if not answer.shows_value:
        del rows[WORTH_ROW:]
    cost = [] if answer.cost_of_rules is None else [("All rules together cost", rules_words(answer), None, ())]
    return [*((label, value, None, (style,)) for label, value, style in rows), *cost]


def _counts(layout: Layout) -> list[Row]:
    """Counts that follow the sheets; the last one is that of broken guardrails."""
    figures, plan, status = layout.figures, layout.table("Plan"), layout.table("Guardrail status")
    starts = len(figures.plan)
    lines = figures.guardrails
    exceeded = {kind: sum(not line.met for line in lines if line.enforce == kind) for kind in ("hard", "soft")}
    return [
        (
            f"{layout.spoken['Epics']} that {figures.model.vocabulary.start.many}",
            starts,
            _count(plan.column("decision"), PLANNED),
            (),
        ),
        (
            f"{layout.spoken['Epics']} that wait",
            len(figures.portfolio.epics) - starts,
            _count(plan.column("decision"), ("wait", "stop")),
            (),
        ),
        *(_worth(layout) if figures.answer.shows_value else []),
        *(_spend(layout) if figures.answer.shows_money else []),
        ("Guardrails met", sum(line.met for line in lines), f'COUNTIF({status.column("met")},"{MET}")', ()),
        ("Soft guardrails exceeded", exceeded["soft"], _broken(layout, "soft"), ()),
        ("Guardrails broken", exceeded["hard"], _broken(layout, "hard"), ()),
    ]


def _worth(layout: Layout) -> list[Row]:
    worth = sum(line.value for line in layout.figures.answer.epics)
    return [(_worth_label(layout), worth, f"SUM({layout.table('Plan').column('value')})", ("figure",))]


def _spend(layout: Layout) -> list[Row]:
    spend = layout.figures.answer.spend or 0.0
    return [("Spend of the plan", spend, f"SUM({layout.table('Plan').column('spend')})", ("figure",))]


def _worth_label(layout: Layout) -> str:
    """What the sum of the values of all epics in the plan is called."""
    figures = layout.figures
    words = figures.model.vocabulary
    return f"Value of the {words.epic.many} that {words.start.many} ({figures.portfolio.value_unit})"


def _count(decisions: str, words: Iterable[str]) -> str:
    """How many decisions are one of these."""
    return "+".join(f'COUNTIF({decisions},"{word}")' for word in words)


def _broken(layout: Layout, enforce: str) -> str:
    status = layout.table("Guardrail status")
    return f'COUNTIFS({status.column("met")},"{BROKEN}",{status.column("enforce")},"{enforce}")'


def utilisation_area(layout: Layout, heading_row: int) -> Area:
    """Where utilisation by value stream and period stands."""
    periods = [f"period {number}" for number in range(1, len(layout.figures.periods) + 1)]
    return area(
        layout.name("Summary"),
        heading_row + 1,
        len(layout.figures.portfolio.value_streams),
        ["stream", "name", *periods],
    )


def _utilisation(page: Page, layout: Layout, row: int) -> int:
    figures = layout.figures
    page.text(row - 1, 0, "Utilisation of capacity", "bold")
    table = utilisation_area(layout, row)
    page.headings(row, ["Value stream", "Name", *figures.periods], spoken=layout.spoken)
    for number, stream in enumerate(figures.portfolio.value_streams):
        here = table.first + number
        page.text(here, 0, stream.id, "cell", "bold", "label")
        page.formula(
            here,
            1,
            f'={layout.table("Allocation").at("name", layout.allocation_row(number, 0))}&""',
            stream.name,
            "cell",
        )
        for period, label in enumerate(figures.periods):
            line = figures.stream_lines[(stream.id, label)]
            source = layout.table("Allocation").at("used", layout.allocation_row(number, period))
            page.formula(
                here, table.columns[f"period {period + 1}"], f"={source}", line.used, "cell", "centre", "used share"
            )
    grid = (table.first, 2, table.last, 1 + len(figures.periods))
    top = f"C{table.first + 1}"
    page.when(grid, f"={top}>1.000001", "bad")
    scale = {
        "type": "2_color_scale",
        "min_type": "num",
        "min_value": 0,
        "max_type": "num",
        "max_value": 1,
        "min_color": "#FFFFFF",
        "max_color": "#8FB4E3",
    }
    page.sheet.conditional_format(*grid, scale)
    page.widths(*[10.0] * len(figures.periods), first=2)
    return table.last


def _legend(page: Page, layout: Layout, row: int) -> None:
    page.text(row, 0, "Blue figures are yours to change.", "input")
    page.text(
        row + 1,
        0,
        f"Black figures are formulas: change a score, a capacity or {layout.start_column}, and they follow.",
    )
    page.text(
        row + 2,
        0,
        "The claim with its value, bound and gap, what rules cost, what stops, slips, is due or tight, and the reasons belong to "
        "the plan as it was computed.",
        "note",
    )


SHEET = ResultSheet("Summary", write_summary, wanted=lambda layout: layout.plans or layout.given is None)
"""In people's own workbooks a ranking comes without it."""
