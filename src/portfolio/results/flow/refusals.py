"""What is never measured, and why: figures of flow are about the system, and a ranking of those who work in it ends that."""

from __future__ import annotations

from portfolio.errors import WrongUseError

GROUPINGS = ("value stream", "type", "horizon", "theme", "category", "class of service")
"""What figures may be grouped by."""
PEOPLE = frozenset(
    [
        "owner",
        "assignee",
        "scorer",
        "reporter",
        "author",
        "creator",
        "developer",
        "engineer",
        "person",
        "people",
        "employee",
        "name",
        "manager",
        "by",
        "who",
        "team",
        "teams",
        "squad",
        "squads",
        "member",
        "members",
        "product-owner",
        "scrum-master",
        "assigned",
        "responsible",
        "accountable",
        "contributor",
        "committer",
        "lead",
        "leader",
        "colleague",
        "user",
        "staff",
        "crew",
        "tribe",
        "chapter",
        "voter",
        "approver",
        "reviewer",
        "supplier",
        "vendor",
    ]
)
SENTENCES = {
    "people": "Flow is not grouped by {asked}: it measures the system, and a figure of one person or team is soon worked for instead "
    "of the outcome. Group by one of: {known}.",
    "sort": "Value streams and periods stand in the order of the workbook and are not sorted by a measure: each is shown against its "
    "own past, since their work differs. Epics are shown oldest first.",
    "score": "No score is made of several measures: one figure of all hides which part of the system needs a look.",
    "target": "No target is set on a flow measure: a measure that is a target is worked for and stops saying anything. Set a WIP "
    "limit, a funding rule or a boundary instead.",
    "lights": "No best, worst, traffic lights or positions across value streams: unlike systems do not compare. Each is shown against "
    "its own past.",
    "points": "Story points are not compared or added across value streams: their unit is each one's own. Throughput counts finished "
    "epics.",
}
"""Each refusal with the sentence that says why."""


def refuse(asked: str) -> None:
    """Raises WrongUseError with the sentence for what is never done."""
    raise WrongUseError(SENTENCES[asked])


def grouping_by(asked: str) -> str:
    """What figures shall be grouped by, in its proper words; raises WrongUseError for people, and for what nobody knows."""
    words = " ".join(asked.replace("_", " ").replace("-", " ").split()).casefold()
    if words in GROUPINGS:
        return words
    known = ", ".join(GROUPINGS)
    if words in PEOPLE or words.replace(" ", "-") in PEOPLE or set(words.split()) & PEOPLE:
        raise WrongUseError(SENTENCES["people"].format(asked=words, known=known))
    raise WrongUseError(f"Flow is not grouped by {asked}; group by one of: {known}.")
