"""What is to be decided about: epics that are done or stopped, or of another level of work, are not, and that is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.domain import Epic, FieldFinding, Portfolio
from portfolio.domain.state import ENDED, StateKind
from portfolio.operating_model import OperatingModel, check_levels, other_levels


@dataclass(frozen=True)
class OpenWork:
    """The positions of the epics and dependencies that are open, and the epics that are not, by their state."""

    epics: tuple[int, ...]
    dependencies: tuple[int, ...]
    left_out: dict[str, tuple[Epic, ...]]
    problems: tuple[FieldFinding, ...] = ()
    other_levels: tuple[Epic, ...] = ()
    """Work of other levels than the planned one, from the highest."""

    def of(self, portfolio: Portfolio) -> Portfolio:
        """The portfolio of what is open at the planned level."""
        if not self.is_less:
            return portfolio
        open_part = portfolio.model_copy(
            update={
                "epics": tuple(portfolio.epics[index] for index in self.epics),
                "dependencies": tuple(portfolio.dependencies[index] for index in self.dependencies),
            }
        )
        return open_part.with_other_levels(self.other_levels)

    @property
    def is_less(self) -> bool:
        """Whether anything of the portfolio is not to be decided about."""
        return bool(self.left_out or self.other_levels)


def open_work(model: OperatingModel, portfolio: Portfolio) -> OpenWork:
    """Which epics are open by their state, in the words of the model, of a tool or of another language.

    A dependency on a done epic is met; one on a stopped epic can never be, which is a problem at its place.
    """
    kinds = {state: kind_of(model, state) for state in {epic.state for epic in portfolio.epics if epic.state}}
    ended = [index for index, epic in enumerate(portfolio.epics) if epic.state and kinds[epic.state] in ENDED]
    over = set(ended)
    other = other_levels(model, [epic for index, epic in enumerate(portfolio.epics) if index not in over])
    gone = {portfolio.epics[index].id for index in ended} | {epic.id for epic in other}
    left_out: dict[str, tuple[Epic, ...]] = {}
    for index in ended:
        epic = portfolio.epics[index]
        left_out[str(epic.state)] = (*left_out.get(str(epic.state), ()), epic)
    return OpenWork(
        tuple(index for index in range(len(portfolio.epics)) if portfolio.epics[index].id not in gone),
        tuple(
            index
            for index, link in enumerate(portfolio.dependencies)
            if link.predecessor not in gone and link.successor not in gone
        ),
        left_out,
        (*_never_met(portfolio, kinds, gone), *_across(portfolio, other), *check_levels(model, portfolio)),
        other,
    )


def _across(portfolio: Portfolio, other: tuple[Epic, ...]) -> Iterator[FieldFinding]:
    """Dependencies of planned work on work of another level, which the plan does not wait for."""
    levels = {epic.id: epic.level for epic in other}
    for index, link in enumerate(portfolio.dependencies):
        if link.predecessor in levels and link.successor not in levels:
            yield FieldFinding(
                ("dependencies", index, "predecessor"),
                f"{link.successor} waits for {link.predecessor}, which is of {levels[link.predecessor]}.",
                "Work of another level is not planned, so that nothing can wait for it.",
                "Link the work that is planned, or say which part it is of by Parent.",
                "warning",
            )


def kind_of(model: OperatingModel, state: str) -> StateKind | None:
    """What a state says: as the model has it, else what people, tools and languages mean by the word."""
    from portfolio.intake.languages import vocabulary

    return model.state_kind(state) or vocabulary().state(state)


def is_translated(state: str) -> bool:
    """Whether a state is a word of another language whose kind is known, so that no model need have it."""
    from portfolio.intake.languages import vocabulary

    return vocabulary().is_translated_state(state)


def _never_met(portfolio: Portfolio, kinds: dict[str, StateKind | None], gone: set[str]) -> Iterator[FieldFinding]:
    """Dependencies of open epics on stopped ones."""
    by_id = {epic.id: epic for epic in portfolio.epics}
    for index, link in enumerate(portfolio.dependencies):
        before = by_id[link.predecessor]
        if link.successor not in gone and before.id in gone and kinds.get(before.state or "") == "stopped":
            yield FieldFinding(
                ("dependencies", index, "predecessor"),
                f"{link.successor} waits for {before.id}, which is {before.state}.",
                "What is stopped is never finished.",
                "Remove the dependency, or take up the epic again.",
            )
