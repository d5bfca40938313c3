"""The page of the reference about tables, from their declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portfolio import tabular
from portfolio.results.catalogue import CATALOGUE

Table = Callable[..., str]
WHOSE = {
    "Loaded": "What `load`, `from_frames` and `scenario` return: the portfolio as it was brought.",
    "Ranking": "What `rank` returns.",
    "Answer": "What `plan` returns: the plan with everything that is shown about it.",
    "Comparison": "What `compare` returns.",
    "Frontier": "What `vary` returns.",
    "PriceList": "What `prices` returns.",
    "Explained": "What `explain` returns.",
    "Simulation": "What `simulate` returns; of ranks and other plans those tables that were asked for.",
    "Ranks": "What `simulate --ranks` gives for a portfolio that can only be ranked.",
    "Flow": "What `portfolio.engine.flow` returns; a table is empty where its measure is not there.",
    "Difference": "What `diff` returns.",
}
"""The results that have tables, and which verb returns each."""
HEADINGS = ("Column", "Type", "Unit", "Meaning")


def tables_page(table: Table) -> str:
    """Every table of every result; one that several have is described where it stands first."""
    parts = [
        "# Tables",
        "What `frame(name)` of a result gives in Python, and what `--tables DIR` of `plan`, `compare`, `prices`, `explain`, `simulate` and `flow` "
        "writes for other tools ([how](../how-to/report-in-power-bi.md)): one table for each grain. The key is the index, and key columns have "
        "the same name everywhere, so that tables can be joined. Numbers are floats, whole numbers, yes and no and text may be "
        "missing (`NA`), dates are timestamps, periods are ordered categories. What was not given, or cannot be computed, is "
        "missing and never 0. Each call gives a new frame. `value` is in the unit of value of the portfolio, `money` in its "
        "currency; the table `run` says both.",
    ]
    described: dict[int, str] = {}
    for result, tables in CATALOGUE.items():
        parts += [f"## {result}", WHOSE[result]]
        for declared in tables:
            first = described.setdefault(id(declared), result)
            same = f"As of [{first}](#{first.lower()})."
            parts += [f"### {declared.name}" if first == result else f"`{declared.name}`: {same}"]
            parts += _described(declared, table) if first == result else []
    return "\n\n".join(parts) + "\n"


def _described(declared: tabular.Table, table: Table) -> Iterator[str]:
    yield f"{declared.meaning} Key: {', '.join(f'`{name}`' for name in declared.key)}."
    yield table(HEADINGS, [(f"`{one.name}`", one.kind, one.unit, one.meaning) for one in declared.columns])
