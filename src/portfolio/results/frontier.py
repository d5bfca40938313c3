"""The efficient frontier, with its words: what each step of one figure is worth, spends and uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from portfolio.domain import Finding, Portfolio
from portfolio.operating_model.vocabulary import Vocabulary
from portfolio.optimizer.outcome import Outcome
from portfolio.results.alternative import Alternative
from portfolio.results.claim import LEAST_GAP
from portfolio.results.tables import run
from portfolio.results.tables.alternatives import STEPS
from portfolio.tabular import FilledTable, TabularResult


@dataclass(frozen=True)
class Step:
    """One step of a frontier: by how much or to what the figure is set, and the best plan found for it."""

    amount: float
    alternative: Alternative

    @property
    def outcome(self) -> Outcome:
        """What can be claimed of the plan."""
        return self.alternative.answer.outcome


@dataclass(frozen=True, repr=False)
class Frontier(TabularResult):
    """What a figure is worth over its steps.

    `direction` is 1 where a higher step never allows less, -1 where a lower one does not, 0 where neither is certain.
    """

    figure: str
    percent: bool
    direction: int
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio at the first of the steps."""
        return self.steps[0].alternative.answer.portfolio

    @property
    def words(self) -> Vocabulary:
        """What the operating model calls things."""
        return self.steps[0].alternative.answer.model.vocabulary

    @property
    def title(self) -> str:
        """What stands above a frontier."""
        return f"{self.portfolio.name or 'Portfolio'}: what {self.figure} is worth"

    @property
    def headline(self) -> str:
        """What was varied, over which steps, and how far every one of the plans lies below the best at most."""
        first, last = self.label(self.steps[0]), self.label(self.steps[-1])
        planned = [step.outcome for step in self.steps if step.outcome.value is not None]
        gaps = [outcome.gap for outcome in planned if outcome.gap is not None]
        if all(outcome.claim == "proven best" for outcome in planned):
            claim = "each plan is proven best"
        elif len(gaps) == len(planned):
            claim = f"each plan is at most {max(LEAST_GAP, *gaps):.2%} below the best possible"
        else:
            claim = "for at least one plan it is not known how far it lies below the best possible"
        if missing := len(self.steps) - len(planned):
            claim += f"; without a plan: {missing} of {len(self.steps)} steps"
        return " ".join(filter(None, [f"{self.title}, from {first} to {last}: {claim}.", self.direction_words]))

    def filled_tables(self) -> tuple[FilledTable, ...]:
        """A row for each step."""
        return (
            STEPS.filled(self._step_rows),
            run.FINDINGS.filled(lambda: run.findings(self.findings)),
        )

    def _step_rows(self) -> Iterator[Mapping[str, object]]:
        for number, (step, gain) in enumerate(zip(self.steps, self.gains(), strict=True), 1):
            yield {
                "number": number,
                "step": step.amount,
                "label": self.label(step),
                "gain": gain,
                **step.alternative.figures,
            }

    @property
    def direction_words(self) -> str:
        """Which of two steps never allows less; nothing where neither is certain."""
        return {
            1: "A higher step allows every plan that a lower one does, so it is never worth less.",
            -1: "A lower step allows every plan that a higher one does, so it is never worth less.",
        }.get(self.direction, "")

    def label(self, step: Step) -> str:
        """A step as people write it."""
        return f"{step.amount * 100:.12g}%" if self.percent else f"{step.amount:,.12g}"

    def gains(self) -> list[float | None]:
        """How much more each step is worth than the one before it; None where one of the two has no plan."""
        values = [step.outcome.value for step in self.steps]
        return [
            None if turn == 0 or value is None or (before := values[turn - 1]) is None else value - before
            for turn, value in enumerate(values)
        ]

    def as_json(self) -> dict[str, object]:
        """The frontier in the published JSON format."""
        return {
            "format": 1,
            "portfolio": self.portfolio.name,
            "unit": self.portfolio.value_unit,
            "figure": self.figure,
            "direction": self.direction,
            "steps": [self._step(step, gain) for step, gain in zip(self.steps, self.gains(), strict=True)],
            "findings": [finding.as_json() for finding in self.findings],
        }

    def _step(self, step: Step, gain: float | None) -> dict[str, object]:
        one = step.alternative
        return {
            "step": self.label(step),
            "amount": step.amount,
            "outcome": asdict(step.outcome),
            "gain": gain,
            "spend": one.spend,
            "epics_started": one.started,
            "utilisation": one.utilisation,
            "value_streams": [asdict(use) for use in one.uses],
            "epics": [
                {"id": line.id, "start": line.start, "finish": line.finish}
                for line in one.answer.epics
                if line.start is not None
            ],
        }
