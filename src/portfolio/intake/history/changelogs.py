"""Changelogs in JSON: Jira's issues with their changelog, and the revisions of work items of Azure DevOps.

Only states, days, types and parents are read; who changed what is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo

import numpy as np

from portfolio.domain import Finding
from portfolio.domain.wording import first_of
from portfolio.errors import WrongUseError
from portfolio.intake.history.days_column import read_days
from portfolio.intake.history.history_file import HistoryFile, left_out
from portfolio.measures.transitions import Names, Transitions

Change = tuple[str | None, str | None, str | None, str | None, str | None]
"""Epic, state, when it was entered, type, parent."""


def read_changelog(content: object, name: str, zone: tzinfo | None) -> HistoryFile:
    """The changes of state of a changelog; raises WrongUseError where JSON is none, or has none."""
    import pandas as pd

    issues = _issues(content)
    revisions = [] if issues else _revisions(content)
    if issues and not any("changelog" in issue for issue in issues):
        raise WrongUseError(f"{name} has issues without their history; ask Jira for them with expand=changelog.")
    if not issues and not revisions:
        raise WrongUseError(
            f"{name} has no history: neither issues with a changelog (Jira) nor revisions with System.State (Azure DevOps)."
        )
    changes = list(_of_jira(issues)) if issues else list(_of_azure(revisions))
    sound = [change for change in changes if all(change[:3])]
    epics, states, types = Names(), Names(), Names()
    table = np.array(
        [(epics.number(one[0]), states.number(one[1]), types.number(one[3]), epics.number(one[4])) for one in sound],
        dtype=np.int64,
    ).reshape(-1, 4)
    days = read_days(pd.Series([one[2] or "" for one in sound], dtype="str"), zone)
    rows = Transitions(
        tuple(epics.names), tuple(states.names), (), tuple(types.names), table[:, 0], table[:, 1], days.day, days.time,
        np.full(len(table), -1, dtype=np.int64), table[:, 2], table[:, 3],
    )  # fmt: skip
    lost = len(changes) - len(sound) + int((~days.known).sum())
    fix = "Export the history again with key, status and created."
    findings = (left_out(name, lost, "without an epic, a state or a day {count} for nothing", fix),) if lost else ()
    findings = (*findings, *_cut_off(issues, name))
    return HistoryFile(name, rows if days.known.all() else rows.only(days.known), findings, days.offsets_differ)


def _records(content: object, *keys: str) -> list[Mapping[str, object]]:
    found = content
    for key in keys:
        if isinstance(content, dict) and isinstance(content.get(key), list):
            found = content[key]
            break
    if not isinstance(found, list):
        return []
    return [one for one in found if isinstance(one, dict)]


def _cut_off(issues: Sequence[Mapping[str, object]], name: str) -> Iterator[Finding]:
    """Issues of which the tool gave only some of the changes, as a search of Jira does of those with many."""
    short = []
    for issue in issues:
        log = issue.get("changelog")
        total = log.get("total") if isinstance(log, dict) else None
        if isinstance(total, int) and total > len(_records(log, "histories", "values")):
            short.append(_word(issue.get("key")) or "?")
    if short:
        yield Finding(
            "warning",
            name,
            f"The changelog of {first_of(short, 5)} is cut off: there are more changes than the file has.",
            "What is not there is not measured.",
            "Ask Jira for all pages of the changelog of each issue.",
        )


def _issues(content: object) -> list[Mapping[str, object]]:
    """The issues of an answer of Jira, of a list of answers, or of a list of issues."""
    if isinstance(content, dict) and "changelog" in content and "key" in content:
        return [content]
    if isinstance(content, list) and all(isinstance(one, dict) and "issues" in one for one in content):
        return [issue for page in content for issue in _issues(page)]
    found = _records(content, "issues", "values")
    return [one for one in found if "key" in one and ("changelog" in one or "fields" in one)]


def _revisions(content: object) -> list[Mapping[str, object]]:
    if isinstance(content, list) and all(isinstance(one, dict) and "value" in one for one in content):
        return [revision for page in content for revision in _revisions(page)]
    found = _records(content, "value", "revisions")
    return [one for one in found if "System.State" in _fields(one)]


def _fields(record: Mapping[str, object]) -> Mapping[str, object]:
    found = record.get("fields")
    return found if isinstance(found, dict) else {}


def _word(value: object, *names: str) -> str | None:
    """A text, or that under the first of some names that an object has."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, dict):
        return next((str(value[name]) for name in names if value.get(name)), None)
    return None if value is None else str(value)


def _of_jira(issues: Sequence[Mapping[str, object]]) -> Iterator[Change]:
    """Each issue from its first state, entered when it was created, through every change of its status."""
    for issue in issues:
        key, fields = _word(issue.get("key")), _fields(issue)
        kind, parent = _word(fields.get("issuetype"), "name"), _word(fields.get("parent"), "key")
        created = _word(fields.get("created")) or _word(issue.get("created"))
        moves = sorted(_moves(issue.get("changelog")), key=lambda move: move[0] or "")
        first = moves[0][1] if moves else _word(fields.get("status"), "name")
        if first or created:
            yield key, first, created, kind, parent
        for moment, _, state in moves:
            yield key, state, moment, kind, parent


def _moves(changelog: object) -> Iterator[tuple[str | None, str | None, str | None]]:
    for history in _records(changelog, "histories", "values"):
        items = history.get("items")
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict) and "status" in (item.get("field"), item.get("fieldId")):
                yield _word(history.get("created")), _word(item.get("fromString")), _word(item.get("toString"))


def _of_azure(revisions: Sequence[Mapping[str, object]]) -> Iterator[Change]:
    """Each work item's states, where a revision changes them."""
    last: dict[str | None, str | None] = {}
    for one in sorted(revisions, key=_revision):
        fields = _fields(one)
        key = _word(one.get("id")) or _word(fields.get("System.Id"))
        state = _word(fields.get("System.State"))
        if last.get(key) == state:
            continue
        last[key] = state
        moment = _word(fields.get("System.ChangedDate")) or _word(fields.get("Microsoft.VSTS.Common.StateChangeDate"))
        yield key, state, moment, _word(fields.get("System.WorkItemType")), _word(fields.get("System.Parent"))


def _revision(one: Mapping[str, object]) -> tuple[str, float]:
    number = one.get("rev") or _fields(one).get("System.Rev") or 0
    return str(one.get("id")), float(number) if isinstance(number, int | float | str) and str(number).isdigit() else 0.0
