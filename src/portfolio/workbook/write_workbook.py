"""Writing workbooks: a portfolio's inputs, a starter to fill in, and an answer with live formulas."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from portfolio.domain import Portfolio
from portfolio.intake.agreed_words import NO_WORDS, WORDS, AgreedWords
from portfolio.intake.scenario_columns import ScenarioRow
from portfolio.merge.base_sheet import with_base
from portfolio.operating_model import OperatingModel
from portfolio.results.answer import Answer
from portfolio.results.replan_report import ReplanReport
from portfolio.storage.atomic_write import write_bytes, write_whole
from portfolio.workbook import sheets
from portfolio.workbook.figures import Figures
from portfolio.workbook.inputs.drop_down_lists import Lists
from portfolio.workbook.inputs.input_areas import PLANNED, RANKED, InputAreas
from portfolio.workbook.inputs.input_sheets import InputSheets
from portfolio.workbook.layout import Layout
from portfolio.workbook.sheets.epic_results import write_epic_results, write_room_for_results
from portfolio.workbook.sheets.words import write_words
from portfolio.workbook.starter import StarterPart, fold_unneeded, starter_portfolio, write_readme
from portfolio.xlsx.patch.own_file import marked
from portfolio.xlsx.write.book import Book, book_content


def write_inputs(
    portfolio: Portfolio,
    model: OperatingModel,
    path: Path,
    scenarios: Sequence[ScenarioRow] = (),
    words: AgreedWords = NO_WORDS,
) -> None:
    """Writes a portfolio as a workbook with the canonical input sheets; reading it gives the same portfolio."""
    areas = InputAreas(portfolio, scenarios=tuple(scenarios) or None, criteria=model.own_criteria)
    _write(path, lambda book: _inputs(book, areas, model, words))


def write_starter(model: OperatingModel, path: Path, parts: Collection[StarterPart] = ()) -> None:
    """Writes a workbook to start from: a few example epics that plan as they stand, and how to replace them.

    `parts` are what it has besides, for those who want it.
    """
    _write(path, lambda book: _starter(book, model, parts))


def write_results(
    answer: Answer,
    path: Path,
    report: ReplanReport | None = None,
    scenarios: Sequence[ScenarioRow] = (),
    words: AgreedWords = NO_WORDS,
) -> None:
    """Writes an answer: what was decided, from sheets whose figures follow from the inputs by live formulas.

    Where no plan is possible, also why; where what was agreed was to be kept, also what became of that. The rows of the
    sheet Scenarios go along, so that a copy can be compared as its source can.
    """
    layout = Layout(
        Figures(answer), sheets.RESULT_SHEETS, scenarios=tuple(scenarios) or None, report=report, words=words
    )
    _write(path, lambda book: _results(book, layout))


def _write(path: Path, fill: Callable[[Book], None]) -> None:
    own = [sheet.name for sheet in sheets.RESULT_SHEETS]
    serving = [sheet.name for sheet in sheets.RESULT_SHEETS if sheet.serves]
    content = marked(with_base(book_content(fill), path.name, own, serving))
    write_whole(path, lambda beside: write_bytes(beside, content))


def _inputs(book: Book, areas: InputAreas, model: OperatingModel, words: AgreedWords) -> None:
    lists = Lists(areas, model)
    InputSheets(book, areas, lists).write()
    if words:
        write_words(book, WORDS, words)
    lists.write(book)


def _starter(book: Book, model: OperatingModel, parts: Collection[StarterPart]) -> None:
    portfolio = starter_portfolio(model, with_ranges="ranges" in parts)
    results, evidence = (*RANKED, *PLANNED), "evidence" in parts
    areas = InputAreas(portfolio, results, scenarios=(), criteria=model.own_criteria, with_evidence=evidence)
    lists = Lists(areas, model)
    write_readme(book, areas, model)
    epics = InputSheets(book, areas, lists, explained=True).write()
    write_room_for_results(epics, areas, lists)
    fold_unneeded(epics, areas, model)
    lists.write(book)


def _results(book: Book, layout: Layout) -> None:
    wanted = [sheet for sheet in layout.sheets if sheet.wanted(layout)]
    for sheet in wanted:
        if not sheet.serves:
            sheet.write(book, layout)
    lists = Lists(layout.inputs, layout.figures.model)
    epics = InputSheets(book, layout.inputs, lists).write()
    write_epic_results(epics, layout, lists)
    for sheet in wanted:
        if sheet.serves:
            sheet.write(book, layout)
    lists.write(book)
