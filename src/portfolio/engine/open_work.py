"""What is still to be decided about: epics that are done or stopped are neither ranked nor planned, and that is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.domain import Epic, FieldFinding, Portfolio
from portfolio.domain.state import ENDED, StateKind
from portfolio.operating_model import OperatingModel


@dataclass(frozen=True)
class OpenWork:
    """The positions of the epics and dependencies that are open, and the epics that are not, by their state."""

    epics: tuple[int, ...]
    dependencies: tuple[int, ...]
    left_out: dict[str, tuple[Epic, ...]]
    problems: tuple[FieldFinding, ...] = ()

    def of(self, portfolio: Portfolio) -> Portfolio:
        """The portfolio of what is open."""
        if not self.left_out:
            return portfolio
        return portfolio.model_copy(
            update={
                "epics": tuple(portfolio.epics[index] for index in self.epics),
                "dependencies": tuple(portfolio.dependencies[index] for index in self.dependencies),
            }
        )


def open_work(model: OperatingModel, portfolio: Portfolio) -> OpenWork:
    """Which epics are open by their state, in the words of the model, of a tool or of another language.

    A dependency on a done epic is met; one on a stopped epic can never be, which is a problem at its place.
    """
    kinds = {state: kind_of(model, state) for state in {epic.state for epic in portfolio.epics if epic.state}}
    ended = [index for index, epic in enumerate(portfolio.epics) if epic.state and kinds[epic.state] in ENDED]
    gone = {portfolio.epics[index].id for index in ended}
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
        tuple(_never_met(portfolio, kinds, gone)) if gone else (),
    )


def kind_of(model: OperatingModel, state: str) -> StateKind | None:
    """What a state says: as the model has it, else what people, tools and languages mean by the word."""
    from portfolio.intake.languages import vocabulary

    return model.state_kind(state) or vocabulary().state(state)


def _never_met(portfolio: Portfolio, kinds: dict[str, StateKind | None], gone: set[str]) -> Iterator[FieldFinding]:
    """Dependencies of open epics on stopped ones."""
    by_id = {epic.id: epic for epic in portfolio.epics}
    for index, link in enumerate(portfolio.dependencies):
        before = by_id[link.predecessor]
        if link.successor not in gone and before.id in gone and kinds[str(before.state)] == "stopped":
            yield FieldFinding(
                ("dependencies", index, "predecessor"),
                f"{link.successor} waits for {before.id}, which is {before.state}.",
                "What is stopped is never finished.",
                "Remove the dependency, or take up the epic again.",
            )
