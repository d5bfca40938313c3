"""The result columns on `Epics`: score, rank and decision beside what they follow from."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.domain import Epic
from portfolio.intake import columns
from portfolio.operating_model import OperatingModel
from portfolio.workbook.inputs.drop_down_lists import Lists
from portfolio.workbook.inputs.input_areas import PLANNED, RANKED, InputAreas
from portfolio.workbook.inputs.input_values import epic_entry
from portfolio.workbook.layout import Layout
from portfolio.xlsx.write.book import Page


def write_epic_results(page: Page, layout: Layout, lists: Lists) -> None:
    """Writes the columns; `Planned start` is a decision to change by hand, everything else follows from cells."""
    area, figures = layout.inputs.epics, layout.figures
    write_result_headings(page, layout.inputs, lists)
    _fold_unused(page, layout)
    for row, epic in zip(area.rows, figures.portfolio.epics, strict=True):
        _ranked(page, layout, row, epic)
        if "decision" in area.columns:
            _planned(page, layout, row, epic)
    if "decision" in area.columns:
        decision = (area.first, area.columns["decision"], area.last, area.columns["decision"])
        page.when(decision, f'={area.here("decision", area.first)}="start"', "good")


def write_result_headings(page: Page, areas: InputAreas, lists: Lists) -> None:
    """Writes the columns' headings, with a list of the periods for `Planned start`; the rows are filled by a plan."""
    area, headings = areas.epics, dict(zip((*RANKED, *PLANNED), columns.RESULT_COLUMNS, strict=True))
    for key in areas.results:
        page.text(area.first - 1, area.columns[key], headings[key], "heading", "result heading")
        page.sheet.set_column(area.columns[key], area.columns[key], 14)
    if "planned_start" in areas.results:
        lists.drop(page, area, "planned_start", areas.periods, strict=True)


def write_room_for_results(page: Page, areas: InputAreas, lists: Lists) -> None:
    """Writes the columns without results, for a plan to fill."""
    write_result_headings(page, areas, lists)
    looks = {"wsjf": ("ratio",), "planned_start": ("input", "label")}
    for row in areas.epics.rows:
        for key in areas.results:
            page.put(row, areas.epics.columns[key], None, *looks.get(key, ()))


def _ranked(page: Page, layout: Layout, row: int, epic: Epic) -> None:
    area, ranking = layout.inputs.epics, layout.table("Ranking")
    line = layout.figures.ranking.by_id[epic.id]
    place = layout.find(ranking.column("id"), area.here("id", row))
    page.formula(row, area.columns["wsjf"], f"={_wsjf(layout, row, place)}", line.wsjf, "ratio")
    page.formula(row, area.columns["rank"], f"=INDEX({ranking.column('rank')},{place})", line.rank)


def _wsjf(layout: Layout, row: int, place: str) -> str:
    """The scores of the same row where the model just adds them up, else the figure on `Ranking`."""
    if layout.figures.portfolio.shape is not None:
        return '""'
    fields = summed_fields(layout.figures.model)
    if not fields:
        return f"INDEX({layout.table('Ranking').column('wsjf')},{place})"
    cells = [layout.inputs.epics.here(field, row) for field in fields]
    return f'IF(COUNT({",".join(cells)})={len(cells)},{summed_wsjf(cells)},"")'


def summed_fields(model: OperatingModel) -> list[str]:
    """The fields whose cells give WSJF, job size last, where the model just adds up scores; none where it weighs them."""
    scoring = model.scoring
    if scoring.denominator != "job_size" or any(component.weight != 1 for component in scoring.components):
        return []
    return [*(component.field for component in scoring.components), "job_size"]


def summed_wsjf(cells: Sequence[str]) -> str:
    """WSJF from the cells of these fields, which are numbers; nothing where the size is not above 0."""
    *scores, size = cells
    return f'IF({size}>0,({"+".join(scores)})/{size},"")'


def _planned(page: Page, layout: Layout, row: int, epic: Epic) -> None:
    area, plan, figures = layout.inputs.epics, layout.table("Plan"), layout.figures
    line, start = figures.epic_lines.get(epic.id), figures.start(epic)
    place = layout.find(plan.column("id"), area.here("id", row))
    page.formula(
        row, area.columns["decision"], f"=INDEX({plan.column('decision')},{place})", line.decision if line else "wait"
    )
    page.put(row, area.columns["planned_start"], figures.periods[start - 1] if start else None, "input", "label")
    finish = f'INDEX({plan.column("finish")},{place})&""'
    page.formula(row, area.columns["planned_finish"], f"={finish}", line.finish if line else "")


def _fold_unused(page: Page, layout: Layout) -> None:
    """Folds away the columns in which no epic has anything; a click on the plus above them opens them."""
    for number, column in enumerate(layout.inputs.epics_sheet.columns):
        if all(epic_entry(epic, column.field) is None for epic in layout.figures.portfolio.epics):
            page.fold(number)
