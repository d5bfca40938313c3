"""Writes results that stand alone: comparisons, flow, the frontier of one figure, prices, explanations, simulations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from portfolio.results.comparison import Comparison
from portfolio.results.explanations import Explained
from portfolio.results.flow.flow import Flow
from portfolio.results.frontier import Frontier
from portfolio.results.prices import PriceList
from portfolio.results.simulated.ranks import Ranks
from portfolio.results.simulated.simulation import Simulation
from portfolio.storage.atomic_write import write_bytes, write_whole
from portfolio.workbook.sheets.comparison import write_comparison_sheets
from portfolio.workbook.sheets.explanations import write_explanations_sheet
from portfolio.workbook.sheets.flow import write_flow_sheets
from portfolio.workbook.sheets.frontier import write_frontier_sheet
from portfolio.workbook.sheets.prices import write_prices_sheet
from portfolio.workbook.sheets.ranks import write_ranks_sheet
from portfolio.workbook.sheets.simulation import write_simulation_sheets
from portfolio.xlsx.patch.own_file import marked
from portfolio.xlsx.write.book import Book, book_content


def write_sheets(result: Comparison | Flow | Frontier | PriceList | Explained | Simulation | Ranks, path: Path) -> None:
    """Writes a result as the sheets of a workbook of its own."""
    if isinstance(result, Comparison):
        _write(path, lambda book: write_comparison_sheets(book, result))
    elif isinstance(result, Flow):
        _write(path, lambda book: write_flow_sheets(book, result))
    elif isinstance(result, Frontier):
        _write(path, lambda book: write_frontier_sheet(book, result))
    elif isinstance(result, PriceList):
        _write(path, lambda book: write_prices_sheet(book, result))
    elif isinstance(result, Simulation):
        _write(path, lambda book: write_simulation_sheets(book, result))
    elif isinstance(result, Ranks):
        _write(path, lambda book: write_ranks_sheet(book, result))
    else:
        _write(path, lambda book: write_explanations_sheet(book, result))


def _write(path: Path, fill: Callable[[Book], None]) -> None:
    content = marked(book_content(fill))
    write_whole(path, lambda beside: write_bytes(beside, content))
