"""A year of dated history of the sample: what was begun, finished, blocked, deployed, integrated and reached in 2026.

Past epics (PN-1..) have left the workbook; the README names the surprises that are planted here.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

Row = list[Any]

FINISHED = """
Epic   | Value stream | Type     | Started    | Days | Estimated | Low | High | Actual
PN-101 | LAST         | Business | 2026-01-16 | 48   | 10        | 8   | 14   | 11
PN-102 | SHOP         | Business | 2026-01-08 | 62   | 12        | 10  | 15   | 13
PN-103 | NET          | Business | 2026-01-05 | 75   | 18        | 15  | 22   | 24
PN-104 | CORE         | Enabler  | 2026-01-15 | 70   | 10        | 9   | 13   | 15
PN-105 | SHOP         | Business | 2026-02-12 | 70   | 14        | 11  | 18   | 15
PN-106 | NET          | Enabler  | 2026-02-16 | 80   | 16        | 13  | 20   | 22
PN-107 | LAST         | Business | 2026-03-15 | 60   | 12        | 10  | 15   | 14
PN-108 | CORE         | Enabler  | 2026-03-24 | 58   | 8         | 7   | 10   | 9
PN-109 | SHOP         | Business | 2026-04-10 | 55   | 10        | 8   | 13   | 11
PN-110 | SHOP         | Business | 2026-03-29 | 88   | 16        | 13  | 20   | 21
PN-111 | LAST         | Business | 2026-04-17 | 75   | 14        | 12  | 17   | 19
PN-112 | NET          | Business | 2026-03-21 | 110  | 22        | 18  | 27   | 31
PN-113 | CORE         | Enabler  | 2026-05-11 | 66   | 9         | 8   | 12   | 11
PN-114 | SHOP         | Business | 2026-06-01 | 73   | 12        | 10  | 15   | 16
PN-115 | NET          | Business | 2026-06-04 | 84   | 15        | 12  | 19   | 18
PN-116 | LAST         | Business | 2026-07-21 | 58   | 11        | 9   | 14   | 13
PN-117 | SHOP         | Business | 2026-08-10 | 66   | 12        | 10  | 15   | 14
PN-119 | LAST         | Business | 2026-08-09 | 81   | 15        | 12  | 19   | 22
PN-120 | SHOP         | Business | 2026-09-03 | 91   | 16        | 13  | 20   | 23
PN-121 | LAST         | Business | 2026-09-24 | 77   | 13        | 11  | 16   | 17
PN-122 | NET          | Business | 2026-08-19 | 120  | 20        | 16  | 25   | 29
PN-123 | CORE         | Enabler  | 2026-10-16 | 64   | 8         | 7   | 10   | 10
"""

AGAIN = """
Epic   | State                   | Entered                   | Value stream | Type
PN-118 | Ready                   | 2026-07-06                | CORE | Enabler
PN-118 | Implementing: MVP       | 2026-07-12                | CORE | Enabler
PN-118 | Done                    | 2026-08-20                | CORE | Enabler
PN-118 | Implementing: Persevere | 2026-08-27                | CORE | Enabler
PN-118 | Done                    | 2026-10-20T23:30:00-05:00 | CORE | Enabler
PN-201 | Ready                   | 2026-10-05                | SHOP | Business
PN-201 | Implementing: MVP       | 2026-10-16                | SHOP | Business
PN-202 | Ready                   | 2026-10-26                | SHOP | Business
PN-202 | Implementing: MVP       | 2026-11-20                | SHOP | Business
PN-202 | Implementing: Persevere | 2026-12-14                | SHOP | Business
PN-203 | Ready                   | 2026-07-20                | NET  | Business
PN-203 | Implementing: MVP       | 2026-08-07                | NET  | Business
PN-204 | Implementing: MVP       | 2026-04-01                | NET  | Business
PN-204 | Analyzing               | 2026-04-20                | NET  | Business
PN-204 | Implementing: MVP       | 2026-11-05                | NET  | Business
PN-205 | Ready                   | 2026-09-21                | LAST | Business
PN-205 | Implementing: MVP       | 2026-10-01                | LAST | Business
PN-206 | Implementing: MVP       | 2026-12-05                | LAST | Business
PN-206 | Implementing: Persevere | 2026-12-18                | LAST | Business
PN-207 | Implementing: MVP       | 2026-03-20                | CORE | Enabler
PN-208 | Implementing: MVP       | 2026-05-09                | CORE | Enabler
PN-209 | Implementing: MVP       | 2026-06-28                | CORE | Enabler
PN-210 | Implementing: MVP       | 2026-11-25                | CORE | Enabler
"""

BLOCKED = """
Epic   | From       | To         | Waits for
PN-203 | 2026-09-14 | 2026-10-12 | CORE
PN-205 | 2026-11-16 | -          | CORE
PN-201 | 2026-12-07 | -          | CORE
PN-207 | 2026-07-06 | 2026-08-17 | outside
PN-112 | 2026-05-04 | 2026-06-01 | CORE
PN-120 | 2026-10-05 | 2026-10-26 | CORE
PN-122 | 2026-09-28 | 2026-11-09 | CORE
"""

PERIODS = ("PI 26.1", "PI 26.2", "PI 26.3", "PI 26.4", "PI 26.5", "PI 26.6")

DELIVERED = """
Value stream | Planned           | Delivered
SHOP         | 18 18 18 16 18 18 | 17 18 17 11 18 17
NET          | 24 24 24 21 24 24 | 23 22 24 14 22 23
LAST         | 15 15 15 17 20 20 | 14 15 15 11 15 14
CORE         | 14 14 14 12 14 14 | 12 11 12 7 11 11
"""

OBJECTIVES = """
Period  | Value stream | Objective                              | Planned value | Actual value | Committed
PI 26.4 | SHOP         | Basket in three steps                  | 8  | 7  | yes
PI 26.4 | NET          | Scanners replaced                      | 10 | 8  | yes
PI 26.4 | LAST         | Tours planned in an hour               | 9  | 6  | yes
PI 26.4 | CORE         | Contracts moved                        | 8  | 4  | yes
PI 26.5 | SHOP         | Vouchers                               | 7  | 7  | yes
PI 26.5 | NET          | Line two rebuilt                       | 10 | 8  | yes
PI 26.5 | LAST         | Window of two hours                    | 10 | 6  | yes
PI 26.5 | LAST         | Lockers at stations                    | 8  | 5  | yes
PI 26.5 | LAST         | Pictures of the door                   | 7  | 4  | yes
PI 26.5 | LAST         | A pilot with a supermarket             | 6  | 7  | no
PI 26.5 | LAST         | New jackets with a reader              | 5  | 5  | no
PI 26.5 | CORE         | First events                           | 9  | 5  | yes
PI 26.6 | SHOP         | Labels at home                         | 8  | 8  | -
PI 26.6 | NET          | Paperless in one centre                | 9  | 7  | yes
PI 26.6 | LAST         | Window of one hour in two cities       | 10 | 7  | yes
PI 26.6 | CORE         | Addresses                              | 7  | 4  | yes
"""

OUTCOMES = """
Objective                    | Key result                          | Baseline | Baseline on | Target | Target on  | Current | Measured on | Better | Weight | Epics
Returns are easy             | Minutes a return takes              | 12       | 2026-01-05  | 6      | 2026-12-28 | 11      | 2026-06-29  | -      | 2      | PN-202
Returns are easy             | Minutes a return takes              | 12       | 2026-01-05  | 6      | 2026-12-28 | 7       | 2026-12-14  | -      | 2      | PN-202
Returns are easy             | Calls about returns in a week       | 900      | 2026-01-05  | 600    | 2026-12-28 | 980     | 2026-12-14  | -      | 1      | PN-301
Parcels arrive when promised | Share within the window             | 0.78     | 2026-01-05  | 0.9    | 2026-12-28 | 0.81    | 2026-05-04  | -      | 1      | PN-205
Parcels arrive when promised | Share within the window             | 0.78     | 2026-01-05  | 0.9    | 2026-12-28 | 0.93    | 2026-12-07  | -      | 1      | PN-205
Parcels arrive when promised | Parcels that nobody can find        | 40       | 2026-01-05  | 40     | 2026-12-28 | 46      | 2026-12-07  | lower  | 1      | PN-210
One truth about a parcel     | Systems that keep their own address | 14       | 2026-01-05  | 5      | 2027-06-28 | 12      | 2026-08-03  | -      | 1      | PN-207, PN-210
New services pay for themselves | Income from new services    | 400      | 2026-01-05  | 2400   | 2027-12-27 | 700     | 2026-12-14  | -      | 1      | PN-302, PN-303
"""

FORECASTS = """
Made on    | Subject   | Question | By         | Chance | P50        | P85        | Outcome    | Known on
2026-01-05 | PN-102    | done     | 2026-03-15 | 85%    | 2026-02-28 | 2026-03-15 | 2026-03-10 | 2026-03-10
2026-01-05 | PN-103    | done     | 2026-03-08 | 80%    | 2026-02-22 | 2026-03-08 | 2026-03-20 | 2026-03-20
2026-02-02 | PN-105    | done     | 2026-04-30 | 90%    | 2026-04-10 | 2026-04-26 | 2026-04-22 | 2026-04-22
2026-02-02 | PN-106    | done     | 2026-04-26 | 85%    | 2026-04-12 | 2026-04-26 | 2026-05-06 | 2026-05-06
2026-03-02 | PN-110    | done     | 2026-06-14 | 80%    | 2026-05-31 | 2026-06-14 | 2026-06-24 | 2026-06-24
2026-03-02 | PN-112    | done     | 2026-06-21 | 75%    | 2026-06-01 | 2026-06-21 | 2026-07-08 | 2026-07-08
2026-03-30 | PN-111    | done     | 2026-06-28 | 85%    | 2026-06-14 | 2026-06-28 | 2026-06-30 | 2026-06-30
2026-06-01 | PN-114    | done     | 2026-08-16 | 85%    | 2026-08-02 | 2026-08-16 | 2026-08-12 | 2026-08-12
2026-06-01 | PN-115    | done     | 2026-08-30 | 80%    | 2026-08-09 | 2026-08-30 | 2026-08-26 | 2026-08-26
2026-07-20 | PN-116    | done     | 2026-09-20 | 90%    | 2026-09-06 | 2026-09-20 | 2026-09-16 | 2026-09-16
2026-08-10 | PN-120    | done     | 2026-11-15 | 85%    | 2026-11-01 | 2026-11-15 | 2026-12-02 | 2026-12-02
2026-08-10 | PN-122    | done     | 2026-11-22 | 85%    | 2026-11-01 | 2026-11-22 | 2026-12-16 | 2026-12-16
2026-12-07 | PN-201    | done     | 2027-04-25 | 40%    | 2027-05-09 | 2027-07-04 | -          | -
2026-12-07 | PN-205    | done     | 2027-06-20 | 70%    | 2027-05-30 | 2027-07-11 | -          | -
"""

SCHEDULE = {"SHOP": (4, 7, 0), "NET": (14, 19, 5), "LAST": (7, 9, 3), "CORE": (28, 28, 2)}
"""By value stream: days between deployments, and the first and the shift of those that fail."""


def states(line: Row) -> list[Row]:
    """The moves of one finished epic: looked at two months ahead, ready ten days before, kept after two fifths."""
    epic, stream, kind, started, length = line[:5]
    steps = (("Analyzing", -40), ("Ready", -10), ("Implementing: MVP", 0), ("Implementing: Persevere", length * 2 // 5))
    moves = [(state, started + timedelta(days=days)) for state, days in (*steps, ("Done", length - 1))]
    return [[epic, state, entered, stream, kind] for state, entered in moves]


def actuals(line: Row) -> Row:
    """What a finished epic was estimated at, and what it took."""
    epic, stream, _, started, length, *effort = line
    return [epic, stream, *effort, started + timedelta(days=length - 1)]


SO_FAR = """
Epic   | Value stream | Estimated | Low | High | Actual
PN-201 | SHOP         | 20        | 16  | 26   | 9
PN-205 | LAST         | 28        | 22  | 36   | 12
"""


def delivered(line: Row) -> list[Row]:
    """What one value stream delivered, by period."""
    stream, *figures = line
    return [[stream, period, *map(int, pair)] for period, *pair in zip(PERIODS, *map(str.split, figures), strict=True)]


def deployments() -> list[Row]:
    """A year of deployments: the rarer they are, the older is what they bring, and the more often they fail."""
    rows = []
    for stream, (every, _, shift) in SCHEDULE.items():
        day, number = date(2026, 1, 7), 0
        while day < date(2026, 12, 24):
            number += 1
            deployed = datetime.combine(day, time(10, number * 7 % 60))
            failed = (number + shift) % (3 if every >= 28 else 8 if every >= 7 else 20) == 0
            reworked = stream == "LAST" and day >= date(2026, 9, 1) and number % 3 == 0
            recovered = deployed + timedelta(hours=2 + every) if failed else None
            rows.append([f"{stream}-{number}", stream, deployed, deployed - timedelta(hours=18 * every),
                         "yes" if failed else "no", recovered, "yes" if reworked else "no"])  # fmt: skip
            day += timedelta(days=every)
    return rows


def incidents() -> list[Row]:
    """What broke in production, and when it was restored; the last one is still open."""
    rows = []
    for number, row in enumerate(row for row in deployments() if row[4] == "yes"):
        began = row[2] + timedelta(minutes=40)
        rows.append([row[1], began, began + timedelta(hours=3 + number % 5), row[0]])
    rows.append(["CORE", datetime(2026, 12, 29, 8, 15), None, None])
    return rows


def integrations() -> list[Row]:
    """The whole is integrated each week, until it is not: nothing since 9 November, nothing releasable since 12 October."""
    rows, day, number = [], date(2026, 1, 9), 0
    while day <= date(2026, 11, 9):
        number += 1
        run = 400 + 5 * number
        failing = 0 if number % 4 else 3
        if day > date(2026, 10, 12):
            failing = 40
        rows.append(["CORE", day, run, run - failing, "no" if failing > 3 else "yes"])
        day += timedelta(days=7)
    return rows
