"""`portfolio merge`: the copies that came back, merged into one workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.options import json_option, output_option
from portfolio.cli.output import exit_code, print_json, show_findings
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.merge.merge_copies import Resolved


@click.command("merge")
@click.argument("files", nargs=-1, metavar="BASE RETURNED...", type=click.Path(path_type=Path))
@output_option("Write the base with everything that was merged, and the conflicts on a sheet of their own.", "OUT.xlsx")
@click.option("--dry-run", is_flag=True, help="Show every change and write nothing, also with -o.")
@click.option(
    "--resolve",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Apply the choices made on the sheet Conflicts of FILE instead.",
)
@click.option("--write", "in_place", is_flag=True, help="With --resolve: write into FILE itself.")
@json_option
def command(
    files: tuple[Path, ...], output: Path | None, dry_run: bool, resolve: Path | None, in_place: bool, as_json: bool
) -> int:
    """Merges copies of a workbook that were edited by several people into BASE, cell by cell.

    Rows and columns are matched by what they are, not by where they stand. What the copies agree on is applied; where they
    do not, BASE keeps what it has, and the sheet Conflicts says who wants what, with a cell to choose in. Without -o it
    only shows the changes. Exit code 1 means that conflicts are left.
    """
    if resolve is not None:
        return _resolve(resolve, files, output, in_place, dry_run, as_json)
    if in_place:
        raise WrongUseError("--write goes with --resolve only; name the merged workbook with -o.")
    if not files:
        raise WrongUseError("Name the workbook that was sent out and the copies that came back: merge BASE RETURNED...")
    return _merge(files[0], files[1:], output, dry_run, as_json)


def _merge(base: Path, returned: tuple[Path, ...], output: Path | None, dry_run: bool, as_json: bool) -> int:
    from portfolio.merge.merge_copies import prepare
    from portfolio.merge.merge_report import as_json as merge_json

    if output is not None:
        _check_output(output, (base, *returned), base)
        if not dry_run:
            _keep_choices(output)
    merge = prepare(base, returned)
    written = output is not None and not dry_run
    if output is not None and not dry_run:
        _write(output, merge.content)
    if as_json:
        print_json(merge_json(merge))
    else:
        from portfolio.cli.tables.merge import show_merge

        show_merge(merge)
        show_findings(merge.merged.findings)
        if written:
            click.echo(f"Written to {output}.{_next(len(merge.merged.conflicts), output)}")
        elif merge.merged.changes or merge.merged.added or merge.merged.removed:
            click.echo(
                "Nothing was written; name the merged workbook with -o." if output is None else "Nothing was written."
            )
    return 1 if merge.merged.conflicts else exit_code(merge.merged.findings)


def _resolve(
    file: Path, files: tuple[Path, ...], output: Path | None, in_place: bool, dry_run: bool, as_json: bool
) -> int:
    from portfolio.merge.merge_copies import resolve

    if files:
        raise WrongUseError(f"--resolve takes one workbook and no copies; leave out {files[0].name}.")
    if in_place == (output is not None) and not dry_run:
        raise WrongUseError("Say where the result goes: -o OUT.xlsx, or --write to write into the file itself.")
    if output is not None:
        _check_output(output, (file,), file)
    resolved = resolve(file)
    target = output or file
    if output is not None and not dry_run:
        _write(output, resolved.content)
    elif not dry_run:
        from portfolio.storage.atomic_write import replace_content

        replace_content(file, resolved.sha256, resolved.content)
    if as_json:
        print_json(_resolved_json(resolved))
    else:
        show_findings(resolved.findings)
        left = f"{resolved.left} left to choose" if resolved.left else "none is left"
        end = "Nothing was written." if dry_run else f"Written to {target}.{_next(resolved.left, target)}"
        click.echo(
            f"{resolved.resolved} {'conflict' if resolved.resolved == 1 else 'conflicts'} resolved, {left}. {end}"
        )
    return 1 if resolved.left else exit_code(resolved.findings)


def _next(conflicts: int, file: Path | None) -> str:
    if not conflicts:
        return f" Next: portfolio check {file}"
    return f" Next: choose on its sheet Conflicts, save, then: portfolio merge --resolve {file} --write"


def _keep_choices(output: Path) -> None:
    """Raises WrongUseError where a merge would write over choices that somebody has made."""
    from portfolio.merge.merge_copies import has_choices

    if output.is_file() and has_choices(output):
        raise WrongUseError(
            f"{output.name} has choices on its sheet Conflicts, which would be lost; apply them with "
            f"`portfolio merge --resolve {output} --write`, or give -o another name."
        )


def _resolved_json(resolved: Resolved) -> dict[str, object]:
    findings = [finding.as_json() for finding in resolved.findings]
    return {"format": 1, "resolved": resolved.resolved, "left": resolved.left, "findings": findings}


def _check_output(output: Path, read: tuple[Path, ...], base: Path) -> None:
    if any(output.exists() and path.exists() and output.samefile(path) for path in read):
        raise WrongUseError(f"{output.name} is a file that is read; give -o another name, it is never written over.")
    if output.suffix.lower() != base.suffix.lower():
        raise WrongUseError(
            f"{output.name} should end in {base.suffix} as {base.name} does: it is the same workbook, merged."
        )


def _write(path: Path, content: bytes) -> None:
    from portfolio.storage.atomic_write import write_whole

    write_whole(path, lambda beside: _put(beside, content))


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)
