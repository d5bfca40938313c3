"""Random numbers that depend on nothing but their names, so that scenarios, plans and machines share their futures.

Philox4x32-10 (Salmon and others, 2011) turns a seed, a draw and a name into a number; AS 241 (Wichura, 1988) makes it
normal. Every function that draws is compiled.
"""

from __future__ import annotations

import hashlib
import math
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from portfolio.optimizer.execution.compilation import built_in, compiled_lean
from portfolio.options import Floats, Ints


class Kind(IntEnum):
    """What a number is drawn for: the second word of its name."""

    EFFORT = 1
    BENEFIT = 2
    COST = 3
    HYPOTHESIS = 4
    CAPACITY = 5
    SCORE = 6
    VOTER = 7
    CLASS_MEAN = 8
    CLASS_SPREAD = 9
    CAPACITY_LEVEL = 10


Words = tuple[int, int]
"""What a name is to the generator."""
PORTFOLIO = "portfolio"
"""The name of what all of a portfolio has in common."""
_WORD = 0xFFFFFFFF
_ROUNDS = 10
_FIRST_FACTOR, _SECOND_FACTOR = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_FIRST_STEP, _SECOND_STEP = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _HALF = np.uint64(_WORD), np.uint64(32)
_MIDDLE = 0.425
"""How far a chance may be from a half to lie in the middle."""
_NEAR = 5.0
"""How far out a tail is near: the root of the negative logarithm of its chance."""


def words_of(name: str) -> Words:
    """A name as the generator knows it: the first two words of its SHA-256."""
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big")


def epic_name(epic: str) -> str:
    """The name of what is drawn for one epic."""
    return f"epic {epic}"


def stream_name(stream: str) -> str:
    """The name of what is drawn for one value stream."""
    return f"value stream {stream}"


@built_in
def philox(
    first: np.uint64, second: np.uint64, third: np.uint64, fourth: np.uint64, low_key: np.uint64, high_key: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Four random words of a counter of four words and a key of two."""
    for _ in range(_ROUNDS):
        one, other = _FIRST_FACTOR * first, _SECOND_FACTOR * third
        first, second, third, fourth = (
            (other >> _HALF) ^ second ^ low_key,
            other & _LOW,
            (one >> _HALF) ^ fourth ^ high_key,
            one & _LOW,
        )
        low_key, high_key = (low_key + _FIRST_STEP) & _LOW, (high_key + _SECOND_STEP) & _LOW
    return first, second, third, fourth


@built_in
def uniform(seed: int, draw: int, first_word: int, second_word: int, kind: int, index: int) -> float:
    """The number between 0 and 1, never either, of a seed, a draw and a name."""
    key = np.uint64(seed)
    one, other, _, _ = philox(
        np.uint64(draw),
        np.uint64(kind + 256 * index),
        np.uint64(first_word),
        np.uint64(second_word),
        key & _LOW,
        (key >> _HALF) & _LOW,
    )
    return (float(one) * 1048576.0 + float(other >> np.uint64(12)) + 0.5) / 4503599627370496.0


@compiled_lean
def uniforms(seed: int, first: int, words: Ints, kind: int, index: int, numbers: Floats) -> None:
    """The numbers of a name in as many draws as there is room for, from draw `first` on."""
    first_word, second_word = words[0], words[1]
    for row in range(len(numbers)):
        numbers[row] = uniform(seed, first + row, first_word, second_word, kind, index)


class Spare(NamedTuple):
    """Room to make many normal numbers in: their chances, which of them lie in the tails, and how far out."""

    chances: Floats
    places: Ints
    far: Floats


def spare_for(count: int) -> Spare:
    """Room for so many numbers."""
    return Spare(np.zeros(count), np.zeros(count + 1, dtype=np.int64), np.zeros(count))


@compiled_lean
def normals(seed: int, first: int, words: Ints, kind: int, index: int, numbers: Floats, spare: Spare) -> None:
    """The standard normal numbers of a name in as many draws as there is room for; `spare` has room for as many.

    What lies in the middle is reckoned for all at once, which processors do several at a time; then the few in the tails
    likewise, which are noted first, since a processor cannot guess which they are.
    """
    chances, far, count = spare.chances[: len(numbers)], spare.far, 0
    uniforms(seed, first, words, kind, index, chances)
    for row in range(len(numbers)):
        q = chances[row] - 0.5
        numbers[row] = q * _central(0.180625 - q * q)
    for row in range(len(numbers)):
        spare.places[count] = row
        count += 1 if abs(chances[row] - 0.5) > _MIDDLE else 0
    furthest = 0.0
    for tail in range(count):
        chance = chances[spare.places[tail]]
        far[tail] = math.sqrt(-math.log(min(chance, 1.0 - chance)))
        furthest = max(furthest, far[tail])
    for tail in range(count):
        far[tail] = _near_tail(far[tail] - 1.6)
    for tail in range(count):
        row = spare.places[tail]
        numbers[row] = -far[tail] if chances[row] < 0.5 else far[tail]
        if furthest > _NEAR:
            numbers[row] = inverse_normal(chances[row])


@built_in
def inverse_normal(chance: float) -> float:
    """What a standard normal number stays below with this chance, by algorithm AS 241."""
    q = chance - 0.5
    if abs(q) <= _MIDDLE:
        return q * _central(0.180625 - q * q)
    r = math.sqrt(-math.log(chance if q < 0.0 else 1.0 - chance))
    x = _near_tail(r - 1.6) if r <= _NEAR else _far_tail(r - _NEAR)
    return -x if q < 0.0 else x


@built_in
def _central(r: float) -> float:
    above = (
        ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
        + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
        + 1.3314166789178437745e2) * r + 3.3871328727963666080e0
    )  # fmt: skip
    below = (
        ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
        + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
        + 4.2313330701600911252e1) * r + 1.0
    )  # fmt: skip
    return above / below


@built_in
def _near_tail(r: float) -> float:
    above = (
        ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
        + 1.27045825245236838258e0) * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
        + 4.63033784615654529590e0) * r + 1.42343711074968357734e0
    )  # fmt: skip
    below = (
        ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
        + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
        + 2.05319162663775882187e0) * r + 1.0
    )  # fmt: skip
    return above / below


@built_in
def _far_tail(r: float) -> float:
    above = (
        ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
        + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
        + 5.46378491116411436990e0) * r + 6.65790464350110377720e0
    )  # fmt: skip
    below = (
        ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
        + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
        + 5.99832206555887937690e-1) * r + 1.0
    )  # fmt: skip
    return above / below
