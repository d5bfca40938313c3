"""How close is close enough, in one place: each tolerance of the optimizer has its own reason.

Figures of plans are compared as everywhere, by `domain.tolerance`. The search has compiled constants of its own, which are
finer than what the check of a plan allows, so that what it finds passes the check.
"""

from __future__ import annotations

PROVEN_GAP = 1e-6
"""A relative gap up to this counts as none: HiGHS's own tolerances leave about as much undecided."""
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
"""FEASIBILITY on the second try, where rounding the first answer to whole starts broke a guardrail."""
ZERO = 1e-7
"""What HiGHS finds for a continuous column is nothing if it is less than this."""
WHOLE = 1e-6
"""What was computed from HiGHS's columns is a whole number if it misses one by less than this."""
