"""The sheet `By outcome`: what the plan puts into each objective, and what each objective wants to change."""

from __future__ import annotations

from portfolio.results.by_outcome import HEADINGS, NONE, OutcomeLine
from portfolio.workbook.layout import Layout, ResultSheet
from portfolio.xlsx.write.book import Book, Page

_KEYS = ("outcome", "key_results", "effort", "effort_share", "spend", "spend_share")
_ALL = "All"


def write_by_outcome(book: Book, layout: Layout) -> None:
    """Writes a row per objective, one for what serves none, and the sum, by the rows of `Work`."""
    table, lines = layout.table("By outcome"), layout.figures.answer.by_outcome
    page = book.page(layout.name("By outcome"))
    page.title("By outcome", "What the plan puts into each objective. A least or most share is a row of Guardrails.")
    page.headings(table.first - 1, [HEADINGS[key] for key in _KEYS])
    own = [line for line in lines if line.outcome is not None]
    rest = next((line for line in lines if line.outcome is None), None)
    for row, line in zip(table.rows, own, strict=False):
        page.text(row, 0, line.outcome or "", "cell", "label")
        page.text(row, 1, "; ".join(line.key_results), "cell", "wrap")
        for key in ("effort", "spend"):
            formula = "+".join(
                f"SUMPRODUCT(({_outcomes(layout)}={table.here('outcome', row)})*{block})"
                for block in _blocks(layout, key)
            )
            page.formula(row, table.columns[key], f"={formula}", getattr(line, key), "cell", "figure")
    _last_rows(page, layout, own, rest)
    for row, share in zip(table.rows, [*own, rest, None], strict=True):
        for key in ("effort", "spend"):
            whole = table.fixed(key, table.last)
            value = (
                (1.0 if any(getattr(line, key) for line in lines) else 0.0)
                if row == table.last
                else getattr(share, f"{key}_share", None) or 0.0
            )
            page.formula(
                row,
                table.columns[f"{key}_share"],
                f"=IF({whole}=0,0,{table.here(key, row)}/{whole})",
                value,
                "cell",
                "share",
            )
    page.widths(28, 60, 12, 16, 14, 16)
    page.sheet.freeze_panes(table.first, 1)


def _last_rows(page: Page, layout: Layout, own: list[OutcomeLine], rest: OutcomeLine | None) -> None:
    """What serves no objective, which is the sum less all others, and the sum."""
    table = layout.table("By outcome")
    none, last = table.last - 1, table.last
    page.text(none, 0, NONE, "cell", "label")
    page.text(last, 0, _ALL, "cell", "label", "bold")
    for key in ("effort", "spend"):
        left = 0.0 if rest is None else getattr(rest, key)
        above = f"-SUM({table.span(key, key, table.first, none - 1)})" if own else ""
        page.formula(none, table.columns[key], f"={table.fixed(key, last)}{above}", left, "cell", "figure")
        whole = sum(getattr(line, key) for line in own) + left
        formula = f"SUM({','.join(_blocks(layout, key))})"
        page.formula(last, table.columns[key], f"={formula}", whole, "cell", "figure", "bold")


def _outcomes(layout: Layout) -> str:
    return layout.table("Work").column("outcome")


def _blocks(layout: Layout, key: str) -> list[str]:
    """The cells of `Work` that hold an amount in each period."""
    return [layout.table("Work").block(f"{key} 1", f"{key} {len(layout.figures.periods)}")]


SHEET = ResultSheet(
    "By outcome",
    write_by_outcome,
    wanted=lambda layout: layout.plans and bool(layout.figures.answer.by_outcome),
    table=lambda layout: (sum(line.outcome is not None for line in layout.figures.answer.by_outcome) + 2, _KEYS),
)
