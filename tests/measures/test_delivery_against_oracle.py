"""Random deployments, integrations, dependencies and key results measured by the product and by the oracle."""

from __future__ import annotations

import math
import random
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from portfolio.domain import Dependency, KeyResult
from portfolio.domain.evidence import Deployment, Incident, Integration
from portfolio.measures.days import day_number
from portfolio.measures.delivery import delivery
from portfolio.measures.dependency_ageing import to_resolve
from portfolio.measures.integration import integration_health
from portfolio.measures.outcomes import progress, time_passed
from portfolio.results.flow.delivery import Times
from tests import measures_oracle as measured

FIRST, AS_OF = date(2027, 1, 1), date(2027, 3, 31)
END = datetime(2027, 4, 1)
WINDOW = day_number(FIRST), day_number(AS_OF)
HALF, MOST = Fraction(1, 2), Fraction(85, 100)
FEW, MANY = range(6), range(6, 300)


def some_moment(rng: random.Random, least: datetime = datetime(2026, 12, 1)) -> datetime:
    """A moment before the end of as of, a few of them before the window."""
    return least + (END - timedelta(hours=1) - least) * rng.random()


def random_deployments(rng: random.Random) -> list[measured.Row]:
    """Deployments, some of which failed, and some of those recovered."""
    rows = []
    for number in range(rng.randint(1, 40)):
        begun = some_moment(rng)
        deployed = some_moment(rng, begun)
        row: measured.Row = {"id": f"D{number}", "value_stream": "S", "deployed": deployed.isoformat()}
        row |= {"failed": rng.random() < 0.4, "unplanned": rng.random() < 0.2}
        if rng.random() < 0.8:
            row["first_commit"] = begun.isoformat()
        if row["failed"] and rng.random() < 0.7:
            row["recovered"] = some_moment(rng, deployed).isoformat()
        rows.append(row)
    return rows


def of_times(what: str, found: Times, known: list[measured.Observed]) -> list[tuple[str, Any, Any]]:
    """Percentiles with what is still open, where enough is over to say any."""
    over = sum(one.ended for one in known)
    pairs: list[tuple[str, Any, Any]] = [(f"{what} counts", (found.over, found.open), (over, len(known) - over))]
    if over < 5 or measured.is_too_short(known):
        return [*pairs, (what, (found.spread.p50, found.spread.p85), (None, None))]
    for share, ours in ((HALF, found.spread.p50), (MOST, found.spread.p85)):
        theirs = measured.percentile(known, share)
        theirs = None if isinstance(theirs, measured.MoreThan) else theirs
        pairs.append((f"{what} {share}", ours is theirs or (ours and theirs and math.isclose(ours, theirs)), True))
    return pairs


def of_delivery(rng: random.Random) -> list[tuple[str, Any, Any]]:
    rows = random_deployments(rng)
    incidents = [{"value_stream": "S", "began": (at := some_moment(rng)).isoformat(),
                  **({"restored": some_moment(rng, at).isoformat()} if rng.random() < 0.8 else {})}
                 for _ in range(rng.randint(0, 12))]  # fmt: skip
    found = delivery(
        [Deployment.model_validate(row) for row in rows],
        [Incident.model_validate(row) for row in incidents],
        WINDOW,
        None,
    )[0]
    seen = measured.within(rows, "deployed", FIRST, AS_OF)
    per_week, with_one, length = measured.deployment_frequency(rows, FIRST, AS_OF)
    leads = [measured.Observed(-1, hours, True) for hours in measured.change_lead_times(seen)]
    hurt = measured.restore_times(measured.within(incidents, "began", FIRST, AS_OF), END)
    return [
        ("per week", math.isclose(found.per_week, per_week), True),
        ("days", (found.days_with.part, found.days_with.whole), (with_one, length)),
        ("failed", (found.failed.part, found.failed.whole), measured.share_of(seen, lambda row: row["failed"])),
        *of_times("lead time", found.lead_time, leads),
        *of_times("recovery", found.recovery, measured.recoveries(seen, END)),
        *of_times("restore", found.restore, hurt),
    ]


def of_integration(rng: random.Random) -> list[tuple[str, Any, Any]]:
    rows: list[measured.Row] = []
    for _ in range(rng.randint(1, 20)):
        run = rng.randint(1, 200)
        rows.append({"value_stream": "S", "integrated": some_moment(rng).date().isoformat(), "tests_run": run,
                     "tests_passed": run - rng.choice((0, 0, min(run, 3))), "releasable": rng.random() < 0.6})  # fmt: skip
    if not measured.within(rows, "integrated", FIRST, AS_OF):
        return []
    found = integration_health([Integration.model_validate(row) for row in rows], WINDOW, None)[0]
    known = measured.integration(rows, FIRST, AS_OF)
    return [
        ("gap", found.longest_gap, known.longest_gap),
        ("since", found.days_since, known.since_last),
        ("releasable", found.days_since_releasable, known.since_releasable),
        ("passed", found.tests.share, pytest.approx(float(known.pass_rate or 0))),
        ("all passed", found.all_passed.share, pytest.approx(float(known.all_passed))),
        ("share releasable", found.releasable.share, pytest.approx(float(known.releasable))),
    ]


def of_dependencies(rng: random.Random) -> list[tuple[str, Any, Any]]:
    rows: list[measured.Row] = []
    for number in range(rng.randint(1, 20)):
        raised = FIRST + timedelta(days=rng.randint(0, 80))
        row = {"predecessor": f"A{number}", "successor": f"B{number}", "raised_on": raised.isoformat()}
        if rng.random() < 0.6:
            row["resolved_on"] = (raised + timedelta(days=rng.randint(0, (AS_OF - raised).days))).isoformat()
        rows.append(row)
    found = to_resolve([Dependency.model_validate(row) for row in rows], day_number(AS_OF))
    known = measured.survival(measured.time_to_resolve(rows, AS_OF))
    return [
        ("days", list(found.times), list(known)),
        ("unresolved", list(found.share), pytest.approx([float(share) for share in known.values()])),
    ]


def of_outcomes(rng: random.Random) -> list[tuple[str, Any, Any]]:
    pairs = []
    for _ in range(10):
        baseline = rng.randint(0, 50)
        target = rng.choice((baseline, rng.randint(0, 50)))
        begun, until = FIRST - timedelta(days=rng.randint(0, 99)), FIRST + timedelta(days=rng.randint(1, 300))
        row: measured.Row = {
            "objective": "O", "key_result": "K", "baseline": baseline, "target": target, "current": rng.randint(-10, 60),
            "baseline_on": begun.isoformat(), "target_on": until.isoformat(), "measured_on": "2027-03-01",
        }  # fmt: skip
        if target == baseline:
            row["better_when"] = rng.choice(("higher", "lower"))
        reading = KeyResult.model_validate(row)
        pairs.append((f"progress of {row}", progress(reading), pytest.approx(float(measured.progress(row)))))
        pairs.append((f"time of {row}", time_passed(reading), pytest.approx(float(measured.time_passed(row)))))
    return pairs


def differences(seed: int) -> list[str]:
    """Where product and oracle part, in words."""
    rng = random.Random(seed)
    pairs = [*of_delivery(rng), *of_integration(rng), *of_dependencies(rng), *of_outcomes(rng)]
    return [f"{what}: {one} is {other}" for what, one, other in pairs if one != other]


@pytest.mark.parametrize("seed", FEW)
def test_random_evidence(seed: int) -> None:
    assert differences(seed) == []


@pytest.mark.many
@pytest.mark.parametrize("seed", MANY)
def test_much_random_evidence(seed: int) -> None:
    assert differences(seed) == []
