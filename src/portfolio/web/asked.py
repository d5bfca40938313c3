"""What a request says, as far as every kind of request says it."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.web.problem import Problem


def request_of(body: Mapping[str, object]) -> str:
    """The name that a page gave its request, so that the same one twice is one."""
    request = body.get("request")
    if not isinstance(request, str) or not 0 < len(request) <= 100:
        raise Problem(422, "The request has no name of its own.", "Reload the page.")
    return request


def revision_of(value: object, name: str) -> int:
    """The revision that the author of a request had seen."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Problem(422, f"`{name}` is no revision.", "Reload the page.")
    return value
