"""How exactly figures are compared: sums of decimals miss by a little what they are equal to on paper.

Whoever compares figures takes one of these, so that a plan that is kept here is not broken there.
"""

from __future__ import annotations

TOLERANCE = 1e-6
"""How far a sum may miss its limit, relative to the largest number in it, and still count as met; less money is none."""

ROUNDING = 1e-9
"""How far two figures may differ, relatively, that were computed from the same numbers in another order."""
