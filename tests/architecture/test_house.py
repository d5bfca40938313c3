"""The house rules: imports point down, files and functions are small, names say what they are, all is explained."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import portfolio

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
OF_THE_WHOLE = {"architecture", "browser", "cases", "docs", "library", "mistakes", "models", "properties", "samples"}
"""Folders of tests that test the product as a whole, or what stands beside it."""
VAGUE = re.compile(r"(Manager|Helper|Util|Utils|Handler|Processor|Common|Misc)(?![a-z])")
PUBLIC = [
    "Answer",
    "CancelToken",
    "Finding",
    "HasErrorsError",
    "Loaded",
    "Plan",
    "Portfolio",
    "PortfolioError",
    "Ranking",
    "WrongUseError",
    "check",
    "compare",
    "diff",
    "explain",
    "from_frames",
    "load",
    "plan",
    "prices",
    "rank",
    "replan",
    "scenario",
    "to_frames",
    "vary",
    "write",
]
MOST_PUBLIC = 24

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def name_of(path: Path) -> str:
    """A source file as people say it."""
    return path.relative_to(ROOT / "src").as_posix()


def definitions(path: Path) -> Iterator[Definition]:
    """Every function and class of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, Definition))


def test_imports_point_down() -> None:
    """Every contract of import-linter is kept."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 broken" in ended.stdout


def test_public_names() -> None:
    """The package offers these names and no others, at most 24, each with a docstring."""
    assert portfolio.__all__ == PUBLIC
    assert dir(portfolio) == PUBLIC
    assert len(PUBLIC) <= MOST_PUBLIC
    assert all(getattr(portfolio, name).__doc__ for name in PUBLIC)
    with pytest.raises(AttributeError):
        portfolio.nothing  # noqa: B018


def test_files_are_small() -> None:
    """A file longer than 300 lines is a sign that two things share a room."""
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    """A function longer than 50 lines is a sign that it does two things."""
    long = [
        f"{name_of(path)}: {node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines"
        for path in SOURCES
        for node in definitions(path)
        if not isinstance(node, ast.ClassDef) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_names_say_what_things_are() -> None:
    """Nothing is called Manager, Helper, Util, Handler, Processor, common or misc, and no loop variable i, j or k."""
    vague = [
        f"{name_of(path)}: {node.name}"
        for path in SOURCES
        for node in definitions(path)
        if VAGUE.search(node.name.title() if node.name.islower() else node.name)
    ]
    vague += [name_of(path) for path in SOURCES if VAGUE.search(path.stem.title())]
    letters = [
        f"{name_of(path)}:{node.lineno}: {node.id}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in {"i", "j", "k"}
    ]
    assert vague + letters == []


def test_everything_public_is_explained() -> None:
    """Every module, and every class and function that does not begin with an underscore, has a docstring that is a sentence."""
    silent = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            silent.append(name_of(path))
        silent += [
            f"{name_of(path)}: {node.name}" for node in _public(tree) if not _is_a_sentence(ast.get_docstring(node))
        ]
    assert silent == []


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    for node in tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_") and not _is_overload(node):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def _is_overload(node: Definition) -> bool:
    """Whether it only says once more, for a type, what the function below it does."""
    return any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list)


def _is_a_sentence(text: str | None) -> bool:
    return bool(text) and bool(re.search(r"[.:?)]$", (text or "").split("\n\n")[0].strip()))


def test_every_test_is_explained() -> None:
    """Every test of the core has a sentence that says what it holds."""
    folders = (
        "optimizer",
        "guardrails",
        "urgency",
        "scoring",
        "analysis",
        "properties",
        "cli",
        "architecture",
        "engine",
    )
    paths = [path for folder in folders for path in (ROOT / "tests" / folder).rglob("test_*.py")]
    silent = [
        f"{path.name}: {node.name}"
        for path in [*paths, ROOT / "tests" / "test_options.py", ROOT / "tests" / "test_worked_examples.py"]
        for node in definitions(path)
        if node.name.startswith("test_") and not _is_a_sentence(ast.get_docstring(node))
    ]
    assert silent == []


def test_comments_leave_nothing_open() -> None:
    """No TODO, FIXME or XXX stays behind."""
    open_ends = [
        name_of(path) for path in SOURCES if re.search(r"\b(TODO|FIXME|XXX)\b", path.read_text(encoding="utf-8"))
    ]
    assert open_ends == []


def test_tests_stand_where_their_sources_do() -> None:
    """A folder of tests is called like the room that it tests; those that test the product as a whole stand aside."""
    strangers = sorted(
        {
            folder.as_posix()
            for path in (ROOT / "tests").rglob("test_*.py")
            if (folder := path.parent.relative_to(ROOT / "tests")).parts
            and folder.parts[0] not in OF_THE_WHOLE
            and not (ROOT / "src" / "portfolio" / folder).is_dir()
        }
    )
    assert strangers == []


MOST_ANY = 60
"""How often `Any` may stand in the source; it is for what a library gives without a type, and never in a public signature."""


def _names_any(*annotations: ast.expr | None) -> int:
    """How often `Any` stands in annotations."""
    return sum(
        isinstance(node, ast.Name) and node.id == "Any"
        for annotation in annotations
        if annotation is not None
        for node in ast.walk(annotation)
    )


def test_public_signatures_have_types() -> None:
    """No public function takes or gives `Any`, and the whole source holds few of them."""
    untyped, everywhere = [], 0
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        everywhere += sum(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(tree))
        for node in _public(tree):
            if isinstance(node, ast.ClassDef):
                continue
            given = node.args
            every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
            if _names_any(node.returns, *(one.annotation for one in every if one is not None)):
                untyped.append(f"{name_of(path)}: {node.name}")
    assert untyped == []
    assert everywhere <= MOST_ANY
