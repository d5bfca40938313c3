"""Results for the user's own workbook: sheets that follow its cells wherever they are, and columns beside its epics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portfolio.domain import Portfolio
from portfolio.intake import columns
from portfolio.intake.read_portfolio import Reading
from portfolio.operating_model import OperatingModel, with_guardrails
from portfolio.optimizer.outcome import Outcome
from portfolio.results.answer import Answer
from portfolio.scoring import Ranking
from portfolio.workbook import sheets
from portfolio.workbook.figures import Figures
from portfolio.workbook.in_place.input_origins import Origins
from portfolio.workbook.in_place.linked_areas import PLANNING, MirrorAreas
from portfolio.workbook.in_place.linked_inputs import Mirror
from portfolio.workbook.in_place.result_cells import ResultCell, result_cells
from portfolio.workbook.in_place.result_columns import epics_of
from portfolio.workbook.layout import Layout
from portfolio.xlsx.write.book import Book, book_content

_RANKED = frozenset({"id", "title", "job_size", "effort", "min_periods", "benefit_per_week", "confidence"})
"""What a ranking looks up of an epic, besides the scores of its model."""
_INPUTS = "Inputs"
_START = columns.RESULT_COLUMNS[3]


def sheet_names() -> list[str]:
    """Every sheet that results may bring along."""
    return [*(sheet.name for sheet in sheets.RESULT_SHEETS), _INPUTS]


@dataclass(frozen=True)
class InPlaceResults:
    """What belongs into the user's workbook: the sheets in `content`, and cells of the sheet with the epics.

    `sheets` are what we call the sheets in `content`; `periods` is what a drop-down list of periods points to, blank where
    there are none.
    """

    content: bytes
    sheets: tuple[str, ...]
    epics_sheet: str
    cells: tuple[ResultCell, ...]
    periods: str
    figures: Mapping[str, Mapping[int, float | None]] = field(default_factory=dict)
    """What the ranking says in the row of each epic, by the heading of its column."""
    formats: Mapping[str, str] = field(default_factory=lambda: {"WSJF": "0.00", "Rank": "0"})
    """Number formats of columns that are added; the others hold words."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The sheets that people look at."""
        hidden = {_INPUTS, *(sheet.name for sheet in sheets.RESULT_SHEETS if sheet.serves)}
        return tuple(name for name in self.sheets if name not in hidden)


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
    return _in_place(answer, reading, names, result_columns, counts_from_1904, plans=answer.portfolio.can_plan)


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
    return _in_place(answer, reading, names, result_columns, counts_from_1904, plans=False)


def _in_place(
    answer: Answer,
    reading: Reading,
    names: Mapping[str, str],
    result_columns: Mapping[str, int],
    counts_from_1904: bool,
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
        names.get(_INPUTS, _INPUTS),
        origins,
        None if plans else _RANKED.union(_scored_by(figures)),
        criteria=figures.model.own_criteria,
    )
    layout = Layout(
        figures,
        sheets.RESULT_SHEETS,
        mirror,
        names,
        starts_on_plan=_START not in result_columns,
        words=reading.words.beyond(reading.own_words),
        counts_from_1904=counts_from_1904,
    )
    written: list[str] = []

    def fill(book: Book) -> None:
        mirror_sheet = Mirror(book, layout, origins, result_columns.get(_START), counts_from_1904)
        written.extend(_write_sheets(book, layout, mirror_sheet))

    content = book_content(fill, passing=True)
    cells = tuple(result_cells(layout, origins, result_columns))
    return InPlaceResults(
        content, tuple(written), epics.sheet, cells, mirror.periods if plans else "", _ranked(figures, origins)
    )


def _ranked(figures: Figures, origins: Origins) -> Mapping[str, Mapping[int, float | None]]:
    """WSJF and rank of each epic by its row on the user's sheet."""
    rows = {
        origin.cell[1]: figures.ranking.by_id[epic.id]
        for index, epic in enumerate(figures.portfolio.epics)
        if (origin := origins.record("epics", index, "id")) is not None
    }
    return {
        columns.RESULT_COLUMNS[0]: {row: line.wsjf for row, line in rows.items()},
        columns.RESULT_COLUMNS[1]: {row: line.rank for row, line in rows.items()},
    }


def _scored_by(figures: Figures) -> Iterable[str]:
    """The fields that the ranking is computed from."""
    shape = figures.portfolio.shape
    cost = ("external_cost",) if shape is not None and shape.per == "cost" else ()
    return (*shape.parts, *cost) if shape else (part.field for part in figures.model.scoring.components)


def _write_sheets(book: Book, layout: Layout, mirror: Mirror) -> tuple[str, ...]:
    """Writes what was decided, then the inputs and what only serves formulas, out of sight; without a plan its ranking."""
    wanted = [sheet for sheet in layout.sheets if sheet.wanted(layout)]
    for sheet in wanted:
        if not sheet.serves:
            sheet.write(book, layout)
    mirror.write()
    book.hide(layout.name(_INPUTS))
    for sheet in wanted:
        if sheet.serves:
            sheet.write(book, layout)
            book.hide(layout.name(sheet.name))
    return (*(sheet.name for sheet in wanted), _INPUTS)
