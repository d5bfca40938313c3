"""The commands: one file each, imported only when it is asked for, so that help is instant."""

from __future__ import annotations

import sys
from importlib import import_module
from keyword import iskeyword

import click

from portfolio.cli.option_names import by_options
from portfolio.errors import PortfolioError, WrongUseError

COMMANDS = (
    "new",
    "import",
    "check",
    "rank",
    "plan",
    "export",
    "next",
    "flow",
    "explain",
    "prices",
    "simulate",
    "compare",
    "diff",
    "models",
    "schema",
    "convert",
    "merge",
    "serve",
    "prepare",
)
"""Every command, in the order of a first visit; `name` lives in the module of that name."""


def load_command(name: str) -> click.Command:
    """A command, imported now; one that is called like a word of Python lives in `name_command`."""
    module = f"{name}_command" if iskeyword(name) else name
    command: click.Command = import_module(f"portfolio.cli.commands.{module}").command
    return command


class LazyCommands(click.Group):
    """A group that knows its commands by name and imports one only to run it or show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order of a first visit."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command's module, imported now."""
        return load_command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The commands with one line each, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in COMMANDS])


SUMMARIES = {
    "new": "Write a starter workbook.",
    "import": "Make a portfolio of an export: Jira, Azure DevOps, Aha!, any CSV.",
    "check": "Say everything that is wrong with a portfolio.",
    "rank": "Rank the epics by WSJF, with the money ranking beside it.",
    "plan": "Decide which epics start when.",
    "export": "Write a plan that is there already as a report, a workbook or CSV.",
    "next": "Close the first period: what was done comes off, the rest goes on.",
    "flow": "Measure how work flows from dated history, ranking nobody.",
    "explain": "Say why an epic is in the plan or not, and what would change that.",
    "prices": "Say what every rule costs and what one unit more is worth.",
    "simulate": "Say how sure a plan is, from many possible futures.",
    "compare": "Put scenarios, two plans, or the steps of one figure side by side.",
    "diff": "Say what changed between two portfolios, with its effect.",
    "models": "List the operating models, show one, or compare two.",
    "schema": "Print the JSON Schema of a portfolio.",
    "convert": "Convert a portfolio: workbook to JSON and back, its epics to CSV.",
    "merge": "Merge the copies of a workbook that came back.",
    "serve": "Serve a portfolio as a page for the portfolio meeting.",
    "prepare": "Compile the search once, so that the first plan does not wait.",
}


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="portfolio", message="%(version)s")
def group() -> None:
    """Decides which epics an organisation funds, when, and why.

    Every command that takes a FILE reads a workbook (.xlsx, .xlsm) or the same portfolio as .json.
    """


def main() -> None:
    """Runs a command; whatever goes wrong ends in a sentence and an exit code, never in a traceback.

    0 fine, 1 findings of severity error or no plan possible, 2 wrong use.
    """
    stdout = sys.stdout
    try:
        sys.exit(group(standalone_mode=False) or 0)
    except SystemExit:
        if sys.stdout is not stdout:  # click's mark that nobody reads any more: `portfolio ... | head`
            sys.exit(0)
        raise
    except WrongUseError as problem:
        click.echo(by_options(problem), err=True)
        sys.exit(2)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except PortfolioError as problem:
        click.echo(f"This is our fault: {problem}. Please report it together with the file.", err=True)
        sys.exit(2)
    except Exception as problem:
        click.echo(
            f"This is our fault: {type(problem).__name__}: {problem}. Please report it together with the file.",
            err=True,
        )
        sys.exit(2)
