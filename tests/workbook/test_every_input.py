"""Edits of any input cell: the result sheets say what the engine says of the new cells, in both kinds of workbook."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.workbook.write_workbook import write_results
from tests.workbook.answers import answer_of
from tests.workbook.every_input import differences, edited
from tests.workbook.in_place.in_place import case

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
TURNS = 4


@pytest.mark.parametrize("in_place", [True, False], ids=["in place", "new workbook"])
@pytest.mark.parametrize("seed", [0, 3, 8])
def test_every_input_is_followed(seed: int, in_place: bool, tmp_path: Path) -> None:
    (raw, plan), path = case(seed), tmp_path / "book.xlsx"
    (tmp_path / "raw.json").write_text(json.dumps(raw), encoding="utf-8")
    loaded = engine.load(tmp_path / "raw.json")
    answer = answer_of(loaded.ready, loaded.model, plan)
    if in_place:
        engine.convert(engine.read_as_given(tmp_path / "raw.json"), path)
        own = engine.load(path)
        engine.write_plan(answer_of(own.ready, own.model, plan), own, add_columns=bool(seed % 2))
    else:
        write_results(answer, path)
    assert differences(path, plan) == []
    draw = random.Random(seed)
    for turn in range(TURNS):
        target = tmp_path / f"edited {turn}.xlsx"
        said = edited(path, target, answer.portfolio, draw, 3)
        found = differences(target, plan)
        assert found in ([], None), (said, found)
