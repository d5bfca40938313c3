"""Reads the sheets Dependencies, Guardrails and Outcomes, a record for each row."""

from __future__ import annotations

from portfolio.domain.spelling import shown
from portfolio.intake.columns import DEPENDENCIES, GUARDRAILS, OUTCOMES
from portfolio.intake.draft import Draft
from portfolio.intake.references.names import Names
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import as_filter, as_list

LINK_ENDS = ("predecessor", "successor")


def read_dependencies(draft: Draft, table: Table) -> None:
    """One dependency for each row."""
    draft.read_records(table, DEPENDENCIES.field, draft.kinds_of(table, ("predecessor",)))
    names = draft.names_of("epics")
    links = draft.raw[DEPENDENCIES.field]
    for index, link in enumerate(links):
        for end in LINK_ENDS:
            if end in link:
                link[end] = names.find(link[end]) or link[end]
                _note_shared(draft, names, (index, end), link[end])


def _note_shared(draft: Draft, names: Names, place: tuple[int, str], name: str) -> None:
    """A title that several epics have refers to none of them."""
    if both := names.shared(name):
        index, end = place
        draft.note(
            (DEPENDENCIES.field, index, end),
            f"{end.capitalize()} {shown(name)} is not clear.",
            f"{' and '.join(both)} are called so.",
            "Write the ID of the one that is meant.",
        )


def read_guardrails(draft: Draft, table: Table) -> None:
    """One guardrail for each row, with its filter and its grouping taken apart."""
    draft.read_records(table, GUARDRAILS.field, draft.kinds_of(table, ("name",)))
    for index, limit in enumerate(draft.raw["guardrails"]):
        if "per" in limit:
            limit["per"] = as_list(limit["per"])
        if "where" in limit:
            try:
                limit["where"] = as_filter(limit["where"])
            except ValueError as failure:
                what = f"Where holds {shown(str(failure))}."
                draft.note(
                    ("guardrails", index, "where"),
                    what,
                    "A filter is written `name = word`, several by `;`.",
                    "Write for example Horizon = H3; Type = Enabler, Business.",
                )
                del limit["where"]


def read_outcomes(draft: Draft, table: Table) -> None:
    """One key result for each row; an objective that stands only in the first of its rows counts for those below it."""
    draft.read_records(table, OUTCOMES.field, draft.kinds_of(table, ("objective", "key_result")))
    above: object = None
    names = draft.names_of("epics")
    for row in draft.raw[OUTCOMES.field]:
        above = row.setdefault("objective", above) if above is not None else row.get("objective")
        if "epics" in row:
            known, unknown = names.find_all(row["epics"])
            row["epics"] = [*known, *unknown]
