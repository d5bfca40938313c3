"""Where a cluster is, and whether it is safe to talk to: its address or the file of its scheduler, and certificates."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from distributed.security import Security

WAIT = 30
"""Seconds to wait for a scheduler and its first worker."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""What this machine calls itself."""
CERTIFICATES = {"tls_ca_file": "ca.pem", "tls_client_cert": "cert.pem", "tls_client_key": "key.pem"}
"""The files of a folder of certificates."""


def address_of(cluster: str) -> str:
    """The address of a scheduler: as given, or as the file says that the scheduler wrote."""
    path = Path(cluster)
    if "://" not in cluster and path.suffix == ".json":
        _wait_for(path)
        try:
            return str(json.loads(path.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise WrongUseError(f"{path} is no file of a Dask scheduler.", "cluster") from problem
    return cluster if "://" in cluster else f"tcp://{cluster}"


def _wait_for(path: Path) -> None:
    """Gives a scheduler that has just been started the time to write its file."""
    for _ in range(10 * WAIT):
        if path.is_file():
            return
        time.sleep(0.1)
    raise WrongUseError(
        f"{path} is not there; start a scheduler that writes it with `dask scheduler --scheduler-file {path}`.",
        "cluster",
    )


def refuse_in_the_open(address: str) -> None:
    """Raises WrongUseError for a scheduler off this machine that could be listened to: who reaches it can run anything."""
    parts = urlsplit(address)
    if parts.scheme != "tls" and parts.hostname not in HERE:
        raise WrongUseError(
            f"{address} is another machine, and without certificates anybody there could read the portfolio and run programs; "
            "start the scheduler with TLS, give its address as tls://HOST:PORT, and `certificates`.",
            "cluster",
        )


def security_of(certificates: Path | None) -> Security | None:
    """The certificates of a folder, else what Dask's own configuration says."""
    from distributed.security import Security

    if certificates is None:
        return None
    files = {name: Path(certificates) / file for name, file in CERTIFICATES.items()}
    missing = [path.name for path in files.values() if not path.is_file()]
    if missing:
        raise WrongUseError(f"{certificates} lacks {', '.join(missing)}.", "certificates")
    return Security(require_encryption=True, **{name: str(path) for name, path in files.items()})
