"""Scores in other shapes: one cost of delay, the halves of RR/OE, effort as the size, urgency as a score."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.domain.json_form import Raw
from portfolio.domain.scoring_shapes import BY_NAME
from portfolio.intake.columns import EPICS
from portfolio.intake.draft import Draft
from portfolio.intake.headings.assign import HALVES
from portfolio.intake.headings.beside import COLUMNS
from portfolio.intake.languages import fold, vocabulary
from portfolio.intake.tables.table import Table

PARTS = ("user_business_value", "time_criticality", "rr_oe")


def read_scores(draft: Draft, table: Table, rows: Sequence[int], epics: list[Raw]) -> None:
    """Fills in the parts of WSJF that the table has in another shape."""
    _add_halves(draft, table, rows, epics)
    _take_urgency(draft, table, rows, epics)
    _take_cost_of_delay(draft, table, rows, epics)


def _figures(draft: Draft, table: Table, rows: Sequence[int], name: str) -> list[object] | None:
    """The figures of a column beside the fields, None where there is no such column."""
    places = table.beside.get(name)
    draft.columns_beside.update(places[:1] if places else ())
    return draft.read_beside(table, rows, COLUMNS[name], places[0]) if places else None


def _add_halves(draft: Draft, table: Table, rows: Sequence[int], epics: list[Raw]) -> None:
    """RR/OE is the sum of risk reduction and opportunity enablement, where both have a column."""
    halves = [figures for name in HALVES if (figures := _figures(draft, table, rows, name)) is not None]
    if len(halves) < len(HALVES):
        return
    place = table.beside[HALVES[0]][0]
    draft.places.records["epics"].columns.setdefault("rr_oe", table.sheet_column(place))
    for epic, parts in zip(epics, zip(*halves, strict=True), strict=True):
        given = [part for part in parts if isinstance(part, int | float)]
        if given and "rr_oe" not in epic:
            epic["rr_oe"] = sum(given) if len(given) == len(parts) else given[0]
    draft.used("rr_oe", f"the sum of {table.headings[place]} and {table.headings[table.beside[HALVES[1]][0]]}")


def _take_urgency(draft: Draft, table: Table, rows: Sequence[int], epics: list[Raw]) -> None:
    """Figures under Urgency are time criticality, where no other column has it, and so are words such as High and Low."""
    column = EPICS.column("urgency")
    given = [epic["urgency"] for epic in epics if "urgency" in epic]
    if column not in table.columns or not given or not (all(map(_is_figure, given)) or _are_sizes(given)):
        return
    index = table.columns[column]
    if EPICS.column("time_criticality") in table.columns:
        draft.note_at(
            (table.grid.name, table.sheet_row(table.header), table.sheet_column(index)),
            f"{table.headings[index]} holds scores, and was not read.",
            "Urgency is a word here: standard, peak lost, short life, deadline or curve.",
            "If they are scores, call the column Time criticality; if not, write one of these words.",
            "warning",
        )
        for epic in epics:
            epic.pop("urgency", None)
        return
    columns = draft.places.records["epics"].columns
    columns["time_criticality"] = columns.pop("urgency", table.sheet_column(index))
    scores = draft.read_beside(table, rows, EPICS.column("time_criticality"), index)
    for epic, score in zip(epics, scores, strict=True):
        epic.pop("urgency", None)
        if score is not None:
            epic["time_criticality"] = score
    draft.used("time_criticality", f"scores under {table.headings[index]}")


def _are_sizes(given: Sequence[object]) -> bool:
    """Whether words are steps of a scale, such as High and Low, and none says how value is lost."""
    words = {str(word) for word in given if not _is_figure(word)}
    known = {fold(choice) for choice in EPICS.column("urgency").choices}
    return any(vocabulary().meaning("sizes", word) is not None for word in words) and not any(
        fold(word) in known for word in words
    )


def _take_cost_of_delay(draft: Draft, table: Table, rows: Sequence[int], epics: list[Raw]) -> None:
    """One cost of delay counts as a whole, where its parts have no columns."""
    if any(EPICS.column(part) in table.columns for part in PARTS) or any(
        part in epic for epic in epics for part in PARTS
    ):
        return
    figures = _figures(draft, table, rows, "cost_of_delay")
    if figures is None:
        return
    place = table.beside["cost_of_delay"][0]
    draft.places.records["epics"].columns.setdefault(PARTS[0], table.sheet_column(place))
    for epic, figure in zip(epics, figures, strict=True):
        if figure is not None:
            epic |= {PARTS[0]: figure, **dict.fromkeys(PARTS[1:], 0)}
    draft.used(PARTS[0], f"{table.headings[place]} as a whole; its other parts count 0")


def take_size(
    draft: Draft, table: Table, rows: Sequence[int], epics: list[Raw], efforts: Sequence[object] | None
) -> bool:
    """Effort or story points are the size of epics that have no job size and are asked of no value stream."""
    shape = BY_NAME.get(str(draft.raw.get("ranked_by", "")).strip().casefold())
    sized = shape is not None and shape.per == "job_size"
    if EPICS.column("job_size") in table.columns or not (
        sized or any(part in epic for epic in epics for part in PARTS)
    ):
        return False
    name = "effort"
    place = table.columns.get(EPICS.column("effort"))
    if efforts is None or place is None:
        name, places = "story_points", table.beside.get("story_points")
        if not places:
            return False
        place, efforts = places[0], _figures(draft, table, rows, name)
    draft.places.records["epics"].columns["job_size"] = table.sheet_column(place)
    for epic, size in zip(epics, efforts or (), strict=True):
        if size is not None:
            epic["job_size"] = size
    draft.used("job_size", f"{table.headings[place]}, since no column is the job size")
    return name == "effort"


def _is_figure(value: object) -> bool:
    return isinstance(_number(value), int | float)


def _number(value: object) -> object:
    if isinstance(value, str):
        try:
            number = float(value.replace(",", "."))
        except ValueError:
            return value
        return int(number) if number.is_integer() else number
    return value
