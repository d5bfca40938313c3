"""Results for the user's own workbook: sheets that follow its cells wherever they are, and columns beside its epics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from portfolio.domain import Portfolio
from portfolio.intake import columns
from portfolio.intake.read_portfolio import Reading
from portfolio.operating_model import OperatingModel, with_guardrails
from portfolio.optimizer.outcome import Outcome
from portfolio.results.answer import Answer
from portfolio.scoring import Ranking
from portfolio.workbook.figures import Figures
from portfolio.workbook.in_place.input_origins import Origins
from portfolio.workbook.in_place.linked_areas import PLANNING, MirrorAreas
from portfolio.workbook.in_place.linked_cells import FIRST_DAY, FIRST_DAY_1904
from portfolio.workbook.in_place.linked_inputs import Mirror
from portfolio.workbook.in_place.result_cells import ResultCell, result_cells
from portfolio.workbook.in_place.result_columns import epics_of
from portfolio.workbook.layout import Layout
from portfolio.workbook.sheets.allocation import write_allocation
from portfolio.workbook.sheets.charts import write_charts
from portfolio.workbook.sheets.funding import write_funding
from portfolio.workbook.sheets.guardrail_status import write_status
from portfolio.workbook.sheets.plan import write_roadmap
from portfolio.workbook.sheets.ranking import write_ranking
from portfolio.workbook.sheets.reasons import write_reasons
from portfolio.workbook.sheets.summary import write_summary
from portfolio.workbook.sheets.value import write_value
from portfolio.workbook.sheets.work import write_work
from portfolio.xlsx.write.book import Book

PLAN_SHEETS = (
    "Summary", "Plan", "Ranking", "Allocation", "Funding", "Guardrail status", "Reasons", "Charts", "Inputs", "Work",
    "Value",
)  # fmt: skip
"""The sheets that results of a plan bring along, in order; the last three are hidden."""
RANKING_SHEETS = ("Ranking", "Inputs")
"""The sheets that a ranking brings along; the last one is hidden."""
_RANKED = frozenset({"id", "title", "job_size", "effort", "min_periods", "benefit_per_week"})
"""What a ranking looks up of an epic, besides the scores of its model."""
_START = columns.RESULT_COLUMNS[3]


@dataclass(frozen=True)
class InPlaceResults:
    """What belongs into the user's workbook: the sheets in `content`, and cells of the sheet with the epics.

    `periods` is what a drop-down list of periods points to, blank where there are none.
    """

    content: bytes
    epics_sheet: str
    cells: tuple[ResultCell, ...]
    periods: str


def results_in_place(
    answer: Answer,
    reading: Reading,
    names: Mapping[str, str],
    result_columns: Mapping[str, int],
    *,
    counts_from_1904: bool = False,
) -> InPlaceResults:
    """The result sheets of a plan; `names` says what a sheet is called whose usual name is taken.

    `result_columns` are the columns of the user's epics sheet that take results, by heading, counted from 1.
    `counts_from_1904` says that the user's workbook counts its dates from 1904.
    """
    first_day = FIRST_DAY_1904 if counts_from_1904 else FIRST_DAY
    return _in_place(answer, reading, names, result_columns, first_day, plans=answer.portfolio.can_plan)


def ranking_in_place(
    ranking: Ranking,
    reading: Reading,
    model: OperatingModel,
    names: Mapping[str, str],
    result_columns: Mapping[str, int],
    *,
    counts_from_1904: bool = False,
) -> InPlaceResults:
    """The ranking alone, also of a portfolio that cannot be planned."""
    outcome = Outcome("nothing found", None, None, None, 0.0, None)
    portfolio = with_guardrails(model, reading.portfolio or Portfolio())
    answer = Answer(portfolio, model, ranking, outcome, None, (), ())
    first_day = FIRST_DAY_1904 if counts_from_1904 else FIRST_DAY
    return _in_place(answer, reading, names, result_columns, first_day, plans=False)


def _in_place(
    answer: Answer,
    reading: Reading,
    names: Mapping[str, str],
    result_columns: Mapping[str, int],
    first_day: date,
    *,
    plans: bool,
) -> InPlaceResults:
    places, epics = epics_of(reading)
    figures = Figures(answer)
    origins = Origins(places, figures.portfolio)
    names = {**names, "Epics": epics.sheet}
    mirror = MirrorAreas(
        figures.portfolio,
        PLANNING if plans else (),
        names.get("Inputs", "Inputs"),
        origins.own_effort,
        None if plans else _RANKED.union(part.field for part in figures.model.scoring.components),
    )
    layout = Layout(figures, mirror, names, starts_on_plan=_START not in result_columns)
    content = BytesIO()
    book = Book(content)
    _write_sheets(book, layout, Mirror(book, layout, origins, result_columns.get(_START), first_day))
    book.close()
    cells = tuple(result_cells(layout, origins, result_columns))
    return InPlaceResults(content.getvalue(), epics.sheet, cells, mirror.periods if plans else "")


def _write_sheets(book: Book, layout: Layout, mirror: Mirror) -> None:
    if not layout.plans:
        write_ranking(book, layout)
        mirror.write()
        book.hide(layout.name("Inputs"))
        return
    write_summary(book, layout)
    write_roadmap(book, layout)
    write_ranking(book, layout)
    write_allocation(book, layout)
    write_funding(book, layout)
    write_status(book, layout)
    write_reasons(book, layout)
    write_charts(book, layout)
    mirror.write()
    write_work(book, layout)
    write_value(book, layout)
    for name in PLAN_SHEETS[-3:]:
        book.hide(layout.name(name))
