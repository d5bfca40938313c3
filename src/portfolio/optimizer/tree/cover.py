"""The parts of a recorded proof, to begin from when a program is solved that differs a little."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Hashable
from dataclasses import replace

import numpy as np

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.solver.highs import usual_unit
from portfolio.optimizer.tree.choices import TAKEN, Choices
from portfolio.optimizer.tree.record import Part, Record
from portfolio.optimizer.tree.replay import NONE, TINY, Parts, Prices, priced, replay
from portfolio.optimizer.tree.selection import IS_SELECTED, SelectionProgram, with_selections
from portfolio.optimizer.tree.tree import MARGIN, Node, Tree
from portfolio.options import Ints

STALE = 0.9
"""Where more of the smallest parts than this share stay open, they are no help: all plans are divided anew."""


class Cover:
    """The parts of a recorded proof of one program, and what its rows, epics and options are called."""

    def __init__(self, formulation: Formulation, record: Record) -> None:
        program = with_selections(formulation)
        self._experience = record.experience
        self._names, self._epics = _names(program), _epics(program)
        self._ways, self._columns = formulation.options.ways(), program.formulation.columns
        parts = list(record.whole.all())
        place = {id(part): number for number, part in enumerate(parts)}
        below = [[NONE if one is None else place[id(one)] for one in (part.no, part.yes)] for part in parts]
        self._below = np.array(below, dtype=np.int64).reshape(-1, 2)
        self._choices = [part.choice for part in parts if part.choice is not None]
        self._divided = np.array([part.choice is not None for part in parts])
        self._bases = [part.basis for part in parts]
        prices = [prices for part in parts for prices in part.prices]
        self._prices = np.array(prices).reshape(len(prices), len(self._names))
        self._first = np.cumsum([0, *(len(part.prices) for part in parts)])
        self._deepest = _depth(record.whole)
        self._own_parts = self._parts_of(program, np.arange(len(self._epics)), Choices(program))

    def tree(self, formulation: Formulation, value: float, cancel: CancelToken) -> Tree:
        """A tree of another program whose open nodes are what the proof leaves open there; a plan of this value is known."""
        program = with_selections(formulation)
        own, names = program.formulation, _names(program)
        epics, tree = self._epics_of(program), Tree(program, 0.0, 0, cancel)
        if self._experience is not None:
            tree.experience = self._experience.of(epics)
        same = formulation.options.ways() == self._ways and own.columns == self._columns
        left = replay(
            tree.propagation.rows,
            self._own_parts if same else self._parts_of(program, epics, tree.choices),
            self._priced(program, names),
            own.lower,
            own.upper,
            value + MARGIN * abs(value),
            TINY * usual_unit(own),
            self._deepest,
        )
        tree.value = tree.left_off = value
        if len(left.bound) > STALE * np.count_nonzero(~self._divided):
            tree.open = [Node(-float(np.max(left.bound)), 0, own.lower, own.upper)]
            return tree
        same = same and names == self._names
        tree.open = [
            Node(-float(bound), number, lower, upper, basis=self._bases[part] if same else None)
            for number, (part, bound, lower, upper) in enumerate(zip(*left, strict=True))
        ]
        heapq.heapify(tree.open)
        return tree

    def _priced(self, program: SelectionProgram, names: list[Hashable]) -> Prices:
        """What the prices recorded make of a program, row by row of the same name."""
        own, rows = program.formulation, {name: row for row, name in enumerate(self._names)}
        before = np.array([rows.get(name, NONE) for name in names], dtype=np.int64)
        prices = np.ascontiguousarray(np.where(before == NONE, 0.0, self._prices[:, before]))
        return priced(prices, own.first, own.column, own.coefficient, own.row_lower, own.row_upper, own.objective)

    def _epics_of(self, program: SelectionProgram) -> Ints:
        """For each epic of a program, its place in the program of the record, -1 if it had none."""
        places = {epic: place for place, epic in enumerate(self._epics)}
        return np.array([places.get(epic, NONE) for epic in _epics(program)], dtype=np.int64)

    def _parts_of(self, program: SelectionProgram, epics: Ints, choices: Choices) -> Parts:
        """The parts with what each answer means in a program."""
        first_out, taken_out, put_in = self._answers(program, epics, choices)
        return Parts(
            below=self._below,
            choice=np.where(self._divided, np.cumsum(self._divided) - 1, NONE),
            first=self._first,
            first_out=first_out,
            taken_out=taken_out,
            put_in=put_in,
        )

    def _answers(self, program: SelectionProgram, epics: Ints, choices: Choices) -> tuple[Ints, Ints, Ints]:
        """The columns that each answer to each choice takes out and puts in; none where what it is about is not there."""
        none, every = np.zeros(program.formulation.columns), np.ones(program.formulation.columns)
        here = {int(before): epic for epic, before in enumerate(epics)}
        options = {way: option for option, way in enumerate(program.formulation.options.ways())}
        count = len(self._choices)
        out, put_in = [np.zeros(0, dtype=np.int64)], np.full((2, count), NONE)
        for side in (0, 1):
            for number, choice in enumerate(self._choices):
                at = options.get(self._ways[choice.at], NONE) if choice.kind == TAKEN else choice.at
                if choice.epic not in here or at == NONE:
                    out.append(out[0])
                    continue
                meant = replace(choice, epic=here[choice.epic], at=at)
                lower, upper = choices.answered(meant, bool(side), none, every)
                out.append(np.flatnonzero(upper == 0.0))
                put_in[side, number] = next(iter(np.flatnonzero(lower)), NONE)
        first = np.cumsum([len(columns) for columns in out])
        return np.array([first[: count + 1], first[count:]]), np.concatenate(out), put_in


def _epics(program: SelectionProgram) -> list[str]:
    """The IDs of the epics of a program, in the order of their selections."""
    options = program.formulation.options
    return [options.portfolio.epics[epic].id for epic in np.unique(options.epic)]


def _names(program: SelectionProgram) -> list[Hashable]:
    """What the rows of a program are called, none like another."""
    counted: Counter[Hashable] = Counter()
    epics, names = iter(_epics(program)), list[Hashable]()
    for source in program.formulation.sources:
        place = (next(epics),) if source.name == IS_SELECTED else tuple(source.place.items())
        name = (source.name, place)
        counted[name] += 1
        names.append((name, counted[name]))
    return names


def _depth(part: Part) -> int:
    """How often the smallest part was divided off."""
    deepest, level = 0, [part]
    while level := [below for one in level for below in (one.no, one.yes) if below is not None]:
        deepest += 1
    return deepest
