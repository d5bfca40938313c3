"""How a file is read where it leaves something open: what words mean, and whether near names are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReadingOptions:
    """What somebody said about a file: the figure of each folded word, and whether suggested names may be used."""

    words: Mapping[str, float] = field(default_factory=dict)
    accept_suggestions: bool = False


AS_IT_IS = ReadingOptions()
