"""The patterns: each with the constraints that it addresses, what it adds in coordination, and which parts of a model hold it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A section of an operating model, and the word by which an entry of it is known where not all of it is meant."""

    section: str
    word: str = ""

    def __str__(self) -> str:
        """How people call it: `policies with WIP overload`."""
        return f"{self.section} with {self.word}" if self.word else self.section


@dataclass(frozen=True)
class Pattern:
    """One way to address a constraint; `parts` of an operating model are enough for it."""

    name: str
    addresses: tuple[str, ...]
    does: str
    adds: str
    """What it takes in meetings, lists and agreements."""
    parts: tuple[Part, ...]
    source: str
    takes_away: str = ""
    """What it makes unnecessary."""


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "Whole work in one team",
        ("Work waits for other teams",),
        "Boundaries and skills change until one team does an item from end to end.",
        "a change of teams once; less coordination afterwards",
        (Part("structure"), Part("policies", "dependency acceptance")),
        "Team Topologies (Skelton, Pais 2019); feature teams of LeSS (less.works)",
        "most meetings about dependencies",
    ),
    Pattern(
        "Dependencies in sight, oldest first",
        ("Work waits for other teams",),
        "Each has who raised it, an owner and a day by which it is needed; the oldest is looked at first.",
        "one short meeting of those concerned, several times a week",
        (Part("cadence", "reviews"), Part("policies", "dependency acceptance")),
        "Scrum of Scrums pattern (Scrum PLoP); cross-team refinement (Nexus Guide 2021)",
    ),
    Pattern(
        "One list and one who orders it",
        ("Several teams change one product", "Nobody can tell what comes first"),
        "All teams of a product take from one ordered list, and one person answers for its order.",
        "one refinement for all teams each period, and one Definition of Done",
        (Part("scoring", "stack rank"), Part("decision_rights", "order epics")),
        "Nexus Guide 2021; LeSS Rules (November 2024)",
        "lists for each team",
    ),
    Pattern(
        "An order for each product",
        ("Several products are ordered in one list",),
        "Each product keeps its own order; above them only goals and money are agreed.",
        "nothing between products but a review of goals",
        (Part("structure"), Part("decision_rights", "order epics")),
        "LeSS has no level above the product (less.works); product operating model (SVPG)",
        "the ranking of unlike things",
    ),
    Pattern(
        "Pull within limits",
        ("Too much is in progress",),
        "Work begins when a place is free, within a limit that everybody sees.",
        "a board, and one replenishment each week or period",
        (Part("flow", "limit"), Part("policies", "WIP overload")),
        "Anderson, Kanban (2010); Kanban University",
        "status meetings and expediting by shouting",
    ),
    Pattern(
        "Whole teams move to the work",
        ("People are not where the work is",),
        "Teams stay together and change what they work on, at a review.",
        "one decision each period, prepared by those concerned",
        (Part("decision_rights", "move people"), Part("cadence", "reviews")),
        "Scrum@Scale guide 2025-06; LeSS Huge rules",
    ),
    Pattern(
        "Budgets for value streams, shifted at a review",
        ("Money is not where the work is",),
        "People are funded for a while, not projects; a share of the money may move at each review.",
        "one budget review every one or two periods",
        (Part("decision_rights", "change budgets"), Part("cadence", "reviews")),
        "scaledagileframework.com/guardrails; Beyond Budgeting",
        "a business case for each project",
    ),
    Pattern(
        "Guardrails instead of approvals",
        ("Rules and approvals cost more than they protect",),
        "Decisions within agreed limits need nobody else; what goes beyond is asked for.",
        "one review of the limits each quarter",
        (Part("guardrails"), Part("approval"), Part("policies", "governance overload")),
        "scaledagileframework.com/guardrails; Disciplined Agile (lean governance)",
        "approvals below the threshold",
    ),
    Pattern(
        "The smallest thing that can be judged",
        ("Work is too big to be judged soon",),
        "The first part is built to learn whether the rest is worth it, with a cost that it may not exceed.",
        "a decision after each first part",
        (Part("policies", "big batches"), Part("policies", "plans beyond evidence")),
        "Reinertsen, The Principles of Product Development Flow; MVP of SAFe's epics",
    ),
    Pattern(
        "Stop, pivot or continue on a day",
        ("What is running is never looked at again", "Work is too big to be judged soon"),
        "What runs earns its place like any other, on a day that is agreed beforehand; what was spent does not count.",
        "one hour at the review that is there already",
        (Part("decision_rights", "stop epics"), Part("policies", "running for less")),
        "Reinertsen (sunk cost); RAGE (continue or terminate); InfoQ on Rothman and Krebs",
    ),
    Pattern(
        "What waiting costs",
        ("Nobody can tell what comes first", "Too much is in progress"),
        "Each item says what a week of waiting loses; what loses most for its length comes first.",
        "an estimate for each item, looked at again each quarter",
        (Part("scoring", "cd3"), Part("objective", "value")),
        "Reinertsen; Arnold, Black Swan Farming (CD3)",
        "arguments about priority",
    ),
    Pattern(
        "Classes of service",
        ("Little of it is a choice",),
        "What has a date or cannot wait has a class with its own rule and its own limit; the rest stays a choice.",
        "one policy for each class, agreed once",
        (Part("service_classes"), Part("policies", "everything mandatory")),
        "Anderson, Kanban (2010)",
        "everything called urgent",
    ),
    Pattern(
        "Goals instead of features",
        ("Several products are ordered in one list", "Rules and approvals cost more than they protect"),
        "Leaders agree on outcomes with a measure; each item says which one it serves, and teams choose how.",
        "one review of goals each quarter",
        (Part("strategy"),),
        "product operating model (SVPG); OKR",
        "approvals of single items",
    ),
    Pattern(
        "A share that nobody plans",
        ("Little of it is a choice", "Rules and approvals cost more than they protect"),
        "A share of the capacity stays with the teams, for what cannot wait and what they decide themselves.",
        "one figure, looked at each quarter",
        (Part("reserve"),),
        "Scrum@Scale guide 2025-06 (teams may pull items of their own); Anderson, Kanban (2010)",
        "requests for exceptions",
    ),
    Pattern(
        "Decide late, forecast further out",
        ("Work is too big to be judged soon", "Too much is in progress"),
        "Only the nearest periods are decided; what comes later is a forecast that may change without anybody breaking a promise.",
        "the review that is there already",
        (Part("commitment"),),
        "Kanban University (deferred commitment); SAFe roadmap",
        "promises for far periods, and the meetings about breaking them",
    ),
    Pattern(
        "A share that is not for sale",
        ("Enabling work starves",),
        "A floor of the capacity is kept for work that makes later work possible.",
        "one figure, looked at each period",
        (Part("categories", "enablers"), Part("policies", "no enabler investment")),
        "scaledagileframework.com/guardrails (capacity allocation)",
    ),
)
"""Every pattern, those that remove coordination before those that add it."""
