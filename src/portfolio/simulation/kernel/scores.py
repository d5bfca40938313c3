"""Numbers that scores and voters are drawn by. Compiled."""

from __future__ import annotations

from portfolio.optimizer.execution.compilation import compiled_lean
from portfolio.options import Floats, Ints
from portfolio.simulation.kernel.random_numbers import uniform


@compiled_lean
def uniforms(seed: int, first: int, words: Ints, kind: int, drawn: Floats) -> None:
    """Fills numbers between 0 and 1: by draw, by name (a row of `words`), by index."""
    for row in range(drawn.shape[0]):
        for name in range(drawn.shape[1]):
            for index in range(drawn.shape[2]):
                drawn[row, name, index] = uniform(seed, first + row, words[name, 0], words[name, 1], kind, index)
