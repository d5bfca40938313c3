"""Bounds: what is large, full or unusual is answered in good time and with the truth."""

from __future__ import annotations

import resource
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cases.reading import Command, case, opened

COMMANDS = {
    "new": ("new", "n.xlsx"),
    "convert": ("convert", "../depot.xlsx", "n.xlsx"),
    "plan": ("plan", "../depot.xlsx", "-o", "n.xlsx"),
}


def within(seconds: int, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs a command that may compute for this long, whatever else the machine does meanwhile."""
    command = [sys.executable, "-m", "portfolio", *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)),
    )


def on_a_small_disk(folder: Path, arguments: Sequence[str]) -> tuple[int, str, list[str]]:
    """Runs a command in `folder`, where 8 kB fit; its exit code, what it printed to the user, and what it left."""
    made = shutil.which("unshare") and subprocess.run(["unshare", "-rm", "true"], check=False).returncode == 0
    if not made:
        pytest.skip("no disk of its own can be made here")
    command = shlex.join([sys.executable, "-m", "portfolio", *arguments])
    script = f"mount -t tmpfs -o size=8k tmpfs . || exit 99; cd ../{folder.name}; {command}; code=$?; ls; exit $code"
    ended = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    if ended.returncode == 99:
        pytest.skip("no disk of its own can be made here")
    return ended.returncode, ended.stderr, ended.stdout.split()


def test_workbook_under_another_path(command: Command, tmp_path: Path) -> None:
    """A legal workbook is refused with a reason that is not true."""
    reading = opened(command, case("workbook-under-another-path") / "moved.xlsx", tmp_path)
    assert reading.ids == ["E1", "E2", "E3", "E4"] or reading.mentions("book/")


def test_unknown_ids_take_minutes() -> None:
    """The search for a similar ID takes time with the square of the list."""
    ended = within(4, "check", case("unknown-ids-take-minutes") / "cutover.xlsx")
    assert ended.returncode == 1


def test_large_json_has_no_limit(tmp_path: Path) -> None:
    """large-json-has-no-limit: JSON is read without the limits that workbooks have."""
    epic = '{"id": "E%d", "user_business_value": 1, "time_criticality": 1, "rr_oe": 1, "job_size": 1}'
    path = tmp_path / "huge.json"
    path.write_text('{"format": 1, "epics": [' + ",".join(epic % n for n in range(300_000)) + "]}", encoding="utf-8")
    ended = within(5, "check", path)
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_full_disk_shows_a_traceback(tmp_path: Path, name: str) -> None:
    """full-disk-shows-a-traceback: a traceback after the message."""
    shutil.copy(case("output-over-another-workbook") / "depot.xlsx", tmp_path / "depot.xlsx")
    disk = tmp_path / "disk"
    disk.mkdir()
    code, said, left = on_a_small_disk(disk, COMMANDS[name])
    assert code == 2
    assert len(said.strip().splitlines()) == 1
    assert left == []
