"""Why no plan is possible: what clashes, and the least that would have to change, in the user's words with their cells."""

from __future__ import annotations

from portfolio.analysis.cell_locator import CellLocator
from portfolio.domain import Finding, Portfolio
from portfolio.optimizer.execution.cancellation import Count
from portfolio.optimizer.formulation import Formulation, RowSource
from portfolio.optimizer.infeasibility.guardrail_inputs import guardrail_inputs
from portfolio.optimizer.infeasibility.iis import infeasible_subsets
from portfolio.optimizer.infeasibility.repair import UNITS_TRIED, Repair, repairs
from portfolio.optimizer.infeasibility.repair_edits import Change
from portfolio.optimizer.problem import Problem
from portfolio.results.infeasibility import ChangeLine, ClashLine, Impossible, RepairLine
from portfolio.results.wording import amount, figure, place_words


def why_impossible(
    problem: Problem, formulation: Formulation, where: CellLocator, told: Count | None = None
) -> Impossible:
    """The clashes with their cells, and the cheapest repair in each unit; `told` hears of each unit."""
    (told or (lambda *_: None))(0, UNITS_TRIED)
    return Impossible(
        tuple(
            tuple(
                ClashLine(source.name, source.place, where.cells(guardrail_inputs(formulation, source)))
                for source in sources
            )
            for sources in infeasible_subsets(formulation)
        ),
        tuple(_repair_line(repair, problem.portfolio, where) for repair in repairs(problem, formulation, told=told)),
    )


def impossible_finding(impossible: Impossible, formulation: Formulation, where: CellLocator) -> Finding:
    """The finding that names the first clash, says how many more there are, and what the cheapest way out is."""
    named = [_clash_words(lines, formulation) for lines in impossible.clashes]
    alone = len(named) == 1 and len(impossible.clashes[0]) == 1
    rule = f"{'This cannot' if alone else 'These cannot all'} be kept: {named[0]}." if named else "Guardrails clash."
    rule += "".join(f" Nor can these: {words}." for words in named[1:])
    fix = "It has to give." if alone else "One of them has to give." if len(named) < 2 else "One of each has to give."
    if impossible.repairs:
        changes = "; and ".join(line.change for line in impossible.repairs[0].changes)
        fix = f"{fix[:-1]}; it is enough to {changes}."
    return Finding("error", where.file, "No plan is possible.", rule, fix)


def _clash_words(lines: tuple[ClashLine, ...], formulation: Formulation) -> str:
    return "; ".join(
        source_words(formulation, line.name, line.place) + (f" ({', '.join(line.fields)})" if line.fields else "")
        for line in lines
    )


def source_words(formulation: Formulation, name: str, place: object) -> str:
    """A guardrail with its place; of an epic that has to be done and has no room for it, also why."""
    placed = dict(place) if isinstance(place, dict) else {}
    words = place_words(name, placed)
    options, epic_id = formulation.options, placed.get("epic")
    if name in {"Must", "Start"} and epic_id and options.portfolio.epic_index[epic_id] not in options.epic:
        epic = options.portfolio.epics[options.portfolio.epic_index[epic_id]]
        first, last = epic.start or epic.earliest or "the start", epic.latest or "the end"
        words += f", which takes {epic.shortest} periods and does not fit between {first} and {last}"
    return words


def sources_words(formulation: Formulation, sources: list[RowSource], where: CellLocator) -> str:
    """Guardrails with their places and cells, one after the other."""
    return "; ".join(
        source_words(formulation, source.name, dict(source.place)) + where.named(guardrail_inputs(formulation, source))
        for source in sources
    )


def _repair_line(repair: Repair, portfolio: Portfolio, where: CellLocator) -> RepairLine:
    lines = [
        ChangeLine(
            change_words(change, portfolio) + where.named(path for path, _ in change.edits),
            where.cells(path for path, _ in change.edits),
            change.before,
            change.after,
        )
        for change in sorted(repair.changes, key=lambda change: abs(change.amount))
    ]
    return RepairLine(repair.unit, repair.total, repair.proven, tuple(lines))


def change_words(change: Change, portfolio: Portfolio) -> str:
    """A change as an order: `raise capacity of Web in PI 1 by 8`, `drop must of EP-3`."""
    place, epic = change.place, change.place.get("epic", "")
    if change.field in {"capacity", "budget"}:
        unit = "" if change.field == "capacity" else f" {portfolio.currency or 'money'}"
        when = place.get("period") or place.get("budget period")
        more = f"by {figure(change.amount)}{unit}"
        return f"raise {change.field} of {place['value stream']} in {when} {more}"
    if change.field in {"wip_limit", "portfolio_wip_limit"}:
        whose = f"the WIP limit of {place['value stream']}" if "value stream" in place else "the portfolio WIP limit"
        return f"raise {whose} from {figure(float(change.before or 0))} to {figure(float(change.after or 0))}"
    if change.field in {"at_least", "at_most"}:
        return _level_words(change, portfolio)
    if change.field in {"start", "earliest", "latest"} and change.after is not None:
        verb = {"start": "start {} in {}", "earliest": "let {} begin in {}", "latest": "let {} end in {}"}[change.field]
        return f"{verb.format(epic, change.after)} instead of {change.before}"
    rules = {"must": f"drop must of {epic}", "start": f"drop start of {epic}", "approved": f"approve {epic}"}
    if change.field in rules:
        return rules[change.field]
    return f"drop {place_words(change.name.lower(), place)}"


def _level_words(change: Change, portfolio: Portfolio) -> str:
    """A level of the sheet Guardrails: raised, lowered, or cleared where no share would be enough."""
    limit = next(limit for limit in portfolio.guardrails if limit.name == change.name)
    side = "at most" if change.field == "at_most" else "at least"
    if change.after is None:
        return f"drop {side} of {change.name}"
    unit = portfolio.currency or "money" if limit.measure in {"spend", "capex", "opex"} else ""
    before, after = (
        f"{float(level or 0):.1%}".replace(".0%", "%") if limit.of else amount(float(level or 0), unit).strip()
        for level in (change.before, change.after)
    )
    return f"{'raise' if side == 'at most' else 'lower'} {side} of {change.name} from {before} to {after}"
