"""The sheet `Guardrail status`: how much of each guardrail is used, and whether it is met."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping

from portfolio.domain import Portfolio
from portfolio.domain.tolerance import TOLERANCE
from portfolio.guardrails import Guardrail, GuardrailStatus, Place, limits_of, rules_of
from portfolio.guardrails.dates import every_date
from portfolio.guardrails.grouping import Groups
from portfolio.guardrails.live import LiveFigure, LiveStatus, every_other, measured_only
from portfolio.results.guardrails import DATES, HEADINGS, OF_ALL
from portfolio.workbook.layout import Layout, ResultSheet
from portfolio.workbook.sheets.as_planned import say_changes
from portfolio.workbook.sheets.guardrail_cells import GuardrailCells
from portfolio.xlsx.write.book import Book, Page

_HEADINGS = {
    "name": HEADINGS["name"],
    "stream": "Value stream",
    "period": "Period",
    "group": HEADINGS["place"],
    **{key: HEADINGS[key] for key in ("used", "at_least", "at_most")},
    "left": "Left",
    **{key: HEADINGS[key] for key in ("met", "binding", "unit", "enforce")},
    "amount": "Amount",
    "of": "Of",
    "from": "From",
    "to": "To",
    "tolerance": "Tolerance",
}
_NUMBERS = {"money": "figure", "epics": "whole", "effort": "limit"}
MET, BROKEN = "met", "BROKEN"
_Key = tuple[str, tuple[tuple[str, str], ...]]


def write_status(book: Book, layout: Layout) -> None:
    """Writes a row for each guardrail and place; used amounts, limits and the verdict are formulas."""
    area, lines = layout.table("Guardrail status"), layout.figures.guardrails
    page = book.page(layout.name("Guardrail status"))
    page.title(
        "Guardrail status",
        f"Every limit and rule against the plan as it stands on {layout.name('Plan')}. Shares are shown as shares.",
    )
    page.headings(area.first - 1, list(_HEADINGS.values()), spoken=layout.spoken)
    say_changes(page, layout)
    for row, (line, cells) in enumerate(zip(lines, _live(layout), strict=True), start=area.first):
        _place(page, layout, row, line)
        _figures(page, layout, row, line, cells)
        _verdict(page, layout, row, line, cells)
    _looks(page, layout)


def _live(layout: Layout) -> Iterator[LiveStatus]:
    """Each line's figures, by the guardrail that the line belongs to."""
    figures, waiting = layout.figures, _guardrails(layout.figures.portfolio)
    for row, line in enumerate(figures.guardrails, start=layout.table("Guardrail status").first):
        cells, queue = GuardrailCells(layout, row), waiting.get(_key(line.name, line.place))
        if queue:
            guardrail = queue.popleft() if len(queue) > 1 else queue[0]
            yield guardrail.live(cells, line, figures.plan)
        else:
            yield _of_all(cells, line)


def _of_all(cells: GuardrailCells, line: GuardrailStatus) -> LiveStatus:
    """A line about all epics together."""
    if line.name == DATES:
        return every_date(cells, line)
    return every_other(cells, line, OF_ALL[line.name]) if line.name in OF_ALL else measured_only(line)


def _guardrails(portfolio: Portfolio) -> Mapping[_Key, deque[Guardrail]]:
    """For each name and place, the guardrails that have a line there, in order: two may have the same name."""
    waiting: dict[_Key, deque[Guardrail]] = defaultdict(deque)
    for limit in limits_of(portfolio):
        for place in Groups(portfolio, limit.per).places():
            waiting[_key(limit.name, place)].append(limit)
    for rule in rules_of(portfolio):
        if not rule.fixed:
            waiting[_key(rule.name, rule.place)].append(rule)
    return waiting


def _key(name: str, place: Place) -> _Key:
    return name, tuple(sorted(place.items()))


def _place(page: Page, layout: Layout, row: int, line: GuardrailStatus) -> None:
    area, place = layout.table("Guardrail status"), line.place
    others = {name: word for name, word in place.items() if name not in {"value stream", "period", "budget period"}}
    where = (
        f"{others['successor']} after {others['predecessor']}" if "successor" in others else ", ".join(others.values())
    )
    words = {
        "name": line.name,
        "stream": place.get("value stream", ""),
        "period": place.get("period", place.get("budget period", "")),
        "group": where,
        "unit": line.unit,
        "enforce": line.enforce,
    }
    ends = layout.links_of(others)
    for key, word in words.items():
        if key == "group" and ends:
            formula = f'={ends[1]}&" after "&{ends[0]}'
            page.formula(row, area.columns[key], formula, word, "cell")
        else:
            page.text(row, area.columns[key], word, "cell", *(("label",) if key in {"stream", "period"} else ()))


def _figures(page: Page, layout: Layout, row: int, line: GuardrailStatus, cells: LiveStatus) -> None:
    area = layout.table("Guardrail status")
    number = ("any share",) if line.unit not in _NUMBERS else (_NUMBERS[line.unit],)

    def write(key: str, cell: LiveFigure, *styles: str) -> None:
        if cell.formula is None:
            page.put(row, area.columns[key], cell.value, "cell", *styles)
        else:
            page.formula(row, area.columns[key], f"={cell.formula}", cell.value, "cell", *styles)

    amount, of, at_least, at_most = (area.here(key, row) for key in ("amount", "of", "at_least", "at_most"))
    value = line.used if cells.amount.value is None else cells.amount.value
    write("amount", LiveFigure(value, cells.amount.formula), "helper", "limit")
    write("of", cells.of, "helper", "limit")
    write("at_least", cells.at_least, *number)
    write("at_most", cells.at_most, *number)
    base, share = cells.of.value, f"IF({of}>0,{amount}/{of},{amount})" if cells.of.formula else amount
    used = value / base if cells.of.formula and base else value
    write("used", LiveFigure(used, share), *number)
    for key, limit, cell in (("from", at_least, cells.at_least), ("to", at_most, cells.at_most)):
        if cell.value is not None:
            value_of_limit = cell.value * (base or 0.0) if cells.of.formula else cell.value
            amount_of_limit = f"{limit}*{of}" if cells.of.formula else limit
            write(key, LiveFigure(value_of_limit, f'IF({limit}="","",{amount_of_limit})'), "helper", "limit")
        else:
            write(key, LiveFigure(None))
    highest = 0.0 if cells.at_most.value is None else cells.at_most.value * ((base or 0.0) if cells.of.formula else 1.0)
    tolerance = TOLERANCE * max(1.0, abs(value), abs(highest))
    write("tolerance", LiveFigure(tolerance, f"{TOLERANCE:.6f}*MAX(1,{amount},{area.here('to', row)})"), "helper")
    above = cells.at_most.value is not None
    if above or cells.at_least.value is not None:
        limit_value = (cells.at_most.value if above else cells.at_least.value) or 0.0
        left = limit_value - used if above else used - limit_value
        own = area.here("used", row)
        room = f"{at_most}-{own}" if above else f"{own}-{at_least}"
        write("left", LiveFigure(left, f'IF({at_most if above else at_least}="","",{room})'), *number)
    else:
        write("left", LiveFigure(None))


def _verdict(page: Page, layout: Layout, row: int, line: GuardrailStatus, cells: LiveStatus) -> None:
    """Met or broken, and whether the plan would gain from more room; the engine's word where nothing is live."""
    area = layout.table("Guardrail status")
    amount, lower, upper, tolerance = (area.here(key, row) for key in ("amount", "from", "to", "tolerance"))
    # A limit whose cell was cleared since limits nothing.
    sides = [f'IF({upper}="",FALSE,{amount}>{upper}+{tolerance})'] * (cells.at_most.value is not None)
    sides += [f'IF({lower}="",FALSE,{amount}<{lower}-{tolerance})'] * (cells.at_least.value is not None)
    met, binds = MET if line.met else BROKEN, "yes" if line.binding else ""
    if not cells.is_live or not sides:
        page.text(row, area.columns["met"], met, "cell", "centre")
        page.text(row, area.columns["binding"], binds, "cell", "centre")
        return
    test = sides[0] if len(sides) == 1 else f"OR({','.join(sides)})"
    page.formula(row, area.columns["met"], f'=IF({test},"{BROKEN}","{MET}")', met, "cell", "centre")
    if cells.binding == "":
        page.text(row, area.columns["binding"], binds, "cell", "centre")
        return
    slacks = [f'IF({upper}="",1,{upper}-{amount})'] * (cells.at_most.value is not None)
    slacks += [f'IF({lower}="",1,{amount}-{lower})'] * (cells.at_least.value is not None)
    slack = slacks[0] if len(slacks) == 1 else f"MIN({','.join(slacks)})"
    wanted = f"OR({amount}>0,{lower}>0)" if cells.at_least.value is not None else f"{amount}>0"
    formula = cells.binding or f'IF(AND({slack}<={tolerance},{wanted}),"yes","")'
    page.formula(row, area.columns["binding"], f"={formula}", binds, "cell", "centre")


def _looks(page: Page, layout: Layout) -> None:
    area = layout.table("Guardrail status")
    met = (area.first, area.columns["met"], area.last, area.columns["met"])
    soft = f'AND({area.here("met", area.first)}="{BROKEN}",{area.here("enforce", area.first)}="soft")'
    page.when(met, f"={soft}", "tight")
    page.when(met, f'={area.here("met", area.first)}="{BROKEN}"', "bad")
    page.when(
        (area.first, 0, area.last, area.columns["left"]),
        f'={area.here("met", area.first)}="{BROKEN}"',
        {"font_color": "#A31515"},
    )
    page.when(met, f'=AND({area.here("met", area.first)}="{MET}",{area.here("binding", area.first)}="yes")', "tight")
    page.when(met, f'={area.here("met", area.first)}="{MET}"', "good")
    page.separate(area, "name", "enforce")
    page.widths(26, 14, 11, 24, 12, 12, 12, 12, 11, 10, 18, 10)
    page.sheet.autofilter(area.first - 1, 0, area.last, area.columns["enforce"])
    page.sheet.freeze_panes(area.first, 1)
    page.helpers(area.columns["amount"], area.columns["tolerance"], 12)


SHEET = ResultSheet(
    "Guardrail status", write_status, table=lambda layout: (len(layout.figures.guardrails), [*_HEADINGS])
)
