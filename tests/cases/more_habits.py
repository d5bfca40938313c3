"""More habits of spreadsheets: what a format shows, what looks like something else and is not, and several of a kind."""

from __future__ import annotations

import datetime

from tests.cases.habits import CAPACITY, EPICS, HEAD, PLANNED, ROOM, ROWS, SCORES
from tests.cases.messy import FIRST, SCORED, SECOND, THIRD, Messy
from tests.cases.tables import Shown

MONEY = {"Portfolio": [("Setting", "Value"), ("Currency", "EUR")], "Capacity": CAPACITY}
DUE = (*HEAD, "Urgency", "Deadline")
ALL_THREE = {**SCORES, "Ferry": THIRD}


def _epics(heading: str, *cells: object) -> list[tuple[object, ...]]:
    """The planned epics with one column more."""
    return [(*EPICS[0], heading), *((*row, cell) for row, cell in zip(EPICS[1:], cells, strict=True))]


MORE_HABITS = {
    "a month as Excel keeps it": Messy(
        {
            "Epics": [
                DUE,
                (*ROWS[0], "deadline", Shown(datetime.datetime(2027, 6, 1), "mmm\\-yy")),
                (*ROWS[1], "deadline", Shown(datetime.datetime(2027, 12, 1), "mmm\\-yy")),
            ]
        },
        {"deadline": {"Portal": "2027-06-30", "Letters": "2027-12-31"}},
        {"deadline": "Deadline"},
    ),
    "thousands by format": Messy(
        {"Epics": _epics("External cost (kEUR)", Shown(50_000, "#,##0,"), Shown(20_000, "#,##0,")), **MONEY},
        {"external_cost": {"Portal": 50_000, "Letters": 20_000}},
        {"external_cost": "External cost"},
    ),
    "currency by format": Messy(
        {"Epics": _epics("External cost", Shown(50_000, '#,##0 "€"'), Shown(20_000, '#,##0 "€"')), **MONEY},
        {"external_cost": {"Portal": 50_000, "Letters": 20_000}},
    ),
    "another currency by format": Messy(
        {"Epics": _epics("External cost", Shown(50_000, "[$$-409]#,##0"), Shown(20_000, "[$$-409]#,##0")), **MONEY},
        {"external_cost": {"Portal": None, "Letters": None}},
        {"external_cost": "External cost | currency"},
    ),
    "sums by chance": Messy(
        {"Epics": [HEAD, *ROWS, ("E3", "Ferry", 13, 8, 5, 8)]},
        {"scores": {**SCORES, "Ferry": (13, 8, 5, 8)}},
    ),
    "sums by chance, titles alone": Messy(
        {"Epics": [HEAD[1:], *(row[1:] for row in ROWS), ("Ferry", 13, 8, 5, 8)]},
        {"scores": {**SCORES, "Ferry": (13, 8, 5, 8)}},
        {"scores": "Ferry"},
    ),
    "a last effort that is the sum": Messy(
        {
            "Epics": [HEAD, *((number, *row[1:]) for number, row in zip((1001, 1002), ROWS, strict=True))],
            "Effort": [("Epic", "Value stream", "Effort"), (1001, "Web", 4), (1001, "App", 2), (1002, "App", 6)],
            "Capacity": CAPACITY,
        },
        {"effort": {"Portal": {"Web": 4, "App": 2}, "Letters": {"App": 6}}},
    ),
    "a last capacity that is the sum": Messy(
        {
            "Epics": [*EPICS, ("E3", "Ferry", *THIRD, "Sea", 5)],
            "Capacity": [*CAPACITY, ("Sea", 30, 32)],
        },
        {"capacity": {**ROOM, "Sea": [30, 32]}},
        {"capacity": "Sea"},
    ),
    "ideas without scores": Messy(
        {"Epics": [HEAD[1:], ("Idea for later",), *(row[1:] for row in ROWS)]},
        {"names": ["Idea for later", "Portal", "Letters"]},
        {"names": "Idea for later"},
    ),
    "types that are no levels": Messy(
        {"Epics": [(*HEAD, "Type"), (*ROWS[0], "Business"), (*ROWS[1], "Enabler")]}, {"scores": SCORES}
    ),
    "prose for a dependency": Messy(
        {"Epics": _epics("Depends on", "legal approval", None), "Capacity": CAPACITY},
        {"links": {("nothing", "is")}},
        {"links": "Depends on"},
    ),
    "IDs that look like years": Messy(
        {"Epics": [HEAD, (2027, *ROWS[0][1:]), (2028, *ROWS[1][1:])]}, {"ids": ["2027", "2028"], "scores": SCORES}
    ),
    "all of it certain": Messy(
        {"Epics": [(*HEAD, "Confidence"), (*ROWS[0], 1), (*ROWS[1], 1)]}, {"confidence": {"Portal": 1, "Letters": 1}}
    ),
    "effort by period": Messy(
        {
            "Epics": [(*HEAD, "Value stream", "PI 1", "PI 2"), (*ROWS[0], "Web", 6, 4), (*ROWS[1], "App", 6, None)],
            "Capacity": CAPACITY,
        },
        {"effort": {"Portal": {"Web": 10}, "Letters": {"App": 6}}},
        {"effort": "PI 1"},
    ),
    "a hidden template": Messy(
        {"Backlog": [HEAD, *ROWS], "Epics": [HEAD, ("X1", "Example", 1, 1, 1, 1)]},
        {"scores": SCORES},
        {"scores": "Epics"},
        hidden=("Epics",),
    ),
    "two budgets": Messy(
        {
            "Epics": EPICS,
            "Capacity": CAPACITY,
            "Value streams": [("ID", "Cost per unit"), ("Web", 10), ("App", 10)],
            "Budget 2026": [("Value stream", "PI 1", "PI 2"), ("Web", 1, 1), ("App", 1, 1)],
            "Budget 2027": [("Value stream", "PI 1", "PI 2"), ("Web", 300, 300), ("App", 200, 200)],
        },
        {"budget": {"Web": [300, 300], "App": [200, 200]}},
        {"budget": "Budget 2026 | Budget 2027"},
    ),
    "two capacities": Messy(
        {
            "Epics": EPICS,
            "Capacity plan A": CAPACITY,
            "Capacity plan B": [CAPACITY[0], ("Web", 1, 1), ("App", 1, 1)],
        },
        {"capacity": None},
        {"capacity": "Capacity plan A | Capacity plan B"},
    ),
    "days and hours": Messy(
        {
            "Epics": [(*HEAD, "Value stream", "Effort (days)"), (*ROWS[0], "Web", 10), (*ROWS[1], "App", 6)],
            "Capacity": [("Value stream", "PI 1 (hours)", "PI 2 (hours)"), ("Web", 160, 168), ("App", 80, 88)],
        },
        {"effort": {"Portal": {"Web": 80}, "Letters": {"App": 48}}},
        {"effort": "hours"},
    ),
    "errors of formulas": Messy(
        {"Epics": [HEAD, ("E1", "Portal", "#N/A", *FIRST[1:]), ROWS[1]]},
        {"scores": {"Portal": (None, *FIRST[1:]), "Letters": SECOND}},
        {"scores": "#N/A"},
    ),
    "true for a figure": Messy(
        {"Epics": [HEAD, ("E1", "Portal", True, *FIRST[1:]), ROWS[1]]},
        {"scores": {"Portal": (None, *FIRST[1:]), "Letters": SECOND}},
        {"scores": "C2 | Business value | User-business value"},
    ),
    "the same heading twice": Messy(
        {"Epics": [(*HEAD, "Job size"), (*ROWS[0], 13), (*ROWS[1], 13)]}, {"scores": SCORES}, {"scores": "Job size"}
    ),
    "a rank of their own": Messy(
        {"Epics": [("Rank", *HEAD), (2, *ROWS[0]), (1, *ROWS[1])]}, {"ids": ["E1", "E2"], "scores": SCORES}
    ),
    "numbers before titles": Messy(
        {"Epics": [("#", "Epic", *SCORED), (1, "Portal", *FIRST), (2, "Letters", *SECOND)]},
        {"names": ["Portal", "Letters"], "scores": SCORES},
    ),
    "a total to the right": Messy(
        {
            "Epics": EPICS,
            "Capacity": [(*CAPACITY[0], "Total"), (*CAPACITY[1], 41), (*CAPACITY[2], 21)],
        },
        {"capacity": ROOM, "periods": ["PI 1", "PI 2"]},
    ),
    "years over quarters": Messy(
        {
            "Epics": EPICS,
            "Capacity": [
                (None, 2027, None, 2028, None),
                ("Value stream", "Q3", "Q4", "Q1", "Q2"),
                ("Web", 20, 21, 22, 23),
                ("App", 10, 11, 12, 13),
            ],
        },
        {"capacity": {"Web": [20, 21, 22, 23], "App": [10, 11, 12, 13]}},
        {"capacity": "Capacity"},
    ),
    "capacity by person": Messy(
        {
            "Epics": EPICS,
            "Capacity": [
                ("Name", "Value stream", "PI 1", "PI 2"),
                ("Ada", "Web", 12, 12),
                ("Bo", "Web", 8, 9),
                ("Cy", "App", 10, 11),
            ],
        },
        {"capacity": ROOM},
        {"capacity": "Web"},
    ),
    "used and left beside": Messy(
        {
            "Epics": EPICS,
            "Capacity": [
                ("Value stream", "PI 1", "PI 1 used", "PI 1 left", "PI 2", "PI 2 used", "PI 2 left"),
                ("Web", 20, 10, 10, 21, 0, 21),
                ("App", 10, 6, 4, 11, 0, 11),
            ],
        },
        {"capacity": ROOM, "periods": ["PI 1", "PI 2"]},
        {"capacity": "used", "periods": "used"},
    ),
    "IDs in another case": Messy(
        {"Epics": EPICS, "Capacity": CAPACITY, "Dependencies": [("Predecessor", "Successor"), ("e1", " E2 ")]},
        {"links": {("E1", "E2")}},
    ),
    "planned work in prose": Messy(
        {"Epics": [PLANNED, ("E1", "Portal", *FIRST, "Web", "10 (Ada), 4 (Bo)"), EPICS[2]], "Capacity": CAPACITY},
        {"effort": {"Portal": None, "Letters": {"App": 6}}},
        {"effort": "Effort"},
    ),
}
