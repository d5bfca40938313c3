"""The page on more machines: its three commands start a scheduler and two workers, and give what one core gives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.documents import ROOT, blocks

pytest.importorskip("distributed")
PAGE = ROOT / "docs" / "how-to" / "use-more-machines.md"


def test_three_commands_make_a_cluster(tmp_path: Path) -> None:
    """As a reader would type them in one shell; both processes in the background end with it."""
    [block] = [block for block in blocks(PAGE) if block.language == "sh"]
    lines = block.text.splitlines()
    assert len(lines) == 3
    assert lines[2].startswith("portfolio ")
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    programs = Path(sys.executable).parent
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    place = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": paths,
        "PYTHONWARNINGS": "",
    }
    study = lines[2].replace("portfolio ", f"{sys.executable} -m portfolio ", 1)
    quiet = [line.replace(" &", " > dask.log 2>&1 &") for line in lines[:2]]
    shell = subprocess.Popen(
        ["bash", "-c", "\n".join([*quiet, study])],
        cwd=tmp_path,
        env=place,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        shown, _ = shell.communicate(timeout=180)
    finally:
        os.killpg(shell.pid, signal.SIGKILL)
    assert shell.returncode == 0
    assert len(list(tmp_path.glob("studies/*/*/chunk-*.json"))) == 20
    alone = study.partition(" --cluster")[0].split()
    done = subprocess.run(alone, cwd=tmp_path, env=place, capture_output=True, text=True, check=True)
    assert shown == done.stdout
