"""Takes the names of figures apart, looks up their words, and suggests what was probably meant."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from portfolio.domain.field import entry
from portfolio.domain.spelling import nearest, plain, shown


class Unknown(ValueError):  # noqa: N818
    """A name that means nothing in this portfolio, with what is known instead."""

    def __init__(self, what: str, rule: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.rule, self.fix = what, rule, fix


def not_there(one: str, name: str, known: Sequence[str]) -> Unknown:
    """What is said of a record that is not there, with the one that was probably meant."""
    meant = nearest(name, known)
    fix = f"Write {meant}." if meant else f"Write the name of a known {one}."
    return Unknown(f"{one.capitalize()} {shown(name)} is unknown.", f"There is no {one} of this name.", fix)


def splits(text: str, word: str) -> list[tuple[str, str]]:
    """Every way to take a text apart at a word, the first one first."""
    lowered, parts, at = text.casefold(), [], -1
    while len(lowered) == len(text) and (at := lowered.find(word, at + 1)) >= 0:
        parts.append((text[:at], text[at + len(word) :]))
    return parts


def title_of(record: type[BaseModel], field: str) -> str:
    """What people call a field."""
    return entry(record, field).title


def field_named(word: str, fields: Sequence[str], record: type[BaseModel]) -> str | None:
    """The field that a word names, by its title or by its name in JSON, in singular or plural."""
    wanted = plain(word)
    return next((one for one in fields if wanted in {plain(one), plain(title_of(record, one))}), None)


def lookup(word: str, known: Sequence[tuple[str, int]]) -> int | None:
    """The record of a name: spelt so whatever its case, else with other spaces and punctuation if only one is."""
    wanted = " ".join(word.casefold().split())
    exact = [index for name, index in known if " ".join(name.casefold().split()) == wanted]
    if exact:
        return exact[0]
    near = {index for name, index in known if plain(name) == plain(word)}
    return near.pop() if len(near) == 1 else None
