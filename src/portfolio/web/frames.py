"""What goes between the server and the process that solves: messages one after the other, each of a number; what both have is not sent."""

from __future__ import annotations

import io
import pickle
import struct
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio.engine import Loaded

HEAD = struct.Struct(">QQ")
"""The number of a message, and how long it is."""


@dataclass
class Sender:
    """The end into which messages are put, by several threads in turn."""

    stream: IO[bytes]
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, number: int, content: bytes) -> None:
        """Puts a message in; raises OSError where nobody listens any more."""
        with self._lock:
            self.stream.write(HEAD.pack(number, len(content)))
            self.stream.write(content)
            self.stream.flush()


def received(stream: IO[bytes]) -> tuple[int, bytes] | None:
    """The next message with its number; None at the end, also where that comes in the middle of one."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    number, length = HEAD.unpack(head)
    content = stream.read(length)
    return (number, content) if len(content) == length else None


def packed(message: object, known: Sequence[object] = ()) -> bytes:
    """A message as it is sent; of what both sides have, only its place among `known`."""
    content = io.BytesIO()
    _Pickler(content, {id(thing): place for place, thing in enumerate(known)}).dump(message)
    return content.getvalue()


def unpacked(content: bytes, known: Sequence[object] = ()) -> tuple[object, ...]:
    """A message as it was before it was sent."""
    found: tuple[object, ...] = _Unpickler(io.BytesIO(content), known).load()
    return found


def shared(loaded: Loaded) -> list[object]:
    """What both sides have of a portfolio, in the same order on both."""
    portfolio = loaded.portfolio
    if portfolio is None:
        return [loaded.model]
    return [loaded.model, portfolio, *portfolio.epics, *portfolio.value_streams, *portfolio.guardrails]


class _Pickler(pickle.Pickler):
    def __init__(self, file: IO[bytes], known: dict[int, int]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.known = known

    def persistent_id(self, thing: object) -> int | None:
        return self.known.get(id(thing))


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: IO[bytes], known: Sequence[object]) -> None:
        super().__init__(file)
        self.known = known

    def persistent_load(self, place: int) -> object:
        return self.known[place]
