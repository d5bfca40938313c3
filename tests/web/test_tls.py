"""Beyond this machine: TLS with a certificate, whose cookie never goes over plain http."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

import pytest

from tests.web.conftest import portfolio, scored


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that signs itself, with its key in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    pem = tmp_path_factory.mktemp("tls") / "localhost.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    subprocess.run([*made, "-keyout", str(pem), "-out", str(pem) + ".crt"], check=True, capture_output=True)
    pem.write_text(pem.read_text() + Path(f"{pem}.crt").read_text())
    return pem


def test_a_meeting_over_tls(tmp_path: Path, certificate: Path) -> None:
    """The address says https, the cookie is for TLS alone, edits and events come through, and plain http gets nothing.

    Told to end, the server tells everybody who listens and does not wait for them; told twice, it still says nothing ugly.
    """
    file = tmp_path / "p.json"
    raw = {**portfolio(scored("X", 5, 3, 2, 8)), "value_streams": [], "guardrails": []}
    file.write_text(json.dumps(raw))
    tls = ["--host", "0.0.0.0", "--name", "localhost", "--certificate", str(certificate), "--key", str(certificate)]
    command = [sys.executable, "-m", "portfolio", "serve", str(file), "--port", "0", "--no-browser", *tls]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        link = urllib.parse.urlsplit(server.stdout.readline().strip())
        assert (link.scheme, link.hostname) == ("https", "localhost")
        assert link.port is not None
        trusted = ssl.create_default_context(cafile=str(certificate))
        browser = http.client.HTTPSConnection("localhost", link.port, context=trusted, timeout=60)
        browser.request("GET", f"{link.path}?{link.query}")
        joined = browser.getresponse()
        joined.read()
        cookie = joined.headers["set-cookie"]
        assert {"Secure", "HttpOnly", "SameSite=strict"} <= {part.strip() for part in cookie.split(";")}
        said = {"Cookie": cookie.partition(";")[0], "Origin": f"https://localhost:{link.port}"}
        edit = {"seen": 0, "request": "r", "edits": [{"at": ["epics", "X", "job_size"], "to": 5}]}
        browser.request("POST", "/api/edits", json.dumps(edit), said)
        answer = browser.getresponse()
        assert (answer.status, json.loads(answer.read())["revision"]) == (200, 1)
        browser.request("GET", "/api/events?last=none", headers=said)
        stream = browser.getresponse()
        assert stream.readline().startswith((b"retry", b"id"))
        plain = http.client.HTTPConnection("localhost", link.port, timeout=60)
        plain.request("GET", "/healthz")
        with pytest.raises((http.client.HTTPException, OSError)):
            plain.getresponse()
        began = time.monotonic()
        server.send_signal(signal.SIGTERM)
        assert b"event: closing" in stream.read()
        browser.close()
    finally:
        server.terminate()
        _, complaints = server.communicate(timeout=60)
    assert time.monotonic() - began < 10
    assert "Traceback" not in complaints
    assert server.returncode == 0
