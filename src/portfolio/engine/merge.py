"""Merges the copies of a workbook that came back, and applies what was chosen where they do not agree."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.merge.merge_copies import Merge as Merge
    from portfolio.merge.merge_copies import Resolved as Resolved
    from portfolio.merge.merged import Conflict


def merge(base: str | Path, returned: Sequence[str | Path]) -> Merge:
    """Merges returned copies into a base workbook, in memory; what they do not agree on is left to choose.

    Raises WrongUseError where a file is no workbook, or no copy of this one.
    """
    from portfolio.merge.merge_copies import prepare

    return prepare(Path(base), [Path(copy) for copy in returned])


def resolve(path: str | Path) -> Resolved:
    """Applies the choices on the sheet Conflicts of a merged workbook, in memory; raises WrongUseError without one."""
    from portfolio.merge.merge_copies import resolve

    return resolve(Path(path))


def merge_json(result: Merge) -> dict[str, object]:
    """A merge in the published JSON format."""
    from portfolio.merge.merge_report import as_json

    return as_json(result)


def conflict_words(conflict: Conflict) -> str:
    """What a conflict is about, as people read it: different values, a row that was removed and edited, and so on."""
    from portfolio.merge.conflicts_sheet import KINDS

    return KINDS[conflict.kind]


def write_merge(result: Merge | Resolved, path: str | Path) -> None:
    """Writes the merged workbook, whole or not at all; `check_merge_path` says beforehand whether it may stand there."""
    from portfolio.storage.atomic_write import write_bytes, write_whole
    from portfolio.xlsx.patch.own_file import marked

    content = marked(result.content)
    write_whole(Path(path), lambda beside: write_bytes(beside, content))


def write_resolved(resolved: Resolved, path: str | Path) -> None:
    """Writes into the workbook that was resolved; raises FileChangedError where it was changed since it was read."""
    from portfolio.storage.atomic_write import replace_content

    replace_content(Path(path), resolved.sha256, resolved.content)


def check_merge_path(path: Path, read: Sequence[Path], *, force: bool = False) -> None:
    """Raises WrongUseError where a merged workbook may not be written; the first that was `read` is merged into.

    Choices that somebody made, and a file that somebody else wrote or saved, are written over with `force` only.
    """
    from portfolio.storage.own_files import refuse_to_replace

    if any(path.exists() and other.exists() and path.samefile(other) for other in read):
        raise WrongUseError(
            f"{path.name} is a file that is read; give `path` another name, it is never written over.", "path"
        )
    base = read[0]
    if path.suffix.lower() != base.suffix.lower():
        raise WrongUseError(
            f"{path.name} should end in {base.suffix} as {base.name} does: it is the same workbook, merged."
        )
    if not force:
        refuse_choices(path)
        refuse_to_replace(path)


def refuse_choices(path: Path) -> None:
    """Raises WrongUseError where a merge would write over choices that somebody has made."""
    from portfolio.merge.merge_copies import has_choices

    if path.is_file() and has_choices(path):
        raise WrongUseError(
            f"{path.name} has choices on its sheet Conflicts, which would be lost; apply them with "
            f"`portfolio merge --resolve {path} --write`, or give `path` another name.",
            "path",
        )
