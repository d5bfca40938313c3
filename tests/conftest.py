"""What all tests share: thousands of random portfolios only on demand."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the tests marked `many` unless the command line names that mark: `pytest -m many`."""
    if "many" in config.getoption("markexpr", ""):
        return
    many = [item for item in items if item.get_closest_marker("many")]
    if many:
        config.hook.pytest_deselected(items=many)
        items[:] = [item for item in items if not item.get_closest_marker("many")]


@pytest.fixture(scope="session", autouse=True)
def compiled_search() -> None:
    """The search is compiled before any clock runs, as on a machine that has planned before."""
    from portfolio.optimizer.prepare import prepare

    prepare(quiet=True)
