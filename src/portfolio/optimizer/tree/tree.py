"""Grows one tree: solves a relaxation, cuts off what cannot be better than the best plan known, and divides the rest.

Nodes are taken best bound first; from each the tree goes deeper as long as the bound stays among the best. Steps are counted in
relaxations solved, never in time, so the same tree grows on every machine.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import ColumnKind
from portfolio.optimizer.solver import Basis, HotRelaxation
from portfolio.optimizer.tree.choices import Choice, Choices, Experience, product, yes_first
from portfolio.optimizer.tree.propagation import Propagation
from portfolio.optimizer.tree.record import Part
from portfolio.optimizer.tree.refutation import refutation
from portfolio.optimizer.tree.selection import SelectionProgram
from portfolio.options import Floats

MARGIN = 1e-7
"""A bound above the best plan by no more than this share promises nothing: it is what HiGHS's tolerances leave."""
DEEPER = 0.25
"""The tree goes deeper while a bound has lost no more than this share of the way from the best one to the best plan."""
DIVE_EVERY = 50
"""Every so many descents one goes to the bottom, in search of a better plan."""
RELIABLE, MOST_TRIED = 4, 10
"""Both answers to a choice are tried so often before experience is trusted, for so many choices of a node at most."""
AT_LIMIT = 1e-9
"""A column this near to its limit stands at it."""
WELL_BELOW = 3e-3
"""Where a proof is recorded, relaxations go on below the best plan by this share: then their prices close more than needed."""
BESIDE = 1e-4
"""A column this far beyond its limits does not keep them: more than HiGHS's tolerances leave."""


@dataclass(order=True)
class Node:
    """A part of all plans: the limits of the columns there, and a bound on what any of its plans is worth.

    `part` is where what becomes of it is recorded, if anybody asked for that; `basis` where its first relaxation is near to.
    """

    minus_bound: float
    number: int
    lower: Floats = field(compare=False)
    upper: Floats = field(compare=False)
    part: Part | None = field(compare=False, default=None)
    basis: Basis | None = field(compare=False, default=None)

    @property
    def bound(self) -> float:
        """No plan of this part is worth more."""
        return -self.minus_bound


class StoppedError(Exception):
    """The tree was asked to stop."""


class Tree:
    """A tree over one warm relaxation.

    `value` and `columns` are those of the best plan known, `aim` what a plan has to be worth more than besides, `slack` by which
    share below the best plan a part has to be to be cut off, `left_off` the highest bound of what was cut off, `solved` the relaxations solved; what lies within `gap` is cut off only after
    `patience` of these.
    """

    def __init__(self, program: SelectionProgram, gap: float, patience: int, cancel: CancelToken) -> None:
        self._own, self._gap, self._patience = program.formulation, gap, patience
        self._relaxation, self._cancel = HotRelaxation(program.formulation), cancel
        self.choices, self.experience = Choices(program), Experience(len(program.selected))
        self._binary = self._own.binary | (self._own.kind == ColumnKind.SELECTION)
        self.propagation = Propagation(program)
        self.open: list[Node] = []
        self.current: Node | None = None
        self.value = self.aim = self.left_off = -np.inf
        self.columns: Floats | None = None
        self.slack = 0.0
        self.solved = self._descents = self._made = 0
        self._to_the_bottom = False

    @property
    def bound(self) -> float:
        """No plan is worth more, as far as this tree has to do with it."""
        nodes = self.open[:1] + ([self.current] if self.current else [])
        return max(self.left_off, self.aim, self.value, *(node.bound for node in nodes))

    @property
    def near_enough(self) -> float:
        """Where the bound may be once the best plan known is to be near enough."""
        return self._beside(0.0 if self.solved < self._patience else self._gap)

    def bound_within(self, lower: Floats, upper: Floats) -> float:
        """No plan within these limits is worth more."""
        self.solved += 1
        lower, upper = lower.copy(), upper.copy()
        return self._relaxation.solve(lower, upper) if self.propagation.conclude(lower, upper) else -np.inf

    def advance(self, relaxations: int) -> None:
        """Solves about so many relaxations, or all that is left; when stopped, what is open stays open."""
        ends = self.solved + relaxations
        while self.solved < ends:
            node, self.current = self.current or self._next(), None
            if node is None:
                return
            try:
                self._explore(node)
            except StoppedError:
                self.current = node
                return

    def learn(self, value: float, columns: Floats) -> None:
        """Takes in a plan from elsewhere, if it is better than the best one here."""
        if value > self.value:
            self.value, self.columns = value, columns

    def _next(self) -> Node | None:
        while self.open:
            node = heapq.heappop(self.open)
            if not self._is_cut_off(node.bound):
                self._descents += 1
                self._to_the_bottom = self._descents % DIVE_EVERY == 1
                return node
        return None

    def _explore(self, node: Node) -> None:
        """Solves a node, decides whatever has one answer only, and divides what is left of it."""
        lower, upper, part = node.lower.copy(), node.upper.copy(), node.part
        if node.basis is not None:
            self._relaxation.go_back(node.basis)
        while True:
            bound = self._solve(lower, upper, part)
            if self._is_cut_off(bound):
                return
            columns = self._relaxation.columns
            if self._fix(columns, bound, lower, upper):
                continue
            choices = self.choices.open(columns)
            if not choices:
                self.learn(float(self._own.objective @ columns), columns)
                return
            choice, only, closed = self._choose(choices, bound, lower, upper, part)
            if only is None:
                break
            lower, upper = self.choices.answered(choice, only, lower, upper)
            if part is not None and closed is not None:
                sides = part.divide(choice)
                sides[not only].is_closed_as(closed)
                part = sides[only]
        self._divide(choice, bound, lower, upper, part)

    def _solve(self, lower: Floats, upper: Floats, part: Part | None) -> float:
        self.solved += 1
        if not self.propagation.conclude(lower, upper):
            return -np.inf
        if self._cancel.raised.is_set():
            raise StoppedError
        hot, low = self._relaxation, self._low(part)
        bound = hot.solve(lower, upper, low)
        if part is not None:
            prices = hot.row_prices if np.isfinite(bound) else refutation(self._own, hot, lower, upper, low)
            part.prices += [] if prices is None else [prices]
            part.basis = hot.basis()
        return bound

    def _low(self, part: Part | None) -> float:
        """A bound not above this need not be told exactly."""
        if part is None or not np.isfinite(self.value):
            return max(self.aim, self._beside(0.0))
        return self._worth_looking - WELL_BELOW * abs(self.value)

    def _is_cut_off(self, bound: float) -> bool:
        """Whether a bound is not above the aim, or no better than the best plan or, once patience has ended, near enough to it."""
        if bound > max(self.aim, self.near_enough):
            return False
        self.left_off = max(self.left_off, bound)
        return True

    def _beside(self, gap: float) -> float:
        """A bound no higher than this is beside the best plan, with this gap; minus infinity while none is known."""
        return self._worth_looking + max(gap, MARGIN) * abs(self.value) if np.isfinite(self.value) else -np.inf

    @property
    def _worth_looking(self) -> float:
        """What a plan is worth that is still looked for: that of the best one known, or the slack below."""
        return self.value - self.slack * abs(self.value) if self.slack else self.value

    def _room(self, bound: float) -> float:
        return bound - self._least if np.isfinite(self.value) else max(1.0, abs(bound))

    @property
    def _least(self) -> float:
        """What a plan has to be worth more than."""
        return max(self._worth_looking, self.aim)

    def _fix(self, columns: Floats, bound: float, lower: Floats, upper: Floats) -> bool:
        """Fixes the columns that would cost more than there is room for if they moved; says whether these columns are out."""
        if not np.isfinite(self.value):
            return False
        cost, room = self._relaxation.reduced_costs, self._room(bound)
        upper[self._binary & (columns < AT_LIMIT) & (-cost > room)] = 0.0
        lower[self._binary & (columns > 1 - AT_LIMIT) & (cost > room)] = 1.0
        possible = self.propagation.conclude(lower, upper)
        return not possible or bool(np.any((columns < lower - BESIDE) | (columns > upper + BESIDE)))

    def _choose(
        self, choices: Sequence[Choice], bound: float, lower: Floats, upper: Floats, part: Part | None
    ) -> tuple[Choice, bool | None, Part | None]:
        """The choice to divide by, or one to which only one answer is left, with that answer and the part that is closed."""
        room = self._room(bound)
        promising = sorted(choices, key=lambda choice: (-self.experience.score(choice, room), choice.epic))
        best, most = promising[0], -np.inf
        basis = None
        for choice in promising[:MOST_TRIED]:
            score = self.experience.score(choice, room)
            if self.experience.times(choice) < RELIABLE:
                basis = basis or self._relaxation.basis()
                drops = []
                for yes in (False, True):
                    tried = None if part is None else Part()
                    there = self._solve(*self.choices.answered(choice, yes, lower, upper), tried)
                    self._relaxation.go_back(basis)
                    if self._is_cut_off(there):
                        return choice, not yes, tried
                    drops.append(max(0.0, bound - there))
                    self.experience.note(choice, yes, drops[-1])
                score = product(drops[0], drops[1], room)
            if score > most:
                best, most = choice, score
        return best, None, None

    def _divide(self, choice: Choice, bound: float, lower: Floats, upper: Floats, part: Part | None) -> None:
        """Makes two nodes of one: the first is gone into if its bound is among the best, the other waits."""
        first = yes_first(choice)
        sides = (None, None) if part is None else part.divide(choice)
        basis = self._relaxation.basis()
        nodes = [
            Node(-bound, self._number(), *self.choices.answered(choice, yes, lower, upper), sides[yes], basis)
            for yes in (first, not first)
        ]
        heapq.heappush(self.open, nodes[1])
        top = max(bound, self.open[0].bound)
        if self._to_the_bottom or not np.isfinite(self.value) or bound >= top - DEEPER * (top - self._least):
            self.current = nodes[0]
        else:
            heapq.heappush(self.open, nodes[0])

    def _number(self) -> int:
        """Later nodes first among equals."""
        self._made += 1
        return -self._made
