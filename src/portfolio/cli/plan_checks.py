"""What makes no sense in the options of `portfolio plan`, said before anybody waits for a plan."""

from __future__ import annotations

from pathlib import Path

from portfolio.cli.output import check_output, refuse_to_replace
from portfolio.errors import WrongUseError


def check_files(
    file: Path, output: Path | None, formulation: Path | None, template: Path | None, *, force: bool
) -> None:
    """Raises WrongUseError for files that cannot be written, before anybody waits for them."""
    from portfolio import engine

    if output is not None and formulation is not None and output.resolve() == formulation.resolve():
        raise WrongUseError(f"{output.name} is named twice; give -o and --formulation a file each.")
    check_output(output, file, engine.PLAN_ENDINGS, force=force)
    engine.check_report(output or file, template)
    if formulation is not None:
        refuse_to_replace(formulation, force=force)


def refuse_mixed(
    write: bool,
    formulation: Path | None,
    agreed: Path | None,
    given_up: tuple[float | None, int],
    scenario: str | None,
    scenarios: Path | None,
) -> None:
    """Raises WrongUseError for options that make no sense together."""
    if given_up[0] is not None and agreed is None:
        raise WrongUseError("--tolerance says how much --keep may cost; give --keep PLAN too.")
    if given_up[1] and agreed is None:
        raise WrongUseError("--places says how many places --keep may cost; give --keep PLAN too.")
    if agreed is not None and formulation is not None:
        raise WrongUseError("--formulation writes one program, and --keep solves two; use one of them at a time.")
    if scenarios is not None and scenario is None:
        raise WrongUseError("--scenarios says where scenarios stand; name one with --scenario.")
    if scenario is not None and write:
        raise WrongUseError("--write would put the plan of a scenario beside figures that it changes; use -o OUT.xlsx.")
