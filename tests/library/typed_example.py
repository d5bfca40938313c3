"""A program that names the type of everything that the library returns; mypy --strict has to agree with each of them.

It is checked and never run: `tests/library/test_types.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import pandas as pd

import portfolio as pf
from portfolio.exchange.portfolio_frames import PortfolioFrames
from portfolio.results.comparison import Comparison
from portfolio.results.difference import Difference
from portfolio.results.explanations import Explained
from portfolio.results.frontier import Frontier
from portfolio.results.prices import PriceList
from portfolio.results.replan_report import ReplanReport


def whole_way(path: str | Path, cancel: pf.CancelToken) -> pf.Answer:
    """From a file to an answer, with every question on the way."""
    bank = assert_type(pf.load(path, "safe"), pf.Loaded)
    assert_type(bank.findings, tuple[pf.Finding, ...])
    assert_type(bank.portfolio, pf.Portfolio | None)
    assert_type(bank.ready, pf.Portfolio)
    assert_type(pf.check(bank), tuple[pf.Finding, ...])
    ranking = assert_type(pf.rank(bank), pf.Ranking)
    answer = assert_type(pf.plan(bank, 0.01, 5, progress=said, cancel=cancel), pf.Answer)
    assert_type(answer.plan, pf.Plan | None)
    assert_type(answer.outcome.value, float | None)
    assert_type(pf.explain(bank, ["E2"]), Explained)
    assert_type(pf.prices(bank), PriceList)
    assert_type(pf.compare(bank, {"Fewer people": ["scale capacity of Shop by 80%"]}), Comparison)
    assert_type(pf.vary(bank, "budget 80%..120% by 5%"), Frontier)
    less = assert_type(pf.scenario(bank, "Fewer people", "scale capacity of Shop by 80%"), pf.Loaded)
    assert_type(pf.diff(bank, less), Difference)
    assert_type(pf.replan(less, answer), ReplanReport | pf.Answer)
    for result in (bank, ranking, answer):
        assert_type(result.frame(), pd.DataFrame)
    assert_type(pf.write(answer, path), tuple[pf.Finding, ...] | None)
    return answer


def in_memory(epics: pd.DataFrame) -> pf.Loaded:
    """A portfolio from frames, and back."""
    toy = assert_type(pf.from_frames(epics, settings={"Currency": "kEUR"}), pf.Loaded)
    frames = assert_type(pf.to_frames(toy), PortfolioFrames)
    assert_type(frames["epics"], pd.DataFrame)
    assert_type(pf.from_frames(**frames), pf.Loaded)
    return pf.from_frames(epics=[{"id": "E"}], capacity={"Value stream": ["A"], "PI 1": [10]})


def said(seconds: float, value: float | None, bound: float) -> None:
    """What hears how a search goes."""


def what_went_wrong(problem: pf.PortfolioError) -> list[str]:
    """The findings of an error, or its sentence."""
    if isinstance(problem, pf.HasErrorsError):
        return [assert_type(finding, pf.Finding).fix for finding in problem.findings]
    return [str(problem)] if isinstance(problem, pf.WrongUseError) else []
