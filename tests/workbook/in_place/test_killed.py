"""Killed at any moment, again and again: the file is the old one or the new one, whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portfolio.errors import FileChangedError, WrongUseError
from portfolio.storage.atomic_write import replace_content, sha256_of

SIZE = 3_000_000
KILLS = 40
OLD, NEW = b"old" * (SIZE // 3), b"newer" * (SIZE // 5)
WRITER = f"""
import sys
from pathlib import Path
from portfolio.storage.atomic_write import replace_content, sha256_of
path = Path(sys.argv[1])
old, new = b"old" * ({SIZE} // 3), b"newer" * ({SIZE} // 5)
now = path.read_bytes()
print("writing", flush=True)
while True:
    following = new if now == old else old
    replace_content(path, sha256_of(now), following)
    now = following
"""


def test_a_write_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    path, left_over, seen = tmp_path / "portfolio.xlsx", 0, set()
    path.write_bytes(OLD)
    for turn in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"writing\n"
            time.sleep(0.001 * turn)
            os.kill(process.pid, signal.SIGKILL)
        found = path.read_bytes()
        assert found in (OLD, NEW)
        seen.add(found)
        left_over += len(list(tmp_path.iterdir())) - 1
    assert seen == {OLD, NEW}
    assert left_over > 0, "no kill fell into a write"
    replace_content(path, sha256_of(path.read_bytes()), b"at last")
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_was_changed_since_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(b"somebody's new scores")
    with pytest.raises(FileChangedError, match=r"portfolio.xlsx was changed by somebody else"):
        replace_content(path, sha256_of(b"what was read"), b"results")
    assert path.read_bytes() == b"somebody's new scores"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("lock", ["~$portfolio.xlsx", ".~lock.portfolio.xlsx#"])
def test_a_file_that_is_open_elsewhere_is_not_written_over(lock: str, tmp_path: Path) -> None:
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(b"old")
    (tmp_path / lock).write_bytes(b"")
    with pytest.raises(WrongUseError, match="is open in another program"):
        replace_content(path, sha256_of(b"old"), b"new")
    assert path.read_bytes() == b"old"


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(b"old")
    before = path.stat()
    assert not replace_content(path, sha256_of(b"old"), b"old")
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino
