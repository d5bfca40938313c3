"""The options `--cluster`, `--certificates` and `--keep`: who computes, and where what is done of a study is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TypeVar

import click

from portfolio.errors import WrongUseError

Command = TypeVar("Command", bound=Callable[..., object])


def cluster_options(only_with: str = "") -> Callable[[Command], Command]:
    """The options that say who computes, `only_with` another option; the command takes them as one `workers`."""

    def add(command: Command) -> Command:
        when = f"With --{only_with}: let" if only_with else "Let"
        return _address(when)(_certificates(_with_workers(command, only_with)))

    return add


def workers_options(command: Command) -> Command:
    """The options that say who makes a study, and where what is done of it is kept."""
    folder = click.option(
        "--keep",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="Keep what is done in this folder: the same study, broken off, goes on where it was.",
    )
    return folder(cluster_options()(command))


def _with_workers(command: Command, only_with: str = "") -> Command:
    @wraps(command)
    def with_workers(
        *, cluster: str | None, certificates: Path | None, keep: Path | None = None, **others: object
    ) -> object:
        from portfolio.engine import Workers

        if certificates is not None and cluster is None:
            raise WrongUseError("`--certificates` are for a cluster; give `--cluster` too.", "certificates")
        if only_with and cluster is not None and others[only_with] is None:
            raise WrongUseError(f"`--cluster` is for `--{only_with}`; give that too.", "cluster")
        return command(workers=Workers(keep=keep, cluster=cluster, certificates=certificates), **others)

    return with_workers  # type: ignore[return-value]


def _address(when: str) -> Callable[[Command], Command]:
    return click.option(
        "--cluster",
        metavar="ADDRESS",
        help=f"{when} the workers of a Dask scheduler do it: its address, or the file that it wrote; needs portfolio[scale].",
    )


_certificates = click.option(
    "--certificates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="With --cluster off this machine: ca.pem, cert.pem and key.pem.",
)
