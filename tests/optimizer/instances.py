"""Portfolios large enough that a search takes a while, from the generator of the benchmarks."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from tests import asking

GENERATOR = Path(__file__).parents[2] / "benchmarks" / "generate.py"


def generated(epics: int, periods: int, seed: int = 1) -> asking.Raw:
    """A realistic random portfolio, the same for the same arguments."""
    specification = importlib.util.spec_from_file_location("generate", GENERATOR)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    raw: asking.Raw = module.generate(epics, periods, seed)
    return raw
