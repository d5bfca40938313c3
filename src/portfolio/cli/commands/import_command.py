"""`portfolio import`: makes a portfolio of an export from another tool."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.option_names import finding_as_json
from portfolio.cli.options import force_option, json_option, output_option, suggestions_option, words_option
from portfolio.cli.output import end_with_errors, exit_code, print_json, show_findings
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.engine.import_export import Imported

MOST_NAMED = 8
"""Columns that were not used, and epics that were kept, are named up to here; --json names them all."""


def _show_mapping(context: click.Context, _: click.Parameter, name: str | None) -> None:
    """Prints a column mapping as its file holds it, to begin one's own from."""
    if name is not None:
        from portfolio import engine

        click.echo(engine.mapping_text(name), nl=False)
        context.exit(0)


@click.command("import")
@click.argument("export", type=click.Path(path_type=Path))
@output_option(
    "The portfolio to write, .xlsx or .json; over a file that exists only with --force.", default=Path("portfolio.xlsx")
)
@force_option
@click.option(
    "--from", "tool", metavar="TOOL", help="The tool, such as jira or csv; otherwise the headings of EXPORT tell."
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    metavar="MY.yaml",
    help="A column mapping of your own.",
)
@click.option(
    "--show-mapping",
    metavar="TOOL",
    is_eager=True,
    expose_value=False,
    callback=_show_mapping,
    help="Print the column mapping of a tool, to write your own from, and do nothing else.",
)
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="WORD",
    help="What the export calls an epic, instead of the mapping's words; may be repeated.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A portfolio to update: what EXPORT says replaces, all else that a portfolio holds stays; OUT is a new file.",
)
@click.option("--model", metavar="NAME", help="The operating model that the portfolio is to name.")
@click.option(
    "--sheet", metavar="NAME", help="The sheet with the epics, where a workbook has several that could be it."
)
@words_option
@suggestions_option
@json_option
def command(
    export: Path,
    output: Path,
    force: bool,
    tool: str | None,
    mapping: Path | None,
    types: tuple[str, ...],
    into: Path | None,
    model: str | None,
    sheet: str | None,
    words: str | None,
    accept_suggestions: bool,
    as_json: bool,
) -> int:
    """Makes a portfolio of EXPORT, a CSV or .xlsx that Jira, Azure DevOps, Aha! or a spreadsheet wrote.

    Says which column became what, and everything that was not taken; what is missing stays empty, to be filled in.
    """
    from portfolio import engine
    from portfolio.engine.convert import check_ending, write_portfolio

    if tool is not None and mapping is not None:
        raise WrongUseError("--from and --mapping both name a column mapping; give one of them.")
    check_ending(output, (".xlsx", ".json"))
    if output.exists() and not force:
        raise WrongUseError(
            f"{output.name} exists already; name another file with -o, nothing is written over without --force."
        )
    try:
        imported = engine.import_export(
            export, mapping or tool, types, model, into, sheet, words, accept_suggestions=accept_suggestions
        )
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=as_json)
    if imported.read:
        write_portfolio(imported.portfolio, output, words=imported.words)
    if as_json:
        print_json(_as_json(imported, output))
    else:
        show_findings(imported.findings)
        for line in _account(imported, output, into):
            click.echo(line)
    return exit_code(imported.findings) if imported.read else 1


def _account(imported: Imported, output: Path, into: Path | None) -> list[str]:
    """What was taken and what was not, a line each."""
    from portfolio.domain.wording import counted, first_of

    lines = [
        f"{imported.path.name} was read as {_by_article(imported.mapping.title)} ({imported.written}).",
        f"Taken: {counted(imported.read, 'epic')}, {counted(imported.dependencies, 'dependency')}.",
    ]
    if imported.columns:
        columns = "; ".join(f"{title} from {' or '.join(names)}" for title, names in imported.columns.items())
        lines.append(f"Columns: {columns}.")
    if into is not None and imported.kept:
        lines.append(f"Only in {into.name}, and left as they are: {first_of(imported.kept, MOST_NAMED)}.")
    others = [f"{count} {kind}" for kind, count in imported.others.items()]
    others += [
        f"{counted(count, 'epic')} that {'is' if count == 1 else 'are'} {word}" for word, count in imported.done.items()
    ]
    others += [f"{counted(imported.links_to_others, 'link')} to these"] if imported.links_to_others else []
    if others:
        lines.append(f"Not taken: {', '.join(others)}.")
    if imported.unused:
        lines.append(f"Not used: {counted(len(imported.unused), 'column')} with content: {', '.join(imported.unused)}.")
    if imported.streams_without_effort:
        epics = counted(imported.streams_without_effort, "epic")
        lines.append(f"Not kept: the value stream of {epics} without effort.")
    if not imported.read:
        return [*lines, "Nothing was written."]
    if into is not None and into.suffix.lower() != ".json" and output.suffix.lower() != ".json":
        lines.append(
            f"{output.name} is a new workbook: looks, comments, columns and sheets of your own stay in {into.name}."
        )
    return [*lines, f"Written to {output}. Next: portfolio rank {output}"]


def _by_article(title: str) -> str:
    return title if title.startswith(("a ", "an ")) else f"an export of {title}"


def _as_json(imported: Imported, output: Path) -> dict[str, object]:
    return {
        "format": 1,
        "mapping": imported.mapping.name,
        "read_as": imported.written,
        "written_to": str(output) if imported.read else None,
        "epics": imported.read,
        "epics_kept": list(imported.kept),
        "dependencies": imported.dependencies,
        "columns": {title: list(names) for title, names in imported.columns.items()},
        "columns_not_used": list(imported.unused),
        "rows_not_taken": {**imported.others, **imported.done},
        "links_not_taken": imported.links_to_others,
        "value_streams_not_kept": imported.streams_without_effort,
        "findings": list(map(finding_as_json, imported.findings)),
    }
