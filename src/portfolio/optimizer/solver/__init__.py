"""Solves a formulation: makes a PuLP problem of it and has HiGHS solve that in this process. Nobody else imports either.

What PuLP reports is not relied on (a stop at the time limit comes back as "Optimal"): status, bound and solution are
read from HiGHS itself, and no solution counts until the plan it stands for has been checked from the portfolio.
"""

from portfolio.optimizer.solver.highs import finer_unit
from portfolio.optimizer.solver.hot_relaxation import Basis, HotRelaxation
from portfolio.optimizer.solver.relaxation import Relaxation, Separator
from portfolio.optimizer.solver.solve import hand_over, solve, write_mps
from portfolio.optimizer.solver.termination import Limits, Progress, Solution, Termination

__all__ = [
    "Basis",
    "HotRelaxation",
    "Limits",
    "Progress",
    "Relaxation",
    "Separator",
    "Solution",
    "Termination",
    "finer_unit",
    "hand_over",
    "solve",
    "write_mps",
]
