"""The schema of the JSON format, as a program gets it."""

from __future__ import annotations

from portfolio import engine
from portfolio.domain import Portfolio


def test_every_field_is_described() -> None:
    """The schema names the fields of a portfolio and of its epics, each with a description."""
    schema = engine.schema()
    assert set(schema["properties"]) == set(Portfolio.model_fields)
    epics = schema["$defs"]["Epic"]["properties"]
    assert {"id", "job_size", "effort", "latest"} <= set(epics)
    assert [name for name, field in epics.items() if not field.get("description")] == []
