"""What every study has in common: a name, and chunks that are made each by itself."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

Result_co = TypeVar("Result_co", covariant=True)


class Chunked(Protocol, Generic[Result_co]):
    """A study that is made chunk by chunk, each by itself."""

    @property
    def id(self) -> str:
        """The study's name: the same for the same portfolio, plans, seed and settings."""

    def chunk(self, number: int) -> Result_co:
        """The result of one chunk."""
