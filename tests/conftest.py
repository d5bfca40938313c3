"""What all tests share: thousands of random portfolios only on demand."""

from __future__ import annotations

import os
from collections import defaultdict

import pytest

os.environ["OPENPYXL_LXML"] = "False"
"""openpyxl reads and writes alike on every machine, also where lxml came along with something else."""
SEEDS = ("seed", "first")
"""Parameters that say which random portfolios a test takes."""
FEW, OF = 3, 6
"""From so many seeds on, only the first of every six is taken; the others are for `-m many`."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the tests marked `many` unless the command line names that mark: `pytest -m many`."""
    for item in other_seeds(items):
        item.add_marker("many")
    if "many" in config.getoption("markexpr", ""):
        return
    many = [item for item in items if item.get_closest_marker("many")]
    if many:
        config.hook.pytest_deselected(items=many)
        items[:] = [item for item in items if not item.get_closest_marker("many")]


def other_seeds(items: list[pytest.Item]) -> list[pytest.Item]:
    """Five of six seeds of each test that has many; one that is asked for by itself is never among them."""
    groups: dict[tuple[str, str], list[pytest.Item]] = defaultdict(list)
    for item in items:
        params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        if any(isinstance(params.get(name), int) for name in SEEDS):
            others = {name: str(value) for name, value in params.items() if name not in SEEDS}
            groups[item.nodeid.partition("[")[0], repr(others)].append(item)
    return [item for group in groups.values() if len(group) >= FEW for place, item in enumerate(group) if place % OF]


@pytest.fixture(scope="session", autouse=True)
def compiled_search() -> None:
    """The search is compiled before any clock runs, as on a machine that has planned before."""
    from portfolio.optimizer.prepare import prepare

    prepare(quiet=True)
