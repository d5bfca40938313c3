"""Views: what people look at together, of the plan that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from portfolio.domain.json_form import json_form
from portfolio.engine.load import HasErrorsError
from portfolio.web.meeting import Meeting
from portfolio.web.problem import Problem
from portfolio.web.texts import Text, json_text
from portfolio.web.view_json import as_view


def view(meeting: Meeting, name: str, asked: Mapping[str, str]) -> Text:
    """A view of the shown plan and the revision that it is of, made once for everybody; `job` puts a what-if in its place."""
    planning, session = meeting.planning, meeting.session
    job = asked.get("job")
    if job is not None and name == "difference" and job.isdecimal():
        found = planning.job(int(job)).result
        told = found.get("difference") if isinstance(found, Mapping) else None
        if told is None:
            raise Problem(404, f"The job {job} has no difference to show.", "Wait until it has ended.")
        return json_text(told)
    of = (planning.shown, planning.agreed_plan, planning.frontier, planning.sureness.found, session.now)
    today = date.today().isoformat() if name == "flow" else ""
    return meeting.drawn.text(name + today, of, lambda: _made(meeting, name))


def _made(meeting: Meeting, name: str) -> dict[str, object]:
    planning, session = meeting.planning, meeting.session
    plan = planning.shown
    answer, loaded = (None, session.now.loaded) if plan is None else (plan.answer, plan.loaded)
    try:
        told = as_view(
            loaded, name, answer, planning.agreed_plan, planning.frontier, partial(planning.sureness.beside, plan=plan)
        )
    except HasErrorsError as problem:
        findings = json_form([finding.as_json() for finding in problem.findings])
        raise Problem(422, "The portfolio has errors.", "Mend them first.", {"findings": findings}) from None
    of_plan = {"plan": None, "of_revision": session.revision} if plan is None else plan.told()
    return {
        **told,
        "plan": of_plan.get("number"),
        "of_revision": of_plan["of_revision"],
        "revision": session.revision,
    }
