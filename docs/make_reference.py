"""Writes docs/reference from the source, so that nothing is said twice.

Run `python docs/make_reference.py`; with `--check` it writes nothing and exits with 1 if a page is stale.
"""

from __future__ import annotations

import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import click
from difference_page import difference_parts
from flow_page import flow_parts
from language_page import languages_page
from model_pages import model_pages, models_page
from patterns_page import patterns_page
from prices_page import prices_parts
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from python_page import python_page
from scenario_page import scenario_page
from simulated_page import simulated_parts
from tables_page import tables_page

from portfolio import cli, guardrails, policies, urgency
from portfolio.domain import Calendar, Dependency, Epic, KeyResult, LimitSpec, Portfolio, ValueStream
from portfolio.domain.evidence import LISTS, Evidence
from portfolio.domain.field import entry
from portfolio.domain.limit_spec import EPIC_ATTRIBUTES, PLACES
from portfolio.domain.scoring_shapes import SHAPES
from portfolio.guardrails import budget_shift
from portfolio.guardrails.rule import Rule
from portfolio.intake import columns
from portfolio.intake.evidence_columns import EVIDENCE_SHEETS, needed
from portfolio.intake.exports.mapping import Fields, Link, Mapping, Parent, Rows, Source, names, read_mapping
from portfolio.intake.scenario_columns import SCENARIOS
from portfolio.intake.values import cell_values
from portfolio.optimizer.outcome import Outcome
from portfolio.results.allocation import StreamLine
from portfolio.results.epic_decisions import EpicLine
from portfolio.results.funding import EpicFunding, Funding, FundingLine, MoveLine
from portfolio.results.guardrails import SHOWN
from portfolio.results.impossible import ChangeLine, ClashLine, Impossible, RepairLine
from portfolio.scoring import METHODS, RankedEpic
from portfolio.workbook import sheets

FOLDER = Path(__file__).parent / "reference"
HEADINGS = ("Rule", "Formula", "Unit", "Why", "Source", "Example")
IN_JSON: dict[str, Callable[[str], Any]] = {
    "pairs": cell_values.as_points,
    "mapping": cell_values.as_filter,
    "list": cell_values.as_list,
    "yes/no": "yes".__eq__,
}
"""Examples are declared as they stand in a cell; this is how the same is written in JSON."""
_HIDDEN = [field.name for field in fields(guardrails.GuardrailStatus) if field.name not in SHOWN]
Pages = dict[str, str]


def pages() -> Pages:
    """Every page of the reference by its file name."""
    content = {
        "commands.md": _commands(),
        "workbook.md": _workbook(),
        "json.md": _json(),
        "scoring.md": _scoring(),
        "urgency.md": _family("Urgency profiles", "How the value of an epic fades with time.", urgency.PROFILES),
        "guardrails.md": _guardrails(),
        "policies.md": _family(
            "Policy checks", "What `portfolio check` measures, with the limits that a model names.", policies.CHECKS
        ),
        "models.md": models_page(_table),
        "patterns.md": patterns_page(_table),
        "mappings.md": _mappings(),
        "languages.md": languages_page(_table),
        "scenarios.md": scenario_page(_table, _sheet_table(SCENARIOS)),
        "python.md": python_page(),
        "tables.md": tables_page(_table),
    }
    titles = [(text.splitlines()[0].removeprefix("# "), name) for name, text in content.items()]
    index = "\n".join(f"- [{title}]({name})" for title, name in titles)
    content["README.md"] = f"# Reference\n\nGenerated from the source by `docs/make_reference.py`.\n\n{index}\n"
    return content | model_pages(_table)


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def _code(value: object) -> str:
    return f"`{value}`" if value not in (None, "") else ""


def _commands() -> str:
    parts = ["# Commands", inspect.cleandoc(cli.group.help or "").replace("\b", "")]
    parts.append(f"Exit codes: {inspect.getdoc(cli.main).split(chr(10))[-1]}")  # type: ignore[union-attr]
    for name in cli.COMMANDS:
        command = cli.load_command(name)
        usage = " ".join(command.collect_usage_pieces(click.Context(command)))
        parts += [f"## portfolio {name}", f"`portfolio {name} {usage}`", inspect.cleandoc(command.help or "")]
        options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
        if options:
            parts.append(_table(("Option", "What it does", "Default"), map(_option, options)))
    return "\n\n".join(parts) + "\n"


def _option(option: click.Option) -> tuple[str, str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    value = "" if option.is_flag else f" {option.metavar or 'SHARE'}"
    return f"`{names}{value}`", option.help or "", _code(option.default) if option.show_default else ""


def _workbook() -> str:
    parts = [
        "# The workbook",
        "Names of sheets and columns are recognised without regard to case, spaces, punctuation, order or position, "
        "and by the other names listed. Sheets and columns that are not listed are ignored. An empty cell means not "
        "given, never 0.",
    ]
    for sheet in columns.SHEETS:
        setting = sheet is columns.SETTINGS
        parts.append(f"## {sheet.name}")
        if sheet.aliases:
            parts.append(f"Also called: {', '.join(sheet.aliases)}.")
        if setting:
            parts.append(f"Two columns, {' and '.join(columns.SETTING_HEADINGS)}; a row for each setting.")
        first = "Setting" if setting else "Column"
        parts.append(_sheet_table(sheet, first))
        if sheet in (columns.CAPACITY, columns.BUDGET):
            what = "units of effort" if sheet is columns.CAPACITY else "money"
            parts.append(f"Then one column per period, headed by the period's name, with the {what} there is.")
    parts.append("## Evidence")
    parts.append(
        "What happened and what was said, on sheets beside the portfolio, which ranking and plan do not change by. They are "
        "read by their names, in any language, where they have the columns marked *; columns of people are not read. A row "
        "that cannot be right counts for nothing, and a warning says so."
    )
    for sheet in EVIDENCE_SHEETS:
        parts.append(f"### {sheet.name}")
        parts.append(f"Also called: {', '.join(sheet.aliases)}.")
        parts.append(_sheet_table(replace(sheet, columns=tuple(_marked(sheet)))))
    parts += [
        f"## {SCENARIOS.name}",
        "What would change in a [scenario](scenarios.md); it is no part of the portfolio.",
    ]
    return "\n\n".join([*parts, *_results()]) + "\n"


def _marked(sheet: columns.Sheet) -> Iterable[columns.Column]:
    """The columns of a sheet of evidence, those that it needs with their mark."""
    own = needed(sheet)
    return (replace(one, heading=f"{one.heading} *") if one.field in own else one for one in sheet.columns)


def _sheet_table(sheet: columns.Sheet, first: str = "Column") -> str:
    return _table((first, "Takes", "What it means", "Example", "Also called"), map(_column, sheet.columns))


def _column(column: columns.Column) -> tuple[str, str, str, str, str]:
    takes = " / ".join(column.choices) if column.choices else column.kind
    return column.heading, takes, column.description, _example(column.example), ", ".join(column.aliases + column.loose)


def _example(value: object) -> str:
    return _code(value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False))


def _results() -> list[str]:
    """What is written: a sheet is described by the first sentence of the file that writes it; answers come first."""
    described = {}
    for module in pkgutil.iter_modules(sheets.__path__):
        text = inspect.getdoc(import_module(f"{sheets.__name__}.{module.name}")) or ""
        if found := re.match(r"The sheet `([^`]+)`: (.)(.*)", text.replace("\n", " ")):
            described[found[1]] = found[2].upper() + found[3]
    rows = [
        (name, described[name]) for name in dict.fromkeys([*(sheet.name for sheet in sheets.RESULT_SHEETS), *described])
    ]
    return [
        "## Results",
        "Written by `portfolio plan FILE -o OUT.xlsx` beside the inputs, or by `portfolio compare`, `prices` and `explain` "
        "into a workbook of their own, and never read.",
        _table(("Sheet", "What it shows"), rows),
        f"On `Epics`, these columns are written and never read: {', '.join(columns.NEVER_READ)}.",
    ]


def _json() -> str:
    records = (("The portfolio", "", Portfolio), ("Calendar", "calendar", Calendar),
               ("Value stream", "value_streams[]", ValueStream), ("Epic", "epics[]", Epic),
               ("Dependency", "dependencies[]", Dependency), ("Guardrail", "guardrails[]", LimitSpec),
               ("Key result", "outcomes[]", KeyResult), ("Evidence", "evidence", Evidence),
               *((str(Evidence.model_fields[name].title), f"evidence.{name}[]", row) for name, row in LISTS.items()))  # fmt: skip
    parts = ["# JSON", "The same portfolio without Excel. What is not given is absent; an unknown field is a finding. "
             "`portfolio schema` prints the JSON Schema."]  # fmt: skip
    for title, place, record in records:
        parts += [f"## {title}" + (f": `{place}`" if place else ""), _first_sentence(record), _record_table(record)]
    answers = (("Outcome", "outcome", Outcome, ()), ("Epics", "epics[]", EpicLine, ()),
               ("Value streams", "value_streams[]", StreamLine, ()),
               ("Guardrails", "guardrails[]", guardrails.GuardrailStatus, _HIDDEN),
               ("Funding", "funding", Funding, ()),
               ("Funding of value streams", "funding.value_streams[]", FundingLine, ()),
               ("Moves of money", "funding.moves[]", MoveLine, ()),
               ("Funding of epics", "funding.epics[]", EpicFunding, ()),
               ("Why no plan is possible", "impossible", Impossible, ()),
               ("Members of a clash", "impossible.clashes[][]", ClashLine, ()),
               ("Repairs", "impossible.repairs[]", RepairLine, ()),
               ("Changes of a repair", "impossible.repairs[].changes[]", ChangeLine, ()))  # fmt: skip
    parts += ["# What `portfolio plan FILE --json` prints",
              "`format`, `portfolio` (its name), `model`, and the parts below. `findings[]` hold `severity`, `place`, "
              "`message` and `fix`. `funding` is null without a plan, `impossible` wherever a plan is possible."]  # fmt: skip
    for title, place, line, hidden in answers:
        parts += [f"## {title}: `{place}`", inspect.getdoc(line) or "", _line_table(line, hidden)]
    parts += ["# What `portfolio rank FILE --json` prints", "`epics[]`, best first, and `findings[]`.",
              inspect.getdoc(RankedEpic) or "", _line_table(RankedEpic), *difference_parts(_line_table),
              *prices_parts(_line_table), *simulated_parts(_table), *flow_parts(_table)]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _record_table(record: type[BaseModel]) -> str:
    rows = []
    for name, field in record.model_fields.items():
        found = entry(record, name)
        literal = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
        takes = " / ".join(map(str, found.choices or literal)) or found.kind
        example = IN_JSON.get(found.kind, str)(found.example) if isinstance(found.example, str) else found.example
        shown = "" if example is None else _code(json.dumps(example, ensure_ascii=False))
        rows.append((f"`{name}`", takes, found.description, shown))
    return _table(("Field", "Takes", "What it means", "Example"), rows)


def _line_table(line: type, hidden: Sequence[str] = ()) -> str:
    hints = get_type_hints(line)
    shown = {field.name: field.metadata.get("json", field.name) for field in fields(line) if field.name not in hidden}
    return _table(("Field", "Holds"), [(f"`{name}`", _type_words(hints[own])) for own, name in shown.items()])


def _type_words(hint: Any) -> str:
    words = {str: "text", float: "number", int: "whole number", bool: "true / false", NoneType: "null"}
    if hint in words:
        return words[hint]
    if get_origin(hint) is Literal:
        return " / ".join(map(str, get_args(hint)))
    if hint in (Any, object) or get_origin(hint) is tuple:
        return "anything" if hint in (Any, object) else "list"
    if get_origin(hint) is MappingType or is_dataclass(hint):
        return "object"
    return " / ".join(map(_type_words, get_args(hint)))


def _family(title: str, what: str, members: Iterable[Any]) -> str:
    parts = [f"# {title}", what]
    for member in members:
        parts += [f"## {member.name}", _member(type(member))]
    return "\n\n".join(parts) + "\n"


def _scoring() -> str:
    parts = [_family("Scoring methods", "How epics are ranked.", METHODS).rstrip()]
    parts.append(
        "The setting `Ranked by` of a portfolio, or `method` in a model's `scoring`, chooses one of these instead; a table "
        "that has their columns and no other scores is ranked by them, and says so."
    )
    for shape in SHAPES:
        says = ("rule", "formula", "unit", "why", "source", "example")
        lines = [f"- **{name.capitalize()}**: {_cell(getattr(shape, name)).rstrip('.')}." for name in says]
        parts += [f"## {shape.name}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _guardrails() -> str:
    parts = [
        "# Guardrails",
        "What a plan must respect. A guardrail is declared once; the solver's rows, the check of any plan and the "
        "table of results come from that declaration.",
        f"Epics are filtered and grouped by {', '.join(EPIC_ATTRIBUTES)}; work also by {', '.join(PLACES)}.",
    ]
    for heading, kinds in (("Limits", guardrails.LIMITS), ("Rules", (*guardrails.RULES, *guardrails.CHECKS))):
        parts.append(f"## {heading}")
        for kind in kinds:
            title = kind.__name__.replace("_", " ").capitalize().replace("Wip", "WIP").replace("wip", "WIP")
            parts += [f"### {title}", _member(_documented(kind))]
        if heading == "Limits":
            parts += ["### Budget shift", _member(budget_shift.BudgetShift)]
    return "\n\n".join(parts) + "\n"


def _documented(kind: Any) -> Any:
    """A limit is documented where it is made, a rule by its class, the first of its file."""
    if "Rule:" in (kind.__doc__ or ""):
        return kind
    module = import_module(kind.__module__)
    members = [member for member in vars(module).values() if inspect.isclass(member) and issubclass(member, Rule)]
    return next(member for member in members if member.__module__ == module.__name__)


def _first_sentence(documented: Any) -> str:
    return " ".join((inspect.getdoc(documented) or "").split("\n\n")[0].split())


def _member(documented: Any) -> str:
    """A family member's docstring: its sentence, then a line for each heading."""
    sentence, *rest = (inspect.getdoc(documented) or "").split("\n\n", 1)
    lines: list[str] = []
    for line in "\n".join(rest).splitlines():
        heading, _, text = line.partition(":")
        if heading in HEADINGS:
            lines.append(f"- **{heading}**: {_unstarred(text)}")
        elif line.strip():
            lines[-1] += f" {_unstarred(line)}"
    return " ".join(sentence.split()) + "\n\n" + "\n".join(lines)


def _unstarred(text: str) -> str:
    """Text in which a product's star is no emphasis."""
    return text.strip().replace("*", r"\*")


def _mappings() -> str:
    parts = [
        "# Column mappings",
        "Which headings of another tool's export mean which field of an epic: one page of YAML for each tool, printed by "
        "`portfolio import --show-mapping TOOL`, replaced by `--mapping MY.yaml`. Headings are found without regard to "
        "case, spaces and punctuation, with and without what the tool wraps around them.",
        "## Settings",
    ]
    for title, record in (
        ("", Mapping),
        ("A field", Source),
        ("`rows`", Rows),
        ("`parent`", Parent),
        ("`links[]`", Link),
    ):
        parts += [f"### {title}"] if title else []
        text = (inspect.getdoc(record) or "").split("\n\n")
        parts += [" ".join(paragraph.split()) for paragraph in text]
        parts.append(
            _table(("Setting", "Takes"), [(f"`{name}`", _takes(field)) for name, field in record.model_fields.items()])
        )
    for name in names():
        mapping = read_mapping(name)
        parts += [f"## {name}: {mapping.title}", f"Source: {mapping.source}."]
        if mapping.rows.take:
            parts.append(f"Epics are rows whose {mapping.rows.columns[0]} is {' or '.join(mapping.rows.take)}.")
        if mapping.workbook_names:
            parts.append("Takes every heading of the sheet [Epics](workbook.md#epics), with its other names.")
        if mapping.workbook_fields:
            fields_taken = ", ".join(columns.EPICS.column(field).heading for field in mapping.workbook_fields)
            parts.append(f"For {fields_taken}, also takes what a workbook calls them, in any [language](languages.md).")
        rows = [
            (columns.EPICS.column(field).heading, ", ".join(source.columns))
            for field, source in mapping.sources.items()
        ]
        parts += [_table(("Field", "Headings"), rows)] if rows else []
        links = [(link.other.capitalize(), ", ".join(link.columns)) for link in mapping.links]
        parts += [_table(("Dependency: the other epic is the", "Headings"), links)] if links else []
    return "\n\n".join(parts) + "\n"


def _takes(field: FieldInfo) -> str:
    """What a setting of a mapping takes, in words."""
    kind = field.annotation
    if get_origin(kind) is Literal:
        return " / ".join(map(str, get_args(kind)))
    if inspect.isclass(kind) and issubclass(kind, BaseModel):
        return (
            "settings, see below" if kind is not Fields else "a heading, a list of headings, or settings for each field"
        )
    words = {str: "text", bool: "true / false", tuple: "a list", dict: "names with their words"}
    return words[get_origin(kind) or kind]


def main(arguments: Sequence[str]) -> int:
    """Writes every page, or with `--check` says which ones are stale."""
    content = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    stale = sorted(name for name in content.keys() | there.keys() if content.get(name) != there.get(name))
    if "--check" in arguments:
        for name in stale:
            print(f"docs/reference/{name} is stale; run python docs/make_reference.py.", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        if name in content:
            (FOLDER / name).write_text(content[name], encoding="utf-8", newline="\n")
        else:
            (FOLDER / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
