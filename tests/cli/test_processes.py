"""Commands as processes of their own: what is imported, exit codes, pipes, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import saved
from tests.cli.running import run_apart, start
from tests.optimizer.instances import generated

HEAVY = ("pandas", "pulp", "highspy", "openpyxl", "xlsxwriter", "python_calamine", "pydantic", "numpy", "yaml", "rich")
LOOK = """
import sys
from portfolio.cli import main
sys.argv = ["portfolio", *{arguments}]
try:
    main()
except SystemExit:
    pass
print([name for name in {heavy} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["plan", "--help"], ["rank", "-h"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    """Help is instant: nothing heavy is imported for it."""
    code = LOOK.format(arguments=arguments, heavy=HEAVY)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ended.stdout
    assert ended.stderr.strip() == "[]"


@pytest.mark.parametrize("module", ["portfolio", "portfolio.web.serve"])
def test_importing_the_package_costs_nothing(module: str) -> None:
    """`import portfolio` loads no heavy module, nor does the door, so that the page is there before the file is read."""
    code = f"import {module}, sys; print([name for name in {HEAVY} if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ended.stdout.strip() == "[]"


def test_exit_codes(sound: Path, impossible: Path, faulty: Path, tmp_path: Path) -> None:
    """0 fine, 1 no plan possible or findings of severity error, 2 wrong use; standard output holds JSON or nothing."""
    fine = run_apart("plan", sound, "--json")
    assert (fine.code, fine.err, fine.json["format"]) == (0, "", 1)
    assert run_apart("plan", impossible, "--json").code == 1
    assert run_apart("check", faulty, "--json").code == 1
    wrong = run_apart("plan", tmp_path / "nowhere.json", "--json")
    assert (wrong.code, wrong.out) == (2, "")
    assert len(wrong.err.splitlines()) == 1


def test_the_same_in_every_process(example_j: Path) -> None:
    """Text hashes differ from process to process; the answer does not."""
    texts = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "portfolio", "plan", str(example_j), "--gap", "0", "--json"]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=environment)
        content = json.loads(ended.stdout)
        content["outcome"].pop("seconds")
        texts.append(json.dumps(content))
    assert texts[0] == texts[1]


def test_a_closed_pipe_is_no_fault(tmp_path: Path) -> None:
    """`portfolio rank ... --json | head -1` ends quietly."""
    path = saved(generated(400, 4), tmp_path / "many.json")
    process = start("rank", path, "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 0
    assert err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_ctrl_c_keeps_the_best_plan(tmp_path: Path) -> None:
    """Ctrl-C during the search of a large portfolio ends within seconds with a plan, its honest gap, and exit code 0."""
    path = saved(generated(200, 8), tmp_path / "large.json")
    process = start("plan", path, "--gap", "0", "--time-limit", "60", "--json")
    time.sleep(4)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - began < 15
    assert (process.returncode, err) == (0, "")
    outcome = json.loads(out)["outcome"]
    assert (outcome["claim"], outcome["stopped_by"]) == ("best found", "interrupt")
    if outcome["bound"] is None:  # a busy machine had not got as far in these seconds
        assert outcome["gap"] is None
    else:
        assert outcome["value"] <= outcome["bound"]
        assert outcome["gap"] > 0
