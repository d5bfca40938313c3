"""Says what a portfolio in JSON looks like."""

from __future__ import annotations

from portfolio.domain.json_form import Json


def schema() -> dict[str, Json]:
    """The JSON Schema of a portfolio, with the description of every field."""
    from portfolio.storage.portfolio_json import schema as portfolio_schema

    return portfolio_schema()
