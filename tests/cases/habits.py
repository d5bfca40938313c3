"""Habits of people who keep portfolios in spreadsheets, each with what is true of it."""

from __future__ import annotations

import datetime

from tests.cases.messy import FIRST, SCORED, SECOND, THIRD, Messy

HEAD = ("ID", "Title", *SCORED)
ROWS = (("E1", "Portal", *FIRST), ("E2", "Letters", *SECOND))
PLANNED = (*HEAD, "Value stream", "Effort")
EPICS = (PLANNED, ("E1", "Portal", *FIRST, "Web", 10), ("E2", "Letters", *SECOND, "App", 6))
CAPACITY = (("Value stream", "PI 1", "PI 2"), ("Web", 20, 21), ("App", 10, 11))
SCORES = {"Portal": FIRST, "Letters": SECOND}
ROOM = {"Web": [20, 21], "App": [10, 11]}


def _epics(heading: str, *cells: object) -> tuple[tuple[object, ...], ...]:
    """The two epics with one column more."""
    return ((*HEAD, heading), *((*row, cell) for row, cell in zip(ROWS, cells, strict=True)))


def _planned(heading: str, *cells: object) -> tuple[tuple[object, ...], ...]:
    return ((*EPICS[0], heading), *((*row, cell) for row, cell in zip(EPICS[1:], cells, strict=True)))


NONE = {"Portal": None, "Letters": None}

HABITS = {
    "formulas without values": Messy(
        {"Epics": [HEAD, ("E1", "Portal", "=4+4", *FIRST[1:]), ROWS[1]]}, {"scores": SCORES}, {"scores": "C2 | value"}
    ),
    "figures with units in cells": Messy(
        {"Epics": [HEAD, ("E1", "Portal", *FIRST[:3], "5 SP"), ("E2", "Letters", *SECOND[:3], "3 SP")]},
        {"scores": SCORES},
        {"scores": "Job size"},
    ),
    "ranges": Messy(
        {"Epics": [HEAD, ("E1", "Portal", *FIRST[:3], "3-8"), ("E2", "Letters", *SECOND[:3], "2 - 5")]},
        {"job_size": NONE},
        {"job_size": "Job size"},
    ),
    "ranges that became dates": Messy(
        {"Epics": [HEAD, ("E1", "Portal", *FIRST[:3], datetime.datetime(2027, 8, 3)), ROWS[1]]},
        {"job_size": {"Portal": None, "Letters": 3}},
        {"job_size": "F2"},
    ),
    "spaces that do not break": Messy(
        {"Epics": [HEAD, ("E1\u00a0", "\u00a0Portal", "8\u00a0", *FIRST[1:]), ROWS[1]]},
        {"ids": ["E1", "E2"], "scores": SCORES},
    ),
    "nothing yet in several ways": Messy(
        {"Epics": [HEAD, *ROWS, ("E3", "Ferry", "-", "n/a", "?", "tbd")]},
        {"scores": {**SCORES, "Ferry": (None,) * 4}},
    ),
    "a list for choices beside the table": Messy(
        {
            "Epics": [
                (*HEAD, None, None, "Name", "Value"),
                (*ROWS[0], None, None, "High", 20),
                (*ROWS[1], None, None, "Low", 1),
                (*[None] * 8, "None", 0),
            ]
        },
        {"names": ["Portal", "Letters"], "scores": SCORES},
        {"scores": "Value"},
    ),
    "a backup of the sheet": Messy(
        {"Epics": [HEAD, *ROWS], "Epics (old)": [HEAD, ("E1", "Portal", 1, 1, 1, 1), ("E9", "Gone", *THIRD)]},
        {"scores": SCORES},
        {"scores": "Epics (old)"},
    ),
    "an archive": Messy(
        {"Backlog": [HEAD, *ROWS], "Archive 2026": [HEAD, ("E9", "Gone", *THIRD)]},
        {"names": ["Portal", "Letters"]},
        {"names": "Archive 2026"},
    ),
    "an old column kept": Messy(
        {
            "Epics": [
                ("ID", "Title", "Business value (old)", *SCORED),
                ("E1", "Portal", 1, *FIRST),
                ("E2", "Letters", 2, *SECOND),
            ]
        },
        {"scores": SCORES},
        {"scores": "Business value (old)"},
    ),
    "parking lot below": Messy(
        {"Epics": [HEAD, *ROWS, (), ("Parking lot",), HEAD, ("E9", "Perhaps", *THIRD)]},
        {"group": {"Portal": None, "Letters": None, "Perhaps": "Parking lot"}},
        {"group": "Parking lot"},
    ),
    "IDs that look like decimals": Messy(
        {"Epics": [HEAD, (1.1, "Portal", *FIRST), (1.2, "Letters", *SECOND), (1.1, "Ferry", *THIRD)]},
        {"ids": ["1.1", "1.2", "1.10"]},
        {"ids": "1.1"},
    ),
    "demand and gap below capacity": Messy(
        {"Epics": EPICS, "Capacity": [*CAPACITY, ("Demand", 12, 3), ("Gap", 18, 29)]},
        {"capacity": ROOM},
        {"capacity": "Demand"},
    ),
    "total below capacity": Messy(
        {"Epics": EPICS, "Capacity": [*CAPACITY, ("Total", 30, 32)]}, {"capacity": ROOM}, {"capacity": "Total"}
    ),
    "capacity turned": Messy(
        {"Epics": EPICS, "Capacity": [("Period", "Web", "App"), ("PI 1", 20, 10), ("PI 2", 21, 11)]},
        {"capacity": ROOM, "periods": ["PI 1", "PI 2"]},
        {"capacity": "Capacity", "periods": "Capacity"},
    ),
    "capacity in rows": Messy(
        {
            "Epics": EPICS,
            "Capacity": [
                ("Value stream", "Period", "Capacity"),
                ("Web", "PI 1", 20),
                ("Web", "PI 2", 21),
                ("App", "PI 1", 10),
                ("App", "PI 2", 11),
            ],
        },
        {"capacity": ROOM, "periods": ["PI 1", "PI 2"]},
        {"capacity": "Period", "periods": "Period"},
    ),
    "a unit above the table": Messy(
        {
            "Epics": EPICS,
            "Capacity": CAPACITY,
            "Portfolio": [("Setting", "Value"), ("Currency", "EUR")],
            "Value streams": [("ID", "Cost per unit"), ("Web", 1000), ("App", 1000)],
            "Budget": [
                ("All figures in kEUR",),
                (),
                ("Value stream", "PI 1", "PI 2"),
                ("Web", 30, 30),
                ("App", 20, 20),
            ],
        },
        {"budget": {"Web": [30_000, 30_000], "App": [20_000, 20_000]}},
        {"budget": "kEUR"},
    ),
    "budget in another unit by its name": Messy(
        {
            "Epics": EPICS,
            "Capacity": CAPACITY,
            "Portfolio": [("Setting", "Value"), ("Currency", "EUR")],
            "Value streams": [("ID", "Cost per unit"), ("Web", 1000), ("App", 1000)],
            "Budget (kEUR)": [("Value stream", "PI 1", "PI 2"), ("Web", 30, 30), ("App", 20, 20)],
        },
        {"budget": {"Web": [30_000, 30_000], "App": [20_000, 20_000]}},
        {"budget": "Budget (kEUR)"},
    ),
    "settings with units": Messy(
        {
            "Epics": EPICS,
            "Capacity": CAPACITY,
            "Portfolio": [
                ("Setting", "Value"),
                ("Start", "04.01.2027"),
                ("Period weeks", "10 weeks"),
                ("Discount rate", 8),
                ("Epic threshold", "50 kEUR"),
                ("Currency", "EUR"),
            ],
        },
        {
            "calendar": {"start": "2027-01-04", "period_weeks": 10},
            "settings": {"discount_rate": 0.08, "epic_threshold": 50_000},
        },
        {"calendar": "Period weeks", "settings": "Discount rate | Epic threshold"},
    ),
    "value for a year": Messy(
        {"Epics": _planned("Benefit per year", 52_000, 26_000), "Capacity": CAPACITY},
        {"benefit_per_week": {"Portal": 1_000, "Letters": 500}},
        {"benefit_per_week": "Benefit per year"},
    ),
    "value for a month": Messy(
        {"Epics": _planned("Benefit/month", 4_333, 2_167), "Capacity": CAPACITY},
        {"benefit_per_week": {"Portal": 1_000, "Letters": 500}},
        {"benefit_per_week": "Benefit/month"},
    ),
    "two currencies in a column": Messy(
        {"Epics": _planned("External cost", "€ 1.500,00", "$ 1,500.00"), "Capacity": CAPACITY},
        {"external_cost": NONE},
        {"external_cost": "External cost"},
    ),
    "two units of time": Messy(
        {
            "Epics": [PLANNED, ("E1", "Portal", *FIRST, "Web", "2w"), ("E2", "Letters", *SECOND, "App", "3d")],
            "Capacity": CAPACITY,
        },
        {"effort": {"Portal": {"Web": 10}, "Letters": {"App": 3}}},
        {"effort": "Effort"},
    ),
    "effort for each team and in all": Messy(
        {
            "Epics": [
                (*HEAD, "Web", "App", "Total effort"),
                (*ROWS[0], 4, 3, 7),
                (*ROWS[1], None, 5, 5),
            ],
            "Capacity": CAPACITY,
        },
        {"effort": {"Portal": {"Web": 4, "App": 3}, "Letters": {"App": 5}}},
        {"effort": "Web"},
    ),
    "a sheet for each team": Messy(
        {
            "Web": [("ID", "Title", "Effort"), ("E1", "Portal", 10)],
            "App": [("ID", "Title", "Effort"), ("E1", "Portal", 4), ("E2", "Letters", 6)],
            "Scores": [HEAD, *ROWS],
            "Capacity": CAPACITY,
        },
        {"effort": {"Portal": {"Web": 10, "App": 4}, "Letters": {"App": 6}}, "scores": SCORES},
        {"effort": "Web | App", "scores": "Web | App"},
    ),
    "windows as dates": Messy(
        {
            "Epics": _planned("Not before", "2027-03-15", None),
            "Capacity": CAPACITY,
            "Portfolio": [("Setting", "Value"), ("Start", "2027-01-04"), ("Period weeks", 10)],
        },
        {"earliest": {"Portal": "PI 2", "Letters": None}},
        {"earliest": "Not before"},
    ),
    "arrows in one column": Messy(
        {"Epics": EPICS, "Capacity": CAPACITY, "Dependencies": [("Dependency",), ("E1 -> E2",)]},
        {"links": {("E1", "E2")}},
        {"links": "Dependencies"},
    ),
    "a stream by its ID and by its name": Messy(
        {
            "Epics": [PLANNED, ("E1", "Portal", *FIRST, "VS1", 10), ("E2", "Letters", *SECOND, "Web", 6)],
            "Value streams": [("ID", "Name"), ("VS1", "Web")],
            "Capacity": [("Value stream", "PI 1"), ("VS1", 20)],
        },
        {"effort": {"Portal": {"VS1": 10}, "Letters": {"VS1": 6}}},
        {"effort": "Web"},
    ),
    "months as date cells for periods": Messy(
        {
            "Epics": EPICS,
            "Capacity": [
                ("Value stream", datetime.datetime(2027, 1, 1), datetime.datetime(2027, 2, 1)),
                ("Web", 20, 21),
                ("App", 10, 11),
            ],
        },
        {"capacity": ROOM},
        {"capacity": "Capacity"},
    ),
    "percent done beside": Messy(
        {"Epics": _planned("% done", 0.8, 0.2), "Capacity": CAPACITY},
        {"confidence": NONE, "effort": {"Portal": {"Web": 10}, "Letters": {"App": 6}}},
    ),
    "a date that may be in two months": Messy(
        {
            "Epics": EPICS,
            "Capacity": CAPACITY,
            "Portfolio": [("Setting", "Value"), ("Start", "01/04/2027")],
        },
        {"calendar": {"start": None}},
        {"calendar": "Start"},
    ),
    "words beside figures": Messy(
        {"Epics": _epics("Confidence", "80% (Ada)", "low")}, {"confidence": NONE}, {"confidence": "Confidence"}
    ),
    "a limit with a remark": Messy(
        {
            "Epics": EPICS,
            "Capacity": CAPACITY,
            "Value streams": [("ID", "WIP limit"), ("Web", "2 (max 3)"), ("App", 1)],
        },
        {"capacity": ROOM},
    ),
    "nearly the same value stream": Messy(
        {"Epics": [PLANNED, ("E1", "Portal", *FIRST, "Webb", 10), EPICS[2]], "Capacity": CAPACITY},
        {"effort": {"Portal": {"Web": 10}, "Letters": {"App": 6}}},
        {"effort": "Webb"},
    ),
    "transposed table": Messy(
        {
            "Epics": [
                ("ID", "E1", "E2"),
                ("Title", "Portal", "Letters"),
                *((name, first, second) for name, first, second in zip(SCORED, FIRST, SECOND, strict=True)),
            ]
        },
        {"scores": SCORES},
        {"scores": "Epics"},
    ),
}
