"""`portfolio merge`: the copies that came back, merged into one workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.options import force_option, json_option, output_option
from portfolio.cli.output import exit_code, print_json, show_findings
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.engine.merge import Resolved


@click.command("merge")
@click.argument("files", nargs=-1, metavar="BASE RETURNED...", type=click.Path(path_type=Path))
@output_option("Write the base with everything that was merged, and the conflicts on a sheet of their own.", "OUT.xlsx")
@force_option
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
    files: tuple[Path, ...],
    output: Path | None,
    force: bool,
    dry_run: bool,
    resolve: Path | None,
    in_place: bool,
    as_json: bool,
) -> int:
    """Merges copies of a workbook that were edited by several people into BASE, cell by cell.

    Rows and columns are matched by what they are, not by where they stand. What the copies agree on is applied; where they
    do not, BASE keeps what it has, and the sheet Conflicts says who wants what, with a cell to choose in. Without -o it
    only shows the changes. Exit code 1 means that conflicts are left.
    """
    if resolve is not None:
        return _resolve(resolve, files, output, in_place, dry_run, as_json, force=force)
    if in_place:
        raise WrongUseError("--write goes with --resolve only; name the merged workbook with -o.")
    if not files:
        raise WrongUseError("Name the workbook that was sent out and the copies that came back: merge BASE RETURNED...")
    return _merge(files[0], files[1:], output, dry_run, as_json, force=force)


def _merge(
    base: Path, returned: tuple[Path, ...], output: Path | None, dry_run: bool, as_json: bool, *, force: bool
) -> int:
    from portfolio.engine.merge import check_merge_path, merge, merge_json, write_merge

    if output is not None:
        check_merge_path(output, (base, *returned), force=force or dry_run)
    result = merge(base, returned)
    written = output is not None and not dry_run
    if output is not None and not dry_run:
        write_merge(result, output)
    if as_json:
        print_json(merge_json(result))
    else:
        from portfolio.cli.tables.merge import show_merge

        show_merge(result)
        show_findings(result.merged.findings)
        if written:
            click.echo(f"Written to {output}.{_next(len(result.merged.conflicts), output)}")
        elif result.merged.changes or result.merged.added or result.merged.removed:
            click.echo(
                "Nothing was written; name the merged workbook with -o." if output is None else "Nothing was written."
            )
    return 1 if result.merged.conflicts else exit_code(result.merged.findings)


def _resolve(
    file: Path,
    files: tuple[Path, ...],
    output: Path | None,
    in_place: bool,
    dry_run: bool,
    as_json: bool,
    *,
    force: bool,
) -> int:
    from portfolio.engine.merge import check_merge_path, resolve, write_merge, write_resolved

    if files:
        raise WrongUseError(f"--resolve takes one workbook and no copies; leave out {files[0].name}.")
    if in_place == (output is not None) and not dry_run:
        raise WrongUseError("Say where the result goes: -o OUT.xlsx, or --write to write into the file itself.")
    if output is not None:
        check_merge_path(output, (file,), force=force or dry_run)
    resolved = resolve(file)
    target = output or file
    if output is not None and not dry_run:
        write_merge(resolved, output)
    elif not dry_run:
        write_resolved(resolved, file)
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


def _resolved_json(resolved: Resolved) -> dict[str, object]:
    findings = [finding.as_json() for finding in resolved.findings]
    return {"format": 1, "resolved": resolved.resolved, "left": resolved.left, "findings": findings}
