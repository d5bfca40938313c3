"""JSON has the limits that workbooks have."""

from __future__ import annotations

import json

import pytest

from portfolio.errors import WrongUseError
from portfolio.storage.portfolio_json import parse


def test_too_many_records_are_refused_with_their_number() -> None:
    """A record is a row: as many as on a sheet."""
    content = json.dumps({"format": 1, "epics": [{"id": "E{"}] * 250_000}).encode()
    with pytest.raises(WrongUseError, match=r"it has 250,001 records; at most 200,000 are read"):
        parse(content, "huge.json")


def test_too_many_values_are_refused_with_their_number() -> None:
    """A value is a cell: as many as in a workbook."""
    content = json.dumps({"format": 1, "value_streams": [{"id": "A", "capacity": [1] * 2_100_000}]}).encode()
    with pytest.raises(WrongUseError, match=r"values; at most 1,200,000 are read"):
        parse(content, "huge.json")


def test_braces_and_commas_in_texts_are_no_records() -> None:
    """Only what structures the file is counted."""
    text = '{,\\"' * 300_000
    raw, _ = parse(json.dumps({"format": 1, "name": text}).encode(), "prose.json")
    assert raw["name"] == text
