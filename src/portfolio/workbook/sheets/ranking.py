"""The sheet `Ranking`: every epic with its scores, best first, by formulas that follow a changed score."""

from __future__ import annotations

from portfolio.domain import Epic
from portfolio.scoring import STACK_RANK, RankedEpic
from portfolio.scoring.ranking import HEADINGS
from portfolio.workbook.layout import Layout, ResultSheet
from portfolio.xlsx.write.area import given
from portfolio.xlsx.write.book import Book, Page
from portfolio.xlsx.write.styles import BLUE

SIZES = {"job_size": "Job size", "duration": "Duration weeks", "effort": "Effort", "cost": "Relative cost"}
_HEADINGS = {
    **HEADINGS,
    "benefit": HEADINGS["cost_of_delay_per_week"],
    "weeks": HEADINGS["duration_weeks"],
    "decision": "Decision",
    "start": "Planned start",
    "row": "Epics row",
}


_WITHIN = ["stream", "rank_in_stream"]
"""Columns where ranks are compared only within a value stream."""
_WIDTHS = {"rank": 7.0, "title": 44.0, "user_business_value": 15.0}
"""Wide enough for the longest word of each heading, which else takes a third line that nobody sees."""


def write_ranking(book: Book, layout: Layout) -> None:
    """Writes the ranking; ties go to the higher cost of delay, then to the order of the sheet `Epics`."""
    figures, area = layout.figures, layout.table("Ranking")
    page = book.page(layout.name("Ranking"))
    page.title(
        "Ranking",
        _rule(layout),
    )
    page.headings(area.first - 1, [_heading(layout, key) for key in area.columns])
    if _is_scored(layout):
        _weights(page, layout)
    for row, line in zip(area.rows, figures.ranking.epics, strict=True):
        _line(page, layout, row, line)
    page.widths(*(_WIDTHS.get(key, 12.0) for key in area.columns))
    page.sheet.autofilter(area.first - 1, 0, area.last, area.columns["row"] - 1)
    page.sheet.freeze_panes(area.first, area.columns["title"] + 1)
    page.helpers(area.columns["row"], area.columns["row"])
    if "decision" in area.columns:
        shown = (area.first, 0, area.last, area.columns["start"])
        page.when(
            shown,
            f'=OR({area.here("decision", area.first)}="wait",{area.here("decision", area.first)}="stop")',
            "waiting",
        )
    _bars(page, layout)
    for key in () if _is_scored(layout) else ("cost_of_delay", "size", "wsjf", "wsjf_rank", *_parts(layout)):
        if key in area.columns:
            page.fold(area.columns[key])


def _is_scored(layout: Layout) -> bool:
    """Whether anything has a score; where money or an order alone ranks, nothing is shown of scores."""
    return any(epic.cost_of_delay is not None or epic.wsjf is not None for epic in layout.figures.ranking.epics)


def _columns(layout: Layout) -> list[str]:
    scores = [*(_WITHIN if layout.figures.ranking.is_by_stream else ()), *_parts(layout)]
    money = ["benefit", "weeks", "cd3"] if _ranks_money(layout) else []
    other = ["wsjf_rank"] if layout.figures.ranking.method == "cd3" else ["cd3_rank"] * _ranks_money(layout)
    decided = ["decision", "start"] if layout.plans else []
    shape = layout.figures.portfolio.shape
    if shape is not None:
        size = ["size"] if shape.per is not None else []
        own = [*shape.worth, "cost_of_delay", *shape.times, *size, "score"]
        beside = ["cd3_rank"] if money and layout.figures.ranking.method != "cd3" else []
        return ["rank", "id", "title", *own, *money, *beside, *decided, "row"]
    return ["rank", "id", "title", *scores, "cost_of_delay", "size", "wsjf", *money, *other, *decided, "row"]


def _parts(layout: Layout) -> list[str]:
    """The fields that make up what an epic is worth: factors of a scoring shape, else the parts of cost of delay."""
    shape = layout.figures.portfolio.shape
    return [*shape.worth] if shape else [part.field for part in layout.figures.model.scoring.components]


def _ranks_money(layout: Layout) -> bool:
    """Whether the money ranking stands beside the relative one."""
    return any(epic.cost_of_delay_per_week is not None for epic in layout.figures.ranking.epics)


def _rule(layout: Layout) -> str:
    method, sheet = layout.figures.ranking.method, layout.name("Epics")
    if method == STACK_RANK:
        return f"By the order of the sheet {sheet}: one ordered list."
    shape = layout.figures.portfolio.shape
    if shape is not None and method == shape.name:
        return f"By {shape.title}: {shape.formula}. Ties: higher worth first, then the order of the sheet {sheet}."
    return f"By {method.upper()}. Ties: higher cost of delay first, then the order of the sheet {sheet}."


def _heading(layout: Layout, key: str) -> str:
    shape = layout.figures.portfolio.shape
    if shape is not None and key in ("size", "cost_of_delay", "score"):
        return layout.figures.ranking.headings["denominator" if key == "size" else key]
    if key in _WITHIN:
        words = layout.figures.model.vocabulary.value_stream
        return words.headed if key == "stream" else f"Rank in {words.one}"
    if key == "size":
        return SIZES[layout.figures.model.scoring.denominator]
    if key in _HEADINGS or key not in Epic.model_fields:
        return _HEADINGS.get(key, key)
    return str(Epic.model_fields[key].title)


def _weights(page: Page, layout: Layout) -> None:
    """The model's weights above the scores, which the formulas multiply with."""
    area = layout.table("Ranking")
    if layout.figures.portfolio.shape is not None:
        return
    page.text(area.first - 2, area.columns["title"], "Weight", "note", "right")
    for component in layout.figures.model.scoring.components:
        page.put(area.first - 2, area.columns[component.field], component.weight, "input")


def _line(page: Page, layout: Layout, row: int, line: RankedEpic) -> None:
    area, epics = layout.table("Ranking"), layout.inputs.epics
    found = area.here("row", row)
    epic = layout.figures.portfolio.epics[layout.figures.portfolio.epic_index[line.id]]

    def write(key: str, formula: str, value: str | float | None, *styles: str) -> None:
        page.formula(row, area.columns[key], f"={formula}", value, "cell", *styles)

    page.text(row, area.columns["id"], line.id, "cell", "label", "bold")
    write(
        "row",
        layout.row_in(epics, "id", area.here("id", row)),
        layout.figures.portfolio.epic_index[line.id] + 1,
        "helper",
    )
    write("title", f'INDEX({epics.column("title")},{found})&""', line.title)
    if "stream" in area.columns:
        mine, ranks = (
            f"({area.own(key)}{sign}{area.here(key, row)})" for key, sign in (("stream", "="), ("rank", "<="))
        )
        page.text(row, area.columns["stream"], line.value_stream or "", "cell", "label")
        write("rank_in_stream", f"SUMPRODUCT({mine}*{ranks})", line.rank_in_stream, "plain", "bold", "centre")
    fields = _parts(layout)
    for field in fields:
        write(field, given(f"INDEX({epics.column(field)},{found})"), epic.figure(field), "plain")
    parts = f"{area.here(fields[0], row)}:{area.here(fields[-1], row)}"
    shape = layout.figures.portfolio.shape
    if shape is not None:
        worth = f"PRODUCT({parts})"
    else:
        worth = f"SUMPRODUCT({parts},{area.span(fields[0], fields[-1], area.first - 2, area.first - 2)})"
    write("cost_of_delay", f'IF(COUNT({parts})={len(fields)},{worth},"")', line.cost_of_delay, "plain")
    for field in shape.times if shape else ():
        shown = given(f"INDEX({epics.column(field)},{found})")
        write(field, shown, getattr(epic, field), "share" if field == "confidence" else "plain")
    _scores(page, layout, row, line)
    _money(page, layout, row, line)
    _ranks(page, layout, row, line)
    if "decision" in area.columns:
        decided = layout.figures.epic_lines.get(line.id)
        write("decision", f"INDEX({epics.column('decision')},{found})", decided.decision if decided else "wait")
        write("start", f'INDEX({epics.column("planned_start")},{found})&""', decided.start if decided else "")


def _scores(page: Page, layout: Layout, row: int, line: RankedEpic) -> None:
    """What an epic takes, and its score: by the model's method, or by a scoring shape."""
    area, shape = layout.table("Ranking"), layout.figures.portfolio.shape
    epic = layout.figures.portfolio.epics[layout.figures.portfolio.epic_index[line.id]]

    def write(key: str, formula: str, value: str | float | None, *styles: str) -> None:
        page.formula(row, area.columns[key], f"={formula}", value, "cell", *styles)

    size = _size(layout, row, epic)
    if "size" in area.columns and size is None:
        page.put(row, area.columns["size"], line.denominator, "cell", "plain")
    elif size is not None and "size" in area.columns:
        write("size", size, line.denominator, "plain")
    if shape is None:
        write("wsjf", _ratio(area.here("cost_of_delay", row), area.here("size", row)), line.wsjf, "ratio")
        return
    factors = [_factor(area.here(field, row), field, times) for field, times in shape.times.items()]
    product = "*".join([area.here("cost_of_delay", row), *factors])
    known = [
        area.here("cost_of_delay", row),
        *(area.here(field, row) for field in shape.times if field != "confidence"),
    ]
    if shape.per is None:
        write("score", f'IF(COUNT({",".join(known)})={len(known)},{product},"")', line.score, "ratio")
        return
    takes = area.here("size", row)
    ratio = f'IF({takes}>0,{product}/{takes},"")'
    write("score", f'IF(COUNT({",".join([*known, takes])})={len(known) + 1},{ratio},"")', line.score, "ratio")


def _factor(cell: str, field: str, times: float) -> str:
    """A further factor of a score on the scale that people use; a blank confidence is 1."""
    factor = f'IF({cell}="",1,{cell})' if field == "confidence" else cell
    return factor if times == 1 else f"{factor}*{times:g}"


def _ratio(numerator: str, denominator: str) -> str:
    return f'IF(COUNT({numerator},{denominator})=2,IF({denominator}>0,{numerator}/{denominator},""),"")'


def _size(layout: Layout, row: int, epic: Epic) -> str | None:
    """What cost of delay is divided by; None where it does not follow from cells."""
    area, epics = layout.table("Ranking"), layout.inputs.epics
    found, denominator = area.here("row", row), layout.figures.model.scoring.denominator
    shape = layout.figures.portfolio.shape
    if shape is not None:
        denominator = "job_size" if shape.per == "job_size" else "cost"
    if denominator == "job_size":
        return given(f"INDEX({epics.column('job_size')},{found})")
    if denominator == "duration":
        return f"MAX(1,INDEX({epics.column('min_periods')},{found}))*{layout.inputs.setting('calendar.period_weeks')}"
    if denominator != "effort" or not epic.effort:
        return None
    if not layout.plans:
        listed = layout.inputs.effort
        mine = f"({listed.column('epic')}={area.here('id', row)})*{listed.column('effort')}"
        return f"N(INDEX({epics.column('effort')},{found}))+SUMPRODUCT({mine})"
    rows = layout.work_rows.get(epic.id)
    return f"SUM({layout.table('Work').part('effort', rows[0], rows[-1])})" if rows else None


def _money(page: Page, layout: Layout, row: int, line: RankedEpic) -> None:
    area, epics = layout.table("Ranking"), layout.inputs.epics
    if not _ranks_money(layout):
        return
    earned = f"INDEX({epics.column('benefit_per_week')},{area.here('row', row)})"
    points, worth = area.here("cost_of_delay", row), layout.inputs.setting("point_value")
    confidence = f"INDEX({epics.column('confidence')},{area.here('row', row)})"
    expected = f'IF({confidence}="",1,{confidence})'
    benefit = f'IF({earned}<>"",{earned}*{expected},IF(COUNT({points},{worth})=2,{points}*{worth}*{expected},""))'
    shortest = f"MAX(1,INDEX({epics.column('min_periods')},{area.here('row', row)}))"
    weeks = f'IF({area.here("benefit", row)}="","",{shortest}*{layout.inputs.setting("calendar.period_weeks")})'
    ratio = _ratio(area.here("benefit", row), area.here("weeks", row))
    page.formula(row, area.columns["benefit"], f"={benefit}", line.cost_of_delay_per_week, "cell", "figure")
    page.formula(row, area.columns["weeks"], f"={weeks}", line.duration_weeks, "cell", "plain")
    page.formula(row, area.columns["cd3"], f"={ratio}", line.cd3, "cell", "ratio")


def _ranks(page: Page, layout: Layout, row: int, line: RankedEpic) -> None:
    area, method = layout.table("Ranking"), layout.figures.ranking.method
    by_method = {"wsjf": ("wsjf", "cost_of_delay", line.wsjf_rank), "cd3": ("cd3", "benefit", line.cd3_rank)}
    if layout.figures.ranking.shape is not None:
        by_method[method] = ("score", "cost_of_delay", line.rank)
    if method == STACK_RANK:
        looks = ("cell", "plain", "bold", "centre")
        page.formula(row, area.columns["rank"], f"={area.here('row', row)}", line.rank, *looks)
    for key, name in (("rank", method), ("wsjf_rank", "wsjf"), ("cd3_rank", "cd3")):
        score, delay, value = by_method.get(name, ("", "", None))
        if key in area.columns and score in area.columns:
            page.formula(
                row, area.columns[key], f"={_rank(layout, row, score, delay)}", value, "cell", "plain", "bold", "centre"
            )


def _rank(layout: Layout, row: int, score: str, delay: str) -> str:
    """Place by score; among equals one place down for each with a higher cost of delay or an earlier row."""
    area = layout.table("Ranking")
    own, cost, order = (area.here(key, row) for key in (score, delay, "row"))
    scores, costs, orders = area.own(score), area.own(delay), area.own("row")
    ties = f"SUMPRODUCT(({scores}={own})*(({costs}>{cost})+({costs}={cost})*({orders}<{order})))"
    return f'IF({own}="","",RANK({own},{scores})+{ties})'


def _bars(page: Page, layout: Layout) -> None:
    area = layout.table("Ranking")
    key = "score" if layout.figures.ranking.shape is not None else layout.figures.ranking.method
    if key in area.columns:
        bar = {
            "type": "data_bar",
            "bar_color": "#B9C7E4",
            "bar_solid": True,
            "bar_border_color": BLUE,
            "bar_no_border": True,
        }
        page.sheet.conditional_format(area.first, area.columns[key], area.last, area.columns[key], bar)


SHEET = ResultSheet(
    "Ranking",
    write_ranking,
    wanted=lambda _: True,
    table=lambda layout: (len(layout.figures.ranking.epics), _columns(layout)),
)
