"""Exports: a plan that is there goes out as it is, whatever it breaks by now, and nothing is sought."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from portfolio.results.answer import Answer
from tests import asking
from tests.reports.reading import Reading


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    """A workbook with a plan in it."""
    raw = asking.small(*(asking.epic(name, title=f"Epic {name}") for name in "ABC"))
    loaded = asking.loaded(raw, tmp_path)
    engine.write(engine.plan(loaded, gap=0), tmp_path / "planned.xlsx")
    return tmp_path / "planned.xlsx"


def test_a_plan_in_its_workbook(planned: Path, tmp_path: Path) -> None:
    """The report shows the plan that stands in the file, and says which file that is."""
    loaded = engine.load(planned)
    answer = engine.export(loaded, tmp_path / "out.html")
    assert isinstance(answer, Answer)
    page = Reading((tmp_path / "out.html").read_text("utf-8"))
    assert loaded.sha256 in page.text
    assert "Epic A" in page.text
    assert answer.plan is not None
    assert len(answer.plan) == 3


@pytest.mark.parametrize("name", ["out.html", "out.xlsx", "out.csv"])
def test_nothing_is_solved(name: str, planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No search and no solver runs, and the same plan makes the same file again over the first."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was solved")

    monkeypatch.setattr("portfolio.optimizer.optimize.optimize", refuse)
    loaded = engine.load(planned)
    engine.export(loaded, tmp_path / name)
    first = (tmp_path / name).read_bytes()
    engine.export(loaded, tmp_path / name)
    assert name.endswith("xlsx") or (tmp_path / name).read_bytes() == first


def test_what_a_plan_breaks_is_said(tmp_path: Path) -> None:
    """An answer from before the capacity was cut: it goes out with a warning for each rule that it breaks."""
    raw = asking.small(*(asking.epic(name, title=f"Epic {name}") for name in "ABC"))
    answer = asking.answer(raw, tmp_path)
    (tmp_path / "plan.json").write_text(json.dumps(answer.as_json()), "utf-8")
    raw["value_streams"][0]["capacity"] = [1, 1, 1, 1]
    loaded = asking.loaded(raw, tmp_path)
    exported = engine.export(loaded, tmp_path / "out.html", tmp_path / "plan.json")
    said = [finding for finding in exported.findings if "breaks Capacity of A" in finding.what]  # type: ignore[union-attr]
    assert said
    assert said[0].severity == "warning"
    assert said[0].what in Reading((tmp_path / "out.html").read_text("utf-8")).text


def test_what_is_gone_is_said(planned: Path, tmp_path: Path) -> None:
    """An epic that the portfolio no longer has is left out of its plan, and named."""
    raw = asking.small(*(asking.epic(name) for name in "AB"))
    exported = engine.export(asking.loaded(raw, tmp_path), tmp_path / "out.html", planned)
    assert any("C is left out" in finding.what for finding in exported.findings)  # type: ignore[union-attr]


def test_beside_what_was_agreed(planned: Path, tmp_path: Path) -> None:
    """The report has a section Difference where an agreed plan is given."""
    there = engine.load(planned)
    lines = engine.export(there, tmp_path / "first.csv")
    assert isinstance(lines, Answer)
    text = json.loads(json.dumps(lines.as_json()))
    text["epics"] = [line for line in text["epics"] if line["id"] != "C"]
    (tmp_path / "agreed.json").write_text(json.dumps(text), "utf-8")
    engine.export(there, tmp_path / "out.html", against=tmp_path / "agreed.json")
    page = Reading((tmp_path / "out.html").read_text("utf-8"))
    assert "Against the agreed plan: 1 in" in page.text
    with pytest.raises(WrongUseError, match="is not a plan"):
        engine.export(there, tmp_path / "again.html", against=asking.loaded(asking.small(), tmp_path).path)
    assert not (tmp_path / "again.html").exists()


def test_a_portfolio_that_only_ranks(tmp_path: Path) -> None:
    """There is no plan, so its ranking is handed out."""
    raw = asking.small(asking.epic("A"), asking.epic("B"))
    raw["value_streams"] = []
    for epic in raw["epics"]:
        epic["effort"] = {}
    loaded = asking.loaded(raw, tmp_path)
    ranking = engine.export(loaded, tmp_path / "out.html")
    assert not isinstance(ranking, Answer)
    assert "ranked but not planned" in Reading((tmp_path / "out.html").read_text("utf-8")).text
    with pytest.raises(WrongUseError, match="should end in"):
        engine.export(loaded, tmp_path / "out.xlsx")


def test_a_file_of_somebody_else_stays(planned: Path, tmp_path: Path) -> None:
    """A report that somebody edited is theirs; one as it was written is replaced."""
    loaded, out = engine.load(planned), tmp_path / "out.html"
    engine.export(loaded, out)
    engine.export(loaded, out)
    out.write_text(out.read_text("utf-8").replace("Epic A", "Epic B"), "utf-8")
    with pytest.raises(WrongUseError, match="somebody has saved it since"):
        engine.export(loaded, out)
    engine.export(loaded, out, force=True)
    with pytest.raises(WrongUseError, match="the file that was read"):
        engine.export(loaded, planned, force=True)
    with pytest.raises(WrongUseError, match=r"no planned starts|is not a plan"):
        engine.export(asking.loaded(asking.small(asking.epic("A")), tmp_path), tmp_path / "x.html")


def test_what_was_claimed_when_it_was_planned(tmp_path: Path) -> None:
    """A workbook and an answer in JSON still hold how good their plan was; the headline and the report say it as of then."""
    raw = asking.small(*(asking.epic(name, title=f"Epic {name}") for name in "ABC"))
    loaded = asking.loaded(raw, tmp_path)
    answer = engine.plan(loaded, gap=0)
    worth = answer.outcome.value
    assert worth is not None
    near = replace(answer, outcome=replace(answer.outcome, claim="best found", bound=worth * 1.025, gap=0.025))
    engine.write(answer, tmp_path / "best.xlsx")
    engine.write(near, tmp_path / "near.xlsx")
    (tmp_path / "near.json").write_text(json.dumps(near.as_json()), "utf-8")
    assert "proven best when it was planned" in _claimed(tmp_path / "best.xlsx", tmp_path)
    below = f"at most 2.50% below the best possible when it was planned (none was worth more than {worth * 1.025:,.0f})"
    assert below in _claimed(tmp_path / "near.xlsx", tmp_path)
    assert below in engine.export(loaded, tmp_path / "out.html", tmp_path / "near.json").headline


def test_what_was_claimed_is_not_taken_for_now(tmp_path: Path) -> None:
    """A plan that is worth something else by now says what it was worth then; one without a claim says that too."""
    raw = asking.small(*(asking.epic(name) for name in "ABC"))
    answer = asking.answer(raw, tmp_path)
    said = answer.as_json()
    (tmp_path / "plan.json").write_text(json.dumps(said), "utf-8")
    raw["epics"][0]["benefit_per_week"] = 20
    loaded = asking.loaded(raw, tmp_path)
    now = engine.export(loaded, tmp_path / "out.html", tmp_path / "plan.json").headline
    assert f"proven best when it was planned and was worth {answer.outcome.value:,.0f}" in now
    said["outcome"] = {}
    (tmp_path / "plan.json").write_text(json.dumps(said), "utf-8")
    unknown = engine.export(loaded, tmp_path / "out.xlsx", tmp_path / "plan.json").headline
    assert "how far below the best possible is not known, as its file does not say" in unknown


def _claimed(path: Path, folder: Path) -> str:
    """The headline of a workbook's own plan; the report says the same under the name of the portfolio."""
    answer = engine.export(engine.load(path), folder / "out.html")
    text = Reading((folder / "out.html").read_text("utf-8")).text
    assert answer.headline.removeprefix(f"{answer.portfolio.name}: ") in text
    return answer.headline
