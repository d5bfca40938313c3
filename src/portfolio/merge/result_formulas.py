"""The formulas that this program writes beside people's epics, known by their form wherever they were moved to."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CELL = r"\$?[A-Z]{1,3}\$?\d+"
_WSJF = re.compile(
    rf"IF\(COUNT\({_CELL}(?:[,;]{_CELL})*\)=\d+[,;]IF\({_CELL}>0[,;]\(.+\)/{_CELL}[,;]\"\"\)[,;].*\)", re.DOTALL
)
_LOOKED_UP = re.compile(r"(?:IFERROR\()?(?:IF\()?INDEX\((?:'((?:[^']|'')+)'|([^\W\d][\w.]*)|(#REF))!")
RESULTS = ("Ranking", "Plan", "Simulation")
"""The sheets that the formulas look results up on."""


def is_result_formula(formula: str, own: Iterable[str]) -> bool:
    """Whether a formula, without its equals sign, is one of ours; `own` are the names of our sheets with results."""
    text = formula.strip()
    if _WSJF.fullmatch(text):
        return True
    found = _LOOKED_UP.match(text)
    if found is None:
        return False
    name = (found[1] or found[2] or "").replace("''", "'").casefold()
    return found[3] is not None or name in {each.casefold() for each in own}
