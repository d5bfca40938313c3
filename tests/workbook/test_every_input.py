"""Edits of any input cell: the result sheets say what the engine says of the new cells, in both kinds of workbook."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.domain import Portfolio
from portfolio.workbook.inputs.input_areas import InputAreas
from portfolio.workbook.write_workbook import write_results
from tests.workbook.answers import answer_of
from tests.workbook.every_input import differences, edited, edits, told
from tests.workbook.in_place.in_place import case
from tests.workbook.joining import loaded, recomputed

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
TURNS = 4


WAYS = pytest.mark.parametrize("in_place", [True, False], ids=["in place", "new workbook"])


def written(seed: int, in_place: bool, folder: Path) -> tuple[Path, Portfolio, dict[str, tuple[int, int]]]:
    """A workbook with a plan, its portfolio and the plan; one's own with the results in it, or one of its own."""
    (raw, plan), path = case(seed), folder / "book.xlsx"
    (folder / "raw.json").write_text(json.dumps(raw), encoding="utf-8")
    loaded = engine.load(folder / "raw.json")
    answer = answer_of(loaded.ready, loaded.model, plan)
    if in_place:
        engine.convert(engine.read_as_given(folder / "raw.json"), path)
        own = engine.load(path)
        engine.write_plan(answer_of(own.ready, own.model, plan), own, add_columns=bool(seed % 2))
    else:
        write_results(answer, path)
    return path, answer.portfolio, plan


@WAYS
@pytest.mark.parametrize("seed", [0, 3, 8])
def test_every_input_is_followed(seed: int, in_place: bool, tmp_path: Path) -> None:
    path, portfolio, plan = written(seed, in_place, tmp_path)
    assert differences(path, plan) == []
    draw = random.Random(seed)
    for turn in range(TURNS):
        target = tmp_path / f"edited {turn}.xlsx"
        said = edited(path, target, portfolio, draw, 3)
        found = differences(target, plan)
        assert found in ([], None), (said, found)
        assert told(target) == "", said


@WAYS
@pytest.mark.parametrize(
    ("seed", "share"), [(0, 0.08), *(pytest.param(seed, 1.0, marks=pytest.mark.many) for seed in (0, 3, 8))]
)
def test_any_input_moves_the_results_or_they_say_so(seed: int, share: float, in_place: bool, tmp_path: Path) -> None:
    """Also words, shapes and what was blank: no edit leaves a wrong figure without a word."""
    path, portfolio, plan = written(seed, in_place, tmp_path)
    assert told(path) == ""
    draw = random.Random(f"{seed} {in_place}")
    kinds = list(dict.fromkeys(what for what, _, _ in edits(portfolio, draw)))
    for turn, kind in enumerate(draw.sample(kinds, int(len(kinds) * share))):
        target = tmp_path / f"edited {turn}.xlsx"
        said = edited(path, target, portfolio, draw, kind)
        if said:
            assert differences(target, plan) in ([], None) or told(target), said


@WAYS
@pytest.mark.parametrize(
    ("cell", "value", "word"),
    [
        (("Epics", "state", "E3"), "Done", "State"),
        (("Epics", "value_curve", "E6"), "0: 100", "Value curve"),
        (("Epics", "together_group", "E1"), "Another launch", "Together group"),
    ],
)
def test_what_is_not_followed_is_named(
    cell: tuple[str, str, str], value: str, word: str, in_place: bool, tmp_path: Path
) -> None:
    path, portfolio, _ = written(0, in_place, tmp_path)
    sheet, field, epic = cell
    areas, book = InputAreas(portfolio), loaded(path)
    row, column = areas.epics.first + portfolio.epic_index[epic] + 1, areas.epics.columns[field] + 1
    book[sheet].cell(row, column).value = value
    book.save(path)
    sheets = recomputed(path)
    said = f"Changed since the plan was made, and not followed here: {epic} ({word}). Plan again."
    assert [sheets[name].get("A3") for name in ("Summary", "Plan", "Allocation", "Guardrail status")] == [said] * 4
