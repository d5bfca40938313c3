"""The options `--keep`, `--cluster` and `--certificates`: who makes a study, and where what was made is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TypeVar

import click

from portfolio.errors import WrongUseError

Command = TypeVar("Command", bound=Callable[..., object])


def workers_options(command: Command) -> Command:
    """The options that say who makes a study; the command takes all of them as one `workers`."""

    @wraps(command)
    def with_workers(*, keep: Path | None, cluster: str | None, certificates: Path | None, **others: object) -> object:
        from portfolio.simulation.workers import Workers

        if certificates is not None and cluster is None:
            raise WrongUseError("`--certificates` are for a cluster; give `--cluster` too.", "certificates")
        return command(workers=Workers(keep=keep, cluster=cluster, certificates=certificates), **others)

    folder = click.option(
        "--keep",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="Keep what is done in this folder: the same study, broken off, goes on where it was.",
    )
    address = click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Let the workers of a Dask scheduler do it: its address, or the file that it wrote; needs portfolio[scale].",
    )
    tls = click.option(
        "--certificates",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="FOLDER",
        help="With --cluster off this machine: ca.pem, cert.pem and key.pem.",
    )
    return folder(address(tls(with_workers)))  # type: ignore[return-value]
