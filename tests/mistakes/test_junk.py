"""Whatever stands in a cell or a field, reading ends in findings, never in a traceback."""

from __future__ import annotations

import copy
import datetime
import random
from pathlib import Path
from typing import Any

import pytest

from portfolio.domain.parsing import build
from portfolio.intake.read_portfolio import read_portfolio
from tests.mistakes.cases import Case, sound
from tests.mistakes.make import write
from tests.random_portfolios import random_portfolio

JUNK: tuple[Any, ...] = (
    *(None, "", " ", 0, -1, 1.5, 1e308, True, False, "x", "yes", "PI 1", "EP-1", "PAY", "=1+", "#REF!", "1.234", "80%"),
    *(
        "%",
        "-",
        "0: 1; 2",
        ":",
        ";",
        ",",
        "=",
        "a = b",
        "Horizon =",
        "\u00a0",
        "\u0661",
        "🙂",
        "A" * 500,
        "Total",
        "ID",
    ),
    *("Epics", "Value stream", "2027-13-45", "nan", "inf", "1e999"),
    *(datetime.date(1900, 1, 1), datetime.time(8), datetime.timedelta(days=3)),
)
JSON_JUNK: tuple[Any, ...] = (
    *(None, "", 0, -1, 1.5, 10**400, 2**63, float("nan"), float("inf"), True, "x", "2027-13-45", "\ud800"),
    *([], {}, [None], [[1]], [[1, 2, 3]], ["E1"], {"a": None}, {"": 1}, {"id": "E1"}),
)


@pytest.mark.parametrize("seed", range(40))
def test_junk_in_cells(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    cells = {}
    for _ in range(chance.choice((1, 3, 12))):
        name = chance.choice(list(sound()))
        cells[f"{name}!{chance.choice('ABCDEFGHIJKLMNOPQRSTU')}{chance.randint(1, 6)}"] = chance.choice(JUNK)
    write(Case("junk", cells, ()), tmp_path / "junk.xlsx")
    reading = read_portfolio(tmp_path / "junk.xlsx")
    failed = any(finding.severity == "error" for finding in reading.findings)
    assert (reading.portfolio is None) == failed
    assert all(finding.place and finding.what and finding.rule and finding.fix for finding in reading.findings)


def put_junk(chance: random.Random, here: Any) -> None:
    """Replaces something somewhere inside by junk, or adds it under another name."""
    steps = list(here) if isinstance(here, dict) else list(range(len(here)))
    if not steps:
        return
    step = chance.choice(steps)
    if isinstance(here[step], dict | list) and chance.random() < 0.8:
        put_junk(chance, here[step])
    elif isinstance(here, dict) and chance.random() < 0.2:
        here[f"{step}s"] = chance.choice(JSON_JUNK)
    else:
        here[step] = copy.deepcopy(chance.choice(JSON_JUNK))


@pytest.mark.parametrize("seed", range(300))
def test_junk_in_fields(seed: int) -> None:
    chance = random.Random(seed)
    raw = random_portfolio(seed)
    for _ in range(chance.choice((1, 2, 6, 20))):
        put_junk(chance, raw)
    portfolio, problems = build(raw)
    assert (portfolio is None) == any(problem.severity == "error" for problem in problems)
    assert all(problem.what and problem.rule and problem.fix for problem in problems)
