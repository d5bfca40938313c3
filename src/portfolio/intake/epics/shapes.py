"""Tables that are scored in another way than by WSJF: recognised by their columns, read, and said."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.domain.json_form import Raw
from portfolio.domain.scoring_shapes import BY_NAME, SHAPES, ScoringShape
from portfolio.intake.columns import EPICS
from portfolio.intake.draft import Draft
from portfolio.intake.headings.beside import COLUMNS
from portfolio.intake.headings.units import Unit
from portfolio.intake.languages import vocabulary
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import is_blank
from portfolio.intake.values.number_text import number_text

OWN_FIELDS = frozenset(field for shape in SHAPES for field in shape.known_by)
"""Fields that only a scoring shape reads; a heading like Impact may mean something else."""
OTHER_SCORES = ("user_business_value", "time_criticality", "rr_oe", "benefit_per_week", "value_curve")
OF_TEN = Unit("of 10", name="of ten")
"""A confidence of 7 among figures from 1 to 10."""
MOST_SHARE = 1.5
"""Figures above this are no shares of a cost, but the cost."""


def prepare_shape(draft: Draft, table: Table, rows: Sequence[int]) -> None:
    """Decides whether the columns of a scoring shape are there; what belongs to none of them is not read.

    A column of the sheet Epics under our own heading is read alone, too: somebody has begun to fill it in.
    """
    asked = BY_NAME.get(str(draft.raw.get("ranked_by", "")).strip().casefold())
    found = [shape for shape in SHAPES if shape is asked or _has(table, rows, shape)]
    kept = {field for shape in found for field in shape.known_by}
    for field in sorted(OWN_FIELDS - kept - _begun(table, rows)):
        table.columns.pop(EPICS.column(field), None)
    if not found:
        return
    if any("ease" in shape.known_by for shape in found):
        _take_confidence_of_ten(table, rows)
    if any(shape.per == "cost" for shape in found):
        _take_capex_as_cost(table, rows)
    if draft.raw.get("ranked_by") is None:
        _turn_on(draft, table, found[0])


def _begun(table: Table, rows: Sequence[int]) -> set[str]:
    """The fields of scoring shapes that stand on the sheet Epics under our own headings, with nothing but figures in them."""
    if table.grid.name != EPICS.name:
        return set()
    places = {field: table.column_of(field) for field in OWN_FIELDS}
    return {
        field
        for field, place in places.items()
        if place is not None
        and table.headings[place] == EPICS.column(field).heading
        and _holds_only_figures(table, rows, place)
    }


def _has(table: Table, rows: Sequence[int], shape: ScoringShape) -> bool:
    places = [table.column_of(field) for field in shape.known_by]
    return all(place is not None and _holds_figures(table, rows, place) for place in places)


def _holds_only_figures(table: Table, rows: Sequence[int], place: int) -> bool:
    cells = [cell for row in rows if not is_blank(cell := table.grid.rows[row][place])]
    return bool(cells) and all(isinstance(cell, int | float) or number_text(str(cell)) is not None for cell in cells)


def _holds_figures(table: Table, rows: Sequence[int], place: int) -> bool:
    cells = [cell for row in rows if not is_blank(cell := table.grid.rows[row][place])]
    return any(
        isinstance(cell, int | float)
        or number_text(str(cell)) is not None
        or vocabulary().meaning("sizes", str(cell)) is not None
        for cell in cells
    )


def _take_confidence_of_ten(table: Table, rows: Sequence[int]) -> None:
    """Beside Impact and Ease, which run from 1 to 10, a confidence of 7 is 7 of 10."""
    place = table.column_of("confidence")
    if place is None or place in table.units:
        return
    figures = [cell for row in rows if isinstance(cell := table.grid.rows[row][place], int | float)]
    texts = [number_text(str(cell)) for row in rows if isinstance(cell := table.grid.rows[row][place], str) and cell]
    read = [
        figure for text in texts if text is not None and text.unit is None and (figure := text.value(".")) is not None
    ]
    figures += read
    if figures and len(read) == len(texts) and max(figures) <= 10 and max(figures) > 1:
        table.units[place] = OF_TEN


def _take_capex_as_cost(table: Table, rows: Sequence[int]) -> None:
    """Beside a net present value, CapEx is an amount and no share where its figures are none."""
    place = table.column_of("capex_share")
    if place is None or "cost" in table.beside or table.column_of("external_cost") is not None:
        return
    figures = [number_text(str(table.grid.rows[row][place])) for row in rows]
    if any(figure is not None and (figure.value(".") or 0) > MOST_SHARE for figure in figures):
        del table.columns[EPICS.column("capex_share")]
        table.beside["cost"] = [place]


def _turn_on(draft: Draft, table: Table, shape: ScoringShape) -> None:
    """Ranks by the shape where nothing else could, and says so; else says how it is turned on."""
    headings = [str(table.headings[place]) for field in shape.parts if (place := _place(table, field)) is not None]
    named = f"{', '.join(headings[:-1])} and {headings[-1]} are" if len(headings) > 1 else f"{headings[0]} is"
    other = any(table.column_of(field) is not None for field in OTHER_SCORES) or "cost_of_delay" in table.beside
    place = table.columns[EPICS.column(shape.known_by[0])]
    if not other:
        draft.raw["ranked_by"] = shape.name
        rule = f"Nothing else ranks them, so the epics are ranked by {shape.title}: {shape.formula}."
        fix = f"If that is meant, set Ranked by to {shape.name} on the sheet Portfolio; if not, to sheet, or enter WSJF scores."
    else:
        rule = "The epics have other scores too, and are ranked by those."
        fix = f"To rank by {shape.formula}, set Ranked by to {shape.name} on the sheet Portfolio."
    draft.note_at(
        (table.grid.name, table.sheet_row(table.header), table.sheet_column(place)),
        f"{named} {'a one-off value' if shape.once else f'figures of {shape.title}'}.",
        rule,
        fix,
        "warning",
    )


def _place(table: Table, field: str) -> int | None:
    """The column that a part of a score is read from: effort may be the size."""
    place = table.column_of(field)
    return table.column_of("effort") if place is None and field == "job_size" else place


def take_cost(draft: Draft, table: Table, rows: Sequence[int], epics: list[Raw]) -> None:
    """Beside a net present value, the cost is what an epic takes: money beyond the people, or all of one budget."""
    if EPICS.column("net_present_value") not in table.columns:
        return
    places = table.beside.get("cost", [])
    place = table.column_of("external_cost")
    if place is None and places:
        place = places[0]
        draft.columns_beside.add(place)
        draft.places.records["epics"].columns["external_cost"] = table.sheet_column(place)
        for epic, cost in zip(epics, draft.read_beside(table, rows, COLUMNS["cost"], place), strict=True):
            if cost is not None:
                epic["external_cost"] = cost
        draft.used("external_cost", f"{table.headings[place]}, beside the net present value")
    if place is not None and is_one_budget(table):
        _ask_one_budget(draft, table, rows, epics, place)


def is_one_budget(table: Table) -> bool:
    """Whether a table of net present values says what epics cost and nothing about effort: money is what is scarce."""
    costs = table.column_of("external_cost") is not None or "cost" in table.beside
    worth = table.column_of("net_present_value") is not None
    return costs and worth and table.column_of("effort") is None and "story_points" not in table.beside


def _ask_one_budget(draft: Draft, table: Table, rows: Sequence[int], epics: list[Raw], place: int) -> None:
    """The cost is asked of the only value stream there is, whose units are money."""
    streams = draft.raw.get("value_streams", [])
    if len(streams) != 1 or "id" not in streams[0]:
        return
    own = str(streams[0]["id"])
    streams[0].setdefault("cost_per_unit", 1)
    columns = draft.places.records["epics"].columns
    columns["effort"] = columns.pop("external_cost", table.sheet_column(place))
    for index, (epic, row) in enumerate(zip(epics, rows, strict=True)):
        if "external_cost" in epic:
            epic["effort"] = {own: epic.pop("external_cost")}
            draft.places.cells["epics", index, "effort", own] = draft.cell_at(table, row, place)
    draft.used("effort", f"{table.headings[place]}, in money of {own}")
