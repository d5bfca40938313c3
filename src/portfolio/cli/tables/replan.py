"""What a stable re-plan kept and changed, in a sentence and a table."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from portfolio.analysis.replan_report import ReplanReport
from portfolio.cli.console import as_cells, blank_table, headed, show
from portfolio.cli.tables.plan_difference import SIGNS, signed
from portfolio.operating_model import OperatingModel
from portfolio.results.wording import amount, span_words


def show_kept(kept: ReplanReport, model: OperatingModel) -> None:
    """Prints what changed against the agreed plan, and what keeping the rest cost."""
    show(_sentences(kept, model), *([_table(kept, model)] if kept.effect.epics else []))


def _sentences(kept: ReplanReport, model: OperatingModel) -> str:
    unit, word = kept.effect.unit, model.vocabulary.epic
    dropped, moved, started = (len(kept.of(change)) for change in ("dropped", "moved", "started"))
    same = kept.agreed - dropped - moved
    lines = [
        f"Of {word.counted(kept.agreed)} agreed, {same} {'stays' if same == 1 else 'stay'} as they were, "
        f"{moved} {'moves' if moved == 1 else 'move'} and {dropped} {'waits' if dropped == 1 else 'wait'}; {started} "
        f"{'starts' if started == 1 else 'start'} that {'was' if started == 1 else 'were'} not agreed."
    ]
    best, floor = amount(kept.best_value, unit), amount(kept.floor, unit)
    share = f"{kept.tolerance * 100:.6g}%"
    lines.append(
        f"Keeping costs {amount(kept.cost, unit)}: the best plan found is worth {best}, and {share} of that may be given "
        f"up, down to {floor}."
    )
    if kept.fewest:
        lines.append("No plan worth as much changes less: proven.")
    else:
        lines.append("Whether fewer changes are possible is not proven; allow more time with --time-limit.")
    if kept.left_out:
        told = "; ".join(f"{name}: {reason}" for name, reason in kept.left_out.items())
        lines.append(f"Agreed, but not to be kept: {told}.")
    if dropped or moved or started:
        lines += filter(None, [model.decision_rights_text("change the plan", "stop epics")])
    return "\n".join(lines)


def _table(kept: ReplanReport, model: OperatingModel) -> Table:
    word = model.vocabulary.epic
    table = blank_table("Changes to what was agreed")
    table.add_column("")
    for heading in (headed(word.one), "Agreed", "Now"):
        table.add_column(heading, overflow="fold")
    table.add_column(f"Value, {kept.effect.unit}", justify="right")
    for line in kept.effect.epics:
        sign, colour = SIGNS[line.change]
        label = f"{line.id} {line.title}" if line.title and line.title != line.id else line.id
        spans = span_words(line.start_before, line.finish_before), span_words(line.start_after, line.finish_after)
        table.add_row(
            Text(sign, style=colour), *as_cells([label, *spans, signed(line.value_after - line.value_before)])
        )
    table.caption = Text("+ starts now, ~ at another time, - waits now.")
    return table
