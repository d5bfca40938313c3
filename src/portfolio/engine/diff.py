"""Says what changed from one portfolio to another, and what that does to the ranking and the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.domain import Finding, Portfolio, has_errors
from portfolio.engine.load import HasErrorsError, Loaded, names_apart
from portfolio.engine.plan import Progress, plan, problem_of
from portfolio.engine.rank import rank
from portfolio.engine.steady import steady
from portfolio.operating_model.governance import Decision
from portfolio.operating_model.rights import decisions_on, right_words
from portfolio.optimizer.default_limits import DEFAULT_GAP, DEFAULT_TIME_LIMIT

if TYPE_CHECKING:
    from portfolio.analysis.difference import Names, Side
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.results.difference import Difference, DifferenceLine, RankLine
    from portfolio.results.plan_difference import PlanEffect


def diff(
    before: Loaded,
    after: Loaded,
    gap: float = DEFAULT_GAP,
    time_limit: float = DEFAULT_TIME_LIMIT,
    *,
    with_plans: bool = True,
    progress: Callable[[Loaded], Progress] | None = None,
    cancel: CancelToken | None = None,
) -> Difference:
    """Says what changed from one portfolio to another, and what that does to the ranking and the plan.

    Errors are findings of the difference; what they leave readable is compared. `time_limit` is for each of the two
    plans, `progress` gives the progress of each.
    """
    from portfolio.analysis.difference import changes_between, names_of, rank_effect
    from portfolio.results.difference import Difference

    files = names_apart(before, after)
    findings = [
        replace(finding, place=file + finding.place.removeprefix(loaded.name))
        for file, loaded in zip(files, (before, after), strict=True)
        for finding in loaded.findings
    ]
    difference = Difference(*files, before.portfolio, after.portfolio, after.model.vocabulary, findings=tuple(findings))
    if before.portfolio is None or after.portfolio is None:
        return difference
    names = names_of(before.portfolio, after.portfolio)
    changes = changes_between(_side(before), _side(after), names)
    if has_errors(findings):
        return replace(difference, changes=changes)
    rankings = rank(before), rank(after)
    ranks = rank_effect(*rankings, before.portfolio.epic_index, names)
    decided = _decided(changes, after.portfolio, ranks)
    findings += _reserved(decided, after, files[1])
    rights = after.model.decision_rights_text(*decided, portfolio=after.ready)
    effect = None
    if with_plans and changes and before.portfolio.can_plan and after.portfolio.can_plan:
        effect, of_plans = _plan_effect(before, after, names, files, gap, time_limit, progress, cancel)
        findings += of_plans
    return replace(
        difference,
        changes=changes,
        rankings=rankings,
        ranking=ranks,
        plan=effect,
        findings=tuple(findings),
        rights=rights,
    )


def _decided(changes: Sequence[DifferenceLine], after: Portfolio, ranks: Sequence[RankLine]) -> list[Decision]:
    """Whose decisions the changes are; where the order of the sheet ranks, rows that moved are a decision, too."""
    fields = {"guardrails" if line.kind == "guardrail" else line.field or line.kind for line in changes}
    ordered = after.ranked_by == "sheet" and any(line.change == "changed" for line in ranks)
    return decisions_on(fields | ({"ranked_by"} if ordered else set()))


def _reserved(decided: Sequence[Decision], after: Loaded, file: str) -> Iterator[Finding]:
    """A warning for each change that only somebody may make: who made it is not in a file, so people look."""
    whole = after.ready
    for right in (right for decision in decided for right in after.model.rights_to(decision) if right.only):
        said = right_words(right, after.model.vocabulary, after.model.cadence.reviews, whole)
        yield Finding(
            "warning",
            file,
            f"What changed is a decision that {after.model.title} reserves.",
            said,
            f"Ask {right.by} whether it was decided there; a file does not say who changed it.",
        )


def _plan_effect(
    before: Loaded,
    after: Loaded,
    names: Names,
    files: tuple[str, str],
    gap: float,
    time_limit: float,
    progress: Callable[[Loaded], Progress] | None,
    cancel: CancelToken | None,
) -> tuple[PlanEffect, list[Finding]]:
    """Plans the first portfolio, then the second from that plan, changing as little of it as is as good; and what is wrong with either."""
    from portfolio.analysis.difference import carried_over, difference_of_plans, judged

    first = plan(before, gap, time_limit, progress=progress and progress(before), cancel=cancel)
    start, old = None, None
    if first.plan is not None:
        start, left_out = carried_over(first.plan, before.ready, after.ready, names)
        old = judged(start, left_out, problem_of(after, rank(after)))
    second = plan(after, gap, time_limit, progress=progress and progress(after), cancel=cancel, start=start)
    second = second if start is None else steady(after, second, start, gap, cancel)
    of_plans = [
        replace(finding, place=file + finding.place.removeprefix(loaded.name))
        for file, answer, loaded in zip(files, (first, second), (before, after), strict=True)
        for finding in answer.findings[len(loaded.findings) :]
    ]
    return difference_of_plans(first, second, names, old), of_plans


def _side(loaded: Loaded) -> Side:
    """A portfolio to compare: its operating model named, its places without the file's name."""
    from portfolio.analysis.difference import Side

    portfolio = loaded.portfolio
    if portfolio is None:
        raise HasErrorsError(loaded.findings)
    return Side(portfolio.model_copy(update={"model": loaded.model.name}), loaded.cell)
