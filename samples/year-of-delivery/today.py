"""The portfolio of the sample as it stands today: what is running, what is asked for, and how sure each figure is.

One line per epic; a `-` is a blank cell. Effort is in team-weeks, money in kEUR.
"""

from __future__ import annotations

PORTFOLIO = """
Setting             | Value
Name                | Parcel network: the year to come
Model               | safe
Currency            | kEUR
Start               | 2027-01-04
Period weeks        | 8
Periods             | 6
Value horizon weeks | 104
Portfolio WIP limit | 16
Time zone           | Europe/Berlin
Seed                | 1
"""

EPICS = """
ID     | Title                                         | Type     | Horizon | State                  | Value stream | Effort | Min | Max | UBV | TC | RR | Size | Week | Scored on
PN-201 | One price list for all shops                  | Business | H1      | Implementing: MVP      | SHOP | 14 | 1 | 2 | 13 | 8  | 3  | 5  | 14 | 2026-11-16
PN-202 | Labels printed at home in any format          | Business | H1      | Implementing: Persevere | SHOP | 8  | 1 | 1 | 8  | 8  | 2  | 3  | 12 | 2026-11-16
PN-203 | Second sorting line in the north              | Business | H1      | Implementing: MVP      | NET  | 26 | 2 | 3 | 20 | 13 | 5  | 13 | 30 | 2026-11-16
PN-204 | Night shift without paper                     | Business | H1      | Implementing: MVP      | NET  | 12 | 1 | 2 | 8  | 5  | 3  | 5  | 11 | 2026-11-16
PN-205 | Delivery window of one hour                   | Business | H1      | Implementing: MVP      | LAST | 18 | 2 | 2 | 20 | 13 | 3  | 8  | 26 | 2026-11-16
PN-206 | Lockers that open without a network           | Business | H2      | Implementing: Persevere | LAST | 9  | 1 | 1 | 8  | 3  | 8  | 5  | 9  | 2026-11-16
PN-207 | One customer record                           | Enabler  | H1      | Implementing: MVP      | CORE | 10 | 2 | 3 | 3  | 5  | 20 | 8  | 5  | 2026-06-08
PN-208 | Events instead of nightly files               | Enabler  | H1      | Implementing: MVP      | CORE | 9  | 2 | 3 | 2  | 8  | 20 | 8  | 4  | 2026-06-08
PN-209 | Leave the old data centre                     | Enabler  | H0      | Implementing: MVP      | CORE | 8  | 1 | 2 | 1  | 13 | 8  | 8  | 6  | 2026-06-08
PN-210 | Addresses that are checked once               | Enabler  | H1      | Implementing: MVP      | CORE | 3  | 1 | 1 | 5  | 5  | 8  | 3  | 5  | 2026-11-16
PN-301 | Returns without a receipt                     | Business | H1      | Ready                  | SHOP | 16 | 2 | 2 | 20 | 8  | 2  | 8  | 24 | 2026-11-16
PN-302 | Insurance as part of the checkout             | Business | H2      | Ready                  | SHOP | 12 | 1 | 2 | 8  | 5  | 5  | 5  | 16 | 2026-11-16
PN-303 | Parcels between private people                | Business | H2      | Ready                  | SHOP | 18 | 2 | 3 | 13 | 5  | 5  | 8  | 21 | 2026-11-16
PN-304 | Heavy goods on the main lines                 | Business | H1      | Ready                  | NET  | 24 | 2 | 3 | 13 | 5  | 3  | 13 | 24 | 2026-11-16
PN-305 | Sorting that knows the route                  | Business | H1      | Ready                  | NET  | 20 | 2 | 2 | 13 | 8  | 8  | 8  | 27 | 2026-11-16
PN-306 | Customs papers before the lorry arrives       | Business | H1      | Ready                  | NET  | 14 | 1 | 2 | 8  | 20 | 8  | 5  | 10 | 2026-11-16
PN-307 | Cargo bicycles in twelve cities               | Business | H3      | Ready                  | LAST | 16 | 1 | 2 | 8  | 3  | 8  | 5  | 13 | 2026-11-16
PN-308 | Proof of delivery by picture                  | Business | H1      | Ready                  | LAST | 10 | 1 | 1 | 13 | 5  | 2  | 3  | 15 | 2026-11-16
PN-309 | Neighbours as pick-up points                  | Business | H2      | Ready                  | LAST | 14 | 1 | 2 | 8  | 5  | 5  | 5  | 14 | 2026-11-16
PN-310 | One place for prices and contracts            | Enabler  | H1      | Ready                  | CORE | 14 | 1 | 2 | 3  | 3  | 13 | 5  | 6  | 2026-06-08
PN-311 | Interfaces for large senders                  | Business | H1      | Ready                  | CORE | 12 | 1 | 2 | 13 | 8  | 8  | 5  | 18 | 2026-11-16
PN-401 | Gift wrapping in the shops                    | Business | H1      | Analyzing              | SHOP | 4  | 1 | 1 | 3  | 2  | 1  | 1  | 4  | 2026-11-16
PN-402 | Subscriptions for frequent senders            | Business | H2      | Analyzing              | SHOP | 14 | 1 | 2 | 13 | 3  | 5  | 5  | 15 | 2026-11-16
PN-403 | Shops as small warehouses                     | Business | H3      | Analyzing              | SHOP | 20 | 2 | 3 | 8  | 2  | 13 | 8  | 12 | 2026-11-16
PN-404 | Trains instead of lorries at night            | Business | H3      | Analyzing              | NET  | 28 | 2 | 3 | 8  | 3  | 20 | 13 | 18 | 2026-11-16
PN-405 | Spare parts foretold                          | Enabler  | H1      | Analyzing              | NET  | 10 | 1 | 1 | 3  | 3  | 8  | 3  | 6  | 2026-11-16
PN-406 | Cold chain for pharmacies                     | Business | H2      | Analyzing              | NET  | 22 | 2 | 3 | 13 | 5  | 5  | 8  | 20 | 2026-11-16
PN-407 | Routes planned again at noon                  | Business | H1      | Analyzing              | LAST | 12 | 1 | 2 | 13 | 3  | 3  | 5  | 16 | 2026-11-16
PN-408 | Deliveries into the boot of the car           | Business | H3      | Analyzing              | LAST | 18 | 2 | 2 | 3  | 1  | 5  | 8  | 5  | 2026-11-16
PN-409 | Electric vans for the south                   | Business | H2      | Analyzing              | LAST | 20 | 2 | 3 | 8  | 8  | 8  | 8  | 14 | 2026-11-16
PN-410 | Forecast of the Christmas peak                | Business | H1      | Analyzing              | CORE | 8  | 1 | 1 | 8  | 5  | 5  | 3  | 11 | 2026-11-16
PN-411 | Tests that run in an hour                     | Enabler  | H1      | Analyzing              | CORE | 8  | 1 | 1 | 2  | 5  | 13 | 3  | 5  | 2026-11-16
PN-501 | A shop in every supermarket                   | Business | H2      | Reviewing              | SHOP | 24 | 2 | 3 | 8  | 2  | 3  | 13 | 14 | 2026-11-16
PN-502 | Sorting robots on trial                       | Business | H3      | Reviewing              | NET  | 16 | 2 | 2 | 5  | 2  | 13 | 8  | 8  | 2026-11-16
PN-503 | Drones to the islands                         | Business | H3      | Funnel                 | LAST | 18 | 2 | 2 | 2  | 1  | 13 | 8  | 4  | 2026-11-16
PN-504 | A second language for all letters             | Business | H1      | Funnel                 | CORE | 5  | 1 | 1 | 3  | 1  | 1  | 2  | 3  | 2026-11-16
"""

UNCERTAIN = """
ID     | Effort low | Effort high | Effort cases              | Benefit low | Benefit high | Confidence | MVP periods | MVP cost
PN-201 | -          | -           | -                         | -           | -            | 60%        | 1           | -
PN-205 | -          | -           | -                         | -           | -            | 80%        | 1           | -
PN-301 | 13         | 28          | -                         | 15          | 32           | 80%        | 1           | 60
PN-302 | -          | -           | 10: 50%; 16: 30%; 24: 20% | 8           | 24           | 70%        | -           | -
PN-303 | 14         | 34          | -                         | 10          | 40           | 60%        | 1           | 70
PN-304 | 20         | 44          | -                         | 18          | 30           | 80%        | 1           | 100
PN-305 | 18         | 30          | -                         | 20          | 36           | 90%        | -           | -
PN-306 | 12         | 20          | -                         | -           | -            | 100%       | -           | -
PN-307 | 10         | 26          | -                         | 4           | 30           | 50%        | -           | -
PN-308 | 9          | 13          | -                         | 12          | 18           | 90%        | -           | -
PN-309 | 11         | 22          | -                         | 8           | 22           | 70%        | -           | -
PN-310 | 12         | 24          | -                         | -           | -            | 100%       | -           | -
PN-311 | 10         | 20          | -                         | 12          | 26           | 80%        | -           | -
"""

RULES = """
ID     | Urgency  | Deadline   | Penalty | Latest
PN-306 | deadline | 2027-06-20 | 900     | -
PN-209 | deadline | 2027-04-25 | 600     | -
PN-205 | -        | -          | -       | PI 3
"""

OUTCOME_OF = """
ID     | Outcome
PN-201 | Returns are easy
PN-202 | Returns are easy
PN-203 | Parcels arrive when promised
PN-204 | Parcels arrive when promised
PN-205 | Parcels arrive when promised
PN-206 | Parcels arrive when promised
PN-207 | One truth about a parcel
PN-208 | One truth about a parcel
PN-209 | One truth about a parcel
PN-210 | One truth about a parcel
PN-301 | Returns are easy
PN-302 | New services pay for themselves
PN-303 | New services pay for themselves
PN-304 | New services pay for themselves
PN-305 | Parcels arrive when promised
PN-306 | Parcels arrive when promised
PN-307 | New services pay for themselves
PN-308 | Parcels arrive when promised
PN-309 | Parcels arrive when promised
PN-310 | One truth about a parcel
PN-311 | New services pay for themselves
PN-401 | Returns are easy
PN-402 | New services pay for themselves
PN-403 | New services pay for themselves
PN-404 | New services pay for themselves
PN-405 | Parcels arrive when promised
PN-406 | New services pay for themselves
PN-407 | Parcels arrive when promised
PN-408 | Parcels arrive when promised
PN-409 | New services pay for themselves
PN-410 | One truth about a parcel
PN-411 | One truth about a parcel
PN-501 | New services pay for themselves
PN-502 | New services pay for themselves
PN-503 | New services pay for themselves
PN-504 | One truth about a parcel
"""

VALUE_STREAMS = """
ID   | Name               | Cost per unit | WIP limit | Capacity low | Capacity high
SHOP | Shops and checkout | 10            | 4         | -            | -
NET  | Sorting network    | 11            | 4         | -            | -
LAST | Last mile          | 9             | 4         | -            | -
CORE | Common platform    | 12            | 5         | -            | -
"""

CAPACITY = """
Value stream | PI 1 | PI 2 | PI 3 | PI 4 | PI 5 | PI 6
SHOP         | 18   | 18   | 18   | 16   | 18   | 18
NET          | 24   | 24   | 24   | 21   | 24   | 24
LAST         | 20   | 20   | 20   | 17   | 20   | 20
CORE         | 14   | 14   | 14   | 12   | 14   | 14
"""

DEPENDENCIES = """
Predecessor | Successor | Type            | Raised on  | Needed by  | Resolved on
PN-207      | PN-301    | finish to start | 2026-05-11 | 2026-10-05 | -
PN-208      | PN-305    | finish to start | 2026-06-15 | 2026-11-16 | -
PN-210      | PN-308    | finish to start | 2026-09-07 | 2026-12-07 | -
PN-310      | PN-302    | finish to start | 2026-11-02 | 2027-03-01 | -
PN-207      | PN-402    | needs           | 2026-11-23 | 2027-05-03 | -
PN-204      | PN-304    | needs           | 2026-03-16 | 2026-06-15 | 2026-06-01
PN-206      | PN-307    | needs           | 2026-04-20 | 2026-07-06 | 2026-07-27
PN-201      | PN-303    | needs           | 2026-05-18 | 2026-08-03 | 2026-08-03
PN-206      | PN-309    | needs           | 2026-06-29 | 2026-09-21 | 2026-09-14
PN-203      | PN-406    | needs           | 2026-08-10 | 2026-10-19 | 2026-11-09
"""

GUARDRAILS = """
Name              | Measure | Where          | At least | At most | Of       | Enforce
Horizon 3 floor   | spend   | Horizon = H3   | 4%       | -       | selected | hard
Enabler floor     | effort  | Type = Enabler | 10%      | -       | selected | hard
"""

VOTES = """
Epic   | Scorer     | UBV | TC | RR | Size
PN-301 | Finance    | 20 | 8  | 1  | 8
PN-301 | Operations | 20 | 13 | 2  | 8
PN-301 | Sales      | 20 | 8  | 3  | 5
PN-301 | Technology | 13 | 5  | 2  | 13
PN-303 | Finance    | 5  | 3  | 3  | 8
PN-303 | Operations | 13 | 5  | 5  | 13
PN-303 | Sales      | 20 | 8  | 5  | 5
PN-303 | Technology | 8  | 3  | 8  | 20
PN-305 | Finance    | 13 | 8  | 8  | 8
PN-305 | Operations | 13 | 8  | 8  | 8
PN-305 | Sales      | 8  | 8  | 8  | 8
PN-305 | Technology | 13 | 8  | 13 | 8
PN-307 | Finance    | 1  | 1  | 5  | 8
PN-307 | Operations | 5  | 2  | 8  | 5
PN-307 | Sales      | 20 | 5  | 8  | 3
PN-307 | Technology | 8  | 3  | 13 | 8
"""
