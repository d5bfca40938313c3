"""The process that solves: it says what solving here would say, can be stopped, and is begun again where it ended."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.domain import Booking, Plan
from portfolio.engine.edit import edited, open_for_edits, with_values
from portfolio.errors import InternalError
from portfolio.web.jobs import Job, finite
from portfolio.web.problem import Failed
from portfolio.web.solver_process import SolverProcess
from portfolio.web.solving import Question, judged
from tests.optimizer.instances import generated
from tests.web.conftest import portfolio, scored

PLAN = Plan({"X": Booking(0, 1)})


@pytest.fixture(scope="module")
def process() -> Iterator[SolverProcess]:
    """One process for all of these tests."""
    found = SolverProcess()
    found.begin()
    yield found
    found.close()


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Question:
    """Two epics, one of which was edited since the file was read."""
    path = tmp_path_factory.mktemp("solved") / "small.json"
    wide = {"effort_low": 6, "effort_high": 14}
    path.write_text(json.dumps(portfolio(scored("X", 8, 5, 3, 1, **wide), scored("Y", 3, 2, 1, 2, **wide))), "utf-8")
    opened = open_for_edits(path)
    changed = ("epics", 1, "time_criticality")
    return Question(edited(opened, with_values(opened.raw, [(changed, 13)]), {changed}))


def silent(_: float, __: float | None, ___: float) -> None:
    """Nobody listens."""


def test_it_judges_as_here(process: SolverProcess, question: Question) -> None:
    """The same answer, about the very portfolio that is open here."""
    there, here = process.judge(question, PLAN), judged(question, PLAN)
    assert finite(there.as_json()) == finite(here.as_json())
    assert there.portfolio is question.loaded.portfolio
    assert there.ranking == here.ranking


def test_it_plans_and_answers_questions(process: SolverProcess, question: Question) -> None:
    """A plan comes back as an answer, a what-if with its difference."""
    answer = process.solve(Job(1, "plan", "", 2, {}), question, silent)
    assert answer.plan is not None and answer.plan.bookings.keys() == {"X", "Y"}  # type: ignore[attr-defined]  # noqa: PT018
    asked = Question(question.now, answer.plan, answer)  # type: ignore[attr-defined,arg-type]
    found = process.solve(Job(2, "what if", "", 2, {"changes": ["ban Y"]}), asked, silent)
    assert found["difference"]["epics"][0]["id"] == "Y"  # type: ignore[index]
    kept = process.solve(Job(6, "keep", "", 1, {}), Question(question.now, None, None, answer), silent)  # type: ignore[arg-type]
    assert kept.plan == answer.plan  # type: ignore[attr-defined]
    steps = process.solve(Job(7, "frontier", "", 1, {"vary": "capacity of A in PI 1 100%..110% by 10%"}), asked, silent)
    assert len(finite(steps.as_json())["steps"]) == 2  # type: ignore[attr-defined,index,arg-type]
    with pytest.raises(Failed, match=r"Q") as refused:
        process.solve(Job(3, "what if", "", 2, {"changes": ["lock Q"]}), asked, silent)
    assert refused.value.fix
    with pytest.raises(Failed, match=r"No epic is named"):
        process.solve(Job(4, "explain", "", 2, {}), asked, silent)


def test_progress_is_heard_of_a_search_that_takes_a_second(process: SolverProcess, tmp_path: Path) -> None:
    """What is solved at once has nothing to tell before; this is stopped by the clock."""
    path, heard = tmp_path / "larger.json", list[tuple[float | None, float]]()
    path.write_text(json.dumps(generated(120, 8)), "utf-8")
    opened = open_for_edits(path)
    process.solve(
        Job(8, "plan", "", 1, {}),
        Question(edited(opened, opened.raw, ())),
        lambda _, value, bound: heard.append((value, bound)),
    )
    assert any(value is not None and value <= bound for value, bound in heard)


def test_it_says_how_sure_a_plan_is(process: SolverProcess, question: Question) -> None:
    found = process.play(question, PLAN)
    assert found is not None
    assert found.simulation is not None
    assert {line.id for line in found.simulation.epics} == {"X"}


def test_it_comes_behind_what_people_wait_for(process: SolverProcess) -> None:
    """Its priority is lower than that of who answers."""
    assert os.getpriority(os.PRIO_PROCESS, process.begin().process.pid) > os.getpriority(os.PRIO_PROCESS, 0)


def test_a_plan_that_is_no_plan_is_our_fault(process: SolverProcess, question: Question) -> None:
    with pytest.raises(InternalError, match=r"Error"):
        process.judge(question, Plan({"Q": Booking(0, 1)}))


def test_what_ends_in_the_middle_is_said_and_begun_again(process: SolverProcess, question: Question) -> None:
    """Killed while somebody waits, as where memory is short: they hear of it, and the next question is answered."""
    first = process.begin()
    with pytest.raises(Failed, match="ended in the middle"):
        process.solve(Job(5, "explain", "", 30, {"epic": "Y"}), question, lambda *_: first.process.kill())
    assert process.judge(question, PLAN).plan == PLAN
    assert process.begin() is not first


def test_it_ends_with_the_server_however_that_ends(process: SolverProcess) -> None:
    """The system closes the server's end of the pipe, and the process goes; nothing stays behind."""
    run = process.begin()
    run.sender.stream.close()
    run.process.wait(10)
    process.close()
    with pytest.raises(Failed):
        process.begin()
