"""Random histories: epics that are re-opened, withdrawn, stopped, still open or done in a day, in days or in several time zones."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

Row = dict[str, Any]
ZONE = "Europe/Berlin"
KINDS = {
    "Funnel": "before", "Analyzing": "before", "Ready": "waiting", "Implementing": "active", "Testing": "active",
    "Done": "done", "Stopped": "stopped",
}  # fmt: skip
FIRST, AS_OF = date(2026, 10, 1), date(2027, 3, 31)


def random_history(seed: int) -> list[Row]:
    """Rows as JSON holds them, of a dozen epics and some of their stories, not in the order of days."""
    rng = random.Random(seed)
    rows = []
    for number in range(rng.randint(3, 25)):
        rows += life(rng, f"E{number}", None)
        for story in range(rng.choice((0, 0, 1, 3))):
            rows += life(rng, f"E{number}.{story}", f"E{number}")
    if rng.random() < 0.3:
        rows.append(dict(rng.choice(rows)))
    return rows


def life(rng: random.Random, name: str, parent: str | None) -> list[Row]:
    """One epic or story, mostly forward, now and then back, over or not."""
    path = ["Funnel", "Analyzing", "Ready", "Implementing", "Testing", "Done"]
    states = [state for state in path if rng.random() < 0.7] or ["Implementing"]
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        states += rng.sample(path, 2)
    if rng.random() < 0.15:
        states.append("Stopped")
    if rng.random() < 0.1:
        states.append(rng.choice(path))
    day = FIRST + timedelta(days=rng.randint(0, 170))
    in_hours, rows = rng.random() < 0.4, []
    at = datetime(day.year, day.month, day.day, rng.randint(0, 23), rng.choice((0, 30)))
    for state in states:
        if in_hours:
            offset = timezone(timedelta(hours=rng.choice((-8, -5, 0, 1, 5.5, 9))))
            when = at.replace(tzinfo=UTC).astimezone(offset).isoformat()
        else:
            when = at.date().isoformat()
        rows.append({"epic": name, "state": state, "entered": when, "parent": parent})
        at += timedelta(hours=rng.choice((0, 1, 7, 24, 24 * 3, 24 * 9, 24 * 30)))
    return rows if in_hours or rng.random() < 0.5 else by_day(rng, rows)


def by_day(rng: random.Random, rows: list[Row]) -> list[Row]:
    """The same in another order of days; those of one day stay in theirs."""
    days = list(dict.fromkeys(row["entered"] for row in rows))
    rng.shuffle(days)
    return [row for day in days for row in rows if row["entered"] == day]


def random_blocks(seed: int) -> list[Row]:
    """Stretches in which epics were blocked, some of them still."""
    rng = random.Random(seed)
    rows = []
    for number in range(rng.randint(0, 8)):
        since = FIRST + timedelta(days=rng.randint(0, 170))
        until = since + timedelta(days=rng.randint(0, 40))
        ended = until <= AS_OF and rng.random() < 0.8
        rows.append({"epic": f"E{number}", "since": since.isoformat(), "until": until.isoformat() if ended else None})
    return rows
