"""The sheet `Operating model`: what it agrees on, for people to read: who decides what and when, roles, states, classes, policies."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.domain import Portfolio
from portfolio.operating_model import OperatingModel
from portfolio.operating_model.choices import Choice, choices_of
from portfolio.operating_model.flow import ServiceClass
from portfolio.workbook.layout import Layout, ResultSheet
from portfolio.xlsx.write.book import Book, Page


def write_operating_model(book: Book, layout: Layout) -> None:
    """Writes the agreements of the model that the plan was made with."""
    page = book.page(layout.name("Operating model"))
    model = layout.figures.model
    page.title("Operating model", f"{model.title}: what everybody agreed on, whatever is planned.")
    page.widths(34, 120)
    write_agreements(page, 3, model, layout.figures.portfolio)


def write_agreements(page: Page, row: int, model: OperatingModel, portfolio: Portfolio) -> None:
    """Writes a line for each agreement of the model, with the next date of a right, and nothing where it prescribes nothing."""
    lines = list(_agreements(model, portfolio))
    if lines:
        page.text(row, 0, f"What {model.title} agrees on", "bold")
    for number, (name, said) in enumerate(lines, start=row + 1):
        page.text(number, 0, name, "label")
        page.text(number, 1, said)


def has_agreements(model: OperatingModel) -> bool:
    """Whether the model prescribes anything that people agree on."""
    return next(_agreements(model), None) is not None


def _agreements(model: OperatingModel, portfolio: Portfolio | None = None) -> Iterator[tuple[str, str]]:
    """Each with its name, in the order in which people meet them: rhythm, rights, roles, board, policies."""
    yield from _decided(model, portfolio)
    for role in () if model.roles is None else model.roles.roles:
        yield f"Role: {role.name}", role.does
    yield from _board(model)
    for found in () if model.service_classes is None else model.service_classes.classes:
        yield f"Class: {found.name}", _joined(f"urgency {found.urgency}", found.means, *_treated(found))
    for practice in () if model.practices is None else model.practices.practices:
        yield f"{practice.level}: {practice.kind}", _joined(practice.name, practice.means)
    for policy in () if model.policies is None else model.policies.policies:
        yield "Policy", policy.statement


def _treated(service: ServiceClass) -> Iterator[str]:
    """How work of a class of service is treated, and what people may expect of it."""
    if service.at_once:
        yield "planned before all else"
    if service.bypasses_wip:
        yield "past the WIP limits"
    if service.meets_date:
        yield "in time or not at all"
    if service.share is not None:
        yield f"at least {service.share:.0%} of capacity"
    if service.expectation is not None:
        yield f"{service.expectation.percentile:.0%} within {service.expectation.weeks:g} weeks of the commitment"


def _board(model: OperatingModel) -> Iterator[tuple[str, str]]:
    """The states with when work enters them, and what limits it there; a limit that is not prescribed is none to show."""
    for state in () if model.flow is None else model.flow.states:
        number = "" if state.limit is None else f" {state.limit}"
        limit = "" if state.wip == "not prescribed" else f"WIP limit: {state.wip}{number}"
        yield f"State: {state.name}", _joined(limit, state.pull and f"enters when: {state.pull}")
    for span in () if model.flow is None else model.flow.spans:
        per = model.vocabulary.value_stream.one if span.per == "value stream" else "portfolio"
        number = "WIP limit" if span.limit is None else f"WIP limit {span.limit}"
        yield f"Limit: {span.name}", f"from {span.first} to {span.last} one {number} together, for each {per}"


def _decided(model: OperatingModel, portfolio: Portfolio | None) -> Iterator[tuple[str, str]]:
    """What is decided, in which events, by whom, and what was chosen."""
    if model.guide is not None:
        yield "It decides", model.guide.decides
        yield "It leaves to others", model.guide.leaves
    if model.scoring.formula:
        yield "Ranking", model.scoring.formula
    for review in model.cadence.reviews:
        yield review.name, _joined(review.when, review.decides)
    rights = () if model.decision_rights is None else model.decision_rights.rights
    for decision in dict.fromkeys(right.decision for right in rights):
        yield "Decision", model.decision_rights_text(decision, portfolio=portfolio)
    for choice in choices_of(model.decision_points, None if portfolio is None else portfolio.choices):
        yield f"Choice: {choice.point.decision}", _chosen(choice)
    if model.approval is not None and model.approval.rule:
        yield "Approval", model.approval.rule


def _chosen(choice: Choice) -> str:
    """What was chosen and why, and what else there is."""
    chosen = "not chosen yet" if choice.option is None else choice.option.name
    others = [name for name in choice.point.names if choice.option is None or name != choice.option.name]
    because = choice.because and f"because {choice.because}"
    trade_off = "" if choice.option is None else choice.option.trade_off
    return _joined(chosen, because, trade_off, f"other options: {', '.join(others)}")


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


SHEET = ResultSheet(
    "Operating model",
    write_operating_model,
    wanted=lambda layout: (layout.plans or layout.given is None) and has_agreements(layout.figures.model),
)
