"""The record of a proof: how a tree divided all plans into parts, and which prices of the rows closed each.

Whoever solves a program that differs a little begins from it: the prices bound the same parts there, most often well
enough to leave them closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from portfolio.optimizer.solver import Basis
from portfolio.optimizer.tree.choices import Choice, Experience
from portfolio.options import Floats


@dataclass
class Part:
    """A part of all plans: the prices of the rows in each relaxation solved there, and the choice that divided it, if any.

    `basis` is where the last of these relaxations ended.
    """

    prices: list[Floats] = field(default_factory=list)
    basis: Basis | None = None
    choice: Choice | None = None
    no: Part | None = None
    yes: Part | None = None

    def divide(self, choice: Choice) -> tuple[Part, Part]:
        """The parts that the two answers to a choice make of this one: no, then yes."""
        self.choice, self.no, self.yes = choice, Part(), Part()
        return self.no, self.yes

    def is_closed_as(self, tried: Part) -> None:
        """Takes over what closed this part when it was tried."""
        self.prices, self.basis = tried.prices, tried.basis

    def all(self) -> Iterator[Part]:
        """This part and all below it, each before its own, no before yes."""
        ahead = [self]
        while ahead:
            part = ahead.pop()
            yield part
            ahead += [below for below in (part.yes, part.no) if below is not None]


@dataclass
class Record:
    """The parts of a proof, from the one of all plans on, and what the trees have learnt of choices."""

    whole: Part = field(default_factory=Part)
    experience: Experience | None = None
