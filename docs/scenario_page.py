"""The page of the reference about scenarios, from the verbs and names that are declared in the source."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from portfolio.domain import Epic
from portfolio.domain.field import entry
from portfolio.domain.limit_spec import LimitSpec
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.value_stream import ValueStream
from portfolio.edits import VERBS
from portfolio.edits.figures import DROPPABLE, LIMIT_FIELDS, OF_EVERY_STREAM, SETTINGS, STREAM_FIELDS
from portfolio.results.alternative import Use
from portfolio.results.comparison import Comparison
from portfolio.results.frontier import Frontier
from portfolio.results.replan_report import ReplanReport

Table = Callable[..., str]
ALTERNATIVE = (
    ("`name`", "`As it is`, the scenario's name, or the file's"),
    ("`changes[]`", "`change` in words, `place` (line or cell), and `figures[]` with `figure`, `before`, `after`"),
    ("`outcome`", "as `plan` prints it"),
    ("`spend`, `epics_started`, `utilisation`", "in money, a count, a share of all capacity; null without a plan"),
    ("`value_streams[]`", "`id`, `title`, `effort`, `capacity`, over all periods"),
    ("`guardrails_broken`, `guardrails_at_their_limit`", "counts of guardrails, one for each place"),
    ("`effect`", "the difference to the first alternative, as `plan` of `diff`; null for the first"),
)
STEP = (
    ("`step`, `amount`", "as it was written, and as a number"),
    ("`outcome`, `gain`", "as `plan` prints it, and the value less that of the step before"),
    ("`spend`, `epics_started`, `utilisation`, `value_streams[]`", "as for an alternative"),
    ("`epics[]`", "`id`, `start`, `finish` of the epics that start"),
)
KEPT = (
    ("`agreed`", "epics agreed that the portfolio still has"),
    ("`dropped[]`, `started[]`", "IDs of agreed epics that wait now, and of others that start"),
    ("`moved[]`", "`id`, `before` and `after`, each first and last period"),
    ("`fewest`", "whether it is proven that no plan worth as much changes less"),
    ("`best_value`, `floor`, `tolerance`, `value`, `cost`", "the best plan found, what may not be fallen below, and this plan"),
    ("`left_out`", "what was agreed and cannot be kept, by ID with the reason"),
    ("`places`", "where the order of the sheet decides: `allowed`, and `later`, how many periods later each ends, by ID"),
)  # fmt: skip


def scenario_page(table: Table, sheet: str) -> str:
    """The whole page; `sheet` is the table of the sheet Scenarios."""
    parts = [
        "# Scenarios",
        "A scenario is a name and a list of changes, made in their order. They stand on a sheet `Scenarios` of the "
        "workbook, in a YAML file beside it (`portfolio.scenarios.yaml` for `portfolio.xlsx` or `portfolio.json`), or in "
        "the file that `--scenarios` names. Both places are read; a name counts once.",
        "## What a change does",
        table(("Change", "Value follows", "What it means"), _verbs()),
        "A percentage is a share: `80%` is 0.8. Whole numbers that are scaled are rounded to the nearest. Relaxed without "
        f"a value are whole guardrails and dependencies, and these fields: {_words([_title(field) for field in DROPPABLE])}.",
        "## What it changes",
        table(("Name", "What it means"), _names()),
        "Case, spaces and punctuation do not matter. Value streams and epics are named by ID or title, periods by their "
        "label; a budget period means each of its periods. `budget` means a guardrail of that name only where no value "
        "stream has a budget; `guardrail Budget` always does. A name that is not known is a finding with the nearest one.",
        "## The sheet Scenarios",
        sheet,
        "## The YAML file",
        "`format: 1`, then `scenarios`: the name of each with its list of changes. A change is its verb with a name, then "
        "the word in the second column above with the value: `{set: capacity of Web in PI 2, to: 60}`.",
        "# What `portfolio compare --json` prints",
        f"{inspect.getdoc(Comparison)} `format`, `portfolio` (its name), `unit` (of value), `alternatives[]` and "
        "`findings[]`.",
        table(("Field", "Holds"), ALTERNATIVE),
        inspect.getdoc(Use) or "",
        "# What `portfolio compare --vary --json` prints",
        f"{inspect.getdoc(Frontier)} `format`, `portfolio`, `unit`, `figure`, `direction`, `steps[]` and `findings[]`.",
        table(("Field", "Holds"), STEP),
        "# What `portfolio plan --keep --json` prints besides",
        f"{inspect.getdoc(ReplanReport)} All of it is in `kept`.",
        table(("Field", "Holds"), KEPT),
    ]
    return "\n\n".join(parts) + "\n"


def _verbs() -> list[tuple[str, str, str]]:
    return [(f"`{verb}`", f"`{word}`" if word else "", meaning) for verb, (word, meaning) in VERBS.items()]


def _names() -> list[tuple[str, str]]:
    streams = [entry(ValueStream, field).title for field in STREAM_FIELDS]
    alone = [entry(ValueStream, field).title for field in OF_EVERY_STREAM]
    settings = [entry(Portfolio, field).title for field in SETTINGS]
    levels = [entry(LimitSpec, field).title for field in LIMIT_FIELDS]
    return [
        ("`capacity of Web in PI 2`, `budget of Web in FY27`", "Of a value stream, in one period or some."),
        ("`capacity of Web`, `WIP limit of Web`", f"{_words(streams)}: of a value stream, in every period."),
        ("`capacity`, `budget in PI 2`", f"{_words(alone)}: of every value stream that has one."),
        ("`WIP limit`, `discount rate`", f"Settings: {_words(settings)}, Period weeks."),
        ("`benefit per week of EP-3`", "Any field of an epic but its ID and title."),
        ("`effort of EP-3 in Web`, `effort of EP-3`", "From one value stream, or from each that it needs."),
        ("`benefit per week`", "That field of every epic that has it."),
        ("`Horizon 3 floor`, `guardrail Budget`", "A guardrail; its level, where it has only one."),
        ("`at most of Horizon 1 ceiling`", f"{_words(levels)} of a guardrail."),
        ("`dependency of EP-3 on EP-6`, `dependency of EP-3`", "One dependency, or all that an epic has."),
        ("`dependencies`", "All of them."),
        ("`EP-3`", "An epic, to lock or ban."),
    ]


def _title(field: str) -> str:
    """What people call a field, whichever record has it."""
    record = next(one for one in (Portfolio, ValueStream, Epic, LimitSpec) if field in one.model_fields)
    return entry(record, field).title


def _words(fields: list[str] | tuple[str, ...]) -> str:
    return ", ".join(fields)
