"""Advises on a way of working from a portfolio and a few answers: patterns for what binds, never a name by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from portfolio.engine.load import Loaded
from portfolio.engine.models import operating_models
from portfolio.engine.policy_findings import policy_subject
from portfolio.engine.prices import prices
from portfolio.operating_model import OperatingModel
from portfolio.operating_model.patterns import CONSTRAINTS, PATTERNS, Answers, Constraint, Part, Pattern
from portfolio.operating_model.ranking import BEYOND_VALUE
from portfolio.policies import check_policies

if TYPE_CHECKING:
    from portfolio.engine.plan import Progress
    from portfolio.results.advice import Advice, Advised, Binding, Evidence
    from portfolio.results.prices import PriceLine, PriceList

DEFAULT_SECONDS = 30.0
"""How long prices are looked for; advice needs no proof."""
MOST_SEEN = 3
"""Signs of one constraint that are told."""
UNASKED = "where an order or own choices decide, nothing has a price; only checks were measured."
QUESTIONS = {
    "teams": "how many teams there are",
    "products": "how many products",
    "coupling": "how much teams wait for each other",
    "regulated": "whether the work is regulated",
    "central_funding": "whether funding is central",
}


def choose(
    loaded: Loaded, answers: Answers, time_limit: float = DEFAULT_SECONDS, *, progress: Progress | None = None
) -> Advice:
    """Says which constraints bind in a portfolio, which patterns address them, and which parts of models are enough.

    What binds is measured by the checks and the prices of the portfolio itself, and by what people answer. Raises
    HasErrorsError for a portfolio with errors.
    """
    from portfolio.results.advice import Advice

    whole, priced, why_not = loaded.ready, None, "There are no value streams with capacity: nothing has a price."
    if whole.can_plan:
        if loaded.model.goal(whole) in BEYOND_VALUE:
            why_not = f"{loaded.model.title}: {UNASKED}"
        else:
            priced = prices(loaded, time_limit=time_limit, progress=progress)
            why_not = "" if priced.answer.plan is not None else "No plan is possible, so nothing has a price yet."
    binding = tuple(_binding(loaded, priced, answers))
    names = [one.constraint.name for one in binding]
    advised = tuple(_advised(pattern, names, operating_models()) for pattern in PATTERNS if _addressed(pattern, names))
    others = tuple(pattern for pattern in PATTERNS if not _addressed(pattern, names))
    unknown = [QUESTIONS[one.name] for one in fields(answers) if getattr(answers, one.name) is None]
    return Advice(whole.name, answers, binding, advised, others, tuple(unknown), why_not)


def _addressed(pattern: Pattern, names: Sequence[str]) -> list[str]:
    return [name for name in pattern.addresses if name in names]


def _advised(pattern: Pattern, names: Sequence[str], models: Sequence[OperatingModel]) -> Advised:
    """A pattern with the models that say something in each of its parts."""
    from portfolio.results.advice import Advised

    there = tuple((str(part), tuple(model.name for model in models if _holds(model, part))) for part in pattern.parts)
    return Advised(pattern, tuple(_addressed(pattern, names)), there)


def _holds(model: OperatingModel, part: Part) -> bool:
    """Whether a model says something in a section, in an entry with this word if only that is meant."""
    said = model.model_dump(mode="json", include={part.section}, exclude_unset=True, exclude_none=True)
    return bool(said) and (not part.word or part.word in _words(said))


def _words(said: object) -> Iterator[str]:
    """Every name and text of a setting that is given."""
    if isinstance(said, dict):
        for name, inner in said.items():
            yield str(name)
            yield from _words(inner)
    elif isinstance(said, list):
        for inner in said:
            yield from _words(inner)
    elif isinstance(said, str):
        yield said


def _binding(loaded: Loaded, priced: PriceList | None, answers: Answers) -> Iterator[Binding]:
    from portfolio.results.advice import Binding

    for constraint in CONSTRAINTS:
        evidence = [
            *_checked(loaded, constraint)[:MOST_SEEN],
            *(() if priced is None else _priced(priced, constraint)[:MOST_SEEN]),
            *_answered(constraint, answers),
        ]
        if evidence:
            yield Binding(constraint, tuple(evidence))


def _checked(loaded: Loaded, constraint: Constraint) -> list[Evidence]:
    """What the policy checks find by their own limits, whatever the model turned on."""
    from portfolio.results.advice import Evidence

    found = check_policies(policy_subject(loaded, loaded.ready), [(name, {}, "") for name in constraint.checks])
    return [Evidence("check", problem.what) for problem in found]


def _priced(priced: PriceList, constraint: Constraint) -> list[Evidence]:
    """The rules of this constraint that cost something, and what one unit more is worth."""
    from portfolio.results.advice import Evidence

    unit = priced.unit
    costs = [line for line in (*priced.rules, *priced.running) if line.name in constraint.prices]
    told = [
        *((line, f"{line.label} costs {line.price} {unit}") for line in costs),
        *(
            (line, f"{line.label} is worth {line.price} {unit}")
            for line in priced.units
            if line.name in constraint.units
        ),
    ]
    evidence = [Evidence("prices", f"{said}.") for line, said in told if _costs(line)]
    tax = priced.coordination_tax
    if constraint.coordination and tax is not None and _costs(tax):
        evidence.insert(0, Evidence("prices", priced.coordination_words))
    return evidence


def _costs(line: PriceLine) -> bool:
    """Whether a price is more than nothing, as far as it is known."""
    return (line.at_least or 0.0) > 0 or (line.found or 0.0) > 0


def _answered(constraint: Constraint, answers: Answers) -> list[Evidence]:
    """What people said, where all of it together shows the constraint."""
    from portfolio.results.advice import Evidence

    conditions = constraint.answers
    if not conditions or not all(condition.met(answers) for condition in conditions):
        return []
    said = " and ".join(condition.words for condition in conditions)
    return [Evidence("answers", f"{said[:1].upper()}{said[1:]}.")]
