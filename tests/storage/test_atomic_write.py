"""Writing whole or not at all: a failure at any moment leaves the old file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from portfolio.cli import group
from portfolio.errors import WrongUseError
from portfolio.storage.atomic_write import write_whole


def test_a_new_file_takes_the_old_ones_place(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_whole(path, lambda beside: _write(beside, b"new"))
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


@pytest.mark.parametrize("error", [ValueError("a fault"), KeyboardInterrupt()])
def test_a_failing_write_leaves_the_old_file(error: BaseException, tmp_path: Path) -> None:
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(b"old")

    def fail(beside: Path) -> None:
        beside.write_bytes(b"half of the n")
        raise error

    with pytest.raises(type(error)):
        write_whole(path, fail)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(b"old")

    def fail(beside: Path) -> None:
        del beside
        raise OSError(28, "No space left on device")

    with pytest.raises(
        WrongUseError, match=r"portfolio.xlsx cannot be written: No space left on device; free some space"
    ):
        write_whole(path, fail)
    assert path.read_bytes() == b"old"


FULL = """
import resource, sys
from portfolio.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
sys.argv = ["portfolio", "new", sys.argv[1]]
main()
"""
"""A disk that takes no more than so much, also where only passing files lie."""


def test_a_disk_that_fills_up_while_a_workbook_is_made_is_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "new.xlsx")], capture_output=True, text=True, check=False
    )
    assert "new.xlsx cannot be written: File too large; free some space or choose another place.\n" in done.stderr
    assert (done.returncode, "our fault" in done.stderr) == (2, False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("letter", ["x", "é", "項"])
def test_a_name_as_long_as_names_can_be(letter: str, tmp_path: Path) -> None:
    path = tmp_path / (letter * ((255 - len(".xlsx")) // len(letter.encode())) + ".xlsx")
    path.write_bytes(b"old")
    write_whole(path, lambda beside: _write(beside, b"new"))
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_no_such_folder(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "portfolio.xlsx"
    with pytest.raises(WrongUseError, match=r"there is no folder .*nowhere; create it or choose another place\.$"):
        write_whole(path, lambda beside: _write(beside, b"new"))


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match=r"is a folder; name the file to write, for example .*portfolio\.xlsx\.$"):
        write_whole(tmp_path, lambda beside: _write(beside, b"new"))


KILLED = """
import sys, time
from pathlib import Path
from portfolio.storage.atomic_write import write_whole
def write(beside):
    beside.write_bytes(b"half")
    print("writing", flush=True)
    time.sleep(60)
write_whole(Path(sys.argv[1]), write)
"""


def test_a_killed_write_leaves_the_old_file_and_is_swept(tmp_path: Path) -> None:
    """The old file is whole, and the next write removes what the dead one left beside it."""
    path = tmp_path / "portfolio [1].xlsx"
    path.write_bytes(b"old")
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        os.kill(process.pid, signal.SIGKILL)
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
    write_whole(path, lambda beside: _write(beside, b"new"))
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_goes_on_elsewhere_keeps_its_file(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.xlsx"
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        write_whole(path, lambda beside: _write(beside, b"new"))
        assert len(list(tmp_path.iterdir())) == 2
        process.terminate()
        process.wait()
    assert path.read_bytes() == b"new"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, lambda beside: _write(beside, b"new"))
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_file_that_is_protected_against_writing_stays(tmp_path: Path) -> None:
    """Taking its place would need only the folder to be writable."""
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(WrongUseError, match=r"portfolio\.xlsx is protected against writing"):
        write_whole(path, lambda beside: _write(beside, b"new"))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_owner_and_attributes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(b"old")
    expected = {}
    if hasattr(os, "setxattr"):
        with suppress(OSError):
            os.setxattr(path, "user.label", b"confidential")
            expected = {"user.label": b"confidential"}
    for number in (*os.getgroups(), 12345):
        with suppress(PermissionError):
            os.chown(path, -1, number)
    owner = (path.stat().st_uid, path.stat().st_gid)
    write_whole(path, lambda beside: _write(beside, b"new"))
    assert path.read_bytes() == b"new"
    assert (path.stat().st_uid, path.stat().st_gid) == owner
    assert {name: os.getxattr(path, name) for name in expected} == expected


def test_a_pipe_is_not_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(WrongUseError, match=r"pipe is not a file but a device or a pipe; name the file to write\.$"):
        write_whole(pipe, lambda beside: _write(beside, b"new"))
    assert pipe.is_fifo()


def test_convert_never_writes_over_the_file_that_it_reads(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.json"
    path.write_text('{"epics": []}', encoding="utf-8")
    with pytest.raises(WrongUseError, match=r"^portfolio\.json is the file that is read; give another name"):
        group.main(["convert", str(path), str(path)], standalone_mode=False)
    assert path.read_text(encoding="utf-8") == '{"epics": []}'
