"""Every member of a family explains itself under the same headings."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import Any

import pytest

from portfolio.guardrails import CHECKS, LIMITS, RULES, BudgetShift
from portfolio.scoring import METHODS
from portfolio.urgency import PROFILES

HEADINGS = ("Rule", "Formula", "Unit", "Why", "Source", "Example")


def docstring(kind: Any) -> str:
    """The docstring of a limit's function, or of the class in the file of a rule's function."""
    found = inspect.getdoc(kind) or ""
    if "Rule:" in found:
        return found
    module = importlib.import_module(kind.__module__)
    classes = [
        member for _, member in inspect.getmembers(module, inspect.isclass) if member.__module__ == kind.__module__
    ]
    documented = [text for member in classes if "Rule:" in (text := inspect.getdoc(member) or "")]
    assert len(documented) == 1, f"{kind.__module__} explains itself {len(documented)} times"
    return documented[0]


MEMBERS = {
    **{f"urgency {profile.name}": inspect.getdoc(profile) or "" for profile in PROFILES},
    **{f"scoring {method.name}": inspect.getdoc(method) or "" for method in METHODS},
    **{f"guardrail {kind.__name__}": docstring(kind) for kind in (*LIMITS, *RULES, *CHECKS)},
    "budget shift": inspect.getdoc(BudgetShift) or "",
}


@pytest.mark.parametrize("name", MEMBERS)
def test_headings(name: str) -> None:
    """A first sentence, then Rule, Formula, Unit, Why, Source and Example, each once, in this order, each with text."""
    text = MEMBERS[name]
    first, _, rest = text.partition("\n")
    assert re.match(r"^[A-Z].*[.]$", first), first
    found = [match for match in re.findall(r"^(\w+): \S", rest, flags=re.MULTILINE) if match in HEADINGS]
    assert tuple(found) == HEADINGS
