"""What a user sees of a file: the portfolio that was read from it, and everything that was said about it.

A workbook is checked and converted, any other table is imported; both through the command line, as people do it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cli.running import Ended

FILES = Path(__file__).parent / "files"
SCORES = ("user_business_value", "time_criticality", "rr_oe", "job_size")
SEVERE = ("error", "warning")

Command = Callable[..., Ended]
Record = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """A file as the program understood it."""

    code: int
    portfolio: Record | None
    findings: tuple[Record, ...]
    account: Record = field(default_factory=dict)
    """What an import says besides its findings: columns, rows that were not taken."""
    words: str = ""
    """Everything that was printed."""

    @property
    def epics(self) -> list[Record]:
        """The epics, in their order."""
        return [] if self.portfolio is None else self.portfolio.get("epics", [])

    @property
    def names(self) -> list[str]:
        """What the epics are called: the title, or the ID of an epic without one."""
        return [epic.get("title") or epic["id"] for epic in self.epics]

    @property
    def ids(self) -> list[str]:
        """The IDs of the epics."""
        return [epic["id"] for epic in self.epics]

    @property
    def scores(self) -> dict[str, tuple[Any, ...]]:
        """The four scores of each epic, by its name."""
        return {name: tuple(map(epic.get, SCORES)) for name, epic in zip(self.names, self.epics, strict=True)}

    @property
    def periods(self) -> list[str]:
        """The labels of the periods."""
        return (self.portfolio or {}).get("calendar", {}).get("periods", [])

    @property
    def links(self) -> set[tuple[str, str]]:
        """The dependencies: predecessor, successor."""
        return {(link["predecessor"], link["successor"]) for link in (self.portfolio or {}).get("dependencies", [])}

    def each(self, key: str) -> dict[str, Any]:
        """One field of each epic, by its name; None where it was not given."""
        return {name: epic.get(key) for name, epic in zip(self.names, self.epics, strict=True)}

    def streams(self, key: str) -> dict[str, Any]:
        """One field of each value stream, by its ID."""
        return {stream["id"]: stream.get(key) for stream in (self.portfolio or {}).get("value_streams", [])}

    def finds(self, *words: str) -> list[Record]:
        """The findings of severity error or warning that hold all of these words, in any case of letters."""
        return [one for one in self.findings if one["severity"] in SEVERE and holds(sentence(one), words)]

    def says(self, *words: str) -> bool:
        """Whether one finding holds all of these words, or the sentence of a file that was refused as a whole."""
        refused = self.code != 0 and self.portfolio is None and not self.findings
        return bool(self.finds(*words)) or (refused and holds(self.words, words))

    def mentions(self, *words: str) -> bool:
        """Whether all of these words are printed anywhere."""
        return holds(self.words, words)


def sentence(finding: Record) -> str:
    """A finding as one text: its place, what is wrong, what to do."""
    return " ".join(str(finding.get(part) or "") for part in ("place", "message", "fix"))


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether a text holds all of these words, in any case of letters."""
    return all(word.casefold() in text.casefold() for word in words)


def case(folder: str) -> Path:
    """The folder of a case."""
    return FILES / folder


def read(command: Command, path: Path, folder: Path, *options: str) -> Reading:
    """Reads a file the way its kind is read: a workbook by `check` and `convert`, a table by `import`."""
    return opened(command, path, folder) if path.suffix == ".xlsx" else imported(command, path, folder, *options)


def opened(command: Command, path: Path, folder: Path) -> Reading:
    """A workbook as `check`, `rank` and `plan` read it."""
    out = folder / f"{path.stem}-opened.json"
    checked = command("check", path, "--json")
    account = _json(checked)
    converted = command("convert", path, out)
    words = f"{checked.out}{checked.err}{converted.out}{converted.err}"
    return Reading(checked.code, _written(out), tuple(account.get("findings", ())), account, words)


def imported(command: Command, path: Path, folder: Path, *options: str) -> Reading:
    """A table as `import` reads it."""
    out = folder / f"{path.stem}-imported.json"
    ended = command("import", path, "-o", out, "--json", *options)
    account = _json(ended)
    return Reading(ended.code, _written(out), tuple(account.get("findings", ())), account, ended.out + ended.err)


def _json(ended: Ended) -> Record:
    """What was printed, or nothing where it is no JSON: a file that was refused."""
    try:
        return dict(json.loads(ended.out))
    except ValueError:
        return {}


def _written(out: Path) -> Record | None:
    """The portfolio that was written; reading once more never finds an old one."""
    if not out.exists():
        return None
    portfolio: Record = json.loads(out.read_text(encoding="utf-8"))
    out.unlink()
    return portfolio
