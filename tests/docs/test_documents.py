"""The documents tell the truth: their commands run, their output is real, their links lead somewhere."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
import tomllib
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from portfolio import cli
from portfolio.cli import COMMANDS
from tests.docs.documents import DOCUMENTS, ROOT, anchors, blocks, commands, links, name_of, shows

WITH_BLOCKS = [document for document in DOCUMENTS if blocks(document)]
FORBIDDEN = (
    r"/work\b|/tmp\b|/home\b|\bTODO\b|\bFIXME\b|\bTBD\b|lorem ipsum|\b(oracles|economics|design|style|brief)\.md"
)


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs Python in a folder; both outputs come back as one."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )


def typed(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """How a command ends and what it prints, both outputs as one; it runs in this process, for speed."""
    monkeypatch.setattr(sys, "argv", ["portfolio", *arguments])
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed), pytest.raises(SystemExit) as ending:
        cli.main()
    code = ending.value.code
    return code if isinstance(code, int) else 0, printed.getvalue()


@pytest.mark.parametrize("document", WITH_BLOCKS, ids=name_of)
def test_examples_run_and_print_what_they_show(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From top to bottom in a folder of its own, as a reader would: files are saved, commands and programs run.

    A command ends well unless an error is shown. What is typed into Python is one session from the first line to the last.
    """
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    for block in blocks(document):
        if block.file is not None:
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        if block.language == "python":
            done = run(["-c", block.text], tmp_path)
            assert done.returncode == 0, done.stdout
        for command, shown in commands(block) if block.language == "console" else ():
            program, *arguments = shlex.split(command)
            assert program == "portfolio"
            code, printed = typed(arguments, monkeypatch)
            fails = any(line.startswith("error  ") for line in shown)
            assert code == int(fails), f"{command}\n{printed}"
            assert not shown or shows(shown, printed), f"{command} prints\n{printed}"
    session = [block.text for block in blocks(document) if block.language == "pycon"]
    if session:
        (tmp_path / "session.txt").write_text("\n".join(session), encoding="utf-8")
        done = run(["-m", "doctest", "-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE", "session.txt"], tmp_path)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    for link in links(document):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_document_can_be_reached_from_the_readme() -> None:
    start = ROOT / "README.md"
    reached, ahead = {start}, [start]
    while ahead:
        document = ahead.pop()
        targets = {(document.parent / link.partition("#")[0]).resolve() for link in links(document)}
        ahead += sorted(found for found in targets - reached if found.suffix == ".md")
        reached |= targets
    assert [name_of(document) for document in DOCUMENTS if document not in reached] == ["CHANGELOG.md"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    """In the README's table and in the reference."""
    assert f"| `portfolio {name}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"## portfolio {name}\n" in (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_commands_and_options_exist(document: Path) -> None:
    """No document names a command that is not there."""
    named = re.findall(
        r"`portfolio ([a-z]+)|^\$ portfolio ([a-z]+)", document.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {first or second for first, second in named} <= set(COMMANDS)


def test_architecture_names_files_that_are_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for path in re.findall(r"`([\w/]+(?:\.py|\.toml|/))`", text):
        if "your_" not in path:
            assert any(
                (base / path).exists() for base in (ROOT, ROOT / "src/portfolio", ROOT / "src/portfolio/optimizer")
            ), path


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [
        *project["dependencies"],
        *(name for names in project["optional-dependencies"].values() for name in names),
    ]
    reasons = (ROOT / "docs/decisions/0001-dependencies.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\*\*([\w-]+)\*\*", reasons)) == {re.split(r"[<>=]", name)[0] for name in needed}


def test_reference_is_fresh() -> None:
    done = run(["docs/make_reference.py", "--check"], ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_documents_are_finished_and_about_the_project(document: Path) -> None:
    assert re.findall(FORBIDDEN, document.read_text(encoding="utf-8"), re.IGNORECASE) == []


@pytest.mark.parametrize(
    ("shown", "holds"),
    [(["a", "b"], False), (["a", "...", "c"], True), (["..."], True), (["a", "..."], True), (["b", "..."], False)],
)
def test_shown_output_has_to_be_all_there(shown: list[str], holds: bool) -> None:
    assert shows(shown, "a  \nb\n\nc\n") is holds
