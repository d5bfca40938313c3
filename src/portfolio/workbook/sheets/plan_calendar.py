"""The roadmap in the calendar: first days of periods, days on which epics begin and end, and what each epic waits for."""

from __future__ import annotations

from portfolio.domain import Epic
from portfolio.workbook.layout import Layout
from portfolio.xlsx.date_serials import serial
from portfolio.xlsx.write.book import LONGEST_TEXT, ROW_HEIGHT, Page
from portfolio.xlsx.write.styles import GREY

_CALENDAR_ROW = 1
"""Where the first days of the periods stand, above their numbers."""
_MOST_LINES = 100
"""More lines would hide the bars."""
_PERIOD_WIDTH = 68
"""Pixels of the column of a period, as it is set on Plan."""
_MIDDLE, _THICK = 9, 2


def write_calendar(page: Page, layout: Layout) -> None:
    """The first day of each period, above its number; nothing where the plan has no start."""
    area, calendar = layout.table("Plan"), layout.figures.portfolio.calendar
    if calendar.start is None:
        return
    for number in range(len(layout.figures.periods)):
        day = calendar.first_day(number)
        formula = f"={_day(layout, str(number))}"
        page.formula(
            _CALENDAR_ROW,
            area.columns[f"period {number + 1}"],
            formula,
            0.0 if day is None else serial(day, layout.counts_from_1904),
            "helper",
            "centre",
            "day",
        )


def write_days(page: Page, layout: Layout, row: int, epic: Epic) -> None:
    """On which days an epic begins and ends."""
    area, calendar, booking = layout.table("Plan"), layout.figures.portfolio.calendar, layout.figures.booking(epic)
    if calendar.start is None:
        return
    begin = None if booking is None else calendar.first_day(booking.start)
    after = None if booking is None else calendar.first_day(booking.finish + 1)
    first, last = area.here("first", row), area.here("last", row)
    for key, formula, day, less in (
        ("begins", _day(layout, f"({first}-1)"), begin, 0),
        ("ends", f"{_day(layout, last)}-1", after, 1),
    ):
        value = "" if day is None else serial(day, layout.counts_from_1904) - less
        page.formula(row, area.columns[key], f'=IF({first}>0,{formula},"")', value, "cell", "centre", "day")


def _day(layout: Layout, periods: str) -> str:
    """The day on which so many periods are over."""
    start, weeks = layout.inputs.setting("calendar.start"), layout.inputs.setting("calendar.period_weeks")
    return f"INT({start}+{periods}*{weeks}*7)"


def write_predecessors(page: Page, layout: Layout, row: int, epic: Epic) -> None:
    """Each epic that this one waits for or needs, with when that is done; live, so that a broken order is seen."""
    area, figures = layout.table("Plan"), layout.figures
    if "after" not in area.columns:
        return
    places = layout.places_before.get(epic.id, [])
    parts, words, late = [], [], []
    own, status = area.here("id", row), layout.table("Guardrail status")
    for place in places:
        ends = layout.links_of(dict(zip(("predecessor", "successor"), place, strict=True)))
        assert ends is not None
        before, after = ends
        done, line = layout.of_linked("finish", before, '""'), figures.epic_lines.get(place[0])
        parts.append(f'IF({after}={own},", "&{before}&" ("&IF({done}="","waits",{done})&")","")')
        words.append(f"{place[0]} ({line.finish if line and line.finish else 'waits'})")
        late.append(f"AND({after}={own},{status.at('amount', layout.breaches[place])}>0)")
    column = area.columns["after"]
    if not parts:
        page.put(row, column, None, "cell")
        page.put(row, area.columns["early"], 0.0, "cell", "helper")
        return
    page.formula(row, column, f"=MID({'&'.join(parts)},3,{LONGEST_TEXT})", ", ".join(words), "cell", "left")
    statuses = (figures.guardrails[layout.breaches[place] - status.first] for place in places)
    broken = any(not status.met for status in statuses)
    page.formula(row, area.columns["early"], f"=IF(OR({','.join(late)}),1,0)", float(broken), "cell", "helper")


def draw_dependencies(page: Page, layout: Layout) -> None:
    """Draws a line from the end of each predecessor's bar to the epic that begins after it; as the plan was computed.

    Lines are plain boxes, since nothing else can be drawn over cells that every program shows.
    """
    area, figures = layout.table("Plan"), layout.figures
    for link in figures.portfolio.dependencies[:_MOST_LINES]:
        before, after = (figures.plan.bookings.get(name) for name in (link.predecessor, link.successor))
        if before is None or after is None or link.type != "finish to start" or after.start <= before.finish:
            continue
        top, row = (area.first + layout.plan_place[name] - 1 for name in (link.predecessor, link.successor))
        column, start = area.columns[f"period {before.finish + 2}"], area.columns[f"period {after.start + 1}"]
        label = f"{link.successor} begins after {link.predecessor}"
        _box(page, min(top, row), column, (0, _MIDDLE), (_THICK, abs(row - top) * ROW_HEIGHT), label)
        _box(page, row, column, (0, _MIDDLE), ((start - column) * _PERIOD_WIDTH + _THICK, _THICK), label)
        _box(page, row, start, (0, _MIDDLE - 2), (6, 6), label)


def _box(page: Page, row: int, column: int, offset: tuple[int, int], size: tuple[int, int], label: str) -> None:
    options = {
        "x_offset": offset[0],
        "y_offset": offset[1],
        "width": size[0],
        "height": size[1],
        "fill": {"color": GREY},
        "line": {"none": True},
        "object_position": 1,
        "description": label,
    }
    page.sheet.insert_textbox(row, column, "", options)
