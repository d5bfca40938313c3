"""What every rule costs and one unit more of anything is worth, with its words: a price list, highest first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as beside

from portfolio.domain import Finding, Portfolio
from portfolio.edits.change import Change
from portfolio.edits.change_words import label as change_words
from portfolio.optimizer.outcome import Outcome
from portfolio.results.answer import Answer
from portfolio.results.claim import worth_words
from portfolio.results.price_words import price_words, range_words
from portfolio.results.tables import run
from portfolio.results.tables.prices import RULES, RUNNING, UNITS
from portfolio.tabular import FilledTable, TabularResult


@dataclass(frozen=True)
class PriceLine:
    """What one change is worth: the best value after it less the best value before.

    The two figures are equal where both values are proven; else the price lies between them, null where a bound is not
    known. `found` is what the best plan found with the change is worth more than the best one known without it, null where
    none was found. `amount` is how much was added, for a unit more.
    """

    kind: str
    name: str
    place: dict[str, str]
    amount: float | None
    unit: str | None
    at_least: float | None
    at_most: float | None
    found: float | None
    label: str = beside(default="", kw_only=True)
    """The rule, or one unit more of something, as a line of a table."""

    @classmethod
    def of(cls, change: Change, portfolio: Portfolio, at_least: float, at_most: float, found: float) -> PriceLine:
        """The price of a change of a portfolio; figures that are infinite are not known."""
        least, most, so_far = (price if math.isfinite(price) else None for price in (at_least, at_most, found))
        return cls(
            change.kind,
            change.name,
            dict(change.place),
            change.amount,
            change.unit,
            least,
            most,
            so_far,
            label=change_words(change, portfolio),
        )

    @property
    def likely(self) -> float:
        """What lines are sorted by: what was found."""
        return self.found if self.found is not None else -math.inf

    @property
    def known(self) -> bool:
        """Whether the price is one figure."""
        return self.at_least is not None and self.at_least == self.at_most

    @property
    def is_free(self) -> bool:
        """Whether it is known to be nothing."""
        return self.at_least == self.at_most == 0

    @property
    def price(self) -> str:
        """The price as a table shows it: one figure, or the two between which it lies."""
        return price_words(self.at_least, self.at_most)

    def answer(self, unit: str) -> str:
        """What the rule costs, as a sentence."""
        if self.at_least is None and self.at_most is None:
            return f"What {self.label} costs is not known yet; allow more time."
        if self.is_free:
            return f"{self.label} costs nothing: proven."
        price = range_words(self.at_least, self.at_most, unit)
        return f"{self.label} costs {price}{': proven.' if self.known else '; allow more time for one figure.'}"

    def as_json(self) -> dict[str, object]:
        """The line in the published JSON format."""
        return {name: value for name, value in asdict(self).items() if name != "label"}


def certainty(at_least: float | None, at_most: float | None) -> str:
    """Whether a price is one figure, lies between two, or is not known."""
    if at_least is None and at_most is None:
        return "not known"
    return "one figure" if at_least == at_most else "a range"


@dataclass(frozen=True)
class PriceTable:
    """One of the two tables of a price list: every rule, or one unit more of everything."""

    title: str
    heading: str
    lines: tuple[PriceLine, ...]

    @property
    def priced(self) -> list[PriceLine]:
        """The lines that are not known to be nothing."""
        return [line for line in self.lines if not line.is_free]

    @property
    def summary(self) -> str:
        """That nothing in the table has a price."""
        count = len(self.lines)
        return f"{self.title}: 0 for {'the only line' if count == 1 else f'each of the {count} lines'}."

    @property
    def free_words(self) -> str:
        """How many of the lines have no price; nothing where each has one."""
        free = len(self.lines) - len(self.priced)
        one, many = ("costs", "cost") if self.heading in {"Rule", "Running"} else ("is worth", "are worth")
        return f"{free} {one if free == 1 else many} nothing." if free else ""


@dataclass(frozen=True, repr=False)
class PriceList(TabularResult):
    """Every price of a portfolio.

    `coordination_tax` is the price of all cross-stream dependencies together: those whose two epics have different
    largest value streams. `remove_first` is the single one of them that costs most, null where none costs anything alone.
    `asked` are the rules that were asked for by name, in that order; they are among the rules, too.
    `better` is what a plan of the portfolio as it is, come upon on the way, is worth more than the plan; 0 where none was.
    """

    answer: Answer
    rules: tuple[PriceLine, ...] = ()
    units: tuple[PriceLine, ...] = ()
    coordination_tax: PriceLine | None = None
    cross_stream: int = 0
    remove_first: PriceLine | None = None
    better: float = 0.0
    running: tuple[PriceLine, ...] = ()
    """What going on with each epic costs that is in progress: the value where it may stop less that where it goes on."""
    asked: tuple[PriceLine, ...] = ()

    @property
    def unit(self) -> str:
        """The unit of every price."""
        return self.answer.portfolio.value_unit

    @property
    def outcome(self) -> Outcome:
        """What can be claimed of the plan that prices are measured from."""
        return self.answer.outcome

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings about the portfolio and its plan."""
        return self.answer.findings

    @property
    def title(self) -> str:
        """What stands above the prices."""
        return f"{self.answer.portfolio.name or 'Portfolio'}: prices"

    @property
    def tables(self) -> tuple[PriceTable, ...]:
        """What going on with running epics costs, what every rule costs, and what one unit more of everything is worth."""
        epics = self.answer.model.vocabulary.epic.many
        running = PriceTable(f"What going on with running {epics} costs, {self.unit}", "Running", self.running)
        return (
            *([running] if self.running else []),
            PriceTable(f"What each rule costs, {self.unit}", "Rule", self.rules),
            PriceTable(f"What one unit more is worth, {self.unit}", "One unit more", self.units),
        )

    @property
    def headline(self) -> str:
        """What the plan is worth, and whether pricing came upon a better one."""
        headline = worth_words(self.outcome, self.answer.portfolio)
        if not self.better:
            return headline
        return (
            f"{headline} Pricing came upon a plan worth {self.better:,.0f} {self.unit} more; prices are measured from that. "
            "Plan again with more time to get that plan."
        )

    def filled_tables(self) -> tuple[FilledTable, ...]:
        """What every rule costs, what one unit more is worth, and what was found besides."""
        return (
            RULES.filled(lambda: self._rows(self.rules, "rule")),
            UNITS.filled(lambda: self._rows(self.units, "more")),
            RUNNING.filled(lambda: self._rows(self.running, "epic")),
            run.FINDINGS.filled(lambda: run.findings(self.findings)),
        )

    def _rows(self, lines: Iterable[PriceLine], label: str) -> Iterator[Mapping[str, object]]:
        for number, line in enumerate(lines, 1):
            place = "; ".join(f"{part} = {name}" for part, name in line.place.items())
            said = line.place["epic"] if label == "epic" else line.label
            yield {**vars(line), "number": number, label: said, "place": place}

    @property
    def coordination(self) -> list[tuple[str, PriceLine]]:
        """The coordination tax and the dependency to remove first, as far as there are any, each with its name."""
        many = "The only one" if self.cross_stream == 1 else f"All {self.cross_stream} together"
        first = self.remove_first
        lines = [(many, self.coordination_tax), (f"Remove first: {first.label}" if first is not None else "", first)]
        return [(name, line) for name, line in lines if line is not None]

    @property
    def coordination_words(self) -> str:
        """What dependencies between value streams cost together, and which of them to remove first."""
        tax, first, streams = self.coordination_tax, self.remove_first, self.answer.model.vocabulary.value_stream.many
        if tax is None:
            return f"No dependency crosses {streams}: there is no coordination tax."
        many = "the dependency" if self.cross_stream == 1 else f"all {self.cross_stream} dependencies"
        cost = "costs" if self.cross_stream == 1 else "together cost"
        so_far = "" if tax.known or not tax.found else f"; {tax.found:,.0f} {self.unit} found so far"
        price = range_words(tax.at_least, tax.at_most, self.unit)
        sentence = f"Coordination tax: {many} between {streams} {cost} {price}{so_far}."
        if first is not None:
            alone = range_words(first.at_least, first.at_most, self.unit)
            return f"{sentence} Remove first: {first.label}, {alone} alone."
        is_open = tax.at_most == 0 or not tax.known
        return sentence if is_open else f"{sentence} No single one of them costs anything alone."

    def as_json(self) -> dict[str, object]:
        """The price list in the published JSON format; where no plan is possible, what is wrong."""
        findings = [finding.as_json() for finding in self.findings]
        if self.answer.plan is None:
            return {"format": 1, "findings": findings}
        return {
            "format": 1,
            "portfolio": self.answer.portfolio.name,
            "unit": self.unit,
            "outcome": asdict(self.outcome),
            "asked": [line.as_json() for line in self.asked],
            "rules": [line.as_json() for line in self.rules],
            "units": [line.as_json() for line in self.units],
            "running": [line.as_json() for line in self.running],
            "coordination_tax": None if self.coordination_tax is None else self.coordination_tax.as_json(),
            "cross_stream_dependencies": self.cross_stream,
            "remove_first": None if self.remove_first is None else self.remove_first.as_json(),
            "better": self.better,
            "findings": findings,
        }
