"""The story: load, rank, plan, write. Each step is one call, and frozen data passes between them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portfolio.domain import Finding, Portfolio, has_errors
from portfolio.errors import PortfolioError
from portfolio.operating_model import OperatingModel
from portfolio.optimizer.answer import Answer
from portfolio.scoring import Ranking

DEFAULT_GAP = 0.001
DEFAULT_TIME_LIMIT = 60.0
DEFAULT_MODEL = "safe"


class HasErrorsError(PortfolioError):
    """The portfolio has findings of severity error; `findings` holds them all."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("the portfolio has errors")
        self.findings = findings


@dataclass(frozen=True)
class Loaded:
    """A portfolio as it was read, completed by its operating model, with every finding.

    `portfolio` is None where an error stops every command; `sha256` is of the file's bytes as they were read.
    """

    path: Path
    sha256: str
    portfolio: Portfolio | None
    model: OperatingModel
    findings: tuple[Finding, ...]

    @property
    def ready(self) -> Portfolio:
        """The portfolio, or HasErrorsError with the findings if it cannot be used."""
        if self.portfolio is None or has_errors(self.findings):
            raise HasErrorsError(self.findings)
        return self.portfolio


def load(path: Path, model: str | None = None) -> Loaded:
    """Reads a portfolio from a workbook or JSON file; `model` overrides the model that the file names.

    Raises WrongUseError if the file cannot be read at all; everything else is a finding.
    """
    from portfolio.files.models import read_model
    from portfolio.files.reading import read_portfolio

    reading = read_portfolio(path)
    chosen = read_model(model or (reading.portfolio and reading.portfolio.model) or DEFAULT_MODEL)
    if reading.portfolio is None:
        return Loaded(path, reading.sha256, None, chosen, reading.findings)
    portfolio = chosen.complete(reading.portfolio)
    problems = [*chosen.check_words(portfolio), *_hygiene(portfolio, chosen)]
    return Loaded(path, reading.sha256, portfolio, chosen, (*reading.findings, *reading.locate(problems)))
