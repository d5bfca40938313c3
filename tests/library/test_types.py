"""Types: what the library says of itself is what a type checker of a program sees."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import portfolio

ROOT = Path(__file__).parents[2]
EXAMPLE = Path(__file__).with_name("typed_example.py")


def mypy(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What mypy says of these files, as a program that uses the package would have it."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *arguments]
    environment = os.environ | {"MYPYPATH": str(Path(portfolio.__file__).parents[1])}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)


def test_every_return_type_is_known(tmp_path: Path) -> None:
    """The example names them all; and a name that is not there, or a wrong argument, is a mistake that mypy finds."""
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import portfolio as pf\npf.plam\npf.rank(1)\nreveal_type(pf.plan)\n", encoding="utf-8")
    done = mypy(str(EXAMPLE), str(wrong))
    lines = [line for line in done.stdout.splitlines() if "note: See" not in line]
    assert [line for line in lines if "typed_example" in line] == []
    found = "\n".join(lines)
    assert 'Module has no attribute "plam"' in found
    assert 'Argument 1 to "rank" has incompatible type "int"; expected "Loaded"' in found
    revealed = next(line for line in lines if "Revealed type" in line)
    assert "Any" not in revealed
    assert "portfolio.results.answer.Answer" in revealed


def test_the_example_names_every_verb() -> None:
    """So that none is forgotten when it is added."""
    named = {
        node.attr
        for node in ast.walk(ast.parse(EXAMPLE.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert set(portfolio.__all__) <= named


def test_the_package_says_that_it_is_typed() -> None:
    """Its marker is shipped beside its sources."""
    assert Path(portfolio.__file__).with_name("py.typed").is_file()
