"""The funds on the sheet Funding: what is spent of each in each budget period, with sums both ways."""

from __future__ import annotations

from portfolio.results.funding import fund_spend
from portfolio.workbook.sheets.funding_areas import FundingAreas
from portfolio.xlsx.write.book import Page

OTHER, ALL = "Of no fund, or another", "All funds"


def write_funds(page: Page, areas: FundingAreas) -> None:
    """Writes a row per fund; nothing where no epic names one.

    The last sum is that of all work, so that what a renamed fund spends is still counted, in the row before it.
    """
    if not areas.fund_names:
        return
    table, figures = areas.funds, areas.layout.figures
    labels = figures.portfolio.calendar.budget_labels
    page.text(table.first - 2, 0, "By fund: planned spend", "bold")
    for column, heading in enumerate(["Fund", *labels, "Total"]):
        page.text(table.first - 1, column, heading, "heading", *(("centre",) if column else ()))
    spent = fund_spend(figures.portfolio, figures.work)
    rows = [(name, spent[name.casefold()]) for name in areas.fund_names]
    rows += [(OTHER, spent[""]), (ALL, [sum(amounts) for amounts in zip(*spent.values(), strict=True)])]
    for row, (name, amounts) in zip(table.rows, rows, strict=True):
        look = ("bold",) if name == ALL else ()
        page.text(row, 0, name, "cell", "label", *look)
        for turn, amount in enumerate(amounts):
            formula = _formula(areas, row, turn, name)
            page.formula(row, table.columns[f"period {turn}"], f"={formula}", amount, "cell", "figure", *look)
        across = table.span("period 0", f"period {len(labels) - 1}", row, row)
        page.formula(row, table.columns["total"], f"=SUM({across})", sum(amounts), "cell", "figure", "bold")


def _formula(areas: FundingAreas, row: int, turn: int, name: str) -> str:
    """What is spent of one fund in one budget period, by the rows of `Work`."""
    table, work, key = areas.funds, areas.layout.table("Work"), f"period {turn}"
    label = areas.layout.figures.portfolio.calendar.budget_labels[turn]
    blocks = [
        work.block(f"spend {first}", f"spend {last}") for first, last in areas.layout.runs({"budget period": label})
    ]
    if name == ALL:
        return f"SUM({','.join(blocks)})"
    if name == OTHER:
        own = table.span(key, key, table.first, row - 1)
        return f"{table.fixed(key, table.last)}-SUM({own})"
    mine = f"({work.column('fund')}={table.here('fund', row)})"
    return "+".join(f"SUMPRODUCT({mine}*{block})" for block in blocks)
