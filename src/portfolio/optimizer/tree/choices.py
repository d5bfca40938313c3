"""The choices a tree is made of: whether an epic is done, when it starts, and in which of its ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from portfolio.optimizer.tree.selection import SelectionProgram
from portfolio.options import Flags, Floats, Ints

UNDECIDED = 1e-6
"""A column this far from 0 and from 1 is not decided yet."""
SELECTED, STARTED, TAKEN = 0, 1, 2
"""The kinds of choices: an epic is selected, it starts by a period, one of its options is taken."""
KINDS = 3
FIRST = 4.0
"""A selection counts so many times what it promises: it settles what questions of time only put off."""


@dataclass(frozen=True)
class Choice:
    """A yes or no about one epic; `at` is the period or the option in question, `share` how far the relaxation says yes."""

    epic: int
    kind: int
    at: int
    share: float


class Choices:
    """The choices that a program leaves, and what each answer means for the limits of the columns."""

    def __init__(self, program: SelectionProgram) -> None:
        options = program.formulation.options
        self._epic, self._selected, self._start = program.epic, program.selected, options.start
        self._members = [np.flatnonzero(program.epic == epic) for epic in range(len(program.selected))]

    def open(self, columns: Floats) -> list[Choice]:
        """The choices that a solution leaves open: of every undecided epic whether it is selected, and when or how it is done."""
        selected, share = columns[self._selected], columns[: len(self._epic)]
        undecided = np.flatnonzero(_fractional(selected))
        found = [Choice(int(epic), SELECTED, 0, float(selected[epic])) for epic in undecided]
        split = np.unique(self._epic[_fractional(share)])
        return found + [choice for epic in split if (choice := self._when(int(epic), share)) is not None]

    def _when(self, epic: int, share: Floats) -> Choice | None:
        """Whether an epic starts by its mean start; where it has one start only, whether its likeliest option is taken.

        None where the relaxation has one option only, so that all that is open is whether the epic is selected.
        """
        members = self._members[epic]
        weight, start = share[members], self._start[members]
        total = float(weight.sum())
        mean = int(np.floor(weight @ start / total + UNDECIDED))
        by_then = float(weight[start <= mean].sum()) / total
        if UNDECIDED < by_then < 1 - UNDECIDED:
            return Choice(epic, STARTED, mean, by_then)
        option = members[int(np.argmax(np.where(_fractional(weight), weight, 0.0)))]
        likeliest = float(share[option]) / total
        return Choice(epic, TAKEN, int(option), likeliest) if likeliest < 1 - UNDECIDED else None

    def answered(self, choice: Choice, yes: bool, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
        """The limits of the columns once a choice is made."""
        lower, upper, members = lower.copy(), upper.copy(), self._members[choice.epic]
        if choice.kind == SELECTED:
            column = self._selected[choice.epic]
            if yes:
                lower[column] = 1.0
            else:
                upper[column] = upper[members] = 0.0
        elif choice.kind == STARTED:
            early = self._start[members] <= choice.at
            upper[members[~early if yes else early]] = 0.0
        else:
            upper[members[members != choice.at] if yes else choice.at] = 0.0
        return lower, upper


def _fractional(share: Floats) -> Flags:
    return np.asarray((share > UNDECIDED) & (share < 1 - UNDECIDED), dtype=np.bool_)


def yes_first(choice: Choice) -> bool:
    """Which answer is looked into first: yes to an epic, and what the relaxation leans to for the rest."""
    return choice.kind == SELECTED or choice.share >= 0.5


class Experience:
    """What answers have cost so far, for each epic and kind of choice: the better guide the longer the tree grows.

    Pseudo-costs (Benichou and others, 1971), made reliable by trying (Achterberg, Koch and Martin, 2005).
    """

    def __init__(self, epics: int) -> None:
        self._cost, self._times = np.zeros((epics, KINDS, 2)), np.zeros((epics, KINDS, 2))
        self._cost_shared, self._times_shared = self._cost, self._times

    @staticmethod
    def share(all_of_them: Sequence[Experience]) -> None:
        """Lets each know what the others have noted since they last shared."""
        first = all_of_them[0]
        cost = first._cost_shared + sum(one._cost - one._cost_shared for one in all_of_them)
        times = first._times_shared + sum(one._times - one._times_shared for one in all_of_them)
        for one in all_of_them:
            one._cost, one._times = cost.copy(), times.copy()
            one._cost_shared, one._times_shared = cost, times

    def of(self, epics: Ints) -> Experience:
        """What was learnt of the epics at these places, nothing of those at -1."""
        known, one = epics >= 0, Experience(len(epics))
        one._cost[known], one._times[known] = self._cost[epics[known]], self._times[epics[known]]
        return one

    def note(self, choice: Choice, yes: bool, drop: float) -> None:
        """Notes by how much an answer brought the bound down."""
        self._cost[choice.epic, choice.kind, int(yes)] += drop / (1 - choice.share if yes else choice.share)
        self._times[choice.epic, choice.kind, int(yes)] += 1

    def times(self, choice: Choice) -> int:
        """How often both answers to this choice were tried."""
        return int(self._times[choice.epic, choice.kind].min())

    def score(self, choice: Choice, room: float) -> float:
        """How much a choice promises: the product of what its answers cost, neither counted beyond the room there is."""
        promise = product(self._expected(choice, yes=False), self._expected(choice, yes=True), room)
        return FIRST * promise if choice.kind == SELECTED else promise

    def _expected(self, choice: Choice, *, yes: bool) -> float:
        side = int(yes)
        cost, times = self._cost[choice.epic, choice.kind, side], self._times[choice.epic, choice.kind, side]
        if not times:
            cost, times = self._cost[:, choice.kind, side].sum(), self._times[:, choice.kind, side].sum()
        each = cost / times if times and cost else 1.0
        return float(each * (1 - choice.share if yes else choice.share))


def product(no: float, yes: float, room: float) -> float:
    """The product of two drops of the bound, neither counted beyond the room there is."""
    least = 1e-6 * room
    return max(least, min(no, room)) * max(least, min(yes, room))
