"""Asks at a terminal what no portfolio says of an organisation; an empty answer leaves it open."""

from __future__ import annotations

import click

from portfolio.operating_model.patterns import COUPLINGS, Answers, Coupling


def asked(answers: Answers) -> Answers:
    """The answers with what somebody says where nobody has said it."""
    return Answers(
        _number("How many teams do the work?") if answers.teams is None else answers.teams,
        _number("How many products do they work on?") if answers.products is None else answers.products,
        _coupling("How much do teams wait for each other?") if answers.coupling is None else answers.coupling,
        _yes("Does a regulator have to be shown what was decided?") if answers.regulated is None else answers.regulated,
        _yes("Does one place decide about all money?") if answers.central_funding is None else answers.central_funding,
    )


def _number(question: str) -> int | None:
    said = str(click.prompt(question, default="", show_default=False, err=True)).strip()
    return int(said) if said.isdigit() and int(said) else None


def _yes(question: str) -> bool | None:
    return next((said == "yes" for said in _words(question, "yes", "no")), None)


def _coupling(question: str) -> Coupling | None:
    said = _words(question, *COUPLINGS)
    return next((word for word in COUPLINGS if word in said), None)


def _words(question: str, *words: str) -> list[str]:
    """The word that was chosen; none where the answer is empty."""
    told = f"{question} ({', '.join(words)})"
    said = click.prompt(
        told, default="", type=click.Choice(["", *words]), show_default=False, show_choices=False, err=True
    )
    return [word for word in words if word == said]
