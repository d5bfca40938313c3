"""What a request is answered with that cannot be done: a sentence and what to do, never a traceback."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse


class Problem(Exception):  # noqa: N818
    """A request that is refused: the status, what is wrong, and what to do about it."""

    def __init__(self, status: int, message: str, fix: str = "", more: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.fix, self.more = status, message, fix, dict(more or {})

    def response(self) -> JSONResponse:
        """The answer to the request."""
        return JSONResponse({"message": self.message, "fix": self.fix, **self.more}, self.status)


class Failed(Exception):  # noqa: N818
    """A job that cannot be done: a sentence, and what to do."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message, self.fix = message, fix
