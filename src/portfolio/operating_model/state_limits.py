"""State limits: how much a state of the board may hold, where the portfolio says so and the way of working names no number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio.domain import FieldFinding, Portfolio
from portfolio.domain.spelling import nearest
from portfolio.operating_model.flow import COUNTED, Flow
from portfolio.operating_model.model import OperatingModel

RULE = "A limit is a whole number for a state, for example Analyzing = 3."


def with_state_limits(model: OperatingModel, portfolio: Portfolio) -> OperatingModel:
    """The model with the numbers that a portfolio sets for states of its board."""
    said = {state.casefold(): int(number) for state, number in _entries(portfolio.state_limits) if number.isdigit()}
    if model.flow is None or not said:
        return model
    states = tuple(
        state.model_copy(update={"limit": said[state.name.casefold()]})
        if state.wip in COUNTED and state.name.casefold() in said
        else state
        for state in model.flow.states
    )
    return model.model_copy(update={"flow": model.flow.model_copy(update={"states": states})})


def open_limits(flow: Flow | None) -> str | None:
    """The states whose limit is to be set, as a starter has them: `Reviewing = ; Analyzing = `; None where there are none."""
    states = [
        state.name for state in (() if flow is None else flow.states) if state.wip in COUNTED and state.limit is None
    ]
    return "; ".join(f"{state} =" for state in states) or None


def check_state_limits(model: OperatingModel, portfolio: Portfolio) -> Iterator[FieldFinding]:
    """States that the board does not have or does not count, and what is no number; an empty one is not set yet."""
    states = {state.name.casefold(): state for state in (() if model.flow is None else model.flow.states)}
    for name, number in _entries(portfolio.state_limits):
        state = states.get(name.casefold())
        if state is None:
            meant = nearest(name, model.states)
            there = f"It has {', '.join(model.states)}." if model.states else f"{model.title} has no board."
            yield _wrong(f"{name} is not a state of the board.", there, f"Write {meant}." if meant else "Delete it.")
        elif state.wip not in COUNTED:
            what = f"{name} is given a limit, and its work is {state.wip}."
            yield _wrong(what, f"{model.title} counts no work in it.", "Delete it.")
        elif number and not number.isdigit():
            yield _wrong(f"The limit of {name} is {number}.", RULE, "Write a whole number, or leave it empty.")


def _wrong(what: str, rule: str, fix: str) -> FieldFinding:
    return FieldFinding(("state_limits",), what, rule, fix, "warning")


def _entries(said: str | None) -> Iterator[tuple[str, str]]:
    """Each state with what is said of it; a name may hold a colon, `Implementing: MVP = 3`."""
    for text in re.split(r"[;\n]", said or ""):
        name, _, number = text.rpartition("=") if "=" in text else (text, "", "")
        if name.strip():
            yield name.strip(), number.strip()
