"""Exports a plan that is there already: judged by its portfolio as it is now, written in another form, and nothing solved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Finding
from portfolio.engine.convert import check_ending
from portfolio.engine.load import Loaded
from portfolio.engine.plan import judge, refuse_source
from portfolio.engine.rank import rank
from portfolio.engine.write import PLAN_ENDINGS, RANKING_ENDINGS, write
from portfolio.engine.write_report import check_report
from portfolio.errors import WrongUseError
from portfolio.scoring import Ranking
from portfolio.storage.own_files import refuse_to_replace

if TYPE_CHECKING:
    from portfolio.results.answer import Answer


def export(
    loaded: Loaded,
    path: str | Path,
    plan: str | Path | None = None,
    against: str | Path | None = None,
    *,
    force: bool = False,
    template: str | Path | None = None,
) -> Answer | Ranking:
    """Writes the plan that stands in the portfolio's file, or in another one, as the ending of the new file's name says.

    What it breaks of the rules as they are now are warnings, and so is what of it is gone. `against` is an agreed plan that a
    report puts beside it. A portfolio that can only be ranked is a ranking. Raises WrongUseError where there is no plan, HasErrorsError for a
    portfolio with errors.
    """
    path = Path(path)
    for read in (loaded.path, plan, against):
        refuse_source(path, read, "path")
    if not loaded.ready.can_plan:
        check_ending(path, RANKING_ENDINGS)
        ranking = rank(loaded)
        write(ranking, path, source=loaded, force=force, template=template)
        return ranking
    check_ending(path, PLAN_ENDINGS)
    refuse_to_replace(path, force=force)
    check_report(path, template)
    answer = _judged(loaded, plan)
    if path.suffix.lower() not in (".html", ".pptx"):
        write(answer, path, source=loaded, force=force)
        return answer
    from portfolio.engine.views import shown
    from portfolio.engine.write_report import write_report

    try:
        what = shown(loaded, answer, against)
    except WrongUseError as problem:
        raise WrongUseError(str(problem).replace("`agreed`", "`against`"), "against") from None
    write_report(what, answer.findings, path, loaded, template)
    return answer


def _judged(loaded: Loaded, plan: str | Path | None) -> Answer:
    """The plan as an answer, with what it breaks and what of it is gone among its findings."""
    from portfolio.intake.read_claim import read_claim
    from portfolio.intake.read_plan import read_earlier_plan

    source = loaded.path if plan is None else Path(plan)
    if source is None:
        raise WrongUseError("What was made from frames has no file with a plan; give `plan` one.", "plan")
    try:
        earlier = read_earlier_plan(source, loaded.ready, "plan")
    except WrongUseError as problem:
        if plan is not None:
            raise
        raise WrongUseError(
            f"{problem} Give `plan` a file that holds one, or make it with portfolio plan.", "plan"
        ) from None
    answer = replace(judge(loaded, earlier.plan), earlier_claim=read_claim(source))
    gone = [
        Finding(
            "warning",
            source.name,
            f"{epic} is left out: {reason}.",
            "A plan is judged by the epics and periods that its portfolio has now.",
            "Look at its planned start and finish, or plan again.",
        )
        for epic, reason in earlier.left_out.items()
    ]
    return replace(answer, findings=(*answer.findings, *gone, *_broken(answer, source.name)))


def _broken(answer: Answer, place: str) -> Iterator[Finding]:
    """A warning for each hard guardrail that the plan breaks."""
    from portfolio.results.guardrails import broken_words

    for status in answer.guardrails:
        if not status.met and status.enforce == "hard":
            yield Finding(
                "warning",
                place,
                f"The plan breaks {broken_words(status)}.",
                "A plan is judged by the portfolio as it is now; it is written all the same.",
                "Plan again, or keep what was agreed with portfolio plan --keep.",
            )
