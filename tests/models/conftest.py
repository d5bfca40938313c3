"""Every command, ready to run on a portfolio of any way of working."""

from tests.cli.conftest import command

__all__ = ["command"]
