"""The documents as tests read them: fenced blocks, links and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file it is to be saved as (if it says so), its text."""

    language: str
    file: str | None
    text: str


def name_of(document: Path) -> str:
    """A document's path from the root of the repository."""
    return document.relative_to(ROOT).as_posix()


def blocks(document: Path) -> list[Block]:
    """Every fenced block with a language, in order."""
    return [Block(*found.groups()) for found in FENCE.finditer(document.read_text(encoding="utf-8"))]


def links(document: Path) -> list[str]:
    """Where a document points to, outside of its fenced blocks."""
    return LINK.findall(FENCE.sub("", document.read_text(encoding="utf-8")))


def anchors(document: Path) -> set[str]:
    """The names that links can point to within a document."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", document.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def commands(block: Block) -> Iterator[tuple[str, list[str]]]:
    """The commands of a console block, each with the output that is shown for it."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, shown


def plain(line: str) -> str:
    """A line without trailing spaces; a rule of a table is as long as it is."""
    return re.sub("─+", "─", line.rstrip())


def shows(shown: list[str], output: str) -> bool:
    """Whether an output holds the lines shown, in order and side by side; `...` stands for any lines, blank ones aside."""
    wanted = [plain(line) for line in shown if line.strip()]
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in wanted)
    printed = "".join(f"{plain(line)}\n" for line in output.splitlines() if line.strip())
    return re.fullmatch(pattern, printed) is not None
