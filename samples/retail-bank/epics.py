"""The epics of the sample bank, as tables that a person can read and change: one line per epic.

A `-` is a blank cell. Effort is in team-weeks per value stream; an epic with several streams goes to the Effort sheet.
"""

from __future__ import annotations

TITLES = """
ID     | Title                                                   | Theme              | Owner
RB-101 | Instant payments from non-euro accounts (IPR)           | Instant everywhere | Head of Payments
RB-102 | PSD3/PSR readiness: fraud refunds and payee check       | Safe and sound     | Compliance office
RB-103 | ISO 20022 exceptions and investigations                 | Modern core        | Head of Operations
RB-104 | Wero wallet in shops                                    | Instant everywhere | Head of Cards and Acquiring
RB-105 | Tap to phone for small merchants                        | Instant everywhere | Head of Cards and Acquiring
RB-106 | Payment hub: one message layer for all rails            | Modern core        | Chief Architect
RB-107 | Exit the card processor contract                        | Modern core        | Head of Cards and Acquiring
RB-108 | Real-time fraud scoring: build on our own data          | Safe and sound     | CISO office
RB-109 | Real-time fraud scoring: buy as a service               | Safe and sound     | CISO office
RB-112 | Digital euro: take part in the pilot                    | Instant everywhere | Head of Payments
RB-113 | Retire the MT message gateway                           | Modern core        | Head of Operations
RB-114 | See and stop recurring card payments                    | Digital daily      | Head of Payments
RB-116 | Payments inside accounting software                     | Instant everywhere | Head of Business Banking
RB-118 | Pay later for business customers                        | Instant everywhere | Head of Business Banking
RB-201 | CCD2 second wave: overdrafts and pay later              | Safe and sound     | Head of Consumer Lending
RB-202 | Mortgage offer in one day                               | Home and family    | Head of Mortgages
RB-203 | Renovation loan with state subsidy                      | Home and family    | Head of Consumer Lending
RB-204 | Credit decision engine: replace                         | Modern core        | Chief Risk Officer's office
RB-205 | Collections: early contact and payment plans            | Safe and sound     | Head of Operations
RB-206 | Pay later at the merchant's checkout                    | Instant everywhere | Head of Consumer Lending
RB-208 | Green mortgage with energy-label discount               | Home and family    | Head of Mortgages
RB-209 | Pre-approved limits for existing customers              | Digital daily      | Head of Consumer Lending
RB-210 | Loan servicing: move to the new core                    | Modern core        | Head of Operations
RB-211 | IRB models: documentation and monitoring findings       | Safe and sound     | Chief Risk Officer's office
RB-213 | Small-business lending in the app                       | Digital daily      | Head of Business Banking
RB-214 | Loan assistant: trial with advisers                     | Digital daily      | Head of Consumer Lending
RB-216 | Mortgages for holiday homes                             | Home and family    | Head of Mortgages
RB-301 | Accessibility act: remaining findings in app and web    | Digital daily      | Head of Digital Channels
RB-302 | EU Digital Identity Wallet for onboarding and login     | Safe and sound     | Head of Digital Channels
RB-303 | App: new home screen and search                         | Digital daily      | Head of Digital Channels
RB-305 | Student package for the autumn intake                   | Home and family    | Head of Daily Banking
RB-306 | Small-business account with card acceptance             | Instant everywhere | Head of Business Banking
RB-307 | Account opening in five minutes                         | Digital daily      | Head of Daily Banking
RB-309 | Contact centre: one screen for every adviser            | Digital daily      | Head of Operations
RB-313 | Current accounts inside partner apps                    | Digital daily      | Head of Daily Banking
RB-314 | Retire passbooks and paper statements                   | Modern core        | Head of Daily Banking
RB-315 | New core for current accounts                           | Modern core        | Chief Architect
RB-316 | Notifications that customers choose                     | Digital daily      | Head of Digital Channels
RB-317 | Chat assistant for everyday questions                   | Digital daily      | Head of Digital Channels
RB-318 | Voice banking in the car                                | Digital daily      | Head of Digital Channels
RB-401 | MiFID costs and charges: supervisor's findings          | Safe and sound     | Compliance office
RB-402 | Fractional shares and savings plans                     | Invest simply      | Head of Wealth
RB-403 | Robo advice for first-time investors                    | Invest simply      | Head of Wealth
RB-405 | Adviser workplace with one customer view                | Invest simply      | Head of Wealth
RB-406 | Suitability check built once for all channels           | Invest simply      | Compliance office
RB-407 | Private-market funds for savers (ELTIF)                 | Invest simply      | Head of Wealth
RB-409 | Retire fund orders by fax and e-mail                    | Invest simply      | Head of Operations
RB-410 | Term deposits and bonds while rates hold                | Invest simply      | Head of Wealth
RB-411 | Securities platform: move to a provider                 | Modern core        | Head of Wealth
RB-502 | API gateway and developer portal                        | Modern core        | Chief Architect
RB-503 | Event streaming platform                                | Modern core        | Chief Architect
RB-504 | One customer profile                                    | Digital daily      | Chief Data Officer's office
RB-505 | Customer due diligence data for the AML Regulation      | Safe and sound     | Compliance office
RB-506 | Login and consent platform                              | Safe and sound     | CISO office
RB-507 | DORA register of information, 2027 submission           | Safe and sound     | CISO office
RB-508 | Risk data aggregation (BCBS 239 findings)               | Safe and sound     | Chief Risk Officer's office
RB-510 | AI Act: model register and gateway                      | Safe and sound     | Chief Data Officer's office
RB-511 | FIDA: data permission dashboard, trial                  | Digital daily      | Chief Data Officer's office
RB-512 | Daily close of the finance ledger                       | Modern core        | CFO office
RB-513 | Retire the old data warehouse                           | Modern core        | Chief Data Officer's office
RB-514 | Test data and environments on demand                    | Modern core        | Chief Architect
RB-515 | Post-quantum cryptography: inventory and first keys     | Safe and sound     | CISO office
RB-517 | Passwordless sign-in for staff                          | Safe and sound     | CISO office
"""

SCORES = """
ID     | Type     | Category         | Horizon | State                    | UBV | TC | RR | Size | Week  | Confidence
RB-101 | Business | Compliance       | H1      | Ready                    | 8   | 20 | 5  | 8    | 9000  | 95%
RB-102 | Business | Compliance       | H1      | Analyzing                | 5   | 13 | 8  | 8    | 12000 | 80%
RB-103 | Business | Compliance       | H1      | Ready                    | 3   | 13 | 5  | 5    | 8000  | 90%
RB-104 | Business | Growth           | H2      | Ready                    | 20  | 13 | 8  | 13   | 38000 | 65%
RB-105 | Business | Growth           | H2      | Ready                    | 13  | 8  | 3  | 5    | 18000 | 70%
RB-106 | Enabler  | Technical health | H1      | Implementing: Persevere  | 5   | 5  | 20 | 13   | 9000  | 90%
RB-107 | Business | Efficiency       | H1      | Ready                    | 13  | 13 | 3  | 13   | -     | 85%
RB-108 | Business | Efficiency       | H1      | Analyzing                | 13  | 8  | 13 | 13   | 24000 | 75%
RB-109 | Business | Efficiency       | H1      | Analyzing                | 13  | 8  | 8  | 5    | 21000 | 85%
RB-112 | Business | Growth           | H3      | Reviewing                | 3   | 3  | 13 | 5    | 7000  | 40%
RB-113 | Enabler  | Technical health | H0      | Ready                    | 2   | 1  | 3  | 2    | 6500  | 95%
RB-114 | Business | Growth           | H1      | Ready                    | 8   | 3  | 1  | 5    | 9500  | 80%
RB-116 | Business | Growth           | H3      | Analyzing                | 8   | 5  | 13 | 8    | 16000 | 45%
RB-118 | Business | Growth           | H2      | Funnel                   | -   | -  | -  | -    | -     | -
RB-201 | Business | Compliance       | H1      | Implementing: MVP        | 5   | 20 | 3  | 5    | 14000 | 95%
RB-202 | Business | Growth           | H1      | Ready                    | 20  | 8  | 5  | 13   | 42000 | 75%
RB-203 | Business | Growth           | H2      | Ready                    | 13  | 13 | 2  | 5    | 44000 | 70%
RB-204 | Enabler  | Technical health | H1      | Ready                    | 8   | 5  | 13 | 13   | 15000 | 85%
RB-205 | Business | Efficiency       | H1      | Ready                    | 13  | 5  | 3  | 5    | 17000 | 85%
RB-206 | Business | Growth           | H2      | Analyzing                | 13  | 13 | 5  | 8    | 27000 | 60%
RB-208 | Business | Growth           | H2      | Ready                    | 8   | 5  | 3  | 5    | 15000 | 70%
RB-209 | Business | Growth           | H1      | Ready                    | 20  | 5  | 2  | 8    | 26000 | 80%
RB-210 | Enabler  | Technical health | H1      | Analyzing                | 20  | 5  | 8  | 20   | 38000 | 60%
RB-211 | Business | Compliance       | H1      | Ready                    | 3   | 13 | 8  | 5    | 10000 | 90%
RB-213 | Business | Growth           | H2      | Analyzing                | 13  | 5  | 5  | 8    | 22000 | 65%
RB-214 | Business | Growth           | H3      | Ready                    | 3   | 2  | 8  | 3    | 8000  | 40%
RB-216 | Business | Growth           | H2      | Funnel                   | -   | -  | -  | -    | -     | -
RB-301 | Business | Compliance       | H1      | Ready                    | 5   | 20 | 2  | 3    | 6000  | 95%
RB-302 | Business | Compliance       | H2      | Analyzing                | 5   | 13 | 13 | 8    | 9000  | 85%
RB-303 | Business | Growth           | H1      | Ready                    | 13  | 3  | 2  | 8    | 20000 | 70%
RB-305 | Business | Growth           | H1      | Ready                    | 8   | 20 | 1  | 3    | 28000 | 80%
RB-306 | Business | Growth           | H2      | Ready                    | 8   | 5  | 3  | 5    | 17000 | 70%
RB-307 | Business | Growth           | H1      | Ready                    | 20  | 8  | 3  | 8    | 28000 | 80%
RB-309 | Business | Efficiency       | H1      | Analyzing                | 13  | 3  | 5  | 13   | 23000 | 80%
RB-313 | Business | Growth           | H3      | Reviewing                | 8   | 5  | 13 | 8    | 20000 | 35%
RB-314 | Business | Efficiency       | H0      | Ready                    | 5   | 1  | 2  | 3    | 11000 | 90%
RB-315 | Enabler  | Technical health | H1      | Analyzing                | 20  | 3  | 20 | 20   | 55000 | 55%
RB-316 | Business | Growth           | H1      | Ready                    | 3   | 2  | 1  | 2    | 4500  | 90%
RB-317 | Business | Efficiency       | H2      | Analyzing                | 8   | 5  | 5  | 5    | 19000 | 60%
RB-318 | Business | Growth           | H3      | Funnel                   | -   | -  | -  | -    | -     | -
RB-401 | Business | Compliance       | H1      | Ready                    | 2   | 13 | 3  | 3    | 5000  | 95%
RB-402 | Business | Growth           | H1      | Ready                    | 13  | 5  | 3  | 8    | 19000 | 75%
RB-403 | Business | Growth           | H2      | Analyzing                | 8   | 8  | 5  | 8    | 15000 | 60%
RB-405 | Business | Efficiency       | H1      | Ready                    | 8   | 2  | 3  | 8    | 16000 | 80%
RB-406 | Enabler  | Technical health | H1      | Ready                    | 2   | 3  | 13 | 3    | 5000  | 85%
RB-407 | Business | Growth           | H3      | Reviewing                | 8   | 3  | 8  | 5    | 14000 | 40%
RB-409 | Business | Efficiency       | H0      | Ready                    | 5   | 1  | 1  | 2    | 7000  | 95%
RB-410 | Business | Growth           | H1      | Ready                    | 13  | 20 | 1  | 5    | 42000 | 80%
RB-411 | Business | Efficiency       | H1      | Analyzing                | 13  | 5  | 5  | 13   | 27000 | 65%
RB-502 | Enabler  | Technical health | H2      | Ready                    | 3   | 3  | 20 | 5    | 6000  | 85%
RB-503 | Enabler  | Technical health | H1      | Ready                    | 3   | 5  | 20 | 5    | 6500  | 90%
RB-504 | Enabler  | Technical health | H1      | Ready                    | 8   | 5  | 20 | 8    | 12000 | 80%
RB-505 | Business | Compliance       | H1      | Ready                    | 8   | 20 | 13 | 8    | 18000 | 90%
RB-506 | Enabler  | Technical health | H1      | Ready                    | 3   | 8  | 13 | 5    | 5500  | 90%
RB-507 | Business | Compliance       | H1      | Implementing: Persevere  | 3   | 20 | 3  | 2    | 6000  | 95%
RB-508 | Business | Compliance       | H1      | Ready                    | 8   | 13 | 13 | 13   | 15000 | 80%
RB-510 | Enabler  | Compliance       | H2      | Analyzing                | 3   | 8  | 13 | 5    | 6000  | 85%
RB-511 | Business | Compliance       | H3      | Reviewing                | 2   | 2  | 13 | 5    | 6000  | 40%
RB-512 | Business | Efficiency       | H1      | Ready                    | 13  | 3  | 2  | 8    | 14000 | 80%
RB-513 | Enabler  | Technical health | H0      | Ready                    | 8   | 1  | 2  | 5    | 13000 | 90%
RB-514 | Enabler  | Technical health | H1      | Ready                    | 5   | 3  | 8  | 3    | 8500  | 80%
RB-515 | Enabler  | Technical health | H3      | Reviewing                | 1   | 2  | 8  | 5    | 4000  | 60%
RB-517 | Enabler  | Technical health | H1      | Ready                    | 1   | 1  | 5  | 1    | 3500  | 95%
"""

URGENCIES = """
ID     | Urgency    | Deadline   | Life | Peak loss | Penalty | Value curve
RB-101 | deadline   | 2027-07-09 | -    | -         | 2400000 | -
RB-102 | deadline   | 2027-12-31 | -    | -         | 1800000 | -
RB-103 | deadline   | 2027-11-20 | -    | -         | 600000  | -
RB-104 | peak lost  | -          | -    | 0.6%      | -       | -
RB-105 | peak lost  | -          | -    | 0.5%      | -       | -
RB-107 | curve      | -          | -    | -         | -       | 0: 3600000; 40: 3200000; 52: 1500000; 104: 400000
RB-201 | deadline   | 2027-06-30 | -    | -         | 1200000 | -
RB-203 | short life | -          | 104  | -         | -       | -
RB-206 | peak lost  | -          | -    | 0.4%      | -       | -
RB-211 | deadline   | 2027-09-30 | -    | -         | 900000  | -
RB-301 | deadline   | 2027-06-28 | -    | -         | 500000  | -
RB-302 | deadline   | 2027-12-24 | -    | -         | 1000000 | -
RB-305 | short life | -          | 70   | -         | -       | -
RB-401 | deadline   | 2027-06-30 | -    | -         | 400000  | -
RB-403 | peak lost  | -          | -    | 0.4%      | -       | -
RB-410 | short life | -          | 64   | -         | -       | -
RB-505 | deadline   | 2027-07-10 | -    | -         | 3500000 | -
RB-507 | deadline   | 2027-03-31 | -    | -         | 700000  | -
RB-508 | deadline   | 2027-12-31 | -    | -         | 1500000 | -
RB-510 | deadline   | 2027-12-02 | -    | -         | 800000  | -
RB-513 | standard   | -          | 130  | -         | -       | -
"""

WORK = """
ID     | Effort                  | Min | Max | External | CapEx | MVP periods | MVP cost
RB-101 | PAY 40, PLA 14          | 2   | 2   | -        | 40%   | -           | -
RB-102 | PAY 45, EVB 15          | 2   | 2   | 60000    | 35%   | -           | -
RB-103 | PAY 34                  | 2   | 2   | -        | 40%   | -           | -
RB-104 | PAY 62, EVB 20          | 2   | 3   | 250000   | 60%   | 1           | 400000
RB-105 | PAY 32                  | 2   | 2   | 80000    | 50%   | -           | -
RB-106 | PAY 48, PLA 26          | 2   | 3   | -        | 70%   | -           | -
RB-107 | PAY 58, PLA 10          | 3   | 3   | 250000   | 45%   | -           | -
RB-108 | PAY 36, PLA 40          | 3   | 3   | -        | 65%   | 1           | 300000
RB-109 | PAY 22, PLA 8           | 2   | 2   | 900000   | 20%   | -           | -
RB-112 | PAY 24, PLA 12          | 2   | 2   | 40000    | 0%    | -           | -
RB-113 | PAY 16                  | 1   | 1   | -        | 0%    | -           | -
RB-114 | PAY 20, EVB 12          | 2   | 2   | -        | 50%   | -           | -
RB-116 | PAY 40, PLA 12          | 2   | 2   | -        | 30%   | 1           | 180000
RB-201 | LEN 36                  | 2   | 2   | -        | 30%   | -           | -
RB-202 | LEN 78, PLA 18          | 2   | 4   | 200000   | 60%   | 1           | 350000
RB-203 | LEN 32                  | 2   | 2   | -        | 45%   | -           | -
RB-204 | LEN 52, PLA 30          | 2   | 3   | -        | 70%   | -           | -
RB-205 | LEN 30, EVB 6           | 2   | 2   | -        | 40%   | -           | -
RB-206 | LEN 38, PAY 16          | 2   | 2   | 70000    | 55%   | 1           | 240000
RB-208 | LEN 24, PLA 6           | 2   | 2   | -        | 40%   | -           | -
RB-209 | LEN 28, EVB 10, PLA 8   | 1   | 2   | -        | 50%   | -           | -
RB-210 | LEN 120, PLA 45         | 3   | 5   | 600000   | 70%   | -           | -
RB-211 | LEN 30, PLA 10          | 2   | 2   | -        | 10%   | -           | -
RB-213 | LEN 44, EVB 14          | 2   | 2   | -        | 50%   | 1           | 260000
RB-214 | LEN 14, PLA 10          | 1   | 1   | 30000    | 0%    | -           | -
RB-301 | EVB 24                  | 1   | 1   | -        | 20%   | -           | -
RB-302 | EVB 34, PLA 16          | 2   | 2   | 90000    | 45%   | -           | -
RB-303 | EVB 48                  | 2   | 2   | 60000    | 55%   | -           | -
RB-305 | EVB 18                  | 1   | 1   | 40000    | 20%   | -           | -
RB-306 | EVB 36                  | 2   | 2   | -        | 50%   | -           | -
RB-307 | EVB 52, PLA 12          | 3   | 3   | -        | 60%   | 1           | 280000
RB-309 | EVB 56, PLA 14          | 3   | 3   | 340000   | 50%   | -           | -
RB-313 | EVB 30, PLA 20          | 2   | 2   | -        | 20%   | 1           | 150000
RB-314 | EVB 24                  | 1   | 1   | -        | 0%    | -           | -
RB-315 | EVB 110, PLA 80         | 4   | 6   | 1200000  | 75%   | -           | -
RB-316 | EVB 10                  | 1   | 1   | -        | 40%   | -           | -
RB-317 | EVB 26, PLA 14          | 2   | 2   | 110000   | 40%   | -           | -
RB-401 | WEA 18                  | 1   | 1   | -        | 10%   | -           | -
RB-402 | WEA 36, EVB 8           | 2   | 2   | -        | 55%   | -           | -
RB-403 | WEA 38, PLA 8           | 2   | 2   | 60000    | 50%   | 1           | 220000
RB-405 | WEA 40, PLA 10          | 2   | 2   | -        | 50%   | -           | -
RB-406 | WEA 24                  | 1   | 1   | -        | 60%   | -           | -
RB-407 | WEA 28                  | 2   | 2   | 35000    | 10%   | -           | -
RB-409 | WEA 12                  | 1   | 1   | -        | 0%    | -           | -
RB-410 | WEA 20, EVB 8           | 2   | 2   | -        | 30%   | -           | -
RB-411 | WEA 70, PLA 25          | 3   | 5   | 1400000  | 35%   | -           | -
RB-502 | PLA 36                  | 1   | 2   | -        | 70%   | -           | -
RB-503 | PLA 40                  | 2   | 2   | -        | 70%   | -           | -
RB-504 | PLA 58                  | 2   | 3   | 200000   | 65%   | 1           | 320000
RB-505 | PLA 44, EVB 16, LEN 5   | 2   | 2   | 120000   | 30%   | -           | -
RB-506 | PLA 34                  | 2   | 2   | 50000    | 65%   | -           | -
RB-507 | PLA 14                  | 1   | 1   | -        | 0%    | -           | -
RB-508 | PLA 60, LEN 8           | 3   | 3   | 150000   | 40%   | -           | -
RB-510 | PLA 32                  | 2   | 2   | -        | 50%   | -           | -
RB-511 | PLA 18, EVB 8           | 2   | 2   | -        | 0%    | -           | -
RB-512 | PLA 46                  | 2   | 2   | 180000   | 60%   | -           | -
RB-513 | PLA 38                  | 2   | 2   | -        | 0%    | -           | -
RB-514 | PLA 24                  | 1   | 1   | 30000    | 60%   | -           | -
RB-515 | PLA 20, PAY 6           | 2   | 2   | 45000    | 0%    | -           | -
RB-517 | PLA 8                   | 1   | 1   | 20000    | 30%   | -           | -
"""

RULES = """
ID     | Earliest | Latest | Start | Must | Approved | Exclusive group | Together group
RB-101 | -        | PI 2   | -     | yes  | -        | -               | -
RB-102 | PI 2     | PI 5   | -     | -    | -        | -               | -
RB-103 | PI 3     | -      | -     | -    | -        | -               | -
RB-104 | -        | -      | -     | -    | yes      | -               | -
RB-105 | -        | -      | -     | -    | -        | -               | Tap to phone
RB-106 | -        | -      | PI 1  | -    | -        | -               | -
RB-108 | -        | -      | -     | -    | -        | Fraud scoring   | -
RB-109 | -        | -      | -     | -    | -        | Fraud scoring   | -
RB-112 | PI 3     | -      | -     | -    | -        | -               | -
RB-201 | -        | -      | PI 1  | -    | -        | -               | -
RB-202 | PI 2     | -      | -     | -    | yes      | -               | -
RB-210 | -        | -      | -     | -    | no       | -               | -
RB-301 | -        | PI 2   | -     | -    | -        | -               | -
RB-302 | PI 2     | PI 5   | -     | -    | -        | -               | -
RB-305 | -        | PI 2   | -     | -    | -        | -               | -
RB-306 | -        | -      | -     | -    | -        | -               | Tap to phone
RB-315 | -        | -      | -     | -    | no       | -               | -
RB-317 | PI 2     | -      | -     | -    | -        | -               | -
RB-401 | -        | PI 2   | -     | yes  | -        | -               | -
RB-410 | -        | PI 3   | -     | -    | -        | -               | -
RB-411 | -        | -      | -     | -    | no       | -               | -
RB-505 | -        | PI 2   | -     | yes  | -        | -               | -
RB-507 | -        | -      | PI 1  | -    | -        | -               | -
RB-508 | -        | PI 5   | -     | -    | -        | -               | -
"""

NOTES = """
ID     | Notes
RB-101 | Sending from 9 July 2027; receiving is live since January
RB-102 | Date of application still to be confirmed
RB-106 | Remaining work only; first two rails are live
RB-107 | Contract renews at the end of 2027 if not given notice
RB-109 | Licence for three years in the external cost
RB-112 | Pilot begins mid 2027 at the earliest
RB-118 | Waiting for a sponsor
RB-201 | Date agreed with the supervisor
RB-203 | Subsidy scheme runs until the end of 2028
RB-210 | Business case goes back to the portfolio board in spring
RB-305 | Offer must be live before the summer enrolment
RB-313 | Two partners interested; the MVP decides
RB-315 | Strategy decision pending
RB-411 | Provider selection not finished
RB-505 | Applies from 10 July 2027
RB-511 | Regulation not yet final
RB-513 | Licence of the old warehouse ends mid 2029
"""
