"""How sure a plan is, beside it: ranks and chances where something is uncertain, and not a letter where nothing is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.engine.load import Loaded
from portfolio.engine.views import how_sure, shown
from portfolio.engine.write_report import report_text
from portfolio.engine.write_report import slides as slides_content
from portfolio.results.answer import Answer
from portfolio.results.views.ranking import ranking_view
from portfolio.results.views.roadmap import roadmap_view
from tests import asking
from tests.reports.reading import Reading
from tests.reports.slides.test_slides import slides

PER_CENT = re.compile(r"[<>]?\d+%")


def planned(folder: Path, **more: object) -> tuple[Loaded, Answer]:
    """A small portfolio and its plan; every epic has these fields besides."""
    raw = asking.small(
        *(asking.epic(name, benefit, title=f"Epic {name}", **more) for name, benefit in (("A", 9), ("B", 10)))
    )
    loaded = asking.loaded(raw, folder)
    return loaded, engine.plan(loaded, gap=0)


@pytest.fixture
def uncertain(tmp_path: Path) -> tuple[Loaded, Answer]:
    """Efforts and benefits that are ranges, so that dates and ranks move."""
    return planned(tmp_path, effort_low=2, effort_high=8, benefit_low=5, benefit_high=20)


def test_the_ranking_says_which_ranks_are_real(uncertain: tuple[Loaded, Answer]) -> None:
    """Each epic has the ranks of most futures and its chance to be funded, and the report shows both beside its rank."""
    loaded, answer = uncertain
    view = ranking_view(how_sure(shown(loaded, answer), loaded))
    assert [row.ranks for row in view.rows] == ["1 to 2", "1 to 2"]
    assert [row.funded for row in view.rows] == ["100%", "100%"]
    assert view.sure[0] == "In 1,000 possible futures (seed 1):"
    text = Reading(report_text(shown(loaded, answer), answer.findings, loaded)).text
    assert "In the first 2" in text
    assert "1 to 2" in text


def test_the_roadmap_says_which_dates_hold(uncertain: tuple[Loaded, Answer]) -> None:
    """Each bar begins with the chance that its date is kept, the same as `simulate` says."""
    loaded, answer = uncertain
    view = roadmap_view(how_sure(shown(loaded, answer), loaded))
    bars = {bar.epic: bar.kept for lane in view.lanes for bar in lane.bars}
    simulated = engine.simulate(loaded, answer.plan, draws=1000)
    assert bars == {line.id: line.done_by_planned_finish.words for line in simulated.epics}
    assert all(PER_CENT.fullmatch(kept) for kept in bars.values())
    assert any("The per cent before a name" in note for note in view.notes)
    assert f"{bars['A']} A" in view.svg().replace("&gt;", ">").replace("&lt;", "<")


def test_nothing_changes_where_nothing_is_uncertain(tmp_path: Path) -> None:
    """A portfolio of single figures is neither played nor ranked anew: its views and its report are as they were."""
    loaded, answer = planned(tmp_path)
    before, after = shown(loaded, answer), how_sure(shown(loaded, answer), loaded)
    assert (after.simulation, after.ranks) == (None, None)
    for view in (ranking_view, roadmap_view):
        assert json.dumps(view(before).as_json()) == json.dumps(view(after).as_json())
        assert not {"sure", "ranks", "funded", "kept"} & set(re.findall(r'"(\w+)":', json.dumps(view(after).as_json())))
    assert "Ranks in 80" not in report_text(before, answer.findings, loaded)


def test_slides_say_the_same(uncertain: tuple[Loaded, Answer], tmp_path: Path) -> None:
    """A slide has the ranks, the chance to be funded and the chance that its date is kept of each epic; none without ranges."""
    loaded, answer = uncertain
    texts = slides(slides_content(shown(loaded, answer), answer.findings, loaded))
    (sure,) = [text for text in texts if text.startswith("How sure")]
    kept = [bar.kept for lane in roadmap_view(how_sure(shown(loaded, answer), loaded)).lanes for bar in lane.bars]
    assert {"Ranks in 80 of 100", "In the first 2", "Date kept", "1 to 2", *kept} <= set(sure.split("\n"))
    (roadmap,) = [text for text in texts if text.startswith("Roadmap")]
    assert f"{kept[0]} " in roadmap
    loaded, answer = planned(tmp_path)
    assert "How sure" not in "\n".join(slides(slides_content(shown(loaded, answer), answer.findings, loaded)))
