"""How close is close enough, in one place: each tolerance of the optimizer has its own reason.

What the check of a plan allows is the guardrails' own tolerance. The search has compiled constants of its own, which are
finer than that, so that what it finds passes the check.
"""

from __future__ import annotations

PROVEN_GAP = 1e-6
"""A relative gap up to this counts as none: HiGHS's own tolerances leave about as much undecided."""
EQUAL_VALUE = 1e-9
"""Values that differ by less than this share are equal: what adding the same epics in another order makes of a sum."""
SAME_VALUE = 1e-6
"""A plan that is worth less than asked for by no more than this share, as HiGHS may have it, is not worth less."""
REFUTED = 1e-5
"""A plan worth more than a bound by this share shows that the bound is false; less could be HiGHS's tolerances."""
FEASIBILITY = 1e-6
"""How far HiGHS may miss a row or a whole number, rows being scaled to 1: HiGHS's own default."""
LP_FEASIBILITY = 1e-7
"""How far HiGHS may miss a row while it solves a relaxation: its own default, finer than for whole solutions."""
ABSOLUTE_GAP = 1e-7
"""A gap up to this is none to HiGHS, in its own unit of the objective, in which the largest value is about 1024."""
TIGHTEST_FEASIBILITY = 1e-9
"""The same on the second try, where rounding the first answer to whole starts broke a guardrail."""
ROUNDING = 1e-9
"""What computing leaves behind, relatively: a number that is above a limit, or a whole one, by less is not above it."""
