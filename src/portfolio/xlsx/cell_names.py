"""Names of cells: column letters and numbers."""

from __future__ import annotations

from functools import cache


@cache
def column_number(letters: str) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@cache
def column_letters(number: int) -> str:
    """1 is `A`, 27 is `AA`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_name(name: str) -> tuple[int, int]:
    """Row and column of a cell's name, counted from 1: `B12` is (12, 2)."""
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :]), column_number(letters)
