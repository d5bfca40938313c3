"""What a new workbook holds: a few example epics to replace, and a page that says how to go on."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Literal

from portfolio.domain import Portfolio
from portfolio.intake import columns
from portfolio.intake.scenario_columns import SCENARIOS
from portfolio.operating_model import OperatingModel
from portfolio.operating_model.state_limits import open_limits
from portfolio.workbook.inputs.input_areas import InputAreas
from portfolio.workbook.sheets.operating_model import write_agreements
from portfolio.xlsx.write.book import Book, Page

_SCORES = ("id", "title", "user_business_value", "time_criticality", "rr_oe", "job_size", "effort", "max_periods")
_Example = tuple[str, str, int, int, int, int, dict[str, int], int]
_EPICS: tuple[_Example, ...] = (
    ("EX-1", "Example: new customers sign up online", 13, 8, 3, 8, {"Web": 50, "Core": 20}, 2),
    ("EX-2", "Example: a rule that becomes law", 3, 20, 5, 5, {"Core": 40}, 1),
    ("EX-3", "Example: one login for everything", 5, 2, 13, 5, {"Core": 45}, 1),
    ("EX-4", "Example: a faster search", 8, 3, 1, 3, {"Web": 30}, 1),
    ("EX-5", "Example: try a subscription", 5, 5, 2, 3, {"Web": 25}, 1),
    ("EX-6", "Example: retire the old platform", 2, 1, 8, 13, {"Core": 90}, 2),
    ("EX-7", "Example: a small repair", 1, 1, 1, 1, {"Web": 5}, 1),
)
_SCORED = ("user_business_value", "time_criticality", "rr_oe", "job_size")
_MORE: dict[str, dict[str, object]] = {
    "EX-2": {"urgency": "deadline", "deadline": "2027-10-01", "must": True, "owner": "Legal"},
    "EX-5": {"confidence": 0.6},
}
UNLIMITED = ("not limited", "not prescribed")
"""What states say of their work that limit none of it."""
_OPTIONS = {"EX-5", "EX-6"}
"""What nobody has committed to yet in the example."""
_OPTIONS_WHERE_LIMITED = {"EX-1"}
"""What is an option yet, too, where a limit counts what is committed to."""
_CHOSEN = {"EX-2": 0, "EX-3": 1, "EX-4": 0, "EX-7": 2}
"""What value streams have chosen already in the example, and in which period it begins."""
_STREAMS = (
    {"id": "Web", "name": "Online sales", "capacity": (40, 40, 40, 40)},
    {"id": "Core", "name": "Core systems", "capacity": (60, 60, 60, 60)},
)
_OUTCOMES = (
    {
        "objective": "More customers",
        "key_result": "Sold online",
        "measure": "share of sales, %",
        "baseline": 20,
        "target": 35,
    },
    {
        "objective": "Ready for what comes",
        "key_result": "Outages",
        "measure": "hours a month",
        "baseline": 9,
        "target": 2,
    },
)
"""What the examples are for, where the model asks for a strategy."""
_SECOND = {"EX-2", "EX-3", "EX-6", "EX-7"}
"""The examples that serve the second objective."""


StarterPart = Literal["ranges", "evidence"]
"""What a starter has besides where somebody wants it: how uncertain estimates are, and sheets for what happened."""
CAPACITY_RANGE = {"capacity_low": 0.85, "capacity_high": 1.05}
LOW, HIGH = 0.8, 1.6
"""The range of an example, as factors of its effort: estimates are overrun further than they are undercut."""


def starter_portfolio(model: OperatingModel, *, with_ranges: bool = False) -> Portfolio:
    """The example portfolio, with the model's own words and cadence; it plans as it stands."""
    types, goal = model.categories.types, model.objective.maximise
    enablers = {"EX-3", "EX-6"} if len(types) > 1 else set()
    epics = _examples(model)
    for epic in epics if types else ():
        epic["type"] = types[1] if epic["id"] in enablers else types[0]
    for epic in epics if model.classes else ():
        _classify(epic, model)
    for epic in epics if model.commitment_terms.point else ():
        _commit(epic, model)
    if model.scoring.method == "cd3":
        for epic, example in zip(epics, _EPICS, strict=True):
            epic["benefit_per_week"] = 1000 * sum(example[2:5])
    for epic, example in zip(epics, _EPICS, strict=True) if model.own_criteria else ():
        epic["criteria"] = {
            one.name: example[2] if one.takes == "number" else f"Example: {one.means or one.name}"
            for one in model.own_criteria
        }
    unneeded = {*_SCORED} - (_needed(model) if model.scoring.method == "wsjf" else set())
    ranges = _ranges if with_ranges else _no_ranges
    epics = [
        {**{name: value for name, value in epic.items() if name not in unneeded}, **ranges(epic)} for epic in epics
    ]
    periods = [f"{model.vocabulary.period.one} {number}" for number in range(1, 5)]
    for epic in epics if goal == "own choices" else ():
        if str(epic["id"]) in _CHOSEN:
            epic["start"] = periods[_CHOSEN[str(epic["id"])]]
    return Portfolio.model_validate(
        {
            "name": "Example portfolio",
            "model": model.name,
            "currency": "EUR",
            "calendar": {
                "start": "2027-01-04",
                "period_weeks": model.cadence.period_weeks,
                "periods": periods,
                "budget_periods": ["Budget 1", "Budget 1", "Budget 2", "Budget 2"],
            },
            **({"portfolio_wip_limit": 4} if _limits_progress(model) else {}),
            "state_limits": open_limits(model.flow),
            "value_streams": _streams(model, CAPACITY_RANGE if with_ranges else {}),
            "epics": epics,
            "dependencies": [{"predecessor": "EX-3", "successor": "EX-1"}],
            "guardrails": [*_guardrails(types), *(limit.model_dump() for limit in model.templates)],
            "outcomes": [] if model.strategy is None else _OUTCOMES,
        }
    )


def _examples(model: OperatingModel) -> list[dict[str, object]]:
    """The example epics: each of one value stream, and for an objective, where the model asks for that."""
    epics: list[dict[str, object]] = [dict(zip(_SCORES, row, strict=True)) | _MORE.get(row[0], {}) for row in _EPICS]
    policies = () if model.policies is None else model.policies.policies
    alone = model.structure is not None and model.structure.streams_per_epic is not None
    for epic, row in zip(epics, _EPICS, strict=True):
        if alone or any(policy.limits.get("shared") for policy in policies):
            epic["effort"] = dict([max(row[6].items(), key=itemgetter(1))])
        if model.strategy is not None:
            epic["outcome"] = _OUTCOMES[str(epic["id"]) in _SECOND]["objective"]
    return epics


def _ranges(epic: Mapping[str, object]) -> dict[str, object]:
    """The range of an example's effort."""
    effort = epic.get("effort")
    total = sum(effort.values()) if isinstance(effort, dict) else 0
    return {"effort_low": round(LOW * total), "effort_high": round(HIGH * total)} if total else {}


def _no_ranges(_: Mapping[str, object]) -> dict[str, object]:
    """Nothing, where nobody wants ranges."""
    return {}


def _streams(model: OperatingModel, others: Mapping[str, object]) -> list[dict[str, object]]:
    """The example value streams, with as many teams as the model asks for at least, and a limit where the board has some."""
    teams = None if model.structure is None else model.structure.teams
    more: dict[str, object] = {**others}
    if teams is not None and teams.at_least is not None:
        more["teams"] = teams.at_least
    if _limits_progress(model):
        more["wip_limit"] = 2
    return [{**stream, **more} for stream in _STREAMS]


def fold_unneeded(page: Page, areas: InputAreas, model: OperatingModel) -> None:
    """Folds away the columns of the epics that the model has no use for; a click on the plus above them opens them."""
    scoring, folded = model.scoring, [] if model.classes else ["class_of_service"]
    scored = scoring.method == "wsjf" or "components" in scoring.model_fields_set
    needed = _needed(model) if scored else set()
    folded += [field for field in _SCORED if field not in needed]
    if scoring.method == "stack rank":
        folded += ["benefit_per_week", "wsjf"]
    for field in folded:
        page.fold(areas.epics.columns[field])


def _limits_progress(model: OperatingModel) -> bool:
    """Whether the board, or the level that is planned, limits what is in progress; others have no limit to show."""
    board = model.flow is not None and any(state.wip not in UNLIMITED for state in model.flow.states)
    return board or (model.levels is not None and model.levels.limited is not None)


def _needed(model: OperatingModel) -> set[str]:
    """The fields that the model's score is made of."""
    return {part.field for part in model.scoring.components} | {model.scoring.denominator}


def _commit(epic: dict[str, object], model: OperatingModel) -> None:
    """The state of an example: at the commitment point, or the first of the board where it is an option yet."""
    point, states = model.commitment_terms.point or "", () if model.flow is None else model.flow.states
    if epic["id"] in _OPTIONS or (epic["id"] in _OPTIONS_WHERE_LIMITED and _limits_commitments(model)):
        epic["state"] = states[0].name
    elif model.state_kind(point) != "active":
        epic["state"] = point


def _limits_commitments(model: OperatingModel) -> bool:
    """Whether states are limited together from the commitment point on, so that only so much is committed to at once."""
    point, flow = model.commitment_terms.point or "", model.flow
    states = [] if flow is None else [state for span in flow.spans for state in flow.within(span)]
    return any(state.name.casefold() == point.casefold() for state in states)


def _classify(epic: dict[str, object], model: OperatingModel) -> None:
    """A class of service in place of an urgency, where the model has one with the same urgency."""
    classes = () if model.service_classes is None else model.service_classes.classes
    wanted = epic.get("urgency", "standard")
    found = [known.name for known in classes if known.urgency == wanted]
    if found:
        epic["class_of_service"] = "Standard" if "Standard" in found else found[0]
        epic.pop("urgency", None)


def _guardrails(types: tuple[str, ...]) -> list[dict[str, object]]:
    """A floor for the second kind of epic, where the model tells kinds apart."""
    if len(types) < 2:
        return []
    return [
        {
            "name": f"{types[1]} floor",
            "measure": "effort",
            "where": {"type": [types[1]]},
            "at_least": 0.2,
            "of": "selected",
        }
    ]


def write_readme(book: Book, areas: InputAreas, model: OperatingModel) -> None:
    """Writes the page that opens first: what to do, what the sheets hold, what the colours mean."""
    page = book.page("README")
    page.title("How to use this workbook", f"Operating model: {model.title}. {model.summary}")
    epics, streams = model.vocabulary.epic.many, model.vocabulary.value_stream.many
    ranks = {
        "stack rank": "Their order on the sheet is their rank: the first comes first.",
        "cd3": "An ID, the money that each earns per week, and how long it takes are enough for a ranking.",
    }
    enough = ranks.get(model.scoring.method, "An ID, the scores and a size are enough for a ranking.")
    steps = (
        f"1. Epics: replace the examples by your own {epics}. {enough}",
        f"2. Value streams and Capacity: replace the examples by your own {streams}, and say what each has per period.",
        "3. Leave a cell empty where you know nothing: an empty cell means not given, never 0.",
        "4. portfolio check FILE says what is missing, portfolio rank FILE ranks, portfolio plan FILE --write plans in here.",
    )
    row = 3
    for step in steps:
        page.text(row, 0, step)
        row += 1
    row += 1
    page.text(row, 0, "Sheet", "heading")
    page.text(row, 1, "What it holds", "heading")
    for name, meaning in _meanings(areas).items():
        row += 1
        page.text(row, 0, name, "cell", "bold")
        page.text(row, 1, meaning, "cell")
    row += 2
    page.text(row, 0, "Blue", "input", "bold")
    page.text(row, 1, "an input: yours to change")
    page.text(row + 1, 0, "Black", "bold")
    page.text(row + 1, 1, "a formula or a heading: it follows")
    page.text(row + 2, 0, "Headings with a red corner explain themselves when the pointer rests on them.", "note")
    page.text(row + 3, 0, "A plus above the headings opens columns that this way of working does without.", "note")
    write_agreements(page, row + 5, model, areas.portfolio)
    page.widths(28, 110)
    page.sheet.activate()


EVIDENCE = "What happened and what was said: fill in what you have, and delete the other sheets. The plan does not change by it."


def _meanings(areas: InputAreas) -> dict[str, str]:
    held = {
        "Portfolio": "Settings of the portfolio as a whole.",
        "Epics": "The candidates with their scores, their money and the work they need.",
        "Effort": "Effort of epics that need several value streams; the others have theirs on Epics.",
        "Value streams": "What is funded and has capacity.",
        "Capacity": "Units of effort per value stream and period; its headings name the periods.",
        "Dependencies": "What waits for what.",
        "Guardrails": "Limits on the mix of work.",
        **(
            {"Outcomes": "What the epics are for: objectives, and how one sees that they are reached."}
            if areas.portfolio.outcomes
            else {}
        ),
        **({", ".join(sheet.name for sheet in areas.evidence_sheets): EVIDENCE} if areas.with_evidence else {}),
        SCENARIOS.name: "What you want to try before you decide; empty until you write some. portfolio compare FILE plans them.",
        "Lists": "Words for the drop-down lists.",
    }
    there = {", ".join(sheet.name for sheet in areas.evidence_sheets)}
    there |= {sheet.name for sheet in (*columns.SHEETS, SCENARIOS)} | {"Lists"}
    return {name: meaning for name, meaning in held.items() if name in there and (name != "Effort" or areas.efforts)}
