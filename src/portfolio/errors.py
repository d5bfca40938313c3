"""What can go wrong that is not a finding in the user's portfolio: files that cannot be used, and our own faults."""

from __future__ import annotations


class PortfolioError(Exception):
    """Anything this package raises on purpose."""


class WrongUseError(PortfolioError):
    """Nothing can begin: a file is missing, is not what it should be, or an argument makes no sense.

    The text is one sentence for the user: what it is, what is needed. It names `arguments` as a Python program gives
    them, each in backticks; who takes them in another form can say them so.
    """

    def __init__(self, text: str, *arguments: str) -> None:
        super().__init__(text)
        self.arguments = arguments


class FileChangedError(WrongUseError):
    """The file was changed by somebody else since it was read; nothing was written."""


class InternalError(PortfolioError):
    """Our own fault: a plan that breaks its own rules, or a solver answer that cannot be."""
