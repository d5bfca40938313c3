"""`portfolio serve`: what it refuses before it listens, each in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.errors import WrongUseError
from portfolio.web.settings import Settings
from tests.cli.conftest import Command


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--host", "0.0.0.0"], "--certificate and --key, or --behind-proxy, or say --plain-http"),
        (["--host", "192.168.7.7"], "others in the network can read along"),
        (["--host", "0.0.0.0", "--plain-http"], "give --name"),
        (["--certificate", "cert.pem"], "--certificate and --key belong together"),
        (["--certificate", "cert.pem", "--key", "key.pem"], "cert.pem does not exist"),
        (["--user-header", "X-User"], "--behind-proxy too"),
        (["--behind-proxy", "proxy.example"], "the proxy's IP address"),
        (["--port", "70000"], "70000"),
        (["--agreed", "nothing.xlsx"], "nothing.xlsx"),
    ],
)
def test_what_would_be_unsafe_or_makes_no_sense_is_refused(
    command: Command, sound: Path, options: list[str], words: str
) -> None:
    """One sentence, exit code 2, and nothing is left beside the file."""
    ended = command("serve", sound, "--no-browser", *options)
    assert (ended.code, ended.out) == (2, "")
    assert words in " ".join(ended.err.split())
    assert "Traceback" not in ended.err
    assert [path.name for path in sound.parent.iterdir()] == [sound.name]


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"{", b"id,title\n1,x\n"])
def test_what_is_no_portfolio_is_refused(command: Command, tmp_path: Path, content: bytes | None) -> None:
    """A file that is missing, empty, broken or of another kind is said as by every other command, in the terminal, too."""
    path = tmp_path / "broken.xlsx"
    if content is not None:
        path.write_bytes(content)
    ended = command("serve", path, "--no-browser", "--port", 0)
    assert (ended.code, len(ended.err.splitlines())) == (2, 1)
    assert "broken.xlsx" in ended.err
    assert [one.name for one in tmp_path.iterdir()] == ([] if content is None else ["broken.xlsx"])


def test_known_hosts() -> None:
    """Loopback with its port, and the names that were given; bare names only where the port is not seen."""
    assert "localhost:8765" in Settings(port=8765).hosts
    assert "localhost" not in Settings(port=8765).hosts
    named = Settings("0.0.0.0", 8765, ("Meeting.example",), plain_http=True)
    named.check()
    assert "meeting.example:8765" in named.hosts
    assert named.address() == "http://Meeting.example:8765/"
    behind = Settings(port=8765, names=("meeting.example",), proxy="10.0.0.1", user_header="X-User")
    behind.check()
    assert ("meeting.example" in behind.hosts, behind.is_secure) == (True, True)
    with pytest.raises(WrongUseError):
        Settings("0.0.0.0", 8765, ("a",)).check()
