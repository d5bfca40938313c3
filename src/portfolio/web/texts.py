"""JSON as text: what many people ask for is made once, and put together with what is theirs alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


class Text(str):
    """JSON that is made already."""

    __slots__ = ()


def json_text(value: object) -> Text:
    """A value as every page gets it."""
    return Text(json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def text_of(parts: Mapping[str, object]) -> Text:
    """An object of which some parts are made already."""
    made = (part if isinstance(part, Text) else json_text(part) for part in parts.values())
    return Text("{" + ",".join(f"{json_text(name)}:{part}" for name, part in zip(parts, made, strict=True)) + "}")


@dataclass
class Kept:
    """Texts that stay good as long as what they were made of is the same."""

    _texts: dict[str, tuple[tuple[object, ...], Text]] = field(default_factory=dict)

    def text(self, name: str, of: Sequence[object], make: Callable[[], object]) -> Text:
        """The text of this name, made anew where anything that it is made of is another thing by now."""
        known = self._texts.get(name)
        if known is None or not all(one is other for one, other in zip(known[0], of, strict=True)):
            known = (tuple(of), json_text(make()))
            self._texts[name] = known
        return known[1]
