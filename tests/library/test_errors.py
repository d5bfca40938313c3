"""Errors as a program catches them: they say what is wrong, in words that make sense without a command line."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import portfolio
from portfolio.cli.option_names import OPTIONS
from tests import asking
from tests.asking import epic

SOURCE = Path(inspect.getfile(portfolio)).parent
FLAG = re.compile(r"(?<![\w-])(--[a-z][a-z-]+|-o\b)")
WHOLE_COMMAND = re.compile(r"(portfolio|dask) [a-z]+( [A-Z]+| --?[a-z-]+( [a-z]+)?)*")
"""An example that can be typed as it stands, such as `portfolio merge --resolve FILE --write`."""


def texts(tree: ast.Module) -> Iterator[str]:
    """Every text of a module; where something is filled in, as a command has a file there."""
    filled = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "FILE" for part in node.values]
            filled |= {id(part): None for part in node.values}
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in filled:
            yield node.value


def test_errors_print_their_findings(tmp_path: Path) -> None:
    """Every finding in a line of its own, errors first; and as objects."""
    raw = asking.small(epic("E", a=-1), epic("F", earliest="PI 9"), epic("G", user_business_value=3))
    loaded = asking.loaded(raw, tmp_path)
    with pytest.raises(portfolio.HasErrorsError) as told:
        portfolio.plan(loaded)
    assert isinstance(told.value, portfolio.PortfolioError)
    assert told.value.findings == loaded.findings
    head, *lines = str(told.value).splitlines()
    errors = [finding for finding in loaded.findings if finding.severity == "error"]
    assert head == f"The portfolio has {len(errors)} errors."
    assert lines[: len(errors)] == [f"error  {finding}" for finding in errors]
    assert len(lines) == len(loaded.findings)


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        ({"gap": float("nan")}, "`gap` and `time_limit` take numbers, and nan is not one."),
        ({"gap": -0.1}, "`gap` is a share of the value, from 0 to 1."),
        ({"time_limit": 0}, "`time_limit` is a number of seconds above 0."),
    ],
)
def test_limits_that_make_no_sense_are_refused(limits: dict[str, float], text: str, tmp_path: Path) -> None:
    """Arguments are named as a program gives them."""
    loaded = asking.loaded(asking.small(epic("E")), tmp_path)
    with pytest.raises(portfolio.WrongUseError) as told:
        portfolio.plan(loaded, **limits)
    assert str(told.value) == text


def test_an_agreed_plan_has_to_belong_to_the_portfolio(tmp_path: Path) -> None:
    """A plan of another portfolio starts nothing of this one; a tolerance is a share."""
    loaded = asking.loaded(asking.small(epic("E")), tmp_path)
    other = portfolio.plan(asking.loaded(asking.small(epic("X")), tmp_path), gap=0)
    with pytest.raises(portfolio.WrongUseError, match="`agreed` starts no epic of this portfolio"):
        portfolio.replan(loaded, other)
    with pytest.raises(portfolio.WrongUseError, match="`tolerance` is a share"):
        portfolio.replan(loaded, portfolio.plan(loaded), tolerance=2)


def test_options_are_named_by_commands_alone() -> None:
    """Outside of the commands no text names an option, but as part of a whole command that can be typed."""
    named = []
    for path in sorted(SOURCE.rglob("*.py")):
        if "cli" not in path.relative_to(SOURCE).parts:
            for text in texts(ast.parse(path.read_text(encoding="utf-8"))):
                named += [f"{path.name}: {found[0]}" for found in FLAG.finditer(WHOLE_COMMAND.sub("", text))]
    assert named == []


def test_every_argument_that_a_message_names_has_an_option() -> None:
    """Whatever an error names in backticks as an argument, a command can say as its option."""
    calls = [
        node
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "WrongUseError"
    ]
    arguments = {argument.value for call in calls for argument in call.args[1:] if isinstance(argument, ast.Constant)}
    assert arguments
    assert arguments <= set(OPTIONS)
