"""A portfolio with edits in it is what its JSON form says, whichever of its epics were built before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portfolio.domain.json_form import Raw
from portfolio.edits.address import path_of
from portfolio.engine.edit import Opened, edited, new_epic, open_for_edits, with_values
from tests.web.conftest import portfolio, scored


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Five epics."""
    path = tmp_path / "small.json"
    path.write_text(json.dumps(portfolio(*(scored(f"E{number}", 8, 5, 3, 1) for number in range(5)))), "utf-8")
    return open_for_edits(path)


def as_read(opened: Opened, raw: Raw) -> Opened:
    """The same, read from a file."""
    assert opened.reading.path is not None
    path = opened.reading.path.with_name("other.json")
    path.write_text(json.dumps(raw), "utf-8")
    return open_for_edits(path)


def test_only_epics_that_changed_are_built_again(opened: Opened) -> None:
    """The others are the very same; the whole is as if it were read anew, with a new epic and an own spelling."""
    raw, _ = new_epic(opened.raw, "New")
    edits = {("epics", "E2", "job_size"): 13, ("epics", "New", "title"): "Rocket", ("epics", "E3", "effort", "A"): 4}
    values = [(path_of(raw, at), value) for at, value in edits.items()]
    raw = with_values(raw, values)  # type: ignore[arg-type]
    now = edited(opened, raw, {path for path, _ in values}).loaded
    anew = edited(read := as_read(opened, raw), read.raw, ()).loaded
    assert now.ready == anew.ready
    assert [one.message for one in now.findings] == [one.message for one in anew.findings]
    before, after = edited(opened, opened.raw, ()).loaded.ready.epics, now.ready.epics
    assert [one is other for one, other in zip(before, after, strict=False)] == [True, True, False, False, True]


def test_what_cannot_be_read_is_said_all_the_same(opened: Opened) -> None:
    """A value that breaks a rule is found in an epic that was built before, at its place; put right, all is as before."""
    path = path_of(opened.raw, ("epics", "E2", "job_size"))
    raw = with_values(opened.raw, [(path, -5)])
    wrong, anew = edited(opened, raw, {path}).loaded, edited(read := as_read(opened, raw), read.raw, ()).loaded
    assert wrong.portfolio is None
    assert [one.message for one in wrong.findings] == [one.message for one in anew.findings]
    mended = edited(opened, with_values(raw, [(path, 1)]), {path}).loaded
    assert mended.ready == edited(opened, opened.raw, ()).loaded.ready
