"""Live updates: what happens is told to every page that listens, and to those that come back after a while."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from portfolio.web.texts import json_text

Kind = Literal[
    "edited",
    "planned",
    "sure",
    "progress",
    "job",
    "people",
    "focus",
    "votes",
    "decided",
    "saved",
    "file",
    "reload",
    "closing",
]
KEPT = 1_000
BEAT_SECONDS = 15.0
MOST_STREAMS = 200


@dataclass(frozen=True)
class Event:
    """One thing that happened, with its number since the start."""

    number: int
    kind: Kind
    data: Mapping[str, object]

    @cached_property
    def text(self) -> str:
        """Its data as every stream has it, made once for all of them."""
        return json_text(self.data)


@dataclass
class Events:
    """What happened since the start; everything here runs on the server's own loop.

    `start` tells this run of the server from every other one: an id of another run can not be resumed.
    """

    start: str = field(default_factory=lambda: secrets.token_hex(4))
    last: int = 0
    closed: bool = False
    streams: int = 0
    _kept: deque[Event] = field(default_factory=lambda: deque(maxlen=KEPT))
    _woken: asyncio.Event | None = None

    def publish(self, kind: Kind, data: Mapping[str, object]) -> None:
        """Tells everybody what happened."""
        self.last += 1
        self._kept.append(Event(self.last, kind, data))
        if self._woken is not None:
            self._woken.set()
            self._woken = None

    def close(self) -> None:
        """Tells everybody that the server ends, and ends every stream, so that the server does not wait for them."""
        if not self.closed:
            self.publish("closing", {"message": "The server has ended; ask the facilitator to start it again."})
            self.closed = True

    @property
    def id(self) -> str:
        """The id of the last event."""
        return f"{self.start}-{self.last}"

    def after(self, known: str | None) -> tuple[Event, ...] | None:
        """What happened after an event that a page knows; None where that is too old, or of another run."""
        if not known:
            return ()
        start, _, number = known.partition("-")
        if start != self.start or not number.isdecimal() or int(number) > self.last:
            return None
        there = int(number)
        if there < self.last and (not self._kept or self._kept[0].number > there + 1):
            return None
        return tuple(event for event in self._kept if event.number > there)

    async def news(self, known: str | None, wait: float) -> tuple[Event, ...] | None:
        """The same, waiting so many seconds where nothing has happened yet."""
        found = self.after(known)
        if found is None or found or self.closed:
            return found
        if self._woken is None:
            self._woken = asyncio.Event()
        woken = self._woken
        try:
            await asyncio.wait_for(woken.wait(), wait)
        except TimeoutError:
            return ()
        return self.after(known)

    async def stream(self, known: str | None) -> AsyncIterator[str]:
        """The text of a stream of events: those after the last known one first, then each as it happens."""
        self.streams += 1
        try:
            if self.after(known) is None:
                yield self._text(Event(self.last, "reload", {}))
                known = self.id
            known = known or self.id
            yield f"retry: 1000\nid: {known}\n: open\n\n"
            while True:
                found = await self.news(known, BEAT_SECONDS)
                if found is None:
                    yield self._text(Event(self.last, "reload", {}))
                    known = self.id
                    continue
                for event in found:
                    yield self._text(event)
                    known = f"{self.start}-{event.number}"
                if self.closed and known == self.id:
                    return
                if not found:
                    yield ": still here\n\n"
        finally:
            self.streams -= 1

    def _text(self, event: Event) -> str:
        return f"id: {self.start}-{event.number}\nevent: {event.kind}\ndata: {event.text}\n\n"

    def as_json(self, events: tuple[Event, ...] | None) -> dict[str, object]:
        """The same for a page that asks again and again, behind a proxy that holds streams back."""
        if events is None:
            return {"id": self.id, "events": [{"id": self.id, "event": "reload", "data": {}}]}
        told = [{"id": f"{self.start}-{event.number}", "event": event.kind, "data": event.data} for event in events]
        return {"id": told[-1]["id"] if told else self.id, "events": told}
