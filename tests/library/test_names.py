"""The library as a program meets it: names that load lazily, and signatures that only grow."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import portfolio

SIGNATURES = Path(__file__).with_name("signatures.txt")
VERBS = [name for name in portfolio.__all__ if inspect.isfunction(getattr(portfolio, name))]
HEAVY = {"numpy", "pandas", "pulp", "highspy", "numba", "openpyxl", "xlsxwriter", "python_calamine", "pydantic"}


def listed() -> dict[str, list[str]]:
    """Each verb with the parameters that were ever published, in their order."""
    lines = (line.split() for line in SIGNATURES.read_text(encoding="utf-8").splitlines() if line)
    return {name: parameters for name, *parameters in lines}


def written(parameter: inspect.Parameter) -> str:
    """A parameter as the list has it: by name only after a star, optional where it has a default."""
    star = "*" if parameter.kind is inspect.Parameter.KEYWORD_ONLY else ""
    return f"{star}{parameter.name}{'' if parameter.default is inspect.Parameter.empty else '='}"


def test_importing_the_package_imports_nothing() -> None:
    """A name is loaded when it is first used; until then the package costs nothing."""
    program = f"import sys, portfolio; dir(portfolio); print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_verb_is_listed() -> None:
    """A new verb is added to the list, and none is ever taken away."""
    assert sorted(listed()) == VERBS


@pytest.mark.parametrize("name", sorted(listed()))
def test_signatures_only_grow(name: str) -> None:
    """Parameters keep their names and places; new ones stand behind the old and may be left out."""
    parameters = list(inspect.signature(getattr(portfolio, name)).parameters.values())
    there = [written(parameter) for parameter in parameters]
    known = listed()[name]
    by_place = [one for one in known if not one.startswith("*")]
    assert there[: len(by_place)] == by_place
    assert set(known) <= set(there)
    assert set(there) == set(known), f"add to {SIGNATURES.name}: {set(there) - set(known)}"


@pytest.mark.parametrize("name", VERBS)
def test_no_signature_says_any(name: str) -> None:
    """Whatever goes in and comes out has a type of its own."""
    text = str(inspect.signature(getattr(portfolio, name)))
    assert "Any" not in text
    assert "-> " in text


def test_unknown_names_are_no_attributes() -> None:
    """A misspelt name is said to be missing, as in any module."""
    with pytest.raises(AttributeError, match="plam"):
        _ = getattr(portfolio, "plam")  # noqa: B009
